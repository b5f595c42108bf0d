"""Do the pages of measures say what the records say, to whom they may, and never a zero for what is not known?"""

from __future__ import annotations

import csv
import html
import io
import json
import re
import threading
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from lxml import etree
from tests.desk.conftest import SignIn, finish
from tests.performance.measure_samples import (
    BY,
    MONTHS,
    NOW,
    collection,
    feature,
    small_areas,
    square,
)
from tests.performance.warehouse.warehouse_samples import load, make_csv, make_zip, street_row

from bluelamp.organisations.models import Organisation
from bluelamp.performance import queries_measures
from bluelamp.performance.actions_boundaries import GivenBoundaries, load_boundaries
from bluelamp.performance.actions_records import record_loads
from bluelamp.performance.boundaries_reading import read_boundaries
from bluelamp.performance.measure_answers import RecordDefinitions
from bluelamp.performance.models import RecordsLoad
from bluelamp.performance.warehouse.manifest import Warehouse
from bluelamp.performance.warehouse.mappings import load_mappings

pytestmark = pytest.mark.django_db
AREAS = [f"E0{1000000 + each}" for each in range(9)]


def draw(data: bytes, level: str, known: Any) -> None:
    read = read_boundaries(data, "areas.geojson", known=known, level=level)
    load_boundaries(GivenBoundaries(read=read, level=level, name="areas.geojson", data=data), by=BY, now=NOW)


def see(desk: Client, address: str, status: int = 200) -> str:
    response = desk.get(address)
    assert response.status_code == status, address
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", finish(response).decode())))


def lines_of(desk: Client, address: str) -> list[dict[str, str]]:
    response = desk.get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(finish(response).decode("utf-8-sig"))))


# -- what is there -------------------------------------------------------------------------------------------


def test_an_empty_place_says_what_to_do(workspace: Path, sign_in: SignIn) -> None:
    desk = sign_in()
    said = see(desk, "/measures")
    assert "None are loaded yet" in said
    assert "bluelamp load police-uk" in said
    assert "No records of the kind street are loaded yet" in see(desk, "/measures/street-crime")
    assert "Measured from the records" in see(desk, "/indicators")
    see(desk, "/measures/street-crime/calder-vale", 404)
    see(desk, "/measures/no-such-measure", 404)


def test_the_list_says_what_is_loaded_and_what_was_not_published(desk: Client) -> None:
    said = see(desk, "/measures")
    assert "2 measures can be counted from the 996 records" in said
    assert "Calder Vale January 2024 June 2025 yes 486" in said
    assert "Moorland June 2025 June 2025 not published not known" in said
    assert "Measures that have no records yet" in said
    load_of = RecordsLoad.objects.get()
    assert f"{load_of.number} archive.zip" in said
    faults = see(desk, f"/measures/loads/{load_of.pk}")
    assert "996 records in 35 months of forces" in faults
    assert "blank" in faults
    see(desk, "/measures/loads/00000000-0000-0000-0000-000000000000", 404)


def test_records_that_no_kept_mapping_describes_are_said_to_want_one(
    workspace: Path, made: Path, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    (workspace / "warehouse").symlink_to(made)
    desk = sign_in()
    assert "cannot be measured" not in see(desk, "/measures")
    others = {slug: each for slug, each in load_mappings().items() if each.kind != "street"}
    known = RecordDefinitions(None)
    known.__dict__.update(mappings=others, measures={})
    monkeypatch.setattr(queries_measures, "find_definitions", lambda: known)
    assert "Records of the kind street are loaded, and cannot be measured: no mapping" in see(desk, "/measures")


# -- a measure -----------------------------------------------------------------------------------------------


def test_a_year_without_one_month_of_one_force_is_unknown_and_named(desk: Client) -> None:
    said = see(desk, "/measures/street-crime")
    assert (
        "Crimes and incidents in the 12 months to June 2025: not known: Moorland Jun 2025 not published." in said
    )
    assert "Calder Vale 324" in said
    assert "Moorland not known: Moorland Jun 2025 not published" in said
    assert "684 crimes and incidents in the 12 months to May 2025." in see(
        desk, "/measures/street-crime?to=2025-05"
    )


def test_months_of_a_force_stand_newest_first_and_add_up(desk: Client) -> None:
    said = see(desk, "/measures/street-crime/calder-vale?span=month")
    assert "27 crimes and incidents in June 2025." in said
    assert said.index("June 2025 27") < said.index("May 2025 27")
    rows = lines_of(desk, "/measures/street-crime/months.csv?force=calder-vale&span=month")
    assert [row["Month"] for row in rows] == MONTHS[::-1]
    assert (
        sum(int(row["Crimes and incidents of anti-social behaviour published for the month"]) for row in rows)
        == 486
    )
    rows = lines_of(desk, "/measures/street-crime/months.csv?force=moorland&span=month")
    assert rows[0]["Coverage"] == rows[0][list(rows[0])[2]] == "not published"


def test_a_month_that_was_not_published_has_a_page_that_says_so(desk: Client) -> None:
    said = see(desk, "/measures/street-crime/moorland?span=month&by=crime-type&to=2025-06")
    assert "Crimes and incidents in June 2025: not published." in said
    assert "June 2025 not published May 2025 30" in said
    assert (
        "not published" in finish(desk.get("/measures/street-crime/months.csv?force=moorland&span=month")).decode()
    )
    see(desk, "/measures/street-crime/parts.json?force=moorland&span=month", 404)
    for name in ("parts", "values"):
        assert (
            len(lines_of(desk, f"/measures/street-crime/{name}.csv?force=moorland&span=month&by=crime-type")) == 0
        )


def test_told_apart_and_then_one_of_them_alone(desk: Client) -> None:
    said = see(desk, "/measures/street-crime/calder-vale?span=month&by=crime-type")
    assert "Burglary 9" in said
    only = see(desk, "/measures/street-crime/calder-vale?span=month&by=crime-type&value=Burglary")
    assert "9 crimes and incidents in June 2025." in only
    assert "Only crime type: Burglary" in only
    blank = see(desk, "/measures/street-crime/calder-vale?span=month&by=crime-type&value=(blank)")
    assert "0 crimes and incidents in June 2025." in blank


@pytest.mark.parametrize("published", ["", "&published=yes"])
def test_a_value_that_no_record_has_is_refused_and_near_ones_are_named(desk: Client, published: str) -> None:
    asked = f"span=month&by=crime-type&value=Buglary{published}"
    said = see(desk, f"/measures/street-crime/calder-vale?{asked}", 422)
    assert "No street record that is loaded has the crime-type “Buglary”; near it is Burglary." in said
    assert "near it is Burglary" in see(desk, f"/measures/street-crime/months.csv?force=calder-vale&{asked}", 422)
    said = see(desk, "/measures/street-crime?span=month&by=crime-type&value=Q", 422)
    assert "there are " in said
    assert "Burglary" in said


def test_what_is_written_in_a_value_is_no_markup(desk: Client) -> None:
    for value in ("x" * 5000, "%3Cscript%3Ealert(1)%3C/script%3E"):
        response = desk.get(f"/measures/street-crime/calder-vale?by=crime-type&value={value}")
        assert response.status_code == 422
        assert b"<script>alert" not in finish(response)


def test_an_area_has_a_page_and_a_code_that_no_record_knows_has_none(desk: Client) -> None:
    said = see(desk, "/measures/street-crime/calder-vale/lsoa-code/E01000003?span=month")
    assert "3 crimes and incidents in June 2025." in said
    see(desk, "/measures/street-crime/calder-vale/lsoa-code/E01000999", 404)
    see(desk, "/measures/street-crime/calder-vale/lsoa-code/nowhere", 404)
    see(desk, "/measures/street-crime/calder-vale/crime-type/Burglary", 404)
    see(desk, "/measures/street-crime/nowhere", 404)


def test_a_lookup_s_areas_are_a_level(desk: Client, workspace: Path, settings: Any) -> None:
    folder = workspace / "definitions" / "areas"
    folder.mkdir(parents=True)
    rows = "".join(f"{code},{'North Vale' if at < 4 else 'South/Vale'}\n" for at, code in enumerate(AREAS))
    (folder / "ward.csv").write_text(f"code,area\n{rows}", encoding="utf-8")
    settings.WORKSPACE_DEFINITIONS = workspace / "definitions"
    said = see(desk, "/measures/street-crime/calder-vale?span=month")
    assert "By ward, June 2025" in said
    assert "North Vale 12" in said
    area = see(desk, "/measures/street-crime/calder-vale/ward/South/Vale?span=month&by=crime-type")
    assert "15 crimes and incidents in June 2025." in area
    assert "Burglary 3" in area
    see(desk, "/measures/street-crime/calder-vale/ward/East Vale", 404)
    rows = lines_of(desk, "/measures/street-crime/parts.csv?force=calder-vale&level=ward&span=month")
    assert {
        row["Ward"]: row["Crimes and incidents of anti-social behaviour published for the month"] for row in rows
    } == {
        "North Vale": "12",
        "South/Vale": "15",
    }


@pytest.mark.parametrize(
    "query",
    [
        "to=2099-13&span=fortnight&by=%27%3B+DROP&output=none&level=x&page=99&published=no",
        "to=1900-01&span=12-months",
        "by=month&value=2024-01",
        "by=lsoa-code&value=%00",
    ],
)
def test_what_an_address_says_amiss_falls_back_on_what_is_known(desk: Client, query: str) -> None:
    response = desk.get(f"/measures/street-crime/calder-vale?{query}")
    assert response.status_code == 200
    assert b"<script>alert" not in finish(response)


def test_not_yet_comparable_is_said_of_what_still_ripens(desk: Client) -> None:
    said = see(desk, "/measures/street-crime-outcome-rate/calder-vale?span=month")
    assert "It is not yet comparable" in said
    assert "for 6 months after a month’s end its figures may still change" in said
    assert "Positive outcomes of all crimes in June 2025: 0.0%" in said


# -- files, chart, map ---------------------------------------------------------------------------------------


def test_json_has_the_same_cells_on_the_wire(desk: Client) -> None:
    response = desk.get("/measures/street-crime/parts.json?span=month&to=2025-06")
    wire = json.loads(finish(response))
    assert wire["schema"] == "bluelamp.measure/1"
    found = {cell["keys"]["force"]: (cell["numerator"], cell["coverage"]["state"]) for cell in wire["cells"]}
    assert found == {"calder-vale": (27, "complete"), "moorland": (None, "absent")}
    assert "attachment" in response["Content-Disposition"]
    for address in ("values.json", "parts.xml", "other.csv"):
        see(desk, f"/measures/street-crime/{address}", 404)
    see(desk, "/measures/street-crime/parts.csv?area=E01000001", 404)


def test_the_chart_draws_limits_round_months_and_never_round_years(desk: Client) -> None:
    months = finish(desk.get("/measures/street-crime/chart.svg?force=calder-vale&span=month")).decode()
    assert "Mean 27" in months
    years = finish(desk.get("/measures/street-crime/chart.svg?force=calder-vale")).decode()
    assert "Mean" not in years
    assert "no limits are drawn" in see(desk, "/measures/street-crime/calder-vale")


def test_a_map_is_drawn_with_hatching_for_what_is_not_published(desk: Client) -> None:
    see(desk, "/measures/street-crime/map.svg", 404)
    assert "There is no map, because no boundaries" in see(desk, "/measures/street-crime")
    forces = collection(
        [feature(square(-2, 53), force="calder-vale"), feature(square(-1.9, 53), force="moorland")]
    )
    draw(forces, "force", {"calder-vale", "moorland"})
    response = desk.get("/measures/street-crime/map.svg?span=month")
    assert response["Content-Type"] == "image/svg+xml"
    picture = etree.fromstring(finish(response))
    assert picture.get("role") == "img"
    fills = {each.get("fill") for each in picture.iter("{http://www.w3.org/2000/svg}path")}
    assert "url(#hatched)" in fills
    assert "#12436D" in fills
    assert "Hatched: not published, or not known, 1." in picture[1].text
    assert 'alt="A map of 2 areas' in finish(desk.get("/measures/street-crime?span=month")).decode()


def test_a_force_s_map_has_its_own_areas_and_zero_is_a_figure(desk: Client) -> None:
    draw(small_areas(), "lsoa-code", [*AREAS, "E01000999"])
    said = see(desk, "/measures/street-crime/calder-vale?span=month&by=crime-type&value=Burglary")
    assert "Square 3 E01000003 3" in said
    page = finish(desk.get("/measures/street-crime/calder-vale?span=month&by=crime-type&value=Burglary")).decode()
    assert 'alt="A map of 9 areas' in page  # neither Moorland's nor the one that no record knows
    assert "0 (6 areas)" in page
    assert "3 (3 areas)" in page


def test_the_areas_of_the_caption_are_those_of_the_table_and_add_up(desk: Client) -> None:
    """Of nine areas seven have a boundary; of those with burglaries fewer are listed, and the others drawn too."""
    areas = [feature(square(-2 + at / 10, 53), LSOA21CD=code) for at, code in enumerate(AREAS[:7])]
    draw(collection(areas), "lsoa-code", [*AREAS, "E01000999"])
    said = see(desk, "/measures/street-crime/calder-vale?span=month")
    assert "Of the table’s 9 areas: 7 drawn, 2 without a boundary in the file." in said
    rows = lines_of(desk, "/measures/street-crime/parts.csv?force=calder-vale&span=month")
    assert len(rows) == 9
    one = see(desk, "/measures/street-crime/calder-vale?span=month&by=crime-type&value=Burglary")
    found = re.search(r"Of the table’s (\d+) areas: (\d+) drawn(?:, (\d+) without a boundary in the file)?\.", one)
    assert found
    listed, drawn, unbounded = (int(each or 0) for each in found.groups())
    assert (listed, drawn + unbounded) == (3, 3)
    assert "Drawn too: " in one


def test_a_force_that_is_withheld_is_drawn_and_said(workspace: Path, sign_in: SignIn) -> None:
    files = {
        f"2025-01/2025-01-{force}-street.csv": make_csv([street_row(at * 100 + n, "2025-01") for n in range(rows)])
        for at, (force, rows) in enumerate((("esk", 3), ("wye", 40)))
    }
    load(Warehouse(workspace / "warehouse"), make_zip(workspace / "archive.zip", files))
    shapes = [feature(square(-2 + at / 10, 53), force=each) for at, each in enumerate(("esk", "wye"))]
    draw(collection(shapes), "force", {"esk", "wye"})
    said = see(sign_in(), "/measures/street-crime?span=month&published=yes")
    assert "Of the table’s 2 forces: 2 drawn (1 of them withheld or not given)." in said


@pytest.mark.parametrize("published", ["", "&published=yes"])
@pytest.mark.parametrize(
    ("place", "query"),
    [
        ("street-crime", "span=12-months&to=2025-05"),
        ("street-crime/calder-vale", "span=month&to=2025-03&by=crime-type&value=Violence and sexual offences"),
        ("street-crime-outcome-rate/calder-vale", "span=12-months&to=2024-12"),
    ],
)
def test_the_command_prints_the_figure_of_its_page(
    desk: Client, workspace: Path, monkeypatch: pytest.MonkeyPatch, place: str, query: str, published: str
) -> None:
    import shlex

    from typer.testing import CliRunner

    from bluelamp.cli.commands import app

    monkeypatch.setenv("BLUELAMP_WORKSPACE", str(workspace))
    if "value" in query:
        kinds = lines_of(desk, "/measures/street-crime/values.csv?force=calder-vale&span=month&by=crime-type")
        query = query.replace("Violence and sexual offences", kinds[0]["Crime type"])
    page = finish(desk.get(f"/measures/{place}?{query}{published}")).decode()
    shown = re.search(r"<code>(bluelamp measure [^<]*)</code>", page)
    assert shown
    words = shlex.split(html.unescape(shown[1]))
    assert ("--published" in words) is bool(published)
    result = CliRunner().invoke(app, [*words[1:], "--json"], catch_exceptions=False)
    assert result.exit_code == 0
    (cell,) = json.loads(result.stdout)["cells"]
    force = f"force={place.partition('/')[2]}&" if "/" in place else ""
    months = f"/measures/{place.partition('/')[0]}/months.json?{force}{query}{published}"
    last = json.loads(finish(desk.get(months)))["cells"][-1]
    assert (cell["keys"], cell["numerator"], cell["value"]) == (last["keys"], last["numerator"], last["value"])


def test_the_words_of_a_command_are_quoted(desk: Client) -> None:
    page = finish(desk.get("/measures/street-crime/calder-vale?span=month&by=crime-type&value=(blank)")).decode()
    assert "--by month,crime-type --window month --from 2025-06 --to 2025-06 --only force=calder-vale<" in page
    page = finish(desk.get("/measures/street-crime/calder-vale/lsoa-code/E01000003?span=month")).decode()
    assert "--only force=calder-vale --only lsoa-code=E01000003<" in page


# -- as published --------------------------------------------------------------------------------------------


def test_what_may_be_published_withholds_and_says_so_and_files_are_the_same(desk: Client) -> None:
    inside = see(desk, "/measures/street-crime/calder-vale?span=month&by=crime-type")
    assert "For use inside" in inside
    said = see(desk, "/measures/street-crime/calder-vale?span=month&by=crime-type&published=yes")
    assert "As it may be published" in said
    assert "25 ± 2 crimes and incidents in June 2025." in said
    assert "Burglary 10 ± 2" in said
    assert "each rounded to the nearest 5" in said
    assert "By area nothing is published" in said
    assert "E01000003" not in said
    response = desk.get(
        "/measures/street-crime/values.json?force=calder-vale&span=month&by=crime-type&published=yes"
    )
    wire = json.loads(finish(response))
    assert wire["published"]["base"] == 5
    assert {cell["numerator"] for cell in wire["cells"]} == {10}
    assert "published" in response["Content-Disposition"]
    area = see(desk, "/measures/street-crime/calder-vale/lsoa-code/E01000003?span=month&published=yes", 422)
    assert "one table is published" in area


def test_a_share_that_rounding_decides_is_not_given_in_page_file_chart_or_map(
    workspace: Path, sign_in: SignIn
) -> None:
    """Each month 41 charged of 47, which is 87.2%; rounded, 40 of 45."""
    files = {}
    for at, month in enumerate(MONTHS):
        rows = [street_row(1000 * at + each, month) for each in range(47)]
        ends = ["Suspect charged"] * 41 + ["Investigation complete; no suspect identified"] * 6
        made = [row | {"Last outcome category": end} for row, end in zip(rows, ends, strict=True)]
        files[f"{month}/{month}-calder-vale-street.csv"] = make_csv(made)
    load(Warehouse(workspace / "warehouse"), make_zip(workspace / "archive.zip", files))
    draw(collection([feature(square(-2, 53), force="calder-vale")]), "force", {"calder-vale"})
    desk = sign_in()
    rate = "/measures/street-crime-outcome-rate"
    asked = "span=month&to=2024-12&published=yes"
    assert "87.2%" in see(desk, f"{rate}/calder-vale?span=month&to=2024-12")
    said = see(desk, f"{rate}/calder-vale?{asked}")
    assert "in December 2024: not given: rounding leaves it between " in said
    assert re.search(
        r"December 2024 \d+ ± \d+ \d+ ± \d+ not given: rounding leaves it between \d+% and \d+%", said
    )
    assert "87." not in said
    row = lines_of(desk, f"{rate}/months.csv?force=calder-vale&{asked}")[0]
    assert int(row["Within (±)"]) >= 2
    assert any(value.startswith("not given: rounding leaves") for value in row.values())
    wire = json.loads(finish(desk.get(f"{rate}/months.json?force=calder-vale&{asked}")))
    cell = wire["cells"][-1]
    assert (cell["value"], cell["interval"]) == (None, None)
    assert cell["not_given"].startswith("not given: rounding leaves it between ")
    assert cell["numerator"] is not None
    see(desk, f"{rate}/chart.svg?force=calder-vale&{asked}", 404)  # nothing but gaps
    picture = etree.fromstring(finish(desk.get(f"{rate}/map.svg?{asked}")))
    assert "Crossed: withheld, or not given for rounding, 1." in picture[1].text


def test_what_is_published_in_years_shows_those_years_alone(desk: Client, workspace: Path, settings: Any) -> None:
    folder = workspace / "definitions" / "publishing"
    folder.mkdir(parents=True)
    rule = "kind: street\nmeasures: [street-crime]\nby: [crime-type]\nperiod: 12-months\nends_in: {}\n"
    (folder / "street.yaml").write_text(rule.format(3), encoding="utf-8")
    settings.WORKSPACE_DEFINITIONS = workspace / "definitions"
    said = see(desk, "/measures/street-crime/calder-vale?published=yes&to=2025-06&span=month")
    assert "325 ± 2 crimes and incidents in the 12 months to March 2025." in said
    assert "Years end with March" in said
    rows = lines_of(desk, "/measures/street-crime/months.csv?force=calder-vale&published=yes&to=2025-06")
    assert [row["Month"] for row in rows] == ["2025-03"]
    assert "no rule says how" in see(desk, "/measures/street-crime-outcome-rate")
    (folder / "street.yaml").write_text(rule.format(7), encoding="utf-8")
    assert "no such year is loaded whole" in see(desk, "/measures/street-crime?published=yes", 422)


# -- who sees what -------------------------------------------------------------------------------------------


def test_records_of_an_organisation_are_shown_to_its_own_people_alone(workspace: Path, sign_in: SignIn) -> None:
    warehouse = Warehouse(workspace / "warehouse")
    own, other = Organisation.objects.order_by("code")[:2]
    for at, (force, organisation) in enumerate([("esk", own.code), ("wye", "")]):
        files = {
            f"2025-01/2025-01-{force}-street.csv": make_csv([street_row(each, "2025-01") for each in range(9)])
        }
        load(warehouse, make_zip(workspace / f"{at}.zip", files), organisation=organisation)
    record_loads(warehouse, by=BY, now=NOW)
    desk = sign_in("analyst", organisation=other)
    said = see(desk, "/measures")
    assert "from the 9 records" in said
    assert "Esk" not in said + see(desk, "/measures/street-crime")
    see(desk, "/measures/street-crime/esk", 404)
    hidden = RecordsLoad.objects.get(name="0.zip")
    see(desk, f"/measures/loads/{hidden.pk}", 404)
    assert "Esk" not in finish(desk.get("/measures/street-crime/parts.csv")).decode()
    theirs = sign_in("reader", organisation=own)
    assert "Esk 9" in see(theirs, "/measures/street-crime")
    assert "18 crimes and incidents in January 2025." in see(theirs, "/measures/street-crime")


# -- long counts ---------------------------------------------------------------------------------------------


def test_a_long_count_is_waited_for_on_a_page_that_comes_back(
    desk: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.WORK_BEHIND_PAGES = True
    monkeypatch.setattr(queries_measures, "PATIENCE", 0.02)
    held = threading.Event()
    counted = queries_measures.Counter.__call__

    def slowly(self: Any, measure: Any, asked: Any) -> Any:
        held.wait(30)
        return counted(self, measure, asked)

    monkeypatch.setattr(queries_measures.Counter, "__call__", slowly)
    address = "/measures/street-crime/calder-vale?span=month"
    assert "being counted" in see(desk, address)
    assert desk.get(address, headers={"X-Waits": "yes"}).status_code == 204
    assert len(queries_measures.count_waiting()) == 1
    held.set()
    for _ in range(600):
        done = desk.get(address, headers={"X-Waits": "yes"})
        if "HX-Refresh" in done:
            break
    assert done["HX-Refresh"] == "true"
    assert "27 crimes and incidents in June 2025." in see(desk, address)


def test_a_count_that_fails_behind_says_why_in_front(desk: Client, settings: Any, workspace: Path) -> None:
    settings.WORK_BEHIND_PAGES = True
    (workspace / "warehouse").unlink()
    broken = workspace / "warehouse"
    broken.mkdir()
    (broken / "manifest.json").write_text("{", encoding="utf-8")
    assert "cannot be read" in see(desk, "/measures/street-crime", 422)
    assert "cannot be read" in see(desk, "/measures", 422)
