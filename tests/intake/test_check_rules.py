"""Who may check a paper and answer for it, and what is an answer? A truth table of roles, and pairs that agree."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from bluelamp.intake.check_rules import (
    ANSWERS,
    LONGEST_REASON,
    can_answer,
    can_check,
    can_follow,
    check_answer,
    check_can_answer,
    check_can_check,
    check_can_follow,
)
from bluelamp.organisations.rules import ROLES, NotAllowedError

pytestmark = pytest.mark.no_database

TABLE = {
    "administrator": (True, True),
    "liaison": (True, True),
    "lpb_officer": (True, True),
    "owner": (True, True),
    "analyst": (True, True),
    "auditor": (True, False),
    "committee_member": (True, False),
    "reader": (False, False),
}


def test_every_role_has_its_row() -> None:
    assert set(TABLE) == set(ROLES)


@pytest.mark.parametrize(("role", "may"), TABLE.items())
def test_checking_and_answering_by_role(role: str, may: tuple[bool, bool]) -> None:
    person = SimpleNamespace(role=role)
    assert (can_check(person), can_answer(person)) == may
    assert not can_answer(person, other_organisation=True)
    for allowed, check in ((may[0], check_can_check), (may[1], check_can_answer)):
        if not allowed:
            with pytest.raises(NotAllowedError, match=r"\.$"):
                check(person)


@pytest.mark.parametrize("answer", ANSWERS)
def test_what_stays_as_it_is_needs_a_reason(answer: str) -> None:
    assert check_answer(answer, "  a shared\n post ") == "a shared post"
    if answer == "fixed":
        assert check_answer(answer, " ") == ""
    else:
        with pytest.raises(NotAllowedError, match="reason"):
            check_answer(answer, " \n ")


@pytest.mark.parametrize("answer", ["", "Fixed", "wrong", "not an error"])
def test_other_answers_are_none(answer: str) -> None:
    with pytest.raises(NotAllowedError, match="Say whether"):
        check_answer(answer, "because")


def test_reasons_have_an_end_and_no_zeros() -> None:
    assert check_answer("explained", "x" * LONGEST_REASON)
    for reason in ("x" * (LONGEST_REASON + 1), "a\x00b"):
        with pytest.raises(NotAllowedError):
            check_answer("explained", reason)


@pytest.mark.parametrize(
    ("key", "earlier", "before", "may"),
    [(1, 2, (), True), (1, 2, (3, 4), True), (1, 1, (), False), (1, 2, (1,), False), (1, 2, (3, 1), False)],
)
def test_versions_follow_one_another_and_never_themselves(
    key: int, earlier: int, before: tuple[int, ...], may: bool
) -> None:
    assert can_follow(key, earlier, before) is may
    if not may:
        with pytest.raises(NotAllowedError):
            check_can_follow(key, earlier, before)
