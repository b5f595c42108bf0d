"""Is a form that was sent twice done once, and can what was refused, or changed, be sent again?"""

from __future__ import annotations

import re
import threading
from typing import Any

import pytest
from django.contrib import messages
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.test import Client, RequestFactory
from tests.desk.conftest import SignIn

from bluelamp.desk.entrance import sent_once
from bluelamp.desk.entrance.sent_once import SentOnce, form_key
from bluelamp.organisations.models import Owner

ADDRESS = "/owners/add"


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


@pytest.fixture
def strict(sign_in: SignIn) -> Client:
    """As a browser: with the secret that the page carries."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = sign_in("administrator").cookies
    return client


def secret(client: Client) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(ADDRESS).content.decode())
    assert found
    return found[1]


def sheet(client: Client, **changes: str) -> dict[str, str]:
    return {"csrfmiddlewaretoken": secret(client), "kind": "post", "name": "Head of custody", **changes}


def test_the_same_sheet_twice_makes_one_row_and_leads_to_the_same_place(strict: Client) -> None:
    given = sheet(strict)
    first, second = strict.post(ADDRESS, given), strict.post(ADDRESS, given)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert Owner.objects.filter(name="Head of custody").count() == 1
    assert "sent twice, and done once" in strict.get(second["Location"]).content.decode()


def test_another_sheet_and_other_words_are_done(strict: Client) -> None:
    given = sheet(strict)
    strict.post(ADDRESS, given)
    strict.post(ADDRESS, {**given, "name": "Head of crime"})
    strict.post(ADDRESS, sheet(strict, name="Head of control"))
    assert Owner.objects.filter(name__startswith="Head of").count() == 3


def test_what_was_shown_again_with_its_faults_can_be_sent_again(strict: Client) -> None:
    given = sheet(strict, name="")
    assert strict.post(ADDRESS, given).status_code != 302
    assert "sent twice" not in strict.post(ADDRESS, given).content.decode()


def test_two_people_do_not_share_a_sheet(strict: Client, sign_in: SignIn) -> None:
    given = sheet(strict)
    strict.post(ADDRESS, given)
    other = Client()
    other.cookies = sign_in("administrator", name="Robin Hale").cookies
    assert "sent twice" not in other.post(ADDRESS, given, follow=True).content.decode()


# -- the middleware alone ------------------------------------------------------------------------------------


class Session:
    session_key = "s"


def ask(words: dict[str, Any] | None = None, *, path: str = "/x", htmx: bool = False) -> HttpRequest:
    request = RequestFactory().post(path, {"csrfmiddlewaretoken": "mask", **(words or {})})
    request.session, request.htmx = Session(), htmx  # type: ignore[assignment,attr-defined]
    request._messages = Kept()  # type: ignore[attr-defined]
    return request


class Kept:
    def __init__(self) -> None:
        self._queued_messages: list[Any] = []

    def add(self, level: int, message: str, extra_tags: str = "") -> None:
        self._queued_messages.append(messages.storage.base.Message(level, message))


def send(request: HttpRequest, view: Any) -> HttpResponse:
    middleware: SentOnce

    def inner(asked: HttpRequest) -> HttpResponse:
        answered: HttpResponse = middleware.process_view(asked, view, (), {}) or view(asked)
        return answered

    middleware = SentOnce(inner)
    return middleware(request)


def test_pressed_twice_at_once_is_done_once() -> None:
    begun, go_on, done = threading.Event(), threading.Event(), []

    def slow(request: HttpRequest) -> HttpResponse:
        done.append(request)
        begun.set()
        go_on.wait(20)
        return redirect("/there")

    answers: list[HttpResponse] = []
    first, second = (threading.Thread(target=lambda: answers.append(send(ask(), slow))) for _ in range(2))
    first.start()
    assert begun.wait(20)
    second.start()
    go_on.set()
    first.join(30)
    second.join(30)
    assert [answer["Location"] for answer in answers] == ["/there", "/there"]
    assert len(done) == 1


def test_one_that_waits_too_long_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sent_once, "WAITS_FOR", 0.0)
    monkeypatch.setattr(sent_once, "render", lambda *_, status: HttpResponse("wait", status=status))
    cache.set(form_key(ask()), "", 60)
    answer = send(ask(), lambda _: pytest.fail("it was done"))
    assert (answer.status_code, answer.content) == (409, b"wait")


def test_what_an_action_refused_is_tried_again() -> None:
    tried: list[int] = []

    def refuse(request: HttpRequest) -> HttpResponse:
        tried.append(1)
        messages.error(request, "Not now.")
        return redirect("/back")

    for _ in range(2):
        assert send(ask(), refuse)["Location"] == "/back"
    assert len(tried) == 2


def test_a_fault_of_ours_leaves_the_sheet_free() -> None:
    assert send(ask(), lambda _: HttpResponse(status=500)).status_code == 500
    assert send(ask(), lambda _: redirect("/there"))["Location"] == "/there"


def test_what_makes_a_sheet_another() -> None:
    def file(data: bytes, name: str = "a.csv") -> dict[str, Any]:
        return {"file": SimpleUploadedFile(name, data)}

    same = [form_key(ask({"a": ["1", "2"]})), form_key(ask({"a": ["1", "2"]}))]
    assert len(set(same)) == 1
    keys = [
        *same[:1],
        form_key(ask({"a": ["2", "1"]})),
        form_key(ask({"a": "1"})),
        form_key(ask({"a": ["1", "2"]}, path="/y")),
        form_key(ask({"a": ["1", "2"]}, path="/x?b=1")),
        form_key(ask({"csrfmiddlewaretoken": "another mask", "a": ["1", "2"]})),
        form_key(ask(file(b"1"))),
        form_key(ask(file(b"2"))),
        form_key(ask(file(b"1", "b.csv"))),
    ]
    assert len(set(keys)) == len(keys)
    assert form_key(ask(file(b"1"))) == form_key(ask(file(b"1")))


def test_a_file_is_still_there_for_the_page() -> None:
    request = ask({"file": SimpleUploadedFile("a.csv", b"words")})
    form_key(request)
    assert request.FILES["file"].read() == b"words"


def test_parts_of_a_page_and_forms_without_a_mask_are_left_alone() -> None:
    assert form_key(ask(htmx=True)) == ""
    assert form_key(ask({"csrfmiddlewaretoken": ""})) == ""
    for _ in range(2):
        assert send(ask(htmx=True), lambda _: redirect("/there"))["Location"] == "/there"
