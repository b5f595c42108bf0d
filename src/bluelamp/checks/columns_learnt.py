"""What is a column made of, as most of its rows show: a share, a rate, an average, a change in per cent?

A way of making the column is believed where it holds in at least three rows that tell something and fails in at
most one of every four; then the rows in which it fails are wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bluelamp.checks.grids import Figure, Grid, Line, overlap

Bounds = tuple[Decimal, Decimal]
FEWEST: Final = 3
CHANGE: Final = "change"
POINTS: Final = "points"
_DIFFERENT: Final = 2
_TRIED: Final = 10
"""Rows on which a way is tried before all are."""
_ROOM: Final = 4
"""How many times as wide as its print that may be which a row is made of, and still tell something."""
WIDEST: Final = 24
"""Columns of figures; a wider table is not learnt from."""
_ANOTHER = re.compile(
    r"\b(?:previous|prior|last|former|earlier|before|target|inherent|residual|tolerance|appetite|benchmark|national"
    r"|peers?|similar)\b",
    re.I,
)
_AGAINST = re.compile(
    r"\b(?:over|on|since|from|against|vs\.?|versus|than|with|to|in|below|above)\s(?:the\s|our\s)?$", re.I
)
_YEARS = re.compile(r"\b(?:19|20)\d\d(?:[/–-]\d{2,4})?")
_DECIMALS = re.compile(r"\.(\d{1,6})")


@dataclass(frozen=True)
class Made:
    """What a row should print: the least, the likeliest and the most."""

    low: Decimal
    value: Decimal
    high: Decimal


@dataclass(frozen=True)
class Way:
    """One way of making a column. `says` is how it is told of a row ("412 of 800"); `of` what it is made of."""

    column: int
    make: Callable[[Line], Made | None]
    says: Callable[[Line], str]
    of: tuple[str | int, ...] = ()  # how, and from which columns, the first of them the one that counts


@dataclass(frozen=True)
class Held:
    line: Line
    made: Made
    agrees: bool
    is_sharp: bool = True  # what it is made of leaves little more room than its print


def printed_bounds(figure: Figure | None) -> Bounds | None:
    """What a printed share, rate or change may truly be, rounded or cut off; a bare "6" is no exact count."""
    return None if figure is None else figure.print_bounds


def learn(ways: Iterable[Way], lines: Sequence[Line]) -> tuple[Way, list[Held]] | None:
    """The way that holds in most rows, with each row held to it; None where none is believed.

    A way that holds whatever is printed (a change of two small rates) says less than one that could have failed.
    """
    best: tuple[tuple[int, int], Way, list[Held]] | None = None
    for way in ways:
        first = [found for line in lines[:_TRIED] if (found := hold(way, line))]
        if 2 * sum(each.agrees for each in first) < len(first):
            continue
        held = [found for line in lines if (found := hold(way, line))]
        fits = [each for each in held if each.agrees]
        fails = len(held) - len(fits)
        telling = [each.made.value for each in fits if each.made.value]
        if len(telling) < FEWEST or len(set(telling)) < _DIFFERENT or len(fits) < 3 * fails:
            continue
        worth = (sum(each.is_sharp for each in fits) - fails, len(fits) - fails)
        if best is None or worth > best[0]:
            best = (worth, way, held)
    return (best[1], best[2]) if best else None


def own_columns(grid: Grid, learnt: Sequence[tuple[Way, list[Held]]]) -> list[tuple[Way, list[Held]]]:
    """Without columns that are made as another is, and less surely: most of them have not moved since.

    A score and the score before it are both likelihood times impact where nothing moved; so is the target where
    it is reached. What is named as of another day, or holds in fewer rows, is not held to today's figures.
    """
    here = [(way, held) for way, held in learnt if not is_of_another_day(grid, way)]
    fails = [sum(not each.agrees for each in held) for _, held in here]
    kept = []
    for n, (way, held) in enumerate(here):
        rivals = [m for m, (other, _) in enumerate(here) if m != n and way.of and other.of == way.of]
        if not fails[n] or not any((fails[m], m) < (fails[n], n) for m in rivals):
            kept.append((way, held))
    return kept


def is_of_another_day(grid: Grid, way: Way) -> bool:
    """Does its head name another day, or a target, that none of the columns it would be made of names?

    A change does name one: the day that it is from.
    """
    columns = [part for part in way.of if isinstance(part, int)]
    if not columns or way.of[0] in (CHANGE, POINTS):
        return False
    name, parts = grid.name_of(way.column), [grid.name_of(column) for column in columns]
    if names_another_day(name, parts):
        return True
    years, of_top = set(_YEARS.findall(name)), set(_YEARS.findall(parts[0]))
    return bool(years and of_top) and years.isdisjoint(of_top)


def names_another_day(name: str, parts: Sequence[str]) -> bool:
    """ "Previous score", "Variance last month", "Target": where none of the parts is called so too.

    "Change over last year" says what it is set against, and is of today.
    """
    said = {
        found.group().lower() for found in _ANOTHER.finditer(name) if not _AGAINST.search(name[: found.start()])
    }
    return any(not any(word in part.lower() for part in parts) for word in said)


def hold(way: Way, line: Line) -> Held | None:
    """The line set against what it should print; None where it cannot be."""
    printed, made = printed_bounds(line.figures.get(way.column)), way.make(line)
    if printed is None or made is None:
        return None
    is_sharp = made.high - made.low <= _ROOM * (printed[1] - printed[0])
    return Held(line, made, overlap((made.low, made.high), printed), is_sharp)


def quotient(top: Figure | None, bottom: Figure | None, factor: Decimal) -> Made | None:
    """`factor` times the one by the other, as far as both are known; both above nought."""
    if top is None or bottom is None or top.value is None or bottom.value is None:
        return None
    one, other = top.bounds, bottom.bounds
    if one is None or other is None or one[0] < 0 or other[0] <= 0:
        return None
    return Made(one[0] * factor / other[1], top.value * factor / bottom.value, one[1] * factor / other[0])


def columns_of_counts(grid: Grid, *but: int) -> list[int]:
    """Columns whose figures are amounts: no shares, no rates by their unit."""
    units = {"", "number", "gbp", "fte", "hours", "days", "minutes", "seconds"}
    found = []
    for column in grid.columns:
        printed = grid.units_at(column)
        if column not in but and printed and printed <= units:
            found.append(column)
    return found


def said(value: Decimal, figure: Figure) -> str:
    """A recomputed value to one place more than the print has."""
    places = _DECIMALS.search(figure.text)
    shown = round(value, (len(places[1]) if places else 0) + 1).normalize()
    return f"{shown:,f}"
