"""Danger first: what is seen, what must not alarm, and what can never hide a danger."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory import Directory
from search.danger import DangerFinder
from search.danger.grammar import Grammar, GrammarError
from tests.search.danger_sentences import Sentence, sentences

MIN_RECALL, MAX_FALSE_ALARMS = 0.98, 0.03
MAX_MILLISECONDS = 2.0

DANGERS = tuple(sentence for sentence in sentences() if sentence.is_danger)
OTHERS = tuple(sentence for sentence in sentences() if not sentence.is_danger)


@pytest.fixture(scope="module")
def finder(real: Directory) -> DangerFinder:
    return real.danger


def share(finder: DangerFinder, asked: Iterable[Sentence]) -> float:
    found = [finder.find(sentence.text) is not None for sentence in asked]
    return sum(found) / len(found)


def report(finder: DangerFinder) -> str:
    """How many of each sort and language are seen."""
    asked: Counter[tuple[str, str]] = Counter()
    seen: Counter[tuple[str, str]] = Counter()
    for sentence in sentences():
        asked[sentence.sort, sentence.language] += 1
        seen[sentence.sort, sentence.language] += finder.find(sentence.text) is not None
    return "\n".join(
        f"{sort} {language}: {seen[sort, language]} of {count}" for (sort, language), count in asked.items()
    )


def test_the_set_is_large_and_of_many_voices() -> None:
    assert len(DANGERS) >= 400
    assert len(OTHERS) >= 400
    assert {sentence.language for sentence in DANGERS} == {"en", "es"}
    assert sum(len(sentence.text.split()) >= 25 for sentence in DANGERS) >= 100


@pytest.mark.parametrize("held_back", [False, True])
def test_danger_is_seen(finder: DangerFinder, held_back: bool) -> None:
    asked = [sentence for sentence in DANGERS if sentence.is_held_back is held_back]
    assert share(finder, asked) >= MIN_RECALL, report(finder)


def test_what_only_sounds_like_danger_does_not_alarm(finder: DangerFinder) -> None:
    assert share(finder, OTHERS) <= MAX_FALSE_ALARMS, report(finder)


def test_both_languages_are_seen_alike(finder: DangerFinder) -> None:
    for language in ("en", "es"):
        assert share(finder, [one for one in DANGERS if one.language == language]) >= MIN_RECALL, report(finder)


def test_the_kind_of_danger_is_among_the_first(finder: DangerFinder) -> None:
    right = [
        (reading := finder.find(sentence.text)) is not None and sentence.sort in reading.kinds[:3]
        for sentence in DANGERS
    ]
    assert sum(right) / len(right) >= 0.95


def test_every_kind_has_sentences_in_both_languages(finder: DangerFinder) -> None:
    assert {(one.sort, one.language) for one in DANGERS} == {
        (kind, language) for kind in set(finder.kinds) for language in ("en", "es")
    }


def test_it_is_fast(finder: DangerFinder) -> None:
    for sentence in sentences():
        finder.find(sentence.text)
    start = time.process_time()
    for sentence in sentences():
        finder.find(sentence.text)
    assert (time.process_time() - start) / len(sentences()) * 1000 < MAX_MILLISECONDS


seen_dangers = st.sampled_from(DANGERS)


@settings(max_examples=150, deadline=None)
@given(
    seen_dangers,
    st.sampled_from((str.upper, str.lower, str.title, str.swapcase)),
    st.sampled_from(("{}", "{}!!!", "¡{}!", "  {}  ", "{} …", "\n{}\n", "«{}»")),
)
def test_case_and_punctuation_around_never_hide_a_danger(finder, sentence, change, frame) -> None:  # type: ignore[no-untyped-def]
    if finder.find(sentence.text) is not None:
        assert finder.find(frame.format(change(sentence.text))) is not None


@settings(max_examples=150, deadline=None)
@given(
    seen_dangers,
    st.sampled_from(("", "Hello, please help. ", "Buenas tardes, disculpe. ", "We live in Bristol. ", "06106. ")),
    st.sampled_from(
        (
            "",
            ". Thank you so much, God bless",
            ". She is 14 years old",
            ". Vivo en Hartford",
            ". Gracias",
            ". New Haven",
        )
    ),
)
def test_politeness_a_place_or_an_age_never_hide_a_danger(finder, sentence, before, after) -> None:  # type: ignore[no-untyped-def]
    if finder.find(sentence.text) is not None:
        assert finder.find(before + sentence.text + after) is not None


@settings(max_examples=100, deadline=None)
@given(seen_dangers)
def test_accents_and_apostrophes_never_hide_a_danger(finder, sentence) -> None:  # type: ignore[no-untyped-def]
    plain = sentence.text.translate(str.maketrans("áéíóúüñÁÉÍÓÚ", "aeiouunAEIOU", "'’"))
    assert (finder.find(sentence.text) is None) == (finder.find(plain) is None)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([one for one in OTHERS if len(one.text.split()) >= 20]), seen_dangers)
def test_one_clause_in_a_long_story_is_enough(finder, story, sentence) -> None:  # type: ignore[no-untyped-def]
    if finder.find(sentence.text) is not None:
        assert finder.find(f"{story.text}. {sentence.text}. {story.text}") is not None


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_any_text_can_be_read(finder, text) -> None:  # type: ignore[no-untyped-def]
    finder.find(text)


@pytest.mark.parametrize(
    "typed", ["i want to kil myself", "im suicdal", "he is strangeling me", "my husband beets me he choked me"]
)
def test_slips_are_forgiven(finder: DangerFinder, typed: str) -> None:
    assert finder.find(typed) is not None


def test_the_clause_is_told_as_it_was_typed(finder: DangerFinder) -> None:
    reading = finder.find("Hello, I need a lawyer. My HUSBAND hits me, and I work nights")
    assert reading is not None
    assert "HUSBAND hits me" in reading.clause


def test_building_twice_gives_the_same(real: Directory, finder: DangerFinder) -> None:
    again = DangerFinder.build(real.catalog)
    assert [finder.find(one.text) for one in OTHERS[:100]] == [again.find(one.text) for one in OTHERS[:100]]


@pytest.mark.parametrize(
    ("rule", "text", "holds"),
    [
        ("want ..2 die", "i want to just die", True),
        ("want ..1 die", "i want to just die", False),
        ("want ..2 die", "i want it . die hard is on", False),
        ("pills & sleepy", "so sleepy after the pills", True),
        ("kill* ..1 @who !game", "killing everyone", True),
        ("kill* ..1 @who !game", "killing everyone in a game", False),
        ("live_.", "not want to live .", True),
        ("live_.", "live in hartford .", False),
        ("# days", "gone 3 days", True),
    ],
)
def test_rules_say_what_they_look_like(rule: str, text: str, holds: bool) -> None:
    grammar = Grammar({"who": ("everyone", "all of us")}, lambda word: [word])
    assert (grammar.rule(rule).find(f" . {text} ") is not None) is holds


@pytest.mark.parametrize("rule", ["..3 die", "die ..3", "@nobody dies", "want? !game", "a||b", "die & "])
def test_a_rule_that_cannot_be_read_is_refused(rule: str) -> None:
    with pytest.raises(GrammarError):
        Grammar({}, lambda word: [word]).rule(rule)
