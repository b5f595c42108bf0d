"""Which indicators, in which areas, are exceptions in the latest quarter, when all are tested together?

Months are tested, or quarters where there are no months; never rolling twelve months. All indicators in all areas
are one family: the more is looked at, the further out a figure must lie.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from bluelamp.figures.control_rules import Improvement
from bluelamp.figures.exception_words import say_judgement, say_smallest_change
from bluelamp.figures.exceptions import DEFAULT_SETTINGS, Judgement, Kind, Standing, TestedSeries
from bluelamp.figures.exceptions import find_exceptions as judge
from bluelamp.figures.months import Month, Span, months_between
from bluelamp.figures.saying import PLACES
from bluelamp.lib.errors import PlainError
from bluelamp.performance.plans import Indicator, Plan
from bluelamp.performance.reports.model import ExceptionOfRow, Settings, Verdict
from bluelamp.performance.reports.periods import ADDED
from bluelamp.performance.reports.published_tested import PUBLISHED, apply_rule, say_published_rule
from bluelamp.performance.series import Point, Series, SeriesKey

NOT_TESTED: Final = ExceptionOfRow(verdict=Verdict.CANNOT_TELL, sentence="The latest quarter was not tested.")
ONLY_ROLLED: Final = ExceptionOfRow(
    verdict=Verdict.CANNOT_TELL,
    sentence="Only figures of twelve months are loaded. They overlap, so no quarter can be tested.",
)
IMPROVEMENTS: Final = {
    "higher-is-better": Improvement.INCREASE,
    "lower-is-better": Improvement.DECREASE,
}
_UNITS: Final = {
    "percentage": "percent",
    "ratio": "percent",
    "money": "gbp",
    "days": "days",
    "mean": "mean",
    "rate": "rate",
}
RULES: Final = ("default", PUBLISHED)
"""The rules of exceptions by name; "" is the default."""
_STEPS: Final = (Span.MONTH, Span.QUARTER)


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
    """Every indicator in every area that has figures, or in `areas`: by the default rule one family of tests.

    PlainError where there is no such rule.
    """
    check_rule(settings.rule)
    if settings.rule == PUBLISHED:
        return _find_published(plan, series, settings, areas)
    found: dict[tuple[str, str], ExceptionOfRow] = {}
    to_test: list[tuple[tuple[str, str], TestedSeries]] = []
    for place, indicator, held in _places(plan, series, areas):
        step = next((each for each in _STEPS if each in held), None)
        if indicator.maturity_months:
            found[place] = _immature(indicator)
        elif step is None:
            found[place] = ONLY_ROLLED
        elif made := make_tested(indicator, held[step], settings.to, f"{place[0]} {place[1]}"):
            to_test.append((place, made))
    judged = judge([each for _, each in to_test], settings.to) if to_test else ()
    for (place, _), judgement in zip(to_test, judged, strict=True):
        found[place] = make_exception(judgement, settings.rule)
    tests = max((judgement.family for judgement in judged), default=0)
    return Tested(found, say_rule(tests), tests)


def check_rule(rule: str) -> None:
    if rule and rule not in RULES:
        raise PlainError(f"There is no rule of exceptions “{rule}”: choose {' or '.join(RULES)}.")


def _find_published(
    plan: Plan, series: Mapping[SeriesKey, Series], settings: Settings, areas: Collection[str] | None
) -> Tested:
    found = {
        place: apply_rule(indicator, held, settings.to, _improvement(indicator))
        for place, indicator, held in _places(plan, series, areas)
    }
    return Tested(found, say_published_rule(), len(found))


def _improvement(indicator: Indicator) -> Improvement:
    return IMPROVEMENTS.get(indicator.polarity, Improvement.NEUTRAL)


def _places(
    plan: Plan, series: Mapping[SeriesKey, Series], areas: Collection[str] | None
) -> Iterator[tuple[tuple[str, str], Indicator, dict[Span, Series]]]:
    held: dict[tuple[str, str], dict[Span, Series]] = {}
    for key, each in series.items():
        if key.plan == plan.slug and not key.breakdown and (areas is None or key.area in areas):
            held.setdefault((key.code, key.area), {})[key.span] = each
    for place in sorted(held):
        indicator = plan.indicator(place[0])
        if indicator is not None:
            yield place, indicator, held[place]


def _immature(indicator: Indicator) -> ExceptionOfRow:
    number = indicator.maturity_months
    words = "month is" if number == 1 else f"{number} months are"
    return ExceptionOfRow(
        verdict=Verdict.CANNOT_TELL,
        sentence=f"The latest {words} not yet comparable: outcomes of them are still to come.",
    )


def make_tested(indicator: Indicator, series: Series, to: Month, key: str) -> TestedSeries | None:
    """The series as the test takes it, from its first known period to `to`; None where nothing is known."""
    step = series.key.span
    known = [point.to for point in series.points if point.value is not None and point.to <= to]
    if not known:
        return None
    first = known[0] if step is Span.MONTH else to.plus(-(-(known[0].index - to.index) // 3) * 3)
    ends = [month for month in months_between(first, to) if (to.index - month.index) % step.months == 0]
    points = [series.at(end) for end in ends]
    kind = _kind(indicator, points)
    parts = kind in (Kind.RATE, Kind.PROPORTION)
    values = [_number(point.numerator if parts else point.value, point) for point in points]
    sizes = [_number(point.denominator, point) for point in points] if parts else []
    return TestedSeries(
        key=key,
        name=indicator.name,
        kind=kind,
        first=ends[0],
        values=values,
        sizes=sizes,
        step=step,
        improvement=_improvement(indicator),
        unit=_UNITS.get(indicator.unit, ""),
        places=_decimals(indicator),
        adds=kind is Kind.RATE or indicator.unit in ADDED,
        per=float(indicator.per or 1) if kind is Kind.RATE else 1.0,
        left_out=_left_out(indicator, ends),
    )


def _decimals(indicator: Indicator) -> int | None:
    """As the report prints it: money to the pound unless its definition says pence; the rest no coarser."""
    if indicator.unit in ADDED:
        return indicator.decimals
    return max(indicator.decimals, PLACES.get(_UNITS.get(indicator.unit, ""), 0))


def _number(number: Decimal | None, point: Point) -> float | None:
    return None if number is None or point.value is None else float(number)


def _kind(indicator: Indicator, points: list[Point]) -> Kind:
    known = [point for point in points if point.value is not None]
    if indicator.unit == "count":
        whole = all(point.value is not None and point.value >= 0 for point in known)
        return Kind.COUNT if whole else Kind.VALUE
    made_of = [
        (p.numerator, p.denominator) for p in known if p.numerator is not None and p.denominator is not None
    ]
    if len(made_of) < len(known) or any(top < 0 or bottom < 0 for top, bottom in made_of):
        return Kind.VALUE
    if indicator.unit == "percentage" and all(top <= bottom for top, bottom in made_of):
        return Kind.PROPORTION
    return Kind.RATE if indicator.unit == "rate" else Kind.VALUE


def _left_out(indicator: Indicator, ends: list[Month]) -> frozenset[Month]:
    """Periods before the last change of counting that begins limits anew."""
    days = [change.day for change in indicator.recording_changes if change.rebase and change.day <= ends[-1].last]
    return frozenset(end for end in ends if days and end.last < max(days))


def make_exception(judgement: Judgement, rule: str) -> ExceptionOfRow:
    """The verdict and its sentence."""
    good = judgement.good
    verdict = Verdict.CANNOT_TELL
    if judgement.is_exception:
        verdict = Verdict.NEITHER if good is None else Verdict.POSITIVE if good else Verdict.NEGATIVE
    elif judgement.standing is Standing.USUAL:
        verdict = Verdict.NONE
    return ExceptionOfRow(
        verdict=verdict,
        sentence=say_judgement(judgement),
        rule=rule,
        detectable=say_smallest_change(judgement),
    )


def say_rule(tests: int) -> str:
    """What the default rule is, and how often it is wrong where nothing has changed."""
    level, year = DEFAULT_SETTINGS.level, DEFAULT_SETTINGS.reports_a_year
    among = f" {tests:,} series were tested together." if tests else ""
    return (
        "The latest quarter, and the last two together, against a seasonal baseline of all earlier months;"
        f" adjusted for how many are tested, so that in a year of {year} reports in which nothing changes the"
        f" chance of any false exception is at most {level:.0%}.{among}"
    )
