"""Does a person say through the browser that items belong together, split one, and take either back?"""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.assurance.people import Cast, make_cast
from tests.desk.test_step_pages import page_of, sign_in

from bluelamp.register.models import Item, ItemLink


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def belongs(item: Item) -> str:
    return reverse("desk:links", args=[item.reference])


def test_the_same_point_is_said_seen_from_both_sides_and_taken_back(cast: Cast) -> None:
    item, other, client = cast.item(), cast.item("Calls are slow."), sign_in(cast["liaison"])
    said = {"way": "same-as", "other": other.reference, "reason": "The letter and the report."}
    assert client.post(belongs(item), said).status_code == 302
    assert "Is the same point as" in client.get(page_of(item)).content.decode()
    assert "Is answered here for" in client.get(page_of(other)).content.decode()
    link = ItemLink.objects.get()
    client.post(reverse("desk:undo_link", args=[link.pk]), {"reference": item.reference})
    assert "Is the same point as" not in client.get(page_of(item)).content.decode()


def test_a_merged_items_address_leads_to_the_other(cast: Cast) -> None:
    item, other, client = cast.item(), cast.item("Calls are slow."), sign_in(cast["liaison"])
    client.post(belongs(item), {"way": "merged", "other": other.reference, "reason": "Twice."})
    answer = client.get(page_of(item))
    assert (answer.status_code, answer["Location"]) == (302, page_of(other))


def test_an_item_is_split_and_what_is_refused_is_said(cast: Cast) -> None:
    item, client = cast.item(), sign_in(cast["liaison"])
    address = reverse("desk:split_item", args=[item.reference])
    assert client.post(address, {"parts": " "}).status_code == 422
    client.post(address, {"parts": "Calls are late.\nCallers wait.", "stays": "", "reason": ""})
    assert Item.objects.count() == 3
    unknown = client.post(belongs(item), {"way": "same-as", "other": "WMC-2001-AFI-99"})
    assert "no item of that reference" in unknown.content.decode()
    itself = client.post(belongs(item), {"way": "same-as", "other": item.reference})
    assert "Name two items" in itself.content.decode()


def test_who_only_reads_sees_no_forms_and_cannot(cast: Cast) -> None:
    item, other, client = cast.item(), cast.item("Calls are slow."), sign_in(cast["reader"])
    assert "Say so" not in client.get(belongs(item)).content.decode()
    client.post(belongs(item), {"way": "same-as", "other": other.reference})
    assert not ItemLink.objects.exists()


def test_another_organisations_item_is_not_there(cast: Cast) -> None:
    item, stranger = cast.item(), make_cast("XYZ")
    client = sign_in(stranger["liaison"])
    assert client.get(belongs(item)).status_code == 404
    theirs = stranger.item()
    said = client.post(belongs(theirs), {"way": "same-as", "other": item.reference})
    assert "no item of that reference" in said.content.decode()
