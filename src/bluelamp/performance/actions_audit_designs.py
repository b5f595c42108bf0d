"""How is an audit begun, and its design changed while nothing is drawn or answered?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.conf import settings

from bluelamp.documents.models import MARKINGS
from bluelamp.figures.months import Span
from bluelamp.figures.sampling import allocate, find_sample_size
from bluelamp.ledger.actions import Actor, recording
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.models import Organisation, User
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.performance.actions_audits import working_on_audit
from bluelamp.performance.audit_lists import hash_list
from bluelamp.performance.audit_rules import (
    DESIGNED,
    MOST_DRAWN,
    NONE,
    SAMPLE,
    check_can_audit,
    check_line,
    check_month,
    check_percent,
    check_points,
    check_words,
)
from bluelamp.performance.models import Audit, AuditQuestion, AuditStratum
from bluelamp.performance.plans import Plan, load_plans
from bluelamp.performance.queries_audits import find_population, find_strata
from bluelamp.performance.series import FORCE

MOST_QUESTIONS: Final = 500


@dataclass(frozen=True, kw_only=True)
class About:
    """What every audit is told. `plan` and `code` name the indicator that its result is a figure of, if any."""

    title: str
    question: str
    plan: str = ""
    code: str = ""
    area: str = FORCE
    to: str = ""
    span: str = Span.YEAR.value
    marking: str = "OFFICIAL-SENSITIVE"


@dataclass(frozen=True, kw_only=True)
class Population:
    """The cases by kind: their identifiers (`cases`), or how many there are (`sizes`)."""

    cases: Mapping[str, Sequence[str]] | None = None
    sizes: Mapping[str, int] | None = None
    name: str = ""  # of the file


@dataclass(frozen=True, kw_only=True)
class SampleDesign:
    """Margin, confidence and expected share in per cent; `population` None keeps what is there."""

    about: About
    passes: str
    population: Population | None = None
    margin: str = "5"
    confidence: str = "95"
    expected: str = "50"
    minimum: int = 2
    second_percent: int = 0
    recorded: int | None = None
    recorded_of: str = ""


@dataclass(frozen=True, kw_only=True)
class ReviewDesign:
    """A thematic audit or a peer review: questions, each with its theme or "", and the points of answers."""

    kind: str
    about: About
    questions: Sequence[tuple[str, str]]
    points: Mapping[str, int]


def begin_sample(
    design: SampleDesign, *, organisation: Organisation | None = None, by: Actor, now: dt.datetime
) -> Audit:
    """A sample audit, with its sample size worked out; nothing is drawn yet."""
    check_can_audit("begin", kind=SAMPLE, state=NONE, by=by)
    audit = _begin(SAMPLE, organisation, by, now)
    if design.population is None:
        raise PlainError("Say how many cases there are, or give a list of them.")
    strata = _fill_sample(audit, design)
    with recording(by=by, now=now) as book:
        book.event("performance.audit_begun", subject=audit, add=[audit, *strata], note=_note(audit))
    return audit


def change_sample(audit: Audit, design: SampleDesign, *, by: Actor, now: dt.datetime) -> Audit:
    """Another design, while nothing is drawn. A list that is replaced is forgotten."""
    with working_on_audit(audit, step="change", by=by, now=now) as (book, held):
        if held.kind != SAMPLE:
            raise NotAllowedError("This audit has questions and no sample.")
        if design.population is None:
            design = SampleDesign(**{**vars(design), "population": _same_population(held)})
        before = list(held.strata.filter(version=held.version))
        held.version += 1
        strata = _fill_sample(held, design)
        for old in before:
            old.identifiers = ""
        book.event("performance.audit_changed", subject=held, add=strata, change=[held, *before], note=_note(held))
    return held


def begin_review(
    design: ReviewDesign, *, organisation: Organisation | None = None, by: Actor, now: dt.datetime
) -> Audit:
    """A thematic audit or a peer review with its questions."""
    check_can_audit("begin", kind=design.kind, state=NONE, by=by)
    audit = _begin(design.kind, organisation, by, now)
    questions = _fill_review(audit, design)
    with recording(by=by, now=now) as book:
        book.event("performance.audit_begun", subject=audit, add=[audit, *questions], note=_note(audit))
    return audit


def change_review(audit: Audit, design: ReviewDesign, *, by: Actor, now: dt.datetime) -> Audit:
    """Other questions or points, while nothing is answered."""
    with working_on_audit(audit, step="change", by=by, now=now) as (book, held):
        if held.kind == SAMPLE:
            raise NotAllowedError("This audit has a sample and no questions.")
        held.version += 1
        questions = _fill_review(held, design)
        book.event("performance.audit_changed", subject=held, add=questions, change=[held], note=_note(held))
    return held


def _begin(kind: str, organisation: Organisation | None, by: Actor, now: dt.datetime) -> Audit:
    if organisation is None and isinstance(by, User):
        organisation = by.organisation
    return Audit(
        kind=kind,
        state=DESIGNED,
        begun=now,
        by_key=by.ledger_name,
        by_name=by.ledger_label,
        organisation=organisation,
    )


def _note(audit: Audit) -> dict[str, Any]:
    note: dict[str, Any] = {"kind": audit.kind, "title": audit.title}
    if audit.kind == SAMPLE:
        note |= {"cases": audit.population, "sample": audit.size, "margin": audit.margin}
    return note


def _fill_about(audit: Audit, about: About) -> None:
    audit.title = check_line(about.title, what="The title")
    audit.question = check_words(about.question, what="The question", required=True)
    if about.marking not in dict(MARKINGS):
        raise PlainError(f"A marking is one of {', '.join(dict(MARKINGS))}.")
    audit.marking = about.marking
    audit.plan, audit.code, audit.area, audit.to, audit.span = "", "", FORCE, "", Span.YEAR.value
    if about.plan or about.code:
        plan = find_own_plan(about.plan)
        _check_indicator(plan, about)
        audit.plan, audit.code, audit.area = plan.slug, about.code, about.area or FORCE
        audit.to, audit.span = check_month(about.to), about.span


def find_own_plan(slug: str) -> Plan:
    plan = load_plans(settings.WORKSPACE_DEFINITIONS).get(slug)
    if plan is None:
        raise PlainError(f"There is no plan “{slug[:60]}” among the definitions.")
    return plan


def _check_indicator(plan: Plan, about: About) -> None:
    indicator = plan.indicator(about.code)
    if indicator is None:
        raise PlainError(f"The plan {plan.slug} has no indicator “{about.code[:40]}”.")
    if indicator.unit != "percentage":
        raise PlainError(
            f"{indicator.code} is no percentage, and an audit's result is one: name another indicator, or none."
        )
    if about.area not in ("", FORCE) and plan.area(about.area) is None:
        raise PlainError(f"The plan {plan.slug} has no area “{about.area[:60]}”.")
    if about.span not in {span.value for span in Span}:
        raise PlainError(f"A period is one of {', '.join(Span)}.")


def _fill_sample(audit: Audit, design: SampleDesign) -> list[AuditStratum]:
    _fill_about(audit, design.about)
    audit.passes = check_words(design.passes, what="What a pass is", required=True)
    audit.margin = check_percent(design.margin, what="The margin", low=Decimal("0.5"), high=Decimal(50))
    audit.confidence = check_percent(
        design.confidence, what="The confidence", low=Decimal(80), high=Decimal("99.9")
    )
    audit.expected = check_percent(design.expected, what="The expected share", low=Decimal(1), high=Decimal(99))
    if not 0 <= design.second_percent <= 100:
        raise PlainError("The share of cases read twice goes from 0% to 100%.")
    if not 1 <= design.minimum <= 1_000:
        raise PlainError("From each kind at least one case is drawn, and at most 1,000 as a minimum.")
    if design.recorded is not None and not 0 <= design.recorded <= 2_000_000_000:
        raise PlainError("The recorded count is a number of cases, not below nothing.")
    audit.minimum, audit.second_percent = design.minimum, design.second_percent
    audit.recorded = design.recorded
    audit.recorded_of = check_line(design.recorded_of, what="What was recorded", required=False)
    return _fill_strata(audit, design.population or Population())


def _fill_strata(audit: Audit, population: Population) -> list[AuditStratum]:
    sizes = (
        {name: len(cases) for name, cases in population.cases.items()}
        if population.cases is not None
        else dict(population.sizes or {})
    )
    audit.from_list = population.cases is not None
    audit.list_name = population.name[:255] if audit.from_list else ""
    audit.list_sha256 = hash_list(population.cases) if population.cases is not None else ""
    audit.population = sum(sizes.values())
    shares = find_allocation(audit, sizes)
    audit.size = sum(shares.values())
    return [
        AuditStratum(
            audit=audit,
            version=audit.version,
            place=place,
            name=name,
            cases=sizes[name],
            size=shares[name],
            identifiers="\n".join(population.cases[name]) if population.cases is not None else "",
        )
        for place, name in enumerate(sorted(sizes), start=1)
    ]


def find_allocation(audit: Audit, sizes: Mapping[str, int]) -> dict[str, int]:
    """How many cases of each kind its margin and confidence ask for."""
    size = find_sample_size(
        float(audit.margin) / 100,
        confidence=float(audit.confidence) / 100,
        population=sum(sizes.values()),
        expected=float(audit.expected) / 100,
    )
    least = sum(min(audit.minimum, count) for count in sizes.values())
    size = max(size, least)
    if size > MOST_DRAWN:
        raise PlainError(
            f"A margin of {audit.margin} points either way takes {size:,} cases to read, and an audit has at most"
            f" {MOST_DRAWN:,}: allow a wider margin, or less confidence."
        )
    return allocate(sizes, size, minimum=audit.minimum)


def _same_population(audit: Audit) -> Population:
    if audit.from_list:
        return Population(cases=find_population(audit), name=audit.list_name)
    return Population(sizes={stratum.name: stratum.cases for stratum in find_strata(audit)})


def _fill_review(audit: Audit, design: ReviewDesign) -> list[AuditQuestion]:
    _fill_about(audit, design.about)
    audit.points = check_points(design.points)
    if not 1 <= len(design.questions) <= MOST_QUESTIONS:
        raise PlainError(f"An audit of this kind has from 1 to {MOST_QUESTIONS} questions; give one a line.")
    return [
        AuditQuestion(
            audit=audit,
            version=audit.version,
            number=number,
            theme=check_line(theme, what=f"The theme of question {number}", required=False),
            words=check_line(words, what=f"Question {number}", longest=1_000),
        )
        for number, (theme, words) in enumerate(design.questions, start=1)
    ]
