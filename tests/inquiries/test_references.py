"""Reference numbers: what they look like, and which slips are found."""

from __future__ import annotations

import random

import pytest

from inquiries.references import ALPHABET, LENGTH, new_reference, read_reference, shown

MANY = 100_000


@pytest.fixture(scope="module")
def numbers() -> list[str]:
    return [new_reference() for _ in range(MANY)]


@pytest.mark.slow
def test_a_hundred_thousand_numbers_hardly_ever_meet(numbers: list[str]) -> None:
    """23^7 numbers: 1.5 pairs are expected to meet, and the database refuses the second of each.

    The chance of more than 15 pairs is below one in a hundred thousand million.
    """
    assert len(set(numbers)) >= MANY - 15


def test_every_number_is_read_back_as_people_write_it(numbers: list[str]) -> None:
    for number in numbers[:2000]:
        for typed in (number, shown(number), number.lower(), f" {number[:4]} {number[4:]} "):
            assert read_reference(typed) == number


def test_no_two_characters_look_alike_and_none_is_a_vowel() -> None:
    assert len(set(ALPHABET)) == 23
    for alike in ("0OQ", "1IL", "2Z", "5S", "8B", "UV"):
        assert len(set(alike) & set(ALPHABET)) <= 1
    assert not set("AEIOU") & set(ALPHABET)


@pytest.mark.slow
def test_every_single_wrong_character_is_found(numbers: list[str]) -> None:
    for number in numbers[:300]:
        for place in range(LENGTH):
            for other in set(ALPHABET) - {number[place]}:
                with pytest.raises(ValueError, match="slip"):
                    read_reference(number[:place] + other + number[place + 1 :])


@pytest.mark.slow
def test_every_two_characters_that_changed_places_are_found(numbers: list[str]) -> None:
    for number in numbers[:300]:
        for first in range(LENGTH):
            for second in range(first):
                swapped = list(number)
                swapped[first], swapped[second] = number[second], number[first]
                if number[first] != number[second]:
                    with pytest.raises(ValueError, match="slip"):
                        read_reference("".join(swapped))


@pytest.mark.parametrize("typed", ["", "2345", "2345-678", "0000-0000", "2345-678FF", "ＡＡＡＡ-ＡＡＡＡ", "ß2345678"])
def test_what_is_no_number_is_told_so(typed: str) -> None:
    with pytest.raises(ValueError, match="eight letters and digits"):
        read_reference(typed)


def test_the_example_in_the_message_is_sound() -> None:
    with pytest.raises(ValueError, match="such as") as refused:
        read_reference("")
    example = str(refused.value).split("such as ")[1].split(";")[0]
    assert shown(read_reference(example)) == example


def test_the_numbers_follow_the_chance_they_are_given() -> None:
    """Nothing of the day or of a count is in them."""
    assert new_reference(random.Random(5).choice) == new_reference(random.Random(5).choice)
