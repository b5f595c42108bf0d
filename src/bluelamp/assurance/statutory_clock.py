"""By which day must the local policing body's response be published, and is it late? (Police Act 1996, section 55)

The period of 56 days begins with the day on which the report is published, so its last day is publication + 55
days. The duty is data (`vocabularies/statutory.yaml`): a report published before it commenced is never late by it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bluelamp.lib.calendar_days import say_day
from bluelamp.lib.definitions import SHIPPED, read_definition


@dataclass(frozen=True, kw_only=True)
class Stance:
    slug: str
    name: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class Duty:
    """Which points must be answered, how, and within how many days counted with the day of publication."""

    period_days: int
    commenced: dt.date
    verified: bool
    source: str
    by_law: tuple[str, ...]
    by_practice: tuple[str, ...]
    stances: tuple[Stance, ...]

    @property
    def answered_kinds(self) -> tuple[str, ...]:
        return (*self.by_law, *self.by_practice)


@lru_cache(maxsize=4)
def load_duty(extra: Path | None = None) -> Duty:
    own = extra / "vocabularies" / "statutory.yaml" if extra else None
    return read_definition(own if own and own.is_file() else SHIPPED / "vocabularies" / "statutory.yaml", Duty)


@dataclass(frozen=True, kw_only=True)
class Clock:
    """`last_day` is None where the duty does not hold. `days_left` is negative when late, None when answered."""

    last_day: dt.date | None
    days_left: int | None
    late: bool
    says: str


def read_clock(*, published: dt.date, answered: dt.date | None, day: dt.date, duty: Duty | None = None) -> Clock:
    """The clock of a report published on `published`, as it stands on `day`."""
    duty = duty or load_duty()
    if published < duty.commenced:
        says = f"Published before the {duty.period_days} days became law: no last day."
        return Clock(last_day=None, days_left=None, late=False, says=says)
    last = published + dt.timedelta(days=duty.period_days - 1)
    if answered:
        late = answered > last
        when = f"{_say_days((answered - last).days)} after the last day" if late else "in time"
        says = f"Published on {say_day(answered)}, {when} (last day {say_day(last)})."
        return Clock(last_day=last, days_left=None, late=late, says=says)
    left = (last - day).days
    return Clock(last_day=last, days_left=left, late=left < 0, says=_say_left(left, last))


def _say_left(left: int, last: dt.date) -> str:
    if left < 0:
        return f"Late by {_say_days(-left)}: the last day was {say_day(last)}."
    if left == 0:
        return f"Due today, {say_day(last)}."
    return f"{_say_days(left)} left: the last day is {say_day(last)}."


def _say_days(days: int) -> str:
    return "1 day" if days == 1 else f"{days:,} days"
