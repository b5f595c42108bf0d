"""Does each row of a list say what the mapping says it does, and is every row that cannot be taken named?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.register.lists import HEADS, MAPPING, make_csv, make_xlsx, read, row

from bluelamp.documents.document import UnreadableFileError
from bluelamp.documents.readers import read_bytes
from bluelamp.documents.readers.grids import read_grid_bytes
from bluelamp.lib.definitions import SHIPPED, DefinitionError
from bluelamp.lib.errors import PlainError
from bluelamp.lib.text import fold
from bluelamp.register.import_mappings import Choice, load_mapping


def reasons(data: bytes, name: str = "list.csv") -> dict[int, str]:
    return {each.number: each.reason for each in read(data, name)[0] if each.fields is None}


def test_a_row_says_its_fields() -> None:
    rows, cited = read(
        make_csv(
            row(
                "R7", "Count", "Twice.", due="1 May 2022", owner="Head of stores", status="Ongoing", update="Begun"
            )
        )
    )
    fields = rows[0].fields
    assert fields
    assert (fields.number, fields.title, fields.text, fields.area) == ("R7", "Count", "Twice.", "Stores")
    assert (fields.raised, fields.target, fields.revised) == ("2022-04-14", "2022-05-01", "")
    assert (fields.kind, fields.source, fields.status) == ("recommendation", "internal-audit", "in-progress")
    assert (fields.owner, fields.update) == ("Head of stores", "Begun")
    assert [c["quote"] for c in cited[2]] == ["Count", "Twice."]
    assert {c["line"] for c in cited[2]} == {2}


def test_a_workbook_is_read_below_its_title_by_its_own_row_numbers(tmp_path: Path) -> None:
    data = make_xlsx(tmp_path, row("R1"), ("",) * 11, row("R2", "Mend the doors"), above=3, sheet="Points")
    rows, cited = read(data, "list.xlsx")
    assert [(each.number, each.fields.number) for each in rows if each.fields] == [(5, "R1"), (7, "R2")]
    assert [c["quote"] for c in cited[7]] == ["Mend the doors"]
    document = read_bytes(data, file_name="list.xlsx")
    assert document.text.split("\n")[cited[7][0]["line"] - 1].startswith("R2")


def test_the_sheet_that_is_asked_for_is_read(tmp_path: Path) -> None:
    data = make_xlsx(tmp_path, row(), sheet="Points")
    form = read_grid_bytes(data, file_name="list.xlsx")
    from bluelamp.register.import_rows import find_table

    assert find_table(form, replace(MAPPING, sheet="points")).name == "Points"
    with pytest.raises(PlainError, match="no sheet “Other”"):
        find_table(form, replace(MAPPING, sheet="Other"))


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"said": " "}, "B2 is empty, and an item needs its words"),
        ({"due": "next spring"}, "“next spring” in F2 is no day"),
        ({"due": "31/02/2022"}, "“31/02/2022” in F2 is no day"),
        ({"due": "05/13/2022"}, "“05/13/2022” in F2 is no day"),
        ({"due": "01/01/0099"}, "in F2 is no day"),
        ({"status": "Pending"}, "“Pending” in J2 is no status that the mapping knows"),
        ({"status": "For partner"}, "I2 does not name it"),
        ({"ref": "R" * 201}, "A2 has more than 200 letters"),
        ({"owner": "O" * 201}, "H2 has more than 200 letters"),
        ({"owner": "Head\ue000of stores"}, "H2 holds signs"),
    ],
)
def test_a_row_that_cannot_be_taken_is_named_with_its_cell(values: dict[str, str], reason: str) -> None:
    found = reasons(make_csv(row(**values)))
    assert list(found) == [2]
    assert reason in found[2]


def test_a_number_that_comes_twice_does_not_say_which_row_is_meant() -> None:
    assert reasons(make_csv(row("R1"), row("r1 ", "Other words"))) == {3: "Row 2 has the number r1 already."}
    assert reasons(make_csv(row(""), row("", "Other"), row(""))) == {4: "Row 2 has the same words already."}


def test_headings_are_found_whatever_their_case_and_marks() -> None:
    heads = [f" {head.upper()}: " for head in HEADS]
    rows, _ = read(make_csv(row(), heads=heads))
    assert rows[0].fields
    assert rows[0].fields.number == "R1"


def test_a_list_without_the_columns_it_needs_is_refused_whole() -> None:
    with pytest.raises(PlainError, match="has the heading “Point” or “Recommendation”"):
        read(make_csv(row(), heads=["x"] * len(HEADS)))
    without = [head if head != "Status" else "State" for head in HEADS]
    with pytest.raises(
        PlainError, match="no column “Status”, from which the mapping bicycle-list takes the status"
    ):
        read(make_csv(row(), heads=without))
    optional = replace(MAPPING, status=Choice(column=("Status",), words={"planned": ("x",)}, optional=True))
    assert read(make_csv(row(), heads=without), mapping=optional)[0][0].fields


def test_a_row_is_known_again_by_its_number_else_by_its_words() -> None:
    first, second, third = (
        each.key for each in read(make_csv(row("R1"), row("", "Mend"), row("", "Mend", "x")))[0]
    )
    assert len({first, second, third}) == 3
    again = [each.key for each in read(make_csv(row("r1", "Count all"), row("", " mend ")))[0]]
    assert again == [first, second]


@pytest.mark.parametrize("name", ["report.pdf", "report.txt", "report.docx"])
def test_what_is_no_list_is_refused(name: str) -> None:
    with pytest.raises(UnreadableFileError):
        read_grid_bytes(b"Some words of a report.\n", file_name=name)


# A file with many control characters is refused whole, as no text.
CELL = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.just("\n"), max_size=30)


@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=12))
def test_every_row_with_words_is_taken_with_its_place_or_named(drawn: list[tuple[str, str, str]]) -> None:
    data = make_csv(*[row(ref, said, detail) for ref, said, detail in drawn])
    rows, cited = read(data)
    assert [each.number for each in rows] == list(range(2, len(drawn) + 2))
    document = read_bytes(data, file_name="list.csv")
    lines = document.text.split("\n")
    for each in rows:
        assert (each.fields is None) == bool(each.reason)
        if each.fields and each.number in cited:
            first = cited[each.number][0]
            assert first["quote"] in fold(" ".join(lines[first["line"] - 1 : first["line_end"]]))


@pytest.mark.parametrize("path", sorted((SHIPPED / "imports").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_mapping_that_we_ship_is_sound(path: Path) -> None:
    mapping = load_mapping(path.stem)
    assert mapping == load_mapping(str(path))
    assert mapping.slug == path.stem


GOOD = """
slug: mine
name: Mine
columns: {title: [Point], target: [Due]}
dates: ["%d/%m/%Y"]
kind: {always: recommendation}
source: {always: iopc}
"""


def load(folder: Path, words: str) -> object:
    (folder / "mine.yaml").write_text(words, encoding="utf-8")
    return load_mapping(str(folder / "mine.yaml"))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("name: Mine", "nmae: Mine", "name"),
        ("name: Mine", "name: Mine\nstauts: {}", "there is no field “stauts”"),
        ("{always: iopc}", "{alwys: iopc, column: [x]}", "there is no field “source: alwys”"),
        ("{always: iopc}", "{always: gossip}", "source: there is no “gossip”"),
        ("{always: recommendation}", "{always: judgement}", "kind: there is no “judgement”"),
        ("{always: iopc}", "{}", "source must say always, or name a column"),
        ("title: [Point], ", "", "where the title stands"),
        ("target: [Due]", "colour: [Red]", "columns has no field “colour”"),
        ('dates: ["%d/%m/%Y"]', "dates: []", "how the list writes a day"),
        ('["%d/%m/%Y"]', '["soon"]', "“soon” is no way to write a day"),
        ("title: [Point]", "title: [No]", "quote them"),
        ("name: Mine", "name: Mine\nowner_kind: robot", "owner_kind is one of"),
        (
            "name: Mine",
            "name: Mine\nstatus: {column: [S], words: {substantial: [Done]}}",
            "there is no “substantial”",
        ),
        ("name: Mine", "name: Mine\nstatus: {words: {complete: [Done]}}", "words need the column"),
        (
            "name: Mine",
            "name: Mine\nstatus: {column: [S], words: {complete: [Done], planned: [DONE]}}",
            "“DONE” stands for complete and for planned",
        ),
    ],
)
def test_a_fault_in_a_mapping_is_said(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert load(tmp_path, GOOD)
    with pytest.raises(DefinitionError, match=fault):
        load(tmp_path, GOOD.replace(old, new))


def test_a_mapping_that_is_not_there_is_said() -> None:
    with pytest.raises(PlainError, match=r"There is no mapping in nowhere\.yaml"):
        load_mapping("nowhere.yaml")
    with pytest.raises(PlainError, match=r"There is no mapping called nowhere.*action-tracker"):
        load_mapping("nowhere")
