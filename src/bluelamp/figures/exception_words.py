"""What does an exception say of itself, in one sentence with its numbers?

"Knife crime: 171 in January to March 2021, 204 a year before; expected 183 to 228. Chance alone does not explain
so low a figure: an improvement."
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from bluelamp.figures.exceptions import Judgement, Standing
from bluelamp.figures.months import Month, Span, period_words
from bluelamp.figures.saying import say_figure
from bluelamp.figures.seasonal_models import LEAST_YEARS
from bluelamp.figures.tested_series import Kind

SMALL: Final = 60.0  # per cent: a series that can show no smaller change is called small
_UNITS: Final = {Kind.PROPORTION: "percent", Kind.RATE: "rate"}


def say_judgement(judgement: Judgement) -> str:
    """One sentence, or two, for any standing."""
    lead = f"{judgement.series.name}: "
    match judgement.standing:
        case Standing.MISSING:
            return f"{lead}not tested for {_period(judgement)}, because {_say_missing(judgement)}."
        case Standing.NO_DENOMINATOR:
            return f"{lead}not tested for {_period(judgement)}, because there was nothing to count from."
        case Standing.TOO_SHORT:
            return f"{lead}{_observed(judgement)}. {_say_short(judgement)}"
        case Standing.UNVARYING:
            return (
                f"{lead}{_observed(judgement)}. Its earlier figures were all the same, so it cannot be said how"
                " unusual that is."
            )
        case Standing.UNFITTED:
            return f"{lead}{_observed(judgement)}. No baseline fits its earlier figures, so it was not tested."
        case Standing.USUAL:
            return f"{lead}{_observed(judgement)}; expected {_expected(judgement)}{_say_usual(judgement)}"
        case Standing.EXCEPTION:
            return f"{lead}{_observed(judgement)}; expected {_expected(judgement)}. {_say_exception(judgement)}"


def say_smallest_change(judgement: Judgement, *, power: float = 0.9) -> str:
    """What change that lasts this series could show; "" where it was not tested."""
    found = [change for change in judgement.smallest if change.power == power]
    if not found:
        return ""
    change = max(found, key=lambda one: one.quarters)
    lasting = "two quarters" if change.quarters == 2 else "one quarter"
    sure = f"{round(power * 10)} times in 10"
    among = f", tested among {judgement.family:,} series," if judgement.family > 1 else ""
    parts = [
        f"a {word} of {_percent(size)}"
        for word, size in (("rise", change.rise), ("fall", change.fall))
        if size is not None
    ]
    if not parts:
        return f"This series{among} could show no change in {lasting}, however large: its figures are too small."
    said = (
        f"This series{among} would show {' or '.join(parts)} that lasted {lasting} {sure}; less may pass unseen."
    )
    if change.fall is None:
        said += " It is too small to show any fall."
    if change.rise is not None and change.rise > SMALL:
        said += " To see smaller changes, put areas together."
    return said


def _percent(size: float) -> str:
    return f"{abs(size):,.0f}%" if abs(size) >= 1 else "less than 1%"


def _say(judgement: Judgement, value: float | None) -> str:
    unit = judgement.series.unit or _UNITS.get(judgement.series.kind, "")
    return "not known" if value is None else say_figure(Decimal(repr(float(value))), unit, judgement.series.places)


def _period(judgement: Judgement) -> str:
    return period_words(judgement.to, Span.HALF_YEAR if judgement.quarters == 2 else Span.QUARTER)


def _observed(judgement: Judgement) -> str:
    averaged = " on average" if _is_mean(judgement) else ""
    said = f"{_say(judgement, judgement.observed)}{averaged} in {_period(judgement)}"
    if judgement.year_before is not None:
        said += f", {_say(judgement, judgement.year_before)} a year before"
    return said


def _is_mean(judgement: Judgement) -> bool:
    """Is what is said of several months their mean, because no more is known of them than the values?"""
    periods = 3 * judgement.quarters // judgement.series.step.months
    return judgement.series.kind is Kind.VALUE and not judgement.series.adds and periods > 1


def _expected(judgement: Judgement) -> str:
    return f"{_say(judgement, judgement.low)} to {_say(judgement, judgement.high)}"


def _outside(judgement: Judgement) -> bool:
    seen, low, high = judgement.observed, judgement.low, judgement.high
    return seen is not None and low is not None and high is not None and not low <= seen <= high


def _say_usual(judgement: Judgement) -> str:
    if not _outside(judgement):
        return ", so nothing exceptional."
    if judgement.family > 1:
        return f". It lies outside, but among {judgement.family:,} series some do by chance alone."
    return ". It lies outside, but not so far that chance is ruled out."


def _say_exception(judgement: Judgement) -> str:
    way = "high" if judgement.rise else "low"
    lasting = " over two quarters" if judgement.quarters == 2 else ""
    good = {True: ": an improvement", False: ": a deterioration", None: ""}[judgement.good]
    return f"Chance alone does not explain so {way} a figure{lasting}{good}."


def _say_short(judgement: Judgement) -> str:
    each = judgement.series.step is Span.MONTH
    word, needed = ("months", 12 * LEAST_YEARS) if each else ("quarters", 4 * LEAST_YEARS)
    return (
        f"To say what was to be expected {needed} earlier {word} are needed, and {judgement.known}"
        f" {'is' if judgement.known == 1 else 'are'} known."
    )


def _say_missing(judgement: Judgement) -> str:
    months: list[Month] = list(judgement.missing)
    names = [month.words for month in months]
    if judgement.series.step is Span.QUARTER:
        return "the quarter's figure is missing"
    if len(names) == 1:
        return f"{names[0]} is missing"
    return f"{', '.join(names[:-1])} and {names[-1]} are missing"
