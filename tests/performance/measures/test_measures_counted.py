"""Does each kind of measure count what it says it counts? Each is counted again, the long way."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.performance.measures.counted_lists import fractions, record, values

from bluelamp.figures.months import Month
from bluelamp.lib.errors import PlainError
from bluelamp.performance.measures.compute import count_records, find_counted
from bluelamp.performance.measures.definition import find_measure
from bluelamp.performance.measures.records import Record
from bluelamp.performance.measures.severity import read_weights

pytestmark = pytest.mark.no_database

END = dt.date(2023, 6, 30)
days = st.dates(min_value=dt.date(2022, 1, 1), max_value=END)
areas = st.sampled_from(["", "Calder", "Vale"])


def area(words: str) -> dict[str, str]:
    return {"area": words} if words else {}


def test_a_standard_is_judged_by_the_day_on_which_it_was_in_force() -> None:
    base = find_measure("response-times")
    from dataclasses import replace

    from bluelamp.performance.measures.definition import Limit

    old = Limit(group="priority", limit=Decimal(60), source="a", last=dt.date(2023, 1, 31))
    new = Limit(
        group="priority", limit=Decimal(30), source="b", first=dt.date(2023, 2, 1), last=dt.date(2023, 2, 28)
    )
    measure = replace(base, limits=(old, new))
    rows = [
        record(when=dt.date(2023, 1, 31), group="priority", taken=45),
        record(when=dt.date(2023, 2, 1), group="priority", taken=45),
        record(when=dt.date(2023, 2, 2), group="priority", taken=30),
        record(when=dt.date(2023, 2, 3), group="priority"),
        record(when=dt.date(2023, 3, 1), group="priority", taken=1),
    ]
    found = count_records(rows, measure, day=END)
    assert fractions(found, "within", group="priority")[Month(2023, 1)] == (1, 1)
    assert fractions(found, "within", group="priority")[Month(2023, 2)] == (1, 2)
    assert values(found, "median", group="priority")["2023-02"] == Decimal("37.5")
    assert found.left_out == {"no time was recorded": 1, "no standard was in force": 1}
    assert values(found, "within", group="priority")["2023-03"] == "not-applicable"


@given(st.lists(st.tuples(days, areas, st.sampled_from([True, False, None])), min_size=1, max_size=60))
def test_a_blank_is_neither_yes_nor_no(found: list[tuple[dt.date, str, bool | None]]) -> None:
    rows = [
        record(when=day, **area(where), **({} if truth is None else {"truth": truth}))
        for day, where, truth in found
    ]
    outcome = count_records(rows, find_measure("stop-search-finds"), day=END)
    for month, (top, bottom) in fractions(outcome, "of-known").items():
        here = [truth for day, _, truth in found if (day.year, day.month) == (month.year, month.number)]
        assert (top, bottom) == (here.count(True), len(here) - here.count(None))
        assert fractions(outcome, "of-all")[month] == (here.count(True), len(here))
    for where in {where for _, where, _ in found if where}:
        for month, (top, _) in fractions(outcome, "of-all", area=where).items():
            said = [t for d, w, t in found if w == where and (d.year, d.month) == (month.year, month.number)]
            assert top == said.count(True)


def test_a_survey_counts_those_who_answered() -> None:
    rows = [
        record(when=dt.date(2023, 5, day), group="DA", answer=answer)
        for day, answer in enumerate(["satisfied", "satisfied", "neither", "dissatisfied", "no-answer"], start=1)
    ]
    outcome = count_records(rows, find_measure("satisfaction"), day=dt.date(2023, 5, 31))
    (point,) = find_counted(outcome, "satisfied", group="DA").points
    assert (point.value, point.sample) == (Decimal(50), 4)
    assert outcome.left_out == {"the question was not answered": 1}


def test_months_whose_outcomes_still_come_are_not_comparable() -> None:
    rows = [
        record(when=dt.date(2023, 1, 5), outcome="positive", outcome_day=dt.date(2023, 1, 20)),
        record(when=dt.date(2023, 1, 5), outcome="positive", outcome_day=dt.date(2023, 5, 29)),
        record(when=dt.date(2023, 1, 5)),
        record(when=dt.date(2023, 1, 5), outcome="other", outcome_day=dt.date(2023, 1, 6)),
        record(when=dt.date(2023, 6, 5), outcome="positive", outcome_day=dt.date(2023, 6, 6)),
        record(when=dt.date(2023, 6, 5), outcome="positive", outcome_day=dt.date(2023, 6, 1)),
    ]
    outcome = count_records(rows, find_measure("positive-outcomes"), day=dt.date(2023, 8, 15))
    assert fractions(outcome, "to-date")[Month(2023, 1)] == (2, 4)
    assert fractions(outcome, "in-time")[Month(2023, 1)] == (1, 4)  # 144 days are more than 120
    flags = {str(p.to): p.flags for p in find_counted(outcome, "to-date").points}
    assert (flags["2023-01"], flags["2023-02"], flags["2023-06"]) == ((), ("provisional",), ("provisional",))
    assert values(outcome, "in-time")["2023-06"] == "pending"
    assert outcome.left_out == {"the outcome stands before the crime was recorded": 1}


people = st.sampled_from(["a", "b", "c", "d", ""])


@given(st.lists(st.tuples(days, people), min_size=1, max_size=60))
def test_who_was_a_victim_before_is_found_the_long_way_too(found: list[tuple[dt.date, str]]) -> None:
    rows = [
        record(row, when=day, **({"who": who} if who else {})) for row, (day, who) in enumerate(found, start=2)
    ]
    measure = find_measure("repeat-victims")
    if not any(who for _, who in found):
        return
    outcome = count_records(rows, measure, day=END)
    first = min(day for day, _ in found)
    for point in find_counted(outcome, "events").points:
        if point.to.first - dt.timedelta(days=measure.look_back_days) < first:
            assert point.unknown == "not-recorded"
            continue
        here = [(n, day, who) for n, (day, who) in enumerate(found) if who and Month.of(day) == point.to]
        again = sum(
            any(
                other == who and (earlier, m) < (day, n) and (day - earlier).days <= measure.look_back_days
                for m, (earlier, other) in enumerate(found)
            )
            for n, day, who in here
        )
        assert (int(point.numerator or 0), int(point.denominator or 0)) == (again, len(here))


opened = st.tuples(days, st.none() | st.integers(0, 200))


@given(st.lists(opened, min_size=1, max_size=40), st.integers(0, 27))
def test_what_waits_is_counted_the_long_way_too(found: list[tuple[dt.date, int | None]], back: int) -> None:
    measure = find_measure("backlog")
    day = END - dt.timedelta(days=back)
    rows = []
    for begun, took in found:
        closed = {} if took is None else {"closed": begun + dt.timedelta(days=took)}
        rows.append(record(opened=begun, **closed))
    if all(begun > day for begun, _ in found):
        return
    outcome = count_records(rows, measure, day=day)
    if not outcome.counted:
        return
    waiting, oldest, overdue = values(outcome, "open"), values(outcome, "oldest-days"), values(outcome, "overdue")
    for month in waiting:
        end = min(Month.parse(month).last, day)
        ages = [
            (end - begun).days
            for begun, took in found
            if begun <= min(end, day) and (took is None or begun + dt.timedelta(days=took) > end)
        ]
        assert waiting[month] == len(ages)
        assert oldest[month] == (Decimal(max(ages)) if ages else "not-applicable")
        assert overdue[month] == sum(age > measure.overdue_after for age in ages)


def test_a_backlog_says_how_long_things_took_and_what_it_left_out() -> None:
    rows = [
        record(opened=dt.date(2023, 5, 1), closed=dt.date(2023, 5, 11)),
        record(opened=dt.date(2023, 5, 1), closed=dt.date(2023, 5, 3)),
        record(opened=dt.date(2023, 5, 20), closed=dt.date(2023, 5, 1)),
        record(opened=dt.date(2023, 5, 20), due=dt.date(2023, 6, 1)),
        record(opened=dt.date(2023, 7, 1)),
    ]
    outcome = count_records(rows, find_measure("backlog"), day=dt.date(2023, 6, 15))
    assert values(outcome, "days-to-close") == {"2023-05": Decimal(6), "2023-06": "not-applicable"}
    assert values(outcome, "overdue") == {"2023-05": Decimal(0), "2023-06": Decimal(1)}
    assert outcome.left_out == {"closed before it was opened": 1, "opened after the day the list covers": 1}
    assert [p.flags for p in find_counted(outcome, "open").points] == [(), ("provisional",)]


def test_staff_in_post_are_summed_before_they_are_divided() -> None:
    rows = [
        record(
            when=dt.date(2023, 1, 31), group="Officers", area="Calder", numerator=Decimal("1.5"), denominator=2
        ),
        record(when=dt.date(2023, 1, 31), group="Officers", area="Vale", numerator=9, denominator=8),
        record(when=dt.date(2023, 2, 28), group="Officers", area="Vale", numerator=9, denominator=0),
    ]
    outcome = count_records(rows, find_measure("staffing"), day=dt.date(2023, 2, 28))
    assert values(outcome, "share", group="Officers") == {"2023-01": Decimal(105), "2023-02": "not-applicable"}
    assert values(outcome, "share", group="Officers", area="Vale")["2023-01"] == Decimal("112.5")


def test_a_cohort_counts_who_has_left_and_says_whom_it_left_out() -> None:
    entered = dt.date(2023, 1, 1)
    rows = [
        record(
            entered=entered, left=dt.date(2023, 5, 1), score_in=80, score_out=40, cost_before=1000, cost_after=1500
        ),
        record(entered=entered, left=dt.date(2023, 5, 9), score_in=60, score_out=50),
        record(entered=entered, left=dt.date(2023, 5, 9), score_in=60),
        record(entered=entered),
        record(entered=entered, left=dt.date(2022, 5, 9), score_in=60, score_out=1),
    ]
    outcome = count_records(rows, find_measure("offender-cohort"), day=END)
    assert values(outcome, "score-fall") == {"2023-05": Decimal(25)}
    (share,) = find_counted(outcome, "score-fall-share").points
    assert round(share.value or 0, 4) == Decimal("35.7143")  # 50 of 140
    assert values(outcome, "cost-fall") == {"2023-05": Decimal(-500)}
    assert outcome.left_out == {
        "still on the scheme": 1,
        "left before entering": 1,
        "no score at both ends": 1,
        "no cost at both ends": 2,
    }


def severity_rows() -> list[Record]:
    month = dt.date(2023, 1, 31)
    return [
        record(when=month, area="Calder", code="HOMICIDE", count=1),
        record(when=month, area="Calder", code="CANNABIS-POSSESSION", count=40),
        record(when=month, area="Vale", code="CANNABIS-POSSESSION", count=10),
        record(when=dt.date(2023, 3, 31), area="Vale", code="RIDDLE", count=10),
    ]


def test_severity_is_weighted_and_an_unknown_code_makes_it_unknown() -> None:
    measure = find_measure("crime-severity")
    outcome = count_records(
        severity_rows(), measure, day=dt.date(2023, 3, 31), population={"force": 1_000, "Calder": 500}
    )
    assert values(outcome, "weighted") == {
        "2023-01": 8129,
        "2023-02": "not-published",
        "2023-03": "not-applicable",
    }
    assert values(outcome, "score")["2023-01"] == Decimal("8.129")
    assert values(outcome, "score", area="Vale")["2023-01"] == "not-recorded"
    assert "RIDDLE" in " ".join(outcome.notes)
    assert outcome.left_out == {"the offence code has no weight": 1}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code,weight\nA,1\nA,2\n", "two weights"),
        ("code,weight\nA,x\n", "no number"),
        ("code,weight\nA,-1\n", "less than nothing"),
        ("code,weight\n", "no weights"),
    ],
)
def test_weights_that_cannot_be_used_are_refused(text: str, said: str) -> None:
    with pytest.raises(PlainError, match=said):
        read_weights(text, name="weights.csv")


def test_a_list_that_lies_after_its_day_is_refused() -> None:
    rows = [record(when=dt.date(2023, 5, 1), truth=True)]
    with pytest.raises(PlainError, match="after 2023-01-01"):
        count_records(rows, find_measure("victims-code"), day=dt.date(2023, 1, 1))
    with pytest.raises(PlainError, match="no rows"):
        count_records([], find_measure("victims-code"), day=END)
