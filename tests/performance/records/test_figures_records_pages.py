"""Can an analyst count from the records in a browser: look first, keep it, and nobody else's records?"""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.desk.conftest import finish
from tests.performance.records.records_samples import (
    CRIME,
    FORCE,
    RATE,
    SHARE,
    load_records,
    make_definitions,
    make_plan,
)

from bluelamp.ledger.actions import Operator
from bluelamp.organisations.actions import add_person, load_organisations
from bluelamp.organisations.bodies import Body
from bluelamp.organisations.models import Organisation
from bluelamp.performance.models import Load
from bluelamp.performance.warehouse.manifest import Warehouse

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
BY = Operator("tests")
UNCOUNTED = dataclasses.replace(RATE, code="Z", records=None)
PLAN = make_plan(dataclasses.replace(CRIME, records=RATE.records), SHARE, UNCOUNTED)
PAGE = "performance:from_records"


@pytest.fixture
def warehouse(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    definitions = make_definitions(tmp_path / "definitions")
    (definitions / "bodies").mkdir()
    body = "bodies:\n  - {code: CVP, name: Calder Vale Police, kind: force, area: Calder Vale}\n"
    (definitions / "bodies" / "cvp.yaml").write_text(body, encoding="utf-8")
    settings.WORKSPACE_DEFINITIONS = definitions
    made = Warehouse(tmp_path / "warehouse")
    monkeypatch.setattr("bluelamp.performance.views_figures_records.find_warehouse", lambda _folder: made)
    monkeypatch.setattr("bluelamp.performance.views_figures.plans", lambda: {PLAN.slug: PLAN})
    return made


def sign_in(client: Client, role: str = "analyst", code: str = "") -> Client:
    if code:
        load_organisations(by=BY, now=NOW, bodies={code: Body(code=code, name=f"{code} Police", kind="force")})
    organisation = Organisation.objects.get(code=code) if code else None
    client.force_login(add_person(by=BY, now=NOW, user_name=role, name=role, role=role, organisation=organisation))
    return client


def page_of(response: Any) -> str:
    return " ".join(finish(response).decode().split())


def row(month: str) -> tuple[str, str, str, str, str]:
    return month, FORCE, "Burglary", "", "E0"


def seen_in(page: str) -> str:
    return page.partition('name="seen" value="')[2].partition('"')[0]


def test_it_is_looked_at_then_kept(client: Client, warehouse: Warehouse, tmp_path: Path) -> None:
    load_records(warehouse, tmp_path, [row("2025-01"), row("2025-02")])
    desk = sign_in(client)
    first = page_of(desk.get(reverse(PAGE)))
    assert "2 indicators of A plan counted from records say how they are counted" in first
    assert "A1 Indicator A1: the measure street-crime" in first
    assert "Indicator Z" not in first
    said = {"plan": PLAN.slug, "codes": ["A1"], "marking": "OFFICIAL"}
    looked = page_of(desk.post(reverse(PAGE), {**said, "do": "look"}))
    assert "2 figures: 2 new, 0 revised, 0 here already." in looked
    assert "known on 28 February 2025" in looked
    assert Load.objects.count() == 0
    kept = desk.post(reverse(PAGE), {**said, "do": "keep", "seen": seen_in(looked)}, follow=True)
    assert "Loaded as vintage 1: 2 figures." in page_of(kept)
    load = Load.objects.get()
    assert (load.kind, load.by_name) == ("records", "analyst")
    again = page_of(desk.post(reverse(PAGE), {**said, "do": "look"}))
    assert "There is nothing new in it." in again
    assert "Keep it as a new vintage" not in again


def test_what_changed_meanwhile_is_not_kept_unseen(client: Client, warehouse: Warehouse, tmp_path: Path) -> None:
    load_records(warehouse, tmp_path, [row("2025-01")], name="a.zip")
    desk = sign_in(client)
    said = {"plan": PLAN.slug, "marking": "OFFICIAL"}
    seen = seen_in(page_of(desk.post(reverse(PAGE), {**said, "do": "look"})))
    load_records(warehouse, tmp_path, [row("2025-01"), row("2025-01")], name="b.zip")
    stopped = desk.post(reverse(PAGE), {**said, "do": "keep", "seen": seen})
    assert stopped.status_code == 422
    assert "The records changed since you looked" in page_of(stopped)
    assert Load.objects.count() == 0


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"first": "January"}, "Write the month as 2021-03."),
        ({"first": "2025-03", "last": "2025-01"}, "It is before the first month."),
        ({"codes": ["Z"]}, "Z is not one of the available choices"),
        ({"first": "2030-01"}, "nothing of the months that were asked for"),
    ],
)
def test_what_cannot_be_is_said(
    client: Client, warehouse: Warehouse, tmp_path: Path, more: dict[str, Any], words: str
) -> None:
    load_records(warehouse, tmp_path, [row("2025-01")])
    said = {"plan": PLAN.slug, "codes": ["A1"], "marking": "OFFICIAL", "do": "look"}
    answer = sign_in(client).post(reverse(PAGE), {**said, **more})
    assert answer.status_code == 422
    assert words in page_of(answer)


def test_another_organisations_records_are_as_if_not_loaded(
    client: Client, warehouse: Warehouse, tmp_path: Path
) -> None:
    load_records(warehouse, tmp_path, [row("2025-01")], organisation="CVP")
    desk = sign_in(client, code="WYE")
    said = {"plan": PLAN.slug, "codes": ["A1"], "marking": "OFFICIAL", "do": "look"}
    answer = desk.post(reverse(PAGE), said)
    assert answer.status_code == 422
    assert "none are loaded" in page_of(answer)


@pytest.mark.parametrize("role", ["reader", "liaison"])
def test_others_are_told_who_may(client: Client, warehouse: Warehouse, role: str) -> None:
    assert sign_in(client, role).get(reverse(PAGE)).status_code == 403


def test_a_plan_without_any_says_how(
    client: Client, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bluelamp.performance.views_figures.plans", lambda: {"p": make_plan(UNCOUNTED)})
    assert "No indicator of a plan says yet how" in page_of(sign_in(client).get(reverse(PAGE)))
