"""What holds for every catalog and every family: properties of the judges, the table and the order of matches.

300 drawn cases a property each time; 10,000 with LONG_TESTS=1.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from catalog.ages import Duration, PersonAge
from catalog.model import Catalog, Service, Who
from matching import ranking
from matching.eligibility import (
    Judgement,
    Status,
    Verdict,
    alternatives,
    judge,
    judge_age,
    judge_alternative,
    school_year_end,
)
from matching.facts import Facts
from matching.match import explain, match
from matching.request import MatchRequest, MatchResult, WantedNeed
from matching.table.table import EligibilityTable
from tests.support.strategies import (
    EVERYTHING,
    NOTHING,
    TODAY,
    Telling,
    Truth,
    catalog_of,
    catalogs,
    requests,
    tellings,
    told,
    truths,
)

CASES = 10_000 if os.environ.get("LONG_TESTS") == "1" else 300
many = settings(
    max_examples=CASES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[phase for phase in Phase if phase is not Phase.explain],
)


def _sides(facts: Facts) -> tuple[Facts, Facts]:
    return facts, facts.as_caregiver()


# The table and the plain judges


@pytest.mark.slow
@many
@given(catalogs(), truths(), tellings)
def test_the_table_judges_every_service_as_the_plain_functions_do(
    catalog: Catalog, truth: Truth, telling: Telling
) -> None:
    table = EligibilityTable.build(catalog)
    for facts in _sides(told(truth, telling)):
        judged = table.judge(facts)
        for row, service in enumerate(table.services):
            plain = judge(service, facts, catalog)
            assert judged.verdicts[row] == plain.verdict
            best = int(judged.best[row])
            assert table.alternative(best, row) is plain.alternative
            assert tuple(table.look([row], judged)[best].statuses) == plain.statuses
            sure = ranking.certainty(plain.unknown, plain.untold, plain.unstated)
            assert judged.certainty[row] == (sure if plain.verdict is not Verdict.INELIGIBLE else 0.0)
            assert judged.made_for[row] == plain.made_for


def _plain_judgement(service: Service, request: MatchRequest, catalog: Catalog) -> Judgement:
    """Judged for the person whose need it meets; for several by the better rank, the child's of equals.

    A rule about the child is judged by the child unless the need is the caregiver's personal one.
    """
    met = [want for want in request.wanted if want.need.id in service.needs]
    child, caregiver = (judge(service, facts, catalog) for facts in _sides(request.facts))
    for_child = any(want.who is not Who.CAREGIVER or not want.need.personal for want in met)
    if not any(want.who is not Who.CHILD for want in met):
        return child
    return caregiver if not for_child or caregiver.rank > child.rank else child


def _plain_parts(service: Service, request: MatchRequest, catalog: Catalog) -> dict[str, float]:
    """The parts of the score, from the functions of matching.ranking and the need shares of their definition."""
    plain = _plain_judgement(service, request, catalog)
    met = [want for want in request.wanted if want.need.id in service.needs]
    greatest = max(want.severity for want in request.wanted)
    assured = service.assured_date.earliest if service.assured_date else None
    age_fit = ranking.age_fit(tuple(way.age for way in alternatives(service)))
    possible = plain.verdict is not Verdict.INELIGIBLE
    shares = {
        "needs": ranking.needs_share(
            max(want.severity for want in met) / greatest,
            sum(want.severity for want in met),
            sum(want.severity for want in request.wanted),
        ),
        "door": max(_door(service, want, request.facts) * want.severity / greatest for want in request.wanted),
        "certainty": float(ranking.certainty(plain.unknown, plain.untold, plain.unstated)) if possible else 0.0,
        "closeness": ranking.closeness(ranking.reaches(service), request.facts.place, catalog),
        "fit": ranking.fit(age_fit, plain.made_for),
        "focus": len({want.need.id for want in met}) / len(service.needs),
        "freshness": ranking.freshness(assured, service.confidence, request.on),
        "language": ranking.language_share(service.languages, request.facts.languages),
    }
    return {name: ranking.WEIGHTS[name] * share for name, share in shares.items()}


def _door(service: Service, want: WantedNeed, facts: Facts) -> float:
    age_of = facts.as_caregiver() if want.who is Who.CAREGIVER and want.need.personal else facts
    shares = [0.0]
    for place, door in enumerate(want.need.start_with):
        if door.service_id == service.id:
            shares.append(ranking.door_share(place, judge_age(door.age, age_of) if door.age else Status.MET))
    return max(shares)


@pytest.mark.slow
@many
@given(catalogs(), requests())
def test_every_score_is_the_plain_sum_of_the_ranking_functions(catalog: Catalog, request: MatchRequest) -> None:
    request = replace(request, include_ineligible=True)
    for found in match(request, EligibilityTable.build(catalog)).matches:
        parts = _plain_parts(found.service, request, catalog)
        assert found.score_parts == {name: pytest.approx(value, abs=0.5001e-4) for name, value in parts.items()}
        assert found.score == pytest.approx(sum(parts.values()), abs=6 * 0.5001e-4)
        assert 0 <= found.score <= 1


@pytest.mark.slow
@many
@given(catalogs(), requests())
def test_a_match_tells_the_verdict_that_put_it_in_its_place(catalog: Catalog, request: MatchRequest) -> None:
    table = EligibilityTable.build(catalog)
    needs = {want.need.id for want in request.wanted}
    result = match(request, table)
    expected = {
        service.id: verdict
        for service in table.services
        if needs.intersection(service.needs)
        and ((verdict := _plain_judgement(service, request, catalog).verdict) or request.include_ineligible)
    }
    assert {found.service.id: found.verdict for found in result.matches} == expected
    assert result.total == len(expected)
    for found in result.matches:
        assert explain(request, table, found.service) == found
        assert not found.missing or found.verdict is Verdict.UNCERTAIN


# Facts that are told later


def _statuses(service: Service, facts: Facts, catalog: Catalog) -> list[tuple[Status, ...]]:
    """Of every criterion of every alternative."""
    return [judge_alternative(service, one, facts, catalog).statuses for one in alternatives(service)]


def _verdicts(catalog: Catalog, facts: Facts) -> dict[str, Verdict]:
    return {service.id: judge(service, facts, catalog).verdict for service in catalog.services.values()}


@pytest.mark.slow
@many
@given(catalogs(), truths(), tellings, tellings)
def test_a_fact_that_becomes_known_settles_and_never_turns_a_verdict_round(
    catalog: Catalog, truth: Truth, first: Telling, more: Telling
) -> None:
    """Eligible stays eligible and ineligible stays ineligible; only uncertain may become either.

    The same holds of each criterion of each alternative: only unknown may become anything else.

    Facts added: what was unknown is told, or told more exactly (a birth date for an age in years, the town for the
    state, HUSKY's letter, the household's size). Nothing is taken back, and of one term no one in the household says
    yes and another no.
    """
    before, after = told(truth, first), told(truth, first.and_also(more))
    for less, full in zip(_sides(before), _sides(after), strict=True):
        for service in catalog.services.values():
            pairs = zip(_statuses(service, less, catalog), _statuses(service, full, catalog), strict=True)
            for one, other in ((one, other) for pair in pairs for one, other in zip(*pair, strict=True)):
                assert one is Status.UNKNOWN or other is one
        known = _verdicts(catalog, full)
        for service_id, verdict in _verdicts(catalog, less).items():
            assert verdict is Verdict.UNCERTAIN or known[service_id] is verdict


@pytest.mark.slow
@many
@given(catalogs(), truths(), tellings)
def test_leaving_a_fact_out_never_hides_a_service(catalog: Catalog, truth: Truth, telling: Telling) -> None:
    """What is not ineligible with everything told is not ineligible with less; with nothing told nothing is."""
    everything, less = told(truth, EVERYTHING), told(truth, telling)
    for full, part in zip(_sides(everything), _sides(less), strict=True):
        seen = _verdicts(catalog, part)
        for service_id, verdict in _verdicts(catalog, full).items():
            assert verdict is Verdict.INELIGIBLE or seen[service_id] is not Verdict.INELIGIBLE
    for nothing in _sides(told(truth, NOTHING)):
        assert Verdict.INELIGIBLE not in _verdicts(catalog, nothing).values()


@pytest.mark.slow
@many
@given(catalogs(), truths(), tellings)
def test_the_nearest_alternative_decides(catalog: Catalog, truth: Truth, telling: Telling) -> None:
    """A service is what its best alternative is: each alone is no better, and one alone is as good."""
    facts = told(truth, telling)
    for service in catalog.services.values():
        alone = [judge(replace(service, eligibility=(one,)), facts, catalog) for one in alternatives(service)]
        together = judge(service, facts, catalog)
        assert together.verdict == max(one.verdict for one in alone)
        assert together.preference == max(one.preference for one in alone)


# The order of matches


def _shown(result: MatchResult) -> list[tuple[str, Verdict, float]]:
    return [(found.service.id, found.verdict, found.score) for found in result.matches]


@pytest.mark.slow
@many
@given(catalogs(), requests(), st.randoms(use_true_random=False), st.integers(1, 6))
def test_the_order_is_total_and_does_not_hang_on_the_order_of_the_files(
    catalog: Catalog, request: MatchRequest, random: Random, limit: int
) -> None:
    shuffled = list(catalog.services.values())
    random.shuffle(shuffled)
    first = match(request, EligibilityTable.build(catalog))
    again = match(request, EligibilityTable.build(catalog_of(shuffled)))
    assert _shown(first) == _shown(again)
    assert first.questions == again.questions
    few = match(replace(request, limit=limit), EligibilityTable.build(catalog))
    assert few.matches == first.matches[:limit]
    assert few.total == first.total


@pytest.mark.slow
@many
@given(catalogs(), requests())
def test_matches_come_by_score_then_by_id_with_the_ineligible_last(catalog: Catalog, request: MatchRequest) -> None:
    request = replace(request, include_ineligible=True)
    keys = []
    for found in match(request, EligibilityTable.build(catalog)).matches:
        score = sum(_plain_parts(found.service, request, catalog).values())
        keys.append((found.verdict is Verdict.INELIGIBLE, -score, found.service.id))
    for (low, score, first), (next_low, next_score, second) in pairwise(keys):
        assert low <= next_low
        if low == next_low:
            assert score <= next_score + 1e-8
            assert score != next_score or first < second


# Days


def _limits(service: Service) -> Iterator[Duration]:
    """Every age at which the rules of a service can change anything."""
    for alternative in service.eligibility:
        rule = alternative.age
        if rule is None:
            continue
        if rule.start is not None:
            yield rule.start
        if rule.under is not None:
            yield rule.under
        if rule.through is not None:
            last = rule.through
            if last.days:
                yield replace(last, days=last.days + 1)
            else:
                yield replace(last, months=last.months + 1) if last.months else replace(last, years=last.years + 1)
        if rule.school_year_of is not None:
            yield rule.school_year_of


def _on(facts: Facts, truth: Truth, day: date) -> Facts:
    return replace(
        facts,
        age=PersonAge.from_birth_date(truth.birth, day),
        caregiver_age=PersonAge.from_birth_date(truth.caregiver_birth, day),
    )


@pytest.mark.slow
@many
@given(catalogs(most=3), truths(), tellings, st.randoms(use_true_random=False))
def test_a_verdict_changes_only_on_a_day_that_is_a_birth_date_and_a_limit(
    catalog: Catalog, truth: Truth, telling: Telling, random: Random
) -> None:
    """Between two such days in a row nothing changes: on the first, the last and one between them all is the same."""
    facts, last = told(truth, telling), Duration(years=119).after(min(truth.birth, truth.caregiver_birth))
    for service in catalog.services.values():
        limits = list(_limits(service))
        turns = {limit.after(birth) for limit in limits for birth in (truth.birth, truth.caregiver_birth)}
        turns |= {school_year_end(day) for day in turns}
        days = sorted({TODAY, last, *(day for day in turns if TODAY < day < last)})
        for begin, end in pairwise(days):
            between = begin + timedelta(days=random.randrange((end - begin).days))
            same = {begin, between, end - timedelta(days=1)}
            for side in range(2):
                found = [_statuses(service, _sides(_on(facts, truth, day))[side], catalog) for day in sorted(same)]
                assert all(one == found[0] for one in found)
