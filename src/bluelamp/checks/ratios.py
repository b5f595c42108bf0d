"""Is a printed percentage what the numbers beside it give: in a sentence, in a table, as a margin of a sample?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from bluelamp.checks.casts import in_table
from bluelamp.checks.columns_learnt import names_another_day
from bluelamp.checks.fraction_sentences import may_print
from bluelamp.checks.grids import Figure, Grid, Line, grids_of, overlap
from bluelamp.checks.model import Check, Paper, Printed, PrintedStatistic, Result, Subject, Verdict
from bluelamp.checks.numbers import LONGEST, FoundNumber, find_numbers
from bluelamp.checks.worded_counts import find_counts, has_worded
from bluelamp.documents.blocks import Block

_BETWEEN_PARTS = re.compile(
    r"\s{0,2}(?:/|of|out of|from)(?:\s(?:the|these|those|our|its|all|a total of))?\s{0,2}", re.I
)
_LINK: Final = re.compile(
    r"[\s,;:(=–—-]{0,6}(?:(?:or|i\.e\.|that is|which is|equal to|equates to|equating to|representing|making)\s)?"
    r"[(\s]{0,3}",
    re.I,
)
_CLOSED: Final = re.compile(r"(?:\s[\w-]{1,20}){0,2}\s{0,2}[(=,]?\s{0,2}(?:(?:or|i\.e\.|=)\s{0,2})?", re.I)
_OF_OTHER: Final = re.compile(
    r"\s?(?:more|less|fewer|higher|lower|greater|above|below|up|down|increase|rise|fall|decrease|reduction|growth"
    r"|than|of|on|compared)\b",
    re.I,
)
"""Behind a percentage: it is a change, or of something that is named now."""
_CHANGE = re.compile(
    r"\b(?:change|difference|variance|variation|movement|growth|increase|decrease|reduction)\b|\+\s?/\s?[-–]", re.I
)
_FEWEST = 3
_Z = Decimal("1.96")


def check_ratios(subjects: Sequence[Subject]) -> Iterator[Result]:
    """Fractions in sentences, shares beside counts in tables, and margins beside their sample."""
    for subject in subjects:
        for paper in subject.papers:
            for block in paper.prose:
                yield from _fractions(paper, block)
            for grid in grids_of(paper):
                yield from _shares_of_total(paper, grid)
        for statistic in subject.statistics:
            yield from _margin(statistic)


# -- sentences --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Fraction:
    top: FoundNumber
    bottom: FoundNumber

    @property
    def start(self) -> int:
        return self.top.start

    @property
    def end(self) -> int:
        return self.bottom.end

    def percent(self) -> tuple[Decimal, Decimal, Decimal]:
        """Lowest, middle and highest per cent that the two numbers allow."""
        top, bottom = self.top.value, self.bottom.value
        assert top.value is not None
        assert bottom.value is not None
        low = (top.low if top.low is not None else top.value) * 100 / (bottom.high or bottom.value)
        high = (top.high if top.high is not None else top.value) * 100 / (bottom.low or bottom.value)
        return low, top.value * 100 / bottom.value, high


def _fractions(paper: Paper, block: Block) -> Iterator[Result]:
    """ "38 of 48 (79%)", "79% (38 of 48)", "223/245 = 91%": nothing but a link may stand between the two."""
    text = block.text[:LONGEST]
    numbers = find_numbers(text)
    if numbers and "%" in text and has_worded(text):
        numbers = find_counts(text)
    for index, (top, bottom) in enumerate(pairwise(numbers)):
        if not _BETWEEN_PARTS.fullmatch(text[top.end : bottom.start]) or not _is_fraction(top, bottom):
            continue
        fraction = _Fraction(top, bottom)
        after = numbers[index + 2] if index + 2 < len(numbers) else None
        if after and _OF_OTHER.match(text, after.end):
            continue
        before = numbers[index - 1] if index else None
        if after and after.value.unit == "percent" and _CLOSED.fullmatch(text[bottom.end : after.start]):
            yield _judge_fraction(paper, block, fraction, after)
        elif before and before.value.unit == "percent" and _LINK.fullmatch(text[before.end : top.start]):
            yield _judge_fraction(paper, block, fraction, before)


def _is_fraction(top: FoundNumber, bottom: FoundNumber) -> bool:
    one, other = top.value.value, bottom.value.value
    counts = top.value.unit in ("", "number") and bottom.value.unit in ("", "number")
    return counts and one is not None and other is not None and 0 <= one <= other and other > 0


def _judge_fraction(paper: Paper, block: Block, fraction: _Fraction, share: FoundNumber) -> Result:
    low, middle, high = fraction.percent()
    bounds = Figure(share.value, share.value.printed).bounds or (low, high)
    agrees = may_print((low, high), bounds)
    first, last = min(fraction.start, share.start), max(fraction.end, share.end)
    words = block.text[first:last]
    shown = f"{round(middle, 2).normalize():f}%"
    said = f"“{words}”: {fraction.top.bare} of {fraction.bottom.bare} is {shown}" + (
        ", as printed." if agrees else "."
    )
    return Result(
        verdict=Verdict.CONSISTENT if agrees else Verdict.CONTRADICTION,
        check=Check.RATIO,
        rule="fraction",
        message=said,
        printed=(paper.print_of((block, first, last)),),
        recomputed=shown,
        tolerance=f"the print allows {bounds[0].normalize():f}% to {bounds[1].normalize():f}%",
    )


# -- tables -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Shares:
    """A column of shares, the counts that they are of, and the whole as far as it is known."""

    share: int
    count: int
    whole: Decimal
    known: tuple[tuple[Line, bool], ...]
    totals: tuple[Line, ...]  # that print the whole
    is_sure: bool  # the whole is printed, or what the rows add up to

    @property
    def fails(self) -> int:
        return sum(not fits for _, fits in self.known)


def _shares_of_total(paper: Paper, grid: Grid) -> Iterator[Result]:
    """Each row's share of the table's total, where the shares of most rows are just that."""
    lines = [line for line in grid.lines if line.has_figures]
    totals = [line for line in lines if line.is_total or line.is_whole]
    parts = [line for line in lines if line not in totals]
    if len(parts) < _FEWEST:
        return
    columns = [c for c in grid.columns if grid.is_share(c) and not _CHANGE.search(grid.name_of(c))]
    learnt = [found for share in columns if (found := _learn_shares(grid, parts, totals, share)) is not None]
    for n, each in enumerate(learnt):
        rivals = [m for m, other in enumerate(learnt) if m != n and other.count == each.count]
        if each.fails and any((learnt[m].fails, m) < (each.fails, n) for m in rivals):
            continue  # last year's shares, most of which have not moved
        for line, fits in each.known:
            yield _judge_share(paper, grid, line, each, fits=fits)
        for line in each.totals:
            yield from _whole_share(paper, grid, line, each.share, parts)


def _learn_shares(grid: Grid, parts: Sequence[Line], totals: Sequence[Line], share: int) -> _Shares | None:
    for count in (column for column in grid.columns if column != share and grid.is_additive(column)):
        if names_another_day(grid.name_of(share), [grid.name_of(count)]):
            continue
        whole = _whole(parts, totals, count, share)
        if whole is None:
            continue
        judged = [(line, _share_fits(line, count, share, whole)) for line in parts]
        known = [(line, fits) for line, fits in judged if fits is not None]
        right = sum(1 for _, fits in known if fits)
        printed = [line for line in totals if _is_printed(line, count, whole)]
        is_sum = any(line.is_total for line in totals) and whole == _sum_of(parts, count)
        if not printed and not is_sum and _is_of_another(grid, known, count, share):
            continue
        is_all_but_one = (is_sum or any(line.is_total for line in printed)) and right == len(known) - 1
        if len(known) >= _FEWEST and right > 1 and (right * 10 >= 7 * len(known) or is_all_but_one):
            of_total = tuple(line for line in printed if line.is_total)
            is_sure = bool(printed) or (is_sum and right >= _FEWEST)
            return _Shares(share, count, whole, tuple(known), of_total, is_sure)
    return None


def _sum_of(parts: Sequence[Line], count: int) -> Decimal | None:
    """What the rows add up to, where every one of them has a figure."""
    figures = [part.figures.get(count) for part in parts]
    values = [figure.value for figure in figures if figure is not None and figure.value is not None]
    return sum(values, Decimal(0)) if len(values) == len(parts) else None


def _is_of_another(grid: Grid, known: Sequence[tuple[Line, bool]], count: int, share: int) -> bool:
    """Are the shares of a figure that each row prints, and that happens to be alike in all?"""
    fits = sum(each for _, each in known)
    for column in grid.columns:
        if column in (count, share):
            continue
        wholes = [(line, f.value) for line, _ in known if (f := line.figures.get(column)) and f.value]
        if sum(_share_fits(line, count, share, value) is True for line, value in wholes) >= fits:
            return True
    return False


def _is_printed(line: Line, count: int, whole: Decimal) -> bool:
    figure = line.figures.get(count)
    return figure is not None and figure.value == whole


def _whole_share(paper: Paper, grid: Grid, line: Line, share: int, parts: Sequence[Line]) -> Iterator[Result]:
    """The share that the total itself prints: a hundred, or what the printed shares happen to sum to."""
    printed = line.figures.get(share)
    if printed is None or printed.value is None:
        return
    shares = [f.value for part in parts if (f := part.figures.get(share)) and f.value is not None]
    total = sum(shares, Decimal(0))
    agrees = printed.value in (100, total)
    is_near = Decimal(99) <= printed.value <= Decimal(101)
    head = grid.name_of(share) or "%"
    text = f"“{line.label}” prints {printed.text} under “{head}”, where the other rows print their shares of it"
    yield Result(
        verdict=Verdict.CONSISTENT if agrees else Verdict.SUSPECT if is_near else Verdict.CONTRADICTION,
        check=Check.SHARE,
        rule="share-of-total",
        message=in_table(f"{text}{', as it should' if agrees else ': the whole is 100%'}.", grid),
        printed=(paper.print_of(line.row),),
        recomputed="100%",
    )


def _whole(parts: Sequence[Line], totals: Sequence[Line], count: int, share: int) -> Decimal | None:
    """What the shares are of: the printed total, or the rows' sum, where most agree, else what most agree on."""
    for line in reversed(totals):
        figure = line.figures.get(count)
        if figure is not None and figure.value:
            fits = [_share_fits(part, count, share, figure.value) for part in parts]
            if fits.count(True) > fits.count(False):
                return figure.value
    summed = _sum_of(parts, count)
    if totals and summed:
        fits = [_share_fits(part, count, share, summed) for part in parts]
        if fits.count(True) > fits.count(False):
            return summed
    spans = [span for line in parts if (span := _whole_of(line, count, share)) is not None]
    edges = sorted({edge for span in spans for edge in span})
    if not edges:
        return None
    middles = [(one + other) / 2 for one, other in pairwise(edges)] or edges
    return max(middles, key=lambda middle: sum(low <= middle <= high for low, high in spans))


def _whole_of(line: Line, count: int, share: int) -> tuple[Decimal, Decimal] | None:
    """Between which wholes the row's share is as printed."""
    number, printed = line.figures.get(count), line.figures.get(share)
    bounds = _share_bounds(printed)
    if number is None or not number.value or number.bounds is None or bounds is None or bounds[0] <= 0:
        return None
    return number.bounds[0] * 100 / bounds[1], number.bounds[1] * 100 / bounds[0]


def _share_bounds(figure: Figure | None) -> tuple[Decimal, Decimal] | None:
    """What the share may truly be, rounded or cut off; a bare "6" under a head of per cent is no exact count."""
    if figure is None or figure.value is None:
        return None
    decimals = len(figure.text.partition(".")[2].strip("()% "))
    place = Decimal(1).scaleb(-decimals)
    return figure.value - place / 2, figure.value + place


def _share_fits(line: Line, count: int, share: int, whole: Decimal) -> bool | None:
    number, bounds = line.figures.get(count), _share_bounds(line.figures.get(share))
    if number is None or number.bounds is None or bounds is None:
        return None
    return overlap((number.bounds[0] * 100 / whole, number.bounds[1] * 100 / whole), bounds)


def _judge_share(paper: Paper, grid: Grid, line: Line, shares: _Shares, *, fits: bool) -> Result:
    number, printed = line.figures[shares.count], line.figures[shares.share]
    assert number.value is not None
    whole = shares.whole
    shown = f"{round(number.value * 100 / whole, 2).normalize():f}%"
    of = f"the total of {whole:,f}" if shares.is_sure else f"about {round(whole):,}, as the other rows are"
    wrong = Verdict.CONTRADICTION if shares.is_sure else Verdict.SUSPECT
    text = f"“{line.label}” prints {printed.text} beside {number.text}, which is {shown} of {of}"
    return Result(
        verdict=Verdict.CONSISTENT if fits else wrong,
        check=Check.SHARE,
        rule="share-of-total",
        message=in_table(text + (", as printed." if fits else "."), grid),
        printed=(paper.print_of(line.row),),
        recomputed=shown,
    )


# -- margins ----------------------------------------------------------------------------------------------


def _margin(statistic: PrintedStatistic) -> Iterator[Result]:
    """A margin against its sample: 1.96 standard errors of a simple one; another design gives another margin."""
    half, share, n = statistic.half_width, statistic.value, statistic.n
    if half is None or half.value is None or share.value is None or not n or share.unit != "percent":
        return
    p = share.value / 100
    if not 0 < p < 1:
        return
    simple = 100 * _Z * (p * (1 - p) / n).sqrt()
    near = (half.low or half.value, half.high or half.value)
    agrees = near[0] <= simple * Decimal("1.1") and near[1] >= simple * Decimal("0.9")
    words = f"{statistic.value.printed} ± {half.printed} of {n:,}"
    shown = f"± {round(simple, 1)}"
    yield Result(
        verdict=Verdict.CONSISTENT if agrees else Verdict.SUSPECT,
        check=Check.RATIO,
        rule="margin",
        message=f"{words}: a simple sample of that size gives {shown}" + (", as printed." if agrees else "."),
        printed=(Printed(statistic.citations[0].quote, statistic.citations),),
        recomputed=shown,
        tolerance="a tenth either way; a weighted sample or a small population gives another margin",
    )
