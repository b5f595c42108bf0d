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


def why_not(figure: MaybeFigure, otherwise: str) -> NotKnown | None:
    """Why a figure is not known; None for one that is. `otherwise` is said of None and of NaN."""
    if isinstance(figure, NotKnown):
        return figure
    if figure is None or math.isnan(figure):
        return NotKnown(otherwise)
    return None
