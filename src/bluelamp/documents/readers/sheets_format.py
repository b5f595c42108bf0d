"""How does Excel show a stored number under its number format?

Method: ECMA-376 part 1, 18.8.30 and 18.8.31. Dates that follow the reader's country are shown the British way.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext
from functools import lru_cache

BUILT_IN: dict[int, str] = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "dd/mm/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "dd/mm/yyyy h:mm",
    37: "#,##0;(#,##0)",
    38: "#,##0;(#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)",
    41: "#,##0",
    42: "£#,##0",
    43: "#,##0.00",
    44: "£#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
}
_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|_(?:.)|\*(?:.)|\[([^\]]*)\]|(General)|(AM/PM|A/P)|(E[+-]0+)|([0#?]|[.,])|(y+|m+|d+|h+|s+)|(%)|(@)|(.)',
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_CODE = 400
_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905
_Token = tuple[str, str]


def show_value(stored: str, code: str, *, from_1904: bool = False) -> str:
    """The stored number as the cell shows it; what is no number is returned as it is stored."""
    try:
        value = Decimal(stored.strip())
    except InvalidOperation:
        return stored
    if not value.is_finite() or abs(value) > Decimal("1e300"):
        return stored
    sections = _sections(code[:_LONGEST_CODE])
    tokens, value = _choose(sections, value)
    if not tokens:
        return show_general(value) if code == "" else ""
    kinds = {kind for kind, _ in tokens}
    if "general" in kinds:
        return "".join(show_general(value) if kind == "general" else _literal(kind, said) for kind, said in tokens)
    if "date" in kinds or "elapsed" in kinds:
        return _show_date(value, tokens, from_1904)
    if "digit" in kinds:
        return _show_digits(value, tokens)
    if "text" in kinds:
        return show_general(value)
    return "".join(_literal(kind, said) for kind, said in tokens)


def show_general(value: Decimal) -> str:
    """As the format "General": at most ten digits after rounding, eleven for a whole number."""
    if value == value.to_integral_value() and abs(value) < Decimal("1e11"):
        return str(int(value))
    with localcontext() as context:
        context.prec = 10
        context.rounding = ROUND_HALF_UP
        rounded = +value
    if rounded and not Decimal("1e-9") <= abs(rounded) < Decimal("1e11"):
        return f"{rounded.normalize():.5E}".replace("E-", "E-").replace(".00000E", "E")
    said = f"{rounded:f}"
    return said.rstrip("0").rstrip(".") if "." in said else said


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[tuple[_Token, ...], ...]:
    sections: list[list[_Token]] = [[]]
    for found in _TOKEN.finditer(code):
        quoted, escaped, bracket, general, half, power, digit, date, percent, text, other = found.groups()
        into = sections[-1]
        if quoted is not None or escaped is not None:
            into.append(("literal", quoted if quoted is not None else escaped))
        elif bracket is not None:
            into.extend(_read_bracket(bracket))
        elif general:
            into.append(("general", ""))
        elif half:
            into.append(("date", half.upper()))
        elif power:
            into.append(("power", power))
        elif digit:
            into.append(("digit", digit))
        elif date:
            into.append(("date", date.lower()))
        elif percent:
            into.append(("percent", "%"))
        elif text:
            into.append(("text", "@"))
        elif other == ";":
            sections.append([])
        elif other:
            into.append(("literal", other))
    return tuple(tuple(section) for section in sections[:4])


def _read_bracket(inside: str) -> list[_Token]:
    """[h] counts hours on; [$£-809] is a currency; [Red] shows nothing; [>=100] is a condition."""
    if re.fullmatch(r"h+|m+|s+", inside, re.IGNORECASE):
        return [("elapsed", inside.lower())]
    if inside.startswith("$"):
        sign = inside[1:].split("-")[0]
        return [("literal", sign)] if sign else []
    if re.fullmatch(r"(?:<=|>=|<>|<|>|=)-?[\d.]{1,20}", inside):
        return [("condition", inside)]
    return []


def _holds(condition: str, value: Decimal) -> bool:
    sign = condition.rstrip("-.0123456789")
    try:
        bound = Decimal(condition[len(sign) :])
    except InvalidOperation:
        return False
    return {
        "<": value < bound,
        ">": value > bound,
        "=": value == bound,
        "<=": value <= bound,
        ">=": value >= bound,
        "<>": value != bound,
    }[sign]


def _choose(sections: tuple[tuple[_Token, ...], ...], value: Decimal) -> tuple[tuple[_Token, ...], Decimal]:
    """The section for the value, and the value as that section shows it (a second section has its own minus)."""
    conditions = [next((said for kind, said in section if kind == "condition"), "") for section in sections]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if not condition or _holds(condition, value):
                return section, value
        return sections[-1], value
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    if value == 0 and len(sections) > 2:
        return sections[2], value
    return sections[0], value


def _literal(kind: str, said: str) -> str:
    return said if kind in ("literal", "percent") else ""


def _show_digits(value: Decimal, tokens: tuple[_Token, ...]) -> str:
    pattern = "".join(said for kind, said in tokens if kind == "digit")
    whole, _, decimals = pattern.partition(".")
    trailing = len(whole.rstrip()) - len(whole.rstrip(","))
    if "/" in "".join(said for kind, said in tokens if kind == "literal"):
        return show_general(value)
    value = value * 100 ** sum(kind == "percent" for kind, _ in tokens) / Decimal(1000) ** trailing
    grouped = "," in whole.rstrip(",")
    power = next((said for kind, said in tokens if kind == "power"), "")
    places = sum(sign in "0#?" for sign in decimals)
    optional = len(decimals) - len(decimals.rstrip("#?"))
    shown, exponent = _scale(value, places) if power else (_round(value, places), 0)
    digits = f"{abs(shown):,f}" if grouped else f"{abs(shown):f}"
    front, _, back = digits.partition(".")
    back = back[: len(back) - optional] + back[len(back) - optional :].rstrip("0") if optional else back
    least = whole.count("0")
    front = "" if front == "0" and least == 0 and back else front.rjust(least, "0")
    number = (
        front
        + ("." + back if back else "")
        + (f"E{'-' if exponent < 0 else '+'}{abs(exponent):02d}" if power else "")
    )
    return ("-" if shown < 0 else "") + _around(number, tokens)


def _round(value: Decimal, places: int) -> Decimal:
    with localcontext() as context:
        context.prec = 400
        return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _scale(value: Decimal, places: int) -> tuple[Decimal, int]:
    exponent = value.adjusted() if value else 0
    return _round(value.scaleb(-exponent), places), exponent


def _around(number: str, tokens: tuple[_Token, ...]) -> str:
    """The number in the place of the first digit, literals before and after it."""
    said: list[str] = []
    placed = False
    for kind, words in tokens:
        if kind == "digit":
            if not placed:
                said.append(number)
                placed = True
        else:
            said.append(_literal(kind, words))
    return "".join(said).strip()


def _show_date(value: Decimal, tokens: tuple[_Token, ...], from_1904: bool) -> str:
    """A day number, counted from 1900 (or, in files of old Macs, from 1904), and its fraction as time."""
    if value < 0 or value > 2_958_466:
        return show_general(value)
    seconds = int((value * 86400).quantize(Decimal(1), ROUND_HALF_UP))
    # Excel believes that 1900 was a leap year, so days before 1 March 1900 are one off.
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30 if seconds >= 61 * 86400 else 31)  # noqa: DTZ001
    moment = start + timedelta(seconds=seconds)
    clock = any(kind == "date" and said in ("AM/PM", "A/P") for kind, said in tokens)
    said: list[str] = []
    for index, (kind, letters) in enumerate(tokens):
        if kind == "elapsed":
            said.append(str(seconds // {"h": 3600, "m": 60, "s": 1}[letters[0]]).rjust(len(letters), "0"))
        elif kind == "date":
            said.append(_show_date_part(moment, letters, _is_minutes(tokens, index), clock))
        elif kind == "digit":
            said.append(letters if letters in ".," and not _before_fraction(tokens, index) else "")
        else:
            said.append(_literal(kind, letters))
    return "".join(said).strip()


def _before_fraction(tokens: tuple[_Token, ...], index: int) -> bool:
    return index + 1 < len(tokens) and tokens[index + 1] == ("digit", "0")


def _is_minutes(tokens: tuple[_Token, ...], index: int) -> bool:
    """ "m" means minutes after hours or before seconds, else months."""
    before = [said for kind, said in tokens[:index] if kind in ("date", "elapsed")]
    after = [said for kind, said in tokens[index + 1 :] if kind in ("date", "elapsed")]
    return bool((before and before[-1][0] == "h") or (after and after[0][0] == "s"))


def _show_date_part(moment: datetime, letters: str, minutes: bool, clock: bool) -> str:
    count = len(letters)
    match letters[0]:
        case "y":
            return f"{moment.year:04d}" if count > 2 else f"{moment.year % 100:02d}"
        case "m" if minutes:
            return f"{moment.minute:02d}" if count > 1 else str(moment.minute)
        case "m":
            name = _MONTHS[moment.month - 1]
            shown = {1: str(moment.month), 2: f"{moment.month:02d}", 3: name[:3], 5: name[0]}
            return shown.get(count, name)
        case "d":
            day = _DAYS[moment.weekday()]
            return {1: str(moment.day), 2: f"{moment.day:02d}", 3: day[:3]}.get(count, day)
        case "h":
            hour = (moment.hour % 12 or 12) if clock else moment.hour
            return f"{hour:02d}" if count > 1 else str(hour)
        case "s":
            return f"{moment.second:02d}" if count > 1 else str(moment.second)
    return "AM" if moment.hour < 12 else "PM"
