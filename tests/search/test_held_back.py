"""Half of the stories is kept from tuning, by a rule that nobody can choose by."""

from __future__ import annotations

from bench.tune import tuning_queries
from catalog.reading.yaml_reader import read_file
from cli.search import QUERIES
from search.evaluation.evaluate import judged_queries
from search.evaluation.held_back import is_held_back


def test_about_half_of_the_stories_is_held_back_in_each_language() -> None:
    stories = judged_queries(read_file(QUERIES.with_name("queries-stories.yaml")).value)
    assert len(stories) >= 250
    for language in ("en", "es"):
        held = [is_held_back(query.text) for query in stories if query.language == language]
        assert 0.4 < sum(held) / len(held) < 0.6


def test_no_query_that_is_held_back_is_tuned_on() -> None:
    tuned = {query.text for query in tuning_queries()}
    stories = judged_queries(read_file(QUERIES.with_name("queries-stories.yaml")).value)
    old = judged_queries(read_file(QUERIES.with_name("queries-held-out.yaml")).value)
    assert tuned.isdisjoint(query.text for query in stories if is_held_back(query.text))
    assert tuned.isdisjoint(query.text for query in old)
    assert len(tuned) > 400


def test_stories_are_long_and_judged_by_services_that_there_are() -> None:
    stories = judged_queries(read_file(QUERIES.with_name("queries-stories.yaml")).value)
    assert [query.text for query in stories if not 8 <= len(query.text.split()) <= 35] == []
    assert len({query.text for query in stories}) == len(stories)
