"""Can a person come in the first time, come back with a code, and is it said when a session ends under them?"""

from __future__ import annotations

import base64
import hashlib
import hmac
import sqlite3
import struct
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.cli.whole import begin, run
from tests.functional.conftest import signed_in
from tests.functional.served import Desk, serving
from tests.functional.test_looks import picture, too_wide, violations

pytestmark = pytest.mark.browser

PASSWORD = "wicket lantern osprey"


def code_now(key: str) -> str:
    """RFC 6238, written out: what the app on a phone does."""
    secret = base64.b32decode(key.replace(" ", ""))
    digest = hmac.new(secret, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    place = digest[-1] & 15
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


@pytest.fixture(scope="module")
def careful(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A new workspace as `init` leaves it, which asks administrators for a second step."""
    folder = tmp_path_factory.mktemp("careful") / "workspace"
    begin(folder)
    with serving(folder) as desk:
        yield desk


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    made = context.new_page()
    faults: list[str] = []
    made.on("pageerror", lambda error: faults.append(str(error)))
    made.on(
        "console",
        lambda said: (
            faults.append(said.text) if said.type == "error" and "Failed to load" not in said.text else None
        ),
    )
    yield made
    context.close()
    assert faults == []


def look(page: Page, name: str) -> None:
    """A picture wide and narrow; nothing that axe-core objects to, nothing that scrolls sideways."""
    for width, suffix in ((1280, ""), (320, "-phone")):
        page.set_viewport_size({"width": width, "height": 900 if width > 500 else 640})
        assert violations(page) == [], name
        assert too_wide(page) == [], name
        picture(page, name + suffix)
    page.set_viewport_size({"width": 1280, "height": 900})


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def test_the_first_sign_in_and_the_second(careful: Desk, page: Page) -> None:
    page.goto(careful.link("robin"))
    page.get_by_role("button", name="Sign in").click()
    heading(page, "Set up a second step")
    drawn = page.locator("img.code-picture")
    assert drawn.evaluate("each => each.complete && each.naturalWidth > 100"), (
        "the picture is drawn under our policy"
    )
    look(page, "account-second-step")
    key = page.locator("code.key").inner_text()
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Set it up").click()
    expect(page.locator(".errors")).to_contain_text("The code is not right")
    look(page, "account-second-step-wrong")
    assert page.locator("code.key").inner_text() == key, "the app need not read the picture again"
    page.get_by_label("Code").fill(code_now(key))
    page.get_by_role("button", name="Set it up").click()
    heading(page, "Recovery codes")
    assert page.locator(".codes li").count() == 10
    spare = page.locator(".codes li").first.inner_text()
    look(page, "account-recovery-codes")
    page.get_by_role("link", name="I have kept them").click()
    heading(page, "Choose a password")
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_label("The new password once more").fill("something else")
    page.get_by_role("button", name="Save the password").click()
    expect(page.locator(".errors")).to_contain_text("The two are not the same")
    look(page, "account-password-wrong")
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_label("The new password once more").fill(PASSWORD)
    page.keyboard.press("Enter")
    heading(page, "Your account")
    expect(page.locator("#messages")).to_contain_text("Your password is set")
    look(page, "account-with-second-step")

    page.get_by_role("button", name="Sign out", exact=True).click()
    heading(page, "Sign in")
    look(page, "sign-in")
    page.get_by_label("Name").fill("robin")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    heading(page, "Your code")
    look(page, "sign-in-code")
    page.get_by_label("Code").fill(spare)
    page.keyboard.press("Enter")
    heading(page, "Welcome to Bluelamp")
    assert run(careful.workspace, "verify").returncode == 0


def events(desk: Desk) -> list[str]:
    with sqlite3.connect(desk.workspace / "record.sqlite3") as record:
        return [
            action
            for (action,) in record.execute("SELECT action FROM ledger_event ORDER BY sequence DESC LIMIT 9")
        ]


def test_guesses_are_locked_out_on_the_running_server(careful: Desk, page: Page) -> None:
    run(careful.workspace, "sign-in-link", "sam", "--add")
    for _ in range(5):
        page.goto(f"{careful.address}/sign-in")
        page.get_by_label("Name").fill("sam")
        page.get_by_label("Password").fill("a guess")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    heading(page, "Too many tries")
    look(page, "sign-in-locked")
    assert events(careful)[0] == "organisations.locked_out"
    assert run(careful.workspace, "verify").returncode == 0


def test_a_session_that_ends_under_the_reader_is_said_and_can_be_taken_up(
    browser: Browser, own_desk: Desk
) -> None:
    with signed_in(browser, own_desk, failing=True) as page:
        page.goto(f"{own_desk.address}/register")
        rows = page.locator("#register tbody tr").count()
        other = browser.new_page()
        other.goto(own_desk.link())
        other.get_by_role("button", name="Sign in").click()
        other.goto(f"{own_desk.address}/account")
        other.get_by_role("button", name="Sign out everywhere").click()
        other.close()
        page.locator("#register input[name=words]").fill("victims")
        page.keyboard.press("Enter")
        expect(page.locator("#signed-out")).to_be_visible()
        expect(page.locator("#signed-out")).to_contain_text("You are signed out")
        assert page.locator("#register tbody tr").count() == rows, "the table stays as it was"
        assert page.get_by_role("heading", name="Sign in").count() == 0

        with page.context.expect_page() as opened:
            page.get_by_role("link", name="Sign in again in another tab").click()
        again = opened.value
        again.goto(own_desk.link())
        again.get_by_role("button", name="Sign in").click()
        again.wait_for_url(f"{own_desk.address}/**")
        page.locator("#register input[name=words]").fill("victim")
        page.keyboard.press("Enter")
        expect(page.locator("#signed-out")).to_be_hidden()


def test_a_form_written_before_signing_in_again_can_still_be_sent(browser: Browser, own_desk: Desk) -> None:
    with signed_in(browser, own_desk) as page:
        page.goto(f"{own_desk.address}/people/add")
        page.get_by_label("Name to sign in with").fill("lee")
        page.get_by_label("Name that others see").fill("Lee Marsh")
        again = page.context.new_page()
        again.goto(f"{own_desk.address}/account")
        again.get_by_role("button", name="Sign out everywhere").click()
        again.goto(own_desk.link())
        again.get_by_role("button", name="Sign in").click()
        again.wait_for_url(f"{own_desk.address}/**")
        page.get_by_role("button", name="Add the person").click()
        heading(page, "Lee Marsh")
        page.get_by_role("button", name="Make a sign-in link").click()
        assert page.get_by_label("Link").input_value().startswith(f"{own_desk.address}/sign-in/")
        look(page, "person-link")


def test_long_names_and_many_people_fit(browser: Browser, own_desk: Desk) -> None:
    long = "Wolfeschlegelsteinhausenbergerdorff" * 3
    with signed_in(browser, own_desk) as page:
        for name, person in (("a" * 140, long), ("b@example.org", "Bo Li")):
            page.goto(f"{own_desk.address}/people/add")
            page.get_by_label("Name to sign in with").fill(name)
            page.get_by_label("Name that others see").fill(person)
            page.get_by_role("button", name="Add the person").click()
            heading(page, person)
        page.goto(f"{own_desk.address}/owners/add")
        page.get_by_label("Name", exact=True).fill(long)
        page.get_by_label("What are they?").select_option("partner-body")
        page.get_by_role("button", name="Add the owner").click()
        for name, place in (("people-long", "/people"), ("owners-long", "/owners")):
            page.goto(own_desk.address + place)
            look(page, name)


def test_the_lists_of_people_and_owners(browser: Browser, own_desk: Desk) -> None:
    people = (
        ("Kim Oxley", "auditor", "CVP"),
        ("Lee Marsh", "liaison", "CVP"),
        ("Pat Iqbal", "lpb_officer", "CVP"),
    )
    owners = (("Head of Crime", "post"), ("Calder Vale Council", "partner-body"), ("Ash Whitcombe", "person"))
    with signed_in(browser, own_desk) as page:
        for name, role, organisation in people:
            page.goto(f"{own_desk.address}/people/add")
            page.get_by_label("Name to sign in with").fill(f"{name.split()[0].lower()}@cvp.example")
            page.get_by_label("Name that others see").fill(name)
            page.get_by_label("Role").select_option(role)
            page.get_by_label("Organisation").select_option(organisation)
            page.keyboard.press("Enter")
            heading(page, name)
        for name, kind in owners:
            page.goto(f"{own_desk.address}/owners/add")
            page.get_by_label("Name", exact=True).fill(name)
            page.get_by_label("What are they?").select_option(kind)
            page.keyboard.press("Enter")
            heading(page, "Owners")
        for name, place in (("people-known", "/people"), ("owners-known", "/owners")):
            page.goto(own_desk.address + place)
            look(page, name)


@pytest.mark.parametrize("believed", [True, False])
def test_only_the_proxy_that_is_named_is_believed(tmp_path: Path, believed: bool) -> None:
    """Behind a proxy that is named, each client is counted for itself; else what a header says is nothing."""
    folder = tmp_path / "workspace"
    begin(folder)
    if believed:
        (folder / "bluelamp.toml").write_text('proxy = "127.0.0.1"\n')
    with serving(folder) as desk:
        for number in range(25):
            answer = guess(desk, f"somebody-{number}", f"10.0.0.{number}")
    assert ("too many tries" in answer) is not believed


def guess(desk: Desk, name: str, claimed: str) -> str:
    """A try at a password, by a client that says it is at `claimed`."""
    with urllib.request.urlopen(f"{desk.address}/sign-in", timeout=20) as shown:
        cookie = shown.headers["Set-Cookie"].split(";")[0]
    secret = cookie.split("=", 1)[1]
    sent = f"login={name}&password=guess&csrfmiddlewaretoken={secret}".encode()
    headers = {"Cookie": cookie, "X-Forwarded-For": claimed, "X-Forwarded-Proto": "http"}
    try:
        with urllib.request.urlopen(
            urllib.request.Request(f"{desk.address}/sign-in", sent, headers), timeout=20
        ) as a:
            return str(a.read().decode())
    except urllib.error.HTTPError as refused:
        return refused.read().decode()
