"""Do two people who judged the same cases, neither knowing the other's word, judge alike?

Plain agreement is the share of cases with the same word. Cohen's kappa (1960) takes off what chance alone would
give to two people who use the words as often as these did: 1 is always alike, 0 as often as by chance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bluelamp.figures.not_known import NotKnown

FEW: Final = 30
"""Below so many cases kappa jumps with each of them; it is shown with that word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """`alike` of `cases` judged by both; `kappa` is not known where chance alone would agree always."""

    cases: int
    alike: int
    kappa: Fraction | NotKnown

    @property
    def share(self) -> Fraction | NotKnown:
        return Fraction(self.alike, self.cases) if self.cases else NotKnown("no case was judged by two")


def find_agreement(pairs: Iterable[tuple[str, str]]) -> Agreement:
    """From what the first and the second said of each case, exactly."""
    told = list(pairs)
    cases = len(told)
    alike = sum(first == second for first, second in told)
    if not cases:
        return Agreement(cases=0, alike=0, kappa=NotKnown("no case was judged by two"))
    firsts, seconds = Counter(first for first, _ in told), Counter(second for _, second in told)
    chance = Fraction(sum(count * seconds[word] for word, count in firsts.items()), cases**2)
    if chance == 1:
        return Agreement(cases=cases, alike=alike, kappa=NotKnown("both used one word throughout"))
    return Agreement(cases=cases, alike=alike, kappa=(Fraction(alike, cases) - chance) / (1 - chance))
