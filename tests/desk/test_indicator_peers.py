"""Are a force's peers those of the day, at the last period that all have, and is what is missing named?"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.desk.indicator_samples import DEFINITION, PLAN, TO, add_load, whole_load, write_plan
from tests.desk.test_indicator_pages import read

from bluelamp.figures.months import Month, Span
from bluelamp.performance.series import Point

PEERS = """slug: most-similar-forces
name: Most similar forces
memberships:
  - {subject: CVP, members: [NTS, DBS], first: 2019-04-01, last: 2021-12-31, source: a list of 2019}
"""


def other_plan(folder: Path, force: str) -> str:
    """The same indicators in a plan of another force."""
    slug = f"{force.lower()}-plan"
    words = (
        DEFINITION.replace(PLAN, slug)
        .replace("force: CVP", f"force: {force}")
        .replace("body: CVP-PCC", 'body: ""')
    )
    (folder / "plans" / f"{slug}.yaml").write_text(words, encoding="utf-8")
    return slug


@pytest.fixture
def definitions(tmp_path: Path, settings: Any) -> Path:
    folder = write_plan(tmp_path / "definitions")
    (folder / "peers").mkdir()
    (folder / "peers" / "most-similar-forces.yaml").write_text(PEERS, encoding="utf-8")
    settings.WORKSPACE_DEFINITIONS = folder
    return folder


def year(*values: tuple[Month, str]) -> dict[tuple[str, str, Span], list[Point]]:
    return {("2.1", "force", Span.YEAR): [Point(to=month, value=Decimal(value)) for month, value in values]}


def test_peers_stand_at_the_last_period_that_all_have(desk: Client, definitions: Path) -> None:
    add_load(whole_load())
    add_load(year((Month(2020, 12), "98.1"), (TO, "98.4")), plan=other_plan(definitions, "NTS"))
    add_load(year((Month(2020, 12), "92.2")), plan=other_plan(definitions, "DBS"))
    said = read(desk, f"/indicators/{PLAN}/2.1")
    assert "Other forces" in said
    assert "12 months to December 2020 98.1%" in said
    assert "92.2%" in said
    assert "Calder Vale Police is 2nd of 3, the best first." in said
    assert "Compared over 12 months to December 2020: Derbyshire" in said
    assert "Set beside these forces by: a list of 2019." in said


def test_a_peer_without_figures_is_named(desk: Client, definitions: Path) -> None:
    add_load(whole_load())
    add_load(year((TO, "98.4")), plan=other_plan(definitions, "NTS"))
    said = read(desk, f"/indicators/{PLAN}/2.1")
    assert "1st of 2" not in said
    assert "2nd of 2" in said
    assert "Left out: Derbyshire" in said
    assert "no figures given." in said


def test_on_another_day_there_are_no_peers(desk: Client, definitions: Path) -> None:
    late = {("2.1", "force", Span.YEAR): [Point(to=Month(2022, 3), value=Decimal(97))]}
    add_load(late, known_on=dt.date(2022, 5, 1))
    assert "Other forces" not in read(desk, f"/indicators/{PLAN}/2.1")


def test_a_list_of_peers_that_cannot_be_read_says_so(desk: Client, definitions: Path) -> None:
    broken = PEERS.replace("DBS", "NOWHERE")
    (definitions / "peers" / "most-similar-forces.yaml").write_text(broken, encoding="utf-8")
    add_load(whole_load())
    assert "cannot be read: most-similar-forces.yaml" in read(desk, f"/indicators/{PLAN}/2.1")
