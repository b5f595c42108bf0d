"""Are a plan's figures from the real archive of stops and searches those that were counted of it before?"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.performance.records.records_samples import BODIES, ENGINE, indicator, known, make_plan
from tests.performance.warehouse.warehouse_samples import load

from bluelamp.figures.months import Month
from bluelamp.organisations.bodies import load_bodies
from bluelamp.performance.plans import AreaOfPlan
from bluelamp.performance.records_counting import CountedIndicator, Counting, count_indicator
from bluelamp.performance.records_source import AreaInRecords
from bluelamp.performance.warehouse.manifest import Warehouse
from bluelamp.performance.warehouse.sight import OPERATOR

pytestmark = [pytest.mark.no_database, pytest.mark.shared]
ARCHIVE = "police-uk-stop-and-search-2019-2021-east-midlands.zip"
FOUND = indicator("F", "percentage", measure="stop-search-find-rate/of-known")


@pytest.fixture(scope="module")
def warehouse(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    made = Warehouse(tmp_path_factory.mktemp("records") / "warehouse")
    load(made, shared / "data" / ARCHIVE)
    return made


def count(warehouse: Warehouse, force: str, *areas: AreaOfPlan) -> CountedIndicator:
    counting = Counting(
        plan=make_plan(FOUND, areas=areas, force=force),
        known=known(warehouse.folder),
        bodies=BODIES | load_bodies(),
        warehouse=warehouse,
        viewer=OPERATOR,
        engine=ENGINE,
    )
    return count_indicator(counting, FOUND)


def test_the_find_rate_of_those_that_say_so(warehouse: Warehouse) -> None:
    """Of 13,669 searches 4,803 say whether what was found was what was looked for, and 4,310 that it was."""
    points = [each.point for each in count(warehouse, "NTS").points]
    assert [str(point.to) for point in (points[0], points[-1])] == ["2019-01", "2021-11"]
    assert len(points) == 35
    tops, bottoms = [point.numerator for point in points], [point.denominator for point in points]
    assert (sum(filter(None, tops)), sum(filter(None, bottoms))) == (Decimal(4_310), Decimal(4_803))


def test_the_month_that_lincolnshire_did_not_publish_is_not_zero(warehouse: Warehouse) -> None:
    whole = AreaOfPlan(
        slug="force", name="L", level="force", records=(AreaInRecords(level="force", areas=("lincolnshire",)),)
    )
    counted = count(warehouse, "", whole)
    last = counted.points[-1].point
    assert (last.to, last.value, last.unknown) == (Month(2021, 11), None, "not-published")
    assert counted.told == ("F: not published, and so not counted as none: November 2021.",)
