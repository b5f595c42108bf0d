"""Any steps in any order by anybody: what the properties of assurance are tried with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from tests.assurance.people import DAY, NOW, TODAY, Cast
from tests.assurance.proofs import AUTHORITY, SEEN, WATCH, offer

from bluelamp.assurance import actions_delivery as delivery
from bluelamp.assurance import actions_responses as responses
from bluelamp.assurance.actions_closing import bring_under_test, reopen, sign_off
from bluelamp.assurance.actions_evidence import accept_evidence, return_evidence
from bluelamp.assurance.actions_opinions import Audit, give_opinion, record_audit_test
from bluelamp.assurance.actions_reviews import open_review
from bluelamp.assurance.actions_watches import explain_slide, look_at_watches, record_look
from bluelamp.assurance.models import Action, Evidence, TargetChange, Watch
from bluelamp.assurance.steps import load_steps
from bluelamp.ledger.actions import Actor
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.actors import OwnerByLink
from bluelamp.organisations.rules import ROLES
from bluelamp.register.models import Item

REASON = {"reason": "x", "now": NOW}
GRADES = ("substantial", "reasonable", "limited", "none")
CODES = ("implemented", "implemented-another-way", "no-longer-applicable", "not-accepted")


@dataclass(frozen=True)
class Move:
    """One step by one role. `pick` chooses among what there is; each move reads of it what it needs."""

    name: str
    role: str
    pick: int = 0

    def of(self, choices: Iterable[Any]) -> Any:
        """One of the choices; PlainError, as of a step that cannot be taken, where there is none."""
        held = list(choices)
        if not held:
            raise PlainError("nothing to choose from")
        return held[self.pick % len(held)]


Do = Callable[[Cast, Item, Move, Actor], object]


def _close(cast: Cast, item: Item, move: Move, by: Actor) -> object:
    code = move.of(CODES)
    said = {"reason": "x" if move.pick % 5 else " ", "watches": [WATCH] if move.pick % 3 else []}
    authority = replace(AUTHORITY, words="" if move.pick % 7 == 6 else "Minute 23")
    return sign_off(item, code=code, authority=authority, **said, by=by, now=NOW)


def _owner(cast: Cast, move: Move) -> Any:
    return move.of([cast.owners[name] for name in sorted(cast.owners)])


DOES: dict[str, Do] = {
    "respond": lambda c, i, m, by: responses.respond(
        i, answer=m.of(["accepted", "partly-accepted", "disputed"]), by=by, **REASON
    ),
    "refer": lambda c, i, m, by: responses.refer_dispute(i, committee="x", by=by, now=NOW),
    "advise": lambda c, i, m, by: responses.record_advice(i, advice="x", cited="x", day=TODAY, by=by, now=NOW),
    "decide dispute": lambda c, i, m, by: responses.decide_dispute(
        i, upheld=bool(m.pick % 2), decided_by_role="chief-officer", cited="x", day=TODAY, by=by, **REASON
    ),
    "allocate": lambda c, i, m, by: delivery.allocate(
        i, words="x", owner=_owner(c, m), target=m.of([None, TODAY - DAY, TODAY + DAY]), by=by, now=NOW
    ),
    "change owner": lambda c, i, m, by: delivery.change_owner(
        m.of(Action.objects.filter(item=i)), owner=_owner(c, m), by=by, **REASON
    ),
    "begin": lambda c, i, m, by: delivery.begin(m.of(Action.objects.filter(item=i)), by=by, now=NOW),
    "deliver": lambda c, i, m, by: delivery.deliver(
        m.of(Action.objects.filter(item=i)), claim="x", day=TODAY, by=by, now=NOW
    ),
    "take up again": lambda c, i, m, by: delivery.take_up_again(
        m.of(Action.objects.filter(item=i)), by=by, **REASON
    ),
    "pass on": lambda c, i, m, by: delivery.pass_on(i, body="x", by=by, **REASON),
    "take back": lambda c, i, m, by: delivery.take_back(i, by=by, **REASON),
    "ask date": lambda c, i, m, by: delivery.ask_new_date(
        m.of(Action.objects.filter(item=i)), day=TODAY + (m.pick + 3) * DAY, by=by, **REASON
    ),
    "decide date": lambda c, i, m, by: delivery.decide_new_date(
        m.of(TargetChange.objects.filter(action__item=i)), agreed=bool(m.pick % 2), by=by, **REASON
    ),
    "note position": lambda c, i, m, by: responses.note_position(
        i, position=m.of(["open", "closed", "complete"]), day=TODAY - m.pick * DAY, said_in="x", by=by, now=NOW
    ),
    "handle": lambda c, i, m, by: responses.set_handling(
        i, risk=m.of(["ordinary", "high"]), reviewers=m.pick % 2 + 1, by=by, **REASON
    ),
    "offer": lambda c, i, m, by: offer(c, i, by=by),  # type: ignore[arg-type]
    "accept": lambda c, i, m, by: accept_evidence(m.of(Evidence.objects.filter(item=i)), by=by, **REASON),
    "return": lambda c, i, m, by: return_evidence(m.of(Evidence.objects.filter(item=i)), by=by, **REASON),
    "review": lambda c, i, m, by: open_review(i, by=by, **REASON),
    "opine": lambda c, i, m, by: give_opinion(i, grade=m.of(GRADES), **SEEN, by=by, now=NOW),
    "audit": lambda c, i, m, by: record_audit_test(
        [i], audit=Audit(title="x", tested_on=TODAY), grade=m.of(GRADES), **SEEN, by=by, now=NOW
    ),
    "close": _close,
    "reopen": lambda c, i, m, by: reopen(i, by=by, **REASON),
    "bring": lambda c, i, m, by: bring_under_test(i, by=by, **REASON),
    "look": lambda c, i, m, by: record_look(
        m.of(Watch.objects.filter(item=i)), held=bool(m.pick % 2), words="x", by=by, now=NOW
    ),
    "explain": lambda c, i, m, by: explain_slide(
        m.of(Watch.objects.filter(item=i)), words="x", next_day=TODAY + DAY, by=by, now=NOW
    ),
    "mark watches": lambda c, i, m, by: look_at_watches(day=TODAY + 900 * DAY, by=by, now=NOW),
}
STEP_OF = {
    "respond": "accept", "refer": "refer-dispute", "advise": "record-advice", "decide dispute": "uphold-dispute",
    "allocate": "allocate", "change owner": "change-owner", "begin": "begin", "deliver": "deliver",
    "take up again": "take-up-again", "pass on": "pass-on", "take back": "take-back", "ask date": "ask-new-date",
    "decide date": "agree-new-date", "note position": "note-position", "handle": "allocate",
    "offer": "submit-evidence", "accept": "accept-evidence", "return": "return-evidence", "review": "open-review",
    "opine": "give-opinion", "audit": "record-audit-test", "close": "sign-off", "reopen": "reopen",
    "bring": "bring-under-test", "look": "look-at-watch", "explain": "explain-watch",
}  # fmt: skip
"""The step of the table that a move tries."""
TOWARDS_CLOSING = ("offer", "accept", "accept", "opine", "opine", "opine", "audit", "close", "close", "review")


def roam(
    cast: Cast, item: Item, seed: int, *, roles: Sequence[str] = tuple(ROLES), steps: int = 25
) -> Iterator[Move]:
    """A walk by chance, most of whose moves the table allows as the item stands: else few would come to an end."""
    chance = Random(seed)
    for _ in range(steps):
        held = Item.objects.get(pk=item.pk)
        name = chance.choice(TOWARDS_CLOSING if chance.random() < 0.4 else list(DOES))
        role = chance.choice(roles)
        if chance.random() < 0.8:
            able = [(n, r) for n in DOES for r in roles if n in STEP_OF and _may(held, STEP_OF[n], r)]
            wanted = [each for each in able if each[0] == name] or able
            name, role = chance.choice(wanted) if wanted else (name, role)
        yield from walk(cast, item, [Move(name, role, chance.randrange(12))])


def _may(item: Item, step: str, role: str) -> bool:
    rule = load_steps()[step]
    open_ = item.closing == "open" or rule.fact in ("position", "closing")
    return open_ and role in rule.roles and rule.begins_in(getattr(item, rule.fact))


def walk(cast: Cast, item: Item, plan: Iterable[Move]) -> Iterator[Move]:
    """Takes each move that is not refused, and gives it when it is taken."""
    for move in plan:
        by: Actor = OwnerByLink(cast.owners["The owner in person"]) if move.role == "link" else cast[move.role]
        try:
            DOES[move.name](cast, item, move, by)
        except PlainError:
            continue
        yield move
