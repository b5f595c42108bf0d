"""Is every page for people who signed in, well guarded, and there on full data?"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, override_settings
from tests.desk.addresses import FILES, NAMES, OPEN, POST_ONLY, SHOWN, address
from tests.desk.conftest import Full, build_full, finish
from tests.desk.indicator_samples import write_plan
from tests.intake.samples import BODIES, BY, NOW
from tests.kept_rows import keeping_rows

from bluelamp.organisations.actions import load_organisations

REDIRECTED = ("intake:check_copy", "desk:fact", "desk:document_line", "desk:sign_in", "account_login")


@pytest.fixture(scope="module")
def full_once(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Full]:
    """Built once: none of these tests changes what another looks at."""
    definitions = write_plan(tmp_path_factory.mktemp("every-page") / "definitions")
    with override_settings(WORKSPACE_DEFINITIONS=definitions), keeping_rows(django_db_blocker) as building:
        with building:
            load_organisations(by=BY, now=NOW, bodies=BODIES)
            built = build_full()
        yield built


@pytest.fixture
def organisations(full_once: Full, db: None) -> None:
    """They are there."""


@pytest.fixture
def full(full_once: Full, organisations: None) -> Full:
    return copy.deepcopy(full_once)


def test_the_list_of_pages_is_whole() -> None:
    assert len(NAMES) > 25
    assert set(NAMES) >= OPEN | POST_ONLY | FILES


@pytest.mark.parametrize("name", [name for name in NAMES if name not in OPEN])
def test_a_page_asks_for_signing_in(name: str, client: Client, full: Full) -> None:
    for method in (client.get, client.post):
        response = method(address(name, full))
        assert response.status_code == 302, name
        assert response["Location"].startswith("/sign-in"), name


@pytest.mark.parametrize("name", SHOWN)
def test_a_page_is_there_on_full_data(name: str, desk: Client, full: Full) -> None:
    full.job.by_id = full.checking.by_id = desk.session["_auth_user_id"]
    full.job.save()
    full.checking.save()
    response = desk.get(address(name, full), follow=name in REDIRECTED)
    assert response.status_code == 200, name
    finish(response)


@pytest.mark.parametrize("name", SHOWN)
def test_a_page_allows_no_script_or_style_of_its_own(name: str, desk: Client, full: Full) -> None:
    response = desk.get(address(name, full))
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = finish(response).decode("utf-8", "replace")
    assert " style=" not in page
    assert "<style" not in page
    assert " onclick=" not in page


@pytest.mark.parametrize("name", sorted(POST_ONLY))
def test_what_changes_something_is_never_a_get(name: str, desk: Client, full: Full) -> None:
    assert desk.get(address(name, full)).status_code == 405


@pytest.mark.parametrize("name", sorted(POST_ONLY | {"intake:add", "intake:describe", "intake:edit"}))
def test_a_form_without_its_secret_is_refused(name: str, full: Full, sign_in: Any) -> None:
    desk = sign_in()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = desk.cookies
    response = strict.post(address(name, full))
    assert response.status_code == 403
    assert "could not be accepted" in response.content.decode()


def test_the_site_says_that_it_is_up(client: Client, db: None) -> None:
    assert client.get("/health").content == b"ok\n"


def test_a_page_that_fails_says_so_plainly(
    desk: Client, full: Full, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("bluelamp.desk.views.home.find_documents", fail)
    desk.raise_request_exception = False
    response = desk.get("/")
    assert response.status_code == 500
    assert "the fault is ours" in response.content.decode()
    assert "a fault of ours" not in response.content.decode()


def test_another_host_is_refused_with_a_page(client: Client, db: None) -> None:
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "This could not be understood" in response.content.decode()
