"""Which figures and changes may a sentence about an indicator state?

A claim is kept beside a headline: the numbers that an edit of it is compared with, years later too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bluelamp.performance.insight_facts import find_before
from bluelamp.performance.reports.model import PeriodFigure, ReportRow


@dataclass(frozen=True, kw_only=True)
class ClaimedFigure:
    """The figure of one period: value in the indicator's unit, and how it is printed."""

    to: str
    span: str
    value: str
    printed: str


@dataclass(frozen=True, kw_only=True)
class ClaimedChange:
    """A change from one period to another; `share` in per cent or points, `actual` in number, as decimals."""

    to: str
    before: str
    span: str
    unit: str  # percent, points
    share: str = ""
    share_printed: str = ""
    actual: str = ""
    actual_printed: str = ""

    @property
    def direction(self) -> int:
        moved = Decimal(self.actual or self.share or "0")
        return 0 if not moved else 1 if moved > 0 else -1


@dataclass(frozen=True, kw_only=True)
class Claim:
    """All that may be said in numbers of one indicator in one report."""

    code: str
    name: str
    unit: str
    polarity: str
    verdict: str  # a Verdict of the report's model
    figures: tuple[ClaimedFigure, ...] = ()
    changes: tuple[ClaimedChange, ...] = ()
    also: tuple[str, ...] = ()  # sentences whose numbers may be repeated: of the exception, of its standards


def make_claims(rows: Sequence[ReportRow]) -> tuple[Claim, ...]:
    return tuple(make_claim(row) for row in rows)


def make_claim(row: ReportRow) -> Claim:
    figures = tuple(_claim_figure(each) for each in row.periods if each.value is not None)
    return Claim(
        code=row.code,
        name=row.indicator.name,
        unit=row.indicator.unit,
        polarity=row.indicator.polarity,
        verdict=row.exception.verdict.value,
        figures=figures,
        changes=_claim_changes(row),
        also=tuple(filter(None, (row.exception.sentence, *(each.sentence for each in row.standards)))),
    )


def _claim_figure(figure: PeriodFigure) -> ClaimedFigure:
    return ClaimedFigure(
        to=str(figure.to), span=figure.span.value, value=str(figure.value), printed=figure.printed
    )


def _claim_changes(row: ReportRow) -> tuple[ClaimedChange, ...]:
    """The change that the table prints first, then from each earlier period to the latest."""
    latest = row.latest
    if latest.value is None:
        return ()
    shares = row.change.unit == "points"
    found = []
    before = find_before(row)
    if before is not None and row.change.is_known:
        found.append(
            ClaimedChange(
                to=str(latest.to),
                before=str(before.to),
                span=latest.span.value,
                unit=row.change.unit,
                share="" if row.change.share is None else str(row.change.share),
                share_printed=row.change.share_printed,
                actual="" if row.change.actual is None else str(row.change.actual),
                actual_printed=row.change.actual_printed,
            )
        )
    for each in row.periods[:-1]:
        if each.value is None or (before is not None and each.to == before.to):
            continue
        moved = latest.value - each.value
        share = moved if shares else moved / each.value * 100 if each.value > 0 else None
        found.append(
            ClaimedChange(
                to=str(latest.to),
                before=str(each.to),
                span=latest.span.value,
                unit=row.change.unit,
                share="" if share is None else str(share),
                actual="" if shares else str(moved),
            )
        )
    return tuple(found)
