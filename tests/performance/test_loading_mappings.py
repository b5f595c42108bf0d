"""Is every shipped mapping sound, and is a faulty one told in a sentence that names its file?"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.performance.loading_samples import read_csv, refusals, said

from bluelamp.figures.months import Month, Span
from bluelamp.lib.errors import PlainError
from bluelamp.performance.loading_mappings import LAYOUTS, find_mappings, load_mappings
from bluelamp.performance.loading_periods import read_end
from bluelamp.performance.loading_refusals import RefusedError

pytestmark = pytest.mark.no_database

SOUND = "slug: s\nname: S\nlayout: long\ncolumns: {indicator: [Code], period: [Period], value: [Value]}\n"


def test_the_shipped_mappings_are_one_for_each_layout() -> None:
    assert sorted(mapping.layout for mapping in load_mappings().values()) == sorted(LAYOUTS)
    assert {slug: mapping.slug for slug, mapping in load_mappings().items()} == {each: each for each in LAYOUTS}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (SOUND.replace("layout: long", "layout: sideways"), "layout is one of long, wide-by-period"),
        (SOUND.replace("value: [Value]", "worth: [Value]"), "columns has no field “worth”"),
        (SOUND.replace("period: [Period], ", ""), "columns must say where the period stands"),
        (SOUND + "span: week\n", "span is one of month, quarter"),
        (SOUND + "percentages: shares\n", "percentages is percent"),
        (SOUND + "words: {gone: [x]}\n", "there is no “gone”"),
        (SOUND + "scale: {money: 0}\n", "must be above zero"),
        (SOUND + "scales: {money: 5}\n", "there is no field “scales”"),
        ("slug: [", "is not valid YAML"),
    ],
)
def test_a_faulty_mapping_is_told_with_its_file(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(PlainError) as caught:
        find_mappings(str(tmp_path / "mine.yaml"))
    assert words in str(caught.value)
    assert "mine.yaml" in str(caught.value)


def test_a_workspace_s_own_mapping_is_known_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "s.yaml").write_text(SOUND, encoding="utf-8")
    assert [mapping.slug for mapping in find_mappings("s", tmp_path)] == ["s"]
    assert len(find_mappings("", tmp_path)) == 4
    with pytest.raises(PlainError, match="one that is known here: long, s, wide"):
        find_mappings("t", tmp_path)


@pytest.mark.parametrize(
    ("words", "frequency", "span", "expected"),
    [
        ("Mar-21", "monthly", None, ("2021-03", "month")),
        ("44286", "monthly", None, ("2021-03", "month")),
        ("2011-12", "monthly", None, ("2011-12", "month")),
        ("2011-12", "yearly", None, ("2012-03", "12-months")),
        ("2020/21", "monthly", None, ("2021-03", "12-months")),
        ("Q4 2020/21", "quarterly", None, ("2021-03", "quarter")),
        ("Q1 2021", "quarterly", None, ("2021-03", "quarter")),
        ("H2 2020/21", "six-monthly", None, ("2021-03", "half-year")),
        ("31/03/2021", "quarterly", None, ("2021-03", "quarter")),
        ("Mar-21", "monthly", Span.YEAR, ("2021-03", "12-months")),
        ("Jan-Mar 2021", "monthly", Span.QUARTER, ("2021-03", "quarter")),
    ],
)
def test_a_period_by_its_words(words: str, frequency: str, span: Span | None, expected: tuple[str, str]) -> None:
    to, length = read_end(words, frequency, span)
    assert (str(to), length.value) == expected


@pytest.mark.parametrize(
    ("words", "frequency", "span", "told"),
    [
        ("2021-01-01", "quarterly", None, "may be the first day of a quarter or name its last month"),
        (
            "Jan-Mar 2021",
            "monthly",
            Span.YEAR,
            "is a quarter, and the list's periods are said to be 12 months long",
        ),
        ("20001", "monthly", None, "is no period"),
        ("x" * 5000, "monthly", None, "is no period"),
        ("29/02/2021", "monthly", None, "is no period"),
    ],
)
def test_words_that_name_no_such_period(words: str, frequency: str, span: Span | None, told: str) -> None:
    with pytest.raises(RefusedError, match=told):
        read_end(words, frequency, span)


def test_a_list_that_says_how_it_is_separated_and_has_words_above_its_heads() -> None:
    read = read_csv("sep=;\nFigures of the force; ; \n\nCode ;Period; Value \n1A1;Mar-21;5\nSource: records;;\n")
    assert refusals(read) == []
    assert said(read) == {("1A1", "force", str(Month(2021, 3))): "5"}
