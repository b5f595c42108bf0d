"""How are figures and their changes written: "8,105", "77.4%", "+16.1%", "fell by 21.0% (607) to 2,288"?

Rounded once, half away from zero, and never "-0": what rounds to nothing has no sign.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from bluelamp.figures.changes import Change
from bluelamp.figures.not_known import NotKnown
from bluelamp.lib.written import say_money

PLACES: Final = {"percent": 1, "points": 1, "days": 1, "mean": 1, "rate": 1}
"""Decimals that a unit is printed with unless an indicator says otherwise; counts have none."""


def round_figure(value: Decimal, places: int = 0) -> Decimal:
    """Half away from zero; a nought has no sign."""
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return rounded if rounded else abs(rounded)


def say_figure(value: Decimal | NotKnown, unit: str = "", places: int | None = None) -> str:
    """A figure in its unit: 8,105; 77.4%; £1,076k; 78.5 days; 3.4 per 1,000 is its unit "per 1,000"."""
    if isinstance(value, NotKnown):
        return value.why
    if unit == "gbp":
        return say_money(round_figure(value, places) if places is not None else value)
    if unit == "gbp_thousand":
        return say_money(value * 1000, thousands=True).replace("-£0k", "£0k")
    rounded = round_figure(value, _places(unit, places, value))
    if unit in ("percent", "points"):
        return f"{rounded:,}%" if unit == "percent" else f"{rounded:,} percentage points"
    if unit in ("", "count", "mean", "ratio", "rate"):
        return f"{rounded:,}"
    return f"{rounded:,} {_one(unit) if rounded == 1 else unit}"


def say_ratio(numerator: Decimal, denominator: Decimal) -> str:
    """1,980/2,006, each as exactly as it was counted."""
    return f"{_plain(numerator):,}/{_plain(denominator):,}"


def say_signed(value: Decimal, places: int = 0) -> str:
    """+1,124; -0.8; nothing is 0."""
    rounded = round_figure(value, places)
    return f"{rounded:+,}" if rounded else f"{rounded}"


def say_change(change: Change, unit: str = "", places: int | None = None) -> str:
    """A sentence's piece: "fell by 21.0% (607) to 2,288", "rose by 3.5 percentage points to 17.8%"."""
    last = say_figure(change.last, unit, places)
    if not change.actual:
        return f"stayed at {last}"
    verb = "rose" if change.actual > 0 else "fell"
    if unit == "percent":
        return f"{verb} by {_say_points(abs(change.actual), places)} to {last}"
    shown = _places(unit, places, abs(change.actual))
    amount = say_figure(abs(change.actual), unit, places) if round_figure(abs(change.actual), shown) else ""
    percent = change.percent
    if isinstance(percent, NotKnown):
        return f"{verb} by {amount or 'little'} to {last}"
    share = round_figure(abs(percent), 1)
    by = f"{share:,}%" if share else "less than 0.1%"
    return f"{verb} by {by}{f' ({amount})' if amount else ''} to {last}"


def _say_points(size: Decimal, places: int | None) -> str:
    """3.5 percentage points; less than 0.1 percentage points."""
    shown = _places("percent", places, size)
    rounded = round_figure(size, shown)
    said = f"{rounded:,}" if rounded else f"less than {Decimal(1).scaleb(-shown)}"
    return f"{said} percentage {'point' if rounded == 1 else 'points'}"


def _places(unit: str, places: int | None, value: Decimal) -> int:
    if places is not None:
        return places
    if unit in ("", "count"):
        return 0
    return PLACES.get(unit, 0 if value == value.to_integral_value() else 1)


def _plain(value: Decimal) -> Decimal:
    """Without noughts at its end, and not as 2E+3."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _one(unit: str) -> str:
    """ "days" is "day"; "per 1,000 residents" stays."""
    return unit if " " in unit else unit.removesuffix("s")
