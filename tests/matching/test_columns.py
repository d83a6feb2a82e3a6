"""The fast ways of the columns against the plain one, over the real catalog's rules."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest

from catalog.ages import Duration, PersonAge
from catalog.places import Place
from matching.facts import Facts, implied, ruled_out, terms_of, with_residence
from matching.table.column import RuleColumn
from matching.table.table import EligibilityTable
from tests.support.catalogs import real_catalog
from tests.support.dates import TODAY


@cache
def columns() -> dict[str, RuleColumn]:
    return {column.criterion.name: column for column in EligibilityTable.build(real_catalog()).rules}


def plain(column: RuleColumn) -> RuleColumn:
    """The same rules, judged one by one."""
    return RuleColumn(column.criterion, column.values, column.codes)


def families() -> list[Facts]:
    """Families of whom little or much is known."""
    terms = terms_of(real_catalog())
    births = [TODAY - timedelta(days=days) for days in (0, 1, 44, 365, 1050, 1095, 2000, 6574, 8030, 9500)]
    leap = date(2024, 2, 29)
    ages = [PersonAge.from_birth_date(birth, TODAY) for birth in (*births, leap)]
    ages += [PersonAge.from_age(Duration(years), TODAY) for years in (0, 2, 3, 17, 21, 22)]
    known = [Facts(age=age) for age in ages]
    known.append(Facts(has=implied(["autism", "pregnant"], terms), has_not=ruled_out(["physical-disability"], terms)))
    known.append(Facts(caregiver_has=frozenset({"kinship-caregiver"}), has_not=ruled_out(["disability"], terms)))
    known += [with_residence(Facts(place=Place(town="Hartford"))), with_residence(Facts(place=Place(country="NG")))]
    known.append(Facts(implausible=frozenset(terms)))
    return [Facts(), *known]


@pytest.mark.parametrize("facts", families(), ids=lambda facts: str(facts.age or facts.place or "terms")[:60])
def test_every_column_gives_the_statuses_of_the_plain_functions(facts: Facts) -> None:
    for name, column in columns().items():
        expected = plain(column).statuses(facts, real_catalog())
        assert np.array_equal(column.statuses(facts, real_catalog()), expected), name
