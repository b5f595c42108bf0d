"""What may each role do? A table written by hand, every cell tried."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.organisations import rules
from bluelamp.organisations.models import Organisation, User
from bluelamp.organisations.rules import ROLES, NotAllowedError
from bluelamp.organisations.rules_sign_in import (
    CAREFUL_ROLES,
    SignInSettings,
    is_same_name,
    may_vouch_for,
    needs_second_step,
    why_ended,
)

OURS, THEIRS = Organisation(code="CVP", name="Ours"), Organisation(code="WMC", name="Theirs")
SOMEBODY = User(user_name="somebody", name="Somebody", role="reader")
GONE = User(user_name="gone", name="Gone", role="reader", is_active=False)

MAY = {
    # what                       administrator, liaison, lpb_officer, owner, analyst, auditor, committee, reader
    "manage people":            (True, False, False, False, False, False, False, False),
    "add a reader":             (True, False, False, False, False, False, False, False),
    "change another's role":    (True, False, False, False, False, False, False, False),
    "end another's access":     (True, False, False, False, False, False, False, False),
    "end one's own access":     (False, False, False, False, False, False, False, False),
    "make a link":              (True, False, False, False, False, False, False, False),
    "make a link for one gone": (False, False, False, False, False, False, False, False),
    "sign another out":         (True, False, False, False, False, False, False, False),
    "sign oneself out":         (True, True, True, True, True, True, True, True),
    "set another's password":   (False, False, False, False, False, False, False, False),
    "set one's own password":   (True, True, True, True, True, True, True, True),
    "manage our owners":        (True, True, True, False, False, False, False, False),
    "manage their owners":      (True, False, False, False, False, False, False, False),
    "manage everybody's owners": (True, False, False, False, False, False, False, False),
}  # fmt: skip
ORDER = ("administrator", "liaison", "lpb_officer", "owner", "analyst", "auditor", "committee_member", "reader")

ASKED: dict[str, Any] = {
    "manage people": lambda by: rules.can_manage_people(by),
    "add a reader": lambda by: may(rules.check_can_add_person, by, user_name="new", role="reader"),
    "change another's role": lambda by: rules.can_change_person(by, SOMEBODY, role="liaison"),
    "end another's access": lambda by: rules.can_change_person(by, SOMEBODY, is_active=False),
    "end one's own access": lambda by: rules.can_change_person(by, by, is_active=False),
    "make a link": lambda by: rules.can_make_link(by, SOMEBODY),
    "make a link for one gone": lambda by: rules.can_make_link(by, GONE),
    "sign another out": lambda by: rules.can_change_sign_in(by, SOMEBODY),
    "sign oneself out": lambda by: rules.can_change_sign_in(by, by),
    "set another's password": lambda by: rules.can_set_password(by, SOMEBODY),
    "set one's own password": lambda by: rules.can_set_password(by, by),
    "manage our owners": lambda by: rules.can_manage_owners(by, organisation=OURS),
    "manage their owners": lambda by: rules.can_manage_owners(by, organisation=THEIRS),
    "manage everybody's owners": lambda by: rules.can_manage_owners(by, organisation=None),
}


def may(check: Any, *words: Any, **named: Any) -> bool:
    try:
        check(*words, **named)
    except NotAllowedError:
        return False
    return True


def test_the_table_has_no_empty_cell() -> None:
    assert set(ORDER) == set(ROLES)
    assert set(MAY) == set(ASKED)
    assert all(len(row) == len(ORDER) for row in MAY.values())


@pytest.mark.parametrize("role", ORDER)
@pytest.mark.parametrize("what", MAY)
def test_each_role_may_what_the_table_says(what: str, role: str) -> None:
    by = User(user_name="x", name="X", role=role, organisation=OURS)
    assert ASKED[what](by) is MAY[what][ORDER.index(role)]


def test_every_check_has_its_question() -> None:
    checks = {name.removeprefix("check_") for name in vars(rules) if name.startswith("check_can_")}
    questions = {name for name in vars(rules) if name.startswith("can_")}
    assert checks - {"can_add_person"} <= questions


def test_the_last_administrator_stays() -> None:
    boss, other = (User(user_name=name, name=name, role="administrator") for name in ("boss", "other"))
    assert rules.can_change_person(other, boss, role="reader")
    assert not rules.can_change_person(other, boss, role="reader", only_administrator=True)
    assert not rules.can_change_person(other, boss, is_active=False, only_administrator=True)
    assert rules.can_change_person(other, boss, role="administrator", only_administrator=True)


@pytest.mark.parametrize("role", ["", "emperor", "Administrator", "administrator "])
def test_there_are_no_other_roles(role: str) -> None:
    by = User(user_name="x", role="administrator")
    assert not rules.can_change_person(by, SOMEBODY, role=role)


@pytest.mark.parametrize("role", ROLES)
def test_who_needs_a_second_step(role: str) -> None:
    assert needs_second_step(role, SignInSettings()) is (role in CAREFUL_ROLES)
    assert not needs_second_step(role, SignInSettings(require_mfa=()))


# Pure rules of signing in

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
MINUTES = st.integers(min_value=0, max_value=3000)


@given(MINUTES, MINUTES, st.integers(1, 1440), st.integers(1, 168))
def test_a_session_is_over_exactly_when_either_limit_is_reached(
    age: int, unused: int, idle: int, longest: int
) -> None:
    unused = min(age, unused)
    limits = dataclasses.replace(SignInSettings(), idle_minutes=idle, longest_hours=longest)
    ended = why_ended(
        now=NOW, begun=NOW - dt.timedelta(minutes=age), seen=NOW - dt.timedelta(minutes=unused), limits=limits
    )
    assert bool(ended) is (age >= longest * 60 or unused >= idle)
    assert (ended == "longest") is (age >= longest * 60)


@given(st.text(), st.text())
def test_names_that_differ_beyond_ascii_are_never_the_same(one: str, other: str) -> None:
    if is_same_name(one, other):
        assert len(one) == len(other)
        assert all(
            a == b or (a.isascii() and b.isascii() and a.lower() == b.lower())
            for a, b in zip(one, other, strict=True)
        )


@pytest.mark.parametrize(
    ("one", "other"),
    [("\u0131", "i"), ("\u017f", "s"), ("\u212a", "k"), ("\u00df", "ss"), ("\ufb00", "ff"), ("e\u0301", "\u00e9")],
)
def test_letters_that_databases_fold_are_other_letters(one: str, other: str) -> None:
    assert not is_same_name(one, other)


@pytest.mark.parametrize(
    ("address", "domains", "good"),
    [
        ("a@cvp.example", ["cvp.example"], True),
        ("a@CVP.Example", ["cvp.example"], True),
        ("a@sub.cvp.example", ["cvp.example"], False),
        ("a@evilcvp.example", ["cvp.example"], False),
        ("a@cvp.example.evil", ["cvp.example"], False),
        ("cvp.example", ["cvp.example"], False),
        ("@cvp.example", ["cvp.example"], False),
        ("a@x@cvp.example", ["cvp.example"], True),
        ("a@cvp.example", [], False),
        ("a@b.example", ["c.example", "b.example"], True),
    ],
)
def test_whom_another_site_may_vouch_for(address: str, domains: list[str], good: bool) -> None:
    assert may_vouch_for(address, domains) is good
