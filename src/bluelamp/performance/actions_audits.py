"""How is a sample drawn, each case read, each question answered, and an audit closed?

Whatever is checked is checked under the record's lock, with the audit as it is then. Notes of the ledger name
numbers and results, never the identifier of a case.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from bluelamp.figures.sampling import draw, draw_key, draw_strata
from bluelamp.ledger.actions import Actor, Book, recording
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.models import User
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.organisations.visibility import visible_to
from bluelamp.performance.audit_results import store_found
from bluelamp.performance.audit_reviews import choices, store_review
from bluelamp.performance.audit_rules import (
    CLOSED,
    DESIGNED,
    LONGEST_SEED,
    OPEN,
    SAMPLE,
    check_can_audit,
    check_can_reread,
    check_closing,
    check_line,
    check_result,
    check_settling,
    check_words,
    find_turn,
)
from bluelamp.performance.models import (
    Audit,
    AuditCase,
    CaseReading,
    QuestionAnswer,
)
from bluelamp.performance.queries_audit_cases import read_of, readers_of
from bluelamp.performance.queries_audits import (
    find_found,
    find_population,
    find_question,
    find_questions,
    find_review_found,
    find_strata,
)

SECOND: Final = "second reading"
"""What is put after the seed, a line feed between, to choose the cases that are read twice."""


@contextmanager
def working_on_audit(audit: Audit, *, step: str, by: Actor, now: dt.datetime) -> Iterator[tuple[Book, Audit]]:
    """One transaction with the audit as it is now, which allows the step."""
    with recording(by=by, now=now) as book:
        viewer = by if isinstance(by, User) else None
        held = visible_to(viewer, Audit.objects.select_related("organisation")).filter(pk=audit.pk).first()
        if held is None:
            raise NotAllowedError("There is no such audit, or it is not yours to see.")
        check_can_audit(step, kind=held.kind, state=held.state, by=by)
        yield book, held


# -- the draw ------------------------------------------------------------------------------------------------


def draw_sample(audit: Audit, *, seed: str = "", seen: int | None = None, by: Actor, now: dt.datetime) -> Audit:
    """The cases that are read. Without a seed one comes by chance; `seen` is the version whose design was read."""
    with working_on_audit(audit, step="draw", by=by, now=now) as (book, held):
        if seen is not None and held.version != seen:
            raise NotAllowedError("Somebody changed the design since you read it: look at it again.")
        held.seed_given = bool(seed.strip())
        held.seed = check_line(seed, what="The seed", longest=LONGEST_SEED, required=False) or secrets.token_hex(8)
        cases = make_draw(held)
        held.state, held.drawn, held.drawn_by = OPEN, now, by.ledger_label
        note = {"seed": held.seed, "list": held.list_sha256, "drawn": len(cases), "of": held.population}
        book.event("performance.audit_drawn", subject=held, add=cases, change=[held], note=note)
    return held


def make_draw(audit: Audit) -> list[AuditCase]:
    """The cases its seed draws, in the order drawn; anybody who has the list and the seed comes to the same."""
    sizes = {stratum.name: stratum.size for stratum in find_strata(audit)}
    drawn = draw_strata(find_population(audit), sizes, audit.seed)
    ordered = sorted(
        ((case, name) for name, cases in drawn.items() for case in cases),
        key=lambda each: (draw_key(each[0], audit.seed), each[0]),
    )
    many = -(-len(ordered) * audit.second_percent // 100)  # up: a share of a case is a case
    twice = set(draw([case for case, _ in ordered], many, f"{audit.seed}\n{SECOND}")) if many else set()
    return [
        AuditCase(audit=audit, number=number, stratum=name, identifier=case, twice=case in twice)
        for number, (case, name) in enumerate(ordered, start=1)
    ]


# -- readings and answers ------------------------------------------------------------------------------------


def read_case(case: AuditCase, *, result: str, words: str = "", by: Actor, now: dt.datetime) -> CaseReading:
    """What this person finds in the case: the first reading of it, or the second of one that is read twice.

    Whoever reads it again puts their reading in place of their own earlier one.
    """
    words = check_words(words, what="What you found")
    check_result(result, words)
    with working_on_audit(case.audit, step="read", by=by, now=now) as (book, held):
        found = _take_case(held, case)
        turn = find_turn(twice=found.twice, **readers_of(found), by=by.ledger_name)
        if not turn:
            raise NotAllowedError("This case is read already by as many people as shall read it.")
        said = read_of(found)
        check_can_reread(readings=len(said), settled=bool(found.settled))
        before = said.get(turn)
        row = before or CaseReading(case=found, turn=turn)
        row.result, row.words, row.made = result, words, now
        row.by_key, row.by_name = by.ledger_name, by.ledger_label
        rows: dict[str, list[Any]] = {"change": [row]} if before else {"add": [row]}
        note = {"case": found.number, "turn": turn, "result": result}
        book.event("performance.case_read", subject=held, **rows, note=note)
    return row


def settle_case(case: AuditCase, *, result: str, words: str, by: Actor, now: dt.datetime) -> AuditCase:
    """What counts where two people read a case differently, and why."""
    words = check_words(words, what="The reason")
    with working_on_audit(case.audit, step="settle", by=by, now=now) as (book, held):
        found = _take_case(held, case)
        said = read_of(found)
        check_settling(
            first=said[1].result if 1 in said else "",
            second=said[2].result if 2 in said else "",
            result=result,
            words=words,
        )
        found.settled, found.settled_words = result, words
        found.settled_by, found.settled_on = by.ledger_label, now
        note = {"case": found.number, "result": result}
        book.event("performance.case_settled", subject=held, change=[found], note=note)
    return found


def _take_case(audit: Audit, case: AuditCase) -> AuditCase:
    found = audit.cases.prefetch_related("readings").filter(pk=case.pk).first()
    if found is None:
        raise NotAllowedError("There is no such case in this audit.")
    return found


def answer_question(
    audit: Audit, *, number: int, answer: str, words: str = "", by: Actor, now: dt.datetime
) -> QuestionAnswer:
    """One reviewer's answer; a later one of the same reviewer stands in its place."""
    words = check_words(words, what="What you found")
    with working_on_audit(audit, step="answer", by=by, now=now) as (book, held):
        question = find_question(held, number)
        if question is None:
            raise NotAllowedError("There is no such question in this audit.")
        if answer not in choices(held.points):
            raise PlainError(f"An answer is one of {', '.join(choices(held.points))}.")
        before = question.answers.filter(by_key=by.ledger_name).first()
        row = before or QuestionAnswer(question=question, by_key=by.ledger_name)
        row.answer, row.words, row.by_name, row.made = answer, words, by.ledger_label, now
        change: list[Any] = [row] if before else []
        if held.state == DESIGNED:
            held.state = OPEN
            change.append(held)
        note = {"question": number, "answer": answer}
        book.event(
            "performance.question_answered", subject=held, add=[] if before else [row], change=change, note=note
        )
    return row


# -- closing -------------------------------------------------------------------------------------------------


def close_audit(audit: Audit, *, conclusion: str, why: str = "", by: Actor, now: dt.datetime) -> Audit:
    """Its result is frozen; no step but loading it follows. `why` is needed where something is not read."""
    conclusion = check_words(conclusion, what="The conclusion", required=True)
    why = check_words(why, what="The reason")
    with working_on_audit(audit, step="close", by=by, now=now) as (book, held):
        if held.kind == SAMPLE:
            found = find_found(held)
            check_closing(unread=found.unread, differ=found.differ, judged=found.judged, why=why)
            held.result, unread = store_found(found), found.unread
        else:
            review = find_review_found(held, find_questions(held))
            check_closing(unread=review.open, differ=0, judged=review.whole.answered, why=why)
            held.result, unread = store_review(review), review.open
        held.conclusion = f"{conclusion}\n\nNot read: {unread:,}. {why}" if unread else conclusion
        held.state, held.closed, held.closed_by = CLOSED, now, by.ledger_label
        book.event(
            "performance.audit_closed", subject=held, change=[held], note={"not read": unread} if unread else {}
        )
    return held
