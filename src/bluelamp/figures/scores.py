"""How many points does a review score, of how many it could have?

Thematic audits and peer reviews answer questions in red, amber or green; the points of each are data. What did not
apply, and what was not answered, is left out of both sides and counted by its reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from bluelamp.figures.not_known import NotKnown
from bluelamp.figures.ratios import ratio
from bluelamp.figures.saying import round_figure
from bluelamp.lib.errors import PlainError

RED_AMBER_GREEN: Final = MappingProxyType({"red": 1, "amber": 3, "green": 5})
"""The points of the peer reviews of 2021: 38 green and 11 amber of 49 were 223 of 245."""
NOT_APPLICABLE: Final = "not applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """`counts` are answers by name, best first; `left_out` those that gave no points, by reason."""

    points: int
    possible: int
    counts: tuple[tuple[str, int], ...]
    left_out: tuple[tuple[str, int], ...]

    @property
    def percent(self) -> Decimal | NotKnown:
        found = ratio(Decimal(self.points), Decimal(self.possible), 100)
        return NotKnown("no question applied") if isinstance(found, NotKnown) else found

    @property
    def answered(self) -> int:
        return sum(count for _, count in self.counts)

    @property
    def words(self) -> str:
        """ "223 of 245 points, 91%"; what was left out is said."""
        if isinstance(self.percent, NotKnown):
            return self.percent.why
        out = "; ".join(f"{count:,} {why}" for why, count in self.left_out)
        said = f"{self.points:,} of {self.possible:,} points, {round_figure(self.percent)}%"
        return f"{said} ({out}, left out)" if out else said


def score(answers: Iterable[str | NotKnown], points: Mapping[str, int] = RED_AMBER_GREEN) -> Score:
    """The score of answers, each a name in `points`, "not applicable", or the name of why there is none."""
    _check_points(points)
    known = {name.lower(): worth for name, worth in points.items()}
    counts: Counter[str] = Counter()
    out: Counter[str] = Counter()
    for answer in answers:
        name = answer.why if isinstance(answer, NotKnown) else answer.strip().lower()
        (out if isinstance(answer, NotKnown) or name == NOT_APPLICABLE else counts)[name] += 1
    strange = sorted(set(counts) - set(known))
    if strange:
        raise PlainError(
            f"{strange[0]!r} is no answer that has points; use {', '.join(known)}, or {NOT_APPLICABLE!r}."
        )
    best = sorted(known, key=lambda name: -known[name])
    return Score(
        points=sum(known[name] * count for name, count in counts.items()),
        possible=max(known.values()) * sum(counts.values()),
        counts=tuple((name, counts[name]) for name in best),
        left_out=tuple(out.items()),
    )


def add_scores(scores: Iterable[Score]) -> Score:
    """The score of several themes together: points are added, never percentages."""
    all_ = list(scores)
    counts: Counter[str] = Counter()
    out: Counter[str] = Counter()
    for each in all_:
        counts.update(dict(each.counts))
        out.update(dict(each.left_out))
    return Score(
        points=sum(each.points for each in all_),
        possible=sum(each.possible for each in all_),
        counts=tuple(counts.items()),
        left_out=tuple(out.items()),
    )


def _check_points(points: Mapping[str, int]) -> None:
    if not points or max(points.values()) <= 0 or min(points.values()) < 0:
        raise PlainError(
            "A scheme of points needs at least one answer worth more than nothing, and none below it."
        )
