"""What is a made paper: its blocks, the faults planted in it, and what looks wrong there and is not?"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True)
class Head:
    words: str
    level: int = 2


@dataclass(frozen=True)
class Para:
    words: str
    strong: bool = False


@dataclass(frozen=True)
class Item:
    """A line of a list; `marker` as printed ("3.1", "-")."""

    words: str
    marker: str = "-"


@dataclass(frozen=True)
class Grid:
    """A table: its first row is the head, where `headed`."""

    rows: tuple[tuple[str, ...], ...]
    headed: bool = True


class Draw(random.Random):
    """Chance that draws no measure twice: two tables of one paper may not tell different figures of one thing."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.taken: set[str] = set()

    def take(self, pool: Sequence[str], number: int) -> list[str]:
        names = self.sample([name for name in pool if name not in self.taken], number)
        self.taken.update(names)
        return names


Piece: TypeAlias = Head | Para | Item | Grid


@dataclass(frozen=True)
class Plant:
    """A fault: its kind, and the words of which a finding must cite every one."""

    kind: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Near:
    """What looks wrong and is not, and words by which a false alarm about it is known."""

    kind: str
    words: tuple[str, ...]


@dataclass
class Section:
    """What one maker adds to a paper."""

    pieces: list[Piece]
    plants: list[Plant] = field(default_factory=list)
    nears: list[Near] = field(default_factory=list)


Maker: TypeAlias = Callable[[Draw], Section]


@dataclass(frozen=True)
class File:
    name: str
    form: str
    pieces: tuple[Piece, ...]
    look: int = 0  # which of the form's layouts


@dataclass(frozen=True)
class Case:
    """Files that are checked together, with all that is planted in them."""

    name: str
    files: tuple[File, ...]
    plants: tuple[Plant, ...]
    nears: tuple[Near, ...]


def count(number: float) -> str:
    return f"{number:,.0f}"


def opening(words: str, most: int = 45) -> str:
    """The first words, whole ones."""
    return words if len(words) <= most else words[:most].rpartition(" ")[0]


def money(number: float) -> str:
    """Of finance papers: brackets are below nought."""
    return f"({-number:,.0f})" if number < 0 else f"{number:,.0f}"


def another(r: random.Random, number: int) -> int:
    """The number with one digit changed, two exchanged, or a row's worth off; never the same."""
    digits = list(str(number))
    place = r.randrange(len(digits))
    how = r.randrange(3)
    if how == 0 and len(digits) > 1 and digits[0] != digits[-1] and digits[-1] != "0":
        digits[0], digits[-1] = digits[-1], digits[0]
    elif how == 1:
        digits[place] = str((int(digits[place]) + r.randint(1, 8)) % 10 or (9 if digits[place] != "9" else 1))
    else:
        return number + r.choice((-1, 1)) * r.randint(1, max(2, number // 30))
    changed = int("".join(digits))
    return changed if changed != number and changed > 0 else number + 3
