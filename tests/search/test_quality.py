"""The search is at least as good as it was, on judged queries over the real catalog; and how that is counted."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from catalog.reading.yaml_reader import read_file
from cli.search import QUERIES
from directory import Directory
from search.evaluation.evaluate import FIRST, JudgedQuery, Quality, evaluate, judged_queries
from tests.support.catalogs import ask, ids

# Shares of the queries: a good answer among the first three, by language; any answer for those that have one
# (answered); none for those that nothing here is about (silent). Raised when the search gets better, never lowered.
# But once: since needs are heard by their phrases, one Spanish query held out is missed, and two English ones more
# are answered.
FLOORS = {
    "queries.yaml": {"en": 0.955, "es": 0.955, "answered": 0.995, "silent": 0.84},
    "queries-held-out.yaml": {"en": 0.945, "es": 0.96, "answered": 0.994, "silent": 0.96},
    "queries-stories.yaml": {"en": 0.895, "es": 0.925, "answered": 0.99, "silent": 0.75},
}


@dataclass(frozen=True)
class Measured:
    floors: dict[str, float]
    quality: Quality
    answerable: int


@pytest.fixture(scope="module", params=FLOORS)
def measured(request: pytest.FixtureRequest, real: Directory) -> Measured:
    asked = judged_queries(read_file(QUERIES.with_name(request.param)).value)
    quality = evaluate(asked, lambda text: ids(ask(real, text)))
    return Measured(FLOORS[request.param], quality, sum(bool(query.relevant) for query in asked))


@pytest.fixture(scope="module")
def queries() -> list[JudgedQuery]:
    return judged_queries(read_file(QUERIES).value)


@pytest.mark.parametrize("language", ["en", "es"])
def test_good_answers_are_among_the_first_three(measured: Measured, language: str) -> None:
    assert measured.quality.success[language] >= measured.floors[language]


def test_what_has_an_answer_is_answered(measured: Measured) -> None:
    assert 1 - measured.quality.empty / measured.answerable >= measured.floors["answered"]


def test_what_has_no_answer_is_left_unanswered(measured: Measured) -> None:
    assert measured.quality.silent >= measured.floors["silent"]


def test_every_query_is_judged_by_services_that_there_are(real: Directory, queries: list[JudgedQuery]) -> None:
    known = set(real.catalog.services)
    assert [(query.text, query.relevant - known) for query in queries if query.relevant - known] == []
    assert {query.language for query in queries} == {"en", "es"}
    assert len({query.text for query in queries}) == len(queries) > 200
    assert [query.text for query in queries if bool(query.relevant) is (query.kind == "nothing")] == []


# How it is counted.

RANKING = {
    "first": ["good", "x", "y"],
    "third": ["x", "y", "good"],
    "fourth": ["w", "x", "y", "good"],
    "none": [],
    "quiet": [],
    "loud": ["x"],
}
GOOD = frozenset(["good", "better"])


def test_evaluate_counts_a_made_up_ranking() -> None:
    queries = [
        JudgedQuery("first", "en", "everyday", GOOD),
        JudgedQuery("third", "en", "name", GOOD),
        JudgedQuery("fourth", "en", "name", GOOD),
        JudgedQuery("none", "en", "everyday", GOOD),
        JudgedQuery("first", "es", "everyday", GOOD),
        JudgedQuery("quiet", "en", "nothing", frozenset()),
        JudgedQuery("quiet", "es", "nothing", frozenset()),
        JudgedQuery("loud", "es", "nothing", frozenset()),
    ]
    assert FIRST == 3
    assert evaluate(iter(queries), lambda text: RANKING[text]) == Quality(
        queries=8,
        success={"en": 0.5, "es": 1.0},
        by_kind={"everyday": 2 / 3, "name": 0.5, "nothing": 2 / 3},
        empty=1,
        silent=2 / 3,
        wrong=((queries[2], ("w", "x", "y")), (queries[3], ()), (queries[7], ("x",))),
        by_length={"en short": 0.5, "es short": 1.0},
    )


def test_evaluate_of_no_queries_finds_nothing_wrong() -> None:
    assert evaluate([], lambda text: []) == Quality(0, {}, {}, 0, 1.0, (), {})


def test_judged_queries_are_read_from_a_file_as_they_stand() -> None:
    data = {
        "queries": [
            {"q": "food", "lang": "en", "kind": "everyday", "relevant": ["a", "b", "a"]},
            {"q": "moon", "lang": "es", "kind": "nothing", "relevant": None},
            {"q": "sun", "lang": "es", "kind": "nothing"},
        ]
    }
    assert judged_queries(data) == [
        JudgedQuery("food", "en", "everyday", frozenset(["a", "b"])),
        JudgedQuery("moon", "es", "nothing", frozenset()),
        JudgedQuery("sun", "es", "nothing", frozenset()),
    ]
