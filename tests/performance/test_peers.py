"""Are peers those of the day, and of the subject that was asked for?"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.lib.definitions import DefinitionError
from bluelamp.organisations.bodies import load_bodies
from bluelamp.performance.peers import MOST_SIMILAR, Membership, PeerGroups, find_peer_faults, load_peers, peers_of

pytestmark = pytest.mark.no_database

GROUPS = f"""
slug: {MOST_SIMILAR}
name: Most similar forces
memberships:
  - subject: NTS
    members: [LAN, SWA]
    first: 2015-04-01
    last: 2019-03-31
    source: An invented list.
  - subject: NTS
    members: [LAN, KNT]
    first: 2019-04-01
    source: An invented list.
    verified: false
"""


def write(folder: Path, words: str) -> Path:
    (folder / "peers").mkdir(exist_ok=True)
    (folder / "peers" / "own.yaml").write_text(words, encoding="utf-8")
    load_peers.cache_clear()
    return folder


def test_peers_are_those_of_the_day(tmp_path: Path) -> None:
    codes = {code for code, body in load_bodies().items() if body.kind == "force"}
    assert {"NTS", "SWA"} <= codes
    mine = GROUPS.replace("LAN", sorted(codes - {"NTS", "SWA"})[0]).replace("KNT", sorted(codes - {"NTS"})[1])
    own = write(tmp_path, mine)
    before = peers_of("NTS", dt.date(2019, 3, 31), own)
    after = peers_of("NTS", dt.date(2019, 4, 1), own)
    assert before is not None
    assert after is not None
    assert "SWA" in before.members
    assert after.members != before.members
    assert after.verified is False
    assert peers_of("NTS", dt.date(2015, 3, 31), own) is None
    assert peers_of("SWA", dt.date(2016, 1, 1), own) is None  # it is not symmetric


def test_none_is_shipped_that_is_not_certain() -> None:
    assert all(not each.verified or each.source for each in load_peers()[MOST_SIMILAR].memberships)
    assert peers_of("NTS", dt.date(2021, 3, 31)) is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("[LAN, SWA]", "[XXX, SWA]"), "no force has the code “XXX”"),
        (("[LAN, SWA]", "[NTS, SWA]"), "not its own peer"),
        (("[LAN, SWA]", "[SWA, SWA]"), "named twice"),
        (("[LAN, SWA]", "[]"), "named twice, or not at all"),
        (("last: 2019-03-31", "last: 2019-04-01"), "two memberships on the same day"),
        (("last: 2019-03-31", "last: 2014-04-01"), "ends before it begins"),
        (("source: An invented list.", "source: ''"), "it has no source"),
    ],
)
def test_an_unusable_grouping_is_refused(change: tuple[str, str], words: str, tmp_path: Path) -> None:
    forces = sorted(
        code for code, body in load_bodies().items() if body.kind == "force" and code not in ("NTS", "SWA")
    )
    sound = GROUPS.replace(*change).replace("LAN", forces[0]).replace("KNT", forces[1])
    with pytest.raises(DefinitionError, match=words):
        load_peers(write(tmp_path, sound))


_DAYS = st.dates(dt.date(2010, 1, 1), dt.date(2012, 12, 31))


@given(spans=st.lists(st.tuples(_DAYS, st.none() | _DAYS), max_size=3), day=_DAYS)
def test_without_a_fault_a_day_has_one_membership_at_most(
    spans: list[tuple[dt.date, dt.date | None]], day: dt.date
) -> None:
    groups = PeerGroups(
        slug="s",
        name="S",
        memberships=tuple(
            Membership(subject="NTS", members=("SWA",), first=first, last=last, source="x")
            for first, last in spans
        ),
    )
    if find_peer_faults(groups, load_bodies()):
        return
    held = [each for each in groups.memberships if each.first <= day <= (each.last or dt.date.max)]
    assert len(held) <= 1
    assert groups.peers_of("NTS", day) == (held[0] if held else None)
