"""Is every fault of a plan said in plain words, with its place; and is a plan without one left alone?"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.lib.definitions import DefinitionError
from bluelamp.organisations.bodies import Body
from bluelamp.performance.plan_faults import Known, find_plan_faults
from bluelamp.performance.plan_files import read_plan_file, read_usable_plan
from bluelamp.performance.plan_shape import Severity, find_shape_faults
from bluelamp.performance.plans import Plan, load_plans

pytestmark = pytest.mark.no_database

BODIES = {
    "CLV": Body(code="CLV", name="Calder Vale Police", kind="force"),
    "CLV-PCC": Body(code="CLV-PCC", name="Commissioner for Calder Vale", kind="local_policing_body", force="CLV"),
    "OTH-PCC": Body(code="OTH-PCC", name="Another commissioner", kind="local_policing_body", force="OTH"),
}
KNOWN = Known(
    bodies=BODIES,
    inspection_areas=frozenset({"crime-data-integrity", "responding-to-the-public"}),
    measures=frozenset({"response-times"}),
)
DAY = dt.date(2026, 11, 21)


def sound() -> dict[str, Any]:
    """A plan of which nothing is to be said."""
    return {
        "slug": "calder-vale-2025-29",
        "name": "Calder Vale plan",
        "body": "CLV-PCC",
        "force": "CLV",
        "first": dt.date(2025, 4, 1),
        "last": dt.date(2029, 3, 31),
        "source": "The plan, page 3.",
        "themes": [{"code": "1", "name": "Safer"}, {"code": "1A", "name": "Sooner", "parent": "1"}],
        "areas": [
            {"slug": "north", "name": "North", "level": "command"},
            {"slug": "mill", "name": "Mill", "level": "team", "parent": "north"},
        ],
        "indicators": [
            {
                "code": "1A.1",
                "name": "In time",
                "theme": "1A",
                "aim": "increase",
                "polarity": "higher-is-better",
                "polarity_reason": "Help came.",
                "unit": "percentage",
                "numerator": "Incidents in time",
                "denominator": "Incidents",
                "decimals": 1,
                "lag_days": 10,
                "why": "Help.",
                "source": "Control room",
                "written_by": "Analyst",
                "checked_by": "Head of performance",
                "review_by": dt.date(2027, 4, 1),
                "measure": "response-times/within:urban",
                "inspection_areas": ["responding-to-the-public"],
                "standards": [
                    {"value": 80, "direction": "at-least", "source": "Board", "last": dt.date(2026, 3, 31)},
                    {"value": 85, "direction": "at-least", "source": "Board", "first": dt.date(2026, 4, 1)},
                ],
                "recording_changes": [{"day": dt.date(2026, 1, 1), "words": "A new system.", "source": "Minutes"}],
            }
        ],
    }


def said_of(raw: object, tmp_path: Path) -> list[tuple[str, str]]:
    path = tmp_path / "plan.yaml"
    path.write_text(yaml.safe_dump(raw, sort_keys=False), encoding="utf-8")
    read = read_plan_file(path)
    found = [*read.faults, *(find_plan_faults(read.plan, KNOWN, DAY) if read.plan else ())]
    return [(each.severity.value, each.sentence) for each in found]


def test_of_a_sound_plan_nothing_is_said(tmp_path: Path) -> None:
    assert said_of(sound(), tmp_path) == []


INDICATOR = "indicator 1A.1"
SHARES = {"value": 80, "direction": "at-least", "source": "Board"}
CASES: list[tuple[str, dict[str, Any], str, str]] = [
    # where (the indicator unless told), what is changed, severity, what is said
    (INDICATOR, {"aim": "up"}, "fault", "the aim “up” is none of increase, reduce, monitor, maintain."),
    (
        *(INDICATOR, {"aim": "reduces"}, "fault"),
        "the aim “reduces” is none of increase, reduce, monitor, maintain; did you mean “reduce”?",
    ),
    (INDICATOR, {"polarity": "up"}, "fault", "the polarity “up” is none of"),
    (INDICATOR, {"unit": "percent"}, "fault", "did you mean “percentage”?"),
    (INDICATOR, {"frequency": "month"}, "fault", "did you mean “monthly”?"),
    (INDICATOR, {"theme": "1B"}, "fault", "the plan has no theme “1B”"),
    (
        INDICATOR,
        {"inspection_area": ["x"]},
        "fault",
        "no field “inspection_area”; did you mean “inspection_areas”?",
    ),
    (
        *(INDICATOR, {"inspection_areas": ["crime-data-integrety"]}, "fault"),
        "no framework has the inspection area “crime-data-integrety”; did you mean “crime-data-integrity”?",
    ),
    (INDICATOR, {"measure": "response-time/within"}, "fault", "did you mean “response-times”?"),
    (INDICATOR, {"unit": "rate"}, "fault", "does not say per how many"),
    (INDICATOR, {"per": 1000}, "advice", "“per: 1000” is for rates"),
    (INDICATOR, {"decimals": 9}, "fault", "decimals must be from 0 to 6, and not 9."),
    (INDICATOR, {"decimals": "one"}, "fault", "“decimals” must be a whole number, and not “one”."),
    (INDICATOR, {"decimals": True}, "fault", "“decimals” must be a whole number"),
    (INDICATOR, {"denominator": ""}, "advice", "does not say of what (denominator)"),
    (INDICATOR, {"numerator": " "}, "advice", "does not say what is counted"),
    (INDICATOR, {"aim": "reduce"}, "advice", "its polarity says higher is better"),
    (INDICATOR, {"polarity_reason": ""}, "advice", "no reason for its polarity"),
    (INDICATOR, {"lag_days": 0}, "advice", "not known how long"),
    (INDICATOR, {"lag_days": -1}, "fault", "cannot be negative"),
    (INDICATOR, {"checked_by": ""}, "advice", "nobody is named who checked"),
    (INDICATOR, {"checked_by": "analyst "}, "advice", "checked it too"),
    (INDICATOR, {"review_by": dt.date(2026, 11, 20)}, "advice", "looked at again by 2026-11-20"),
    (INDICATOR, {"review_by": "soon"}, "fault", "“review_by” must be a day, such as 2021-03-31, and not “soon”."),
    (INDICATOR, {"source": ""}, "advice", "where its figures come from"),
    (INDICATOR, {"why": ""}, "advice", "why it matters"),
    (INDICATOR, {"verified": False}, "advice", "do not say what is unsure"),
    (INDICATOR, {"name": 2021}, "fault", "put it in quotation marks"),
    (INDICATOR, {"notes": None}, "fault", "“notes” is empty"),
    (INDICATOR, {"breakdowns": "area"}, "fault", "“breakdowns” must be a list"),
    (f"{INDICATOR}, standard 1", {"standards": [{**SHARES, "value": 101}]}, "fault", "101 is no percentage"),
    (f"{INDICATOR}, standard 1", {"standards": [{**SHARES, "value": 0.8}]}, "advice", "write 90 for 90%"),
    (f"{INDICATOR}, standard 1", {"standards": [{**SHARES, "source": ""}]}, "fault", "it has no source"),
    (
        f"{INDICATOR}, standard 1",
        {"standards": [{**SHARES, "direction": "over"}]},
        "fault",
        "the direction “over”",
    ),
    (f"{INDICATOR}, standard 1", {"standards": [{**SHARES, "kind": "aim"}]}, "fault", "the kind “aim”"),
    (f"{INDICATOR}, standard 1", {"standards": [{**SHARES, "area": "nord"}]}, "fault", "did you mean “north”?"),
    (f"{INDICATOR}, standard 1", {"standards": [{"direction": "at-least"}]}, "fault", "“value” is missing"),
    (
        *(f"{INDICATOR}, standard 1", {"standards": [{**SHARES, "direction": "at-most"}]}, "advice"),
        "it asks for at most, and higher is better",
    ),
    (
        f"{INDICATOR}, standard 1",
        {"standards": [{**SHARES, "first": dt.date(2026, 4, 1), "last": dt.date(2026, 3, 31)}]},
        "fault",
        "ends on 2026-03-31, before it begins on 2026-04-01.",
    ),
    (INDICATOR, {"standards": [SHARES, SHARES]}, "fault", "standards 1 and 2 hold on the same days"),
    (
        f"{INDICATOR}, recording change 1",
        {"recording_changes": [{"day": dt.date(2024, 1, 1), "words": "New.", "source": "x"}]},
        "advice",
        "2024-01-01 is outside the plan's time.",
    ),
    (
        *(f"{INDICATOR}, recording change 1", {"recording_changes": [{"day": dt.date(2026, 1, 1), "words": ""}]}),
        *("fault", "does not say what changed"),
    ),
    ("the plan", {"force": "CLW"}, "fault", "no force has the code “CLW”; did you mean “CLV”?"),
    ("the plan", {"force": "CLV-PCC"}, "fault", "is no police force"),
    ("the plan", {"body": "OTH-PCC"}, "advice", "holds OTH to account"),
    ("the plan", {"slug": "Calder Vale"}, "fault", "small letters, digits and hyphens"),
    ("the plan", {"last": dt.date(2025, 3, 31)}, "fault", "before it begins"),
    ("the plan", {"indicators": []}, "fault", "it has no indicators"),
    ("the plan", {"source": ""}, "advice", "where it is printed"),
    ("the plan", {"indicaters": []}, "fault", "did you mean “indicators”?"),
    (
        "theme 1A",
        {"themes": [{"code": "1A", "name": "Sooner", "parent": "2"}]},
        "fault",
        "its parent “2” is no theme",
    ),
    ("theme 1A", {"themes": [{"code": "1A", "name": "Sooner", "parent": "1A"}]}, "fault", "it is its own parent"),
    ("theme 1A", {"themes": [{"code": "1A", "name": "a"}] * 2}, "fault", "2 themes of the plan have this code."),
    ("theme 2", {"themes": [{"code": "1A", "name": "a"}, {"code": "2", "name": "b"}]}, "advice", "no indicator"),
    ("area a", {"areas": [{"slug": "a", "name": "A", "level": "district"}]}, "fault", "the level “district”"),
    (
        "area b",
        {"areas": [{"slug": x, "name": "Mill", "level": "team"} for x in "ab"]},
        "fault",
        "the area a has the name “mill” too",
    ),
    (
        "area a",
        {"areas": [{"slug": "a", "name": "A", "level": "team", "population": {2021: -5}}]},
        "fault",
        "a whole number for each year",
    ),
]


@pytest.mark.parametrize(("place", "change", "severity", "words"), CASES)
def test_a_fault_is_said_with_its_place(
    place: str, change: dict[str, Any], severity: str, words: str, tmp_path: Path
) -> None:
    raw = sound()
    target = raw["indicators"][0] if place.startswith("indicator") else raw
    target.update(change)
    said = said_of(raw, tmp_path)
    assert any(each == severity and line.startswith(f"{place}: ") and words in line for each, line in said), said


def test_the_plan_that_the_guide_shows_has_no_fault(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "guide" / "plans.md").read_text(encoding="utf-8")
    path = tmp_path / "our-plan.yaml"
    path.write_text(guide.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    read = read_plan_file(path)
    assert read.faults == ()
    assert read.plan is not None
    bodies = {
        "CVP": Body(code="CVP", name="Calder Vale Police", kind="force"),
        "CVP-PCC": Body(code="CVP-PCC", name="Commissioner", kind="local_policing_body", force="CVP"),
    }
    assert (
        find_plan_faults(
            read.plan, replace(KNOWN, bodies=bodies, inspection_areas=frozenset({"preventing-crime"}))
        )
        == []
    )


def test_people_of_a_year_may_be_written_with_the_year_as_it_is(tmp_path: Path) -> None:
    """“2021: 1161000”, as the fault itself says it should be written; YAML reads a number there."""
    plan = sound()
    plan["areas"][0]["population"] = {2021: 1_161_000, "2024": 1_170_000}
    path = tmp_path / "plan.yaml"
    path.write_text(yaml.safe_dump(plan), encoding="utf-8")
    read = read_plan_file(path)
    assert read.faults == ()
    assert read.plan is not None
    assert read.plan.areas[0].population == {"2021": 1_161_000, "2024": 1_170_000}


def test_codes_and_names_that_stand_twice(tmp_path: Path) -> None:
    raw = sound()
    raw["indicators"] = [raw["indicators"][0], dict(raw["indicators"][0])]
    assert ("fault", "indicator 1A.1: 2 indicators of the plan have this code.") in said_of(raw, tmp_path)
    raw["indicators"][1]["code"] = "1A.2"
    raw["indicators"][1]["name"] = "IN  TIME!"
    assert [line for _, line in said_of(raw, tmp_path)] == [
        "indicator 1A.2: 1A.1 has the same name, so that a row without a code fits both."
    ]


def test_a_code_that_is_read_as_a_number_is_not_taken(tmp_path: Path) -> None:
    """Without quotation marks 1.10 is the number 1.1, and two codes would be one."""
    path = tmp_path / "plan.yaml"
    path.write_text(yaml.safe_dump(sound()).replace("code: 1A.1", "code: 1.10"), encoding="utf-8")
    assert any("“code” is read as a number" in each.words for each in read_plan_file(path).faults)


def test_a_field_that_stands_twice_is_told_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text("name: One\nslug: a\nname: Two\n", encoding="utf-8")
    assert read_plan_file(path).faults[0].sentence == "line 3: the field “name” stands there twice."


@pytest.mark.parametrize("words", ["a: [", "\tx: 1", "a: &a [*a", "- 1\n- 2", "5", "", "a: 2021-13-45"])
def test_what_is_no_plan_is_said_to_be_none(words: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(words, encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"plan\.yaml"):
        read_usable_plan(path)


def test_a_workspace_with_an_unusable_plan_hears_of_it(tmp_path: Path) -> None:
    raw = {**sound(), "force": "", "body": ""}
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "own.yaml").write_text(yaml.safe_dump(raw), encoding="utf-8")
    assert "calder-vale-2025-29" in load_plans(tmp_path)
    raw["indicators"][0].update(aim="up", unit="percent")
    (folder / "own.yaml").write_text(yaml.safe_dump(raw), encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"own\.yaml, indicator 1A\.1: the aim “up” .* There is 1 more"):
        load_plans(tmp_path)


def test_a_plan_that_is_added_while_a_server_runs_is_seen(tmp_path: Path) -> None:
    assert "calder-vale-2025-29" not in load_plans(tmp_path)
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "own.yaml").write_text(
        yaml.safe_dump({**sound(), "force": "", "body": ""}), encoding="utf-8"
    )
    assert "calder-vale-2025-29" in load_plans(tmp_path)


def test_a_workspaces_plan_takes_the_place_of_the_one_that_is_shipped(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    raw = {**sound(), "force": "", "body": "", "slug": "national-measures"}
    (tmp_path / "plans" / "ours.yaml").write_text(yaml.safe_dump(raw), encoding="utf-8")
    assert load_plans(tmp_path)["national-measures"].name == "Calder Vale plan"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(field=st.sampled_from([*sorted(sound()["indicators"][0]), "slug", "themes", "areas"]), value=_JSON)
def test_whatever_stands_in_a_field_is_either_taken_or_told(field: str, value: object) -> None:
    """What the shape lets through becomes a plan; nothing else does, and nothing falls over."""
    import msgspec

    raw = sound()
    (raw if field in {"slug", "themes", "areas"} else raw["indicators"][0])[field] = value
    if find_shape_faults(raw, Plan):
        return
    plan = msgspec.convert(raw, Plan, strict=False)
    for each in find_plan_faults(plan, KNOWN, DAY):
        assert each.severity in Severity
        assert each.place


@given(
    spans=st.lists(st.tuples(st.dates(), st.dates()).map(sorted), min_size=2, max_size=4),
    areas=st.lists(st.sampled_from(["", "north"]), min_size=4, max_size=4),
)
def test_standards_overlap_as_their_days_do(spans: list[list[dt.date]], areas: list[str]) -> None:
    """The slow twin: two standards of one area overlap where some day of the one is a day of the other."""
    import msgspec

    raw = sound()
    raw["indicators"][0]["standards"] = [
        {**SHARES, "first": first, "last": last, "area": area}
        for (first, last), area in zip(spans, areas, strict=False)
    ]
    found = find_plan_faults(msgspec.convert(raw, Plan, strict=False), KNOWN, DAY)
    said = {each.words for each in found if "hold on the same days" in each.words}
    expected = set()
    for one, (first, last) in enumerate(spans):
        for other in range(one):
            start, end = spans[other]
            inside = any(first <= day <= last for day in (start, end)) or any(
                start <= d <= end for d in (first, last)
            )
            if inside and areas[one] == areas[other]:
                expected.add(f"standards {other + 1} and {one + 1} hold on the same days for the same area")
    assert said == expected


def test_a_value_keeps_its_digits(tmp_path: Path) -> None:
    raw = sound()
    raw["indicators"][0]["standards"] = [{**SHARES, "value": 92.7}]
    path = tmp_path / "plan.yaml"
    path.write_text(yaml.safe_dump(raw), encoding="utf-8")
    plan = read_plan_file(path).plan
    assert plan is not None
    assert plan.indicators[0].standards[0].value == Decimal("92.7")
