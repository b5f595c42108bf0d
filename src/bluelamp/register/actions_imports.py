"""How does a list from elsewhere come into the register? All its rows that can be taken, or none.

What the list says of a point's delivery is its owner's claim. What it calls complete is closed elsewhere and not
tested here; nothing in it is assured.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from bluelamp.documents.actions import store_document
from bluelamp.documents.document import Document
from bluelamp.documents.models import StoredDocument
from bluelamp.ledger.actions import Actor, Book, recording
from bluelamp.ledger.models import Head
from bluelamp.ledger.records import Recorded
from bluelamp.organisations.models import Owner, User
from bluelamp.organisations.rules import check_can_manage_owners, check_owner
from bluelamp.register.actions import Point, References, Setting, index_items, lock_record, make_item
from bluelamp.register.import_mappings import heading_key
from bluelamp.register.import_planning import CHANGED, NEW, Asked, Citations, Plan, PlannedRow, plan_import
from bluelamp.register.import_rows import ImportedFields, ReadRow, is_complete
from bluelamp.register.models import ImportedRow, Item, Mention
from bluelamp.register.rules import check_can_import
from bluelamp.register.standing import FINISHED, MET, MET_LATE, NO_DATE, TO_MEET

DELIVERED, PLANNED, UNALLOCATED = "delivered", "planned", "unallocated"
OPEN, CLOSED_ELSEWHERE = "open", "closed-elsewhere"
LONGEST_AREA = 80

Tell = Callable[[int], None]
"""Told after each row that was prepared, how many are done."""


@dataclass
class _Event:
    """One row's event, made ready: the book writes it when the lock is held."""

    action: str
    item: Item
    add: list[Recorded]
    change: list[Recorded]
    note: dict[str, Any]


@dataclass
class _Draft:
    """What an import would write, made before the lock is taken and good for as long as nobody else writes."""

    document: StoredDocument
    asked: Asked
    by: Actor
    now: dt.datetime
    references: References = field(default_factory=References)
    events: list[_Event] = field(default_factory=list)
    rows: list[PlannedRow] = field(default_factory=list)
    _added: dict[str, Owner] = field(default_factory=dict)

    def owner_of(self, planned: PlannedRow) -> Owner | None:
        if not planned.owner_name:
            return planned.owner
        key = planned.owner_name.casefold()
        if key not in self._added:
            kind, organisation = self.asked.mapping.owner_kind, self.asked.organisation
            self._added[key] = Owner(kind=kind, name=planned.owner_name, organisation=organisation)
        return self._added[key]

    def fill(self, plan: Plan, tell: Tell) -> None:
        for number, planned in enumerate(plan.rows, 1):
            take = {NEW: _add, CHANGED: _change}.get(planned.verdict)
            self.rows.append(take(planned, self) if take else planned)
            tell(number)

    def write(self, book: Book) -> None:
        for owner in self._added.values():
            check_can_manage_owners(self.by, organisation=owner.organisation)
            check_owner(kind=owner.kind, name=owner.name, email="")
            book.event("organisations.owner_added", subject=owner, add=[owner])
        for event in self.events:
            book.event(event.action, subject=event.item, add=event.add, change=event.change, note=event.note)
        self.references.record(book)
        book.write()
        index_items([event.item for event in self.events])


def import_items(
    rows: Sequence[ReadRow],
    cited: Mapping[int, Citations],
    asked: Asked,
    *,
    document: Document,
    data: bytes,
    file_name: str,
    by: Actor,
    now: dt.datetime,
    tell: Tell = lambda done: None,
) -> Plan:
    """Take in every row that is new or changed, each citing its place in the file, which is kept as a document.

    Returns what happened to each row, with the references given. Refused rows are left; the same file again
    changes nothing. `rows` and `cited` are as `read_rows` and `cite_rows` made them of the same bytes.
    """
    check_can_import(by)
    viewer = by if isinstance(by, User) else None
    plan = plan_import(rows, cited, asked, viewer=viewer)
    if not plan.writes:
        return plan
    kept = store_document(
        by=by, now=now, document=document, data=data, file_name=file_name, organisation=asked.organisation
    )

    def make_draft() -> _Draft:
        draft = _Draft(kept.document, asked, by, now)
        draft.fill(plan_import(rows, cited, asked, viewer=viewer), tell)
        return draft

    head = Head.objects.values_list("digest", flat=True).get(pk=1)
    draft = make_draft()
    with recording(by=by, now=now) as book:
        lock_record()
        if book.head.digest != head:  # somebody wrote meanwhile: what was made ready may be true no more
            draft = make_draft()
        draft.write(book)
    return Plan(tuple(draft.rows))


def _add(planned: PlannedRow, draft: _Draft) -> PlannedRow:
    assert planned.fields and planned.force  # noqa: PT018  (what is planned as new has both)
    fields = planned.fields
    setting = Setting(draft.document, planned.force, planned.year, False, fields.source, draft.now)
    point = Point(
        kind=fields.kind,
        title=fields.title,
        text=fields.text,
        area=_area_of(fields),
        area_name=fields.area,
        source_number=fields.number,
        citations=planned.citations or [],
        cited_pages=fields.pages,
        printed_action=fields.update,
        deadline_printed=fields.deadline,
        order=planned.number,
    )
    item, mention = make_item(point, setting, draft.references)
    _claim(item, fields, draft.owner_of(planned))
    row = ImportedRow(
        mapping=draft.asked.mapping.slug,
        key=planned.key,
        item=item,
        document=draft.document,
        row=planned.number,
        fields=asdict(fields),
        read=draft.now,
        organisation=draft.asked.organisation,
    )
    draft.events.append(_Event("register.item_imported", item, [item, mention, row], [], {}))
    return replace(planned, held=row)


def _change(planned: PlannedRow, draft: _Draft) -> PlannedRow:
    assert planned.fields and planned.held  # noqa: PT018  (what is planned as changed has both)
    fields, row = planned.fields, planned.held
    item = row.item
    add: list[Recorded] = []
    if row.document_id != draft.document.pk:
        add.append(
            Mention(
                item=item,
                document=draft.document,
                citations=planned.citations,
                cited_pages=fields.pages,
                printed_action=fields.update,
            )
        )
    _change_words(item, fields)
    _claim(item, fields, draft.owner_of(planned))
    row.document, row.row, row.fields, row.read = draft.document, planned.number, asdict(fields), draft.now
    note = {"changed": planned.reason}
    draft.events.append(_Event("register.item_imported_again", item, add, [item, row], note))
    return planned


def _change_words(item: Item, fields: ImportedFields) -> None:
    """The words as they first came in stay beside the new ones."""
    words: dict[str, Any] = {"title": fields.title, "text": fields.text, "area_name": fields.area}
    before = {name: getattr(item, name) for name in words}
    if before == words:
        return
    item.first_reading = item.first_reading or before
    item.area = _area_of(fields)
    for name, value in words.items():
        setattr(item, name, value)


def _area_of(fields: ImportedFields) -> str:
    return heading_key(fields.area).replace(" ", "-")[:LONGEST_AREA]


def _claim(item: Item, fields: ImportedFields, owner: Owner | None) -> None:
    """What the list claims, as far as an owner may."""
    item.owner = owner
    item.response = fields.response or item.response
    item.delivery_body = fields.body if fields.status == "for-another-body" else ""
    item.closing = CLOSED_ELSEWHERE if is_complete(fields) else OPEN
    item.delivery = DELIVERED if is_complete(fields) else fields.status or (PLANNED if owner else UNALLOCATED)
    target, revised, deadline, delivered = (
        dt.date.fromisoformat(day) if day else None
        for day in (fields.target, fields.revised, fields.deadline, fields.delivered)
    )
    item.original_target = item.original_target or target or revised  # never changes once it is named
    item.current_target = revised or target
    item.deadline_date, item.deadline_printed = deadline, fields.deadline
    days = [day for day in (item.current_target, deadline) if day]
    item.due = None
    if item.closing != OPEN:
        item.timing = FINISHED
    elif item.delivery == DELIVERED:
        item.timing = (MET_LATE if delivered > min(days) else MET) if delivered and days else NO_DATE
    else:
        item.due = min(days, default=None)
        item.timing = TO_MEET if days else NO_DATE
