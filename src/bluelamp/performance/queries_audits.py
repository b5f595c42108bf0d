"""Which audits are there, which case is next for whom, and what has been found so far?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, F, Prefetch, QuerySet

from bluelamp.lib.written import say_many
from bluelamp.organisations.visibility import Viewer, visible_to
from bluelamp.performance.audit_lists import number_cases
from bluelamp.performance.audit_results import Found, Kind, find_result, restore_found
from bluelamp.performance.audit_reviews import Answered, ReviewFound, find_review, say_stored_review
from bluelamp.performance.audit_rules import CLOSED, SAMPLE
from bluelamp.performance.models import (
    Audit,
    AuditCase,
    AuditQuestion,
    AuditStratum,
    QuestionAnswer,
)
from bluelamp.performance.queries_audit_cases import CaseStanding, find_cases


def find_audits(*, viewer: Viewer) -> QuerySet[Audit]:
    """Those the viewer may see, the newest first."""
    return visible_to(viewer, Audit.objects.select_related("organisation")).order_by("-begun", "pk")


def find_audit(pk: UUID | str, *, viewer: Viewer) -> Audit | None:
    return find_audits(viewer=viewer).select_related("load").filter(pk=pk).first()


def find_strata(audit: Audit) -> list[AuditStratum]:
    """The kinds of case of the design as it stands, without their identifiers."""
    return list(audit.strata.filter(version=audit.version).order_by("place").defer("identifiers"))


def find_population(audit: Audit) -> dict[str, list[str]]:
    """Every case that may be drawn, by kind: the list's identifiers, or numbers where only a number was given."""
    strata = audit.strata.filter(version=audit.version).order_by("place")
    return {
        stratum.name: (
            stratum.identifiers.split("\n") if audit.from_list else list(number_cases(stratum.name, stratum.cases))
        )
        for stratum in strata
    }


def find_kinds(audit: Audit) -> list[Kind]:
    return [Kind(name=stratum.name, cases=stratum.cases) for stratum in find_strata(audit)]


def find_found(audit: Audit, cases: Iterable[CaseStanding] | None = None) -> Found:
    """What a sample audit has found: as it was closed, or as it stands."""
    if audit.state == CLOSED and audit.kind == SAMPLE:
        return restore_found(audit.result)
    held = find_cases(audit) if cases is None else cases
    return find_result(
        find_kinds(audit),
        [case.read for case in held],
        confidence=Decimal(audit.confidence),
        recorded=audit.recorded,
    )


# -- questions -----------------------------------------------------------------------------------------------


def find_questions(audit: Audit) -> list[AuditQuestion]:
    answers = QuestionAnswer.objects.order_by("made", "pk")
    questions = audit.questions.filter(version=audit.version).order_by("number")
    return list(questions.prefetch_related(Prefetch("answers", queryset=answers)))


def find_question(audit: Audit, number: int) -> AuditQuestion | None:
    questions = audit.questions.filter(version=audit.version, number=number)
    return questions.prefetch_related("answers").first()


def find_review_found(audit: Audit, questions: Iterable[AuditQuestion] | None = None) -> ReviewFound:
    """What a thematic audit or peer review scores. Its answers do not change once it is closed."""
    held = find_questions(audit) if questions is None else questions
    return find_review(
        [
            Answered(
                number=question.number,
                theme=question.theme,
                answers=tuple((answer.by_name, answer.answer) for answer in question.answers.all()),
            )
            for question in held
        ],
        audit.points,
    )


def find_next_question(questions: Sequence[AuditQuestion], *, by: str, after: int = 0) -> int | None:
    """The next question that this person has not answered."""
    waiting = [each.number for each in questions if all(answer.by_key != by for answer in each.answers.all())]
    return next((number for number in waiting if number > after), waiting[0] if waiting else None)


def say_result(audit: Audit) -> str:
    """The audit's answer in a sentence, as it stands or as it was closed."""
    if audit.kind == SAMPLE:
        return find_found(audit).sentence if audit.drawn else "Nothing is drawn yet."
    return find_review_found(audit).sentence


def say_standings(audits: Iterable[Audit]) -> list[tuple[Audit, str]]:
    """Each with a few words for a list: its result, or how far it is. Two queries, however many there are."""
    held = list(audits)
    keys = [audit.pk for audit in held if audit.state != CLOSED]
    read = dict(
        AuditCase.objects.filter(audit__in=keys, readings__turn=1)
        .values_list("audit")
        .annotate(many=Count("pk"))
        .values_list("audit", "many")
    )
    answered = dict(
        AuditQuestion.objects.filter(audit__in=keys, version=F("audit__version"), answers__isnull=False)
        .values_list("audit")
        .annotate(many=Count("pk", distinct=True))
        .values_list("audit", "many")
    )
    return [(audit, _say_standing(audit, read.get(audit.pk, 0), answered.get(audit.pk, 0))) for audit in held]


def _say_standing(audit: Audit, read: int, answered: int) -> str:
    if audit.state == CLOSED:
        return restore_found(audit.result).sentence if audit.kind == SAMPLE else say_stored_review(audit.result)
    if audit.kind != SAMPLE:
        return f"{say_many(answered, 'question')} answered."
    many = say_many(audit.size, "case")
    return f"{read:,} of {many} read." if audit.drawn else f"A sample of {many} is designed, not drawn."
