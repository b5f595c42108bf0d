"""How is a series for a control chart written as JSON, and how is its chart?

The layout is that of the reference's own cases: `{"values", "dates", "improvement_direction", "screen_outliers",
"fix_after_n_points", "rebase", "target"}` in, columns of equal length out, one entry a date, in order of the
dates. A series of one point may be written, and is then answered, without lists. What a case does not say, or
says as null, comes from the defaults.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from bluelamp.figures.control_charts import (
    Assurance,
    ControlChart,
    ControlPoint,
    make_control_chart,
)
from bluelamp.figures.control_rules import ControlSettings, find_improvement, find_rules
from bluelamp.figures.months import Month
from bluelamp.lib.errors import PlainError
from bluelamp.lib.names import show_name

KNOWN: Final = frozenset(
    {"values", "dates", "rebase", "target", "rules"}
    | {"improvement_direction", "screen_outliers", "fix_after_n_points"}
)
Column = Sequence[float | int | str | bool | None]
_COLUMNS: Final[Mapping[str, Callable[[ControlPoint], float | int | str | bool | None]]] = {
    "rebase_group": lambda point: point.group,
    "mean": lambda point: point.limits.mean if point.limits else None,
    "lpl": lambda point: point.limits.lower if point.limits else None,
    "upl": lambda point: point.limits.upper if point.limits else None,
    "outside_limits": lambda point: point.outside,
    "relative_to_mean": lambda point: point.side,
    "close_to_limits": lambda point: point.near,
    "special_cause_type": lambda point: point.cause,
    "point_type": lambda point: point.kind,
    "short_group_warning": lambda point: point.short_group,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A series with what was asked of it. `bare` is a series of one point that came without lists."""

    days: tuple[dt.date, ...]
    values: tuple[float | None, ...]
    settings: ControlSettings
    bare: bool = False

    def chart(self) -> ControlChart:
        return make_control_chart(self.days, self.values, self.settings)

    @property
    def unused_rebases(self) -> tuple[dt.date, ...]:
        """Dates of the rebase that no point has, so that nothing begins anew there."""
        return tuple(day for day in self.settings.rebase if day not in self.days)


def read_case(raw: object, defaults: ControlSettings) -> Case:
    """One case's `input`; PlainError says what in it cannot be used."""
    if not isinstance(raw, Mapping):
        raise PlainError("The case has no “input”: give an object with “values” and “dates”.")
    values, dates = raw.get("values"), raw.get("dates")
    if values is None or dates is None:
        raise PlainError(f"The case has no “{'values' if values is None else 'dates'}”: give a list.")
    return Case(
        days=tuple(_read_day(each, f"Date {nth}") for nth, each in enumerate(_listed(dates), 1)),
        values=tuple(_read_value(each, f"Value {nth}") for nth, each in enumerate(_listed(values), 1)),
        settings=_read_settings(raw, defaults),
        bare=not isinstance(values, list),
    )


def _listed(raw: object) -> list[Any]:
    return raw if isinstance(raw, list) else [raw]


def _read_settings(raw: Mapping[str, Any], defaults: ControlSettings) -> ControlSettings:
    settings = defaults
    if (rebase := raw.get("rebase")) is not None:
        settings = replace(settings, rebase=tuple(_read_day(each, "The rebase") for each in _listed(rebase)))
    if (fix_after := raw.get("fix_after_n_points")) is not None:
        settings = replace(settings, fix_after=_read_whole(fix_after, "fix_after_n_points"))
    if (target := raw.get("target")) is not None:
        settings = replace(settings, target=_read_value(target, "The target"))
    if (direction := raw.get("improvement_direction")) is not None:
        settings = replace(settings, improvement=find_improvement(str(direction)))
    if (screen := raw.get("screen_outliers")) is not None:
        if not isinstance(screen, bool):
            raise PlainError(f"screen_outliers is {_show(screen)}: write true or false.")
        settings = replace(settings, screen_outliers=screen)
    if (rules := raw.get("rules")) is not None:
        settings = replace(settings, rules=find_rules(str(rules)))
    return settings


def _read_value(raw: object, place: str) -> float | None:
    if raw is None:
        return None
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise PlainError(f"{place} is {_show(raw)}: give a number, or null where it is missing.")
    try:
        return float(raw)
    except OverflowError:
        raise PlainError(f"{place} is too large to be charted: give a smaller number.") from None


def _read_whole(raw: object, place: str) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or raw != raw // 1:
        raise PlainError(f"{place} is {_show(raw)}: give a whole number.")
    return int(raw)


def _read_day(raw: object, place: str) -> dt.date:
    """ "2021-03-01", "2021-03" (its first day), or a day with a time, of which the day is kept."""
    if isinstance(raw, str):
        for read in (dt.date.fromisoformat, lambda said: Month.parse(said).first, _day_of_time):
            try:
                return read(raw.strip())
            except ValueError:
                continue
    raise PlainError(f"{place} is {_show(raw)}: write a date as 2021-03-01 or 2021-03.")


def _day_of_time(said: str) -> dt.date:
    return dt.datetime.fromisoformat(said).date()


def _show(raw: object) -> str:
    said = str(raw) if isinstance(raw, str | int | float | bool) else type(raw).__name__
    return f"“{show_name(said[:40])}”" if said else "empty"


def write_chart(chart: ControlChart, *, bare: bool = False) -> dict[str, Column | float | int | str | bool | None]:
    """The chart's columns and icons, by the reference's names.

    Of a missing value everything is null but its group and limits. A last group without limits cannot be set
    against a target; the reference calls that inconsistent, and so does this column, for programs that compare.
    """
    wire: dict[str, Column | float | int | str | bool | None] = {}
    for name, tell in _COLUMNS.items():
        column = [tell(point) for point in chart.points]
        wire[name] = column[0] if bare else column
    wire["variation_icon"] = chart.variation
    unsaid = chart.assurance is Assurance.NO_LIMITS
    wire["assurance"] = Assurance.INCONSISTENT if unsaid else chart.assurance
    return wire
