"""Is a figure of a sentence that of a row it names, with two figures changed about: 46,272 beside 46,722?

Of four figures and more, and only where no table of the documents prints it as it stands, one row alone prints it
so changed, and the sentence says every word that tells that row's name. A doubt and never more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bluelamp.checks.claim_words import name_of, read_said
from bluelamp.checks.grids import Figure, Line, grids_of
from bluelamp.checks.model import Check, Paper, Result, Subject, Verdict
from bluelamp.checks.numbers import LONGEST, FoundNumber, find_numbers
from bluelamp.documents.blocks import Block
from bluelamp.documents.sentences import split_sentences

_LONG = re.compile(r"\d[\d,]{3,}|\d\.\d{3}")
_FEWEST: Final = 4
_SAY_NOTHING: Final = frozenset(name_of("all total overall number of the and for in number all recorded").stems)
_COUNTS: Final = ("", "number", "fte", "gbp")


@dataclass(frozen=True)
class _Cell:
    paper: Paper
    line: Line
    figure: Figure


def check_swapped_figures(subjects: Sequence[Subject]) -> Iterator[Result]:
    cells: dict[str, list[_Cell]] | None = None
    for subject in subjects:
        for paper in subject.papers:
            for block in paper.prose:
                if len(block.text) <= LONGEST and _LONG.search(block.text):
                    cells = _cells(subjects) if cells is None else cells
                    if not cells:
                        return
                    yield from _in_block(paper, block, cells)


def _cells(subjects: Sequence[Subject]) -> dict[str, list[_Cell]]:
    """Every figure of a table by its digits."""
    found: dict[str, list[_Cell]] = {}
    for subject in subjects:
        for paper in subject.papers:
            for grid in grids_of(paper):
                for line in grid.lines:
                    for figure in line.figures.values():
                        digits = _digits(figure.text)
                        if figure.value is not None and len(digits) >= _FEWEST:
                            found.setdefault(digits, []).append(_Cell(paper, line, figure))
    return found


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _swapped(digits: str) -> Iterator[str]:
    for at in range(len(digits) - 1):
        if digits[at] != digits[at + 1] and not (at == 0 and digits[1] == "0"):
            yield digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]


def _in_block(paper: Paper, block: Block, cells: dict[str, list[_Cell]]) -> Iterator[Result]:
    text = block.text
    numbers = find_numbers(text)
    for start, end in split_sentences(text):
        for number in numbers:
            digits = _digits(number.bare)
            is_of = start <= number.start and number.end <= end and number.value.unit in _COUNTS
            if not is_of or len(digits) < _FEWEST or digits in cells or number.hedge:
                continue
            near = [cell for each in _swapped(digits) for cell in cells.get(each, ()) if _is_alike(cell, number)]
            said = read_said(text[start:end]).stems
            named = [cell for cell in near if _is_named(cell.line, said)]
            if named and len({cell.figure.value for cell in near}) == 1:
                yield _result(paper, (block, start, end), number, named[0])


def _is_alike(cell: _Cell, number: FoundNumber) -> bool:
    """Of one unit, or both without one, and with as many decimals."""
    unit = "" if number.value.unit == "number" else number.value.unit
    other = "" if cell.figure.unit == "number" else cell.figure.unit
    decimals = len(number.bare.partition(".")[2])
    return unit == other and decimals == len(cell.figure.text.rstrip("%)").partition(".")[2])


def _is_named(line: Line, said: frozenset[str]) -> bool:
    stems = name_of(line.label).stems - _SAY_NOTHING
    words = frozenset(stem for stem in stems if not any(character.isdigit() for character in stem))
    return bool(words) and words <= said


def _result(paper: Paper, place: tuple[Block, int, int], number: FoundNumber, cell: _Cell) -> Result:
    block, start, end = place
    return Result(
        verdict=Verdict.SUSPECT,
        check=Check.CLAIM,
        rule="claim-swapped",
        message=f"“{block.text[start:end].strip()[:240]}”: {number.bare} is printed in no table; the row"
        f" “{cell.line.label}” prints {cell.figure.text}, with two of its figures the other way round.",
        printed=(paper.print_of((block, number.start, number.end)), cell.paper.print_of(cell.line.row)),
        recomputed=cell.figure.text,
    )
