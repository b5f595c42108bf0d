"""Which sentences stand at a theme's head? Made from the numbers of its indicators, to be kept or edited.

Only what happened: how many indicators are exceptions and which, and what changed most. Never why.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from bluelamp.figures.months import Month, Span, period_words
from bluelamp.performance.reports.model import ReportRow, Verdict

_MOST: Final = 3
_GROUPS: Final = (
    (Verdict.POSITIVE, "better than expected"),
    (Verdict.NEGATIVE, "worse than expected"),
    (Verdict.NEITHER, "unlike what was expected, neither good nor bad"),
)


def make_headlines(rows: Sequence[ReportRow], to: Month) -> tuple[str, ...]:
    """At most five sentences on the latest quarter and the last year."""
    if not rows:
        return ()
    sentences = [_say_exceptions(rows, to), *_say_groups(rows), *_say_changes(rows)]
    if unknown := [row for row in rows if row.latest.value is None]:
        subject = "indicator has" if len(unknown) == 1 else "indicators have"
        names = _join([f"{row.indicator.name} ({row.latest.unknown_words})" for row in unknown])
        sentences.append(f"{len(unknown)} {subject} no figure for {_period(unknown[0])}: {names}.")
    return tuple(sentences)


def _period(row: ReportRow) -> str:
    return f"the {row.latest.words}" if row.latest.span is Span.YEAR else row.latest.words


def _say_exceptions(rows: Sequence[ReportRow], to: Month) -> str:
    quarter = period_words(to, Span.QUARTER)
    number = sum(row.exception.verdict.is_exception for row in rows)
    untested = sum(row.exception.verdict is Verdict.CANNOT_TELL for row in rows)
    rest = f"; of {untested} it cannot be told" if untested else ""
    if untested == len(rows):
        return f"Of none of the {len(rows)} indicators can it be told whether {quarter} was an exception."
    return f"{count_exceptions(number, len(rows))} in {quarter}{rest}."


def count_exceptions(number: int, of: int) -> str:
    """ "3 of 61 indicators are exceptions". Of all of them, also those of which it cannot be told.

    A paper, the page of its draft and its headlines count so.
    """
    subject = "indicators is an exception" if number == 1 else "indicators are exceptions"
    return f"{number or 'None'} of {of} {subject}"


def _say_groups(rows: Sequence[ReportRow]) -> list[str]:
    sentences = []
    for verdict, words in _GROUPS:
        if found := [row for row in rows if row.exception.verdict is verdict]:
            sentences.append(f"{words[:1].upper()}{words[1:]}: {_join([_say_row(row) for row in found])}.")
    return sentences


def _say_changes(rows: Sequence[ReportRow]) -> list[str]:
    """What changed most in per cent among the rest; points are not per cent and are not ranked with them."""
    moved = [
        row
        for row in rows
        if row.change.unit == "percent" and row.change.share and not row.exception.verdict.is_exception
    ]
    largest = sorted(moved, key=lambda row: (-abs(row.change.share or Decimal()), row.code))[:_MOST]
    if not largest:
        return []
    return [f"Largest changes over the year without an exception: {_join([_say_row(row) for row in largest])}."]


def _say_row(row: ReportRow) -> str:
    """ "Knife crime (-7.9%, to 707)"."""
    if not row.change.is_known:
        return row.indicator.name
    return f"{row.indicator.name} ({row.change.share_printed}, to {row.latest.printed})"


def _join(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
