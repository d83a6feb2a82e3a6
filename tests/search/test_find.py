"""Words to services, best first: over directories of a few services, and any text over the real one.

300 drawn texts each time; 5,000 with LONG_TESTS=1.
"""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.ages import PersonAge
from catalog.model import Kind, Phone
from catalog.places import Place
from directory import Directory, DirectoryKeeper, SearchResults
from matching.eligibility import Verdict
from matching.facts import Facts
from search.scoring.query_terms import MAX_WORDS, word_forms
from search.searcher import MAX_CHARACTERS
from tests.support.catalogs import Make, ask, ids, service
from tests.support.dates import TODAY
from tests.support.small_catalog import small_catalog

LONG = os.environ.get("LONG_TESTS") == "1"
READS_PER_SWAP = 24


# Names.


def test_an_exact_name_comes_first(make: Make) -> None:
    directory = make(
        service("a", "Garden", "garden school garden school garden school"),
        service("b", "School Garden School", "garden"),
        service("z", "Garden School"),
    )
    assert ids(ask(directory, "garden school"))[0] == "z"
    assert ids(ask(directory, "  GARDEN, School!  "))[0] == "z"
    assert ids(ask(directory, "Gardenschool"))[0] == "z"


def test_a_name_is_found_within_a_question(make: Make) -> None:
    directory = make(service("a", "Orchid", "call call call"), service("z", "Birth to Three"))
    assert ids(ask(directory, "how do I call Birth to Three"))[0] == "z"


def test_an_acronym_and_a_former_name_are_names_too(make: Make) -> None:
    directory = make(
        service("a", "Garden", "qst qst zenith"),
        service("z", "Quick Student Transit", alternate_names=("QST", "Zenith Rides")),
    )
    assert ids(ask(directory, "qst"))[0] == "z"
    assert ids(ask(directory, "zenith rides"))[0] == "z"


# Words.


def test_a_word_is_found_in_its_other_forms(make: Make) -> None:
    directory = make(service("a", "One", "They teach gardening."), service("b", "Two", "Nothing here."))
    for text in ("gardens", "garden", "gardening", "teaching"):
        assert ids(ask(directory, text)) == ["a"], text


@pytest.mark.parametrize("text", ["natación", "natacion", "NATACIÓN", "nataci\u006f\u0301n", "niños", "ninos", "niña"])
def test_spanish_words_are_found_with_and_without_accents(make: Make, text: str) -> None:
    directory = make(service("a", "One", spanish="Natación para niños y niñas."), service("b", "Two", "Something."))
    answer = ask(directory, text)
    assert ids(answer) == ["a"]
    assert answer.corrected_from is None


def test_an_everyday_phrase_finds_its_need(make: Make) -> None:
    directory = make(
        service("a", needs=("domestic-violence",)),
        service("b", needs=("domestic-violence", "food")),
        service("c", needs=("food",)),
        service("d"),
    )
    answer = ask(directory, "food stamps")
    # Who has the need first comes before whoever has it second.
    assert ids(answer) == ["c", "b"]
    assert answer.understood.needs == (("food", "food stamps"),)
    assert all("need: food" in found.why for found in answer.found)
    assert ids(ask(directory, "me pega"))[:2] == ["a", "b"]


def test_in_danger_a_hotline_comes_before_a_program_and_a_guide_last(make: Make) -> None:
    directory = make(
        replace(service("a", needs=("domestic-violence",)), kind=Kind.GUIDE),
        service("b", needs=("domestic-violence",)),
        replace(service("c", needs=("domestic-violence",)), kind=Kind.HOTLINE),
        service("d", needs=("food",)),
        replace(service("e", needs=("food",)), kind=Kind.HOTLINE),
    )
    assert ids(ask(directory, "me pega")) == ["c", "b", "a"]
    assert ids(ask(directory, "food stamps")) == ["d", "e"]


def test_who_says_that_they_are_for_the_age_comes_before_who_says_nothing(make: Make) -> None:
    directory = make(
        service("a", "Garden"),
        service("b", "Garden", ages=(2, 4)),
        service("c", "Garden", ages=(3, 9)),
        service("d", "Garden", ages=(4, 9)),
    )
    assert ids(ask(directory, "garden for a 3 year old")) == ["b", "c", "a"]
    assert ids(ask(directory, "garden")) == ["a", "b", "c", "d"]


def test_words_of_a_phrase_in_another_order_find_its_need_loosely(make: Make) -> None:
    directory = make(service("a", needs=("domestic-violence",)), service("b"))
    answer = ask(directory, "order restraining")
    assert ids(answer) == ["a"]
    assert answer.understood.needs == ()


@pytest.mark.parametrize("typed", ["860-555-0142", "(860) 555-0142", "1 860 555 0142", "who is 860.555.0142"])
def test_a_phone_number_finds_whom_it_calls(make: Make, typed: str) -> None:
    called = (Phone("860-555-0142", "+18605550142"),)
    directory = make(service("a", "Garden"), service("z", "Orchid", phones=called), service("b", "School"))
    assert ids(ask(directory, typed))[0] == "z"
    assert ask(directory, "860-555-0143").found == ()


def test_why_says_where_the_words_were_found(make: Make) -> None:
    directory = make(service("a", "Garden", "School"), service("b", "School", "Garden"), service("c", "School garden"))
    why = {found.service.id: found.why for found in ask(directory, "garden").found}
    assert why == {"a": ("name",), "b": ("summary",), "c": ("name",)}


def test_what_nothing_is_about_finds_nothing(make: Make) -> None:
    directory = make(*(service(f"s{number}", "Garden school") for number in range(5)))
    for text in ("helicopter", "helicopter zebra", "helicopter zebra volcano garden", "the of and", "zzzz"):
        answer = ask(directory, text)
        assert (answer.found, answer.total) == ((), 0), text


# Towns and ages in the words.


@pytest.fixture
def placed(make: Make) -> Directory:
    return make(
        service("hartford", "Garden", towns=("Hartford",)),
        service("vernon", "Garden", towns=("Vernon",)),
        service("union", "Garden", "union", towns=("Union",)),
        service("anywhere", "Garden"),
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("garden", {"hartford", "vernon", "union", "anywhere"}),
        ("garden in Hartford", {"hartford", "anywhere"}),
        ("garden vernon ct", {"vernon", "anywhere"}),
        ("garden Rockville", {"vernon", "anywhere"}),
        ("garden 06103", {"hartford", "anywhere"}),
        ("garden in Union", {"union", "anywhere"}),
        ("garden 06076", {"union", "anywhere"}),
        # A ZIP code that is known to be in the state only rules out no town of it.
        ("garden 06999", {"hartford", "vernon", "union", "anywhere"}),
        ("garden 06390", {"anywhere"}),
    ],
)
def test_services_for_other_towns_are_left_out_and_those_that_name_none_stay(
    placed: Directory, text: str, found: set[str]
) -> None:
    answer = ask(placed, text)
    assert set(ids(answer)) == found
    assert answer.total == len(found)


def test_union_alone_is_no_town(placed: Directory) -> None:
    answer = ask(placed, "garden union")
    assert answer.understood.place is None
    assert ids(answer)[0] == "union"
    assert len(ids(ask(placed, "garden union", more=True))) == 4


@pytest.fixture
def aged(make: Make) -> Directory:
    return make(
        service("babies", "Garden", ages=(0, 3)),
        service("children", "Garden", ages=(3, 12)),
        service("any", "Garden"),
        *(service(f"other{number}", "Zeppelin") for number in range(9)),
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("garden", {"babies", "children", "any"}),
        ("garden for my 2 year old", {"babies", "any"}),
        ("garden 18 months old", {"babies", "any"}),
        ("garden 6 weeks old", {"babies", "any"}),
        ("garden, tiene 5 años", {"children", "any"}),
        ("garden for a man 40 years old", {"any"}),
    ],
)
def test_services_for_other_ages_are_left_out_and_those_that_state_none_stay(
    aged: Directory, text: str, found: set[str]
) -> None:
    assert set(ids(ask(aged, text))) == found


def test_what_is_asked_for_beside_the_words_goes_before_them(placed: Directory, aged: Directory) -> None:
    hartford = Facts(place=Place(town="Hartford"))
    assert set(ids(ask(placed, "garden in Vernon", facts=hartford))) == {"hartford", "anywhere"}
    born = PersonAge.from_birth_date(TODAY.replace(year=TODAY.year - 5), TODAY)
    assert set(ids(ask(aged, "garden 2 years", facts=Facts(age=born)))) == {"children", "any"}


def test_near_services_come_before_others(placed: Directory) -> None:
    assert ids(ask(placed, "garden in Vernon"))[0] == "vernon"


def test_only_what_is_allowed_is_found(placed: Directory) -> None:
    vernon = Facts(place=Place(town="Vernon"))
    answer = ask(placed, "garden", facts=vernon, kind="program", only_fits=True)
    assert (ids(answer), answer.total) == (["vernon", "anywhere"], 2)
    assert ids(ask(placed, "", facts=vernon)) == ["vernon", "anywhere"]
    assert ask(placed, "garden", kind="guide").found == ()


# Order and pages.


def test_equal_scores_stand_in_the_order_of_ids(make: Make) -> None:
    names = [f"s{number}" for number in (7, 3, 9, 1, 5, 2, 8, 4, 6)]
    directory = make(*(service(name, "Garden") for name in names))
    answer = ask(directory, "garden")
    assert len({found.score for found in answer.found}) == 1
    assert ids(answer) == sorted(names)


@pytest.mark.parametrize("text", ["", "garden"])
def test_pages_are_the_parts_of_one_list(make: Make, text: str) -> None:
    directory = make(
        *(
            service(f"s{number:02}", "Garden", "garden " * (number % 3) + "school " * (number % 5))
            for number in range(23)
        )
    )
    whole = ids(ask(directory, text, size=100))
    assert len(whole) == 23
    for size in (1, 5, 7, 23):
        pages = [ask(directory, text, number, size) for number in range(1, 23 // size + 3)]
        assert [service_id for page in pages for service_id in ids(page)] == whole
        assert {page.total for page in pages} == {23}
        assert all(len(page.found) <= size for page in pages)


def test_without_words_all_stand_by_name(make: Make) -> None:
    directory = make(service("a", "Zoo"), service("b", "élan"), service("c", "Apple"), service("d", "apple"))
    for text in ("", "   ", "?!", "\u200f"):
        answer = ask(directory, text)
        assert ids(answer) == ["c", "d", "b", "a"]
        assert answer.total == 4


@pytest.mark.parametrize("status", ["inactive", "defunct"])
@pytest.mark.parametrize("text", ["", "garden", "hungry", "GRDN", "gardn"])
def test_a_service_that_is_no_more_is_never_shown(make: Make, text: str, status: str) -> None:
    directory = make(
        service("a", "Garden", status=status, needs=("food",), alternate_names=("GRDN",)),
        service("b", "Garden", status="temporarily closed", needs=("food",), alternate_names=("GRDN",)),
    )
    assert ids(ask(directory, text)) == ["b"]


# Limits and hostile texts.


def test_400_characters_are_used(make: Make) -> None:
    directory = make(service("a", "Garden"))
    assert MAX_CHARACTERS == 400
    assert ids(ask(directory, " " * 394 + "garden")) == ["a"]
    # What is left is one letter, which is no word.
    assert ids(ask(directory, " " * 399 + "garden")) == []


def test_24_words_that_say_something_are_used(make: Make) -> None:
    words = [
        "alder",
        "birch",
        "cedar",
        "elder",
        "hazel",
        "larch",
        "maple",
        "olive",
        "poplar",
        "rowan",
        "sumac",
        "willow",
        "aspen",
        "beech",
        "cypress",
        "fir",
        "ginkgo",
        "juniper",
        "laurel",
        "myrtle",
        "oak",
        "pine",
        "spruce",
        "walnut",
    ]
    assert len(words) == MAX_WORDS
    directory = make(service("a", "One", " ".join(words)), service("b", "Two", "yew " * 3))
    whole = ask(directory, " ".join(words))
    assert ids(whole) == ["a"]
    assert ids(ask(directory, " ".join([*words, "yew"]))) == ids(whole)
    # Words of asking and words said twice are not counted.
    assert ids(ask(directory, " ".join(["the for alder", *words]))) == ids(whole)
    assert [ask(directory, " ".join(each)).shortened for each in (words, [*words, "yew"])] == [False, True]
    assert len(word_forms(" ".join([*words, "yew"]))) == MAX_WORDS


HOSTILE = {
    "wildcards": "gard* g?rden *:* ** ?",
    "brackets": "((((garden))))[[[ {x TO y} ]]]",
    "open brackets": "(" * 200,
    "not flood": "NOT " * 2000 + "garden",
    "minus flood": "-" * 500 + "garden -garden",
    "boolean": "garden AND OR NOT garden ANDNOT ANDMAYBE REQUIRE",
    "fields": "name_en:garden id:a AND id:*",
    "quotes": '"garden "" \' ” “',
    "fuzzy": "garden~9 garden^99999999 school~",
    "long word": "g" * 10_000,
    "long words": "garden" * 2000,
    "control characters": "\0\x01gar\x07den\x1b[2J\x7f\x85",
    "right to left": "\u202egarden\u202c \u200f\u2067school\u2069",
    "lone surrogates": "\ud800garden\udfff",
    "emoji": "🥕👨‍👩‍👧‍👦🇺🇸 garden",
    "emoji alone": "🥕👨‍👩‍👧‍👦🇺🇸",
    "only stop words": "the of and for to is de la que y",
    "combining marks": "g" + "\u0301" * 5000 + "arden",
    "swelling": "\ufdfa" * 200,
    "other digits": "٢ years ２ years ²years",
    "numbers": "0 years 00 years 99 years 99 weeks 1e999 -1 years 06000 06" + "9" * 50,
    "lines": "garden\r\n\u2028\u2029\tschool",
    "sql": "'; DROP TABLE services; --",
    "html": "<script>alert(1)</script>",
    "regex": "(a+)+$" * 30 + "a" * 100,
    "format": "%s%n{0}{}%(x)s",
    "null word": "null None undefined NaN",
    "others' letters": "食品 еда طعام भोजन",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_gets_an_ordinary_answer(make: Make, text: str) -> None:
    directory = make(service("a", "Garden"), service("b", "School", needs=("food",)), service("c", status="inactive"))
    answer = ask(directory, text)
    check(answer, directory)
    assert set(ids(answer)) <= {"a", "b"}


@pytest.mark.parametrize("name", ["brackets", "right to left", "lone surrogates", "emoji", "lines", "combining marks"])
def test_a_word_among_signs_is_found(make: Make, name: str) -> None:
    directory = make(service("a", "Garden"), service("b", "Nothing"))
    wanted = [] if name == "combining marks" else ["a"]
    assert ids(ask(directory, HOSTILE[name])) == wanted


def test_signs_of_query_languages_mean_nothing(make: Make) -> None:
    directory = make(service("a", "Garden"), service("b", "School"))
    assert ids(ask(directory, "NOT garden")) == ids(ask(directory, "-garden")) == ["a"]
    assert ids(ask(directory, "g*")) == []


def check(answer: SearchResults, directory: Directory) -> None:
    """Found is unique, listed and sorted by score, equal scores by id; and not more than there is."""
    found = answer.found
    names = ids(answer)
    assert len(set(names)) == len(names) <= answer.total <= directory.service_count
    assert all(one.service is directory.catalog.services[one.service.id] for one in found)
    assert all(one.service.is_listed for one in found)
    assert all(np.isfinite(one.score) for one in found)
    if any(one.score for one in found):
        assert all(one.score > 0 for one in found)
        for one, other in pairwise(found):
            # Scores are compared to four decimals.
            assert one.score > other.score - 2e-4
            assert one.score != other.score or one.service.id < other.service.id


@pytest.fixture(scope="module")
def words_of_the_real_directory(real: Directory) -> list[str]:
    phrases = list(real.phrases.needs)
    return [*real.searcher.speller.counts, *phrases, *real.catalog.places.towns, "2 years", "06106", "in", "for my"]


@pytest.mark.slow
@settings(
    max_examples=5000 if LONG else 300,
    deadline=None,
    database=None,
    derandomize=not LONG,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_text_gets_a_sorted_answer_of_listed_services(
    real: Directory, words_of_the_real_directory: list[str], data: st.DataObject
) -> None:
    drawn_words = st.lists(st.sampled_from(words_of_the_real_directory), max_size=8).map(" ".join)
    any_text = st.text(st.characters(exclude_categories=()), max_size=250)
    mixed = st.lists(st.sampled_from(words_of_the_real_directory) | st.text(max_size=5), max_size=8).map(" ".join)
    text = data.draw(drawn_words | mixed | any_text)
    answer = ask(real, text, size=100)
    check(answer, real)
    understood = answer.understood
    known = Facts(age=PersonAge.from_age(understood.age, TODAY) if understood.age else None, place=understood.place)
    if known != Facts():
        judged = real.table.judge(known)
        ruled_out = {real.table.services[row].id for row in np.flatnonzero(judged.verdicts == Verdict.INELIGIBLE)}
        assert not ruled_out & set(ids(answer))
    # The same again, and the same in two pages.
    again = ask(real, text, size=100)
    assert (again.found, again.total) == (answer.found, answer.total)
    assert ask(real, text, size=50).found + ask(real, text, 2, 50).found == answer.found


# Swaps.


@pytest.mark.slow
def test_a_hundred_swaps_under_reading_threads_mix_nothing(tmp_path: Path) -> None:
    """Eight threads ask while the catalog goes to and fro: each answer is wholly of the one or wholly of the other."""
    one, two = small_catalog(tmp_path / "one"), small_catalog(tmp_path / "two")
    food = two.text("community/food-bank.yaml").replace("Kids", "Youngsters").replace("meals-for-kids", "meals-for-all")
    two.path("community/food-bank.yaml").write_text(food)
    two.change("needs.yaml", "service: meals-for-kids", "service: meals-for-all")
    turns = [one.settings(), two.settings()]
    keeper = DirectoryKeeper(lambda: turns[0], lambda: TODAY)

    def answer() -> tuple[str, tuple[tuple[str, str, float], ...]]:
        current = keeper.current
        found = ask(current, "pantry meals food").found
        assert all(current.catalog.services[each.service.id] is each.service for each in found)
        return current.catalog.version, tuple((each.service.id, each.service.name, each.score) for each in found)

    expected = set()
    for _ in turns:
        assert keeper.reload()
        expected.add(answer())
        turns.reverse()
    assert len(expected) == 2
    assert all(len(found) >= 2 for _, found in expected)
    seen: list[object] = []
    stop = threading.Event()
    # So many readings a swap, or the readers would leave the swaps no time.
    permits = threading.Semaphore(0)

    def read() -> None:
        while True:
            permits.acquire()
            if stop.is_set():
                return
            try:
                seen.append(answer())
            except Exception as error:  # noqa: BLE001 - whatever it is, the test shall say so
                seen.append(error)
                return

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(100):
            turns.reverse()
            permits.release(READS_PER_SWAP)
            assert keeper.reload()
    finally:
        stop.set()
        permits.release(len(threads))
        for thread in threads:
            thread.join()
    assert set(seen) == expected
    changes = sum(one != other for one, other in pairwise(seen))
    assert changes > 20


def test_a_query_in_letters_that_are_not_known_here_finds_nothing(real: Directory) -> None:
    """No word is understood: that is no wish for the whole list."""
    assert [ask(real, text).total for text in ("食品", "помощь")] == [0, 0]
    assert ask(real, "  ").total > 500
