"""Do items that belong together stay together, both ways visible, and can each joining be taken back?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.register.samples import BY, NOW, Register, make_register, point

from bluelamp.desk.events import SAID as EVENTS_SAID
from bluelamp.documents.models import StoredDocument, StoredPage
from bluelamp.ledger.actions import recording
from bluelamp.ledger.models import Event
from bluelamp.ledger.verification import verify
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.models import Organisation, User
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.register.actions import index_items
from bluelamp.register.actions_links import (
    Words,
    add_mention,
    merge,
    say_same,
    split,
    supersede,
    undo_link,
)
from bluelamp.register.facets import find_facets
from bluelamp.register.links import (
    children_of,
    find_answered_here,
    find_carrier,
    find_link,
    links_of,
    mentions_of,
)
from bluelamp.register.models import Item, ItemLink
from bluelamp.register.queries import filter_items, find_exact_item, find_item, item_history

pytestmark = pytest.mark.django_db
WHEN: dict[str, Any] = {"by": BY, "now": NOW}


@pytest.fixture
def register() -> Register:
    return make_register("WMC")


def listed(**filters: Any) -> list[str]:
    return list(filter_items(viewer=None, **filters).order_by("place").values_list("reference", flat=True))


def counted() -> int:
    return sum(choice.count for choice in find_facets(viewer=None, today=NOW.date())["kind"])


def said(item: Item, viewer: User | None = None) -> list[tuple[str, str]]:
    return [(linked.said, linked.to.reference) for linked in links_of(item, viewer=viewer)]


def change(item: Item, **values: Any) -> None:
    with recording(by=BY, now=NOW) as book:
        for name, value in values.items():
            setattr(item, name, value)
        book.event("register.item_changed", subject=item, change=[item])
        book.write()
        index_items([item])


def test_the_same_point_is_answered_once_where_it_is_carried(register: Register) -> None:
    local, regional, national = register.add(point(), point(), point("recommendation"))
    say_same(local, regional, **WHEN)
    say_same(regional, national, reason="the report repeats it", **WHEN)
    assert find_carrier(local, viewer=None) == national
    assert find_carrier(national, viewer=None) == national
    assert set(find_answered_here(national, viewer=None)) == {local, regional}
    assert said(regional) == [
        ("is answered here for", local.reference),
        ("is the same point as", national.reference),
    ]
    assert said(national) == [("is answered here for", regional.reference)]
    assert len(listed()) == 3


def test_the_same_as_itself_or_in_a_circle_is_refused(register: Register) -> None:
    one, two, three = register.add(point(), point(), point())
    say_same(one, two, **WHEN)
    say_same(two, three, **WHEN)
    for item, other, words in (
        (three, one, "in a circle"),
        (one, one, "Name two items"),
        (one, three, "take that back first"),
    ):
        with pytest.raises(NotAllowedError, match=words):
            say_same(item, other, **WHEN)
    assert ItemLink.objects.count() == 2


def test_what_was_superseded_is_seen_from_both_ends(register: Register) -> None:
    old, new = register.add(point(), point())
    link = supersede(new, old, **WHEN)
    assert said(new) == [("takes the place of", old.reference)]
    assert said(old) == [("was superseded by", new.reference)]
    assert next(h.action for h in item_history(old, viewer=None)) == "register.superseded"
    with pytest.raises(NotAllowedError, match="circle"):
        supersede(old, new, **WHEN)
    undo_link(link, reason="another area", **WHEN)
    assert said(old) == said(new) == []
    assert links_of(old, viewer=None, undone=True)[0].link.undone == NOW
    supersede(new, old, **WHEN)


def test_a_merged_item_is_out_of_lists_and_counts_and_leads_to_the_survivor(register: Register) -> None:
    letter, report = register.add(point(title="Count the tandems"), point(title="Count the bicycles"))
    link = merge(letter, report, **WHEN)
    assert listed() == [report.reference]
    assert counted() == 1
    found = find_item("wmc 2022 afi 1", viewer=None)
    assert found == report
    assert find_exact_item("wmc 2022 afi 1", viewer=None) == letter
    assert listed(words="tandems") == listed(words=letter.reference) == [report.reference]
    assert listed(document=register.document) == [report.reference]
    assert [mention.item for mention in mentions_of(report, viewer=None)] == [report, letter]
    assert said(report) == [("has merged into it", letter.reference)]
    undo_link(link, **WHEN)
    assert listed() == [letter.reference, report.reference]
    assert counted() == 2
    assert listed(words="tandems") == [letter.reference]
    assert find_item(letter.reference, viewer=None) == letter
    assert verify(None).problems == []


def test_merging_what_others_were_merged_into_carries_them_along_and_back(register: Register) -> None:
    one, two, three = register.add(point(), point(), point())
    merge(one, two, **WHEN)
    later = merge(two, three, **WHEN)
    assert find_item(one.reference, viewer=None) == three
    undo_link(later, **WHEN)
    assert find_item(one.reference, viewer=None) == two
    assert listed() == [two.reference, three.reference]
    with pytest.raises(NotAllowedError, match="was merged into another item"):
        merge(one, three, **WHEN)


def test_what_was_done_about_an_item_is_not_hidden_by_a_merge(register: Register) -> None:
    one, two, three = register.add(point(), point(), point())
    change(one, response="accepted")
    with pytest.raises(NotAllowedError, match="answered or worked on"):
        merge(one, two, **WHEN)
    with recording(**WHEN) as book:
        book.event("assurance.commented", subject=three)
    with pytest.raises(NotAllowedError, match="answered or worked on"):
        merge(three, two, **WHEN)
    merge(two, one, **WHEN)


def test_items_that_are_held_differently_are_not_merged(register: Register) -> None:
    one, two = register.add(point(), point())
    (far,) = make_register("CVP").add(point())
    with pytest.raises(NotAllowedError, match="different forces"):
        merge(one, far, **WHEN)
    change(two, organisation=register.force)
    with pytest.raises(NotAllowedError, match="not held alike"):
        merge(one, two, **WHEN)


def test_the_children_of_a_merged_item_are_the_survivors(register: Register) -> None:
    concern, again = register.add(point("cause_of_concern"), point("cause_of_concern"))
    (child,) = register.add(point("recommendation"))
    change(child, parent=concern)
    merge(concern, again, **WHEN)
    assert list(children_of(again, viewer=None)) == [child]


def test_a_split_gives_each_part_its_own_reference_and_can_be_taken_back(register: Register) -> None:
    (whole,) = register.add(point(title="Count the bicycles and mend the doors", area="beats"))
    doors, roof = split(
        whole,
        [Words(title="Mend the doors"), Words(title="Mend the roof")],
        stays=Words(title="Count the bicycles"),
        reason="three points",
        **WHEN,
    )
    whole.refresh_from_db()
    assert [item.reference for item in (doors, roof)] == ["WMC-2022-AFI-02", "WMC-2022-AFI-03"]
    assert (whole.title, doors.title, doors.area) == ("Count the bicycles", "Mend the doors", "beats")
    assert whole.first_reading == {"title": "Count the bicycles and mend the doors", "text": "", "parts": []}
    assert doors.mentions.get().citations == whole.mentions.get().citations
    assert said(doors) == [("was split from", whole.reference)]
    assert len(listed()) == counted() == 3
    link = ItemLink.objects.get(item=doors)
    undo_link(link, **WHEN)
    whole.refresh_from_db()
    assert whole.title == "Count the bicycles and mend the doors"
    assert listed() == [whole.reference]
    assert find_item(roof.reference, viewer=None) == whole
    assert verify(None).problems == []
    undo_link(ItemLink.objects.get(item=doors, kind="merged", undone=None), **WHEN)
    assert listed() == [whole.reference, doors.reference]


def test_a_split_that_was_worked_on_stays(register: Register) -> None:
    (whole,) = register.add(point(title="Count and mend"))
    one, two = split(whole, [Words(title="Mend"), Words(title="Paint")], stays=Words(title="Count"), **WHEN)
    change(one, delivery="planned")
    with pytest.raises(NotAllowedError, match="since it was split off"):
        undo_link(ItemLink.objects.get(item=two), **WHEN)
    change(one, delivery="unallocated")
    whole.refresh_from_db()
    change(whole, title="Count twice")
    with pytest.raises(NotAllowedError, match="were changed since"):
        undo_link(ItemLink.objects.get(item=two), **WHEN)


def test_parts_without_words_are_refused(register: Register) -> None:
    (whole,) = register.add(point())
    for parts in ([], [Words(title=" ")]):
        with pytest.raises(NotAllowedError):
            split(whole, parts, **WHEN)
    assert Item.objects.count() == 1


def test_what_was_taken_back_is_not_taken_back_again(register: Register) -> None:
    one, two = register.add(point(), point())
    link = say_same(one, two, **WHEN)
    undo_link(link, **WHEN)
    with pytest.raises(NotAllowedError, match="already"):
        undo_link(link, **WHEN)


@pytest.mark.parametrize("role", ["owner", "analyst", "auditor", "committee_member", "reader"])
def test_only_who_decides_joins_items(register: Register, role: str) -> None:
    one, two = register.add(point(), point())
    link = say_same(one, two, **WHEN)
    by = User(user_name="ann", name="Ann", role=role)
    doings = (
        lambda: say_same(two, one, by=by, now=NOW),
        lambda: supersede(two, one, by=by, now=NOW),
        lambda: merge(two, one, by=by, now=NOW),
        lambda: split(two, [Words(title="Mend")], by=by, now=NOW),
        lambda: undo_link(link, by=by, now=NOW),
        lambda: add_mention(two, register.document, [], by=by, now=NOW),
    )
    before = Event.objects.count()
    for doing in doings:
        with pytest.raises(NotAllowedError, match="Only a liaison officer"):
            doing()
    assert Event.objects.count() == before


def test_a_link_tells_nobody_of_an_item_they_may_not_see(register: Register) -> None:
    local, national = register.add(point(), point("recommendation"))
    change(local, organisation=register.force)
    link = say_same(local, national, **WHEN)
    stranger = User(user_name="ann", organisation=make_register("CVP").force, role="liaison")
    assert said(national, stranger) == []
    assert find_link(link.pk, viewer=stranger) is None
    assert not any(local.reference in str(h.note) for h in item_history(national, viewer=stranger))
    assert list(find_answered_here(national, viewer=stranger)) == []
    with pytest.raises(NotAllowedError, match="not yours to see"):
        say_same(local, national, by=stranger, now=NOW)
    with pytest.raises(NotAllowedError, match="not yours to see"):
        undo_link(link, by=stranger, now=NOW)
    assert find_carrier(local, viewer=None) == national


def make_letter(register: Register, organisation: Organisation | None = None) -> StoredDocument:
    letter = StoredDocument(
        sha256="ab" * 32,
        file_name="letter.txt",
        size=1,
        format="txt",
        reader_version=1,
        added=NOW,
        organisation=organisation,
    )
    with recording(**WHEN) as book:
        book.event("documents.document_stored", subject=letter, add=[letter])
        book.write()
        StoredPage.objects.create(
            document=letter, index=0, number=1, first_line=1, text="We counted the bicycles."
        )
    return letter


def cite(letter: StoredDocument, quote: str = "counted the bicycles") -> dict[str, Any]:
    return {
        "document_sha256": letter.sha256,
        "page": 1,
        "printed_page": None,
        "line": 1,
        "line_end": 1,
        "quote": quote,
        "box": None,
    }


def test_an_item_has_several_mentions(register: Register) -> None:
    (item,) = register.add(point())
    letter = make_letter(register)
    add_mention(item, letter, [cite(letter)], by=BY, now=NOW + dt.timedelta(days=90))
    assert [m.document for m in mentions_of(item, viewer=None)] == [register.document, letter]
    assert listed(document=letter) == listed(document=register.document) == [item.reference]
    assert item_history(item, viewer=None)[0].action == "register.mention_added"


def test_a_mention_needs_words_that_stand_there(register: Register) -> None:
    (item,) = register.add(point())
    letter = make_letter(register)
    with pytest.raises(PlainError, match="does not stand"):
        add_mention(item, letter, [cite(letter, "counted the tandems")], **WHEN)
    with pytest.raises(NotAllowedError, match="Quote the words"):
        add_mention(item, letter, [], **WHEN)
    assert item.mentions.count() == 1


def test_a_mention_in_a_document_that_others_may_not_see_is_refused(register: Register) -> None:
    (item,) = register.add(point())
    letter = make_letter(register, register.force)
    with pytest.raises(NotAllowedError, match="another organisation"):
        add_mention(item, letter, [cite(letter)], **WHEN)


def test_every_event_of_joining_is_said_in_words() -> None:
    from pathlib import Path

    source = Path(__file__).parents[2] / "src/bluelamp/register/actions_links.py"
    named = {part for part in source.read_text("utf-8").split('"') if part.startswith("register.")}
    assert named
    assert named <= set(EVENTS_SAID)
