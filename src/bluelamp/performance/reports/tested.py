"""Which indicators, in which areas, are exceptions in the latest quarter, when all are tested together?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from bluelamp.performance.plans import Plan
from bluelamp.performance.reports.model import ExceptionOfRow, Settings, Verdict
from bluelamp.performance.series import Series, SeriesKey

NOT_TESTED = ExceptionOfRow(verdict=Verdict.CANNOT_TELL, sentence="The latest quarter was not tested.")


@dataclass(frozen=True)
class Tested:
    """The verdict on each (code, area), by one rule for all of them."""

    found: Mapping[tuple[str, str], ExceptionOfRow] = field(default_factory=dict)
    rule_words: str = ""
    tests: int = 0

    def of(self, code: str, area: str) -> ExceptionOfRow:
        return self.found.get((code, area), NOT_TESTED)


def find_exceptions(
    plan: Plan, series: Mapping[SeriesKey, Series], settings: Settings, areas: Collection[str] | None = None
) -> Tested:
    """Every indicator in every area that has figures, or in `areas`: one family of tests."""
    return Tested()
