"""The search is at least as good as it was, on judged queries over the real catalog; and how that is counted."""

from __future__ import annotations

import pytest

from catalog.yaml_reader import read_file
from cli.search import QUERIES
from directory import Directory
from search.evaluate import FIRST, JudgedQuery, Quality, evaluate, judged_queries
from tests.search.made import ask, ids

# Shares of the queries: a good answer among the first three, by language; any answer for those that have one
# (answered); none for those that nothing here is about (silent). Raised when the search gets better, never lowered.
FLOORS = {"en": 0.95, "es": 0.89, "answered": 0.988, "silent": 0.84}


@pytest.fixture(scope="module")
def queries() -> list[JudgedQuery]:
    return judged_queries(read_file(QUERIES).value)


@pytest.fixture(scope="module")
def quality(real: Directory, queries: list[JudgedQuery]) -> Quality:
    return evaluate(queries, lambda text: ids(ask(real, text)))


@pytest.mark.parametrize("language", ["en", "es"])
def test_good_answers_are_among_the_first_three(quality: Quality, language: str) -> None:
    assert quality.success[language] >= FLOORS[language], quality.wrong


def test_what_has_an_answer_is_answered(quality: Quality, queries: list[JudgedQuery]) -> None:
    answerable = sum(bool(query.relevant) for query in queries)
    assert 1 - quality.empty / answerable >= FLOORS["answered"], quality.wrong


def test_what_has_no_answer_is_left_unanswered(quality: Quality) -> None:
    assert quality.silent >= FLOORS["silent"], [wrong for wrong in quality.wrong if not wrong[0].relevant]


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
    )


def test_evaluate_of_no_queries_finds_nothing_wrong() -> None:
    assert evaluate([], lambda text: []) == Quality(0, {}, {}, 0, 1.0, ())


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
