"""Does an indicator that a sign-off promised still keep its limit? The figures propose; a person looks and says.

A watch names its indicator in words. Where they are the code or a name of an indicator of the force's plan, its
latest figure is set against the limit; it has slid only where no value that could have printed so keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bluelamp.assurance.models import Watch
from bluelamp.assurance.watch_rules import DIRECTIONS, ENDED
from bluelamp.checks.estimate_pairs import Bounds
from bluelamp.desk.estimates import bounds_of_figure
from bluelamp.desk.indicator_links import find_plans_of
from bluelamp.figures.printed import read_printed
from bluelamp.organisations.visibility import Viewer
from bluelamp.performance.plans import Indicator, Plan
from bluelamp.performance.queries_indicators import Known, find_latest
from bluelamp.performance.reports.model import PeriodFigure
from bluelamp.register.models import Item


class Kept(StrEnum):
    """What the latest figure says of the limit."""

    HOLDS = "holds"
    SLID = "slid"
    CANNOT_TELL = "cannot-tell"


@dataclass(frozen=True)
class WatchedIndicator:
    watch: Watch
    plan: Plan
    indicator: Indicator
    figure: PeriodFigure | None
    kept: Kept

    @property
    def limit_words(self) -> str:
        return f"{DIRECTIONS.get(self.watch.direction, '')} {self.watch.limit}".strip()


def find_watched(item: Item, *, viewer: Viewer) -> list[WatchedIndicator]:
    """The item's watches of indicators that the force's figures can be asked about; none without a sign-off."""
    watches = list(Watch.objects.filter(item=item, kind="indicator").exclude(state=ENDED).order_by("due", "pk"))
    if not watches:
        return []
    knowns = find_plans_of(item.force.code, viewer=viewer)
    found = []
    for watch in watches:
        named = find_named(watch.indicator, knowns)
        if named is not None:
            known, indicator = named
            figure, _ = find_latest(known, [indicator.code], viewer=viewer).get(indicator.code, (None, None))
            found.append(WatchedIndicator(watch, known.plan, indicator, figure, judge(watch, indicator, figure)))
    return found


def find_named(said: str, knowns: Iterable[Known]) -> tuple[Known, Indicator] | None:
    """The indicator whose code, name or alias was said; None where none is, or two are."""
    wanted = " ".join(said.split()).casefold()
    found = [
        (known, indicator)
        for known in knowns
        for indicator in known.plan.indicators
        if wanted in {words.casefold() for words in (indicator.code, indicator.name, *indicator.aliases)}
        or wanted == f"{indicator.code} {indicator.name}".casefold()
    ]
    return found[0] if len(found) == 1 else None


def judge(watch: Watch, indicator: Indicator, figure: PeriodFigure | None) -> Kept:
    """By what the figure's true value may be, and what the limit says in the indicator's unit."""
    limit = read_limit(watch.limit, indicator)
    bounds = bounds_of_figure(figure, indicator.decimals) if figure else None
    if limit is None or bounds is None or watch.direction not in DIRECTIONS:
        return Kept.CANNOT_TELL
    return Kept.HOLDS if _may_keep(bounds, limit, watch.direction) else Kept.SLID


def _may_keep(bounds: Bounds, limit: Decimal, direction: str) -> bool:
    return bounds.high >= limit if direction == "at-least" else bounds.low <= limit


def read_limit(said: str, indicator: Indicator) -> Decimal | None:
    """The limit as a number; None where it is none, or stands in another unit than the indicator."""
    read = read_printed(said)
    if read is None or read.value is None:
        return None
    in_percent = indicator.unit in ("percentage", "ratio")
    return None if read.unit and (read.unit == "percent") != in_percent else read.value
