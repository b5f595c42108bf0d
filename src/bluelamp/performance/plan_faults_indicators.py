"""What is wrong with one indicator of a plan: its fields, its standards, its dated changes?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from bluelamp.performance.plan_shape import PlanFault, advice, fault, say_meant
from bluelamp.performance.plans import (
    AIMS,
    DIRECTIONS,
    FREQUENCIES,
    POLARITIES,
    STANDARD_KINDS,
    UNITS,
    Indicator,
    Plan,
    Standard,
)
from bluelamp.performance.series import FORCE

_AGAINST = {("increase", "lower-is-better"), ("reduce", "higher-is-better")}
_MOST_DECIMALS = 6
_NEVER_NEGATIVE = ("count", "rate", "ratio", "days")


def find_indicator_faults(plan: Plan, indicator: Indicator, day: dt.date | None) -> list[PlanFault]:
    """The faults of an indicator; a review that is past is said where `day` is given."""
    place = f"indicator {indicator.code}"
    return [
        *_of_words(plan, indicator, place),
        *_of_choices(indicator, place),
        *_of_unit(indicator, place),
        *_of_upkeep(indicator, place, day),
        *_of_standards(plan, indicator, place),
        *_of_changes(plan, indicator, place),
    ]


def _of_words(plan: Plan, indicator: Indicator, place: str) -> Iterator[PlanFault]:
    if not indicator.code.strip() or indicator.code != indicator.code.strip():
        yield fault(f"indicator “{indicator.name}”", "its code is empty, or has a space before or behind it")
    if "/" in indicator.code:
        yield fault(place, "a code may hold no slash, since it is part of an address")
    if not indicator.name.strip():
        yield fault(place, "it has no name")
    codes = [theme.code for theme in plan.themes]
    if indicator.theme not in codes:
        meant = say_meant(indicator.theme, codes)
        yield fault(place, f"the plan has no theme “{indicator.theme}”{meant or _say_all(codes)}")


def _say_all(codes: list[str]) -> str:
    return f"; it has {', '.join(codes)}" if codes else ""


def _of_choices(indicator: Indicator, place: str) -> Iterator[PlanFault]:
    for field, said, choices in (
        ("aim", indicator.aim, AIMS),
        ("polarity", indicator.polarity, POLARITIES),
        ("unit", indicator.unit, UNITS),
        ("frequency", indicator.frequency, FREQUENCIES),
    ):
        if said not in choices:
            yield fault(place, _none_of(field, said, choices))
    if (indicator.aim, indicator.polarity) in _AGAINST:
        yield advice(
            place,
            f"the aim is to {indicator.aim} it, and its polarity says {indicator.polarity.replace('-', ' ')}:"
            " one of them is wrong, or the reason must say why both are right",
        )
    if not indicator.polarity_reason.strip():
        yield advice(place, "it gives no reason for its polarity")


def _none_of(field: str, said: str, choices: tuple[str, ...]) -> str:
    return f"the {field} “{said[:40]}” is none of {', '.join(choices)}{say_meant(said, choices)}"


def _of_unit(indicator: Indicator, place: str) -> Iterator[PlanFault]:
    if indicator.unit == "rate" and indicator.per <= 0:
        yield fault(place, "it is a rate, and does not say per how many (“per: 1000”)")
    if indicator.per < 0 or (indicator.per and indicator.unit != "rate"):
        yield advice(place, f"“per: {indicator.per}” is for rates, and it is a {indicator.unit}")
    if not 0 <= indicator.decimals <= _MOST_DECIMALS:
        yield fault(place, f"decimals must be from 0 to {_MOST_DECIMALS}, and not {indicator.decimals}")
    if not indicator.numerator.strip():
        yield advice(place, "it does not say what is counted (numerator)")
    if indicator.unit in ("percentage", "rate", "mean", "ratio") and not indicator.denominator.strip():
        yield advice(place, f"it is a {indicator.unit}, and does not say of what (denominator)")


def _of_upkeep(indicator: Indicator, place: str, day: dt.date | None) -> Iterator[PlanFault]:
    if indicator.lag_days < 0 or indicator.maturity_months < 0:
        yield fault(place, "lag and maturity cannot be negative")
    if indicator.lag_days == 0:
        yield advice(place, "it is not known how long after a period's end its figures are there (lag_days)")
    if not indicator.checked_by.strip():
        yield advice(place, "nobody is named who checked its definition (checked_by)")
    elif indicator.checked_by.strip().casefold() == indicator.written_by.strip().casefold():
        yield advice(place, "who wrote its definition checked it too")
    if day is not None and indicator.review_by is not None and indicator.review_by < day:
        yield advice(place, f"its definition was to be looked at again by {indicator.review_by}")
    if not indicator.source.strip():
        yield advice(place, "it does not say where its figures come from (source)")
    if not indicator.why.strip():
        yield advice(place, "it does not say why it matters (why)")
    if not indicator.verified and not indicator.notes.strip():
        yield advice(place, "it is not verified, and its notes do not say what is unsure")


# -- standards -----------------------------------------------------------------------------------------------


def _of_standards(plan: Plan, indicator: Indicator, place: str) -> Iterator[PlanFault]:
    for number, standard in enumerate(indicator.standards, start=1):
        yield from _of_standard(plan, indicator, standard, f"{place}, standard {number}")
    numbered = enumerate(indicator.standards, start=1)
    for (first, one), (second, other) in combinations(numbered, 2):
        if (one.kind, one.area) == (other.kind, other.area) and _overlap(one, other):
            yield fault(place, f"standards {first} and {second} hold on the same days for the same area")


def _of_standard(plan: Plan, indicator: Indicator, standard: Standard, place: str) -> Iterator[PlanFault]:
    if standard.direction not in DIRECTIONS:
        yield fault(place, _none_of("direction", standard.direction, DIRECTIONS))
    if standard.kind not in STANDARD_KINDS:
        yield fault(place, _none_of("kind", standard.kind, STANDARD_KINDS))
    if not standard.source.strip():
        yield fault(place, "it has no source: a standard is somebody's, and dated")
    if standard.first and standard.last and standard.last < standard.first:
        yield fault(place, f"it ends on {standard.last}, before it begins on {standard.first}")
    if standard.area not in ("", FORCE) and plan.area(standard.area) is None:
        slugs = [area.slug for area in plan.areas]
        yield fault(place, f"the plan has no area “{standard.area}”{say_meant(standard.area, slugs)}")
    if indicator.unit == "percentage" and not 0 <= standard.value <= 100:
        yield fault(place, f"{standard.value} is no percentage: write 90 for 90%")
    elif indicator.unit == "percentage" and 0 < standard.value <= 1:
        yield advice(place, f"{standard.value} is read as {standard.value}%: write 90 for 90%")
    elif indicator.unit in _NEVER_NEGATIVE and standard.value < Decimal(0):
        yield fault(place, f"{standard.value} is below zero, which a {indicator.unit} cannot be")
    wanted = {"at-least": "lower-is-better", "at-most": "higher-is-better"}.get(standard.direction)
    if wanted == indicator.polarity and standard.kind != "national-average":
        yield advice(
            place,
            f"it asks for {standard.direction.replace('-', ' ')}, and {indicator.polarity.replace('-', ' ')}",
        )


def _overlap(one: Standard, other: Standard) -> bool:
    starts = max(one.first or dt.date.min, other.first or dt.date.min)
    return starts <= min(one.last or dt.date.max, other.last or dt.date.max)


# -- dated changes -------------------------------------------------------------------------------------------


def _of_changes(plan: Plan, indicator: Indicator, place: str) -> Iterator[PlanFault]:
    days = [change.day for change in indicator.recording_changes]
    for number, change in enumerate(indicator.recording_changes, start=1):
        where = f"{place}, recording change {number}"
        if not change.words.strip():
            yield fault(where, "it does not say what changed")
        if not change.source.strip():
            yield advice(where, "it has no source")
        if (plan.first and change.day < plan.first) or (plan.last and change.day > plan.last):
            yield advice(where, f"{change.day} is outside the plan's time")
        if days.index(change.day) < number - 1:
            yield advice(where, f"another change of {change.day} stands before it: say both in one")
