"""Does the record hear of every load of records, once, from those who may tell it?"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.performance.warehouse.warehouse_samples import load, make_zip, street_files

from bluelamp.ledger.actions import Operator
from bluelamp.ledger.models import Event
from bluelamp.ledger.verification import verify
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.actions import load_organisations
from bluelamp.organisations.bodies import Body
from bluelamp.organisations.models import Organisation, User
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.performance.actions_records import check_asked, record_loads
from bluelamp.performance.models import RecordsLoad
from bluelamp.performance.warehouse.manifest import Warehouse

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
BY = Operator("load police-uk")


def test_each_load_is_one_event(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path / "warehouse")
    assert record_loads(warehouse, by=BY, now=NOW) == []
    for number, force in enumerate(["esk", "wye"]):
        load(warehouse, make_zip(tmp_path / f"{number}.zip", street_files(["2025-01"], [force])))
    begun = Event.objects.count()
    rows = record_loads(warehouse, by=BY, now=NOW)
    assert [(row.number, row.rows, row.months, row.name) for row in rows] == [
        (1, 6, 1, "0.zip"),
        (2, 6, 1, "1.zip"),
    ]
    assert rows[0].known_on == dt.date(2025, 1, 31)
    events = Event.objects.filter(action="performance.records_loaded")
    assert events.count() == Event.objects.count() - begun == 2
    assert record_loads(warehouse, by=BY, now=NOW) == []
    assert RecordsLoad.objects.count() == 2
    assert verify(None).problems == []


def test_a_warehouse_begun_anew_begins_its_numbers_anew(tmp_path: Path) -> None:
    archive = make_zip(tmp_path / "a.zip", street_files(["2025-01"], ["esk"]))
    for folder in ("first", "second"):
        load(Warehouse(tmp_path / folder), archive)
        record_loads(Warehouse(tmp_path / folder), by=BY, now=NOW)
    assert list(RecordsLoad.objects.values_list("number", flat=True)) == [1, 1]


def test_only_those_who_load_figures_load_records(tmp_path: Path) -> None:
    with pytest.raises(NotAllowedError):
        record_loads(Warehouse(tmp_path), by=User(name="Reader", role="reader"), now=NOW)


def test_what_a_load_is_told_is_looked_at_first() -> None:
    check_asked(marking="OFFICIAL", organisation="")
    with pytest.raises(PlainError, match="There is no marking"):
        check_asked(marking="SECRET", organisation="")
    with pytest.raises(PlainError, match="There is no organisation"):
        check_asked(marking="OFFICIAL", organisation="QQQ")


def test_a_load_is_of_its_organisation(tmp_path: Path) -> None:
    load_organisations(by=BY, now=NOW, bodies={"CVP": Body(code="CVP", name="Calder Vale Police", kind="force")})
    warehouse = Warehouse(tmp_path / "warehouse")
    archive = make_zip(tmp_path / "a.zip", street_files(["2025-01"], ["esk"]))
    load(warehouse, archive, organisation="CVP", marking="OFFICIAL-SENSITIVE")
    row = record_loads(warehouse, by=BY, now=NOW)[0]
    assert (row.organisation, row.marking) == (Organisation.objects.get(code="CVP"), "OFFICIAL-SENSITIVE")
