"""Which ten questions should a hearing ask?

They are drawn from what is overdue, moved, disputed, recurring, or ended on little. Each question names its item,
rests on cited words and on facts of the record, and asks; it does not accuse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from bluelamp.assurance.reports.parts import (
    cite,
    left_out,
    marking_of,
    name_forces,
    refer,
    say_count,
    say_days,
    say_words,
)
from bluelamp.assurance.snapshot import ItemThen, Snapshot, read_day
from bluelamp.lib.calendar_days import say_day
from bluelamp.papers.model import Block, Cited, Paper, Paragraph, Quote, Section, Text, Words

MOST = 10
LONG_ENOUGH = 28
"""Days within which a force may well still be finding out who is to do a thing."""


@dataclass(frozen=True)
class Before:
    """An earlier point of the same theme and meaning."""

    reference: str
    year: int
    words: str
    source: Cited


@dataclass(frozen=True)
class Question:
    """`weight` puts the gravest first within its sort."""

    sort: str
    item: ItemThen
    ask: str
    because: str
    weight: float
    before: tuple[Before, ...] = ()


def make_questions_paper(snapshot: Snapshot, recurrences: Mapping[str, Sequence[Before]]) -> Paper:
    """The hearing brief. `recurrences`: earlier points by the key of the item they recur in."""
    questions = choose_questions(snapshot, recurrences)
    sections = tuple(
        Section(f"Question {number}: {question.sort}", _blocks(question), reference=str(question.item.reference))
        for number, question in enumerate(questions, 1)
    )
    empty = Section("Questions", (Paragraph("Nothing in the record calls for a question.", numbered=True),))
    count = say_count(len(questions), "question")
    return Paper(
        title=f"{name_forces(snapshot)}: a brief for a hearing",
        subtitle=f"{count[:1].upper() + count[1:]}, each with what it rests on",
        kind="hearing-brief",
        marking=marking_of(snapshot),
        as_of=snapshot.day,
        sections=sections or (empty,),
        notes=left_out(snapshot),
    )


def _blocks(question: Question) -> tuple[Block, ...]:
    item = question.item
    asked: Words = (Text(question.ask, bold=True),)
    blocks: list[Block] = [Paragraph(asked), Quote(say_words(item), cite(item))]
    blocks += [Quote(each.words, each.source, reference=each.reference) for each in question.before]
    rests: Words = (Text("It rests on "), refer(item), Text(f": {question.because}"))
    return (*blocks, Paragraph(rests))


def choose_questions(snapshot: Snapshot, recurrences: Mapping[str, Sequence[Before]]) -> list[Question]:
    """At most ten, one an item, the sorts taking turns so that ten overdue points do not hide a recurring one."""
    open_ = [item for item in snapshot.items if item.kind != "judgement"]

    def recurring(item: ItemThen) -> Question | None:
        return _recurring(item, recurrences.get(item.key, ()))

    found = [
        sorted((q for item in open_ if (q := ask(item))), key=lambda q: (-q.weight, str(q.item.place)))
        for ask in (recurring, *_ASKERS)
    ]
    chosen: list[Question] = []
    taken: set[str] = set()
    for question in (each for turn in zip_longest(*found) for each in turn if each):
        if question.item.key not in taken:
            taken.add(question.item.key)
            chosen.append(question)
    return chosen[:MOST]


def _overdue(item: ItemThen) -> Question | None:
    if not item.is_open or not item.days_overdue:
        return None
    who = f"{item.owner} owns it" if item.owner else "nobody owns it"
    ask = f"It is {say_days(item.days_overdue)} past its day: what stands in the way, and when will it be done?"
    due = item.due_day
    because = f"due {say_day(due) if due else 'on no day'}, {who}; {_say_answer(item)}."
    return Question("overdue", item, ask, because, item.days_overdue)


def _say_answer(item: ItemThen) -> str:
    answer = item.latest_answer
    day = read_day(answer["made"]) if answer else None
    return f"last answered on {say_day(day)}" if day else "no answer is recorded"


def _moved(item: ItemThen) -> Question | None:
    agreed = [change for change in item.target_changes if change["state"] == "agreed"]
    first, now = read_day(item.original_target), read_day(item.current_target)
    if not item.is_open or not agreed or not first or not now or now <= first:
        return None
    times = "once" if len(agreed) == 1 else f"{len(agreed)} times"
    ask = (
        f"Its date has moved {times}, from {say_day(first)} to {say_day(now)}: who is content with that, and why?"
    )
    because = "reasons given: " + "; ".join(str(change["reason"]).rstrip(".") for change in agreed) + "."
    return Question("moved dates", item, ask, because, (now - first).days)


def _disputed(item: ItemThen) -> Question | None:
    dispute = item.open_dispute
    if dispute is None:
        return None
    raised = read_day(dispute["raised"]) or item.day
    days = (item.day - raised).days
    stage = "no committee has been asked for advice" if not dispute["referred"] else "it is not decided"
    ask = f"The point has been in dispute for {say_days(days)} and {stage}: who will decide it, and when?"
    return Question("disputed", item, ask, f"reason given: {str(dispute['reason']).rstrip('.')}.", days)


def _thin(item: ItemThen) -> Question | None:
    """Signed off without evidence, or said to be complete elsewhere and tested by nobody here."""
    if item.closing == "closed-elsewhere":
        ask = "Another register called it complete and nobody here has tested that: how do you know it is?"
        return Question("closed elsewhere", item, ask, "closed elsewhere, not tested here.", 1)
    ended = item.sign_off
    if ended is None or ended["evidence"]:
        return None
    ask = "It was signed off without evidence: what would show the public that it no longer holds?"
    because = f"signed off as {str(ended['code']).replace('-', ' ')}: {str(ended['reason']).rstrip('.')}."
    return Question("signed off without evidence", item, ask, because, 2)


def _claimed(item: ItemThen) -> Question | None:
    if not item.is_open or item.delivery != "delivered" or item.assurance not in ("untested", "testing"):
        return None
    days = max((_days_since(item, row["delivered"]) for row in item.rows("actions")), default=0)
    ask = "Its owner says that it is done and nobody else has tested it: who will, and by when?"
    return Question(
        "the owner’s word alone", item, ask, f"delivered by its owner’s account {say_days(days)} ago.", days
    )


def _days_since(item: ItemThen, value: object) -> int:
    day = read_day(value)
    return (item.day - day).days if day else 0


def _unowned(item: ItemThen) -> Question | None:
    if not item.is_open or item.delivery != "unallocated":
        return None
    days = (item.day - item.added_day).days
    if days < LONG_ENOUGH:
        return None
    ask = f"Nobody has been given this in {say_days(days)}: who is to do it?"
    return Question("without an owner", item, ask, f"in the register since {say_day(item.added_day)}.", days)


def _recurring(item: ItemThen, before: Iterable[Before]) -> Question | None:
    earlier = tuple(sorted(before, key=lambda each: each.year))[:3]
    if not earlier or not item.is_open:
        return None
    years = ", ".join(dict.fromkeys(str(each.year) for each in earlier))
    ask = f"The same was said in {years}: why did what was done then not last?"
    names = ", ".join(each.reference for each in earlier)
    because = f"{say_count(len(earlier), 'earlier point')} of the same meaning: {names}."
    return Question("recurring", item, ask, because, item.day.year - earlier[0].year, earlier)


_ASKERS: tuple[Callable[[ItemThen], Question | None], ...] = (
    _overdue,
    _thin,
    _disputed,
    _moved,
    _claimed,
    _unowned,
)
