"""Which sentences with numbers can a writer of insight begin from? Facts only: no sentence here says why.

They are taken from the report's own row, so that they are the numbers which its tables print.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from bluelamp.figures.months import Span
from bluelamp.lib.written import say_many
from bluelamp.performance.reports.model import (
    AreaFigure,
    ChangeOfRow,
    ControlState,
    PeriodFigure,
    ReportRow,
)

MOST_AREAS: Final = 3
_FEWEST_COMPARED: Final = 3


def suggest_facts(row: ReportRow) -> tuple[str, ...]:
    """The facts about one indicator that a writer may keep or strike, the most important first."""
    found = [
        row.exception.sentence if row.exception.verdict.is_exception else "",
        say_change(row),
        _say_rank(row),
        _say_areas(row.by_area, row.change),
        *(standard.sentence for standard in row.standards),
        _say_control(row.control),
        *_say_peers(row),
        *row.notes,
        _say_unknown(row.latest),
    ]
    return tuple(dict.fromkeys(_end(said.strip()) for said in found if said.strip()))


def _end(said: str) -> str:
    return said if said.endswith((".", "!", "?")) else f"{said}."


def _say_control(control: ControlState | None) -> str:
    """What the control chart says of the last month."""
    return control.sentence if control else ""


def say_change(row: ReportRow) -> str:
    """ "171 in January to March 2021, against 204 in January to March 2020: 33 fewer, or -16.2%." """
    before, latest = find_before(row), row.latest
    if before is None or latest.value is None or not row.change.is_known:
        return ""
    moved = say_moved(row.change)
    return f"{say_in(latest)}, against {say_in(before)}: {moved}."


def find_before(row: ReportRow) -> PeriodFigure | None:
    """The figure from which the row's change is counted; None where it is not known."""
    found = next((each for each in row.periods if each.to == row.change.before), None)
    return found if found and found.value is not None else None


def say_in(figure: PeriodFigure) -> str:
    """ "8,105 in the 12 months to March 2021"."""
    article = "the " if figure.span is Span.YEAR else ""
    return f"{figure.printed} in {article}{figure.words}"


def say_moved(change: ChangeOfRow) -> str:
    """ "33 fewer, or -16.2%"; "0.8 percentage points lower"; "no change"."""
    if change.direction == 0:
        return "no change"
    if change.unit == "points" and change.share is not None:
        points = change.share_printed.removesuffix("% pts").lstrip("+-")
        return f"{points} percentage points {'higher' if change.share > 0 else 'lower'}"
    number = change.actual_printed.lstrip("+-")
    way = "more" if change.direction > 0 else "fewer"
    return f"{number} {way}, or {change.share_printed}" if change.share is not None else f"{number} {way}"


def _say_rank(row: ReportRow) -> str:
    known = [each for each in row.periods if each.value is not None]
    if len(known) < _FEWEST_COMPARED or row.latest.value is None:
        return ""
    values = [each.value for each in known if each.value is not None]
    for word, best in (("highest", max(values)), ("lowest", min(values))):
        if row.latest.value == best and values.count(best) == 1:
            return f"That is the {word} of the {len(known)} periods shown."
    return ""


def _say_areas(areas: Sequence[AreaFigure], whole: ChangeOfRow) -> str:
    """Which areas moved most, of a change in number that areas add up to."""
    moved = [(area, area.change.actual) for area in areas if area.change.actual]
    if not moved or not whole.actual:
        return ""
    moved.sort(key=lambda each: (-abs(each[1] or Decimal()), each[0].name))
    said = [f"{area.name} {area.change.actual_printed}" for area, _ in moved[:MOST_AREAS]]
    rest = len(moved) - MOST_AREAS
    left = f" ({say_many(rest, 'more area')} changed)" if rest > 0 else ""
    return f"Of the change of {whole.actual_printed}: {', '.join(said)}{left}."


def _say_peers(row: ReportRow) -> Iterator[str]:
    known = [peer for peer in row.peers if peer.figure.value is not None]
    for peer in known[:MOST_AREAS]:
        note = f" ({peer.note})" if peer.note else ""
        yield f"{peer.name}: {say_in(peer.figure)}{note}."


def _say_unknown(latest: PeriodFigure) -> str:
    if latest.value is not None:
        return ""
    return latest.reason or f"The figure of {latest.words} is {latest.unknown_words}."
