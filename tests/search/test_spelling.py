"""Typos: which words are corrected and to what; when a correction is used, and that it is said."""

from __future__ import annotations

import itertools
import os
import string
from collections.abc import Iterator

import pytest

from directory import Directory
from search.query.spelling import LONG as LONG_WORD
from search.query.spelling import MIN_LETTERS, MIN_SOUND, Speller, sound
from tests.support.catalogs import Make, ask, ids, service

LONG = os.environ.get("LONG_TESTS") == "1"


@pytest.fixture
def directory(make: Make) -> Directory:
    """The word of each name stands once, but for pantry and helper, which stand twice each."""
    return make(
        service("pantry", "Pantry helper", "pantry helper"),
        service("immunization", "Immunization"),
        service("speech", "Speech"),
        service("breakfast", "Breakfast"),
    )


@pytest.fixture
def speller(directory: Directory) -> Speller:
    return directory.searcher.speller


def steps_between(one: str, other: str) -> int:
    """Slips between two words (a letter left out, added, wrong, or two neighbours changed about), the plain way."""
    table = {(-1, -1): 0}
    for row in range(len(one)):
        table[row, -1] = row + 1
    for column in range(len(other)):
        table[-1, column] = column + 1
    for row, column in itertools.product(range(len(one)), range(len(other))):
        table[row, column] = min(
            table[row - 1, column] + 1,
            table[row, column - 1] + 1,
            table[row - 1, column - 1] + (one[row] != other[column]),
            table[row - 2, column - 2] + 1
            if row and column and (one[row], one[row - 1]) == (other[column - 1], other[column])
            else len(one) + len(other),
        )
    return table[len(one) - 1, len(other) - 1]


def slips(word: str) -> Iterator[str]:
    """The word with one slip anywhere but at its first letter."""
    for place in range(1, len(word)):
        yield word[:place] + word[place + 1 :]
        if place > 1:
            yield word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]
        for letter in string.ascii_lowercase if LONG else "aqz":
            yield word[:place] + letter + word[place:]
            yield word[:place] + letter + word[place + 1 :]


@pytest.mark.parametrize("word", ["pantry", "helper", "speech", "breakfast", "immunization"])
def test_any_one_slip_leads_to_a_word_that_is_one_slip_away_or_sounds_the_same(speller: Speller, word: str) -> None:
    tried = 0
    for typed in set(slips(word)):
        if speller.knows(typed) or typed in speller.dictionary or len(typed) < MIN_LETTERS:
            continue
        tried += 1
        corrected = speller.correct(typed)
        assert corrected is not None
        assert speller.knows(corrected)
        if sound(corrected) != sound(typed):
            assert steps_between(typed, corrected) == 1
            assert corrected[0] == typed[0]
    assert tried > 20


def test_long_words_may_have_two_slips_and_short_words_one(speller: Speller) -> None:
    assert len("immunization") >= LONG_WORD > len("pantry")
    assert speller.correct("imunizatoin") == "immunization"
    assert speller.correct("immunuzatiun") == "immunization"
    assert speller.correct("immunuzutiun") is None
    assert speller.correct("pamtru") is None


def test_a_slip_at_the_first_letter_is_none(speller: Speller) -> None:
    assert speller.correct("bantry") is None
    assert speller.correct("antry") is None


def test_no_word_of_the_directory_is_ever_changed(speller: Speller) -> None:
    assert len(speller.counts) > 50
    for word in speller.counts:
        assert speller.knows(word)
        assert speller.correct(word) is None


def test_no_word_of_the_real_directory_is_ever_changed(real: Directory) -> None:
    assert [word for word in real.searcher.speller.counts if real.searcher.speller.correct(word)] == []


@pytest.mark.parametrize("word", ["pantrypantry", "helperpantry", "pantryhelper"])
def test_two_known_words_run_together_are_taken_apart(speller: Speller, word: str) -> None:
    assert speller.correct(word) == f"{word[:6]} {word[6:]}"


def test_words_that_stand_only_once_are_not_taken_for_two_run_together(speller: Speller) -> None:
    assert speller.counts["speech"] == 1
    assert speller.correct("speechbreakfast") is None


@pytest.mark.parametrize("word", ["", "p", "12345", "pantr1", "pañtry", "пантри", "x" * 10_000, "pantry pantri", "é"])
def test_what_is_no_plain_word_is_left_alone(speller: Speller, word: str) -> None:
    assert speller.correct(word) is None


def test_of_words_as_near_the_commoner_is_meant(make: Make) -> None:
    speller = make(service("one", "barner"), service("two", "barker barker")).searcher.speller
    assert speller.correct("barxer") == "barker"
    speller = make(service("one", "barner barner"), service("two", "barker")).searcher.speller
    assert speller.correct("barxer") == "barner"


@pytest.mark.parametrize(
    ("one", "other"),
    [("sicologo", "psicologo"), ("disleksia", "dyslexia"), ("foto", "photo"), ("ogar", "hogar"), ("vaca", "baca")],
)
def test_spellings_of_one_sound_are_one(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(("one", "other"), [("casa", "cosa"), ("food", "mood"), ("pantry", "party")])
def test_words_that_sound_otherwise_are_not_one(one: str, other: str) -> None:
    assert sound(one) != sound(other)


def test_a_word_that_is_spelled_right_is_not_corrected(make: Make) -> None:
    speller = make(service("one", "Professor of mania")).searcher.speller
    assert speller.correct("processor") is None
    assert speller.correct("profezor") == "professor"
    assert speller.correct("mane") is None


def test_a_word_that_sounds_the_same_is_meant(make: Make) -> None:
    speller = make(service("one", "Psicologo")).searcher.speller
    assert speller.correct("sicologo") == "psicologo"
    assert speller.correct("sicoloxo") is None
    assert len("psi") >= MIN_SOUND


# In the search.


def test_a_typo_finds_what_was_meant_and_is_said(directory: Directory) -> None:
    answer = ask(directory, "Pantrey")
    assert ids(answer) == ["pantry"]
    assert answer.corrected_from == "pantrey"
    assert answer.understood.text == "pantry"
    assert [found.score for found in answer.found] == [found.score for found in ask(directory, "pantry").found]


def test_what_is_spelled_right_is_not_said_to_be_corrected(directory: Directory) -> None:
    answer = ask(directory, "pantry")
    assert ids(answer) == ["pantry"]
    assert answer.corrected_from is None


def test_a_typo_that_finds_nothing_more_is_not_said_to_be_corrected(directory: Directory) -> None:
    """The word that is meant stands in the directory, but with no service."""
    answer = ask(directory, "hungrry")
    assert answer.total == 0
    assert answer.corrected_from is None


def test_where_the_plain_words_find_enough_nothing_is_corrected(make: Make) -> None:
    found = make(*(service(f"barner-{number}", "Barner") for number in range(20)), service("barker", "Barker Barker"))
    answer = ask(found, "barner")
    assert answer.corrected_from is None
    assert answer.total == 20
    assert "barker" not in ids(answer)


# By the phrase that a slip makes, boldly, and at last with less.


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("food stumps", "food stamps"),
        ("dibates camp", "diabetes camp"),
        ("depreshun", "depresion"),
    ],
)
def test_of_what_a_slip_may_have_meant_the_phrase_of_the_taxonomy_is_taken(
    real: Directory, typed: str, meant: str
) -> None:
    reading = real.searcher.read(typed)
    assert (reading.understood.text, reading.corrected_from) == (meant, typed)
    assert reading.matched.any()


@pytest.mark.parametrize("typed", ["start a llc", "envios de dinero a mexico", "juego de la escuela de magia"])
def test_what_is_no_slip_is_not_put_right(real: Directory, typed: str) -> None:
    assert real.searcher.read(typed).corrected_from is None


def test_only_words_that_the_directory_does_not_know_are_put_right_by_a_phrase(real: Directory) -> None:
    speller = real.searcher.phrase_speller
    assert speller.correct(["food", "stumps"], lambda word: True) is None
    assert speller.correct(["food", "stumps"], lambda word: word != "stumps") == ["food", "stamps"]
    assert speller.correct(["zzzz", "stumps"], lambda word: False) is None


def test_a_query_that_surely_asks_for_help_is_answered_with_less(real: Directory) -> None:
    """A town tells that help is sought; a word that means nothing here takes nothing away."""
    assert "211-child-care" in ids(ask(real, "childcare navy Groton"))
    assert ask(real, "guitar strings Groton").total == 0


def test_a_slip_of_few_letters_is_understood_by_what_stands_beside_it(real: Directory) -> None:
    assert "agbell-hearing-aid-funding-guide" in ids(ask(real, "hearing ades for my son"))[:2]
