"""How is what was measured said: each cell for a program (`bluelamp.measure/1`), and as a row for a person?

Of what is published (`suppression_tables`) a cell says too which of its numbers are withheld, and how far the
others may be from what was counted; neither is said of anything else.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, Final, Protocol

from bluelamp.figures.months import Month
from bluelamp.performance.cubes.coverage_grid import Flags, Indices, State
from bluelamp.performance.cubes.cube_plan import MONTH
from bluelamp.performance.cubes.measuring import Figures, KeyColumn, Measured
from bluelamp.performance.warehouse.coverage import Covered

SCHEMA: Final = "bluelamp.measure/1"
MOST_NAMED: Final = 12
"""Absent force-months that a cell names; of more it says how many."""
CONFIDENCE: Final = 0.95
WITHHELD: Final = "withheld"


class Withholding(Protocol):
    """What is published: of each output the cells that are withheld, how far others may be off, and why a share is
    not given."""

    @property
    def withheld(self) -> tuple[Flags, ...]: ...

    @property
    def within(self) -> tuple[tuple[Indices, Indices], ...]: ...

    def say_open(self, nth: int, row: int) -> str: ...


def measure_to_wire(measured: Measured) -> dict[str, Any]:
    """All but the cells, which are many."""
    measure = measured.measure
    return {
        "schema": SCHEMA,
        "measure": measure.slug,
        "name": measure.name,
        "engine": measured.engine,
        "kind": measure.kind,
        "load": measured.load,
        "by": [key.name for key in measured.asked.keys],
        "window": measured.asked.span.value if measured.asked.by_month else "span",
        "outputs": [
            {
                "output": each.slug,
                "name": each.name,
                "unit": each.unit,
                "numerator": measure.tallies[each.numerator].name,
                "denominator": measure.tallies[each.denominator].name if each.denominator else None,
            }
            for each in measure.outputs
        ],
        "unlisted": "none" if measured.made else "no records where the month was published",
        "maturity_months": measure.maturity_months or None,
        "verified": measure.verified,
        "notes": measure.notes,
    }


def cells_to_wire(measured: Measured, published: Withholding | None = None) -> Iterator[dict[str, Any]]:
    """Of each cell as many as there are outputs, which differ in `output` and `of`."""
    for row in range(len(measured)):
        keys = {each.key.name: key_value(each, row) for each in measured.keys}
        for nth, figures in enumerate(measured.figures):
            cell = _cell_to_wire(measured, figures, row, keys)
            yield _withhold(cell, published, nth, row) if published else cell


def _withhold(cell: dict[str, Any], published: Withholding, nth: int, row: int) -> dict[str, Any]:
    """Neither a number that is withheld nor one that was counted of a part of a cell."""
    hidden = bool(published.withheld[nth][row])
    top, bottom = (int(each[row]) for each in published.within[nth])
    cell["withheld"] = hidden
    cell["within"] = {"numerator": top, "denominator": None if cell["denominator"] is None else bottom}
    cell["not_given"] = published.say_open(nth, row) or None
    cell["coverage"].pop("counted", None)
    if hidden:
        cell |= {"numerator": None, "denominator": None, "value": None, "interval": None, "within": None}
    elif cell["numerator"] is None:
        cell["within"] = None
    return cell


def key_value(column: KeyColumn, row: int) -> str | bool | int | None:
    value = column.values[column.codes[row]]
    return str(Month.at(int(value))) if column.key.name == MONTH and value is not None else value


def _cell_to_wire(measured: Measured, figures: Figures, row: int, keys: dict[str, Any]) -> dict[str, Any]:
    output = figures.output
    complete = measured.states[row] == State.COMPLETE
    counted = (
        plain_number(figures.numerator[row]),
        None if figures.denominator is None else plain_number(figures.denominator[row]),
    )
    cell: dict[str, Any] = {
        "keys": keys,
        "output": output.slug,
        "of": measured.measure.tallies[output.denominator].name if output.denominator else None,
        "numerator": counted[0] if complete else None,
        "denominator": counted[1] if complete else None,
        "value": _value(figures, row) if complete else None,
        "interval": _interval(figures, row),
        "coverage": coverage_to_wire(measured, row),
    }
    if not complete and measured.states[row] == State.PARTIAL:
        cell["coverage"]["counted"] = {"numerator": counted[0], "denominator": counted[1]}
    return cell


def plain_number(value: Any) -> Any:
    """Whole as an int, decimals as they are."""
    return value.item() if hasattr(value, "item") else value


def _value(figures: Figures, row: int) -> Any:
    if figures.denominator is None:
        return plain_number(figures.numerator[row])
    value = float(figures.value[row])
    return None if math.isnan(value) else value


def _interval(figures: Figures, row: int) -> dict[str, Any] | None:
    low, high = float(figures.low[row]), float(figures.high[row])
    if math.isnan(low) or math.isnan(high):
        return None
    method = (
        "wilson" if figures.output.unit == "percentage" else "exact" if figures.numerator[row] < 10 else "byars"
    )
    return {"low": low, "high": high, "confidence": CONFIDENCE, "method": method}


def coverage_to_wire(measured: Measured, row: int) -> dict[str, Any]:
    """`comparable` is there only for measures whose figures ripen."""
    state = State(int(measured.states[row]))
    wire: dict[str, Any] = {"state": state.word}
    if state is not State.COMPLETE:
        missing = _missing(measured, row)
        wire["absent"] = [
            {"force": each.force, "month": str(each.month), "presence": each.presence.value}
            for each in missing[:MOST_NAMED]
        ]
        if len(missing) > MOST_NAMED:
            wire["more"] = len(missing) - MOST_NAMED
    if measured.measure.maturity_months:
        wire["comparable"] = bool(measured.comparable[row])
    return wire


def _missing(measured: Measured, row: int) -> list[Covered]:
    return measured.grid.find_missing(int(measured.scopes[row]), int(measured.ends[row]))


# -- for people ---------------------------------------------------------------------------------------------


def say_coverage(measured: Measured, row: int) -> str:
    state = State(int(measured.states[row]))
    if state is State.COMPLETE:
        ripe = not measured.measure.maturity_months or bool(measured.comparable[row])
        return "" if ripe else "not yet comparable"
    missing = _missing(measured, row)
    first = (
        f"{missing[0].force} {missing[0].month.short} ({missing[0].presence.value})" if missing else "its force"
    )
    more = f" and {len(missing) - 1:,} more" if len(missing) > 1 else ""
    return f"unknown: without {first}{more}"


def say_row(
    measured: Measured, figures: Figures, row: int, *, published: Withholding | None = None
) -> tuple[str, ...]:
    """The keys, then numerator, denominator where there is one, value with its interval, and coverage."""
    keys = [say_key(key_value(each, row)) for each in measured.keys]
    complete = measured.states[row] == State.COMPLETE
    numbers = [figures.numerator] if figures.denominator is None else [figures.numerator, figures.denominator]
    nth = next((nth for nth, each in enumerate(measured.figures) if each is figures), 0)
    if published and published.withheld[nth][row] and complete:
        return (*keys, WITHHELD, *([WITHHELD, WITHHELD] if len(numbers) > 1 else []), say_coverage(measured, row))
    margins = [int(each[row]) for each in published.within[nth]] if published else [0, 0]
    said = [
        say_within(plain_number(each[row]), margin) if complete else ""
        for each, margin in zip(numbers, margins, strict=False)
    ]
    if figures.denominator is not None:
        left = published.say_open(nth, row) if published else ""
        said.append((left or say_share(figures, row)) if complete else "")
    return (*keys, *said, say_coverage(measured, row))


def say_key(value: str | bool | int | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "(blank)" if value is None else str(value)


def say_number(value: Any) -> str:
    return "none" if value is None else f"{value:,}"


def say_within(value: Any, margin: int) -> str:
    """With how far it may be off, where it may."""
    return f"{say_number(value)} ± {margin:,}" if margin else say_number(value)


def say_share(figures: Figures, row: int) -> str:
    value = float(figures.value[row])
    if math.isnan(value):
        return "none to divide by"
    if figures.output.unit != "percentage":
        return f"{value:,.2f}"
    low, high = float(figures.low[row]), float(figures.high[row])
    if math.isnan(low) or math.isnan(high):
        return f"{value:.1f}%"
    return f"{value:.1f}% ({low:.1f} to {high:.1f})"
