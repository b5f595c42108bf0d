"""Can an analyst count from the records in a browser: look first, keep it, and nobody else's records?"""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
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

from bluelamp.intake.actions_jobs import ask_to_stop
from bluelamp.intake.models import Job
from bluelamp.intake.worker import work_once
from bluelamp.ledger.actions import Operator
from bluelamp.organisations.actions import add_person, load_organisations
from bluelamp.organisations.bodies import Body
from bluelamp.organisations.models import Organisation, User
from bluelamp.performance.counted_waiting import restore_counted
from bluelamp.performance.loading_records import CountAsked, count_figures
from bluelamp.performance.models import Load, WaitingFigures
from bluelamp.performance.records_counting import count_indicator
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
    for module in ("bluelamp.performance.views_figures_records", "bluelamp.intake.counting_work"):
        monkeypatch.setattr(f"{module}.find_warehouse", lambda _folder: made)
        monkeypatch.setattr(f"{module}.find_plan", lambda _slug: PLAN)
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


def ask(desk: Client, **more: Any) -> Any:
    """The form sent, and the worker's work done; the page that follows."""
    sent = desk.post(reverse(PAGE), {"plan": PLAN.slug, "marking": "OFFICIAL", **more})
    if sent.status_code != 302:
        return sent
    assert work_once()
    return desk.get(sent["Location"], follow=True)


def waiting_address() -> str:
    return reverse("performance:counted_waiting", args=[WaitingFigures.objects.get().pk])


def test_it_is_counted_behind_the_page_looked_at_then_kept(
    client: Client, warehouse: Warehouse, tmp_path: Path
) -> None:
    load_records(warehouse, tmp_path, [row("2025-01"), row("2025-02")])
    desk = sign_in(client)
    first = page_of(desk.get(reverse(PAGE)))
    assert "2 indicators of A plan counted from records say how they are counted" in first
    assert "A1 Indicator A1: the measure street-crime" in first
    assert "Indicator Z" not in first
    begun = desk.post(reverse(PAGE), {"plan": PLAN.slug, "codes": ["A1"], "marking": "OFFICIAL"}, follow=True)
    assert "Counting from the records" in page_of(begun)
    assert "Waiting for its turn" in page_of(begun)
    assert not WaitingFigures.objects.exists()
    assert work_once()
    job = Job.objects.get()
    assert (job.state, job.total, job.message) == (Job.DONE, 1, "2 figures were counted.")
    looked = desk.get(begun.redirect_chain[-1][0], follow=True)
    assert looked.redirect_chain[-1][0] == waiting_address()
    assert "2 figures: 2 new, 0 revised, 0 here already." in page_of(looked)
    assert "known on 28 February 2025; for everybody who signs in" in page_of(looked)
    assert Load.objects.count() == 0
    kept = desk.post(waiting_address(), {"do": "keep"}, follow=True)
    assert "Loaded as vintage 1: 2 figures." in page_of(kept)
    load = Load.objects.get()
    assert (load.kind, load.by_name) == ("records", "analyst")
    assert not WaitingFigures.objects.exists()
    again = page_of(ask(desk, codes=["A1"]))
    assert "There is nothing new in it." in again
    assert "Keep it as a new vintage" not in again
    assert "thrown away" in page_of(desk.post(waiting_address(), {"do": "throw"}, follow=True))


def test_what_is_kept_by_the_page_is_what_the_command_keeps(
    client: Client, warehouse: Warehouse, tmp_path: Path
) -> None:
    """The figures wait as bytes: they come back the same, to the cell."""
    load_records(warehouse, tmp_path, [row("2025-01"), row("2025-02"), row("2025-02")])
    ask(sign_in(client))
    waiting = WaitingFigures.objects.get()
    read, asked = restore_counted(waiting, PLAN)
    definitions = django_settings.WORKSPACE_DEFINITIONS
    counted = count_figures(CountAsked(plan=PLAN, definitions=definitions), warehouse, viewer=None)
    assert read == counted.read
    assert asked == counted.asked


def test_what_changed_meanwhile_is_not_kept_unseen(client: Client, warehouse: Warehouse, tmp_path: Path) -> None:
    load_records(warehouse, tmp_path, [row("2025-01")], name="a.zip")
    desk = sign_in(client)
    ask(desk)
    load_records(warehouse, tmp_path, [row("2025-01"), row("2025-01")], name="b.zip")
    stopped = desk.post(waiting_address(), {"do": "keep"})
    assert stopped.status_code == 422
    assert "changed since this was counted: count again" in page_of(stopped)
    assert Load.objects.count() == 0


def test_it_can_be_stopped_before_it_begins_and_between_indicators(
    client: Client, warehouse: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_records(warehouse, tmp_path, [row("2025-01")])
    desk = sign_in(client)
    said = {"plan": PLAN.slug, "marking": "OFFICIAL"}
    desk.post(reverse(PAGE), said)
    assert ">Stop</button>" in page_of(desk.get(reverse("intake:count_job", args=[Job.objects.get().pk])))
    ended = desk.post(reverse("intake:stop_job", args=[Job.objects.get().pk]), follow=True)
    assert "Stopping, once the indicator in hand is counted" in page_of(ended)
    assert work_once()
    assert "Stopped before it began." in page_of(
        desk.get(reverse("intake:count_job", args=[Job.objects.get().pk]))
    )

    counted: list[str] = []

    def stop_while_counting(counting: Any, indicator: Any) -> Any:
        counted.append(indicator.code)
        ask_to_stop(Job.objects.get(state=Job.RUNNING))
        return count_indicator(counting, indicator)

    monkeypatch.setattr("bluelamp.performance.loading_records.count_indicator", stop_while_counting)
    sent = desk.post(reverse(PAGE), said)
    assert work_once()
    assert counted == ["A1"], "the second indicator was not begun"
    assert "Stopped. Nothing of it was kept." in page_of(desk.get(sent["Location"]))
    assert not WaitingFigures.objects.exists()


def test_the_same_asked_twice_waits_once_and_is_its_askers_own(
    client: Client, warehouse: Warehouse, tmp_path: Path
) -> None:
    load_records(warehouse, tmp_path, [row("2025-01")])
    desk = sign_in(client)
    for _ in range(2):
        desk.post(reverse(PAGE), {"plan": PLAN.slug, "marking": "OFFICIAL"})
    job = Job.objects.get()
    assert work_once()
    sign_in(client, "administrator")
    assert client.get(reverse("intake:count_job", args=[job.pk])).status_code == 403
    assert client.get(waiting_address()).status_code == 404
    assert client.post(waiting_address(), {"do": "keep"}).status_code == 404


def test_who_may_no_longer_load_figures_gets_nothing_counted(
    client: Client, warehouse: Warehouse, tmp_path: Path
) -> None:
    load_records(warehouse, tmp_path, [row("2025-01")])
    sign_in(client).post(reverse(PAGE), {"plan": PLAN.slug, "marking": "OFFICIAL"})
    User.objects.update(role="reader")
    assert work_once()
    job = Job.objects.get()
    assert job.state == Job.FAILED
    assert "can load figures" in job.message


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"first": "January"}, "Write the month as 2021-03."),
        ({"first": "2025-03", "last": "2025-01"}, "It is before the first month."),
        ({"codes": ["Z"]}, "Z is not one of the available choices"),
    ],
)
def test_what_cannot_be_is_said_by_the_form(
    client: Client, warehouse: Warehouse, more: dict[str, Any], words: str
) -> None:
    answer = ask(sign_in(client), **{"codes": ["A1"], **more})
    assert answer.status_code == 422
    assert words in page_of(answer)
    assert not Job.objects.exists()


def test_what_cannot_be_counted_is_said_on_the_page_of_the_work(
    client: Client, warehouse: Warehouse, tmp_path: Path
) -> None:
    load_records(warehouse, tmp_path, [row("2025-01")])
    said = page_of(ask(sign_in(client), codes=["A1"], first="2030-01"))
    assert "This could not be counted" in said
    assert "nothing of the months that were asked for" in said


def test_another_organisations_records_are_as_if_not_loaded(
    client: Client, warehouse: Warehouse, tmp_path: Path
) -> None:
    load_records(warehouse, tmp_path, [row("2025-01")], organisation="CVP")
    desk = sign_in(client, code="WYE")
    assert "none are loaded" in page_of(ask(desk, codes=["A1"]))


@pytest.mark.parametrize("role", ["reader", "liaison"])
def test_others_are_told_who_may(client: Client, warehouse: Warehouse, role: str) -> None:
    assert sign_in(client, role).get(reverse(PAGE)).status_code == 403


def test_a_plan_without_any_says_how(
    client: Client, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bluelamp.performance.views_figures.plans", lambda: {"p": make_plan(UNCOUNTED)})
    assert "No indicator of a plan says yet how" in page_of(sign_in(client).get(reverse(PAGE)))
