"""The vocabulary of HMIC's reports: labels, values, names of areas, and what must not be taken for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.inspections.frameworks import load_frameworks
from bluelamp.inspections.reading.hmic_areas import AreaNames
from bluelamp.inspections.reading.hmic_words import Label, label_named, numbered_label, read_values

OLD, NEW = load_frameworks()["baseline-2006"], load_frameworks()["hmic-2007"]
STANDARD = load_frameworks()["hmic-2008"]


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("Strengths", Label.STRENGTHS),
        ("STRENGTHS (continued)", Label.STRENGTHS),
        ("2. Work in progress", Label.WORK_IN_PROGRESS),
        ("Area for improvement", Label.IMPROVEMENT),
        ("Areas identified for improvement:", Label.IMPROVEMENT),
        ("AFIs", Label.IMPROVEMENT),
        ("Developing practice", Label.PRACTICE),
        ("National contextual factors", Label.CONTEXT),
        ("Contextual factors overview", Label.CONTEXT),
        ("Force summary of judgements", Label.SUMMARY),
        ("Appendix 2: Glossary of terms", Label.END),
        ("Strengths lie in the north.", None),
        (
            "Areas for improvement were found in each of the districts that were visited in the spring",
            None,
        ),
    ],
)
def test_labels(printed: str, label: Label | None) -> None:
    assert label_named(printed) is label


def test_a_numbered_label_keeps_its_number_and_its_words() -> None:
    found = numbered_label("Recommendation 12: The force should listen.")
    assert found is not None
    assert (found.label, found.number) == (Label.RECOMMENDATION, "12")
    assert numbered_label("Recommendation 3 has been met in full.") is None


@pytest.mark.parametrize(
    ("printed", "grades", "directions", "numbers"),
    [
        ("GRADE GOOD", ("good",), (), ()),
        ("Grade: Fair  Direction of Travel: Stable", ("fair",), ("stable",), ()),
        ("Good, Improved", ("good",), ("improved",), ()),
        ("Excellent Good Fair Poor 6 14 21 2", ("excellent", "good", "fair", "poor"), (), (6, 14, 21, 2)),
        ("Poor / Declined", ("poor",), ("declined",), ()),
    ],
)
def test_values(
    printed: str, grades: tuple[str, ...], directions: tuple[str, ...], numbers: tuple[int, ...]
) -> None:
    values = read_values(printed, NEW)
    assert values is not None
    assert (values.grades, values.directions, values.numbers) == (grades, directions, numbers)


@pytest.mark.parametrize("prose", ["Good use is made of dogs", "Fair and open to all", "Poor roads", ""])
def test_prose_is_no_value(prose: str) -> None:
    assert read_values(prose, NEW) is None


@pytest.mark.parametrize(
    ("printed", "area"),
    [
        ("1A Fairness and Equality in Service Delivery", "fairness-and-equality-in-service-delivery"),
        ("1A: Fairness & Equality", "fairness-and-equality-in-service-delivery"),
        ("Framework 7A – Leadership", "leadership"),
        ("Volume Crime Reduction (2A)", "volume-crime-reduction"),
        ("3. Volume crime reduction", "volume-crime-reduction"),
        ("Volume Crime Reduction (Domain 2A)", "volume-crime-reduction"),
        ("Domain 2A Volume crime reduction", "volume-crime-reduction"),
        ("Volume crime reduction (Domain of chiefs)", None),
        ("PART TWO: Leadership", "leadership"),
        ("Leadership matters here.", None),
        ("Leadership.", None),
        ("9Z Leadership of choirs", None),
    ],
)
def test_headings_of_areas(printed: str, area: str | None) -> None:
    named = AreaNames(OLD).heading(printed)
    assert (named.area.slug if named else None) == area


@pytest.mark.parametrize(
    ("printed", "area"),
    [
        ("Protecting Vulnerable People – Child Abuse", "child-abuse"),
        ("Protecting Vulnerable People: overview", "protecting-vulnerable-people"),
        ("Vulnerable missing persons", "missing-persons"),
        ("Child abuse investigation", "child-abuse"),
    ],
)
def test_areas_within_an_area(printed: str, area: str) -> None:
    named = AreaNames(NEW).heading(printed)
    assert named is not None
    assert named.area.slug == area


@given(area=st.sampled_from(OLD.areas), grade=st.sampled_from(OLD.grades), way=st.sampled_from(OLD.directions))
def test_a_row_of_any_area_and_grade_is_read(area, grade, way) -> None:  # type: ignore[no-untyped-def]
    row = AreaNames(OLD).row(f"{area.code} {area.name}   {grade.name}   {way.title()}")
    assert row is not None
    assert (row.named.area.slug, row.values.grades, row.values.directions) == (area.slug, (grade.slug,), (way,))


@given(st.text(max_size=120))
def test_no_words_break_the_vocabulary(text: str) -> None:
    label_named(text)
    numbered_label(text)
    read_values(text, NEW)
    AreaNames(OLD).heading(text)
    AreaNames(OLD).row(text)


@pytest.mark.parametrize(
    ("printed", "grade"),
    [
        ("2007/08 Neighbourhood Policing Summary of judgement   Meeting the standard", "meets-the-standard"),
        ("Neighbourhood policing: Exceeds the standard", "exceeds-the-standard"),
        ("Neighbourhood policing – failing to meet the standard", "fails-the-standard"),
    ],
)
def test_a_grade_may_have_several_words(printed: str, grade: str) -> None:
    row = AreaNames(STANDARD).row(printed)
    assert row is not None
    assert (row.named.area.slug, row.values.grades) == ("neighbourhood-policing", (grade,))


def test_the_words_of_a_grade_among_others_are_no_grade() -> None:
    assert read_values("Meeting the standard is hard", STANDARD) is None
    assert read_values("The standard", STANDARD) is None


def test_a_known_name_counts_for_more_than_a_code() -> None:
    named = AreaNames(OLD).heading("3C Volume crime reduction")
    assert named is not None
    assert named.area.slug == "volume-crime-reduction"


def test_a_bracketed_plural_is_a_plural() -> None:
    assert label_named("Area(s) for improvement") == label_named("Areas for improvement")
