"""Which row does a change speak of that names none whole, and does the row print that change?

"Satisfaction with being kept informed rose by 1.4 points" beside the row "Satisfied with being kept informed",
which prints -1.4. Words alone would tell too little: the row must print the level that the sentence gives, or the
very size, and no other row may share as many of its words. What is found is a doubt; only a change that is told
the wrong way round beside its own level and its own size cannot be true.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

from bluelamp.checks.claim_model import Claim, Kind
from bluelamp.checks.claim_periods import When
from bluelamp.checks.claim_spans import in_whole, percent_span, size_span, span_of
from bluelamp.checks.claim_words import name_of, read_said
from bluelamp.checks.grids import Figure, Grid, Line, grids_of
from bluelamp.checks.model import Check, Paper, Printed, Result, Verdict
from bluelamp.checks.numbers import FoundNumber, find_numbers
from bluelamp.documents.blocks import Block
from bluelamp.figures.recomputing import Span

CHANGES = re.compile(r"\b(?:change|difference|diff|movement|\+\s?/\s?[-–])\b|\+\s?/\s?[-–]", re.I)
_NO_LEVEL = re.compile(
    r"\b(?:target|aim|goal|plan|planned|budget|forecast|rag|rank|sample|n|base|average|msg|peers?|national|direction"
    r"|trend|variance|var|rate per)\b|%\s?of",
    re.I,
)
_IN_BRACKETS = re.compile(r"\([^()]{0,60}\)")
_TO_LEVEL = re.compile(
    r"\s?(?:percentage points|points|pts|pp)?,?\s(?:to|and stands at|and is now|and now stands at)\s$"
)
_ELSEWHERE = re.compile(
    r"\b(?:target|forecast|plan(?:ned)?|expect\w*|could|would|should|since|against|than|among|amongst|excluding"
    r"|except|within|nationally|similar|per(?! cent)|average|between|over (?:two|three|four|five|\d+) years)\b",
    re.I,
)
_STEM: Final = 6  # letters by which "satisfied" and "satisfaction" are one word
_KEPT: Final = "_rows_of_changes"
_FEWEST: Final = 2
_COUNTS: Final = ("", "number", "fte")
_DIGITS: Final = 2  # of a size that would be no accident


@dataclass(frozen=True, eq=False)
class _Row:
    """A row that prints levels and their changes."""

    grid: Grid
    line: Line
    levels: tuple[Figure, ...]
    changes: tuple[Figure, ...]

    @cached_property
    def keys(self) -> frozenset[str]:
        """What tells its name, but for words in brackets that a sentence leaves out."""
        bare = _IN_BRACKETS.sub(" ", self.line.label)
        keys = loose(name_of(bare).keys) or loose(name_of(self.line.label).keys)
        return frozenset(key for key in keys if not any(character.isdigit() for character in key))


@dataclass(frozen=True)
class _Told:
    """What the sentence tells: so much, which way, and to which level."""

    claim: Claim
    by: FoundNumber
    level: FoundNumber | None


def judge_by_row(claim: Claim, when: When | None, paper: Paper, block: Block) -> Result | None:
    """The one row of the paper that the claim must speak of, where it prints another change; else None."""
    by = claim.number
    if claim.kind is not Kind.CHANGE or by is None or not claim.way or claim.is_part or claim.per != 1:
        return None
    rows = rows_of_changes(paper)
    if not rows or by.hedge or (when and (when.base or when.is_quarter or when.years or when.is_other)):
        return None
    if _ELSEWHERE.search(claim.text) or len(find_numbers(claim.text)) > _FEWEST:
        return None
    told = _Told(claim, by, _level_after(claim, by))
    said = loose(read_said(claim.text[: by.start - claim.offset]).stems)
    row = _row_of(told, rows, said)
    return _judge(told, row, rows, said, paper, block) if row is not None else None


def rows_of_changes(paper: Paper) -> tuple[_Row, ...]:
    """Every row of the paper's tables that prints levels beside a change; gathered once and kept with it."""
    kept: tuple[_Row, ...] | None = paper.__dict__.get(_KEPT)
    if kept is None:
        kept = tuple(_gather(paper))
        paper.__dict__[_KEPT] = kept
    return kept


def _gather(paper: Paper) -> Iterator[_Row]:
    for grid in grids_of(paper):
        changes = [column for column in grid.columns if CHANGES.search(grid.name_of(column))]
        if not changes:
            continue
        levels = [c for c in grid.columns if c not in changes and not _NO_LEVEL.search(grid.name_of(c))]
        for line in grid.lines:
            moved = _figures(line.figures, changes)
            stood = _figures(line.figures, levels)
            if line.label and moved and len(stood) >= _FEWEST:
                yield _Row(grid, line, stood, moved)


def _figures(figures: dict[int, Figure], columns: Iterable[int]) -> tuple[Figure, ...]:
    found = (figures.get(column) for column in columns)
    return tuple(each for each in found if each is not None and each.value is not None)


# -- which row --------------------------------------------------------------------------------------------


def loose(stems: Iterable[str]) -> frozenset[str]:
    return frozenset(stem[:_STEM] for stem in stems)


def _level_after(claim: Claim, by: FoundNumber) -> FoundNumber | None:
    text, offset = claim.text, claim.offset
    for number in find_numbers(text):
        start = number.start + offset
        if start >= by.end:
            between = text[by.end - offset : number.start]
            return number if _TO_LEVEL.fullmatch(between) and not number.hedge else None
    return None


def _row_of(told: _Told, rows: Sequence[_Row], said: frozenset[str]) -> _Row | None:
    """The row that shares most of the words and prints the level, or the size where no level is told."""
    shared = [(len(row.keys & said), row) for row in rows if row.keys & said]
    if not shared:
        return None
    if told.level is not None:
        fitting = [(n, row) for n, row in shared if any(_is_level(told.level, each) for each in row.levels)]
    else:
        fitting = [(n, row) for n, row in shared if row.keys <= said or (n >= _FEWEST and 2 * n >= len(row.keys))]
    most = max((n for n, _ in fitting), default=0)
    best = [row for n, row in fitting if n == most]
    rivals = [row for n, row in shared if n >= most and row not in best]
    if told.level is None and rivals:
        return None
    return best[0] if len(best) == 1 else None


def _is_level(number: FoundNumber, figure: Figure) -> bool:
    alike = number.value.unit == figure.unit or {number.value.unit, figure.unit} <= set(_COUNTS)
    return alike and number.value.value == figure.value


# -- what it prints ---------------------------------------------------------------------------------------


def _judge(
    told: _Told, row: _Row, rows: Sequence[_Row], said: frozenset[str], paper: Paper, block: Block
) -> Result | None:
    by, way = told.by, told.claim.way
    sizes = [figure for figure in row.changes if _is_size(by, figure)]
    of_way = [figure for figure in sizes if _sign(figure) in ("", way)]
    if of_way or _may_be_made(by, way, row):
        says, verdict = f"the row “{row.line.label}” prints that change, as said", Verdict.CONSISTENT
        return _result(told, row, verdict, says, paper, block) if told.level is not None else None
    if told.level is None and len(by.bare.replace(".", "").strip("0")) < _DIGITS:
        return None
    others = [other for other in rows if other is not row and other.keys & said]
    if any(_is_size(by, each) and _sign(each) == way for other in others for each in other.changes):
        return None  # it may be the other row that is meant
    shown = " and ".join(dict.fromkeys(figure.text for figure in row.changes))
    says = f"the row “{row.line.label}” prints {shown} as its change"
    if sizes:
        verdict = Verdict.CONTRADICTION if told.level is not None else Verdict.SUSPECT
        return _result(told, row, verdict, f"{says}, the other way", paper, block)
    if by.value.unit == "percent" and any(_is_points(by, way, each, row) for each in row.changes):
        says += "; the sentence gives percentage points as per cent"
        return _result(told, row, Verdict.SUSPECT, says, paper, block)
    alike = [each for each in row.changes if _unit(each, row) == _said_unit(by)]
    if told.level is None or not alike or not (row.keys <= said or _is_telling(told.level, row.keys & said)):
        return None
    return _result(told, row, Verdict.SUSPECT, says, paper, block)


def _is_telling(level: FoundNumber, shared: frozenset[str]) -> bool:
    """Would it be no accident that a row prints this level and has these words?"""
    return len(shared) >= _FEWEST and len(level.bare.replace(",", "").replace(".", "").strip("0")) > _DIGITS


def _unit(change: Figure, row: _Row) -> str:
    """Points where levels are shares and no percent sign says otherwise."""
    unit = "" if change.unit in _COUNTS else change.unit
    is_share = all(level.unit == "percent" for level in row.levels)
    return "points" if is_share and (unit == "" or "p" in change.text.lower()) else unit


def _said_unit(by: FoundNumber) -> str:
    return "" if by.value.unit in _COUNTS else by.value.unit


def _is_size(by: FoundNumber, change: Figure) -> bool:
    unit = _said_unit(by)
    alike = unit == change.unit or (unit in ("", "points") and change.unit in (*_COUNTS, "points", "percent"))
    bounds = change.print_bounds
    if not alike or bounds is None or (unit == "percent" and "p" in change.text.lower()):
        return False
    return size_span(Span(low=bounds[0], high=bounds[1])).meets(_generous(by))


def _generous(by: FoundNumber) -> Span:
    span, room = span_of(by), in_whole(by)
    return Span(low=span.low - room, high=span.high + room)


def _is_points(by: FoundNumber, way: str, change: Figure, row: _Row) -> bool:
    is_points = _unit(change, row) == "points" and change.value is not None and by.value.value is not None
    return is_points and abs(change.value or 0) == abs(by.value.value or 1) and _sign(change) == way


def _sign(change: Figure) -> str:
    value = change.value or Decimal(0)
    return "up" if value > 0 else "down" if value < 0 else ""


def _may_be_made(by: FoundNumber, way: str, row: _Row) -> bool:
    """May it be a change between two levels that the row does not print as such?"""
    goes_so = any(_sign(figure) in ("", way) for figure in row.changes)
    is_printed = any(_unit(each, row) == _said_unit(by) for each in row.changes) and len(row.levels) == _FEWEST
    return goes_so and not is_printed and any(_is_made(by, *pair) for pair in _pairs(row))


def _pairs(row: _Row) -> Iterator[tuple[Figure, Figure]]:
    """Any level and any other: the change from one to the other may be meant."""
    for one in row.levels:
        for other in row.levels:
            if one is not other and one.unit == other.unit:
                yield one, other


def _is_made(by: FoundNumber, one: Figure, other: Figure) -> bool:
    if one.bounds is None or other.bounds is None or one.value is None:
        return False
    a, b = Span(low=one.bounds[0], high=one.bounds[1]), Span(low=other.bounds[0], high=other.bounds[1])
    if by.value.unit == "percent":
        return one.value > 0 and size_span(percent_span(a, b)).meets(_generous(by))
    return size_span(Span(low=b.low - a.high, high=b.high - a.low)).meets(_generous(by))


def _result(told: _Told, row: _Row, verdict: Verdict, says: str, paper: Paper, block: Block) -> Result:
    claim = told.claim
    place = (block, claim.offset, claim.offset + len(claim.text))
    return Result(
        verdict=verdict,
        check=Check.CLAIM,
        rule="claim-change-of-row",
        message=f"“{claim.text.strip()[:240]}”: {says}.",
        printed=(_printed(claim, paper, place), paper.print_of(row.line.row)),
        recomputed=", ".join(figure.text for figure in row.changes),
    )


def _printed(claim: Claim, paper: Paper, place: tuple[Block, int, int]) -> Printed:
    whole = paper.print_of(place)
    return Printed(claim.printed, whole.citations)
