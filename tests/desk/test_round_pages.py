"""Is a round opened, followed and answered through the browser, by people with an account and without?"""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.assurance.people import NOW, TODAY, Cast, make_cast
from tests.desk.test_step_pages import sign_in

from bluelamp.assurance.actions_delivery import allocate
from bluelamp.assurance.models import Answer, Round

SOON = (dt.date.today() + dt.timedelta(90)).isoformat()


@pytest.fixture
def cast(db: None) -> Cast:
    made = make_cast()
    allocate(made.item(), words="Train everyone.", owner=made.owner(), target=TODAY, by=made["liaison"], now=NOW)
    return made


def test_a_round_goes_out_and_its_answers_come_back(cast: Cast) -> None:
    liaison = sign_in(cast["liaison"])
    assert "No round has been opened yet" in liaison.get(reverse("assurance:rounds")).content.decode()
    liaison.post(reverse("assurance:round_new"), {"title": "Progress to June", "due": SOON, "until": ""})
    made = Round.objects.get()
    page = reverse("assurance:round", args=[made.pk])
    assert "1 owner has not answered everything" in liaison.get(page).content.decode()
    shown = liaison.post(reverse("assurance:round_link", args=[made.pk, cast.owner().pk])).content.decode()
    address = re.search(r"http://testserver(/answer/[\w-]+)", shown)
    assert address
    owner = Client()
    assert "Train everyone." in owner.get(address[1]).content.decode()
    field = f"words-{made.requests.get().pk}"
    wrong = owner.post(address[1], {field: "Half done.", field.replace("words", "delivered"): "soon"})
    assert (wrong.status_code, "is not a day" in wrong.content.decode()) == (422, True)
    assert "Half done." in wrong.content.decode(), "nothing typed is lost"
    assert "1 answer is kept" in owner.post(address[1], {field: "Half done."}).content.decode()
    assert owner.post(address[1], {field: "Again."}).status_code == 403
    assert Answer.objects.get().by_name == "Head of contact"
    assert "0 owners have not answered" in liaison.get(page).content.decode()


def test_a_round_of_another_organisation_is_not_there(cast: Cast) -> None:
    client = sign_in(cast["liaison"])
    client.post(reverse("assurance:round_new"), {"title": "Progress", "due": SOON, "until": ""})
    stranger = sign_in(make_cast("XYZ")["liaison"])
    assert stranger.get(reverse("assurance:round", args=[Round.objects.get().pk])).status_code == 404
    assert (
        "Progress"
        not in stranger.get(reverse("assurance:rounds")).content.decode().split("<main")[1].split("<p")[0]
    )


def test_a_reader_may_not_open_a_round(cast: Cast) -> None:
    assert sign_in(cast["reader"]).get(reverse("assurance:round_new")).status_code == 403
