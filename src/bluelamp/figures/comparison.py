"""How does one force or area stand among others, at a day up to which all of them have figures?

Groups of most similar forces are dated and not symmetric: that A's group has B says nothing of B's group. Peers'
figures often end earlier; then all are compared at the last period they share, and the sentence says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from bluelamp.figures.months import Month, Span, period_words
from bluelamp.figures.not_known import NotKnown
from bluelamp.lib.errors import PlainError

Months = Mapping[Month, Decimal | NotKnown]
"""Figures to each month. A month that is not there was not given."""

FEWEST_FOR_BANDS: Final = 4
PATIENCE: Final = 12  # months by which a peer's figures may end before the subject's


class Best(StrEnum):
    """Which end is first in a rank; a matter of the indicator's polarity, told by whoever asks."""

    HIGH = "high"
    LOW = "low"


class Band(StrEnum):
    """Quarters of a group by value, whatever is better."""

    HIGHEST = "highest quarter"
    UPPER = "second highest quarter"
    LOWER = "second lowest quarter"
    LOWEST = "lowest quarter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Whom `subject` is compared with from `start` up to and with `end` (None: still)."""

    subject: str
    members: tuple[str, ...]  # without the subject
    start: dt.date
    end: dt.date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """1 is first; those with the same figure share the place, and the next are as many places on."""

    place: int
    of: int
    shared_with: int = 0

    @property
    def words(self) -> str:
        """ "3rd of 8", "joint 3rd of 8"."""
        return f"{'joint ' if self.shared_with else ''}{ordinal(self.place)} of {self.of}"


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A subject among its peers in one period. `left_out` are peers without a figure then, by name."""

    subject: str
    to: Month
    figures: Mapping[str, Decimal]
    rank: Rank
    band: Band | NotKnown
    middle: Decimal  # median of the peers
    left_out: tuple[tuple[str, NotKnown], ...]
    note: str  # "" or why not the period that was asked for


def find_group(groups: Iterable[Group], subject: str, day: dt.date) -> Group | NotKnown:
    """The subject's group on a day. PlainError where two groups claim the day."""
    mine = [group for group in groups if group.subject == subject]
    found = [group for group in mine if group.start <= day and (group.end is None or day <= group.end)]
    if len(found) > 1:
        raise PlainError(
            f"{subject} has {len(found)} groups of similar forces on {day.isoformat()}; end one first."
        )
    if found:
        return found[0]
    return NotKnown(f"no group of similar forces on {day.isoformat()}" if mine else "no group of similar forces")


def rank_all(figures: Mapping[str, Decimal], best: Best) -> dict[str, Rank]:
    """Each one's place, ties shared."""
    sign = -1 if best is Best.HIGH else 1
    ordered = sorted(sign * figure for figure in figures.values())
    first = {figure: ordered.index(figure) + 1 for figure in set(ordered)}
    return {
        name: Rank(place=first[sign * figure], of=len(ordered), shared_with=ordered.count(sign * figure) - 1)
        for name, figure in figures.items()
    }


def band_all(figures: Mapping[str, Decimal]) -> dict[str, Band] | NotKnown:
    """Each one's quarter of the group by value; those with the same figure are in the same, the higher, quarter.

    Not known of fewer than four, whose quarters would be empty.
    """
    if len(figures) < FEWEST_FOR_BANDS:
        return NotKnown(f"fewer than {FEWEST_FOR_BANDS} have a figure")
    bands = tuple(Band)
    places = rank_all(figures, Best.HIGH)
    return {name: bands[(rank.place - 1) * 4 // rank.of] for name, rank in places.items()}


def compare(
    subject: str,
    series: Mapping[str, Months],
    to: Month,
    *,
    best: Best,
    span: Span = Span.YEAR,
    patience: int = PATIENCE,
) -> Comparison | NotKnown:
    """The subject among the others of `series`, at `to` or the last period before it that all of them have.

    A peer whose figures end more than `patience` months before the subject's is left out by name, so that it
    cannot hold the comparison back for ever. `series` has figures as they are compared: totals or rates to each
    month.
    """
    mine = _known(series.get(subject, {}), to)
    if not mine:
        return NotKnown(f"{subject} has no figure up to {to.words}")
    theirs = {name: _known(figures, to) & mine for name, figures in series.items() if name != subject}
    oldest = max(mine).plus(-patience)
    peers = {name: periods for name, periods in theirs.items() if periods and max(periods) >= oldest}
    if not peers:
        return NotKnown("no peer has a figure for a period that the subject has")
    common = mine.intersection(*peers.values())
    if not common:
        return NotKnown("there is no period for which all have figures")
    at = max(common)
    figures = {name: _figure(series[name], at) for name in (subject, *peers)}
    bands = band_all(figures)
    return Comparison(
        subject=subject,
        to=at,
        figures=figures,
        rank=rank_all(figures, best)[subject],
        band=bands if isinstance(bands, NotKnown) else bands[subject],
        middle=median([figures[name] for name in peers]),
        left_out=tuple((name, _why(series[name], to)) for name in theirs if name not in peers),
        note=_say_period({name: _known(series[name], to) for name in figures}, at, to, span),
    )


def median(figures: Sequence[Decimal]) -> Decimal:
    """The middle figure, or the mean of the two in the middle."""
    ordered = sorted(figures)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 22nd."""
    ending = "th" if number // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"


def _known(series: Months, to: Month) -> frozenset[Month]:
    return frozenset(month for month, figure in series.items() if month <= to and not isinstance(figure, NotKnown))


def _figure(series: Months, at: Month) -> Decimal:
    figure = series[at]
    if isinstance(figure, NotKnown):
        raise TypeError(f"{at} has no figure")
    return figure


def _why(series: Months, to: Month) -> NotKnown:
    known = _known(series, to)
    if known:
        return NotKnown(f"its figures end with {max(known).words}")
    last = series.get(to)
    return last if isinstance(last, NotKnown) else NotKnown("no figures given")


def _say_period(everybody: Mapping[str, frozenset[Month]], at: Month, to: Month, span: Span) -> str:
    """Who ends early, where the comparison is not of the period asked for."""
    if at == to:
        return ""
    early = [name for name, periods in everybody.items() if to not in periods]
    who = f"{_join(early)} {'has' if len(early) == 1 else 'have'}" if early else "not all have"
    none = "no figures" if early else "figures"
    return f"Compared over {period_words(at, span)}: {who} {none} for {period_words(to, span)}."


def _join(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
