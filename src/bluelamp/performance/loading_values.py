"""What figure do the cells of one row give, and why can they not be taken as one?

A cell that prints no number says why by name ("pending", "n/a", ".."; `figures.printed` knows the words), and one
that prints a range ("94%-96%") gives no figure: any number between would be ours, not theirs (law 2), so it is
kept as printed and not published. "Fewer than 5" is a small number that was withheld. "Around 5,100" is a figure,
marked as estimated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Final

from bluelamp.figures.hedges import split_hedge
from bluelamp.figures.printed import PrintedValue, read_printed
from bluelamp.lib.text import fold
from bluelamp.performance.loading_refusals import RefusedError, shown
from bluelamp.performance.plans import Indicator

SHARES: Final = ("percentage", "ratio")
"""Units told as a percentage."""

_SET_AGAINST: Final = re.compile(
    r"\b(?:establishment|budget|target|capacity|plan|planned|expected)\b", re.IGNORECASE
)

SIGNED: Final = ("money", "mean")
"""Units of which less than nothing makes sense: an underspend, a net score."""

PLACES: Final = 10  # decimals that are kept
LARGEST: Final = Decimal(10) ** 15
_CLOSE: Final = Decimal("1e-9")  # share of a value by which a float may be off
_PLAIN: Final = re.compile(r"([+-]?)(\d{1,18}|\d{1,3}(?:,\d{3}){1,6})(\.\d{1,25})?(\s?%)?")
_YES: Final = frozenset({"yes", "y", "true", "1", "p", "prov", "provisional"})
_NO: Final = frozenset({"", "no", "n", "false", "0", "final", "f"})
_NAMES: Final = {
    "suppressed": "suppressed",
    "not recorded": "not-recorded",
    "unreadable": "unreadable",
    "not loaded": "",
}
_FLAG_NAMES: Final = {"pending": "pending", "not_applicable": "not-applicable", "not_published": "not-published"}
_KEPT_FLAGS: Final = ("provisional", "starred", "six_monthly", "range")
_UNITS: Final = {
    "percentage": ("", "percent"),
    "ratio": ("", "percent", "ratio"),
    "money": ("", "gbp"),
    "days": ("", "days"),
    "count": ("", "fte"),
    "rate": ("", "ratio"),
    "mean": ("", "gbp", "days", "hours", "minutes", "seconds", "fte", "ratio"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """The words of the cells of one figure; "" where there is none."""

    value: str = ""
    numerator: str = ""
    denominator: str = ""
    sample: str = ""
    half_width: str = ""
    provisional: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """What the cells say; a value, or the name of why there is none."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    sample: int | None = None
    half_width: Decimal | None = None
    unknown: str = ""
    flags: tuple[str, ...] = ()
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Manner:
    """How the list writes numbers: in thousands, percentages as fractions, its own words for what is missing."""

    scale: Decimal = Decimal(1)
    fraction: bool = False
    words: Mapping[str, str] = field(default_factory=dict)  # folded, lower case: our UNKNOWN


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed."""

    value: Decimal
    half: Decimal  # half of its last printed place: how far a true value may be off


def read_figure(indicator: Indicator, said: Said, manner: Manner) -> Figure | None:
    """The figure of one row or cell; None where no cell says anything. RefusedError says what cannot be."""
    top = _read_part(said.numerator, "numerator")
    bottom = _read_part(said.denominator, "denominator")
    missing = _read_missing(said.value, manner)
    if missing == "" and top is None and bottom is None:
        return None
    if missing:
        return _unknown(missing, said, top, bottom)
    number: Number | None = None
    flags: tuple[str, ...] = ()
    printed = ""
    if missing is None:
        number, flags, printed, top, bottom, gone = _read_value(indicator, said.value, manner, top, bottom)
        if gone:
            return _unknown(gone, said, top, bottom, flags)
    return _checked(indicator, said, number, top, bottom, flags, printed)


def _checked(
    indicator: Indicator,
    said: Said,
    number: Number | None,
    top: Decimal | None,
    bottom: Decimal | None,
    flags: tuple[str, ...],
    printed: str,
) -> Figure:
    check_parts(indicator, top, bottom)
    value = number.value if number else worth_of(indicator, top, bottom)
    if value is None:
        raise RefusedError("There is no value, and no numerator and denominator to work it out from.")
    check_value(indicator, value, top, bottom)
    if number:
        check_agreement(indicator, number, top, bottom, said.value)
    sample = _read_part(said.sample, "sample")
    if sample is not None and sample != sample.to_integral_value():
        raise RefusedError(f"The sample {shown(said.sample)} is no whole number of people or cases.")
    if _is_provisional(said.provisional):
        flags = tuple(dict.fromkeys((*flags, "provisional")))
    return Figure(
        value=kept_number(value),
        numerator=kept_number(top),
        denominator=kept_number(bottom),
        sample=int(sample) if sample is not None else None,
        half_width=kept_number(_read_part(said.half_width.lstrip("±+/- ").rstrip("% "), "half width")),
        flags=flags,
        printed=printed,
    )


def _unknown(
    name: str, said: Said, top: Decimal | None, bottom: Decimal | None, flags: tuple[str, ...] = ()
) -> Figure:
    if _is_provisional(said.provisional):
        flags = tuple(dict.fromkeys((*flags, "provisional")))
    return Figure(
        unknown=name, numerator=kept_number(top), denominator=kept_number(bottom), flags=flags, printed=said.value
    )


# -- words -------------------------------------------------------------------------------------------------


def _read_missing(words: str, manner: Manner) -> str | None:
    """The name of what is missing; "" for an empty cell, None for one that may print a figure."""
    if not words:
        return ""
    if words[0].isdigit():
        return None
    key = fold(words).lower()
    found = manner.words.get(key, _NAMES.get(key.strip("[]().")))
    return found if found is not None else None


def _read_value(
    indicator: Indicator, words: str, manner: Manner, top: Decimal | None, bottom: Decimal | None
) -> tuple[Number | None, tuple[str, ...], str, Decimal | None, Decimal | None, str]:
    """Number, flags, words as printed, numerator, denominator, and the name of what is missing."""
    is_share = indicator.unit in SHARES
    plain = _read_plain(words, percent=is_share)
    if plain is not None:
        factor = 100 if is_share and manner.fraction and "%" not in words else 1
        return _scaled(plain, factor if is_share else manner.scale), (), "", top, bottom, ""
    found = _read(words, _unit(indicator), manner.scale)
    if found is None:
        raise RefusedError(
            f"{shown(words)} is no figure and no name for what is missing (such as pending or n/a)."
        )
    flags = tuple(flag for flag in found.flags if flag in _KEPT_FLAGS)
    if gone := next((_FLAG_NAMES[flag] for flag in found.flags if flag in _FLAG_NAMES), ""):
        return None, flags, words, top, bottom, gone
    if _is_withheld(words, indicator):
        return None, flags, words, top, bottom, "suppressed"
    if "range" in found.flags:
        return None, flags, words, top, bottom, "not-published"
    _check_unit(indicator, found, words)
    top = found.numerator if top is None else top
    bottom = found.denominator if bottom is None else bottom
    if found.value is None:
        return None, flags, words, top, bottom, ""
    if _is_hedged(words):
        flags = (*flags, "estimated")
    low, high = found.low or found.value, found.high or found.value
    return Number(found.value, max(high - low, Decimal(0)) / 2), flags, words, top, bottom, ""


def _read_plain(words: str, *, percent: bool = False) -> Number | None:
    """A number in digits and nothing else, which most cells are: forty times as quick as the whole grammar."""
    found = _PLAIN.fullmatch(words)
    if not found or (found[4] and not percent):
        return None
    sign, whole, fraction = found.group(1, 2, 3)
    value = Decimal(f"{sign}{whole.replace(',', '')}{fraction or ''}")
    return Number(value, Decimal(1).scaleb(1 - len(fraction)) / 2 if fraction else Decimal(0))


def _scaled(number: Number, factor: Decimal | int) -> Number:
    return number if factor == 1 else Number(_without_zeros(number.value * factor), number.half * factor)


def _without_zeros(value: Decimal) -> Decimal:
    """77.4 for 77.400; 1200, not 1.2E+3."""
    bare = value.normalize()
    return bare if int(bare.as_tuple().exponent) <= 0 else bare.quantize(Decimal(1))


@lru_cache(maxsize=4096)
def _read(words: str, unit: str, scale: Decimal) -> PrintedValue | None:
    return read_printed(words, unit=unit, scale=scale)


def _unit(indicator: Indicator) -> str:
    return {"percentage": "percent", "ratio": "percent", "money": "gbp", "days": "days"}.get(indicator.unit, "")


def _check_unit(indicator: Indicator, found: PrintedValue, words: str) -> None:
    if found.value is not None and found.unit not in _UNITS.get(indicator.unit, ("",)):
        what = {"percent": "a percentage", "gbp": "an amount of money", "points": "a number of points"}
        named = what.get(found.unit, f"a number of {found.unit}")
        raise RefusedError(f"{shown(words)} is {named}, and the indicator is {_A_UNIT[indicator.unit]}.")


_A_UNIT: Final = {
    "count": "a count",
    "percentage": "a percentage",
    "rate": "a rate",
    "mean": "a mean",
    "ratio": "a ratio told as a percentage",
    "money": "an amount of money",
    "days": "a number of days",
}


def _is_hedged(words: str) -> bool:
    return bool(split_hedge(words)[0]) if words[:1].isalpha() or words[:1] in "~<>≤≥" else False


def _is_withheld(words: str, indicator: Indicator) -> bool:
    """ "<5", "fewer than 10": a small count that is not told."""
    key = words.lower()
    return indicator.unit == "count" and key.startswith(("<", "fewer than", "less than", "under "))


def _read_part(words: str, what: str) -> Decimal | None:
    if not words:
        return None
    number = _read_plain(words)
    if number is None:
        raise RefusedError(f"The {what} {shown(words)} is no number.")
    if number.value < 0:
        raise RefusedError(f"The {what} is {words}: it cannot be less than nothing.")
    return number.value


def _is_provisional(words: str) -> bool:
    key = fold(words).lower()
    if key in _YES:
        return True
    if key in _NO:
        return False
    raise RefusedError(f"{shown(words)} does not say whether the figure is provisional: write yes or no.")


def may_exceed(indicator: Indicator) -> bool:
    """May it be over 100%, and its numerator above its denominator?

    A percentage is part of a whole, but for one that sets a thing against another: a ratio, or what its definition
    says is of an establishment, a budget, a target or the like (staff in post against establishment: 101.34%).
    """
    return indicator.unit == "ratio" or bool(_SET_AGAINST.search(indicator.denominator))


_CHANGE: Final = re.compile(r"\b(?:change|less that|minus|difference|net of)\b", re.IGNORECASE)


def may_be_negative(indicator: Indicator) -> bool:
    """Money, means, and what its definition says is a change ("score at exit less that at entry")."""
    return indicator.unit in SIGNED or bool(_CHANGE.search(indicator.numerator))


# -- what may be ---------------------------------------------------------------------------------------------


def check_parts(indicator: Indicator, top: Decimal | None, bottom: Decimal | None) -> None:
    """Can these be a numerator and a denominator of the indicator? RefusedError otherwise."""
    if bottom == 0:
        raise RefusedError("The denominator is zero, so there is no figure: write n/a as the value.")
    is_part = indicator.unit == "percentage" and not may_exceed(indicator)
    if top is not None and bottom is not None and top > bottom and is_part:
        raise RefusedError(f"The numerator {top:,} is above the denominator {bottom:,}, and it is part of it.")


def check_value(
    indicator: Indicator, value: Decimal, top: Decimal | None = None, bottom: Decimal | None = None
) -> None:
    """Can this be a value of the indicator? RefusedError otherwise."""
    if abs(value) >= LARGEST:
        raise RefusedError(f"{value:,} is too large for a figure.")
    if value < 0 and not may_be_negative(indicator):
        raise RefusedError(f"{value:,f} is less than nothing, and {_A_UNIT[indicator.unit]} cannot be.")
    if indicator.unit == "percentage" and value > 100 and not may_exceed(indicator):
        raise RefusedError(f"{value:,f}% is over 100, and the indicator is part of a whole.")
    if indicator.unit == "count" and not indicator.decimals and value != value.to_integral_value():
        raise RefusedError(f"{value:,f} is no whole number, and the indicator is a count.")


def worth_of(indicator: Indicator, top: Decimal | None, bottom: Decimal | None) -> Decimal | None:
    """What a numerator over its denominator comes to; None where one is missing, or it is no quotient."""
    if top is None or bottom is None or not bottom or indicator.unit in ("count", "money"):
        return None
    return factor_of(indicator) * top / bottom


def factor_of(indicator: Indicator) -> int:
    """What a numerator over its denominator is multiplied by: 100 for a share, 1,000 for a rate per 1,000."""
    return 100 if indicator.unit in SHARES else indicator.per or 1


def check_agreement(
    indicator: Indicator, number: Number, top: Decimal | None, bottom: Decimal | None, words: str
) -> None:
    """Could the value have been printed so of these parts? RefusedError otherwise."""
    worth = worth_of(indicator, top, bottom)
    if worth is None:
        return
    # "77" may be printed for anything from 76.5 to 77.5, and a float is off by a trifle.
    room = max(number.half or Decimal("0.5"), abs(number.value) * _CLOSE)
    if abs(worth - number.value) > room:
        raise RefusedError(
            f"{shown(words)} does not agree with {top:,f} of {bottom:,f}, which is worked out here as"
            f" {round(worth, 4).normalize():,f}."
        )


def kept_number(value: Decimal | None) -> Decimal | None:
    """At most ten decimals, and no zeros after the last one that says something beyond the print's own."""
    if value is None:
        return None
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -PLACES:
        value = _without_zeros(round(value, PLACES))
    return value + 0 if value else Decimal(0)
