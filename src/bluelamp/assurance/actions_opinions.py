"""How does somebody who does not own an item say whether it is done? Blind, until all have said it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bluelamp.assurance.actions_evidence import cite, take_document
from bluelamp.assurance.actions_reviews import begin_review, find_open_review
from bluelamp.assurance.actions_steps import Taking, Work, working
from bluelamp.assurance.closing_proofs import grades_here
from bluelamp.assurance.independence import check_did_nothing_of_it, check_made_no_claim, find_claimants
from bluelamp.assurance.models import AuditTest, Evidence, Opinion, Review
from bluelamp.assurance.opinion_rules import check_opinion, check_sample, count_steps_apart, find_lowest
from bluelamp.documents.models import StoredDocument
from bluelamp.ledger.actions import Actor
from bluelamp.lib.calendar_days import london_day
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.models import User
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.register.models import Item


@dataclass(frozen=True, kw_only=True)
class Said:
    """What one reviewer says."""

    grade: str
    looked_at: str
    words: str = ""
    evidence_seen: tuple[Evidence, ...] = ()


def give_opinion(
    item: Item,
    *,
    grade: str,
    looked_at: str,
    words: str = "",
    evidence_seen: Iterable[Evidence] = (),
    by: Actor,
    now: dt.datetime,
) -> Opinion:
    """One graded opinion in the item's open review. The review closes with the lowest when all are given."""
    said = Said(grade=grade, looked_at=looked_at, words=words, evidence_seen=tuple(evidence_seen))
    check_opinion(grade=grade, looked_at=looked_at, grades=grades_here())
    with working(by=by, now=now) as work:
        taking = work.take(item)
        taking.check("give-opinion")
        review = find_open_review(taking.item)
        if review is None:
            raise NotAllowedError("No review of this item is open.")
        return _write_opinion(taking, review, said, claimants=find_claimants([taking.item]))


def _write_opinion(
    taking: Taking,
    review: Review,
    said: Said,
    *,
    claimants: dict[Any, set[Any]],
    audit_test: AuditTest | None = None,
) -> Opinion:
    """The event is about the opinion, not about the item: the item's history is read by the other reviewer."""
    work, item, person = taking.work, taking.item, _take_person(taking.work)
    check_made_no_claim(work.owners, claimants[item.pk])
    check_did_nothing_of_it(person.ledger_name, item)
    given = list(review.opinions.all())
    if any(each.by == person.ledger_name for each in given):
        raise NotAllowedError("You have given your opinion in this review: another one is asked for.")
    opinion = Opinion(
        review=review,
        item=item,
        reviewer=person,
        by=person.ledger_name,
        by_name=person.ledger_label,
        grade=said.grade,
        looked_at=said.looked_at.strip(),
        words=said.words.strip(),
        evidence_seen=_keys_of(item, said.evidence_seen),
        audit_test=audit_test,
        given=work.now,
    )
    work.book.event("assurance.opinion_given", subject=opinion, add=[opinion])
    if len(given) + 1 >= review.wanted:
        _close_review(taking, review, [*given, opinion])
    return opinion


def _close_review(taking: Taking, review: Review, opinions: Sequence[Opinion]) -> None:
    """Now, and not before, every opinion is in the item's history."""
    grades = grades_here()
    review.closed = taking.work.now
    review.grade = find_lowest([each.grade for each in opinions if each.grade in grades], grades)
    taking.item.assurance = review.grade
    note = {
        "review": review.number,
        "grade": review.grade,
        "opinions": [{"by": each.by_name, "grade": each.grade} for each in opinions],
        "steps_apart": count_steps_apart([each.grade for each in opinions], grades),
    }
    taking.event("assurance.review_closed", change=[review], note=note)


def _take_person(work: Work) -> User:
    """Only a signed-in person is known not to own the item, and not to be the other reviewer."""
    if not isinstance(work.by, User):
        raise NotAllowedError("An opinion is somebody's own: sign in to give it.")
    return work.by


def _keys_of(item: Item, evidence: Iterable[Evidence]) -> list[str]:
    wanted = [each.pk for each in evidence]
    held = set(Evidence.objects.filter(item=item, pk__in=wanted).values_list("pk", flat=True))
    if set(wanted) - held:
        raise NotAllowedError("There is no such evidence of this item.")
    return [str(key) for key in dict.fromkeys(wanted)]


@dataclass(frozen=True, kw_only=True)
class Audit:
    """One internal audit test. `sample`, `passed` and `population` count what was drawn, not items."""

    title: str
    tested_on: dt.date
    method: str = ""
    auditor: str = ""
    population: int | None = None
    sample: int | None = None
    passed: int | None = None
    document: StoredDocument | None = None
    citations: tuple[dict[str, Any], ...] = ()
    report_words: str = ""  # words of the report to be found and cited


def record_audit_test(
    items: Sequence[Item],
    *,
    audit: Audit,
    grade: str,
    looked_at: str,
    words: str = "",
    by: Actor,
    now: dt.datetime,
) -> AuditTest:
    """One test of many items: an opinion of the auditor in the open review of each, or in one opened for it."""
    check_opinion(grade=grade, looked_at=looked_at, grades=grades_here())
    check_sample(sample=audit.sample, passed=audit.passed, population=audit.population)
    if not audit.title.strip() or not items:
        raise PlainError("An audit test needs its title and the items that it tested.")
    if audit.tested_on > london_day(now):
        raise PlainError("A test cannot have been done after today.")
    said = Said(grade=grade, looked_at=looked_at, words=words)
    with working(by=by, now=now) as work:
        takings = list({taking.item.pk: taking for taking in work.take_all(items)}.values())
        _check_all(takings)
        row = _make_test(work, takings, audit)
        work.book.event("assurance.audit_test_recorded", subject=row, add=[row])
        claimants = find_claimants([taking.item for taking in takings])
        for taking in takings:
            review = find_open_review(taking.item) or begin_review(taking, reason="an internal audit test")
            _write_opinion(taking, review, said, claimants=claimants, audit_test=row)
    return row


def _check_all(takings: Sequence[Taking]) -> None:
    """Every item that the test cannot cover is named at once."""
    refused = []
    for taking in takings:
        try:
            taking.check("record-audit-test")
        except NotAllowedError as error:
            refused.append((taking.item.reference, str(error)))
    if len(refused) == 1 and len(takings) == 1:
        raise NotAllowedError(refused[0][1])
    if refused:
        raise NotAllowedError(" ".join(f"{reference}: {why}" for reference, why in refused))
    if len({taking.item.organisation_id for taking in takings}) > 1:
        # Whoever sees one of its items sees the test, and would learn of the others by its counts.
        raise NotAllowedError("One test covers items of one organisation's record: record a test for each.")


def _make_test(work: Work, takings: Sequence[Taking], audit: Audit) -> AuditTest:
    item = takings[0].item
    document = take_document(work, item, audit.document) if audit.document else None
    return AuditTest(
        title=audit.title.strip(),
        auditor=audit.auditor.strip() or work.by.ledger_label,
        tested_on=audit.tested_on,
        population=audit.population,
        sample=audit.sample,
        passed=audit.passed,
        method=audit.method.strip(),
        document=document,
        citations=cite(document, words=audit.report_words, citations=audit.citations),
        organisation_id=item.organisation_id,
        made=work.now,
    )
