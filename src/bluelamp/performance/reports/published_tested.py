"""What does the rule that quarterly reports publish say of each indicator, for whoever must apply it?"""

from __future__ import annotations

from typing import Final

from bluelamp.figures.control_rules import Improvement
from bluelamp.figures.months import Month, Span, period_words
from bluelamp.figures.published_rule import NAME, PublishedFinding, apply_published_rule, find_false_alarms
from bluelamp.performance.plans import Indicator
from bluelamp.performance.reports.model import ExceptionOfRow, PeriodFigure, Verdict
from bluelamp.performance.reports.periods import SeriesBySpan, find_period
from bluelamp.performance.reports.printing import SHARES

PUBLISHED: Final = "published"
_ENDS: Final = 4  # rolling figures whose three steps are looked at


def apply_rule(indicator: Indicator, series: SeriesBySpan, to: Month, improvement: Improvement) -> ExceptionOfRow:
    """The verdict of the published rule, and the figures that it rests on."""
    rolling = [find_period(indicator, series, to.plus(-3 * back), Span.YEAR) for back in reversed(range(_ENDS))]
    latest = find_period(indicator, series, to, Span.QUARTER)
    before = find_period(indicator, series, to.plus(-12), Span.QUARTER)
    counts, sizes = _counts(indicator, latest, before)
    finding = apply_published_rule(
        [None if each.value is None else float(each.value) for each in rolling],
        latest=counts[1],
        year_before=counts[0],
        sizes=sizes,
        improvement=improvement,
    )
    return ExceptionOfRow(verdict=_judge(finding), sentence=_say(finding, rolling, latest, before), rule=PUBLISHED)


Pair = tuple[float | None, float | None]


def _counts(
    indicator: Indicator, latest: PeriodFigure, before: PeriodFigure
) -> tuple[Pair, tuple[float, float] | None]:
    """The counts of the quarter a year before and of the latest; of shares also both denominators, the latest
    first, as the rule takes them. None for figures that are no counts."""
    if indicator.unit == "count":
        return (_number(before.value), _number(latest.value)), None
    parts = (latest.numerator, latest.denominator, before.numerator, before.denominator)
    if indicator.unit not in SHARES or any(each is None for each in parts):
        return (None, None), None
    top, bottom, top_before, bottom_before = (float(each) for each in parts if each is not None)
    return (top_before, top), (bottom, bottom_before)


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))


def _judge(finding: PublishedFinding) -> Verdict:
    if finding.is_exception is None:
        return Verdict.CANNOT_TELL
    if not finding.is_exception:
        return Verdict.NONE
    good = finding.good
    return Verdict.NEITHER if good is None else Verdict.POSITIVE if good else Verdict.NEGATIVE


def _say(
    finding: PublishedFinding, rolling: list[PeriodFigure], latest: PeriodFigure, before: PeriodFigure
) -> str:
    ways = {1: "rose", -1: "fell"}
    said = []
    if finding.trend is None:
        said.append("The twelve months to each of the last four quarters are not all known.")
    elif finding.trend:
        figures = ", ".join(each.printed for each in rolling)
        said.append(f"The rolling figure {ways[finding.trend]} three quarters in a row ({figures}).")
    else:
        said.append("The rolling figure did not move one way for three quarters.")
    if finding.latest is None:
        said.append("The latest quarter cannot be set against that of a year before: no quarters are known.")
    else:
        pair = f"{latest.printed} in {period_words(latest.to, Span.QUARTER)}, {before.printed} a year before"
        verdict = "a significant change" if finding.latest else "no significant change"
        said.append(f"{pair}: {verdict}.")
    return " ".join(said)


def say_published_rule() -> str:
    return f"The published rule: {NAME[:1].lower()}{NAME[1:]}. {find_false_alarms().words}"
