"""Does a list come in whole, as its owner's claim, once, and never as anything assured?"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from tests.register.lists import MAPPING, make_csv, make_xlsx, read, row
from tests.register.samples import BY, NOW, make_register, point

from bluelamp.documents.models import StoredDocument
from bluelamp.documents.readers import read_bytes
from bluelamp.documents.stored_citations import check_citations
from bluelamp.ledger.actions import recording
from bluelamp.ledger.models import Event
from bluelamp.ledger.verification import verify
from bluelamp.organisations.models import Organisation, Owner, User
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.register.actions import index_items
from bluelamp.register.actions_imports import import_items
from bluelamp.register.actions_links import merge
from bluelamp.register.import_mappings import ImportMapping
from bluelamp.register.import_planning import Asked, Plan, plan_import
from bluelamp.register.links import mentions_of
from bluelamp.register.models import Item
from bluelamp.register.queries import filter_items, item_history

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def force(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Organisation:
    monkeypatch.setattr(django_settings.WORKSPACE.__class__, "originals", tmp_path / "originals")
    return make_register("WMC").force


def take_in(
    data: bytes, *, name: str = "list.csv", mapping: ImportMapping = MAPPING, by: Any = BY, **asked: Any
) -> Plan:
    rows, cited = read(data, name, mapping)
    return import_items(
        rows,
        cited,
        Asked(mapping=mapping, **{"force": "WMC", **asked}),
        document=read_bytes(data, file_name=name),
        data=data,
        file_name=name,
        by=by,
        now=NOW,
    )


def look_at(data: bytes, *, name: str = "list.csv", **asked: Any) -> Plan:
    rows, cited = read(data, name)
    return plan_import(rows, cited, Asked(mapping=MAPPING, **{"force": "WMC", **asked}), viewer=None)


def verdicts(plan: Plan) -> list[tuple[int, str]]:
    return [(planned.number, planned.verdict) for planned in plan.rows]


def test_looking_writes_nothing_and_taking_in_does_what_was_shown() -> None:
    data = make_csv(row("R1", owner="Head of stores"), row("R2", due="soon"), row("R3", "Mend the doors"))
    before = Event.objects.count()
    shown = look_at(data)
    assert verdicts(shown) == [(2, "new"), (3, "refused"), (4, "new")]
    assert shown.counts == {"new": 2, "here": 0, "changed": 0, "refused": 1}
    assert (Event.objects.count(), Item.objects.count(), Owner.objects.count()) == (before, 0, 0)
    done = take_in(data)
    assert verdicts(done) == verdicts(shown)
    assert [planned.reference for planned in done.rows] == ["WMC-2022-REC-01", "", "WMC-2022-REC-02"]
    assert Item.objects.count() == 2
    assert verify(None).problems == []


def test_each_item_cites_its_row_in_the_file_which_is_kept(tmp_path: Path) -> None:
    data = make_xlsx(tmp_path, row("R1", "Count", "Twice."), ("",) * 11, row("R2", "Mend"), above=2)
    take_in(data, name="list.xlsx")
    document = StoredDocument.objects.get(sha256=hashlib.sha256(data).hexdigest())
    assert document.file_name == "list.xlsx"
    for item in Item.objects.all():
        mention = item.mentions.get()
        assert mention.document == document
        check_citations(document, mention.citations)
    assert Item.objects.get(source_number="R2").order == 6


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
def test_the_same_file_again_changes_nothing(tmp_path: Path, name: str) -> None:
    rows = (row("R1", status="Complete", owner="Head of stores"), row("", "Mend the doors"))
    data = make_csv(*rows) if name.endswith("csv") else make_xlsx(tmp_path, *rows)
    take_in(data, name=name)
    before = Event.objects.count()
    again = take_in(data, name=name)
    assert again.counts == {"new": 0, "here": 2, "changed": 0, "refused": 0}
    assert again.rows[0].reference == "WMC-2022-REC-01"
    assert Event.objects.count() == before


def test_a_foreign_complete_is_its_owners_claim_closed_elsewhere_and_not_assured() -> None:
    take_in(make_csv(row("R1", status="Closed", owner="Head of stores", due="01/05/2022", update="All counted")))
    item = Item.objects.get()
    assert (item.delivery, item.closing, item.assurance) == ("delivered", "closed-elsewhere", "untested")
    assert (item.timing, item.due, item.position) == ("finished", None, "not-stated")
    assert item.owner
    assert item.owner.name == "Head of stores"
    assert item.original_target == dt.date(2022, 5, 1)
    assert item.mentions.get().printed_action == "All counted"
    assert not filter_items(viewer=None, closing="signed-off").exists()


@pytest.mark.parametrize(
    ("values", "stands"),
    [
        ({"status": "Ongoing", "due": "01/05/2022"}, ("in-progress", "open", "to-meet", dt.date(2022, 5, 1))),
        ({"due": "01/05/2022", "revised": "01/07/2022"}, ("planned", "open", "to-meet", dt.date(2022, 7, 1))),
        ({"status": "Awaiting sign-off", "due": "01/05/2022"}, ("delivered", "open", "no-date", None)),
        ({"status": "For partner", "partner": "The council"}, ("for-another-body", "open", "no-date", None)),
    ],
)
def test_what_a_list_claims_becomes_the_facts(values: dict[str, str], stands: tuple[Any, ...]) -> None:
    take_in(make_csv(row(**values)))
    item = Item.objects.get()
    assert (item.delivery, item.closing, item.timing, item.due) == stands
    assert item.assurance == "untested"
    assert item.delivery_body == values.get("partner", "")
    assert item.original_target == (dt.date(2022, 5, 1) if "due" in values else None)


def test_an_owner_is_added_once_and_known_again() -> None:
    take_in(make_csv(row("R1", owner="Head of stores"), row("R2", "Mend", owner="head of  STORES")))
    assert Owner.objects.get().name == "Head of stores"
    take_in(make_csv(row("R3", "Paint", owner="Head of Stores")))
    assert Owner.objects.count() == 1
    assert Item.objects.filter(owner=Owner.objects.get()).count() == 3


def test_an_owner_nobody_knows_is_refused_where_the_mapping_adds_none() -> None:
    plan = take_in(make_csv(row(owner="Head of stores")), mapping=replace(MAPPING, add_owners=False))
    assert plan.rows[0].reason.startswith("Nobody called Head of stores may own work here")
    assert Item.objects.count() == 0


def test_a_changed_row_shows_what_changed_and_original_dates_never_do() -> None:
    take_in(make_csv(row("R1", due="01/05/2022", status="Ongoing")))
    later = make_csv(row("R1", "Count every bicycle", due="01/09/2022", status="Complete"))
    shown = look_at(later)
    assert verdicts(shown) == [(2, "changed")]
    assert "title from Count the bicycles to Count every bicycle" in shown.rows[0].reason
    assert "status from in-progress to complete" in shown.rows[0].reason
    take_in(later)
    item = Item.objects.get()
    assert item.title == "Count every bicycle"
    assert item.first_reading == {"title": "Count the bicycles", "text": "", "area_name": "Stores"}
    assert (item.original_target, item.current_target) == (dt.date(2022, 5, 1), dt.date(2022, 9, 1))
    assert item.closing == "closed-elsewhere"
    assert mentions_of(item, viewer=None).count() == 2
    assert item_history(item, viewer=None)[0].action == "register.item_imported_again"
    assert look_at(later).counts["here"] == 1
    assert verify(None).problems == []


def work_on(item: Item) -> None:
    with recording(by=BY, now=NOW) as book:
        item.response = "accepted"
        book.event("assurance.responded", subject=item, change=[item])
        book.write()
        index_items([item])


def test_a_list_no_longer_changes_what_is_worked_on_here() -> None:
    take_in(make_csv(row("R1", status="Ongoing")))
    work_on(Item.objects.get())
    plan = take_in(make_csv(row("R1", status="Complete")))
    assert verdicts(plan) == [(2, "refused")]
    assert "worked on here since it came in" in plan.rows[0].reason
    assert Item.objects.get().closing == "open"


def test_a_list_does_not_change_what_was_merged() -> None:
    take_in(make_csv(row("R1", status="Nobody has it"), row("R2", "Mend")))
    one, two = Item.objects.order_by("place")
    merge(one, two, by=BY, now=NOW)
    plan = look_at(make_csv(row("R1", status="Ongoing")))
    assert "merged into another item" in plan.rows[0].reason


def test_words_that_stand_in_the_register_already_are_pointed_out(force: Organisation) -> None:
    register = make_register("CVP")
    (known,) = register.add(point(title="Count the bicycles"))
    plan = look_at(make_csv(row("R1")), force="CVP")
    assert verdicts(plan) == [(2, "new")]
    assert plan.rows[0].reason == f"{known.reference} says just this already: perhaps they are the same."
    stranger = User(user_name="ann", organisation=force, role="liaison")
    known.organisation = register.force
    with recording(by=BY, now=NOW) as book:
        book.event("register.item_changed", subject=known, change=[known])
        book.write()
        index_items([known])
    rows, cited = read(make_csv(row("R1")))
    hidden = plan_import(rows, cited, Asked(mapping=MAPPING, force="CVP"), viewer=stranger)
    assert hidden.rows[0].reason == ""


@pytest.mark.parametrize(
    ("values", "asked", "reason"),
    [
        ({}, {"force": "ZZZ"}, "“ZZZ” is no force that is known here"),
        ({}, {"force": ""}, "The row names no force"),
        ({"raised": ""}, {}, "no day on which it was raised"),
    ],
)
def test_a_row_without_a_force_or_a_year_is_refused(
    values: dict[str, str], asked: dict[str, Any], reason: str
) -> None:
    assert reason in look_at(make_csv(row(**values)), **asked).rows[0].reason


def test_a_year_can_be_given_for_rows_without_a_day() -> None:
    plan = take_in(make_csv(row(raised="")), year=2019)
    assert plan.rows[0].reference == "WMC-2019-REC-01"


@pytest.mark.parametrize("role", ["owner", "analyst", "auditor", "committee_member", "reader"])
def test_only_who_decides_takes_a_list_in(role: str) -> None:
    before = Event.objects.count()
    with pytest.raises(NotAllowedError, match="Only a liaison officer"):
        take_in(make_csv(row()), by=User(user_name="ann", name="Ann", role=role))
    assert Event.objects.count() == before


def test_what_somebody_writes_meanwhile_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The list is made ready before the lock is taken; another's writing in between makes it anew."""
    from bluelamp.register import actions_imports

    real, meanwhile = actions_imports.recording, make_csv(row("R1", "Mend"))

    def recording_after_another(**given: Any) -> Any:
        monkeypatch.setattr(actions_imports, "recording", real)
        take_in(meanwhile)
        return real(**given)

    monkeypatch.setattr(actions_imports, "recording", recording_after_another)
    plan = take_in(make_csv(row("R1", "Mend"), row("R2", "Paint")))
    assert verdicts(plan) == [(2, "here"), (3, "new")]
    assert [planned.reference for planned in plan.rows] == ["WMC-2022-REC-01", "WMC-2022-REC-02"]
    assert verify(None).problems == []


def test_a_list_becomes_the_record_of_its_organisation(force: Organisation) -> None:
    take_in(make_csv(row("R1", owner="Head of stores")), organisation=force)
    item = Item.objects.get()
    assert item.organisation == item.document.organisation == force
    assert Owner.objects.get().organisation == force
    assert look_at(make_csv(row("R1"))).counts["new"] == 1
