"""Do a paper's tables and its data leave for other programs without harm?"""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest
from tests.papers.samples import assurance_template, committee_update, register_of

from bluelamp.papers.characters import clean
from bluelamp.papers.csv_tables import defuse, make_csv
from bluelamp.papers.model import Column, GroupRow, Number, Table, Unknown
from bluelamp.papers.rendering import render


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_one_table_is_one_csv() -> None:
    made = render(register_of(20), "csv")
    rows = rows_of(made.data)
    assert made.file_name == "register-2024-09-04.csv"
    assert rows[0] == ["Reference", "What was said", "Area", "Due"]
    assert len(rows) == 21


def test_several_tables_are_an_archive_with_a_file_for_each() -> None:
    with zipfile.ZipFile(io.BytesIO(render(committee_update(), "csv").data)) as archive:
        assert len(archive.namelist()) == 5
        assert archive.namelist()[0] == "01-points-by-area-and-by-what-their-owner-says.csv"
        assert {info.date_time[0] for info in archive.infolist()} == {1980}


def test_groups_units_totals_and_unknowns() -> None:
    table = Table(
        "T",
        (Column("Area"), Column("Cost", unit="£", numeric=True)),
        (GroupRow("=North"), ("@a", Number(-5, "(5)")), ("b", Unknown("not published"))),
        totals=(("All", Number(-5, "(5)")),),
    )
    assert rows_of(make_csv(table)) == [
        ["Group", "Area", "Cost (£)"],
        ["'=North", "'@a", "-5"],
        ["'=North", "b", "not published"],
        ["'=North", "All", "-5"],
    ]


def test_room_to_be_filled_in_is_empty() -> None:
    assert rows_of(render(assurance_template(2), "csv").data)[1][3] == ""


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\t=1", " =1", "\u00a0=1", "＝1", "|x", "%x"])
def test_what_a_spreadsheet_could_run_is_defused(cell: str) -> None:
    assert defuse(cell) == f"'{cell}"
    assert defuse("plain") == "plain"


def test_the_data_say_their_schema_and_keep_decimals() -> None:
    made = render(committee_update(), "json").data.decode()
    data = json.loads(made, parse_float=str)
    assert data["schema"] == "bluelamp.paper/1"
    assert (data["as_of"], data["marking"]) == ("2024-09-04", "OFFICIAL")
    table = next(block for block in data["sections"][2]["blocks"] if block["type"] == "table")
    assert table["number"] == "Table 1"
    assert table["rows"][0][-1]["value"] == "10.0"
    assert data["sections"][0]["blocks"][0]["number"] == "1.1"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\r\nb\rc\x0bd\u2028e", "a\nb\nc\nd\ne"),
        ("a\tb", "a b"),
        ("a\x00b", "a\N{REPLACEMENT CHARACTER}b"),
        ("a\ud800b", "a\N{REPLACEMENT CHARACTER}b"),
        ("\u202eevil", "\N{REPLACEMENT CHARACTER}evil"),
        ("\ufeffmark", "mark"),
        ("naïve “quotes” – £5", "naïve “quotes” – £5"),
        ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
    ],
)
def test_what_no_format_holds_is_seen_not_dropped(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned
    assert clean(clean(text)) == cleaned
