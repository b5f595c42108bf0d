"""Of how many was it true: attended within the standard, answered, complied with, satisfied, found?"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from bluelamp.performance.measures.counting import (
    Asked,
    Counted,
    LeftOut,
    Outcome,
    by_month,
    gather,
    middle,
    months_covered,
    number_point,
    share_point,
)
from bluelamp.performance.measures.definition import Measure
from bluelamp.performance.measures.records import SECONDS, Record

SATISFIED: Final = "satisfied"
NO_ANSWER: Final = "no-answer"


def count_within(records: Sequence[Record], measure: Measure, asked: Asked) -> Outcome:
    """Rows no longer than the standard in force on their day, of those whose time is known; and the median time.

    Left out, by name: rows without a time, with an end before the start, or with no standard on their day.
    """
    left, kept = LeftOut(), []
    for record in records:
        taken = _taken(record, measure)
        day, group = record.days["when"], record.words.get("group", "")
        limit = next((each for each in measure.limits if each.group == group and each.holds_on(day)), None)
        if taken is None:
            left.add("no time was recorded")
        elif taken < 0:
            left.add("the end stands before the start")
        elif limit is None:
            left.add("no standard was in force")
        else:
            kept.append((record, taken, taken <= limit.limit))
    judged = {id(record): (taken, within) for record, taken, within in kept}
    counted = []
    for (group, area), rows in gather((record for record, _, _ in kept), _group).items():
        months = by_month(rows, lambda record: record.days["when"])
        span = list(months_covered(records, "when", asked))
        shares = (
            share_point(m, sum(judged[id(r)][1] for r in months.get(m, [])), len(months.get(m, []))) for m in span
        )
        times = (
            number_point(m, middle([judged[id(r)][0] for r in months.get(m, [])]), sample=len(months.get(m, [])))
            for m in span
        )
        counted += [
            Counted("within", group, area, tuple(shares)),
            Counted("median", group, area, tuple(times)),
        ]
    return Outcome(tuple(counted), dict(left.reasons))


def _group(record: Record) -> str:
    return record.words.get("group", "")


def _taken(record: Record, measure: Measure) -> Decimal | None:
    """How long it took, in the measure's unit."""
    if "taken" in record.numbers:
        return record.numbers["taken"]
    start, end = record.moments.get("start"), record.moments.get("end")
    if start is None or end is None:
        return None
    return Decimal(int((end - start).total_seconds())) / SECONDS[measure.unit or "minutes"]


def count_share(records: Sequence[Record], measure: Measure, asked: Asked) -> Outcome:
    """Rows of which it is true, of those that say so ("of-known") and of all rows ("of-all").

    A blank is neither yes nor no. Where many are blank the two shares stand far apart, and both are given, with
    the share of rows that say anything ("said").
    """
    counted = []
    for (group, area), rows in gather(records, _group).items():
        months = by_month(rows, lambda record: record.days["when"])
        span = list(months_covered(records, "when", asked))
        yes = {m: sum(r.truths.get("truth") is True for r in months.get(m, [])) for m in span}
        known = {m: sum("truth" in r.truths for r in months.get(m, [])) for m in span}
        counted += [
            Counted("of-known", group, area, tuple(share_point(m, yes[m], known[m]) for m in span)),
            Counted("of-all", group, area, tuple(share_point(m, yes[m], len(months.get(m, []))) for m in span)),
            Counted("said", group, area, tuple(share_point(m, known[m], len(months.get(m, []))) for m in span)),
            Counted("number", group, area, tuple(number_point(m, len(months.get(m, []))) for m in span)),
        ]
    blank = sum("truth" not in record.truths for record in records)
    notes = (f"{blank:,} of {len(records):,} rows say neither yes nor no.",) if blank else ()
    return Outcome(tuple(counted), {}, notes)


def count_survey(records: Sequence[Record], measure: Measure, asked: Asked) -> Outcome:
    """Those who are satisfied, of those who answered; the number asked stands beside it as the sample."""
    left = LeftOut()
    left.add("the question was not answered", sum(r.words.get("answer") == NO_ANSWER for r in records))
    counted = []
    for (group, area), rows in gather(records, _group).items():
        months = by_month(rows, lambda record: record.days["when"])
        points = []
        for month in months_covered(records, "when", asked):
            answered = [r for r in months.get(month, []) if r.words.get("answer", NO_ANSWER) != NO_ANSWER]
            points.append(share_point(month, sum(r.words["answer"] == SATISFIED for r in answered), len(answered)))
        counted.append(Counted("satisfied", group, area, tuple(points)))
    return Outcome(tuple(counted), {reason: n for reason, n in left.reasons.items() if n})


def count_ratio(records: Sequence[Record], measure: Measure, asked: Asked) -> Outcome:
    """One column's sum over another's: staff in post over establishment, hours lost over hours contracted."""
    counted = []
    for (group, area), rows in gather(records, _group).items():
        months = by_month(rows, lambda record: record.days["when"])
        points = []
        for month in months_covered(records, "when", asked):
            here = months.get(month, [])
            top = sum((r.numbers["numerator"] for r in here), Decimal(0))
            bottom = sum((r.numbers["denominator"] for r in here), Decimal(0))
            points.append(share_point(month, top, bottom))
        counted.append(Counted("share", group, area, tuple(points)))
    return Outcome(tuple(counted), {})
