"""How is an automatic number printed: 3, c, iii or C?"""

from __future__ import annotations

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    said = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        said += letters * count
    return said


def letter(number: int) -> str:
    """a to z, then aa, bb (as Word counts, not as a sheet's columns do)."""
    if not 0 < number < 520:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def show_number(number: int, kind: str) -> str:
    """`kind` is Word's name of the format (ST_NumberFormat); what is unknown is shown as digits."""
    match kind:
        case "lowerLetter":
            return letter(number)
        case "upperLetter":
            return letter(number).upper()
        case "lowerRoman":
            return roman(number)
        case "upperRoman":
            return roman(number).upper()
        case "decimalZero":
            return f"{number:02d}"
        case "ordinal":
            return ordinal(number)
        case "none":
            return ""
    return str(number)


# Word and PowerPoint write bullets as characters of a symbol font, in a private range.
_SYMBOLS = {
    0xA7: "▪",
    0xA8: "☐",
    0xB7: "•",
    0xD8: "➢",
    0xFC: "✓",
    0xFB: "✗",
    0xFD: "☒",
    0xFE: "☑",
    0x6F: "☐",
    0x76: "❖",
    0x71: "❑",
    0x6E: "■",
    0xE0: "→",
    0x2D: "–",
}


def show_bullet(glyph: str) -> str:
    """The bullet as a character that any font has."""
    shown = "".join(_show_symbol(character) for character in glyph).strip()
    return shown or "•"


def _show_symbol(character: str) -> str:
    code = ord(character)
    if 0xF000 <= code <= 0xF0FF:
        return _SYMBOLS.get(code - 0xF000, "•")
    return character


def show_symbol(code: int) -> str:
    """A character of a symbol font inside a text (Word's w:sym); "" where we do not know it."""
    return _SYMBOLS.get(code & 0xFF, "")
