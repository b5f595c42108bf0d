"""What is not known, and why? (law 3: absent is never zero, and never a number that is not one)"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class NotKnown:
    """Stands where a figure would; `why` is said to the reader: "no denominator", "not published"."""

    why: str

    def __str__(self) -> str:
        return f"not known: {self.why}"


Figure = int | float | Decimal
MaybeFigure = Figure | NotKnown | None
"""What a method takes: a figure, the name of why there is none, or None where nobody said why."""


def named(figure: T | NotKnown | None, otherwise: str) -> T | NotKnown:
    """The figure itself, or the name of why there is none; `otherwise` names None and what is no number."""
    if figure is None or (isinstance(figure, float | Decimal) and not math.isfinite(figure)):
        return NotKnown(otherwise)
    return figure
