"""Do the council tax bands of a table stand to each other as the law says: A six ninths of D, H eighteen?

Local Government Finance Act 1992, section 5: 6, 7, 8, 9, 11, 13, 15 and 18 ninths from A to H (in Wales a ninth
band, I, of 21). One band that does not fit, where the others do, is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from bluelamp.checks.casts import in_table
from bluelamp.checks.grids import Figure, Grid, Line, overlap
from bluelamp.checks.model import Check, Paper, Result, Verdict

_NINTHS: Final = {"a": 6, "b": 7, "c": 8, "d": 9, "e": 11, "f": 13, "g": 15, "h": 18, "i": 21}
_BAND: Final = re.compile(r"(?:band )?(?P<band>[a-i])(?:\s\(?\d{1,2}/9\)?)?", re.I)
_OTHER: Final = re.compile(
    r"\b(?:change|increase|rise|difference|number|dwellings|properties|homes|households|share|ratio|proportion)\b|%",
    re.I,
)
_FEWEST: Final = 4


def check_bands(paper: Paper, grid: Grid) -> Iterator[Result]:
    bands = [
        (line, _NINTHS[found["band"].lower()])
        for line in grid.lines
        if (found := _BAND.fullmatch(line.label.strip())) is not None
    ]
    if len(bands) < _FEWEST or len({ninths for _, ninths in bands}) < len(bands):
        return
    for column in grid.columns:
        if not _OTHER.search(grid.name_of(column)):
            yield from _column(paper, grid, column, bands)


def _column(paper: Paper, grid: Grid, column: int, bands: list[tuple[Line, int]]) -> Iterator[Result]:
    known = [
        (line, ninths, figure)
        for line, ninths in bands
        if (figure := line.figures.get(column)) is not None and figure.value is not None and figure.value > 0
    ]
    if len(known) < _FEWEST:
        return
    tried = [[_fits(figure, ninths, base, of) for _, ninths, figure in known] for _, of, base in known]
    best = max(tried, key=sum)
    if sum(best) <= _FEWEST - 1 or 4 * (len(best) - sum(best)) > len(best):
        return
    _, of, base = known[tried.index(best)]
    for (line, ninths, figure), fits in zip(known, best, strict=True):
        made = (base.value or Decimal(0)) * ninths / of
        said = f"{ninths} ninths of what the other bands are ninths of, which is {round(made, 2):,f}"
        text = f"“{line.label}” prints {figure.text} under “{grid.name_of(column)}”"
        yield Result(
            verdict=Verdict.CONSISTENT if fits else Verdict.CONTRADICTION,
            check=Check.RATIO,
            rule="band-ratio",
            message=in_table(f"{text}{', as its band should.' if fits else f'; its band is {said}.'}", grid),
            printed=(paper.print_of(line.row),),
            recomputed=f"{round(made, 2):,f}",
            tolerance="each figure may have been rounded or cut off",
        )


def _fits(figure: Figure, ninths: int, base: Figure, of: int) -> bool:
    printed, from_base = figure.print_bounds, base.print_bounds
    if printed is None or from_base is None:
        return False
    return overlap(printed, (from_base[0] * ninths / of, from_base[1] * ninths / of))
