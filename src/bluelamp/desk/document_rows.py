"""What does a list of documents show of each: what it is, or is proposed to be, and what came of it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from bluelamp.desk.queries import items_by_document, proposed_details, waiting_by_document
from bluelamp.documents.models import StoredDocument
from bluelamp.documents.published import say_published
from bluelamp.intake.headings import say_detail
from bluelamp.organisations.visibility import Viewer


@dataclass(frozen=True)
class DocumentRow:
    """Of each value either what someone accepted, or what is proposed; `proposed` names those only proposed."""

    document: StoredDocument
    name: str
    subject: str
    publisher: str
    family: str
    framework: str
    published: str
    proposed: frozenset[str]
    waiting: int
    items: int


def make_document_rows(documents: Sequence[StoredDocument], *, viewer: Viewer) -> list[DocumentRow]:
    keys = [document.pk for document in documents]
    waiting = waiting_by_document(keys, viewer=viewer)
    items = items_by_document(keys, viewer=viewer)
    proposed = proposed_details(keys)
    return [_make_row(document, proposed.get(document.pk, {}), waiting, items) for document in documents]


def _make_row(
    document: StoredDocument,
    proposed: Mapping[str, str],
    waiting: Mapping[UUID, int],
    items: Mapping[UUID, int],
) -> DocumentRow:
    held = {
        "title": document.title,
        "subject": document.subject.name if document.subject else "",
        "publisher": document.publisher.name if document.publisher else document.publisher_name,
        "family": "" if document.family == "other" else say_detail("family", document.family),
        "framework": say_detail("framework", document.framework),
        "published": say_published(document.published),
    }
    guessed = {name: say_detail(name, value) for name, value in proposed.items()}
    only_proposed = frozenset(name for name in held if not held[name] and guessed.get(name))
    shown = {name: held[name] or guessed.get(name, "") for name in held}
    return DocumentRow(
        document=document,
        name=shown["title"] or document.file_name,
        subject=shown["subject"],
        publisher=shown["publisher"],
        family=shown["family"] or say_detail("family", document.family),
        framework=shown["framework"],
        published=shown["published"],
        proposed=only_proposed,
        waiting=waiting.get(document.pk, 0),
        items=items.get(document.pk, 0),
    )
