"""Is a printed change what its own row gives; is a printed share its own fraction; was a figure copied?"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from bluelamp.checks.model import Check, Printed, PrintedPeriod, PrintedSeries, Result, Subject, Verdict
from bluelamp.checks.table_notes import is_marked, rebased_marks
from bluelamp.figures.arrows import has_arrow, with_arrow
from bluelamp.figures.printed import PrintedValue
from bluelamp.figures.recomputing import Recomputed, Span, recompute
from bluelamp.figures.recomputing import Verdict as Found
from bluelamp.lib.calendar_days import say_day

_SHARE = "figure to"
_SEVERAL: Final = 2
_CHANGE_HEAD = re.compile(
    r"\b(?:change|difference|variation|variance|movement|growth|increase|decrease|reduction)\b|\+/-|%", re.I
)
_OTHER_BASE = re.compile(
    r"\b(?:previous|last|prior|preceding) (?:quarter|month|period|report|week)|\bquarter[- ]on[- ]quarter"
    r"|\bmonth[- ]on[- ]month|\b(?:against|from|vs\.?|versus|on|to|since) (?:the )?(?:baseline|target|plan"
    r"|budget|average"
    r"|forecast|peers?|national|most similar)",
    re.I,
)


def check_changes(subjects: Sequence[Subject]) -> Iterator[Result]:
    """Every printed change and every share with its fraction, in the rows of performance tables."""
    for subject in subjects:
        heads = _heads_by_line(subject)
        found = [(each, made) for each in map(_with_arrows, subject.series) for made in recompute(each)]
        strange = _of_other_periods(found)
        noted = rebased_marks(subject)
        for series, each in found:
            head = next((heads[cited.line] for cited in series.citations if cited.line in heads), "")
            is_strange = (_periods(series), each.what) in strange or bool(_OTHER_BASE.search(head))
            result = _result(series, each, is_strange=is_strange)
            yield _excused(result, series) if noted and is_marked(series.name, noted) else result
        for series in subject.series:
            yield from _repeats(series)


def _with_arrows(series: PrintedSeries) -> PrintedSeries:
    """The row with the signs that arrows give to its changes."""
    if not any(each and has_arrow(each.printed) for each in (series.change_percent, series.change_actual)):
        return series
    return replace(
        series,
        change_percent=with_arrow(series.change_percent),
        change_actual=with_arrow(series.change_actual),
    )


def _excused(result: Result, series: PrintedSeries) -> Result:
    if result.verdict not in (Verdict.CONTRADICTION, Verdict.SUSPECT):
        return result
    why = "a note says that its figures are not of one basis"
    message = f"{series.name}: the printed change could not be checked, since {why}."
    return replace(result, verdict=Verdict.UNCHECKED, message=message)


def _periods(series: PrintedSeries) -> tuple[dt.date, ...]:
    return tuple(period.to for period in series.periods)


def _of_other_periods(found: Sequence[tuple[PrintedSeries, Recomputed]]) -> set[tuple[tuple[dt.date, ...], str]]:
    """Rows of the same periods whose printed changes mostly do not hold: they are of something else."""
    right: Counter[tuple[tuple[dt.date, ...], str]] = Counter()
    wrong: Counter[tuple[tuple[dt.date, ...], str]] = Counter()
    for series, each in found:
        if each.verdict is Found.UNCHECKED or each.what.startswith(_SHARE):
            continue
        key = (_periods(series), each.what)
        (wrong if _verdict(series, each) is Verdict.CONTRADICTION else right)[key] += 1
    return {key for key, count in wrong.items() if count >= _SEVERAL and count >= right[key]}


def _heads_by_line(subject: Subject) -> dict[int, str]:
    """What the columns of changes are called in the table in which a line stands."""
    found: dict[int, str] = {}
    for paper in subject.papers:
        for table in paper.tables:
            words = " | ".join(name for name in table.names if _CHANGE_HEAD.search(name))
            if not words:
                continue
            for row in table.body:
                for cell in row.cells:
                    found.update((paper.document.line_at(start), words) for start, _ in cell.spans)
    return found


def _result(series: PrintedSeries, found: Recomputed, *, is_strange: bool) -> Result:
    name = " ".join(filter(None, (series.code, series.name)))
    is_share = found.what.startswith(_SHARE)
    verdict = _verdict(series, found)
    says = found.says
    if is_strange and not is_share and verdict in (Verdict.CONTRADICTION, Verdict.SUSPECT):
        verdict, says = Verdict.UNCHECKED, "the table's changes are not of its first and last figures"
    what = "share" if is_share else found.what
    message = {
        Verdict.CONSISTENT: f"{name}: the {what} is printed as {found.printed}, as its figures give it.",
        Verdict.UNCHECKED: f"{name}: the {what} could not be checked, since {says}.",
    }.get(verdict, f"{name}: {_lower(found.says)}")
    return Result(
        verdict=verdict,
        check=Check.RATIO if is_share else Check.CHANGE,
        rule="fraction" if is_share else "change-" + found.what.rpartition(" ")[2].replace("cent", "percent"),
        message=message,
        printed=(Printed(found.printed, series.citations), *_figures(series, is_share=is_share)),
        recomputed="" if found.value is None else _round(found.value),
        tolerance="" if found.span is None else f"from {_round(found.span.low)} to {_round(found.span.high)}",
    )


def _figures(series: PrintedSeries, *, is_share: bool) -> tuple[Printed, ...]:
    """The two ends of the row, which the change is of."""
    if is_share or not series.periods:
        return ()
    first, last = series.periods[0].value.printed, series.periods[-1].value.printed
    return (Printed(f"{first} … {last}", series.citations),)


def _verdict(series: PrintedSeries, found: Recomputed) -> Verdict:
    if found.verdict is Found.AGREES:
        return Verdict.CONSISTENT
    if found.verdict is Found.UNCHECKED or found.span is None:
        return Verdict.UNCHECKED
    printed = series.change_percent if "number" not in found.what else series.change_actual
    if printed is not None and found.span.meets(_cut_off(printed)):
        return Verdict.CONSISTENT  # cut off instead of rounded
    if "percentage points" in found.says and "that is" in found.says:
        return Verdict.SUSPECT  # points under the sign of per cent
    if "the sign is wrong" in found.says and (
        _below_nought(series) or has_arrow(printed.printed if printed else "")
    ):
        return Verdict.SUSPECT  # a greater reduction may be called a rise; an arrow may say better or worse
    return Verdict.CONTRADICTION


def _cut_off(printed: PrintedValue) -> Span:
    """What may have printed so where the last figures were cut off."""
    if printed.value is None or printed.low is None or printed.high is None:
        return Span(low=Decimal("Infinity"), high=Decimal("Infinity"))
    place = printed.high - printed.low
    if printed.value >= 0:
        return Span(low=printed.low, high=printed.value + place)
    return Span(low=printed.value - place, high=printed.high)


def _below_nought(series: PrintedSeries) -> bool:
    ends = (series.periods[0].value.value, series.periods[-1].value.value)
    return all(value is not None and value < 0 for value in ends)


def _round(value: Decimal) -> str:
    return f"{round(value, 3).normalize():f}"


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


# -- figures printed twice --------------------------------------------------------------------------------


def _repeats(series: PrintedSeries) -> Iterator[Result]:
    """The same count beside two different shares, or the same share beside two different counts, of two periods.

    A figure that stands still may be true; where its companion moved, one of the two was likely copied.
    """
    for earlier, later in _pairs(series):
        one, other = earlier.value, later.value
        if one.value is None or other.value is None or one.value == other.value:
            continue
        if one.numerator is None or one.numerator != other.numerator or one.denominator != other.denominator:
            continue
        yield Result(
            verdict=Verdict.SUSPECT,
            check=Check.CHANGE,
            rule="repeat",
            message=(
                f"{' '.join(filter(None, (series.code, series.name)))}: {one.numerator:,f} stands beside"
                f" {_bare(one)} for {say_day(earlier.to)} and again beside {_bare(other)} for {say_day(later.to)};"
                " one of them may have been copied."
            ),
            printed=(Printed(one.printed, series.citations), Printed(other.printed, series.citations)),
        )


def _pairs(series: PrintedSeries) -> Iterator[tuple[PrintedPeriod, PrintedPeriod]]:
    periods = series.periods
    return ((one, other) for i, one in enumerate(periods) for other in periods[i + 1 :])


def _bare(value: PrintedValue) -> str:
    return f"{value.value:f}{'%' if value.unit == 'percent' else ''}"
