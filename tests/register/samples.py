"""Items of fictional forces, put into the register as an acceptance would."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from bluelamp.documents.models import StoredDocument
from bluelamp.ledger.actions import Operator, recording
from bluelamp.organisations.models import Organisation
from bluelamp.register.actions import Point, References, Setting, index_items, lock_record, make_item
from bluelamp.register.models import Item

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
BY = Operator("test")


def citation(quote: str) -> dict[str, Any]:
    return {
        "document_sha256": "0" * 64,
        "page": 3,
        "printed_page": "iii",
        "line": 7,
        "line_end": 7,
        "quote": quote,
        "box": None,
    }


@dataclass
class Register:
    """A force, a document, and items added one call at a time."""

    force: Organisation
    document: StoredDocument

    def add(
        self, *points: Point, year: int = 2022, now: dt.datetime = NOW, source: str = "inspectorate"
    ) -> list[Item]:
        setting = Setting(self.document, self.force, year, False, source, now)
        with recording(by=BY, now=now) as book:
            lock_record()
            references = References()
            made = [make_item(point, setting, references) for point in points]
            for item, mention in made:
                book.event("register.item_accepted", subject=item, add=[item, mention])
            references.record(book)
            book.write()
            index_items([item for item, _ in made])
        return [item for item, _ in made]


def make_register(code: str = "WMC", organisation: Organisation | None = None) -> Register:
    force = Organisation(code=code, name=f"{code} Constabulary", kind="force", fictional=True)
    document = StoredDocument(
        sha256=code.lower().encode().hex().ljust(64, "0"),
        file_name=f"{code}.txt",
        title=f"Report on {code}",
        size=1,
        format="txt",
        reader_version=1,
        added=NOW,
        organisation=organisation,
    )
    with recording(by=BY, now=NOW) as book:
        book.event("organisations.organisation_added", subject=force, add=[force])
        book.event("documents.document_stored", subject=document, add=[document])
    return Register(force, document)


def point(kind: str = "area_for_improvement", title: str = "Count the bicycles", **rest: Any) -> Point:
    return Point(kind=kind, title=title, citations=[citation(title)], **rest)
