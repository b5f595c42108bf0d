"""Are the vocabularies of the five facts sound, and does a day say how an item stands against its dates?"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.lib.definitions import DefinitionError
from bluelamp.register.models import Item
from bluelamp.register.standing import (
    FACTS,
    LOOKS,
    TIMINGS,
    VOCABULARIES,
    closing_positions,
    load_sources,
    load_states,
    name_state,
    opinion_grades,
    schedule_on,
)

DAY = dt.date(2026, 3, 2)


def test_the_facts_keep_their_order() -> None:
    assert tuple(FACTS) == ("response", "delivery", "assurance", "position", "schedule")


def test_every_state_of_the_design_is_there() -> None:
    assert list(load_states("response")) == ["awaiting", "accepted", "partly-accepted", "disputed"]
    assert list(load_states("delivery")) == [
        "unallocated",
        "planned",
        "in-progress",
        "delivered",
        "for-another-body",
    ]
    assert list(load_states("assurance")) == [
        "untested",
        "testing",
        "substantial",
        "reasonable",
        "limited",
        "none",
    ]
    assert opinion_grades() == ("substantial", "reasonable", "limited", "none")
    assert list(load_states("schedule")) == [
        "no-date",
        "on-time",
        "due-soon",
        "overdue",
        "met",
        "met-late",
        "finished",
    ]
    assert list(load_states("closing")) == ["open", "signed-off", "closed-elsewhere"]
    assert set(TIMINGS) - set(load_states("schedule")) == {"to-meet"}


@pytest.mark.parametrize("fact", VOCABULARIES)
def test_every_state_has_a_name_a_meaning_and_a_look(fact: str) -> None:
    for state in load_states(fact).values():
        assert state.slug == state.slug.lower()
        assert " " not in state.slug
        assert state.name
        assert state.meaning
        assert state.look in LOOKS
    names = [state.name for state in load_states(fact).values()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("fact", [*FACTS, "closing"])
def test_a_new_item_begins_in_a_state_that_is_named(fact: str) -> None:
    column = "timing" if fact == "schedule" else fact
    assert Item._meta.get_field(column).default in load_states(fact)


def test_only_what_the_inspectorate_says_closes() -> None:
    assert closing_positions() == ("no-further-action", "complete", "closed", "superseded")
    assert [fact for fact in VOCABULARIES if any(s.closes for s in load_states(fact).values())] == ["position"]


def test_the_sources_are_named() -> None:
    for source in load_sources().values():
        assert source.name
        assert source.meaning
    assert {"inspectorate", "iopc", "coroner", "internal-audit", "super-complaint", "peer-review", "panel"} < set(
        load_sources()
    )


def test_a_state_that_left_the_vocabulary_keeps_its_slug() -> None:
    assert name_state("position", "engage-stage-2") == "engage-stage-2"
    assert name_state("delivery", "in-progress") == "In progress"


def write_positions(folder: Path, words: str) -> Path:
    (folder / "vocabularies").mkdir()
    (folder / "vocabularies" / "positions.yaml").write_text(words, encoding="utf-8")
    return folder


def test_a_workspace_has_its_own_positions(tmp_path: Path) -> None:
    own = write_positions(tmp_path, "states:\n  - {slug: level-2, name: Level 2, meaning: of the portal}\n")
    assert list(load_states("position", own)) == ["level-2"]
    assert list(load_states("response", own)) == list(load_states("response"))


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("states: []\n", "it names nothing"),
        (
            "states:\n  - {slug: a, name: A, meaning: a}\n  - {slug: a, name: B, meaning: b}\n",
            "a stands there twice",
        ),
        ("states:\n  - {slug: a, name: A, meaning: a, look: rosy}\n", "there is no look “rosy”"),
        ("states:\n  - {slug: a}\n", "missing required field"),
    ],
)
def test_a_fault_in_a_vocabulary_is_said(tmp_path: Path, words: str, fault: str) -> None:
    with pytest.raises(DefinitionError, match=fault):
        load_states("position", write_positions(tmp_path, words))


@pytest.mark.parametrize(
    ("timing", "days", "stands"),
    [
        ("no-date", None, "no-date"),
        ("to-meet", None, "no-date"),
        ("to-meet", -400, "overdue"),
        ("to-meet", -1, "overdue"),
        ("to-meet", 0, "due-soon"),
        ("to-meet", 28, "due-soon"),
        ("to-meet", 29, "on-time"),
        ("met", -5, "met"),
        ("met-late", None, "met-late"),
        ("finished", None, "finished"),
    ],
)
def test_how_it_stands_on_a_day(timing: str, days: int | None, stands: str) -> None:
    due = None if days is None else DAY + dt.timedelta(days=days)
    assert schedule_on(timing, due, DAY) == stands


@given(
    timing=st.sampled_from(TIMINGS),
    due=st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)),
    day=st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)),
)
def test_every_day_has_a_state_that_is_named(timing: str, due: dt.date | None, day: dt.date) -> None:
    assert schedule_on(timing, due, day) in load_states("schedule")
