"""Is a load kept whole with its vintage, are revisions kept, and does a withdrawal change nothing that was?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.performance.loading_samples import DAY, PLAN, read_all

from bluelamp.documents.originals import workspace_originals
from bluelamp.figures.months import Month, Span
from bluelamp.ledger.actions import Operator
from bluelamp.ledger.models import Event
from bluelamp.ledger.verification import verify
from bluelamp.organisations.actions import add_person, load_organisations
from bluelamp.organisations.bodies import Body
from bluelamp.organisations.models import Organisation, User
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.performance.actions_figures import (
    FILE,
    HAND,
    REPORT,
    GivenFile,
    LoadAsked,
    Loaded,
    RefusedLoadError,
    end_read_token,
    load_figures,
    make_read_token,
    withdraw_load,
)
from bluelamp.performance.loading_figures import ReadFigure, ReadFigures
from bluelamp.performance.loading_refusals import Place
from bluelamp.performance.models import KeptSeries, Load, ReadToken
from bluelamp.performance.queries_figures import changes_since, find_loads, find_series, newest_vintage
from bluelamp.performance.series import Point, SeriesKey

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2021, 5, 19, 9, 0, tzinfo=dt.UTC)
BY = Operator("tests")
KEY = SeriesKey(PLAN.slug, "1A1")
MARCH = Month(2021, 3)


def load_csv(text: str, *, now: dt.datetime = NOW, known_on: dt.date = DAY, by: Any = BY, **more: Any) -> Loaded:
    data = text.encode()
    leave_out = more.pop("leave_out", False)
    asked = LoadAsked(
        plan=PLAN,
        kind=FILE,
        name="figures.csv",
        known_on=known_on,
        files=(GivenFile("figures.csv", data),),
        **more,
    )
    read = read_all({"figures.csv": data}, day=known_on)
    return load_figures(read, asked, by=by, now=now, leave_out=leave_out)


def load_points(
    points: Sequence[Point], *, known_on: dt.date = DAY, now: dt.datetime = NOW, kind: str = HAND
) -> Loaded:
    read = ReadFigures(tuple(ReadFigure(KEY, point, Place("hand", "", at, 0)) for at, point in enumerate(points)))
    asked = LoadAsked(plan=PLAN, kind=kind, name="by hand", known_on=known_on)
    return load_figures(read, asked, by=BY, now=now)


def value(**asked: Any) -> Decimal | None:
    found = find_series(viewer=asked.pop("viewer", None), plan=PLAN.slug, **asked).get(KEY)
    return found.at(MARCH).value if found else None


def test_a_load_is_one_event_with_its_original_and_the_same_again_is_nothing() -> None:
    before = Event.objects.count()
    done = load_csv("Code,Period,Value\n1A1,Mar-21,171\n1A1,Feb-21,160\n1A2,Mar-21,77.4%\n")
    assert done.load is not None
    assert done.plan.counts == {"new": 3, "revised": 0, "earlier": 0, "same": 0}
    assert (done.load.number, done.load.figures, KeptSeries.objects.count()) == (1, 3, 2)
    assert Event.objects.count() == before + 1
    assert workspace_originals().read(done.load.sha256).startswith(b"Code,Period")
    again = load_csv("Code,Period,Value\n1A1,Mar-21,171\n1A1,Feb-21,160\n1A2,Mar-21,77.4%\n")
    assert again.load is None
    assert again.plan.counts["same"] == 3
    assert Event.objects.count() == before + 1
    assert verify(None).problems == []


def test_a_revision_is_kept_beside_what_it_revises() -> None:
    load_csv("Code,Period,Value\n1A1,Mar-21,168\n")
    done = load_csv("Code,Period,Value\n1A1,Mar-21,171\n1A1,Feb-21,160\n", now=NOW + dt.timedelta(days=30))
    assert [each.words for each in done.plan.of("revised")] == ["1A1, force, March 2021: 171, was 168"]
    assert (value(), value(up_to=1), value(up_to=2)) == (171, 168, 171)
    changed = changes_since(PLAN, viewer=None, vintage=1)
    assert [(each.kind, each.then, each.now, each.moved) for each in changed] == [
        ("added", "not loaded", "160", None),
        ("revised", "168", "171", 3),
    ]


def test_an_older_report_taken_in_later_corrects_nothing_newer() -> None:
    load_points([Point(to=MARCH, value=Decimal(171))], known_on=dt.date(2021, 8, 1))
    done = load_points([Point(to=MARCH, value=Decimal(168))], known_on=DAY)
    assert done.plan.counts["earlier"] == 1
    assert done.load is not None
    assert value() == 171
    assert value(known_on=DAY) == 168
    assert value(known_on=dt.date(2021, 7, 31)) == 168
    assert value(known_on=dt.date(2021, 5, 1)) is None


def test_the_same_file_again_undoes_no_correction_of_the_same_day() -> None:
    first = "Code,Area,Period,Value\n1A1,force,2021-03,171\n"
    load_csv(first)
    load_csv(first.replace("171", "180"))
    assert load_csv(first).load is None
    assert load_csv(first, known_on=DAY + dt.timedelta(days=1)).load is not None, "on another day it is meant"


def test_the_same_bytes_that_are_read_otherwise_are_loaded() -> None:
    text = "Code,Area,Period,Value\n1A1,force,2021-03,171\n"
    load_csv(text)
    asked = LoadAsked(
        plan=PLAN, kind=FILE, name="figures.csv", known_on=DAY, files=(GivenFile("figures.csv", text.encode()),)
    )
    otherwise = read_all({"figures.csv": text.replace("171", "172").encode()}, day=DAY)
    assert load_figures(otherwise, asked, by=BY, now=NOW).load is not None


def test_what_one_organisation_holds_is_not_yet_in_everybodys_record(people: dict[str, User]) -> None:
    text = "Code,Area,Period,Value\n1A1,force,2021-03,171\n"
    load_csv(text, organisation=people["analyst"].organisation)
    assert load_csv(text).load is not None


def test_a_refused_row_stops_the_load_unless_it_is_left_out_and_kept_with_it() -> None:
    text = "Code,Period,Value\n1A1,Mar-21,171\n9Z9,Mar-21,3\n"
    with pytest.raises(RefusedLoadError, match=r"figures.csv, cell A3: “9Z9” is no indicator"):
        load_csv(text)
    assert Load.objects.count() == 0
    done = load_csv(text, leave_out=True)
    assert done.load is not None
    assert done.load.refused[0]["cell"] == "figures.csv, cell A3"
    assert "9Z9" in done.load.refused[0]["message"]
    assert done.load.figures == 1


def test_a_withdrawal_takes_a_vintage_and_leaves_earlier_ones_as_they_were() -> None:
    load_csv("Code,Period,Value\n1A1,Mar-21,168\n")
    second = load_csv("Code,Period,Value\n1A1,Mar-21,999\n", now=NOW + dt.timedelta(days=10)).load
    assert second is not None
    with pytest.raises(NotAllowedError, match="Say why"):
        withdraw_load(second, reason=" ", by=BY, now=NOW)
    done = withdraw_load(second, reason="The wrong file.", by=BY, now=NOW + dt.timedelta(days=20))
    assert (done.withdrawn_number, newest_vintage(viewer=None, plan=PLAN.slug)) == (3, 3)
    assert (value(), value(up_to=1), value(up_to=2), value(up_to=3)) == (168, 168, 999, 168)
    assert value(known_on=NOW.date() + dt.timedelta(days=15)) == 999
    with pytest.raises(NotAllowedError, match="withdrawn already"):
        withdraw_load(second, reason="Again.", by=BY, now=NOW)
    third = load_csv("Code,Period,Value\n1A1,Mar-21,170\n").load
    assert third is not None
    assert third.number == 4
    assert verify(None).problems == []


def test_a_published_report_is_compared_with_the_months_that_came_since() -> None:
    year = SeriesKey(PLAN.slug, "1A1", span=Span.YEAR)
    printed = Point(to=MARCH, value=Decimal(120), printed="120", cell="line 9")
    read = ReadFigures((ReadFigure(year, printed, Place("report", "", 9, 0)),))
    load_figures(read, LoadAsked(plan=PLAN, kind=REPORT, name="Q4", known_on=DAY), by=BY, now=NOW)
    assert changes_since(PLAN, viewer=None, vintage=1) == []
    months = "".join(f"1A1,{MARCH.plus(-n)},{10 + (n == 3)}\n" for n in range(12))
    load_csv(f"Code,Period,Value\n{months}", known_on=dt.date(2021, 8, 1))
    changed = changes_since(PLAN, viewer=None, vintage=1)
    assert [(each.key.span, each.then, each.now, each.moved) for each in changed] == [(Span.YEAR, "120", "121", 1)]


@pytest.fixture
def people(db: None) -> dict[str, User]:
    load_organisations(by=BY, now=NOW, bodies={"CVP": Body(code="CVP", name="Calder Vale Police", kind="force")})
    force = Organisation.objects.get(code="CVP")
    made = {}
    for role in ("analyst", "lpb_officer", "administrator", "reader", "liaison", "auditor"):
        organisation = force if role == "analyst" else None
        made[role] = add_person(by=BY, now=NOW, user_name=role, name=role, role=role, organisation=organisation)
    return made


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("analyst", True),
        ("lpb_officer", True),
        ("administrator", True),
        ("reader", False),
        ("liaison", False),
        ("auditor", False),
    ],
)
def test_who_may_load_and_withdraw(people: dict[str, User], role: str, may: bool) -> None:
    text = "Code,Period,Value\n1A1,Mar-21,171\n"
    if may:
        load = load_csv(text, by=people[role]).load
        assert load is not None
        assert withdraw_load(load, reason="No.", by=people[role], now=NOW).withdrawn == NOW
        return
    with pytest.raises(NotAllowedError, match="Only a performance analyst"):
        load_csv(text, by=people[role])
    load = load_csv(text).load
    assert load is not None
    with pytest.raises(NotAllowedError, match="Only a performance analyst"):
        withdraw_load(load, reason="No.", by=people[role], now=NOW)


def test_a_load_of_one_organisation_is_for_its_people(people: dict[str, User]) -> None:
    force = Organisation.objects.get(code="CVP")
    load_csv("Code,Period,Value\n1A1,Mar-21,168\n")
    load_csv("Code,Period,Value\n1A1,Mar-21,171\n", organisation=force)
    assert value(viewer=people["analyst"]) == 171
    assert value(viewer=people["reader"]) == 168
    assert find_loads(viewer=people["reader"]).count() == 1
    hidden = Load.objects.get(number=2)
    with pytest.raises(Exception, match="There is no such load"):
        withdraw_load(hidden, reason="No.", by=people["lpb_officer"], now=NOW)
    # What only they know is news to everybody.
    assert load_csv("Code,Period,Value\n1A1,Mar-21,171\n").load is not None
    assert value(viewer=people["reader"]) == 171


def test_a_token_is_kept_as_a_hash_and_ended_by_its_owner(people: dict[str, User]) -> None:
    token, secret = make_read_token(name="The quarterly workbook", by=people["reader"], now=NOW)
    assert secret not in token.token_hash
    assert len(secret) > 40
    with pytest.raises(NotAllowedError, match="Only the person whose token it is"):
        end_read_token(token, by=people["analyst"], now=NOW)
    end_read_token(token, by=people["administrator"], now=NOW)
    with pytest.raises(NotAllowedError, match="already"):
        end_read_token(token, by=people["reader"], now=NOW)
    assert ReadToken.objects.get().ended == NOW
    assert verify(None).problems == []


months = st.integers(MARCH.index - 3, MARCH.index).map(Month.at)
points = st.dictionaries(months, st.integers(0, 3), min_size=1, max_size=3)
steps = st.lists(st.tuples(points, st.integers(0, 2), st.booleans()), min_size=1, max_size=5)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_every_vintage_is_what_its_loads_say_laid_over_each_other(given_steps: list[Any]) -> None:
    """The slow twin: a list of what happened, laid out anew for each vintage."""
    plan_slug = PLAN.slug
    KeptSeries.objects.filter(plan=plan_slug).delete()
    Load.objects.filter(plan=plan_slug).delete()
    happened: list[tuple[int, int, dict[Month, int], int]] = []  # number, day, points, withdrawn at
    for said, later, takes_back in given_steps:
        day = DAY + dt.timedelta(days=later)
        done = load_points([Point(to=to, value=Decimal(said[to])) for to in sorted(said)], known_on=day, now=NOW)
        if done.load is None:
            continue
        happened.append((done.load.number, later, said, 10**6))
        if takes_back:
            at = withdraw_load(done.load, reason="So.", by=BY, now=NOW).withdrawn_number
            assert at is not None
            happened[-1] = (*happened[-1][:3], at)
    for vintage in range(newest_vintage(viewer=None, plan=plan_slug) + 1):
        slow: dict[Month, int] = {}
        for _, _, said, _ in sorted(
            (each for each in happened if each[0] <= vintage < each[3]), key=lambda each: (each[1], each[0])
        ):
            slow |= said
        found = find_series(viewer=None, plan=plan_slug, up_to=vintage).get(KEY)
        assert {point.to: point.value for point in found.points} == slow if found else slow == {}
