"""What must a reader know beside an indicator's figures: changed counting, stars, what is still to ripen?"""

from __future__ import annotations

from collections.abc import Sequence

from bluelamp.figures.months import Span
from bluelamp.lib.calendar_days import say_day
from bluelamp.performance.plans import Indicator
from bluelamp.performance.reports.model import PeriodFigure
from bluelamp.performance.reports.periods import SeriesBySpan


def make_notes(indicator: Indicator, series: SeriesBySpan, periods: Sequence[PeriodFigure]) -> tuple[str, ...]:
    """A sentence each; none where there is nothing to say."""
    notes = _missing(periods)
    notes += _recording_changes(indicator, periods)
    notes += _differences(indicator, series, periods)
    if indicator.maturity_months:
        number = indicator.maturity_months
        months = "month is" if number == 1 else f"{number} months are"
        notes.append(f"The latest {months} not yet comparable: what happened in them is still being decided.")
    if any("starred" in period.flags for period in periods):
        notes.append("* as starred in its source: older figures, or figures of another period.")
    if any("six_monthly" in period.flags for period in periods):
        notes.append("Reported every six months; a quarter between repeats the last figure.")
    if any("provisional" in period.flags for period in periods):
        notes.append("(p) provisional: its source may still revise it.")
    if any("estimated" in period.flags for period in periods):
        notes.append("Estimated in part.")
    return tuple(notes)


def _missing(periods: Sequence[PeriodFigure]) -> list[str]:
    """A sentence for each reason, with the periods that it leaves without a figure."""
    reasons: dict[str, list[PeriodFigure]] = {}
    for period in periods:
        if _needs_reason(period):
            reasons.setdefault(period.reason, []).append(period)
    return [
        f"{', '.join(each.words for each in found)}: no figure, because of what is missing. {reason}"
        for reason, found in reasons.items()
    ]


def _needs_reason(period: PeriodFigure) -> bool:
    """A plain "pending" in the cell says all; a missing month is named."""
    return period.value is None and period.unknown not in ("pending", "not-published", "not-applicable")


def _recording_changes(indicator: Indicator, periods: Sequence[PeriodFigure]) -> list[str]:
    first = periods[0].to.plus(1 - periods[0].span.months).first
    last = periods[-1].to.last
    return [
        f"Counted differently from {say_day(change.day)}: {change.words}"
        for change in indicator.recording_changes
        if first <= change.day <= last
    ]


def _differences(indicator: Indicator, series: SeriesBySpan, periods: Sequence[PeriodFigure]) -> list[str]:
    """Where a ready-made 12-month figure and its own months disagree, both are said."""
    whole = series.get(Span.YEAR)
    if whole is None:
        return []
    said = []
    for period in periods:
        loaded = whole.at(period.to)
        if period.basis in ("", "as loaded") or loaded.value is None or period.value is None:
            continue
        if abs(loaded.value - period.value) * 2 > 10**-indicator.decimals:
            said.append(
                f"{period.words}: the {period.basis} make {period.printed}, and a loaded figure for the whole"
                f" says {loaded.printed or loaded.value}."
            )
    return said
