"""How is a figure of an indicator printed, and how its change, as the published tables print them?

A count as "8,105", a percentage as "77.4%", a ratio with the two numbers it is made of ("101.34% 1,980/2,006"),
money as "£1,076"; a change as "+16.1%" or "-0.8% pts". Halves are rounded away from zero, as people do.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from bluelamp.performance.plans import Indicator

SHARES = ("percentage", "ratio")
"""Units whose change is in percentage points."""


def round_to(value: Decimal, places: int) -> Decimal:
    """Rounded half away from zero; never "-0.0"."""
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return rounded if rounded else abs(rounded)


def places_of(value: Decimal) -> int:
    """How many decimals a number has, the zeros at its end not counted."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def print_number(value: Decimal, places: int, *, signed: bool = False) -> str:
    """ "1,124" or "+1,124"; a zero has no sign."""
    rounded = round_to(value, places)
    return f"{rounded:+,}" if signed and rounded else f"{rounded:,}"


def print_value(
    indicator: Indicator,
    value: Decimal,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    *,
    places: int | None = None,
) -> str:
    """The figure in the indicator's unit, with its decimals unless `places` says another number of them."""
    number = print_number(value, indicator.decimals if places is None else places)
    if indicator.unit == "percentage":
        return f"{number}%"
    if indicator.unit == "money":
        return f"-£{number[1:]}" if number.startswith("-") else f"£{number}"
    if indicator.unit == "ratio":
        made_of = _made_of(numerator, denominator)
        return f"{number}% {made_of}".rstrip()
    return number


def _made_of(numerator: Decimal | None, denominator: Decimal | None) -> str:
    if numerator is None or denominator is None:
        return ""
    return f"{print_number(numerator, places_of(numerator))}/{print_number(denominator, places_of(denominator))}"


def unit_words(indicator: Indicator) -> str:
    """What the figures count, for the head of a column and the axis of a chart."""
    if indicator.unit in SHARES:
        return "per cent"
    if indicator.unit == "rate" and indicator.per:
        return f"per {indicator.per:,}"
    return {"money": "£", "days": "days", "mean": "average", "rate": "rate"}.get(indicator.unit, "number")
