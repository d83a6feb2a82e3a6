"""Every page reads at grade 8 or below. What is quoted from the catalog is left to the catalog's own check.

Only whole sentences are judged: the many short labels of a page would make it look easier than it is.
"""

from __future__ import annotations

from itertools import groupby

import pytest

from catalog.model import Catalog
from catalog.readability import grade
from tests.support.browser_pages import Piece, Seen
from tests.support.page_catalog import VISITS

HIGHEST = 8.0
ENDS = (".", "!", "?", ":")
FEWEST_WORDS = 4


def quoted(catalog: Catalog) -> set[str]:
    """Names, and sentences about services: texts that pages take over as they are."""
    found: set[str] = set(catalog.places.towns)
    for organization in catalog.organizations.values():
        found |= {organization.name, organization.description or ""}
    for service in catalog.services.values():
        found |= {service.name, service.summary, service.description or "", service.next_step.text}
        found |= {service.alert or "", service.hours or "", service.cost_note or "", *service.confirm}
        found |= {*service.required_documents, *service.accessibility, *service.alternate_names}
        found |= {one.label or "" for one in service.phones} | {one.note or "" for one in service.sources}
        found |= {text for one in service.locations for text in (one.name or "", one.street or "")}
    return {plain(text) for text in found if text}


def plain(text: str) -> str:
    return " ".join(text.split()).rstrip(".")


def sentences(pieces: tuple[Piece, ...], left_out: set[str]) -> str:
    """The main part of a page as running text: the paragraphs and points that are whole sentences."""
    own = [one for one in pieces if one.in_main and plain(one.text) not in left_out and not is_address(one.text)]
    blocks = (" ".join(one.text for one in group) for _, group in groupby(own, key=lambda one: one.block))
    return " ".join(text for text in blocks if text.endswith(ENDS) and len(text.split()) >= FEWEST_WORDS)


def is_address(text: str) -> bool:
    """A web address, an e-mail address or a file: no word to read."""
    return " " not in text and any(mark in text for mark in "/@")


def test_every_page_reads_at_grade_8_or_below(seen: list[Seen], catalog: Catalog) -> None:
    left_out = quoted(catalog)
    grades = {page.name: grade(sentences(page.pieces, left_out)) for page in seen if page.language == "en"}
    assert len(grades) == len(VISITS)
    assert {name: round(one, 1) for name, one in grades.items() if one > HIGHEST} == {}


def test_pages_have_sentences_of_their_own_to_judge(seen: list[Seen], catalog: Catalog) -> None:
    left_out = quoted(catalog)
    assert [one.name for one in seen if one.language == "en" and not sentences(one.pieces, left_out)] == []


@pytest.mark.parametrize(
    ("text", "hard"),
    [
        ("Call first. They tell you what to bring.", False),
        ("Utilization of rehabilitative interventions necessitates interdisciplinary authorization.", True),
    ],
)
def test_hard_words_would_be_noticed(text: str, hard: bool) -> None:
    assert (grade(sentences((Piece(0, "en", True, text),), set())) > HIGHEST) is hard
