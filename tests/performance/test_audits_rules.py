"""Who may take which step with an audit, and what may be kept of one?"""

from __future__ import annotations

from itertools import product
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.documents.readers.forms import Form, FormCell, FormRow, FormTable
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.rules import ROLES, NotAllowedError
from bluelamp.performance.audit_lists import MOST_STRATA, hash_list, number_cases, read_list, read_sizes
from bluelamp.performance.audit_rules import (
    KINDS,
    NONE,
    STATES,
    STEPS,
    can_audit,
    can_reread,
    check_closing,
    check_percent,
    check_result,
    check_settling,
    find_turn,
    may_see_first,
    read_points,
)

pytestmark = pytest.mark.no_database

AUDITING = {"administrator", "auditor", "analyst", "liaison", "lpb_officer"}
TABLE = {
    # step: states, kinds, roles
    "begin": ({"none"}, {"sample", "thematic", "peer"}, AUDITING),
    "change": ({"designed"}, {"sample", "thematic", "peer"}, AUDITING),
    "draw": ({"designed"}, {"sample"}, AUDITING),
    "read": ({"open"}, {"sample"}, AUDITING),
    "settle": ({"open"}, {"sample"}, AUDITING),
    "answer": ({"designed", "open"}, {"thematic", "peer"}, AUDITING),
    "close": ({"open"}, {"sample", "thematic", "peer"}, AUDITING),
    "load": ({"closed"}, {"sample", "thematic", "peer"}, {"administrator", "analyst", "lpb_officer"}),
}


def test_the_table_is_of_every_step() -> None:
    assert set(TABLE) == set(STEPS)


@pytest.mark.parametrize(("step", "role"), list(product(TABLE, ROLES)))
def test_who_may_do_what_and_when(step: str, role: str) -> None:
    by = SimpleNamespace(role=role)
    states, kinds, roles = TABLE[step]
    for state, kind in product([NONE, *STATES], KINDS):
        wanted = role in roles and state in states and kind in kinds
        assert can_audit(step, kind=kind, state=state, by=by) is wanted, (step, role, state, kind)


@pytest.mark.parametrize(
    ("twice", "first", "second", "by", "turn"),
    [
        (False, "", "", "a", 1),
        (False, "a", "", "a", 1),
        (False, "a", "", "b", 0),
        (True, "a", "", "a", 1),
        (True, "a", "", "b", 2),
        (True, "a", "b", "a", 1),
        (True, "a", "b", "b", 2),
        (True, "a", "b", "c", 0),
    ],
)
def test_whose_turn_it_is(twice: bool, first: str, second: str, by: str, turn: int) -> None:
    assert find_turn(twice=twice, first_by=first, second_by=second, by=by) == turn


@given(st.booleans(), st.sampled_from(["a", ""]), st.sampled_from(["b", ""]), st.sampled_from(["a", "b", "c"]))
def test_whoever_may_still_read_second_does_not_see_the_first(
    twice: bool, first: str, second: str, by: str
) -> None:
    turn = find_turn(twice=twice, first_by=first, second_by=second, by=by)
    if first and turn == 2 and not second:
        assert not may_see_first(twice=twice, first_by=first, second_by=second, by=by)


@pytest.mark.parametrize(
    ("readings", "settled", "may"),
    [(0, False, True), (1, False, True), (2, False, False), (2, True, False), (1, True, False)],
)
def test_a_reading_may_change_until_another_has_read_it(readings: int, settled: bool, may: bool) -> None:
    assert can_reread(readings=readings, settled=settled) is may


@pytest.mark.parametrize(
    ("unread", "differ", "judged", "why", "fault"),
    [
        (0, 0, 5, "", ""),
        (2, 0, 5, "Their files are at court.", ""),
        (2, 0, 5, " ", "say why"),
        (0, 1, 5, "", "settle that first"),
        (0, 0, 0, "", "Nothing is judged"),
    ],
)
def test_closing(unread: int, differ: int, judged: int, why: str, fault: str) -> None:
    if not fault:
        check_closing(unread=unread, differ=differ, judged=judged, why=why)
        return
    with pytest.raises(PlainError, match=fault):
        check_closing(unread=unread, differ=differ, judged=judged, why=why)


def test_what_cannot_be_told_says_why() -> None:
    with pytest.raises(PlainError, match="why it cannot be told"):
        check_result("cannot-tell", " ")
    with pytest.raises(PlainError, match="none of them"):
        check_result("perhaps", "")


def test_only_a_difference_is_settled() -> None:
    check_settling(first="pass", second="fail", result="not-applicable", words="It is no crime.")
    for first, second in (("pass", "pass"), ("pass", ""), ("", "")):
        with pytest.raises(NotAllowedError, match="no difference"):
            check_settling(first=first, second=second, result="pass", words="x")


@pytest.mark.parametrize("said", ["5", "5%", " 5.0 ", "0.5", "50"])
def test_a_margin_is_kept_exactly(said: str) -> None:
    from decimal import Decimal

    kept = check_percent(said, what="The margin", low=Decimal("0.5"), high=Decimal(50))
    assert Decimal(kept) == Decimal(said.strip().rstrip("%"))


@pytest.mark.parametrize(
    "said", ["", "0.4", "51", "nan", "Infinity", "1e1000000", "five", "5" * 500, "0.1234567891"]
)
def test_no_margin(said: str) -> None:
    from decimal import Decimal

    with pytest.raises(PlainError):
        check_percent(said, what="The margin", low=Decimal("0.5"), high=Decimal(50))


def test_points_are_read() -> None:
    assert read_points("Red 1, amber: 3; green = 5") == {"red": 1, "amber": 3, "green": 5}
    assert read_points("not met 0, met in part 1, met 2") == {"not met": 0, "met in part": 1, "met": 2}


@pytest.mark.parametrize(
    "said", ["", "red", "red 1", "red 1, red 2", "red 1, green 1", "not applicable 0, a 1", "a 1, b 9999"]
)
def test_points_that_say_nothing_are_refused(said: str) -> None:
    with pytest.raises(PlainError):
        read_points(said)


# -- lists ---------------------------------------------------------------------------------------------------


def form(*rows: tuple[str, ...], notes: tuple[str, ...] = ()) -> Form:
    made = tuple(
        FormRow(at, tuple(FormCell(text, column) for column, text in enumerate(row)))
        for at, row in enumerate(rows, start=1)
    )
    return Form("csv", (FormTable("", made),), notes=notes)


def test_only_identifiers_and_kinds_are_taken() -> None:
    found = read_list(
        form(
            ("Crime list", "", ""),
            ("Victim", "Crime number", "Stratum"),
            ("A. Person", "11/1", "North"),
            ("", "11/2", "South"),
            ("", "", ""),
        )
    )
    assert found.strata == {"North": ("11/1",), "South": ("11/2",)}
    assert found.sha256 == hash_list({"South": ("11/2",), "North": ("11/1",)})


def test_columns_can_be_named() -> None:
    read = read_list(form(("Log", "Area"), ("7", "East")), case_head="log", stratum_head="AREA")
    assert read.strata == {"East": ("7",)}


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([("Name",), ("x",)], "headed Case"),
        ([("Case",)], "no case below"),
        ([("Case",), ("1",), ("1",)], "Row 3 holds the same case as row 2"),
        ([("Case", "Stratum"), ("1", "")], "Row 2 names no kind"),
        ([("Case", "Words"), ("", "x")], "Row 2 names no case"),
        ([("Case",), ("x" * 201,)], "Row 2 holds no identifier"),
        ([("Case",), ("sha256:1",)], "fingerprint"),
    ],
)
def test_a_list_that_cannot_be_drawn_from(rows: list[tuple[str, ...]], fault: str) -> None:
    with pytest.raises(PlainError, match=fault):
        read_list(form(*rows))


def test_too_many_kinds_are_the_wrong_column() -> None:
    rows = [("Case", "Stratum"), *((str(at), str(at)) for at in range(MOST_STRATA + 1))]
    with pytest.raises(PlainError, match="right column"):
        read_list(form(*rows))


def test_no_fault_names_a_case() -> None:
    with pytest.raises(PlainError) as told:
        read_list(form(("Case",), ("SECRET-1",), ("SECRET-1",)))
    assert "SECRET" not in str(told.value)


@pytest.mark.parametrize(
    ("said", "sizes"),
    [
        ("4000", {"": 4000}),
        ("4,000\n", {"": 4000}),
        ("North, 4000\nSouth 1,200", {"North": 4000, "South": 1200}),
        ("North East, 4,000", {"North East": 4000}),
        ("North,4000\nSouth: 12", {"North": 4000, "South": 12}),
    ],
)
def test_sizes_are_read(said: str, sizes: dict[str, int]) -> None:
    assert read_sizes(said) == sizes


@pytest.mark.parametrize(
    "said", ["", "many", "0", "North, 0", "North, 5\nNorth, 6", "9" * 50, "North, -5", "1000001"]
)
def test_sizes_that_are_none(said: str) -> None:
    with pytest.raises(PlainError):
        read_sizes(said)


@given(st.dictionaries(st.sampled_from(["A", "A 1", "B"]), st.integers(1, 30), min_size=1))
def test_numbered_cases_never_meet(sizes: dict[str, int]) -> None:
    cases = [case for name, many in sizes.items() for case in number_cases(name, many)]
    assert len(cases) == len(set(cases)) == sum(sizes.values())
