"""Whatever anybody does in any order: does an item's standing follow from its ledger, and is a sign-off earned?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.assurance.people import Cast, make_cast
from tests.assurance.slow_standing import stand_slowly
from tests.assurance.walks import DOES, STEP_OF, Move, roam, walk

from bluelamp.assurance.models import Action, Evidence, Handling, Opinion, Review, SignOff, Watch
from bluelamp.assurance.steps import load_steps
from bluelamp.ledger.verification import verify
from bluelamp.organisations.models import Owner
from bluelamp.register.models import Item

any_walk = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
seeds = st.integers(0, 2**32)
EARNED = [
    Move("allocate", "liaison", 2),
    Move("deliver", "liaison"),
    Move("offer", "liaison"),
    Move("accept", "auditor"),
    Move("review", "liaison"),
    Move("opine", "analyst", 1),
    Move("close", "lpb_officer", 4),
    Move("look", "analyst"),
    Move("explain", "auditor"),
    Move("reopen", "auditor"),
    Move("audit", "auditor", 1),
    Move("close", "lpb_officer", 1),
]
"""Signed off, slid, explained, reopened, tested anew and signed off again."""
DISPUTED = [
    Move("allocate", "lpb_officer", 2),
    Move("begin", "owner"),
    Move("ask date", "owner"),
    Move("decide date", "liaison", 1),
    Move("respond", "liaison", 2),
    Move("refer", "liaison"),
    Move("advise", "committee_member"),
    Move("decide dispute", "lpb_officer", 1),
    Move("close", "lpb_officer", 3),
]
"""A date moved, and a dispute that was upheld."""


@pytest.fixture
def cast(db: None) -> Cast:
    made = make_cast()
    made.owner("The administrator's post", user=made["administrator"])
    made.owner("The auditor's post", user=made["auditor"])
    return made


@contextmanager
def undone() -> Iterator[None]:
    saved = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(saved)


def check_columns(item: Item) -> None:
    held, slow = Item.objects.get(pk=item.pk), stand_slowly(item)
    assert {name: getattr(held, name) for name in slow} == slow


@any_walk
@given(seeds)
def test_the_columns_are_what_the_events_come_to(cast: Cast, seed: int) -> None:
    with undone():
        item = cast.item()
        for _ in roam(cast, item, seed):
            check_columns(item)
        assert verify(None).problems == []


def keepers(item: Item) -> set[object]:
    """Accounts of those who own the item or an action of it, now."""
    owners = {Item.objects.get(pk=item.pk).owner_id}
    for action in Action.objects.filter(item=item):
        owners |= {action.owner_id, action.deputy_id, action.lead_id}
    for handling in Handling.objects.filter(item=item):
        owners.add(handling.lead_id)
    return {owner.user_id for owner in Owner.objects.filter(pk__in=owners - {None})} - {None}


def check_earned(item: Item) -> None:
    """Law 5, read slowly from the rows as they are right after the sign-off."""
    signed = SignOff.objects.filter(item=item, reopened=None).get()
    assert signed.reason.strip()
    assert signed.authority_words.strip()
    if signed.code in ("superseded", "no-longer-applicable"):
        return
    if signed.code == "not-accepted":
        assert item.disputes.last().decision == "upheld"
        return
    high = Handling.objects.filter(item=item, risk="high").exists()
    assert signed.policy == ("high-risk" if high else "ordinary")
    accepted = [row for row in Evidence.objects.filter(item=item) if row.state == "accepted"]
    assert accepted
    assert all(row.submitted_by != row.decided_by for row in accepted)
    last = Review.objects.filter(item=item).latest("number")
    assert last.closed
    assert last.grade in ("substantial", "reasonable")
    opinions = Opinion.objects.filter(review=last)
    assert all(each.grade in ("substantial", "reasonable") for each in opinions)
    independent = {each.reviewer_id for each in opinions} - keepers(item)
    assert len(independent) >= (2 if high else 1)
    assert Watch.objects.filter(sign_off=signed, state="holding").exists()


def check_after(item: Item, move: Move) -> None:
    closed = Item.objects.get(pk=item.pk).closing == "signed-off"
    if move.name == "close":
        assert closed
        check_earned(item)
    elif closed:
        assert SignOff.objects.filter(item=item, reopened=None).exists()


@any_walk
@given(seeds)
def test_no_sequence_of_steps_signs_off_what_is_not_earned(cast: Cast, seed: int) -> None:
    with undone():
        item = cast.item()
        for move in roam(cast, item, seed):
            check_after(item, move)
        every = SignOff.objects.filter(item=item)
        assert all(row.reason and row.authority_words for row in every), "each stays as it was signed"


@pytest.mark.parametrize(("plan", "signed"), [(EARNED, 2), (DISPUTED, 1)])
def test_a_walk_that_is_earned_is_walked_to_its_end(cast: Cast, plan: list[Move], signed: int) -> None:
    item, walked = cast.item(), []
    for move in walk(cast, item, plan):
        check_after(item, move)
        check_columns(item)
        walked.append(move)
    assert walked == plan
    assert SignOff.objects.filter(item=item).count() == signed


def test_walks_by_chance_come_to_their_ends(cast: Cast) -> None:
    """Else the properties here would be about walks that lead nowhere."""
    taken: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    for seed in range(12):
        with undone():
            item = cast.item()
            taken.update(move.name for move in roam(cast, item, seed))
            codes.update(SignOff.objects.filter(item=item).values_list("code", flat=True))
    assert {"close", "reopen", "accept", "return", "opine", "audit", "deliver", "pass on"} <= set(taken)
    assert {"implemented", "no-longer-applicable"} <= set(codes)


@any_walk
@given(seeds)
def test_the_owners_word_alone_tests_and_closes_nothing(cast: Cast, seed: int) -> None:
    with undone():
        item = cast.item()
        theirs = [Move("allocate", "liaison", 2), Move("allocate", "liaison", 5)]
        assert list(walk(cast, item, theirs)) == theirs
        for move in roam(cast, item, seed, roles=("owner", "link")):
            held = Item.objects.get(pk=item.pk)
            assert (held.assurance, held.closing) == ("untested", "open"), move


@any_walk
@given(seeds)
def test_nobody_alone_proves_anything_whatever_their_role(cast: Cast, seed: int) -> None:
    """One person with every right signs off nothing that needs proof: somebody else must accept the evidence."""
    with undone():
        item = cast.item()
        for _ in roam(cast, item, seed, roles=("administrator",)):
            assert not SignOff.objects.filter(item=item, code__startswith="implemented").exists()
            assert not Evidence.objects.filter(item=item, state="accepted").exists()


def test_every_move_is_a_step_of_the_table() -> None:
    assert set(DOES) - set(STEP_OF) == {"mark watches"}
    assert set(STEP_OF.values()) <= set(load_steps())
