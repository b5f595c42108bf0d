"""Which of these heads are a stock at its start and at its end, and which tell what came in and what went out?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from bluelamp.lib.days import find_days, read_period

OPENING, CLOSING, IN, OUT, NET = "opening", "closing", "in", "out", "net"

_OPENING: Final = re.compile(r"\b(?:opening|brought forward|b/?fwd|b/?f|previous total)\b", re.I)
_CLOSING: Final = re.compile(
    r"\b(?:closing|carried forward|c/?fwd|c/?f|still open|outstanding at|remaining open)\b", re.I
)
_AT_START: Final = re.compile(r"\b(?:(?:at|from) (?:the )?(?:start|beginning)|start of|1 april)\b", re.I)
_AT_END: Final = re.compile(r"\b(?:at (?:the )?(?:year )?end|end of|31 march)\b", re.I)
"""When a stock is told; also until when something came in or went out."""
_IN: Final = re.compile(
    r"\b(?:new|received|joined|joiners|starters|added|additions?|opened|recruited|recruits|income|raised|intake"
    r"|arrivals|borrowed|transfers? in|transferred in|contributions?|reported|registered|issued)\b"
    r"|\bin(?=\W*(?:£\W*(?:000s?|k|m)?\W*)?$)",
    re.I,
)
_OUT: Final = re.compile(
    r"\b(?:closed|left|leavers|used|spent|resolved|completed|finalised|expenditure|withdrawn|withdrawals?|disposals?"
    r"|removed|discharged|departures|transfers? out|transferred out|drawn down|drawdown|cleared|concluded"
    r"|disposed|implemented|repaid|repayments?|redeemed|paid)\b"
    r"|\bout(?=\W*(?:£\W*(?:000s?|k|m)?\W*)?$)",
    re.I,
)
_NET: Final = re.compile(
    r"\b(?:net )?(?:movements?|transfers?|adjustments?)\b|\bin\W{0,3}/\W{0,3}\(?out\b|\bnet change\b", re.I
)


@dataclass(frozen=True)
class Parts:
    """Places: one opening, one closing, and what lies between. `is_said` where words say which is which."""

    opening: int
    closing: int
    came: tuple[int, ...]
    went: tuple[int, ...]
    net: tuple[int, ...]
    is_said: bool

    @property
    def between(self) -> tuple[int, ...]:
        return (*self.came, *self.went, *self.net)


def find_parts(names: Sequence[tuple[int, str]]) -> Parts | None:
    """The parts of a stock among heads in their order; None where one is missing, or one between has no part.

    Heads outside of the two ends tell something else (a target, a rate) and are left alone.
    """
    known = {place: part_of(name) for place, name in names}
    ends = _ends(names, known)
    if ends is None:
        return None
    opening, closing, is_said = ends
    places = [place for place, _ in names]
    first, last = sorted((places.index(opening), places.index(closing)))
    between = [place for place in places[first : last + 1] if place not in (opening, closing)]
    if not between or any(known[place] not in (IN, OUT, NET) for place in between):
        between = [place for place in places if place not in (opening, closing)]
        if not between or any(known[place] not in (IN, OUT, NET) for place in between):
            return None
    by_part = {part: tuple(place for place in between if known[place] == part) for part in (IN, OUT, NET)}
    if not by_part[IN] and not by_part[OUT]:
        return None  # a change between two days
    return Parts(opening, closing, by_part[IN], by_part[OUT], by_part[NET], is_said)


def _ends(names: Sequence[tuple[int, str]], known: dict[int, str]) -> tuple[int, int, bool] | None:
    """The opening and the closing, by their words or as the earlier and the later of two days."""
    opening = [place for place, _ in names if known[place] == OPENING]
    closing = [place for place, _ in names if known[place] == CLOSING]
    if len(opening) == len(closing) == 1:
        return opening[0], closing[0], True
    dated = sorted(
        (day, place) for place, name in names if known[place] not in (IN, OUT, NET) and (day := _day_in(name))
    )
    if len(dated) != 2 or dated[0][0] == dated[1][0]:
        return None
    return dated[0][1], dated[1][1], False


def _day_in(name: str) -> date | None:
    """The day at which a stock is told: "31 March 2025 £000", "In post at 30/06/24", "March 2025"."""
    found = find_days(name)
    if len(found) == 1:
        return found[0].day
    period = read_period(name.split("£")[0].strip(" (")) if not found else None
    return period.end if period is not None else None


@lru_cache(maxsize=4096)
def part_of(name: str) -> str:
    """What a head has to do with a stock; "" where that is nothing, or not sure."""
    ends = [part for part, pattern in ((OPENING, _OPENING), (CLOSING, _CLOSING)) if pattern.search(name)]
    flows = [part for part, pattern in ((IN, _IN), (OUT, _OUT)) if pattern.search(name)]
    if ends:
        return ends[0] if len(ends) == 1 else ""
    if len(flows) == 1:
        return flows[0]
    if _NET.search(name):
        return NET
    ends = [part for part, pattern in ((OPENING, _AT_START), (CLOSING, _AT_END)) if pattern.search(name)]
    return ends[0] if len(ends) == 1 and not flows else ""
