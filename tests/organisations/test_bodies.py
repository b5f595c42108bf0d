"""Are the forces and local policing bodies of the definitions complete and consistent?"""

from __future__ import annotations

import datetime as dt
import itertools
import re

import pytest

from bluelamp.organisations.bodies import BODY_KINDS, Body, load_bodies

BODIES = load_bodies()
FORCES = {code: body for code, body in BODIES.items() if body.kind == "force"}
HOLDERS = [body for body in BODIES.values() if body.kind == "local_policing_body"]
TYPES = {"pcc", "pfcc", "mayor", "mopac", "police_authority", "common_council"}


def test_there_are_43_forces() -> None:
    assert len(FORCES) == 43


def test_a_force_has_a_code_of_three_letters() -> None:
    assert [code for code in FORCES if not re.fullmatch("[A-Z]{3}", code)] == []
    assert FORCES["NTS"].name == "Nottinghamshire Police"


def test_every_body_is_of_a_known_kind() -> None:
    assert {body.kind for body in BODIES.values()} <= set(BODY_KINDS)
    assert {body.type for body in HOLDERS} == TYPES


def test_no_printed_name_means_two_forces() -> None:
    names = [name.lower() for force in FORCES.values() for name in {force.name, *force.aliases}]
    assert sorted(names) == sorted(set(names))


def test_every_local_policing_body_holds_a_force_to_account() -> None:
    assert [body.code for body in HOLDERS if body.force not in FORCES] == []
    assert {body.force for body in HOLDERS} == set(FORCES)


def holders_of(force: str) -> list[Body]:
    return sorted((body for body in HOLDERS if body.force == force), key=lambda b: b.start or dt.date.min)


@pytest.mark.parametrize("force", sorted(FORCES))
def test_one_body_follows_another_without_gap_or_overlap(force: str) -> None:
    for before, after in itertools.pairwise(holders_of(force)):
        assert before.end is not None
        assert after.start == before.end + dt.timedelta(days=1)
    assert holders_of(force)[-1].end is None


@pytest.mark.parametrize("force", sorted(set(FORCES) - {"COL", "MPS"}))
def test_police_authorities_ended_with_21_november_2012(force: str) -> None:
    authority = next(body for body in holders_of(force) if body.type == "police_authority")
    assert authority.end == dt.date(2012, 11, 21)


def test_what_is_not_verified_says_why() -> None:
    assert [body.code for body in BODIES.values() if not body.verified and not body.source] == []


def test_the_inspectorate_changed_its_name_in_2017() -> None:
    before, after = BODIES["HMIC"], BODIES["HMICFRS"]
    assert before.end is not None
    assert after.start == before.end + dt.timedelta(days=1)
