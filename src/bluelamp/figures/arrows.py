"""Does an arrow beside a printed change say that it fell?

"▼ 5" is a fall of five where the figure has no sign of its own. Some papers let the arrow say better or worse, so
a change that fits only against its arrow is doubted and no more.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bluelamp.figures.printed import PrintedValue

_DOWN: Final = "▼▽↓⬇⇩▾🔻"
_UP: Final = "▲△↑⬆⇧▴🔺"
_SIGNS: Final = "+-−–("


def has_arrow(text: str) -> bool:
    return not text.isascii() and any(character in text for character in (*_DOWN, *_UP))


def points_down(text: str) -> bool:
    """An arrow down and none up, beside a figure without a sign."""
    if (
        text.isascii()
        or not any(character in text for character in _DOWN)
        or any(character in text for character in _UP)
    ):
        return False
    return not any(character in text for character in _SIGNS)


def with_arrow(printed: PrintedValue | None) -> PrintedValue | None:
    """The change with the sign that its arrow gives it."""
    if printed is None or printed.value is None or printed.value <= 0 or not points_down(printed.printed):
        return printed
    return turned(printed)


def turned(printed: PrintedValue) -> PrintedValue:
    """The figure with the other sign."""
    value, low, high = printed.value, printed.low, printed.high
    return replace(
        printed,
        value=None if value is None else -value,
        low=None if high is None else -high,
        high=None if low is None else -low,
    )
