"""What a query means beyond its words: needs by everyday phrases, towns, ZIP codes, ages."""

from __future__ import annotations

import pytest

from catalog.ages import Duration, PersonAge
from catalog.places import ELSEWHERE, HOME_STATE, Place
from directory import Directory
from matching.facts import Facts
from search.query.parse import NeedPhrases, ParsedQuery
from search.query.plain_text import plain_query
from tests.support.catalogs import Make, ask, ids, service
from tests.support.dates import TODAY


@pytest.fixture
def directory(make: Make) -> Directory:
    return make(service("one"))


def read(directory: Directory, text: str) -> ParsedQuery:
    return directory.searcher.parser.parse(plain_query(text))


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("food stamps", ("food",)),
        ("where are FOOD, stamps?", ("food",)),
        ("tengo hambre", ("food",)),
        ("me pega y tengo miedo de él", ("domestic-violence",)),
        ("miedo de el", ("domestic-violence",)),
        ("hungry and he hits me", ("food", "domestic-violence")),
        ("he hits my car", ()),
        ("foodstamps", ()),
        ("nothing at all", ()),
        # A group is no need that anything is filed under.
        ("safety", ()),
        ("", ()),
    ],
)
def test_a_need_is_meant_by_its_everyday_phrases(directory: Directory, text: str, needs: tuple[str, ...]) -> None:
    assert tuple(need for need, _ in read(directory, text).needs) == needs


def test_of_overlapping_phrases_the_longest_counts_and_is_said() -> None:
    phrases = NeedPhrases({"food": "food", "food stamps": "stamps", "stamps": "post"}, 2)
    assert phrases.find("Food stamps, food!") == [("stamps", "food stamps"), ("food", "food")]
    assert phrases.find("stamps food") == [("post", "stamps"), ("food", "food")]
    assert phrases.find("food food") == [("food", "food")]


def test_needs_are_looked_for_in_the_first_100_words() -> None:
    phrases = NeedPhrases({"food": "food"}, 1)
    assert phrases.find("x " * 99 + "food") == [("food", "food")]
    assert phrases.find("x " * 100 + "food") == []


@pytest.mark.parametrize(
    ("text", "town", "words", "left"),
    [
        ("pantry in Hartford", "Hartford", "hartford", "pantry"),
        ("pantry near west hartford ct", "West Hartford", "west hartford", "pantry"),
        ("despensa en Hartford", "Hartford", "hartford", "despensa"),
        ("HARTFORD pantry", "Hartford", "hartford", "pantry"),
        ("pantry around Rockville", "Vernon", "rockville", "pantry"),
        ("pantry 06066", "Vernon", "06066", "pantry"),
        ("pantry 6066", "Vernon", "6066", "pantry"),
        ("pantry 06066-1234", "Vernon", "06066", "pantry"),
        ("pantry Vernon CT 06066", "Vernon", "06066", "pantry"),
        ("pantry in Union", "Union", "union", "pantry"),
        ("despensa en union", "Union", "union", "despensa"),
        ("pantry union ct", "Union", "union", "pantry"),
        ("pantry hartford vernon", "Hartford", "hartford", "pantry vernon"),
    ],
)
def test_a_town_is_taken_out_of_the_words(directory: Directory, text: str, town: str, words: str, left: str) -> None:
    understood = read(directory, text)
    assert (understood.place, understood.place_words, understood.text) == (Place(town=town), words, left)


@pytest.mark.parametrize("text", ["union dues", "credit union", "hartfordshire pantry", "pantry 060661"])
def test_words_that_name_no_town_stay(directory: Directory, text: str) -> None:
    understood = read(directory, text)
    assert (understood.place, understood.place_words, understood.text) == (None, None, text)


@pytest.mark.parametrize(
    ("code", "place"),
    [("06999", Place(state=HOME_STATE)), ("06390", Place(state=ELSEWHERE)), ("06025", Place("Vernon"))],
)
def test_a_zip_code_is_taken_out_whether_its_town_is_known_or_not(
    directory: Directory, code: str, place: Place
) -> None:
    understood = read(directory, f"pantry {code}")
    assert (understood.place, understood.place_words, understood.text) == (place, code, "pantry")


@pytest.mark.parametrize(
    ("text", "age", "words", "left"),
    [
        ("2 year old not talking", Duration(2), "2 year old", "not talking"),
        ("my 2yo hits", Duration(2), "2yo", "my hits"),
        ("18 months old", Duration(1, 6), "18 months old", ""),
        ("18 mo old bites", Duration(1, 6), "18 mo old", "bites"),
        ("6 weeks old bites", Duration(0, 0, 42), "6 weeks old", "bites"),
        ("hijo de 3 años", Duration(3), "3 anos", "hijo de"),
        ("hijo 8 meses de edad", Duration(0, 8), "8 meses de edad", "hijo"),
        ("un año", None, None, "un ano"),
        ("13 year-olds", Duration(13), "13 year olds", ""),
        ("99 years", Duration(99), "99 years", ""),
        ("100 years", None, None, "100 years"),
        ("2 m tall", None, None, "2 m tall"),
        ("4 w", None, None, "4 w"),
        ("2 yards", None, None, "2 yards"),
        ("grade 2", None, None, "grade 2"),
    ],
)
def test_an_age_is_taken_out_of_the_words(
    directory: Directory, text: str, age: Duration | None, words: str | None, left: str | None
) -> None:
    understood = read(directory, text)
    assert understood.age_words == words
    # 18 months are a year and six months.
    assert (understood.age and understood.age.approximate_days()) == (age and age.approximate_days())
    # An age alone leaves no words.
    assert understood.text.split() == (left if left is not None else words or "").split()


def test_a_town_and_an_age_together(directory: Directory) -> None:
    understood = read(directory, "hungry 3 year old in Hartford")
    assert understood == ParsedQuery(
        "hungry", (("food", "hungry"),), Place(town="Hartford"), "hartford", Duration(3), "3 year old"
    )


def test_a_town_alone_leaves_no_words(directory: Directory) -> None:
    understood = read(directory, "in Hartford")
    assert (understood.place, understood.text) == (Place(town="Hartford"), "")


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("my son wont go to school", "my son will not go to school"),
        ("i cant pay, they dont help", "i can not pay they do not help"),
        ("im scared and ive no one", "i scared and i no one"),
        ("she's ill, no id", "shes ill no id"),
        ("they're gone", "they gone"),
    ],
)
def test_contractions_are_read_with_and_without_their_apostrophe(typed: str, plain: str) -> None:
    assert plain_query(typed) == plain


def test_what_someone_has_is_not_what_is_asked_for(real: Directory) -> None:
    """A camp for a child with asthma is a camp; asthma alone is asked for itself."""
    for text, need in [
        ("summer camp for my daughter with asthma", "summer-camp"),
        ("respite for my 6 year old with autism", "respite"),
        ("campamento para mi hijo con asma", "summer-camp"),
        ("my son has asthma", "asthma"),
    ]:
        found = real.searcher.read(text)
        likely = real.searcher.terms(found.understood, list(found.words)).likely
        assert max(likely, key=likely.__getitem__) == need, text


@pytest.mark.parametrize(
    "text", ["speech delay", "child care", "therapy", "food", "summer camp", "my child hits other kids"]
)
@pytest.mark.parametrize(("town", "years"), [("Bristol", 2), ("New London", 15), ("Norwalk", 8)])
def test_a_town_and_an_age_count_the_same_in_fields_and_in_words(
    real: Directory, text: str, town: str, years: int
) -> None:
    facts = Facts(place=Place(town=town), age=PersonAge.from_age(Duration(years), TODAY))
    told = ids(ask(real, f"{text} {years} years old in {town}"))
    assert ids(ask(real, text, facts=facts)) == told
