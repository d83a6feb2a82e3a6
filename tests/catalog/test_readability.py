"""The reading grade: known counts of syllables, and grades that rise with longer words and sentences."""

from __future__ import annotations

import pytest

from catalog.readability import grade, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *(("help", 1), ("food", 1), ("the", 1), ("home", 1), ("homes", 1), ("helped", 1), ("care", 1), ("a", 1)),
        *(("baby", 2), ("money", 2), ("table", 2), ("wanted", 2), ("doctor", 2), ("needed", 2), ("child", 1)),
        *(("family", 3), ("hospital", 3), ("disability", 5), ("information", 4), ("don’t", 1), ("HELP", 1)),
        *(("x", 1), ("", 1), ("123", 1)),
    ],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_formula_is_that_of_kincaid() -> None:
    # 6 words, 1 sentence, 6 syllables.
    assert grade("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 - 15.59)
    # 8 words, 2 sentences, 10 syllables.
    assert grade("Get help today. Call us for your baby.") == pytest.approx(0.39 * 8 / 2 + 11.8 * 10 / 8 - 15.59)


def test_longer_words_and_longer_sentences_are_harder() -> None:
    plain = "Get help with food. It is free."
    assert grade(plain) < grade("Get help with food and it is free.")
    assert grade(plain) < grade("Obtain assistance with groceries. It is complimentary.")


@pytest.mark.parametrize("text", ["", "...", "！", "食物"])
def test_a_text_without_words_has_no_grade(text: str) -> None:
    assert grade(text) == 0.0


def test_a_number_reads_as_one_short_word() -> None:
    assert grade("Call 211 now.") == grade("Call two now.")
    assert grade("It costs 1,500.75 a year.") == grade("It costs two a year.")


def test_a_text_without_a_full_stop_is_one_sentence() -> None:
    assert grade("Get help with food") == grade("Get help with food.")


def test_officialese_is_beyond_grade_8_and_plain_speech_is_not() -> None:
    assert grade("Eligibility determination necessitates comprehensive documentation of household income.") > 8
    assert grade("Get a bag of food once a week. You can come with your kids.") < 8
