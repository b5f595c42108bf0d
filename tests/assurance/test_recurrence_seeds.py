"""The points that return in the documents of 2007, 2017 and 2022 in ../shared are found, and few others."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.assurance.recurrence_measures import Said, measure_seeds, read_labels, read_seeds, score

from bluelamp.assurance.recurrence import NEAR, SAME

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def said(shared: Path) -> list[Said]:
    return read_seeds(shared / "seeds")


def test_a_point_said_to_be_the_same_is_the_same(said: list[Said]) -> None:
    """A wrong "same point before" embarrasses: few may be."""
    measure, faults = measure_seeds(said, SAME)
    assert measure.precision >= 0.92, f"{measure}: {faults}"


def test_most_points_that_return_are_found(said: list[Said]) -> None:
    measure, faults = measure_seeds(said, SAME)
    assert measure.recall >= 0.75, f"{measure}: {faults}"
    assert measure_seeds(said, NEAR)[0].recall >= 0.85


def test_the_labelled_places_are_still_read(said: list[Said]) -> None:
    """A label that no reading answers to any more measures nothing."""
    read = {place for each in said for place in each.places}
    labels = read_labels()
    missing = [label["of"] for label in labels if label["of"] not in read]
    assert len(missing) <= len(labels) // 10, missing


# Where points that return stand: a place of the later document, a place of the earlier. That officers are taken
# from their neighbourhoods was rare in 2007, criticised in 2017, and found rare again in 2022.
RETURNING = {
    "crime recording": [("000:212", "IOC 36"), ("000:212", "IOC 8"), ("000:216", "IOC 9")],
    "understanding communities": [("000:298", "AFI 1"), ("000:298", "IOC 2"), ("000:298", "IOC 10")],
    "evaluating problem-solving": [("000:302", "AFI 2"), ("000:302", "IOC 5"), ("000:302", "IOC 18")],
    "domestic abuse risk": [("IOC 49", "002:1663"), ("IOC 52", "002:1663")],
    "partners' access to shared systems": [("000:302", "002:760")],
    "risk at first contact": [("000:355", "IOC 37"), ("000:353", "COC 1")],
    "response times": [("000:357", "IOC 20"), ("000:357", "IOC 23")],
    "abstraction": [("AFI 3", "002:604"), ("AFI 3", "002:583"), ("000:320", "AFI 3"), ("000:320", "IOC 4")],
    "appraisals": [("000:596", "002:970")],
    "sex offenders' visits and assessments": [("000:496", "002:1803"), ("000:496", "002:1766")],
}


@pytest.mark.parametrize("name", RETURNING)
def test_each_returning_point_is_found(name: str, said: list[Said]) -> None:
    for later, earlier in RETURNING[name]:
        assert best(said, later, earlier) >= SAME, (later, earlier)


def best(said: list[Said], later: str, earlier: str) -> float:
    return max(
        score(one.reading, other.reading, list(one.texts), list(other.texts))
        for one in said
        if later in one.places
        for other in said
        if earlier in other.places
    )
