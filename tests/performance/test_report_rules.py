"""Every role x state x step of a report, against a table written out by hand; and what stands in its way."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bluelamp.lib.errors import PlainError
from bluelamp.organisations.rules import ROLES, NotAllowedError
from bluelamp.performance.report_rules import (
    ReportStander,
    Standing,
    can_step,
    check_asking,
    check_can_step,
    check_is_ready,
    check_release,
    check_text,
    find_obstacles,
    say_why_not,
)
from bluelamp.performance.report_steps import NONE, load_report_states, load_report_steps

pytestmark = pytest.mark.no_database

STATES = (NONE, "draft", "asked", "ready", "signed-off", "released")
AUTHORS = {"analyst", "lpb_officer", "administrator"}
WRITING = {"draft", "asked"}
BEGUN = set(STATES) - {NONE}

# Step: who may take it, and in which states. The twin of report-steps.yaml, in another form.
ALLOWED = {
    "begin": (AUTHORS, {NONE}),
    "renew-figures": (AUTHORS, WRITING),
    "choose-wanted": (AUTHORS, WRITING),
    "ask": (AUTHORS, WRITING),
    "write": (AUTHORS, WRITING),
    "take-text": (AUTHORS, WRITING),
    "edit-headline": (AUTHORS, WRITING),
    "comment": (AUTHORS | {"liaison", "auditor", "committee_member"}, BEGUN),
    "resolve-comment": (AUTHORS, BEGUN),
    "make-ready": (AUTHORS, WRITING),
    "back": (AUTHORS | {"liaison"}, {"ready", "signed-off"}),
    "sign-off": ({"lpb_officer", "liaison", "administrator"}, {"ready"}),
    "release": (AUTHORS, {"signed-off"}),
    "correct": (AUTHORS, {"released"}),
}


def test_the_table_holds_these_steps_and_states() -> None:
    assert set(load_report_steps()) == set(ALLOWED)
    assert (NONE, *load_report_states()) == STATES


@pytest.mark.parametrize("step", ALLOWED)
def test_every_role_in_every_state(step: str) -> None:
    roles, states = ALLOWED[step]
    for role in ROLES:
        for state in STATES:
            by = ReportStander(role=role, ledger_name="user:1")
            assert can_step(step, state=state, by=by) == (role in roles and state in states), (role, state)


@pytest.mark.parametrize("step", ALLOWED)
def test_being_asked_opens_writing_and_remarks_to_anyone_and_nothing_else(step: str) -> None:
    by = ReportStander(role="reader", ledger_name="user:1", asked=True)
    assert can_step(step, state="asked", by=by) == (step in ("write", "comment"))


@pytest.mark.parametrize(
    ("authors", "made_ready", "part"),
    [
        ((), "", ""),
        (("user:2",), "user:2", ""),
        (("user:2", "user:3"), "user:2", ""),
        (("user:1",), "user:1", "you wrote some of it"),
        (("user:1",), "user:2", "you wrote some of it"),
        (("user:1", "user:2"), "user:2", "you wrote some of it"),
        (("user:2",), "user:1", "you said that it is ready"),
        ((), "user:1", "you said that it is ready"),
    ],
)
def test_nobody_signs_what_they_wrote_or_made_ready(authors: tuple[str, ...], made_ready: str, part: str) -> None:
    by = ReportStander(role="lpb_officer", ledger_name="user:1", authors=frozenset(authors), made_ready=made_ready)
    assert can_step("sign-off", state="ready", by=by) is (not part)
    why = say_why_not("sign-off", state="ready", by=by)
    assert bool(why) is bool(part)
    assert part in why
    assert ("an administrator adds a person who reads it and signs" in why) is bool(part)
    for step in set(ALLOWED) - {"sign-off"}:
        for state in load_report_steps()[step].from_:
            alone = replace(by, role="administrator", made_ready="user:1")
            assert can_step(step, state=state, by=alone), "no other step asks for it"
    assert say_why_not("sign-off", state="draft", by=by) == ""
    reader = ReportStander(role="reader", ledger_name="user:1", authors=frozenset({"user:1"}))
    assert say_why_not("sign-off", state="ready", by=reader) == ""


def test_the_reasons_are_plain_english() -> None:
    by = ReportStander(role="reader", ledger_name="user:1")
    with pytest.raises(NotAllowedError, match=r"^You cannot sign the report off: that is for the roles"):
        check_can_step("sign-off", state="ready", by=by)
    analyst = ReportStander(role="analyst", ledger_name="user:1")
    with pytest.raises(
        NotAllowedError, match=r"while the report is signed off\. Send it back first, and say why\.$"
    ):
        check_can_step("renew-figures", state="signed-off", by=analyst)
    with pytest.raises(NotAllowedError, match="say why: the reason is kept"):
        check_can_step("back", state="ready", by=analyst, reason="  ")


@pytest.mark.parametrize("step", [name for name, rule in load_report_steps().items() if rule.reason])
def test_what_asks_for_a_reason_gets_one(step: str) -> None:
    rule = load_report_steps()[step]
    by = ReportStander(role="administrator", ledger_name="user:1")
    check_can_step(step, state=rule.from_[0], by=by, reason="because")
    with pytest.raises(NotAllowedError):
        check_can_step(step, state=rule.from_[0], by=by, reason="")


def test_every_lack_is_one_sentence() -> None:
    assert find_obstacles(Standing()) == ()
    lacking = Standing(
        without_words=["2A.1", "1B.2"],
        with_offers=["1B.3"],
        unexplained_headlines=["the first of theme 1"],
        open_comments=2,
        not_computed=True,
    )
    found = find_obstacles(lacking)
    assert len(found) == 5
    assert "1B.2 and 2A.1" in found[1]
    with pytest.raises(NotAllowedError, match=r"^The report is not ready"):
        check_is_ready(lacking)


def test_too_many_letters_are_refused_and_odd_ones_made_plain() -> None:
    assert check_text("  a\r\nb\x00c ") == "a\nb c"
    with pytest.raises(PlainError, match="this has 1,000,000"):
        check_text("x" * 1_000_000)


NOW = dt.datetime(2026, 5, 1, 9, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({}, ""),
        ({"public_from": NOW + dt.timedelta(hours=1), "ground": "Until the board has met."}, ""),
        ({"public_from": NOW + dt.timedelta(hours=1)}, "Say why the release is held back"),
        (
            {"public_from": NOW + dt.timedelta(hours=1), "ground": "x", "has_organisation": False},
            "no organisation",
        ),
        ({"public_from": NOW + dt.timedelta(days=400), "ground": "x"}, "within a year"),
        ({"number": 2}, "Say what release 2 corrects"),
        ({"number": 2, "reason": "A wrong sign."}, ""),
    ],
)
def test_what_a_release_needs(said: dict[str, object], fault: str) -> None:
    asked = {
        "public_from": NOW,
        "now": NOW,
        "ground": "",
        "has_organisation": True,
        "number": 1,
        "reason": "",
    } | said
    if not fault:
        check_release(**asked)  # type: ignore[arg-type]
        return
    with pytest.raises(PlainError, match=fault):
        check_release(**asked)  # type: ignore[arg-type]


def test_the_last_day_lies_ahead_and_not_too_far() -> None:
    today = dt.date(2026, 5, 1)
    check_asking(due=today, today=today)
    for due in (dt.date(2026, 4, 30), dt.date(2028, 1, 1)):
        with pytest.raises(PlainError):
            check_asking(due=due, today=today)
