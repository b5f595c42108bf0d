"""Which areas made the whole change, and by how much each?

Exact (fractions): the parts sum to the whole's change to the last digit, and their printed percentages to its
printed one, the odd tenths going where the most was cut off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from bluelamp.figures.changes import Change, find_change
from bluelamp.figures.not_known import NotKnown, named
from bluelamp.figures.ratios import MaybeDecimal

REMAINDER = "not in a known area"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An area's part: in number, and in percentage points of the whole's change."""

    area: str
    actual: Decimal | None  # None for a ratio: its parts are points only
    points: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributions:
    """`whole` is the change that the parts sum to, in points. `left_out` are areas not known, by name."""

    parts: tuple[Part, ...]
    whole: Fraction
    left_out: tuple[tuple[str, NotKnown], ...]

    def rounded(self, places: int = 1) -> tuple[Decimal, ...]:
        """The parts as printed, in their order, which sum to the whole as printed."""
        return share_out([part.points for part in self.parts], places)


def find_contributions(
    areas: Mapping[str, tuple[MaybeDecimal, MaybeDecimal]],
    whole: tuple[Decimal, Decimal] | None = None,
) -> Contributions | NotKnown:
    """The parts of areas (first, last) in a change of counts.

    `whole` is the change of the whole where it is known by itself: what the known areas do not explain is then a
    part of its own. Without it the whole is the known areas' sum, and `left_out` says which are not in it.
    """
    known, left_out = _part(areas)
    if whole is None:
        if not known:
            return NotKnown("no area has both figures")
        whole = (
            sum((change.first for change in known.values()), Decimal(0)),
            sum((change.last for change in known.values()), Decimal(0)),
        )
    first, last = whole
    if first <= 0:
        return NotKnown("a change from zero has no parts in per cent")
    moves = {area: change.actual for area, change in known.items()}
    rest = last - first - sum(moves.values(), Decimal(0))
    if rest:
        moves[REMAINDER] = rest
    parts = tuple(
        Part(area=area, actual=move, points=Fraction(move) * 100 / Fraction(first)) for area, move in moves.items()
    )
    return Contributions(parts=parts, whole=Fraction(last - first) * 100 / Fraction(first), left_out=left_out)


Counts = tuple[MaybeDecimal, MaybeDecimal]  # numerator, denominator


def find_ratio_contributions(areas: Mapping[str, tuple[Counts, Counts]]) -> Contributions | NotKnown:
    """The parts of areas in a change of their common percentage, in percentage points.

    An area's part is how far it drew the whole from the first percentage, after and before: its numerator beyond
    what that percentage of its denominator would be, over everybody's denominator. An area that keeps the common
    percentage has no part, however much it grows.
    """
    known: dict[str, tuple[Fraction, Fraction, Fraction, Fraction]] = {}
    left_out: list[tuple[str, NotKnown]] = []
    for area, (before, after) in areas.items():
        figures = [named(figure, "a figure is not given") for figure in (*before, *after)]
        missing = [figure for figure in figures if isinstance(figure, NotKnown)]
        if missing:
            left_out.append((area, missing[0]))
        else:
            x0, n0, x1, n1 = (Fraction(figure) for figure in figures if isinstance(figure, Decimal))
            known[area] = (x0, n0, x1, n1)
    sums = [sum((row[i] for row in known.values()), Fraction(0)) for i in range(4)]
    if not sums[1] or not sums[3]:
        return NotKnown("the denominators sum to zero")
    base = sums[0] / sums[1]
    parts = tuple(
        Part(area=area, actual=None, points=100 * ((x1 - base * n1) / sums[3] - (x0 - base * n0) / sums[1]))
        for area, (x0, n0, x1, n1) in known.items()
    )
    return Contributions(parts=parts, whole=100 * (sums[2] / sums[3] - base), left_out=tuple(left_out))


def share_out(parts: Sequence[Fraction], places: int = 1) -> tuple[Decimal, ...]:
    """Each part cut to `places`; the units that their rounded sum is still short of go to the largest cuts."""
    unit = Fraction(1, 10**places)
    down = [part // unit for part in parts]
    whole = sum(parts, Fraction(0))
    short = round_half_away(whole / unit) - sum(down)
    order = sorted(range(len(parts)), key=lambda i: (down[i] - parts[i] / unit, i))
    raised = set(order[:short])
    return tuple(Decimal(n + (i in raised)).scaleb(-places) for i, n in enumerate(down))


def round_half_away(number: Fraction) -> int:
    """To the nearest whole number, halves away from zero."""
    size = int(abs(number) + Fraction(1, 2))
    return size if number >= 0 else -size


def _part(
    areas: Mapping[str, tuple[MaybeDecimal, MaybeDecimal]],
) -> tuple[dict[str, Change], tuple[tuple[str, NotKnown], ...]]:
    known: dict[str, Change] = {}
    left_out: list[tuple[str, NotKnown]] = []
    for area, (first, last) in areas.items():
        change = find_change(first, last)
        if isinstance(change, NotKnown):
            left_out.append((area, change))
        else:
            known[area] = change
    return known, tuple(left_out)
