"""Is a list of labelled figures held to the total above it, where it is all there is?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.made_subjects import check, wrong

from bluelamp.checks.cast_lists import check_lists
from bluelamp.checks.model import Verdict

pytestmark = pytest.mark.no_database

NAMES = ("acceptable", "not acceptable", "no further action", "withdrawn", "dispensed with", "passed on")


def _list(head: str, *items: str) -> str:
    return "\n".join([head, "", *(f"- {item}" for item in items), ""])


@pytest.mark.parametrize(
    "head",
    [
        "Outcomes of the 640 complaints that were finalised were as follows:",
        "The 640 complaints were broken down as follows:",
        "Savings of £640 were found. The 640 files are made up of:",
    ],
)
@pytest.mark.parametrize(
    "form", ["{name}: {figure}", "{figure} {name}", "{name} – {figure};", "{name} {figure} (12%)"]
)
def test_a_list_that_adds_up(head: str, form: str) -> None:
    items = [form.format(name=name, figure=n) for name, n in zip(NAMES, (412, 121, 68, 39), strict=False)]
    assert [each.verdict for each in check(check_lists, _list(head, *items))] == [Verdict.CONSISTENT]


@pytest.mark.parametrize("last", ["27", "53"])
def test_a_list_that_does_not(last: str) -> None:
    items = ("acceptable: 412", "not acceptable: 121", "no further action: 68", f"withdrawn: {last}")
    (found,) = wrong(check(check_lists, _list("Outcomes of the 640 complaints were as follows:", *items)))
    assert found.verdict is Verdict.SUSPECT
    assert f"sum to {601 + int(last)}, not 640" in found.message
    assert len(found.printed) == 5


@pytest.mark.parametrize(("other", "is_wrong"), [("£404", False), ("£464", True)])
def test_money_in_brackets_is_taken_away(other: str, is_wrong: bool) -> None:
    head = "The overspend of £1,311 is made up of:"
    items = ("pay award £1,102;", "energy £603;", "officer vacancies (£798); and", f"other {other}.")
    found = check(check_lists, _list(head, *items))
    assert [each.verdict for each in found] == [Verdict.SUSPECT if is_wrong else Verdict.CONSISTENT]


@pytest.mark.parametrize(
    ("head", "items"),
    [
        ("The main reasons for the 88 cancellations were:", ("no staff: 41", "no vehicle: 32", "weather: 9")),
        (
            "Key facts of the 240 deployments are:",
            ("110 were in the north", "98 were at night", "44 led to arrest"),
        ),
        ("The 140 who took part were, among them:", ("60 officers", "50 staff and 10 others", "12 volunteers")),
        ("A total of 140 took part, including:", ("60 officers", "50 staff", "22 volunteers")),
        ("The three priorities are as follows:", ("cut 10 posts", "add 20 vans", "train 5 dogs")),
        ("Of 61 staff the profile is as follows:", ("women 38", "part time 14", "of which in training 12")),
        ("The 640 complaints were as follows:", ("delivery: 12", "powers: 9", "property: 4")),
        (
            "The 640 complaints were as follows:",
            ("delivery: 412", "powers: 130 (up 12)", "property: 68", "other: 4"),
        ),
        ("The around 640 complaints were as follows:", ("delivery: 400", "powers: 130", "property: 70")),
        ("640 complaints in the year", ("delivery: 400", "powers: 130", "property: 70")),
    ],
)
def test_lists_that_need_not_add_up(head: str, items: tuple[str, ...]) -> None:
    assert wrong(check(check_lists, _list(head, *items))) == []


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(1, 5_000), min_size=3, max_size=6), st.integers(-40, 40))
def test_only_a_sum_that_is_near_and_another_is_told(values: list[int], off: int) -> None:
    total = sum(values) + off
    if total < 1:
        return
    items = [f"{name}: {value:,}" for name, value in zip(NAMES, values, strict=False)]
    found = wrong(check(check_lists, _list(f"Outcomes of the {total:,} complaints were as follows:", *items)))
    assert bool(found) is (off != 0 and abs(off) * 8 <= total)
