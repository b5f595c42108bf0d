"""Is every page for people who signed in, well guarded, and there on empty and on full data?"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.desk.addresses import ELSEWHERE, FILES, OPEN, POST_ONLY, named_patterns
from tests.desk.conftest import Full, finish
from tests.desk.indicator_samples import PLAN

NAMES = sorted(name for name, _ in named_patterns())
SHOWN = [
    name
    for name in NAMES
    if name
    not in POST_ONLY | FILES | ELSEWHERE | {"desk:use_link", "assurance:answer_link", "performance:insight_link"}
]
REDIRECTED = ("intake:check_copy", "desk:fact", "desk:document_line", "desk:sign_in", "account_login")
NEEDS_DATA = ("desk:document", "desk:document_page", "desk:document_line", "desk:facts", "desk:fact", "desk:item")


def address(name: str, full: Full | None) -> str:
    """The page's address for the full data; of things that are not there, without any."""
    pattern = dict(named_patterns())[name]
    nowhere = "00000000-0000-0000-0000-000000000000"
    values: dict[str, Any] = {
        "pk": full.waiting.pk if full else nowhere,
        "proposal_pk": full.proposal.pk if full else nowhere,
        "fact_pk": full.proposal.pk if full else nowhere,
        "key": full.job.pk if full else nowhere,
        "reference": full.item.reference if full else "CVP-2022-AFI-01",
        "code": "CVP",
        "number": 1,
        "line": 3,
        "secret": "not-a-secret",
        "slug": "respond",
        "step": "end",
        "provider_id": "nobody",
        "plan": PLAN,
        "area": "north",
        "form": "pdf",
        "file": "fact_figure.csv",
        **dict.fromkeys(("comment_pk", "owner_pk", "request_pk", "text_pk"), nowhere),
    }
    if name.startswith("desk:indicator"):
        values["code"] = "1A.1"
    if name == "assurance:step_about":
        values |= {"slug": "begin", "key": full.action.pk if full else nowhere}
    if name.startswith("assurance:round"):
        values |= {"pk": full.round.pk, "owner_pk": full.action.owner_id} if full else {"owner_pk": nowhere}
    if name.startswith("assurance:return") and full:
        values["pk"] = full.returned.pk
    if name.startswith("assurance:response") and name != "assurance:response_begin":
        values |= {"pk": full.response.pk if full else nowhere, "slug": "comments"}
        values["reference"] = full.item.reference if full else "CVP-2022-AFI-01"
    if name in ("assurance:theme", "assurance:accept_suggested"):
        values["slug"] = "abstraction"
    if name.startswith("intake:check"):
        values |= {"answer_pk": nowhere, "finding": full.finding if full else "none"}
        values["key"] = full.checking.pk if full else nowhere
    wanted = pattern.pattern.converters
    return reverse(name, kwargs={key: values[key] for key in wanted})


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


@pytest.mark.parametrize("name", [name for name in SHOWN if "<" not in str(dict(named_patterns())[name].pattern)])
def test_a_page_is_there_on_empty_data(name: str, desk: Client) -> None:
    response = desk.get(address(name, None), follow=True)
    assert response.status_code == 200, name


@pytest.mark.parametrize("name", NEEDS_DATA)
def test_what_is_not_there_is_not_found(name: str, desk: Client) -> None:
    response = desk.get(address(name, None))
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()


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
