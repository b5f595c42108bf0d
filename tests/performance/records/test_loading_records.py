"""Do counted figures become vintages: once, revised when their records are, and whose they are?"""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.performance.records.records_samples import (
    CRIME,
    ENGINE,
    FORCE,
    PLAN,
    RATE,
    SHARE,
    Record,
    load_records,
    make_definitions,
    make_plan,
    read_rows,
)

from bluelamp.documents.originals import workspace_originals
from bluelamp.figures.months import Month
from bluelamp.ledger.actions import Operator
from bluelamp.ledger.models import Event
from bluelamp.ledger.verification import verify
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.actions import add_person, load_organisations
from bluelamp.organisations.bodies import Body
from bluelamp.organisations.models import Organisation, User
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.performance.actions_figures import HAND, LoadAsked, Loaded, load_figures, look_at_load, withdraw_load
from bluelamp.performance.loading_figures import ReadFigure, ReadFigures
from bluelamp.performance.loading_planning import EARLIER, REVISED
from bluelamp.performance.loading_records import CountAsked, CountedFigures, count_figures
from bluelamp.performance.loading_refusals import Place
from bluelamp.performance.models import Load
from bluelamp.performance.plans import Plan
from bluelamp.performance.queries_figures import changes_since, find_series
from bluelamp.performance.series import Point, SeriesKey
from bluelamp.performance.warehouse.manifest import Warehouse

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
BY = Operator("figures from-records")
ORGANISATIONS = {code: Body(code=code, name=f"{code} Police", kind="force") for code in ("CVP", "WYE")}
COUNTED = make_plan(dataclasses.replace(CRIME, records=RATE.records), SHARE)


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    """Definitions and a body of the force; originals are kept beside them."""
    definitions = make_definitions(tmp_path / "definitions")
    body = "bodies:\n  - {code: CVP, name: Calder Vale Police, kind: force, area: Calder Vale}\n"
    (definitions / "bodies").mkdir()
    (definitions / "bodies" / "cvp.yaml").write_text(body, encoding="utf-8")
    return tmp_path


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse(tmp_path / "warehouse")


def row(month: str, outcome: str = "Local resolution", force: str = FORCE) -> Record:
    return month, force, "Burglary", outcome, "E0"


def count(
    warehouse: Warehouse, *, viewer: User | None = None, plan: Plan = COUNTED, **more: Any
) -> CountedFigures:
    asked = CountAsked(plan=plan, definitions=warehouse.folder.parent / "definitions", **more)
    return count_figures(asked, warehouse, viewer=viewer, engine=ENGINE)


def keep(counted: CountedFigures, by: Any = BY) -> Loaded:
    return load_figures(counted.read, counted.asked, by=by, now=NOW)


def known(code: str = "A1", viewer: User | None = None) -> dict[str, str]:
    series = find_series(viewer=viewer, plan=PLAN.slug, codes=[code], areas=["force"])
    found = series.get(SeriesKey(PLAN.slug, code))
    return (
        {str(each.to): str(each.value) if each.unknown == "" else each.unknown for each in found.points}
        if found
        else {}
    )


def test_what_was_counted_is_a_vintage_that_names_its_loads(folder: Path, warehouse: Warehouse) -> None:
    load_records(warehouse, folder, [row("2025-01"), row("2025-02", force="wye"), row("2025-03")])
    done = keep(count(warehouse))
    load = done.load
    assert load is not None
    assert (load.kind, load.known_on, load.number) == ("records", dt.date(2025, 3, 31), 1)
    assert "of its load 1 (archive.zip, known on 2025-03-31)" in load.note
    assert (load.organisation, load.marking) == (None, "OFFICIAL")
    assert known() == {"2025-01": "1", "2025-02": "not-published", "2025-03": "1"}
    rows = read_rows(workspace_originals().read(load.sha256))
    first = rows[0]
    assert (first["Indicator"], first["Month"], first["Value"]) == ("A1", "2025-01", "1")
    assert (first["Records known on"], first["Loads"]) == ("2025-03-31", "1")
    point = find_series(viewer=None, plan=PLAN.slug, codes=["A1"])[SeriesKey(PLAN.slug, "A1")].points[2]
    assert point.cell == "D4"
    assert rows[2]["Month"] == "2025-03", "the cell that the figure names"
    assert verify(None).problems == []


def test_counting_again_writes_nothing(folder: Path, warehouse: Warehouse) -> None:
    load_records(warehouse, folder, [row("2025-01"), row("2025-02")])
    keep(count(warehouse))
    events = Event.objects.count()
    again = count(warehouse)
    assert keep(again).load is None
    assert look_at_load(again.read, again.asked, viewer=None).writes is False
    assert (Load.objects.count(), Event.objects.count()) == (1, events)


def test_a_newer_archive_revises(folder: Path, warehouse: Warehouse) -> None:
    load_records(warehouse, folder, [row("2025-01"), row("2025-02", "Under investigation")], name="old.zip")
    keep(count(warehouse))
    newer = [row("2025-01"), row("2025-02"), row("2025-02"), row("2025-03")]
    load_records(warehouse, folder, newer, name="new.zip")
    done = keep(count(warehouse))
    assert done.load is not None
    assert done.load.number == 2
    revised = {each.words for each in done.plan.of(REVISED)}
    assert "A1, force, February 2025: 2, was 1" in revised
    assert "A2, force, February 2025: 100 (2 of 2), provisional, was 0 (0 of 1), provisional" in revised
    assert known() == {"2025-01": "1", "2025-02": "2", "2025-03": "1"}
    before = find_series(viewer=None, plan=PLAN.slug, codes=["A1"], areas=["force"], up_to=1)
    assert [str(each.value) for each in before[SeriesKey(PLAN.slug, "A1")].points] == ["1", "1"]
    changed = [(each.period, each.then, each.now) for each in changes_since(COUNTED, viewer=None, vintage=1)]
    assert ("February 2025", "1", "2") in changed


def test_what_ripened_is_a_new_vintage_though_no_number_changed(folder: Path, warehouse: Warehouse) -> None:
    load_records(warehouse, folder, [row("2025-01")], name="a.zip", known_on=dt.date(2025, 1, 31))
    keep(count(warehouse))
    load_records(warehouse, folder, [row("2025-01")], name="b.zip", known_on=dt.date(2025, 6, 30))
    done = keep(count(warehouse))
    assert {each.words for each in done.plan.of(REVISED)} >= {
        "A2, force, January 2025: 100 (1 of 1), was 100 (1 of 1), provisional"
    }


def by_hand(month: Month, value: int, known_on: dt.date) -> None:
    figure = ReadFigure(
        SeriesKey(PLAN.slug, "A1"), Point(to=month, value=Decimal(value)), Place("by hand", "", 1, 0)
    )
    asked = LoadAsked(plan=COUNTED, kind=HAND, name="by hand", known_on=known_on)
    load_figures(ReadFigures((figure,)), asked, by=BY, now=NOW)


def test_not_published_takes_no_known_figure_away(folder: Path, warehouse: Warehouse) -> None:
    by_hand(Month(2025, 2), 7, dt.date(2025, 2, 28))
    load_records(warehouse, folder, [row("2025-01"), row("2025-02", force="wye"), row("2025-03")])
    counted = count(warehouse)
    keep(counted)
    assert known() == {"2025-01": "1", "2025-02": "7", "2025-03": "1"}
    assert any("left as before" in each for each in counted.read.told)


def test_a_later_correction_stays_above_and_is_not_counted_over_again(folder: Path, warehouse: Warehouse) -> None:
    load_records(warehouse, folder, [row("2025-01")])
    keep(count(warehouse))
    by_hand(Month(2025, 1), 9, dt.date(2025, 3, 1))
    again = keep(count(warehouse))
    assert [each.verdict for each in again.plan.figures if each.figure.key.code == "A1"] == [EARLIER]
    assert again.load is None
    assert known() == {"2025-01": "9"}


def test_withdrawn_it_may_be_counted_again(folder: Path, warehouse: Warehouse) -> None:
    load_records(warehouse, folder, [row("2025-01")])
    done = keep(count(warehouse))
    assert done.load is not None
    withdraw_load(done.load, reason="The wrong archive.", by=BY, now=NOW)
    assert known() == {}
    assert keep(count(warehouse)).load is not None
    assert known() == {"2025-01": "1"}


# -- whose they are -------------------------------------------------------------------------------------------


def person(role: str, code: str = "") -> User:
    organisation = Organisation.objects.get(code=code) if code else None
    return add_person(
        by=BY, now=NOW, user_name=f"{role}-{code.lower()}", name=role, role=role, organisation=organisation
    )


def test_figures_are_of_whoever_the_records_are_of(folder: Path, warehouse: Warehouse) -> None:
    load_organisations(by=BY, now=NOW, bodies=ORGANISATIONS)
    load_records(warehouse, folder, [row("2025-01")], organisation="CVP", marking="OFFICIAL-SENSITIVE")
    own, other = person("analyst", "CVP"), person("analyst", "WYE")
    with pytest.raises(PlainError, match="none are loaded"):
        count(warehouse, viewer=other)
    done = keep(count(warehouse, viewer=own), by=own)
    assert done.load is not None
    assert done.load.organisation is not None
    assert (done.load.organisation.code, done.load.marking) == ("CVP", "OFFICIAL-SENSITIVE")
    assert (known(viewer=own), known(viewer=other)) == ({"2025-01": "1"}, {})
    with pytest.raises(PlainError, match="cannot become WYE's"):
        count(warehouse, organisation=Organisation.objects.get(code="WYE"))


def test_records_of_two_organisations_give_no_common_figures(folder: Path, warehouse: Warehouse) -> None:
    load_organisations(by=BY, now=NOW, bodies=ORGANISATIONS)
    load_records(warehouse, folder, [row("2025-01")], name="a.zip", organisation="CVP")
    load_records(warehouse, folder, [row("2025-02")], name="b.zip", organisation="WYE")
    with pytest.raises(PlainError, match="belong to CVP and WYE"):
        count(warehouse)


def test_only_those_who_load_figures_keep_them(folder: Path, warehouse: Warehouse) -> None:
    load_records(warehouse, folder, [row("2025-01")])
    reader = person("reader")
    with pytest.raises(NotAllowedError):
        keep(count(warehouse, viewer=reader), by=reader)
    assert Load.objects.count() == 0


def test_where_none_is_named_one_that_cannot_be_counted_is_told(folder: Path, warehouse: Warehouse) -> None:
    load_records(warehouse, folder, [row("2025-01")])
    stops = dataclasses.replace(RATE, code="S", records=dataclasses.replace(RATE.records, measure="stop-search"))
    stops = dataclasses.replace(stops, unit="count")
    plan = make_plan(*COUNTED.indicators, stops)
    assert any(each.startswith("S was not counted.") for each in count(warehouse, plan=plan).read.told)
    with pytest.raises(PlainError, match="none are loaded"):
        count(warehouse, plan=plan, codes=("S",))


def test_nothing_to_count_is_said(folder: Path, warehouse: Warehouse) -> None:
    with pytest.raises(PlainError, match="none are loaded"):
        count(warehouse)
    load_records(warehouse, folder, [row("2025-01")], known_on=dt.date(2025, 1, 20))
    with pytest.raises(PlainError, match="no whole month"):
        count(warehouse)
