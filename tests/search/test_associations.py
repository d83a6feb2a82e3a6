"""What words say for needs: from phrases and services, singly and in pairs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from catalog.model import Catalog
from search.scoring.need_evidence import Associations
from search.scoring.query_terms import word_forms
from search.weights import WEIGHTS
from tests.support.catalogs import service, with_services
from tests.support.catalogs import small as read_small
from tests.support.small_catalog import SmallCatalog


@pytest.fixture
def catalog(small: SmallCatalog) -> Catalog:
    """Two needs, with their phrases, and no service that says anything of them."""
    return with_services(read_small(small), service("a"))


def said(associations: Associations, text: str, **named: set[int]) -> dict[str, float]:
    words = word_forms(text)
    shares = np.full(len(words), 1 / max(len(words), 1), dtype=np.float32)
    evidence = associations.evidence(words, shares, named)
    return {need: float(share) for need, share in zip(associations.needs, evidence, strict=True) if share > 0}


def test_a_word_speaks_for_the_need_whose_phrases_it_stands_in(catalog: Catalog) -> None:
    associations = Associations.build(catalog, WEIGHTS)
    assert set(said(associations, "soup")) == {"food"}
    assert set(said(associations, "amenazas")) == {"domestic-violence"}
    assert said(associations, "helicopter") == said(associations, "") == {}


def test_a_word_of_many_phrases_is_believed_more_than_one_of_a_single_phrase(catalog: Catalog) -> None:
    associations = Associations.build(catalog, WEIGHTS)
    assert said(associations, "food")["food"] > said(associations, "soup")["food"] > 0


def test_strange_words_make_the_others_say_less(catalog: Catalog) -> None:
    associations = Associations.build(catalog, WEIGHTS)
    assert said(associations, "soup")["food"] == pytest.approx(2 * said(associations, "soup helicopter")["food"])


def test_words_beside_each_other_say_more_than_apart(catalog: Catalog) -> None:
    associations = Associations.build(catalog, WEIGHTS)
    single = Associations.build(catalog, replace(WEIGHTS, pair=0.0))
    assert said(associations, "soup kitchen")["food"] > said(single, "soup kitchen")["food"]
    assert said(associations, "kitchen soup") == said(single, "kitchen soup")


def test_an_exact_phrase_is_believed_whatever_its_words_say_alone(catalog: Catalog) -> None:
    associations = Associations.build(catalog, WEIGHTS)
    strange = "helicopter zebra"
    assert said(associations, strange, food={0, 1}) == {"food": pytest.approx(WEIGHTS.phrase)}
    assert said(associations, strange, food={0}) == {"food": pytest.approx(WEIGHTS.phrase / 4)}


def test_services_teach_words_that_no_phrase_has(catalog: Catalog) -> None:
    taught = with_services(catalog, service("a", "Zebra", "Helicopter", spanish="Volcán", needs=("food",)))
    associations = Associations.build(taught, WEIGHTS)
    for word in ("zebra", "helicopter", "volcan"):
        assert set(said(associations, word)) == {"food"}, word
    assert said(Associations.build(taught, replace(WEIGHTS, summary=0.0)), "zebra") == {}
    second = with_services(catalog, service("a", "Zebra", needs=("domestic-violence", "food")))
    both = said(Associations.build(second, WEIGHTS), "zebra")
    assert both["domestic-violence"] > both["food"] > 0


def test_evidence_is_never_more_than_one(catalog: Catalog) -> None:
    associations = Associations.build(catalog, replace(WEIGHTS, pair=100.0))
    assert said(associations, "soup kitchen", food={0, 1}) == {"food": 1.0}
