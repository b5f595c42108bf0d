"""Which rows of a returned template belong together: split, continued, repeated, or answered twice?"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bluelamp.assurance.template_answers import NOTHING, GivenAnswer
from bluelamp.assurance.template_identity import How, Identifier, Identity
from bluelamp.assurance.template_likeness import Wording, plain
from bluelamp.assurance.template_mark import Carrier
from bluelamp.assurance.template_return import ReturnedRow

_WHOLE = frozenset({Wording.SAME, Wording.MORE, Wording.REWORDED, Wording.UNSURE})


class Standing(StrEnum):
    ONE = "one"  # one row, one item
    JOINED = "joined"  # several rows that make up one answer
    REPEATED = "repeated"  # the same row again, with nothing more to say
    DISPUTED = "disputed"  # two answers for one item


@dataclass(frozen=True)
class Group:
    """Rows that are judged as one."""

    rows: tuple[ReturnedRow, ...]
    identity: Identity
    standing: Standing
    answer: GivenAnswer
    reason: str = ""
    doubts: tuple[str, ...] = ()


@dataclass
class _Named:
    """A row with its identity, and the rows that go on with it."""

    row: ReturnedRow
    identity: Identity
    further: list[ReturnedRow]
    doubts: list[str]

    @property
    def rows(self) -> tuple[ReturnedRow, ...]:
        return (self.row, *self.further)

    @property
    def last(self) -> ReturnedRow:
        return self.rows[-1]

    @property
    def is_whole(self) -> bool:
        return self.identity.likeness.wording in _WHOLE

    @property
    def words(self) -> str:
        return " ".join(row.words for row in self.rows if row.words)

    @property
    def answer(self) -> GivenAnswer:
        return join_answers([row.answer for row in self.rows])


def find_groups(rows: Sequence[ReturnedRow], identifier: Identifier) -> list[Group]:
    """Every row in exactly one group."""
    named = _take_continuations(rows, identifier)
    by_item: dict[str, list[_Named]] = {}
    groups = []
    for each in named:
        if each.identity.is_conflict or not each.identity.reference:
            groups.append(Group(each.rows, each.identity, Standing.ONE, each.answer, "", tuple(each.doubts)))
        else:
            by_item.setdefault(each.identity.reference, []).append(each)
    for members in by_item.values():
        groups += _settle(members, identifier)
    return groups


def _take_continuations(rows: Sequence[ReturnedRow], identifier: Identifier) -> list[_Named]:
    """The rows that name an item, each with those below it that go on with its answer or its words."""
    found: list[_Named] = []
    for at, row in enumerate(rows):
        last = found[-1] if found else None
        follows = rows[at + 1] if at + 1 < len(rows) else None
        if last is not None and last.identity.reference and _goes_on(last, row, identifier):
            last.further.append(row)
            last.doubts += _doubt_continuation(last, row, follows)
            if row.words:
                last.identity = identifier.identify(replace(last.row, words=last.words))
        else:
            found.append(_Named(row, identifier.identify(row), [], []))
    return found


def _goes_on(last: _Named, row: ReturnedRow, identifier: Identifier) -> bool:
    """No mark, reference, number or page; and no words, or words that go on with those above."""
    if any(mark.carrier is Carrier.ROW for mark in row.marks) or row.reference or row.number or row.page_ref:
        return False
    if row.table != last.row.table and row.section != last.row.section:
        return False
    if not row.words:
        return True
    before = last.identity.likeness
    if not last.words or before.wording not in {Wording.PART, Wording.UNSURE, Wording.REWORDED}:
        return False
    joined = identifier.compare(f"{last.words} {row.words}", last.identity.reference)
    if before.wording is Wording.REWORDED:
        return joined.score > before.score
    return joined.wording in {Wording.SAME, Wording.PART, Wording.REWORDED}


def _doubt_continuation(last: _Named, row: ReturnedRow, follows: ReturnedRow | None) -> list[str]:
    """An answer alone in a row belongs to the row above; unless that has none, and it might be the next one's."""
    if row.words:
        return []
    if any(not each.answer.is_empty for each in last.rows[:-1]):
        return []
    if follows is not None and follows.answer.is_empty and follows.has_name:
        return [f"The answer stands in a row of its own ({row.place}), between two points that have none."]
    return [f"The answer stands in a row of its own, under the point ({row.place})."]


def _settle(members: list[_Named], identifier: Identifier) -> list[Group]:
    """What several rows for one item come to."""
    if len(members) == 1:
        return [_alone(members[0])]
    if _make_up_one(members):
        return [_joined(members, identifier, [])]
    apart = _parts_in_order(members, identifier)
    if apart:
        doubt = "The parts of this row stand apart from one another."
        return [_joined(apart, identifier, [doubt])]
    answered = [each for each in members if not each.answer.is_empty]
    said = {_key(each.answer) for each in answered}
    if len(said) > 1:
        places = " and ".join(each.row.place for each in answered)
        reason = f"{len(said)} different answers came back for {members[0].identity.reference}: {places}."
        return [_group(each, Standing.DISPUTED, reason) if each in answered else _again(each) for each in members]
    chosen = answered[0] if answered else members[0]
    return [_alone(each) if each is chosen else _again(each) for each in members]


def _make_up_one(members: list[_Named]) -> bool:
    """Parts of one row, each under the one before: at most the first of them has all its words."""
    follow = all(
        one.row.table == other.row.table and one.last.order + 1 == other.row.order
        for one, other in itertools.pairwise(members)
    )
    return follow and not any(each.is_whole for each in members[1:]) and _differ(members)


def _differ(members: list[_Named]) -> bool:
    """The same part twice is a repetition, not the rest."""
    words = [plain(each.row.words) for each in members if each.row.words]
    return len(set(words)) == len(words)


def _alone(member: _Named) -> Group:
    if not member.further:
        return _group(member, Standing.ONE, "")
    places = ", ".join(row.place for row in member.further)
    reason = f"{member.identity.reason} Its answer goes on in {places}."
    return _group(member, Standing.JOINED, reason)


def _again(member: _Named) -> Group:
    reference = member.identity.reference
    said = "no answer" if member.answer.is_empty else "the same answer"
    return _group(member, Standing.REPEATED, f"The row of {reference} came back again here, with {said}.")


def _parts_in_order(members: list[_Named], identifier: Identifier) -> list[_Named]:
    """Two parts that stand apart, in the order in which they make up the item's words; [] for anything else."""
    if len(members) != 2 or any(each.is_whole or not each.words for each in members):
        return []
    for order in (members, members[::-1]):
        words = " ".join(each.words for each in order)
        if identifier.compare(words, order[0].identity.reference).wording in {Wording.SAME, Wording.REWORDED}:
            return order
    return []


def _joined(members: list[_Named], identifier: Identifier, doubts: list[str]) -> Group:
    rows = tuple(row for each in members for row in each.rows)
    places = ", ".join(row.place for row in rows)
    named = next((each for each in members if each.identity.how is How.HIDDEN), members[0])
    whole = identifier.identify(replace(named.row, words=" ".join(each.words for each in members if each.words)))
    identity = whole if whole.reference == named.identity.reference else named.identity
    reason = f"{identity.reason} The row was split into {len(rows)} ({places}); their answers are joined."
    doubts += [
        doubt for each in members for doubt in (*each.doubts, *(d for row in each.rows for d in row.doubts))
    ]
    answer = join_answers([row.answer for row in rows])
    return Group(rows, identity, Standing.JOINED, answer, reason, tuple(dict.fromkeys([*doubts, *_clash(rows)])))


def _group(member: _Named, standing: Standing, reason: str) -> Group:
    doubts = [*member.doubts, *(doubt for row in member.rows for doubt in row.doubts), *_clash(member.rows)]
    return Group(member.rows, member.identity, standing, member.answer, reason, tuple(dict.fromkeys(doubts)))


def _clash(rows: Iterable[ReturnedRow]) -> list[str]:
    """Choices and dates that differ between the rows of one answer."""
    found = []
    for name, values in (
        ("responses", {row.answer.response for row in rows if row.answer.response}),
        ("deliveries", {row.answer.delivery for row in rows if row.answer.delivery}),
        ("target dates", {row.answer.target_printed for row in rows if row.answer.target_printed}),
    ):
        if len(values) > 1:
            found.append(f"Its rows name different {name}: {', '.join(sorted(values))}.")
    return found


def _key(answer: GivenAnswer) -> tuple[object, ...]:
    return (
        plain(answer.action),
        answer.response,
        answer.delivery,
        plain(answer.target_printed),
        plain(answer.evidence),
        answer.pictures,
    )


def join_answers(answers: Sequence[GivenAnswer]) -> GivenAnswer:
    """One answer of several, in order: words one under another, the first choice of each kind."""
    if not answers:
        return NOTHING
    if len(answers) == 1:
        return answers[0]
    dated = next((each for each in answers if each.target_printed), NOTHING)
    return GivenAnswer(
        action="\n".join(each.action for each in answers if each.action),
        response=next((each.response for each in answers if each.response), ""),
        delivery=next((each.delivery for each in answers if each.delivery), ""),
        target=dated.target,
        target_printed=dated.target_printed,
        evidence="\n".join(each.evidence for each in answers if each.evidence),
        pictures=tuple(picture for each in answers for picture in each.pictures),
        links=tuple(dict.fromkeys(link for each in answers for link in each.links)),
    )
