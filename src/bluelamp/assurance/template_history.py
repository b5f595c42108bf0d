"""What happened to an item since the template went out, that an answer in it should not pass over?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from bluelamp.assurance.template_answers import GivenAnswer
from bluelamp.assurance.template_likeness import plain
from bluelamp.assurance.template_mark import hash_words
from bluelamp.assurance.template_model import TemplateItem
from bluelamp.lib.calendar_days import say_day


@dataclass(frozen=True, kw_only=True)
class CurrentItem:
    """An item as it is now: its words and answers, and whether it can still be answered."""

    item: TemplateItem
    closing: str = ""  # what it was signed off as; "" while it is open
    merged_into: str = ""  # the reference that it goes by now


@dataclass(frozen=True)
class Since:
    reason: str = ""  # one sentence; "" where nothing happened
    is_same: bool = False  # the answer is the one we have


def what_happened_since(
    item: TemplateItem,
    current: CurrentItem | None,
    answer: GivenAnswer,
    sent: dt.datetime | None,
    then: Mapping[str, TemplateItem],
) -> Since:
    """What stands against taking the answer as it is."""
    reference = item.reference
    if current is None:
        return Since(f"{reference} cannot be answered here any more.")
    if current.merged_into:
        return Since(f"{reference} was merged into {current.merged_into} since the template went out.")
    if _says_again(answer, current):
        last = current.item.answers[-1]
        return Since(f"It says what was answered on {say_day(last.day)}.", is_same=True)
    if current.closing:
        return Since(f"{reference} is closed: {current.closing}. Its answer can be kept only by reopening it.")
    if sent is None or reference not in then:
        return Since()
    if hash_words(current.item.all_words) != hash_words(item.all_words):
        return Since(
            f"The words of {reference} were changed since the template went out on {say_day(sent.date())}."
        )
    day = sent.date()
    newer = [each for each in current.item.answers if each.made is not None and each.made > sent]
    if newer:
        last = newer[-1]
        return Since(
            f"Another answer came from {last.by} on {say_day(last.day)}, after the template went out on "
            f"{say_day(day)}."
        )
    return Since()


def _says_again(answer: GivenAnswer, current: CurrentItem) -> bool:
    answers = current.item.answers
    if not answers or not answer.action:
        return False
    more = answer.response or answer.delivery or answer.target_printed or answer.evidence or answer.pictures
    return not more and plain(answers[-1].words) == plain(answer.action)
