"""What may be asked, what definitions and lookups may say, and what is said where they cannot be used?"""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from bluelamp.figures.months import Month
from bluelamp.lib.definitions import DefinitionError
from bluelamp.lib.errors import PlainError
from bluelamp.performance.cubes.asking import known_keys, read_asked
from bluelamp.performance.cubes.cube_plan import Filter, Operator, Total
from bluelamp.performance.cubes.lookups import Placed, find_lookups, read_lookup
from bluelamp.performance.cubes.measuring import Asked
from bluelamp.performance.cubes.record_measures import (
    Condition,
    Counted,
    Output,
    columns_of,
    find_faults,
    find_record_measure,
    load_record_measures,
)
from bluelamp.performance.warehouse.mappings import load_mappings

pytestmark = pytest.mark.no_database
MAPPINGS = load_mappings()
KNOWN = load_record_measures(MAPPINGS)
STREET = columns_of("street", MAPPINGS)


def ask(by: str = "force,month", window: str = "month", first: str = "", last: str = "", *only: str) -> Asked:
    return read_asked(by=by, window=window, first=first, last=last, only=only, columns=STREET, levels=("ward",))


def test_the_shipped_measures_name_what_they_count_and_of_what() -> None:
    assert set(KNOWN) >= {
        *("street-crime", "street-crime-outcome-rate"),
        *("stop-search", "stop-search-outcome-rate", "stop-search-find-rate"),
    }
    for measure in KNOWN.values():
        for output in measure.outputs:
            assert measure.tallies[output.numerator].name
            assert not output.denominator or measure.tallies[output.denominator].name


def test_words_of_shipped_measures_are_words_of_their_lists() -> None:
    """A category misspelt would count nothing, in silence."""
    for measure in KNOWN.values():
        known = {
            (name, word)
            for mapping in MAPPINGS.values()
            if mapping.kind == measure.kind
            for name, column in mapping.columns.items()
            for word in column.known
        }
        for condition in (*measure.where, *(each for tally in measure.tallies.values() for each in tally.where)):
            for value in condition.values:
                assert isinstance(value, bool) or (condition.column, value) in known


def test_keys_windows_and_months_are_read() -> None:
    asked = ask(
        "ward, month,crime-type", "12-months", "2025-01", "2025-06", "crime-type=Drugs", "force=a", "force=b"
    )
    assert [key.name for key in asked.keys] == ["ward", "month", "crime-type"]
    assert asked.reads_from == Month(2024, 2)
    assert asked.only == (
        Filter("crime_type", Operator.ANY_OF, ("Drugs",)),
        Filter("force", Operator.ANY_OF, ("a", "b")),
    )


def test_what_tells_single_records_apart_is_no_key() -> None:
    keys = known_keys(STREET, ())
    assert "crime-type" in keys
    assert not {"crime-id", "longitude", "stated-month"} & set(keys)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("colour",), "there is no key colour; there are force, month"),
        (("force,force",), "twice"),
        (("force", "12-months"), "write month among --by"),
        (("month", "quarter"), "it is one of month, 12-months"),
        (("month", "month", "2025-13"), "--from"),
        (("month", "month", "May"), "write it as 2021-03"),
        (("month", "month", "2025-05", "2025-04"), "after --to"),
        (("month", "month", "", "", "Burglary"), "crime-type=Burglary"),
        (("month", "month", "", "", "colour=red"), "there is no column colour"),
        (("month", "month", "", "", "longitude=east"), "the column longitude .* tells single records"),
        (("month", "month", "", "", "ward=A"), "areas of the level ward are told apart with --by ward"),
    ],
)
def test_what_cannot_be_asked_is_said(asked: tuple[str, ...], words: str) -> None:
    with pytest.raises(PlainError, match=words):
        ask(*asked)


def test_an_output_may_be_asked_for_alone() -> None:
    measure = find_record_measure("stop-search-find-rate/of-all", KNOWN)
    assert [output.slug for output in measure.outputs] == ["of-all"]
    for code, words in (("finds", "There is no measure finds"), ("stop-search/rate", "it has number")):
        with pytest.raises(PlainError, match=words):
            find_record_measure(code, KNOWN)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "parking"}, "counts records of the kind parking, and no mapping says"),
        ({"outputs": ()}, "at least one output"),
        ({"outputs": (Output(slug="a", name="A", numerator="gone"),)}, "there is no tally gone"),
        ({"outputs": (Output(slug="a", name="A", numerator="records", unit="percentage"),)}, "has a denominator"),
        ({"where": (Condition(column="colour", operator=Operator.KNOWN),)}, "no column colour"),
        ({"where": (Condition(column="crime_type", operator=Operator.ANY_OF),)}, "does not take 0 values"),
        ({"where": (Condition(column="month", operator=Operator.AT_LEAST, values=("May",)),)}, "May"),
        ({"tallies": {"records": Counted(name="x", total=Total.SUM, column="latitude")}}, "added up"),
        ({"tallies": {"records": Counted(name="x", total=Total.SUM)}}, "needs a column"),
    ],
)
def test_faults_of_definitions_are_named(change: dict[str, object], words: str) -> None:
    assert any(
        words in fault for fault in find_faults(dataclasses.replace(KNOWN["street-crime"], **change), MAPPINGS)
    )


def test_a_workspaces_own_measure_replaces_a_shipped_one_and_its_fault_names_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "record-measures"
    folder.mkdir()
    own = "slug: street-crime\nname: Ours\nkind: street\ntallies: {a: {name: All}}\n"
    own += "outputs: [{slug: n, name: N, numerator: a}]\n"
    (folder / "ours.yaml").write_text(own)
    assert load_record_measures(MAPPINGS, tmp_path)["street-crime"].name == "Ours"
    (folder / "ours.yaml").write_text(own.replace("numerator: a", "numerator: b"))
    with pytest.raises(DefinitionError, match=r"ours\.yaml: outputs: there is no tally b"):
        load_record_measures(MAPPINGS, tmp_path)


# -- lookups ------------------------------------------------------------------------------------------------


def write(folder: Path, words: str) -> Path:
    path = folder / "areas" / "ward.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text(words, encoding="utf-8")
    return path


def test_a_code_may_change_its_area_with_time(tmp_path: Path) -> None:
    path = write(tmp_path, "code,area,first,last\nE1,North,,2023-03\nE1,South,2023-04,\n")
    assert find_lookups(tmp_path) == {"ward": path}
    lookup = read_lookup(path)
    assert [row.area for row in lookup.rows] == ["North", "South"]
    assert lookup.rows[0] == Placed("E1", "North", last=Month(2023, 3))


def test_lists_that_overlap_say_so(tmp_path: Path) -> None:
    words = "code,area,overlaps\nE1,Centre,{}\nE1,Priority,\n"
    assert read_lookup(write(tmp_path, words.format("yes"))).overlaps
    with pytest.raises(PlainError, match="puts E1 into two areas"):
        read_lookup(write(tmp_path, words.format("")))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "needs the columns code and area"),
        ("code,name\nE1,x\n", "needs the columns code and area"),
        ("code,area\nE1,\n", "line 2 has no code or no area"),
        ("code,area,first\nE1,x,May\n", "line 2"),
        ("code,area,first,last\nE1,x,2024-01,2023-01\n", "ends before it begins"),
    ],
)
def test_a_lookup_that_cannot_be_used_is_said(tmp_path: Path, words: str, said: str) -> None:
    with pytest.raises(PlainError, match=said):
        read_lookup(write(tmp_path, words))
