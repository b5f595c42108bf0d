"""What is an item's reference, and is this the reference of one? (NTS-2022-AFI-07)"""

from __future__ import annotations

import re
from dataclasses import dataclass

_REFERENCE = re.compile(r"\s*([a-z][a-z0-9]{1,9})[- ](\d{4})[- ]([a-z]{2,6})[- ](\d{1,9})\s*", re.I)


@dataclass(frozen=True)
class Reference:
    """Force code, year of publication, kind code and number; printed with at least two digits."""

    force_code: str
    year: int
    kind_code: str
    number: int

    def __str__(self) -> str:
        return f"{self.force_code}-{self.year}-{self.kind_code}-{self.number:02d}"

    @property
    def place(self) -> str:
        """The reference so written that the tenth comes after the ninth in any list."""
        return f"{self.force_code}-{self.year}-{self.kind_code}-{self.number:06d}"


def parse_reference(words: str) -> Reference | None:
    """The reference that somebody typed, in any case, with dashes or spaces; None where it is something else."""
    found = _REFERENCE.fullmatch(words)
    if found is None or not words.isascii():
        return None
    force, year, kind, number = found.groups()
    return Reference(force.upper(), int(year), kind.upper(), int(number))
