"""The day on which the tests take place, so that nothing depends on the clock."""

from datetime import date

TODAY = date(2026, 11, 21)
