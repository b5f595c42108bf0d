"""Themes and recurrence in the browser: what is counted is what is listed, and forms work without a script."""

from __future__ import annotations

import dataclasses

import pytest
from django.test import Client
from django.urls import reverse
from tests.assurance.people import NOW, Cast, make_cast
from tests.desk.test_step_pages import sign_in
from tests.register.samples import point

from bluelamp.assurance.actions_themes import accept_theme
from bluelamp.assurance.models import ItemTheme
from bluelamp.register.models import Item

BEFORE = "SNTs are too often taken away to other work."
AFTER = "Neighbourhood officers are regularly redeployed to response duties."


@dataclasses.dataclass
class Said:
    cast: Cast
    old: Item
    new: Item


@pytest.fixture
def said(db: None) -> Said:
    cast = make_cast()
    (old,) = cast.register.add(point(title=BEFORE), year=2014)
    elsewhere = dataclasses.replace(cast.register, document=make_cast("ELS").register.document)
    elsewhere.document.organisation = cast.organisation
    (new,) = elsewhere.add(point(title=AFTER))
    return Said(cast, old, new)


@pytest.fixture
def client(said: Said) -> Client:
    return sign_in(said.cast["liaison"])


def text(client: Client, name: str, *args: object, query: str = "") -> str:
    response = client.get(reverse(name, args=args) + query)
    assert response.status_code == 200
    return str(response.content.decode())


def test_the_item_says_when_the_point_was_made_before(said: Said, client: Client) -> None:
    page = text(client, "desk:item", said.new.reference)
    assert "Same point before:" in page
    assert f'{reverse("assurance:same_point", args=[said.new.reference])}#year-2014">2014</a>' in page
    assert "made again: 2022" in text(client, "desk:item", said.old.reference)


def test_the_words_stand_side_by_side_and_lead_to_the_document(said: Said, client: Client) -> None:
    page = text(client, "assurance:same_point", said.new.reference)
    assert 'id="year-2014"' in page
    assert "<mark>taken away</mark>" in page
    assert "<mark>redeployed</mark>" in page
    assert reverse("desk:document_page", args=[said.old.document_id, 3]) in page
    assert "Abstraction of neighbourhood officers" in page


def test_an_item_without_an_earlier_one_says_so(said: Said, client: Client) -> None:
    assert "No finding of before 2014" in text(client, "assurance:same_point", said.old.reference)


def test_a_theme_is_accepted_and_taken_away_on_the_item(said: Said, client: Client) -> None:
    address = reverse("assurance:item_themes", args=[said.new.reference])
    page = client.post(address, {"accept": "abstraction"}, follow=True).content.decode()
    assert "comes under “Abstraction of neighbourhood officers” now" in page
    assert "/register?theme=abstraction" in page
    page = client.post(address, {"remove": "abstraction"}, follow=True).content.decode()
    assert "does not come under" in page
    assert ItemTheme.objects.get().removed
    assert "There is no theme" in client.post(address, {"accept": "cake"}, follow=True).content.decode()


def test_those_ticked_are_accepted_together(said: Said, client: Client) -> None:
    page = text(client, "assurance:theme", "abstraction")
    assert page.count('name="item"') == 2
    address = reverse("assurance:accept_suggested", args=["abstraction"])
    sent = {"item": [str(said.old.pk), str(said.new.pk), "no key"], "back": "force=WMC"}
    page = client.post(address, sent, follow=True).content.decode()
    assert "2 items come under" in page
    assert "Nothing that waits for a decision" in page
    assert "Choose at least one" in client.post(address, {}, follow=True).content.decode()


def test_each_count_leads_to_exactly_its_rows(said: Said, client: Client) -> None:
    for item in (said.old, said.new):
        accept_theme(item, theme="abstraction", by=said.cast["liaison"], now=NOW)
    table = text(client, "assurance:themes")
    query = f"?theme=abstraction&force=WMC&document={said.old.document_id}"
    assert query.replace("&", "&amp;") in table
    rows = text(client, "register:list", query=query)
    assert said.old.reference in rows
    assert said.new.reference not in rows
    both = text(client, "register:list", query="?theme=abstraction")
    assert "2 items" in both
    assert '<option value="abstraction" selected>' in both
    assert client.get(reverse("register:csv") + query).content.decode().count("WMC-") == 1


def test_an_unknown_theme_finds_nothing_and_is_seen(said: Said, client: Client) -> None:
    page = text(client, "register:list", query="?theme=cake")
    assert "No item answers all of these filters" in page
    assert '<option value="cake" selected>cake</option>' in page
    assert client.get(reverse("assurance:theme", args=["cake"])).status_code == 404
    assert client.get(reverse("assurance:themes") + "?force=NOBODY").status_code == 404


def test_a_stranger_learns_nothing(said: Said) -> None:
    accept_theme(said.old, theme="abstraction", by=said.cast["liaison"], now=NOW)
    stranger = sign_in(make_cast("XYZ")["liaison"])
    for name in ("assurance:same_point", "desk:item"):
        assert stranger.get(reverse(name, args=[said.new.reference])).status_code == 404
    posted = stranger.post(reverse("assurance:item_themes", args=[said.old.reference]), {"remove": "abstraction"})
    assert posted.status_code == 404
    assert "There are no items yet" in text(stranger, "assurance:themes")
    assert 'name="theme"' not in text(stranger, "register:list")
    page = stranger.post(
        reverse("assurance:accept_suggested", args=["abstraction"]), {"item": str(said.new.pk)}, follow=True
    ).content.decode()
    assert "not yours to see" in page
    assert said.new.reference not in page


def test_a_reader_sees_themes_and_may_not_decide(said: Said) -> None:
    reader = sign_in(said.cast["reader"])
    page = text(reader, "desk:item", said.new.reference)
    assert "Abstraction of neighbourhood officers" in page
    assert 'value="abstraction"' not in page
    posted = reader.post(
        reverse("assurance:item_themes", args=[said.new.reference]), {"accept": "abstraction"}, follow=True
    )
    assert "Themes are accepted by" in posted.content.decode()
    assert 'type="checkbox"' not in text(reader, "assurance:theme", "abstraction")
