"""Which standards are in force for an indicator at a day, and are they met?"""

from __future__ import annotations

import datetime as dt

from bluelamp.lib.calendar_days import say_day
from bluelamp.performance.plans import Indicator, Standard
from bluelamp.performance.reports.model import PeriodFigure, StandardOfRow
from bluelamp.performance.reports.printing import places_of, print_value
from bluelamp.performance.series import FORCE

_KINDS = {"standard": "standard", "target": "target", "national-average": "national average"}


def standards_in_force(indicator: Indicator, day: dt.date, area: str = FORCE) -> tuple[Standard, ...]:
    """Those that hold on the day: the area's own in place of those of every area, where it has any."""
    holding = [
        each
        for each in indicator.standards
        if (each.first is None or each.first <= day) and (each.last is None or day <= each.last)
    ]
    own = tuple(each for each in holding if each.area == area)
    return own or tuple(each for each in holding if not each.area or (area == FORCE and each.area == FORCE))


def judge_standards(indicator: Indicator, latest: PeriodFigure, area: str = FORCE) -> tuple[StandardOfRow, ...]:
    return tuple(_judge(indicator, each, latest) for each in standards_in_force(indicator, latest.to.last, area))


def _judge(indicator: Indicator, standard: Standard, latest: PeriodFigure) -> StandardOfRow:
    wanted = print_value(indicator, standard.value, places=max(indicator.decimals, places_of(standard.value)))
    direction = "at least" if standard.direction == "at-least" else "at most"
    name = f"The {_KINDS.get(standard.kind, standard.kind)} is {direction} {wanted}"
    since = f" since {say_day(standard.first)}" if standard.first else ""
    unsure = "" if standard.verified else " (not verified)"
    source = f" ({standard.source})" if standard.source else ""
    if latest.value is None:
        return StandardOfRow(
            standard=standard,
            met=None,
            sentence=f"{name}{since}{source}{unsure}; the figure is not known: {latest.unknown_words}.",
        )
    met = latest.value >= standard.value if standard.direction == "at-least" else latest.value <= standard.value
    verdict = "met" if met else "not met"
    sentence = f"{name}{since}{source}{unsure}; {latest.printed} in the {latest.words}: {verdict}."
    return StandardOfRow(standard=standard, met=met, sentence=sentence)
