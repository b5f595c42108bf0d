"""What may the true value behind a printed number be? (law 2)

A print says how finely it was rounded: "77.4%" stands for anything from 77.35 up to 77.45, "(3,426)" under
£'000 for anything from -3,426,500 to -3,425,500 pounds. A bare whole number ("8,105") is a count and exact.
Words before a number (hedges) have widths of their own, told in `hedges`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Final

from bluelamp.figures.hedges import hedged, split_hedge
from bluelamp.figures.units import UNIT_SCALES, unit_of

PRINTED_FLAGS = (
    "pending",
    "provisional",
    "starred",
    "not_published",
    "not_applicable",
    "six_monthly",
    "range",
)


@dataclass(frozen=True, kw_only=True)
class PrintedValue:
    """A printed number: the interval of true values that may print so (law 2).

    `low` is included and `high` is not, but for an exact count where both equal `value`. None where nothing
    can be computed (pending, not published): `flags` then says why. `numerator` and `denominator` where the
    paper prints a fraction.
    """

    printed: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    unit: str = ""  # "", "percent", "gbp", "gbp_thousand", "points", "seconds", ...
    flags: tuple[str, ...] = ()  # pending, provisional, starred, not_published, not_applicable, six_monthly, range


def may_be(printed: PrintedValue, value: Decimal) -> bool | None:
    """May `value` have printed so? Both ends count, since ties are rounded up by some and to even by others.

    None where the print gives no interval.
    """
    if printed.low is None or printed.high is None:
        return None
    return printed.low <= value <= printed.high


# -- what stands for no number ----------------------------------------------------------------------------

_DASHES = "-‐‑‒–—―−"
_ABSENT: Final = {
    "pending": (
        *("pending", "tbc", "tbd", "tba", "to be confirmed", "to be advised", "awaited", "awaiting data"),
        *("to follow", "not yet due", "not yet known", "awaiting"),
    ),
    "not_applicable": ("n/a", "na", "n.a.", "n.a", "not applicable"),
    "not_published": (
        *("not available", "not published", "not held", "not recorded", "no data", "no data available"),
        *(
            "unavailable",
            "data not available",
            "not yet available",
            "suppressed",
            "#n/a",
            "#div/0!",
            "..",
            "...",
            "…",
            "*",
            "**",
        ),
        *(_DASHES[i] * n for i in range(len(_DASHES)) for n in (1, 2, 3)),
    ),
}
_ABSENT_WORDS: Final = {word: flag for flag, words in _ABSENT.items() for word in words}

# -- one number -------------------------------------------------------------------------------------------

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_MARKERS = "●○•◆◇■□▲△▼▽►▶◄◀↑↓→←↔⬆⬇➡⬅⇧⇩🔴🟢🟡🟠⚫⚪★☆✓✔✗✘"
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_STARS = "*†‡#^"
_DIGITS = r"(?:\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_NUMBER = re.compile(
    r"(?P<open>\(?)\s*(?P<sign>\+\s?/\s?-|±|[+\-]?)\s*"
    r"(?P<pound>£?)\s*(?P<open2>\(?)(?P<sign2>[+\-]?)"
    rf"(?P<digits>{_DIGITS})\s*"
    r"(?P<scale>k|m|bn|mn|thousand|million|billion)?\s*"
    r"(?P<unit>%\s*-?\s*(?:points?|pts?|pp)\b\.?|%|percentage points?|per\s?cent(?:age points?)?|p\.p\."
    r"|ppts?|pp|pts?\b"
    r"|seconds?\b|secs?\b|minutes?\b|mins?\b|hours?\b|hrs?\b|days?\b|fte\b)?"
    r"\s*(?P<close>\)*)",
    re.IGNORECASE,
)
_SCALES: Final = {
    "k": Decimal(1_000),
    "thousand": Decimal(1_000),
    "m": Decimal(1_000_000),
    "mn": Decimal(1_000_000),
    "million": Decimal(1_000_000),
    "bn": Decimal(1_000_000_000),
    "billion": Decimal(1_000_000_000),
}
_YEARS = re.compile(r"(?:19|20)\d\d\s?[/-]\s?(?:(?:19|20)?\d\d)")
_UNIT_ALONE = re.compile(r"\(?£\s?['’‘`]?0{3,6}s?\)?", re.IGNORECASE)  # "£000" over a column is its unit
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_FRACTION = re.compile(rf"(?P<top>{_DIGITS})\s?(?:/|\bof\b|\bout of\b)\s?(?P<bottom>{_DIGITS})", re.IGNORECASE)
_TO_ONE = re.compile(r"(?P<top>\d+(?:\.\d+)?)\s?:\s?(?P<bottom>\d(?:\.\d+)?)")
_CLOCK = re.compile(r"(?:(?P<h>\d{1,3}):)(?P<m>\d{1,2}):(?P<s>\d{2}(?:\.\d+)?)|(?P<m2>\d{1,3}):(?P<s2>\d{2})")
_MINUTES = re.compile(
    r"(?P<m>\d+)\s?m(?:in(?:ute)?s?)?\.?,?\s?(?:and\s)?(?P<s>\d{1,2})\s?s(?:ec(?:ond)?s?)?\.?", re.IGNORECASE
)
_RANGE = re.compile(
    r"(?:between\s)?(?P<a>[^\s].{0,18}?)\s?(?:-|\bto\b|\band\b)\s?(?P<b>[^\s].{0,18})", re.IGNORECASE
)
_PROVISIONAL = re.compile(r"\s*(?:\((?:p|prov|provisional)\)|(?<=\d)p|\bprovisional)$", re.IGNORECASE)
# What stands beside a number and is no part of it: a rating ("12.3 Green", "R 12.3"), "revised", "n=".
_REMARKS = re.compile(
    r"^(?:n\s?=\s?|(?:red|amber|green|[RAG])[\s:-]{1,2}(?=[\d+(£-]))"
    r"|(?<=[\d%)])(?:\s?(?:\((?:r|rev|revised|[RAG]|red|amber|green)\)|r|revised)"
    r"|\s(?:red|amber|green|[RAG]))$",
    re.IGNORECASE,
)
_PERCENT_OUTSIDE = re.compile(r"\(([\d.,]{1,20})\)\s?%")
_LONGEST = 120  # a printed number is never longer; what is longer is prose


def read_printed(text: str, *, unit: str = "", scale: int | Decimal = 1) -> PrintedValue | None:
    """The number that a cell or phrase prints, as an interval; None where it prints no number.

    `unit` and `scale` are what the column's head or the table's title says, and yield to what the print itself
    says ("£10k", "5%"). A head's "gbp_thousand" is scale 1,000 in pounds. What stands for a missing number
    ("n/a", "TBC", a dash) is a value without an interval, with the flag that names why.
    """
    if len(text) > _LONGEST * 4:
        return None
    printed = _SPACES.sub(" ", text).strip()
    if not printed or len(printed) > _LONGEST:
        return None
    plain, factor = _plain_unit(unit, Decimal(scale))
    return _read(printed, plain, factor)


@lru_cache(maxsize=8192)  # a report's tables print the same figures and dashes again and again
def _read(printed: str, unit: str, factor: Decimal) -> PrintedValue | None:
    words, flags = _strip_marks(printed)
    absent = _read_absent(words, printed.strip(_MARKERS + " ").lower(), unit)
    if absent is not None:
        unit, flag = absent
        return PrintedValue(printed=printed, unit=unit, flags=_with(() if "#" in printed else flags, flag))
    value = _read_words(words, unit, factor)
    return replace(value, printed=printed, flags=_with(value.flags, *flags)) if value else None


def _plain_unit(unit: str, scale: Decimal) -> tuple[str, Decimal]:
    plain, factor = UNIT_SCALES.get(unit, (unit, Decimal(1)))
    return plain, factor * scale


def _with(flags: tuple[str, ...], *more: str) -> tuple[str, ...]:
    return tuple(flag for flag in PRINTED_FLAGS if flag in flags or flag in more)


def _strip_marks(printed: str) -> tuple[str, tuple[str, ...]]:
    """The words without exception markers, stars, footnote signs and "(p)", and the flags that those were."""
    words = printed.translate({ord(dash): "-" for dash in _DASHES}).strip(_MARKERS + _SUPERSCRIPTS + " ")
    flags: list[str] = []
    bare = words.strip(_STARS + " ")
    if bare != words and bare:
        words = bare.strip(_MARKERS + _SUPERSCRIPTS + " ")
        flags.append("starred")
    if "*" in words and words.strip("*"):  # "87.5%* 20,718": a star in the middle
        words = _SPACES.sub(" ", words.replace("*", " ")).strip()
        flags.append("starred")
    words = _REMARKS.sub("", words)
    if bracketed := _PERCENT_OUTSIDE.fullmatch(words):
        words = f"({bracketed[1]}%)"
    provisional = _PROVISIONAL.search(words)
    if provisional and provisional.start() > 0:
        words = words[: provisional.start()]
        flags.append("provisional")
    return words, tuple(flags)


def _read_absent(words: str, printed: str, unit: str) -> tuple[str, str] | None:
    """Unit and flag of what stands for a missing number: "n/a", "TBC % pts"."""
    word = words.lower().strip("()[]. ") or printed
    found = _ABSENT_WORDS.get(printed) or _ABSENT_WORDS.get(words.lower()) or _ABSENT_WORDS.get(word)
    if found:
        return unit, found
    head, _, tail = word.partition(" ")
    named = unit_of(tail)
    if head in _ABSENT_WORDS and named in ("points", "percent") and len(tail) < 20:
        return named, _ABSENT_WORDS[head]
    return None


def _read_words(words: str, unit: str, factor: Decimal) -> PrintedValue | None:
    if words.lower() in ("nil", "none", "zero"):
        return PrintedValue(printed=words, value=Decimal(0), low=Decimal(0), high=Decimal(0), unit=unit)
    if not any(character.isdigit() for character in words):
        return None
    if _YEARS.fullmatch(words) or _DATE.fullmatch(words) or _UNIT_ALONE.fullmatch(words):
        return None
    return (
        _read_time(words, unit)
        or _read_fraction(words)
        or _read_number(words, unit, factor)
        or _read_hedged(words, unit, factor)
        or _read_pair(words, unit, factor)
        or _read_range(words, unit, factor)
    )


def _read_number(words: str, unit: str, factor: Decimal) -> PrintedValue | None:
    match = _NUMBER.fullmatch(words)
    if not match:
        return None
    brackets = match["open"] + match["open2"]
    if len(brackets) != len(match["close"]) or len(brackets) > 1:
        return None
    digits = match["digits"].replace(",", "").replace(" ", "")
    value = Decimal(digits)
    if brackets or match["sign"] == "-" or match["sign2"] == "-":
        value = -value
    own_unit = _unit_printed(match["unit"])
    unit, factor, exact = _apply_unit(match, own_unit, unit, factor)
    half = Decimal(0) if exact and "." not in digits else _last_place(digits) / 2
    value, half = value * factor + 0, half * factor  # + 0: no minus before a zero
    return PrintedValue(printed=words, value=value, low=value - half, high=value + half, unit=unit)


def _apply_unit(match: re.Match[str], own_unit: str, unit: str, factor: Decimal) -> tuple[str, Decimal, bool]:
    """Unit, factor and whether a whole number is an exact count: only without any unit or factor."""
    if match["scale"]:
        own = _SCALES[match["scale"].lower()]
        return ("gbp" if match["pound"] or unit == "gbp" else own_unit or unit), own, False
    if match["pound"]:
        return "gbp", (factor if unit == "gbp" else Decimal(1)), False
    if own_unit:
        if unit == "points" and own_unit == "percent":
            own_unit = "points"
        return own_unit, Decimal(1), False
    return unit, factor, unit in ("", "number") and factor == 1


def _unit_printed(unit: str | None) -> str:
    if not unit:
        return ""
    low = unit.lower()
    if low.startswith(("%", "per")):
        return "points" if "p" in low.replace("per", "").replace("percent", "") else "percent"
    if low.startswith("p"):
        return "points"
    for stem, name in (("s", "seconds"), ("m", "minutes"), ("h", "hours"), ("d", "days"), ("f", "fte")):
        if low.startswith(stem):
            return name
    return ""


def _last_place(digits: str) -> Decimal:
    """The worth of the last printed digit: "77.4" gives 0.1."""
    whole, _, fraction = digits.partition(".")
    return Decimal(1).scaleb(-len(fraction)) if whole or fraction else Decimal(1)


# -- times, fractions, pairs, ranges ----------------------------------------------------------------------


def _read_time(words: str, unit: str) -> PrintedValue | None:
    """ "00:01:23", "-00:01:04" and "1m 23s" in seconds; "01:23" only where the column is a time."""
    sign, bare = (words[0], words[1:].lstrip()) if words[:1] in ("+", "-") else ("", words)
    match = _CLOCK.fullmatch(bare) or _MINUTES.fullmatch(bare)
    if not match or (sign and match.groupdict().get("m2") is not None):
        return None
    parts = match.groupdict()
    if parts.get("m2") is not None:
        if unit not in ("seconds", "minutes"):  # minutes and seconds, or hours and minutes: the print does not say
            return PrintedValue(printed=words) if len(words.partition(":")[2]) == 2 else None
        parts = {"h": "0", "m": parts["m2"], "s": parts["s2"]}
    seconds = Decimal(parts["s"] or 0)
    value = Decimal(parts.get("h") or 0) * 3600 + Decimal(parts["m"] or 0) * 60 + seconds
    half = _last_place(str(parts["s"])) / 2
    value = -value if sign == "-" else value
    return PrintedValue(printed=words, value=value, low=value - half, high=value + half, unit="seconds")


def _read_fraction(words: str) -> PrintedValue | None:
    """ "1,980/2,006" keeps both numbers and no quotient; "12:1" is worth 12."""
    match = _FRACTION.fullmatch(words)
    if match:
        return PrintedValue(printed=words, numerator=_plain(match["top"]), denominator=_plain(match["bottom"]))
    match = _TO_ONE.fullmatch(words)
    if not match:
        return None
    top, bottom = Decimal(match["top"]), Decimal(match["bottom"])
    if bottom != 1:
        return PrintedValue(printed=words, numerator=top, denominator=bottom, unit="ratio")
    half = Decimal(0) if "." not in match["top"] else _last_place(match["top"]) / 2
    return PrintedValue(
        printed=words, value=top, low=top - half, high=top + half, numerator=top, denominator=bottom, unit="ratio"
    )


def _plain(digits: str) -> Decimal:
    return Decimal(digits.replace(",", "").replace(" ", ""))


def _read_pair(words: str, unit: str, factor: Decimal) -> PrintedValue | None:
    """Two figures in one cell: the first is the value; a fraction or count beside a percentage is what it is of.

    "101.34% 1,980/2,006", "5.06% 20,718", "1,234 (56%)", "101.80 2,124.48/2,087".
    """
    for cut in (i for i, character in enumerate(words) if character == " "):
        first = _read_number(words[:cut], unit, factor)
        rest = words[cut + 1 :].strip()
        if first is None or rest.startswith("- "):  # "85 - 90%" is a range
            continue
        inner = rest[1:-1] if rest.startswith("(") and rest.endswith(")") else rest
        fraction = _read_fraction(inner)
        if fraction:
            named = first.unit or "percent"
            return replace(
                _read_number(words[:cut], named, Decimal(1)) or first,
                numerator=fraction.numerator,
                denominator=fraction.denominator,
            )
        second = _read_number(inner, "", Decimal(1))
        if second and first.unit == "percent" and second.unit == "":
            return replace(first, numerator=second.value)
        if second and first.unit != "percent" and second.unit == "percent":
            return first
    return None


def _read_range(words: str, unit: str, factor: Decimal) -> PrintedValue | None:
    """ "94%-96%": from the lowest that prints as the first to the highest that prints as the second; no value."""
    match = _RANGE.fullmatch(words)
    if not match:
        return None
    last = _read_number(match["b"], unit, factor)
    if last is None:
        return None
    first = _read_number(match["a"], last.unit if last.unit in ("percent", "points") else unit, factor)
    if first is None or first.low is None or last.high is None or first.unit != last.unit or first.low > last.high:
        return None
    return PrintedValue(printed=words, low=first.low, high=last.high, unit=first.unit, flags=("range",))


# -- hedges -----------------------------------------------------------------------------------------------


def _read_hedged(words: str, unit: str, factor: Decimal) -> PrintedValue | None:
    hedge, rest = split_hedge(words)
    bare = _read_number(rest, unit, factor) if hedge else None
    if bare is None or bare.value is None:
        return None
    low, high = hedged(hedge, bare.value)
    return replace(bare, low=low, high=high, flags=("range",) if hedge == "up to" else ())
