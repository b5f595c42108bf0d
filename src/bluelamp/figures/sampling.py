"""How many cases must be read, of which kind, and which ones?

A draw can be repeated by anybody: cases are put in the order of the SHA-256 of the seed, a line feed and the
case's identifier, and the first are taken. So the list's order does not matter, nobody can steer the draw who
did not choose the seed after the list, and a larger sample by the same seed begins with the smaller one.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final

from bluelamp.figures.intervals import normal_quantile
from bluelamp.lib.errors import PlainError

_NAMED: Final = 3


def find_sample_size(
    margin: float, *, confidence: float = 0.95, population: int | None = None, expected: float = 0.5
) -> int:
    """How many cases give an estimate within `margin` (0.05: five percentage points) either way.

    `expected` is the share one expects; 0.5 needs most and is the safe choice. With a `population` fewer are
    enough (finite population correction), never more than there are.
    """
    if not 0 < margin < 1:
        raise PlainError(
            f"A margin of {margin:g} cannot be reached or says nothing; give one between 0 and 1, such as 0.05."
        )
    if not 0 < expected < 1:
        raise PlainError(
            f"An expected share of {expected:g} leaves nothing to estimate; give one between 0 and 1, or 0.5."
        )
    endless = normal_quantile(confidence) ** 2 * expected * (1 - expected) / margin**2
    if population is None:
        return math.ceil(endless - 1e-9)
    if population < 1:
        raise PlainError("There are no cases to draw from; check the list.")
    return min(population, math.ceil(endless / (1 + (endless - 1) / population) - 1e-9))


def allocate(
    strata: Mapping[str, int],
    size: int,
    *,
    minimum: int = 2,
    expected: Mapping[str, float] | None = None,
) -> dict[str, int]:
    """How many cases of each stratum: in proportion to its size, but at least `minimum` (or all it has).

    With `expected` shares the allocation is Neyman's: a stratum gets more where its cases differ more among
    themselves, which is where its share is near a half. The whole is always `size`.
    """
    _check_strata(strata, size, minimum)
    weights = {name: Fraction(count) * _spread(expected, name) for name, count in strata.items()}
    floor = {name: min(minimum, count) for name, count in strata.items()}
    open_, taken = set(strata), dict.fromkeys(strata, 0)
    left = size
    while open_:
        total = sum(weights[name] for name in open_)
        shares = {name: left * weights[name] / total if total else Fraction(left, len(open_)) for name in open_}
        over = {name for name in open_ if shares[name] > strata[name]}
        under = {name for name in open_ if shares[name] < floor[name]}
        settled = _first_to_settle(shares, strata, floor, over, under)
        if not settled:
            taken |= _whole_numbers(shares, left)
            break
        for name in settled:
            taken[name] = strata[name] if name in over else floor[name]
            left -= taken[name]
        open_ -= settled
    return taken


def draw(identifiers: Iterable[str], size: int, seed: str) -> list[str]:
    """The sample, in the order in which it was drawn. Reserves are who would come next: draw more by that seed."""
    cases = list(identifiers)
    _check_cases(cases, size, seed)
    return sorted(cases, key=lambda case: (draw_key(case, seed), case))[:size]


def draw_strata(strata: Mapping[str, Sequence[str]], sizes: Mapping[str, int], seed: str) -> dict[str, list[str]]:
    """A sample of each stratum by the same seed; a case stands in one stratum only."""
    twice = [
        case for case, times in Counter(case for cases in strata.values() for case in cases).items() if times > 1
    ]
    if twice:
        raise PlainError(f"{_some(twice)} stands in the list more than once; a case may be drawn once only.")
    missing = sorted(set(strata) - set(sizes))
    if missing:
        raise PlainError(f"No size is given for {_some(missing)}; allocate the sample first.")
    return {name: draw(cases, sizes[name], seed) for name, cases in strata.items()}


def draw_key(identifier: str, seed: str) -> str:
    """What decides the order: `printf '%s\\n%s' SEED IDENTIFIER | sha256sum` gives the same."""
    return hashlib.sha256(f"{seed}\n{identifier}".encode()).hexdigest()


# -- what stands behind -------------------------------------------------------------------------------------


def _spread(expected: Mapping[str, float] | None, name: str) -> Fraction:
    """How much a stratum's cases differ: the standard deviation of yes and no; 1 where nothing is told."""
    if expected is None:
        return Fraction(1)
    share = expected.get(name, 0.5)
    if not 0 <= share <= 1:
        raise PlainError(f"The expected share of {name} is {share:g}; give one between 0 and 1.")
    return Fraction(math.sqrt(share * (1 - share)))


def _first_to_settle(
    shares: Mapping[str, Fraction],
    strata: Mapping[str, int],
    floor: Mapping[str, int],
    over: set[str],
    under: set[str],
) -> set[str]:
    """Either those that would get more than they have, or those that would get less than the least.

    Whichever moves more cases goes first, so that what it frees or takes is shared by the rest.
    """
    spare = sum((shares[name] - strata[name] for name in over), Fraction(0))
    short = sum((floor[name] - shares[name] for name in under), Fraction(0))
    return over if spare >= short else under


def _whole_numbers(shares: Mapping[str, Fraction], size: int) -> dict[str, int]:
    """Whole numbers that sum to `size`: what is left after cutting goes to the largest cuts, then by name."""
    down = {name: int(share) for name, share in shares.items()}
    order = sorted(shares, key=lambda name: (down[name] - shares[name], name))
    raised = set(order[: size - sum(down.values())])
    return {name: count + (name in raised) for name, count in down.items()}


def _check_strata(strata: Mapping[str, int], size: int, minimum: int) -> None:
    if not strata:
        raise PlainError("There is no stratum to draw from; name at least one with its number of cases.")
    empty = [name for name, count in strata.items() if count < 1]
    if empty:
        raise PlainError(f"{_some(empty)} has no cases; leave it out.")
    if size > sum(strata.values()):
        raise PlainError(f"{size:,} cases are asked for and there are {sum(strata.values()):,}; ask for fewer.")
    least = sum(min(minimum, count) for count in strata.values())
    if size < least:
        raise PlainError(
            f"A sample of {size:,} is too small: {minimum:,} from each of {len(strata):,} strata are {least:,};"
            " draw more, or join strata."
        )


def _check_cases(cases: Sequence[str], size: int, seed: str) -> None:
    if not seed.strip():
        raise PlainError("A draw needs a seed that can be told afterwards; give one, such as the day it was made.")
    if any(not case.strip() for case in cases):
        raise PlainError("The list has a case without an identifier; give each its own.")
    twice = [case for case, times in Counter(cases).items() if times > 1]
    if twice:
        raise PlainError(f"{_some(twice)} stands in the list more than once; a case may be drawn once only.")
    if size < 1:
        raise PlainError(f"A sample of {size:,} cases tells nothing; draw at least one.")
    if size > len(cases):
        raise PlainError(f"{size:,} cases are asked for and the list has {len(cases):,}; ask for fewer.")


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    return shown if len(names) <= _NAMED else f"{shown} and {len(names) - _NAMED:,} more"
