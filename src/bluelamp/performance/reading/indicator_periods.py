"""Which period does a column's head name in a table of indicators, also where it says “to date”?"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bluelamp.lib.days import DatedPeriod, read_period

_TO_DATE = re.compile(r"\b(?:financial |fiscal )?(?:f?ytd|year[ -]to[ -]date)\b", re.I)
_ASIDE = re.compile(
    r"\b(?:baseline|actuals?|performance|position|result|current|latest|previous|last year|to)\b", re.I
)
_BASELINE = re.compile(r"\bbaseline\b", re.I)
_YEAR = range(360, 370)  # days
APRIL = 4


def read_head_period(head: str) -> DatedPeriod | None:
    """The period; None where the words name none, or only that it runs "to date" without saying to which."""
    if not _TO_DATE.search(head):
        return read_period(head)
    words = _TO_DATE.sub(" ", head).replace("(", " ").replace(")", " ")
    rest = " ".join(_ASIDE.sub(" ", words).split())
    period = read_period(rest) or read_period(head)
    if period is None or (period.start is not None and (period.end - period.start).days in _YEAR):
        return None
    return replace(period, start=_begins(period.end))


def _begins(end: date) -> date:
    """The first day of the financial year."""
    return date(end.year if end.month >= APRIL else end.year - 1, APRIL, 1)


def is_baseline_of_another_length(head: str, period: DatedPeriod, latest: DatedPeriod) -> bool:
    """A year's baseline beside a quarter: no change from one to the other is printed."""
    if not _BASELINE.search(head) or period.start is None or latest.start is None:
        return False
    return abs((period.end - period.start).days - (latest.end - latest.start).days) > _SLACK


_SLACK = 5  # days by which equal months differ
