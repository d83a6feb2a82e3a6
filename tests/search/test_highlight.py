"""The sentence that holds most of the words, and where they stand in it."""

from __future__ import annotations

import re

from directory import Directory, ServiceHit
from tests.support.catalogs import Make, ask, service


def marked(found: ServiceHit) -> tuple[str, list[str]]:
    assert found.highlight is not None
    text = found.highlight.text
    return text, [text[start:end] for start, end in found.highlight.marks]


def one(make: Make, query: str, summary: str = "", **more: str) -> tuple[str, list[str]]:
    (found,) = ask(make(service("a", "Garden plot", summary, **more)), query).found  # type: ignore[arg-type]
    return marked(found)


def test_the_sentence_with_the_most_words_is_shown_with_their_places(make: Make) -> None:
    summary = "We lend tools. Children learn gardening in a school garden. Open to all."
    assert one(make, "school gardens", summary) == (
        "Children learn gardening in a school garden.",
        ["gardening", "school", "garden"],
    )


def test_the_summary_goes_before_the_description_and_the_spanish(make: Make) -> None:
    assert one(make, "garden", "A garden.", description="Another garden.") == ("A garden.", ["garden"])
    assert one(make, "garden", "Nothing.", description="One. Another garden.") == ("Another garden.", ["garden"])


def test_spanish_words_are_shown_in_the_spanish_text(make: Make) -> None:
    directory = make(service("a", "Plot", "A place.", spanish="Hay un huerto. Es para niños."))
    (found,) = ask(directory, "niñas").found
    assert found.highlight is not None
    assert (marked(found), found.highlight.language) == (("Es para niños.", ["niños"]), "es")


def test_nothing_is_shown_when_no_sentence_holds_a_word(make: Make) -> None:
    directory = make(service("a", "Garden", "A place."))
    assert [found.highlight for found in ask(directory, "garden").found] == [None]
    assert [found.highlight for found in ask(directory, "").found] == [None]


def test_markup_stays_text(make: Make) -> None:
    text, words = one(make, "garden", "<b>garden</b> & <script>garden</script>")
    assert text == "<b>garden</b> & <script>garden</script>"
    assert words == ["garden", "garden"]


def test_marks_are_whole_words_of_a_text_of_the_service(real: Directory) -> None:
    for query in ("speech therapy", "food stamps", "terapia del habla", "summer camp for kids with diabetes"):
        for found in ask(real, query).found:
            if found.highlight is not None:
                text, words = marked(found)
                spanish = found.service.translations["es"].summary or ""
                assert text in f"{found.service.summary} {found.service.description} {spanish}"
                assert words and all(re.fullmatch(r"[\w'’]+", word) for word in words)
                places = found.highlight.marks
                assert sorted(places) == list(places)
