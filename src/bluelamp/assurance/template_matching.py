"""Which answer of a returned template belongs to which item, and what must a person decide?

Nothing is decided here that a person could mind: what is certain may be taken as a new answer, dated and beside
the older ones; all else is listed with its reason. No row and no item is left out.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bluelamp.assurance.template_answers import NOTHING, GivenAnswer
from bluelamp.assurance.template_groups import Group, Standing, find_groups
from bluelamp.assurance.template_history import CurrentItem, what_happened_since
from bluelamp.assurance.template_identity import Certainty, How, Identifier, Identity
from bluelamp.assurance.template_likeness import Wording, plain
from bluelamp.assurance.template_model import TemplateItem, deadline_line
from bluelamp.assurance.template_phrases import find_caution
from bluelamp.assurance.template_return import ReturnedRow, ReturnedTemplate
from bluelamp.lib.text import fold


class Verdict(StrEnum):
    ANSWER = "answer"
    REWORDED = "reworded"  # an answer, in a row whose words were changed
    UNCHANGED = "unchanged"  # no answer, or the one we have
    NEW = "new"  # a point that is no item
    CONFLICT = "conflict"
    DUPLICATE = "duplicate"  # the same row again
    MISSING = "missing"  # sent, and not returned


@dataclass(frozen=True, kw_only=True)
class Match:
    """One row (or the rows that make up one answer) and its item; no rows for an item that did not come back."""

    rows: tuple[ReturnedRow, ...]
    item: TemplateItem | None
    how: How = How.NONE
    certainty: Certainty = Certainty.UNSURE
    verdict: Verdict
    reason: str  # one or more plain sentences
    answer: GivenAnswer = NOTHING
    rivals: tuple[str, ...] = ()  # of a conflict: the items it may belong to
    notes: tuple[str, ...] = ()  # comments and the like, for a person to read

    @property
    def row(self) -> ReturnedRow | None:
        return self.rows[0] if self.rows else None

    @property
    def reference(self) -> str:
        return self.item.reference if self.item else ""

    @property
    def can_be_taken(self) -> bool:
        """May the answer be taken without anybody looking at it first?"""
        return self.verdict in {Verdict.ANSWER, Verdict.REWORDED} and self.certainty is Certainty.CERTAIN

    @property
    def has_answer(self) -> bool:
        """Is there something that a person could take for this item?"""
        return self.item is not None and not self.answer.is_empty and self.verdict is not Verdict.UNCHANGED


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A template as it went out: its items then, and when."""

    items: tuple[TemplateItem, ...]
    made: dt.datetime
    number: str = ""


def match_return(
    returned: ReturnedTemplate, sent: Sent | None, current: Iterable[CurrentItem], *, today: dt.date
) -> tuple[Match, ...]:
    """Every row with its item, in the order of the file; then the items that did not come back.

    `sent` is None where the template is none that this workspace sent: then nothing is certain. `current` are the
    items that may be answered, as they are now; those that were sent should be among them.
    """
    now = {each.item.reference: each for each in current}
    then = {item.reference: item for item in sent.items} if sent else {}
    items = {reference: then.get(reference) or each.item for reference, each in now.items()} | then
    identifier = Identifier(items, is_known=sent is not None, template=sent.number if sent else "")
    groups = find_groups(returned.rows, identifier)
    judge = _Judge(items, now, then, sent, today)
    matches = sorted(
        (match for group in groups for match in judge.judge(group)), key=lambda match: match.rows[0].order
    )
    named = {reference for match in matches for reference in (match.reference, *match.rivals)}
    missing = [judge.missing(item) for item in (sent.items if sent else ()) if item.reference not in named]
    return (*matches, *missing)


def count_verdicts(matches: Sequence[Match]) -> dict[str, int]:
    """How many matches there are of each verdict, and how many answers are certain."""
    counted = Counter(match.verdict for match in matches)
    return {
        **{verdict.value: counted[verdict] for verdict in Verdict},
        "certain": sum(match.can_be_taken for match in matches),
    }


class _Judge:
    """What becomes of each group of rows, given what happened since the template went out."""

    def __init__(
        self,
        items: dict[str, TemplateItem],
        now: dict[str, CurrentItem],
        then: dict[str, TemplateItem],
        sent: Sent | None,
        today: dt.date,
    ) -> None:
        self._items = items
        self._now = now
        self._then = then
        self._sent_at = sent.made if sent else None
        self._today = today

    def missing(self, item: TemplateItem) -> Match:
        reason = f"{item.reference} was sent and no row came back for it."
        return Match(rows=(), item=item, verdict=Verdict.MISSING, certainty=Certainty.CERTAIN, reason=reason)

    def judge(self, group: Group) -> Iterator[Match]:
        identity = group.identity
        if identity.is_conflict or not identity.reference:
            yield self._judge_nameless(group, identity)
            return
        item = self._items[identity.reference]
        match group.standing:
            case Standing.REPEATED:
                yield self._make(group, item, Verdict.DUPLICATE, identity.certainty, group.reason)
            case Standing.DISPUTED:
                yield self._make(group, item, Verdict.CONFLICT, Certainty.UNSURE, group.reason)
            case Standing.ONE | Standing.JOINED:
                yield self._judge_answer(group, item)

    def _judge_nameless(self, group: Group, identity: Identity) -> Match:
        if identity.is_conflict:
            return self._make(group, None, Verdict.CONFLICT, Certainty.UNSURE, identity.reason)
        first = group.rows[0]
        if not first.has_name:
            reason = "This answer stands in a row of its own, and nothing says which point it is about."
            return self._make(group, None, Verdict.CONFLICT, Certainty.UNSURE, reason)
        reason = identity.reason or "Nothing in this row names an item: it may be a new point."
        return self._make(group, None, Verdict.NEW, Certainty.LIKELY, reason)

    def _judge_answer(self, group: Group, item: TemplateItem) -> Match:
        identity = group.identity
        answer = group.answer
        certainty = identity.certainty
        reasons = [group.reason or identity.reason]
        if answer.is_empty:
            misplaced = find_misplaced(group.rows[0], item, identity)
            if misplaced is None:
                notes = any(row.notes for row in group.rows)
                said = "No answer was given, but notes stand beside it." if notes else "No answer was given."
                reason = " ".join([*reasons, said, *group.doubts])
                return self._make(group, item, Verdict.UNCHANGED, certainty, reason)
            words, where = misplaced
            answer = replace(answer, action=words)
            certainty = min_certainty(certainty, Certainty.LIKELY)
            reasons.append(f"The answer seems to stand {where}.")
        elif identity.likeness.wording is Wording.MORE:
            certainty = min_certainty(certainty, Certainty.LIKELY)
        since = what_happened_since(item, self._now.get(item.reference), answer, self._sent_at, self._then)
        if since.is_same:
            reason = " ".join([*reasons, since.reason])
            return self._make(group, item, Verdict.UNCHANGED, certainty, reason, answer=answer)
        if since.reason:
            reason = " ".join([*reasons, since.reason])
            return self._make(group, item, Verdict.CONFLICT, Certainty.UNSURE, reason, answer=answer)
        caution = find_caution(answer, item, self._items.values(), self._today)
        for doubt in (*group.doubts, *([caution] if caution else ())):
            certainty = min_certainty(certainty, Certainty.LIKELY)
            reasons.append(doubt)
        changed = identity.likeness.wording in {Wording.REWORDED, Wording.UNSURE, Wording.MORE}
        verdict = Verdict.REWORDED if changed else Verdict.ANSWER
        return self._make(group, item, verdict, certainty, " ".join(reasons), answer=answer)

    def _make(
        self,
        group: Group,
        item: TemplateItem | None,
        verdict: Verdict,
        certainty: Certainty,
        reason: str,
        *,
        answer: GivenAnswer | None = None,
    ) -> Match:
        notes = [note for row in group.rows for note in row.notes]
        if item is not None:
            notes += [note for row in group.rows for note in _changed_columns(row, item)]
        foreign = [mark for row in group.rows for mark in row.marks if not mark.is_ours]
        if foreign and item is not None:
            notes.append("A mark in this row was not made by this workspace, and was not believed.")
        return Match(
            rows=group.rows,
            item=item,
            how=group.identity.how,
            certainty=certainty,
            verdict=verdict,
            reason=reason.strip(),
            answer=group.answer if answer is None else answer,
            rivals=group.identity.rivals,
            notes=tuple(notes),
        )


_ORDER = [Certainty.UNSURE, Certainty.LIKELY, Certainty.CERTAIN]


def min_certainty(one: Certainty, other: Certainty) -> Certainty:
    return min(one, other, key=_ORDER.index)


def find_misplaced(row: ReturnedRow, item: TemplateItem, identity: Identity) -> tuple[str, str] | None:
    """Words that stand in a wrong column and may be the answer, and where they stand; None if there are none."""
    if identity.likeness.wording is Wording.MORE:
        rest = _after(row.words, item)
        if len(rest.split()) > 1:
            return rest, "after the words of the report"
    rest = row.page_ref.removeprefix(item.page_ref).strip(" .;,-–")
    if len(rest.split()) > 1 and plain(rest) != plain(item.page_ref):
        return rest, "in the column for pages"
    rest = row.number.removeprefix(item.source_number).strip(" .;,-–")
    if len(rest.split()) > 1:
        return rest, "in the column for references"
    return None


def _after(words: str, item: TemplateItem) -> str:
    """The row's words without the item's; all of them where they cannot be cut out as printed."""
    folded, sent = fold(words), fold(item.all_words)
    at = folded.find(sent)
    return (folded[:at] + " " + folded[at + len(sent) :]).strip() if at >= 0 else folded


def _changed_columns(row: ReturnedRow, item: TemplateItem) -> Iterator[str]:
    """What somebody wrote into a column that was only sent to be read."""
    sent = fold(f"{item.owner or 'Unallocated'} {deadline_line(item)}")
    if row.owner and plain(row.owner) != plain(sent):
        yield f"Owner and deadline, as returned: {row.owner}"
    last = plain(item.answers[-1].words) if item.answers else ""
    if row.previous and (not last or last not in plain(row.previous)):
        yield f"Previous answer, as returned: {row.previous}"
