"""How severe is recorded crime: counts by offence code, each with its weight, over the people who live there?"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from io import StringIO

from bluelamp.lib.errors import PlainError
from bluelamp.performance.measures.counting import (
    Asked,
    Counted,
    LeftOut,
    Outcome,
    by_month,
    gather,
    months_covered,
)
from bluelamp.performance.measures.definition import Measure
from bluelamp.performance.measures.records import Record
from bluelamp.performance.series import Point


@dataclass(frozen=True)
class Weights:
    """A weight for each offence code, and which edition of them it is."""

    edition: str
    by_code: Mapping[str, Decimal]


def read_weights(text: str, *, name: str) -> Weights:
    """A CSV with the columns code and weight; its first line may be a comment ("# edition") that names it."""
    first, _, rest = text.partition("\n")
    edition = first.lstrip("#").strip() if first.startswith("#") else name
    found: dict[str, Decimal] = {}
    for line, row in enumerate(csv.DictReader(StringIO(rest if first.startswith("#") else text)), start=2):
        code = (row.get("code") or "").strip()
        try:
            weight = Decimal((row.get("weight") or "").replace(",", "").strip())
        except InvalidOperation as error:
            raise PlainError(f"{name}, row {line}: the weight of {code or 'a row'} is no number.") from error
        if not code or weight < 0:
            raise PlainError(f"{name}, row {line}: a weight needs a code and cannot be less than nothing.")
        if code in found:
            raise PlainError(f"{name}, row {line}: the code {code} has two weights.")
        found[code] = weight
    if not found:
        raise PlainError(f"{name} holds no weights: it needs the columns code and weight.")
    return Weights(edition, found)


def count_severity(
    records: Sequence[Record],
    measure: Measure,
    asked: Asked,
    *,
    weights: Weights,
    population: Mapping[str, int],
) -> Outcome:
    """The sum of counts times weights ("weighted"), and over the population ("score").

    `population` is people by area. A code without a weight makes the month's score unknown rather than low: the
    note names such codes. It cannot be worked out from the 14 public categories, which mix weights.
    """
    left = LeftOut()
    strange = sorted({r.words["code"] for r in records if r.words["code"] not in weights.by_code})
    left.add("the offence code has no weight", sum(r.words["code"] in strange for r in records))
    counted = []
    for (group, area), rows in gather(records, lambda record: record.words.get("group", "")).items():
        months = by_month(rows, lambda record: record.days["when"])
        weighted, scores = [], []
        for month in months_covered(records, "when", asked):
            here = months.get(month, [])
            if not here:
                point = score = Point(to=month, unknown="not-published")
            elif any(r.words["code"] in strange for r in here):
                point = score = Point(to=month, unknown="not-applicable")
            else:
                total = sum((r.numbers["count"] * weights.by_code[r.words["code"]] for r in here), Decimal(0))
                point = Point(to=month, value=total)
                people = population.get(area)
                score = (
                    Point(to=month, value=total / people, numerator=total, denominator=Decimal(people))
                    if people
                    else Point(to=month, unknown="not-recorded", numerator=total)
                )
            weighted.append(point)
            scores.append(score)
        counted += [
            Counted("weighted", group, area, tuple(weighted)),
            Counted("score", group, area, tuple(scores)),
        ]
    notes = [f"Weights: {weights.edition}."]
    if strange:
        notes.append(f"Without a weight: {', '.join(strange[:10])}{' and more' if len(strange) > 10 else ''}.")
    if missing := sorted({area for c in counted if (area := c.area) not in population}):
        notes.append(f"Without a population: {', '.join(missing[:10])}.")
    return Outcome(tuple(counted), {reason: n for reason, n in left.reasons.items() if n}, tuple(notes))
