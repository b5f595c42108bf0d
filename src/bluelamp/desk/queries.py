"""What do pages that join slices ask? How much waits, what was read on a page, which items a document made."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from bluelamp.documents.models import StoredDocument
from bluelamp.intake.models import Proposal, UnreadPassage
from bluelamp.intake.review import SORTED_BY
from bluelamp.organisations.models import Organisation
from bluelamp.organisations.visibility import Viewer, visible_to
from bluelamp.register.models import Item


def find_waiting(*, viewer: Viewer) -> QuerySet[Proposal]:
    """Proposals that nobody has decided and that the present readers still make."""
    waiting = Proposal.objects.filter(state=Proposal.PROPOSED, superseded=False)
    return visible_to(viewer, waiting, through="document")


def waiting_by_document(documents: Iterable[UUID], *, viewer: Viewer) -> dict[UUID, int]:
    found = find_waiting(viewer=viewer).filter(document__in=list(documents))
    return dict(found.order_by().values_list("document").annotate(Count("pk")))


def items_by_document(documents: Iterable[UUID], *, viewer: Viewer) -> dict[UUID, int]:
    found = visible_to(viewer, Item.objects.filter(document__in=list(documents)))
    return dict(found.order_by().values_list("document").annotate(Count("pk")))


def facts_of(document: StoredDocument) -> QuerySet[Proposal]:
    """What was read of it, in reading order; what a newer reader no longer reads only if it was decided."""
    dropped = Q(superseded=True, state=Proposal.PROPOSED)
    return Proposal.objects.filter(document=document).exclude(dropped).order_by("order", "pk")


def facts_of_sort(document: StoredDocument, sort: str) -> QuerySet[Proposal]:
    """Those of one kind, or findings of one type; all of them where `sort` is ""."""
    found = facts_of(document).exclude(kind="document_detail")
    if not sort:
        return found
    of_kind = Q(kind=sort) & ~Q(kind__in=SORTED_BY)
    named = [Q(kind=kind, **{f"fields__{field}": sort}) for kind, field in SORTED_BY.items()]
    return found.filter(reduce(operator.or_, named, of_kind))


def facts_on_page(document: StoredDocument, index: int) -> list[Proposal]:
    return list(facts_of(document).filter(page_index=index))


def unread_on_page(document: StoredDocument, index: int) -> list[UnreadPassage]:
    return list(
        UnreadPassage.objects.filter(document=document, page_index=index, superseded=False).order_by("order")
    )


@dataclass(frozen=True)
class ReadCount:
    """How much of one sort was read, and what people said to it. `sort` is a finding's type, else the kind."""

    sort: str
    read: int
    waiting: int
    accepted: int
    rejected: int


def count_read(document: StoredDocument) -> list[ReadCount]:
    """By sort; what was guessed of the document as a whole is left out."""
    facts = facts_of(document).exclude(kind="document_detail").order_by()
    counted: dict[str, Counter[str]] = {}
    for kind, type_, section, state in facts.values_list("kind", "fields__type", "fields__section", "state"):
        named = {"type": type_, "section": section}.get(SORTED_BY.get(kind, ""))
        counted.setdefault(named or kind, Counter())[state] += 1
    return [
        ReadCount(sort, c.total(), c[Proposal.PROPOSED], c[Proposal.ACCEPTED], c[Proposal.REJECTED])
        for sort, c in sorted(counted.items())
    ]


def proposed_details(documents: Iterable[UUID]) -> dict[UUID, dict[str, str]]:
    """What is proposed, and not yet decided, of each document as a whole: {"title": ..., "subject": ...}."""
    waiting = Proposal.objects.filter(
        document__in=list(documents), kind="document_detail", state=Proposal.PROPOSED, superseded=False
    )
    found: dict[UUID, dict[str, str]] = {}
    for document, fields in waiting.values_list("document", "fields"):
        found.setdefault(document, {})[fields["name"]] = str(fields["value"])
    return found


def references_made(facts: Iterable[Proposal], *, viewer: Viewer) -> dict[UUID, str]:
    """The reference of the item that each accepted fact became, by the fact's key."""
    table = Item._meta.db_table
    made = {fact.pk: UUID(fact.result_id) for fact in facts if fact.result_table == table and fact.result_id}
    references = dict(visible_to(viewer, Item.objects.filter(pk__in=made.values())).values_list("pk", "reference"))
    return {fact: references[item] for fact, item in made.items() if item in references}


def forces_with_items(*, viewer: Viewer) -> list[tuple[Organisation, int]]:
    """Each force with something in the register, and how many items it has."""
    counted = dict(visible_to(viewer, Item.objects.all()).order_by().values_list("force").annotate(Count("pk")))
    forces = Organisation.objects.filter(pk__in=counted).order_by("name")
    return [(force, counted[force.pk]) for force in forces]


def count_kinds(items: QuerySet[Item]) -> dict[str, int]:
    return dict(items.order_by().values_list("kind").annotate(Count("pk")))
