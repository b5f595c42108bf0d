"""Is one measure printed with two values for one period, in two tables, two papers or two documents?

Rows are the same measure where their names have the same words, and their codes, their titles or their other
figures say so too. A later document may have revised what an earlier one printed: that is a doubt.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import combinations
from typing import Final, NamedTuple

from bluelamp.checks.claim_words import name_of
from bluelamp.checks.grids import overlap
from bluelamp.checks.measures_named import At, Measure, gather_measures
from bluelamp.checks.model import Check, Result, Subject, Verdict
from bluelamp.documents.blocks import BlockKind
from bluelamp.lib.calendar_days import say_day

_REVISED = re.compile(
    r"\b(?:re-?stated?|revis(?:ed|ion)s?|re-?based?|provisional|amended|re-?classifi\w{2,6}|updated figures?"
    r"|(?:new|changed?|different) (?:definition|methodology|basis|counting))\b",
    re.I,
)
_MOST: Final = 40  # rows of one name: more are no measure
_ROWS_ALIKE: Final = 2  # other rows of the same two tables that agree: they count the same things
_NEAR: Final = 4  # blocks before and after a table that may say so
_FLAGS: Final = frozenset({"provisional", "starred"})


def check_figures(subjects: Sequence[Subject]) -> Iterator[Result]:
    """Every two rows of the same measure, in every period that both print."""
    by_name: dict[frozenset[str], list[Measure]] = {}
    for subject in subjects:
        for measure in gather_measures(subject):
            if measure.name.keys:
                by_name.setdefault(measure.name.stems, []).append(measure)
    rows_alike = [rows for rows in by_name.values() if 2 <= len(rows) <= _MOST]
    pairs = [
        _Pair(a, b, shared) for rows in rows_alike for a, b in combinations(rows, 2) if (shared := _shared(a, b))
    ]
    alike = Counter(_tables(pair) for pair in pairs if any(_agrees(*both) for both in pair.shared))
    for pair in pairs:
        yield from _compare(pair, is_of_like_tables=alike[_tables(pair)] >= _ROWS_ALIKE)


class _Pair(NamedTuple):
    """Two rows of one name and unit, and the periods that both print."""

    one: Measure
    other: Measure
    shared: list[tuple[At, At]]


def _shared(one: Measure, other: Measure) -> list[tuple[At, At]]:
    if one.unit != other.unit or one.by_end.keys().isdisjoint(other.by_end):
        return []
    return [(a, b) for a in one.known for b in other.by_end.get(a.to, ()) if _is_same_period(a, b)]


def _tables(pair: _Pair) -> frozenset[int]:
    return frozenset((id(pair.one.block), id(pair.other.block)))


def _compare(pair: _Pair, *, is_of_like_tables: bool = False) -> Iterator[Result]:
    one, other, shared = pair
    if one.block is other.block or _is_of_another_force(one, other):
        return
    agree = [pair for pair in shared if _agrees(*pair)]
    differ = [pair for pair in shared if not _agrees(*pair)]
    is_same = _has_same_name(one, other)
    if differ and not agree and not (is_of_like_tables or (is_same and _may_be_one_row(one, other, differ))):
        return
    for a, b in agree:
        yield _result(Verdict.CONSISTENT, one, other, a, b, "")
    for a, b in differ:
        why = _unusual(one, other, a, b)
        is_sure = is_same or (2 * len(agree) >= len(shared) and len(agree) >= 2)
        verdict = Verdict.SUSPECT if why or not is_sure else Verdict.CONTRADICTION
        yield _result(verdict, one, other, a, b, why)


def _may_be_one_row(one: Measure, other: Measure, differ: Sequence[tuple[At, At]]) -> bool:
    """Rows that agree nowhere are two rows of one name (places in two tables), but for a code or a near figure."""
    if one.code and one.code == other.code:
        return True
    (a, b), *more = differ
    values = sorted(abs(each.value.value or Decimal(0)) for each in (a, b))
    return not more and values[1] * 4 <= values[0] * 5


def _is_of_another_force(one: Measure, other: Measure) -> bool:
    a, b = one.subject.force, other.subject.force
    return bool(a and b and a != b)


def _is_same_period(a: At, b: At) -> bool:
    return a.to == b.to and (a.months is None or b.months is None or a.months == b.months)


def _agrees(a: At, b: At) -> bool:
    return a.bounds is not None and b.bounds is not None and overlap(a.bounds, b.bounds)


def _has_same_name(one: Measure, other: Measure) -> bool:
    """By code, or by the words of the title above; rows of a table of places are called alike in many tables."""
    if one.code and one.code == other.code:
        return True
    titles = [name_of(each.title).keys for each in (one, other)]
    shared = titles[0] & titles[1]
    return bool(shared) and 2 * len(shared) >= len(titles[0] | titles[1])


def _unusual(one: Measure, other: Measure, a: At, b: At) -> str:
    """Why both may stand: "" where nothing says so."""
    if _FLAGS & {*a.value.flags, *b.value.flags}:
        return "one of them is marked as provisional or with a note"
    if _says_revised(one) or _says_revised(other):
        return "one of the papers says that figures were revised"
    if one.subject is not other.subject and one.known[-1].to != other.known[-1].to:
        return "the later document may have revised it"
    return ""


def _says_revised(measure: Measure) -> bool:
    if measure.paper is None:
        return False
    if _tells_of_revision(f"{measure.label} {measure.title}"):
        return True
    blocks = list(measure.paper.blocks)
    at = next((index for index, block in enumerate(blocks) if block is measure.block), 0)
    near = [*blocks[max(0, at - _NEAR) : at + 1 + _NEAR], *(b for b in blocks if b.kind is BlockKind.FOOTNOTE)]
    return any(_tells_of_revision(block.text[:2000]) for block in near if block.kind is not BlockKind.TABLE)


@lru_cache(maxsize=4096)  # the same words stand beside every row of a table
def _tells_of_revision(words: str) -> bool:
    return bool(_REVISED.search(words))


def _result(verdict: Verdict, one: Measure, other: Measure, a: At, b: At, why: str) -> Result:
    where = "in another document" if one.subject is not other.subject else "in another table"
    said = f"“{one.said}” to {say_day(a.to)} is printed as {a.value.printed}, and {where}"
    end = f"as {b.value.printed}" if verdict is not Verdict.CONSISTENT else f"as {b.value.printed} too"
    return Result(
        verdict=verdict,
        check=Check.CROSS_DOCUMENT,
        rule="same-figure",
        message=f"{said} {end}{f'; {why}' if why else ''}.",
        printed=(one.printed(a), other.printed(b)),
    )
