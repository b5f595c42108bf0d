"""An office that publishes a quarter's report: its people, a contributor, a plan with figures, a report begun."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.desk.indicator_samples import PLAN, add_load, whole_load, write_plan
from tests.intake.samples import BY

from bluelamp.ledger.actions import recording
from bluelamp.organisations.actions import add_owner, add_person
from bluelamp.organisations.models import Organisation, Owner, User
from bluelamp.organisations.rules import ROLES
from bluelamp.performance.actions_insight import Written, save_insight
from bluelamp.performance.actions_reports import NewReport, begin_report, make_ready, sign_off
from bluelamp.performance.models import Insight, Report

NOW = dt.datetime(2026, 5, 4, 9, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
DAY = dt.timedelta(days=1)
CODE = "1A.1"  # the indicator that is an exception


@dataclass
class Office:
    organisation: Organisation
    people: dict[str, User]
    contributor: Owner

    def __getitem__(self, role: str) -> User:
        return self.people[role]

    def begin(self, **said: Any) -> Report:
        wanted = NewReport(**({"plan": PLAN, "to": "2021-03"} | said))
        return begin_report(wanted, by=self["analyst"], now=NOW)

    def write_all(self, report: Report, words: str = "More vehicles were taken than before.") -> None:
        for insight in report.insights.filter(wanted=True):
            save_insight(insight, Written(words=words), seen=insight.version, by=self["analyst"], now=NOW)

    def sign(self, report: Report) -> Report:
        """Written, ready and signed off."""
        self.write_all(report)
        make_ready(fresh(report), by=self["analyst"], now=NOW)
        return sign_off(fresh(report), by=self["lpb_officer"], now=NOW)


def signed_in(office: Office, role: str = "analyst") -> Client:
    client = Client()
    client.force_login(office[role])
    return client


def fresh(report: Report) -> Report:
    return Report.objects.select_related("organisation").get(pk=report.pk)


def insight_of(report: Report, code: str = CODE) -> Insight:
    return report.insights.get(code=code)


def make_office(folder: Path, settings: Any, *, step: float = 1.6, code: str = "CVP-PCC") -> Office:
    settings.WORKSPACE_DEFINITIONS = write_plan(folder / "definitions")
    organisation = Organisation(code=code, name=f"{code} office", kind="local_policing_body", fictional=True)
    with recording(by=BY, now=NOW) as book:
        book.event("organisations.organisation_added", subject=organisation, add=[organisation])
    people = {
        role: add_person(
            by=BY,
            now=NOW,
            user_name=f"{code}-{role}".lower(),
            name=f"The {name.lower()}",
            role=role,
            organisation=organisation,
        )
        for role, name in ROLES.items()
    }
    contributor = add_owner(kind="post", name="Head of crime", email="", organisation=organisation, by=BY, now=NOW)
    add_load(whole_load(step=step), organisation=organisation)
    return Office(organisation, people, contributor)


@pytest.fixture
def office(tmp_path: Path, settings: Any) -> Office:
    return make_office(tmp_path, settings)


@pytest.fixture
def report(office: Office) -> Report:
    return office.begin()
