"""People who look at figures, a workspace of their own, and a warehouse of two forces that do not exist."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.desk.conftest import SignIn
from tests.intake.samples import BODIES
from tests.intake.samples import BY as TESTS
from tests.performance.measure_samples import BY, NOW, street_warehouse
from tests.performance.report_office import office, report  # noqa: F401  (fixtures of these tests too)

from bluelamp.organisations.actions import add_person, load_organisations
from bluelamp.performance import queries_measures
from bluelamp.performance.actions_records import record_loads
from bluelamp.performance.warehouse.manifest import Warehouse


@pytest.fixture
def organisations(db: None) -> None:
    load_organisations(by=TESTS, now=NOW, bodies=BODIES)


@pytest.fixture
def sign_in(organisations: None, client: Client) -> SignIn:
    def make(role: str = "analyst", **more: Any) -> Client:
        person = add_person(by=TESTS, now=NOW, user_name=role, name=role, role=role, **more)
        client.force_login(person)
        return client

    return make


@pytest.fixture
def workspace(tmp_path: Path, settings: Any) -> Path:
    settings.WORKSPACE = replace(settings.WORKSPACE, folder=tmp_path)
    settings.WORKSPACE_DEFINITIONS = None
    settings.ORIGINALS = tmp_path / "originals"
    queries_measures.forget_answers()
    return tmp_path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The warehouse of the samples, loaded once."""
    folder = tmp_path_factory.mktemp("measures") / "warehouse"
    street_warehouse(folder)
    return folder


@pytest.fixture
def streets(workspace: Path, made: Path, organisations: None) -> Path:
    """A workspace with the warehouse of the samples, of which the record knows."""
    (workspace / "warehouse").symlink_to(made)
    record_loads(Warehouse(workspace / "warehouse"), by=BY, now=NOW)
    return workspace


@pytest.fixture
def desk(streets: Path, sign_in: SignIn) -> Client:
    return sign_in()
