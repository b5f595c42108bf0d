"""May every role take every step from every state exactly when the table says so? No cell is left untried.

First the rule against a slow reading of the table: role x state x step x closing x ownership. Then the action
of each step, on an item that is ready for it in everything but the cell's own state, role and owner.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import yaml
from django.db import transaction
from tests.assurance.people import DAY, NOW, TODAY, Cast, make_cast
from tests.assurance.proofs import AUTHORITY, SEEN, WATCH, offer

from bluelamp.assurance import actions_delivery as delivery
from bluelamp.assurance import actions_responses as responses
from bluelamp.assurance.actions_closing import bring_under_test, reopen, sign_off
from bluelamp.assurance.actions_evidence import accept_evidence, return_evidence, submit_link
from bluelamp.assurance.actions_opinions import Audit, give_opinion, record_audit_test
from bluelamp.assurance.actions_reviews import open_review
from bluelamp.assurance.actions_watches import explain_slide, record_look
from bluelamp.assurance.models import Action, Dispute, Evidence, Review, SignOff, TargetChange, Watch
from bluelamp.assurance.rules import Stander, can_take
from bluelamp.assurance.steps import load_steps
from bluelamp.ledger.actions import recording
from bluelamp.ledger.models import Event
from bluelamp.lib.definitions import SHIPPED
from bluelamp.organisations.models import Owner, User
from bluelamp.organisations.rules import ROLES, NotAllowedError
from bluelamp.register.models import Item
from bluelamp.register.standing import load_states, opinion_grades

TABLE: list[dict[str, Any]] = yaml.safe_load(
    (SHIPPED / "vocabularies" / "transitions.yaml").read_text(encoding="utf-8")
)["steps"]
ROW = {row["step"]: row for row in TABLE}
STATES = {fact: tuple(load_states(fact)) for fact in ("response", "delivery", "assurance", "position", "closing")}
CLOSINGS = STATES["closing"]
OWNERSHIP = ("nothing", "the action", "another action of the item")


def slowly(step: str, role: str, state: str, closing: str, owned: str) -> bool:
    """May they? Read from the table as a person would."""
    row = ROW[step]
    if role not in row["roles"]:
        return False
    if row["fact"] in ("response", "delivery", "assurance") and closing != "open":
        return False
    begins = []
    for word in row["from"]:
        if word == "any":
            begins += STATES[row["fact"]]
        elif word == "graded":
            begins += ["substantial", "reasonable", "limited", "none"]
        else:
            begins += [word]
    if state not in begins:
        return False
    if row["own"] == "mine" and role == "owner":
        return owned == "the action"
    return not (row["own"] == "not-mine" and owned != "nothing")


def test_the_table_names_only_states_and_roles_that_there_are() -> None:
    for row in TABLE:
        words = {*STATES[row["fact"]], "graded", "any"}
        assert {*row["from"], *([row["to"]] if "to" in row else [])} <= words, row["step"]
        assert set(row["roles"]) <= set(ROLES), row["step"]
        assert row["own"] in ("any", "mine", "not-mine"), row["step"]
    assert opinion_grades() == ("substantial", "reasonable", "limited", "none")


def test_the_rule_is_the_table_in_every_cell() -> None:
    cells = 0
    for step, role, owned in itertools.product(ROW, ROLES, OWNERSHIP):
        by = Stander(role=role, ledger_name="user:x", owns=owned == "the action", owns_item=owned != "nothing")
        fact = ROW[step]["fact"]
        for state, closing in itertools.product(STATES[fact], CLOSINGS):
            closing = state if fact == "closing" else closing
            said = can_take(step, state=state, by=by, closing=closing)
            assert said == slowly(step, role, state, closing, owned), (step, role, state, closing, owned)
            cells += 1
    width = Counter(row["fact"] for row in TABLE)
    assert cells == sum(
        width[fact] * len(STATES[fact]) for fact in STATES
    ) * len(ROLES) * len(OWNERSHIP) * len(CLOSINGS)  # fmt: skip


def test_every_role_may_do_something_but_the_reader() -> None:
    assert set(ROLES) - {role for row in TABLE for role in row["roles"]} == {"reader"}


def test_no_step_towards_a_closing_is_an_owners() -> None:
    for row in TABLE:
        if row["fact"] == "closing" or row.get("to") == "graded" or row["step"].endswith("accept-evidence"):
            assert "owner" not in row["roles"], row["step"]
        if row["step"] in ("give-opinion", "record-audit-test", "accept-evidence", "sign-off", "look-at-watch"):
            assert row["own"] == "not-mine", row["step"]


# -- the action of each step ------------------------------------------------------------------------------


@dataclass
class World:
    """An item with everything hanging on it that any step needs."""

    cast: Cast
    item: Item
    action: Action
    evidence: Evidence
    change: TargetChange
    watch: Watch
    mine: dict[str, Owner] = field(default_factory=dict)


def make_world() -> World:
    """Rows put there by hand where no sequence of steps would leave all of them open at once."""
    cast = make_cast()
    item, someone, liaison = cast.item(), cast.owner(), cast["liaison"]
    action = delivery.allocate(item, words="x", owner=someone, target=TODAY, by=liaison, now=NOW)
    delivery.allocate(item, words="y", owner=someone, by=liaison, now=NOW)
    evidence = offer(cast, item)
    change = TargetChange(
        action=action, before=TODAY, after=TODAY + DAY, reason="x", asked_by="user:somebody", asked=NOW
    )
    dispute = Dispute(item=item, reason="x", raised_by="x", raised=NOW, referred_to="x", referred=NOW, advice="x")
    review = Review(item=item, number=1, opened=NOW, opened_by="x")
    sign_off = SignOff(
        item=item, code="implemented", reason="x", authority="minute", authority_words="x", authority_day=TODAY,
        policy="ordinary", by_name="x", made=NOW,
    )  # fmt: skip
    watch = Watch(sign_off=sign_off, item=item, kind="date", what="x", due=TODAY)
    Evidence.objects.filter(pk=evidence.pk).update(submitted_by="user:somebody")
    with recording(by=liaison, now=NOW) as book:
        book.event("test.prepared", subject=item, add=[change, dispute, review, sign_off, watch])
    world = World(cast, item, action, evidence, change, watch)
    world.mine = {role: cast.owner(f"The {role}'s post", user=cast[role]) for role in ROLES}
    return world


Try = Callable[[World, User], object]
SAID = {"reason": "x", "now": NOW}
DECISION = {"decided_by_role": "chief-officer", "cited": "x", "day": TODAY}


def _slid(world: World, by: User) -> object:
    Watch.objects.filter(pk=world.watch.pk).update(state="slid")
    return explain_slide(world.watch, words="x", next_day=TODAY + DAY, by=by, now=NOW)


TRIES: dict[str, Try] = {
    "accept": lambda w, by: responses.respond(w.item, answer="accepted", by=by, **SAID),
    "accept-partly": lambda w, by: responses.respond(w.item, answer="partly-accepted", by=by, **SAID),
    "dispute": lambda w, by: responses.respond(w.item, answer="disputed", by=by, **SAID),
    "refer-dispute": lambda w, by: responses.refer_dispute(w.item, committee="x", by=by, now=NOW),
    "record-advice": lambda w, by: responses.record_advice(
        w.item, advice="x", cited="x", day=TODAY, by=by, now=NOW
    ),
    "uphold-dispute": lambda w, by: responses.decide_dispute(w.item, upheld=True, **DECISION, by=by, **SAID),
    "reject-dispute": lambda w, by: responses.decide_dispute(w.item, upheld=False, **DECISION, by=by, **SAID),
    "set-handling": lambda w, by: responses.set_handling(w.item, risk="high", reviewers=2, by=by, **SAID),
    "allocate": lambda w, by: delivery.allocate(w.item, words="x", owner=w.cast.owner(), by=by, now=NOW),
    "begin": lambda w, by: delivery.begin(w.action, by=by, now=NOW),
    "deliver": lambda w, by: delivery.deliver(w.action, claim="x", day=TODAY, by=by, now=NOW),
    "take-up-again": lambda w, by: delivery.take_up_again(w.action, by=by, **SAID),
    "pass-on": lambda w, by: delivery.pass_on(w.item, body="x", by=by, **SAID),
    "take-back": lambda w, by: delivery.take_back(w.item, by=by, **SAID),
    "answer": lambda w, by: delivery.answer([delivery.Said(item=w.item, words="x")], via="desk", by=by, now=NOW),
    "change-owner": lambda w, by: delivery.change_owner(w.action, owner=w.cast.owner(), by=by, **SAID),
    "ask-new-date": lambda w, by: _without_asking(w, by),
    "agree-new-date": lambda w, by: delivery.decide_new_date(w.change, agreed=True, by=by, **SAID),
    "refuse-new-date": lambda w, by: delivery.decide_new_date(w.change, agreed=False, by=by, **SAID),
    "submit-evidence": lambda w, by: submit_link(
        w.item, proves="x", address="https://example.org", action=w.action, by=by, now=NOW
    ),
    "accept-evidence": lambda w, by: accept_evidence(w.evidence, by=by, **SAID),
    "return-evidence": lambda w, by: return_evidence(w.evidence, by=by, **SAID),
    "open-review": lambda w, by: open_review(w.item, by=by, **SAID),
    "open-review-again": lambda w, by: open_review(w.item, by=by, **SAID),
    "give-opinion": lambda w, by: give_opinion(w.item, grade="none", **SEEN, by=by, now=NOW),
    "record-audit-test": lambda w, by: record_audit_test(
        [w.item], audit=Audit(title="x", tested_on=TODAY), grade="none", **SEEN, by=by, now=NOW
    ),
    "note-position": lambda w, by: responses.note_position(
        w.item, position="open", day=TODAY, said_in="x", by=by, now=NOW
    ),
    "sign-off": lambda w, by: sign_off(
        w.item, code="no-longer-applicable", authority=AUTHORITY, watches=[WATCH], by=by, **SAID
    ),
    "reopen": lambda w, by: reopen(w.item, by=by, **SAID),
    "bring-under-test": lambda w, by: bring_under_test(w.item, by=by, **SAID),
    "look-at-watch": lambda w, by: record_look(w.watch, held=False, words="x", by=by, now=NOW),
    "explain-watch": _slid,
}
"""The action of each step, with a reason where one may be given."""

SAME_ACTION = {"open-review": "open-review-again", "open-review-again": "open-review"}
"""Steps that one action takes, by the state that it finds."""

OF_ACTION = frozenset(
    {"begin", "deliver", "take-up-again", "change-owner", "ask-new-date", "agree-new-date", "refuse-new-date"}
)
"""Steps whose state is the action's."""


def _without_asking(world: World, by: User) -> object:
    TargetChange.objects.filter(pk=world.change.pk).update(state="refused")
    return delivery.ask_new_date(world.action, day=TODAY + 9 * DAY, by=by, **SAID)


@dataclass(frozen=True)
class Cell:
    role: str
    state: str
    closing: str
    owned: str


def cells_of(step: str) -> Iterator[Cell]:
    """All roles, states and ownerships of an open item; of one that is closed, all roles in the first state."""
    fact = ROW[step]["fact"]
    for role, owned, state in itertools.product(ROLES, OWNERSHIP, STATES[fact]):
        yield Cell(role, state, state if fact == "closing" else "open", owned)
    if fact != "closing":
        for role, closing in itertools.product(ROLES, CLOSINGS[1:]):
            yield Cell(role, ROW[step]["from"][0].replace("any", "open"), closing, "nothing")


def expected(step: str, cell: Cell) -> bool:
    steps = [step, *([SAME_ACTION[step]] if step in SAME_ACTION else [])]
    allowed = any(slowly(each, cell.role, cell.state, cell.closing, cell.owned) for each in steps)
    if step in ("agree-new-date", "refuse-new-date") and cell.role == "owner":
        # Beyond the table: of owners, only the action's lead agrees its dates.
        return allowed and cell.owned == "the action"
    return allowed


def put(world: World, step: str, cell: Cell) -> User:
    """The item in the cell's state; the cell's person, who owns what the cell says."""
    fact = ROW[step]["fact"]
    columns = {"closing": cell.closing} | ({} if step in OF_ACTION else {fact: cell.state})
    Item.objects.filter(pk=world.item.pk).update(**columns)
    if step in OF_ACTION:
        Action.objects.filter(pk=world.action.pk).update(state=cell.state)
    if cell.state != "testing":
        Review.objects.filter(item=world.item).update(closed=NOW)
    mine = {"lead": world.mine[cell.role]}
    if cell.owned == "the action":
        Action.objects.filter(pk=world.action.pk).update(**mine)
    elif cell.owned != "nothing":
        Action.objects.filter(item=world.item).exclude(pk=world.action.pk).update(**mine)
    return world.cast[cell.role]


def test_every_step_of_the_table_has_an_action() -> None:
    assert set(TRIES) == set(load_steps()) == set(ROW)
    assert len(ROW) == len(TABLE)


@pytest.fixture
def world(db: None) -> Iterator[World]:
    made = make_world()
    saved = transaction.savepoint()
    yield made
    transaction.savepoint_rollback(saved)  # what was put there by hand, no count knows of


@pytest.mark.parametrize("step", list(TRIES))
def test_the_action_does_what_the_table_says_in_every_cell(world: World, step: str) -> None:
    tried: Counter[bool] = Counter()
    events = Event.objects.count()
    for cell in cells_of(step):
        saved = transaction.savepoint()
        person = put(world, step, cell)
        try:
            TRIES[step](world, person)
            allowed = True
        except NotAllowedError:
            allowed = False
            assert Event.objects.count() == events, "what is refused leaves no trace"
        finally:
            transaction.savepoint_rollback(saved)
        # "answer" is about the item: whoever owns any of its actions owns it.
        wide = step == "answer" and cell.role == "owner" and cell.owned != "nothing"
        as_owner = Cell(cell.role, cell.state, cell.closing, "the action") if wide else cell
        assert allowed == expected(step, as_owner), cell
        tried[allowed] += 1
    states = len(STATES[ROW[step]["fact"]])
    closed = 0 if ROW[step]["fact"] == "closing" else len(ROLES) * (len(CLOSINGS) - 1)
    assert tried.total() == len(ROLES) * len(OWNERSHIP) * states + closed
    assert tried[True], "allowed at least once"
    assert tried[False]


@pytest.mark.parametrize("step", [step for step, row in ROW.items() if row.get("reason")])
def test_a_step_that_needs_a_reason_is_refused_without_one(
    world: World, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, fact = ROW[step], ROW[step]["fact"]
    state = row["from"][0].replace("graded", "limited")
    cell = Cell("administrator", state, state if fact == "closing" else "open", "nothing")
    person = put(world, step, cell)
    monkeypatch.setitem(SAID, "reason", " ")
    if step == "explain-watch":
        Watch.objects.filter(pk=world.watch.pk).update(state="slid")
        with pytest.raises(NotAllowedError, match="say why"):
            explain_slide(world.watch, words=" ", next_day=TODAY + DAY, by=person, now=NOW)
        return
    with pytest.raises(NotAllowedError, match=r"say why|needs its reason"):
        TRIES[step](world, person)


@pytest.mark.parametrize("step", list(TRIES))
def test_another_organisations_item_is_out_of_every_step(world: World, step: str) -> None:
    """Whatever the role: it is as if there were no such item."""
    strangers = make_cast("XYZ")
    for role in set(ROLES) - {"administrator"}:
        saved = transaction.savepoint()
        with pytest.raises(NotAllowedError, match="no such item"):
            TRIES[step](world, strangers[role])
        transaction.savepoint_rollback(saved)


@pytest.mark.parametrize("step", list(TRIES))
def test_an_item_that_was_merged_takes_no_step(world: World, step: str) -> None:
    Item.objects.filter(pk=world.item.pk).update(merged_into=world.cast.item())
    with pytest.raises(NotAllowedError, match="merged into another"):
        TRIES[step](world, world.cast["administrator"])
