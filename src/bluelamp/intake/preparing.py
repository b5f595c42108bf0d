"""What must be known before proposals are accepted: are they well formed, of which force, of which year?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings

from bluelamp.documents.models import StoredDocument
from bluelamp.inspections.frameworks import Framework, load_frameworks
from bluelamp.intake.acceptance import Acceptance, Prepared
from bluelamp.intake.details_of_documents import check_detail
from bluelamp.intake.models import Proposal
from bluelamp.intake.rules import DOCUMENT_DETAIL, PROPOSED, About
from bluelamp.intake.stored_facts import Fields, apply_correction, fact_of
from bluelamp.intake.years import Year, find_year
from bluelamp.ledger.actions import Book
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.queries import find_organisation, force_of


class RefusedError(PlainError):
    """An acceptance that may not be; the message is the reason in plain English."""


def prepare(proposal: Proposal, corrected: Mapping[str, Any]) -> Prepared:
    """The proposal's fact with a person's corrections in it, validated. Raises PlainError."""
    fields = apply_correction(proposal.fields, corrected) if corrected else proposal.fields
    if proposal.kind == DOCUMENT_DETAIL:
        value = check_detail(fields["name"], str(fields["value"]))
        return Prepared(proposal, None, {**fields, "value": value} if value != fields["value"] else fields)
    fact = fact_of(proposal.kind, fields, proposal.citations)
    if corrected:
        _check_corrected(proposal, fields)
    return Prepared(proposal, fact, fields)


def _check_corrected(proposal: Proposal, fields: Fields) -> None:
    """What a person typed must be of the framework; what was read is shown with its doubt instead."""
    framework = framework_of(proposal.document)
    area, grade = fields.get("area"), fields.get("grade")
    if framework is None:
        return
    if area and area != proposal.fields.get("area") and framework.area(area) is None:
        raise RefusedError(f"{framework.name} has no area “{area}”.")
    if grade and grade not in {each.slug for each in framework.grades}:
        names = ", ".join(each.slug for each in framework.grades)
        raise RefusedError(f"{framework.name} has no grade “{grade}”: choose one of {names}.")


def framework_of(document: StoredDocument) -> Framework | None:
    return load_frameworks(settings.WORKSPACE_DEFINITIONS).get(document.framework)


def say_about(document: StoredDocument, by: Any = None) -> About:
    """What the rules need to know of the document."""
    force = force_of(document.subject)
    own = getattr(by, "organisation_id", None)
    foreign = document.organisation_id is not None and getattr(by, "role", "administrator") != "administrator"
    return About(
        force=force.code if force else "",
        proposed_force="" if force else _proposed_force(document),
        framework=document.framework,
        year_known=True,
        other_organisation=foreign and own != document.organisation_id,
    )


def find_proposed_details(document: StoredDocument) -> dict[str, Proposal]:
    """What is proposed, and not yet decided, of the document as a whole, by the detail's name."""
    proposals = document.proposals.filter(kind=DOCUMENT_DETAIL, state=PROPOSED, superseded=False)
    return {each.fields["name"]: each for each in proposals}


def _proposed_force(document: StoredDocument) -> str:
    proposed = find_proposed_details(document).get("subject")
    code = str(proposed.fields["value"]) if proposed else ""
    found = find_organisation(code) if code else None
    return found.name if found else code


def describe(document: StoredDocument, book: Book) -> tuple[About, Acceptance | None]:
    """What the rules need, and the setting of the acceptances; None where no item can be given its year."""
    about = say_about(document)
    year = year_of(document, today=book.now.year)
    if year is None:
        return replace(about, year_known=False), None
    force = force_of(document.subject)
    return about, Acceptance(document, force, framework_of(document), year, book.now, book)


def year_of(document: StoredDocument, *, today: int) -> Year | None:
    return _year(document, document.published, framework_of(document), today)


def foresee_year(document: StoredDocument, proposed: Mapping[str, Proposal], *, today: int) -> Year | None:
    """The year that items will carry where everything is accepted, what is proposed of the document included."""
    values = {name: str(each.fields["value"]) for name, each in proposed.items()}
    framework = framework_of(document) or load_frameworks(settings.WORKSPACE_DEFINITIONS).get(
        values.get("framework", "")
    )
    return _year(document, document.published or values.get("published", ""), framework, today)


def _year(document: StoredDocument, published: str, framework: Framework | None, today: int) -> Year | None:
    return find_year(
        published=published,
        cycle=(framework.first_year, framework.last_year) if framework else None,
        text="".join(document.pages.order_by("index").values_list("text", flat=True)),
        today=today,
    )
