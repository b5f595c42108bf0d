"""May this proposal be accepted, rejected or reconsidered, and by whom?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bluelamp.organisations.rules import DECIDING_ROLES, NotAllowedError, role_of

PROPOSED, ACCEPTED, REJECTED = "proposed", "accepted", "rejected"
DOCUMENT_DETAIL = "document_detail"

NEED_A_FORCE = frozenset(
    {
        "judgement",
        "grade_distribution",
        "finding",
        "practice",
        "closure",
        "statistic",
        "template_row",
        "mention",
        "undertaking",
    }
)
"""Facts about a force: they become items or stand beside its inspection. A mention names its force itself."""

NEED_A_FRAMEWORK = frozenset({"judgement", "grade_distribution"})
"""Facts that mean nothing without the scale they are on."""

TRANSITIONS: Mapping[str, Mapping[str, str]] = {
    "accept": {PROPOSED: ACCEPTED},
    "reject": {PROPOSED: REJECTED},
    "reconsider": {REJECTED: PROPOSED},
}
"""What follows what. An accepted item has a reference that people may have said aloud: it is never undone."""


@dataclass(frozen=True, kw_only=True)
class About:
    """What the rules need to know of the document that a proposal is from."""

    force: str  # code; "" where nobody has said which
    proposed_force: str  # name of the force that is proposed; "" where none is
    framework: str
    year_known: bool
    other_organisation: bool = False  # it belongs to another organisation than the person's


def check_can_decide(by: Any, about: About | None = None) -> None:
    """May this person decide proposals at all?"""
    if role_of(by) not in DECIDING_ROLES:
        raise NotAllowedError(
            "Your role lets you read proposals; accepting and rejecting them is for liaison officers."
        )
    if about and about.other_organisation:
        raise NotAllowedError(
            "This document belongs to another organisation, which decides what is accepted from it."
        )


def can_decide(by: Any, about: About | None = None) -> bool:
    return _allows(lambda: check_can_decide(by, about))


def check_can_accept(kind: str, state: str, about: About, *, same_words_accepted: bool = False) -> None:
    """May a proposal of this kind and state be accepted, given what is known of its document?"""
    _check_transition("accept", state)
    if same_words_accepted:
        raise NotAllowedError(
            "An earlier reading of these words is already accepted; correct that item, or reject this reading."
        )
    if kind in NEED_A_FORCE and not about.force:
        raise NotAllowedError(_say_which_force(about))
    if kind in NEED_A_FRAMEWORK and not about.framework:
        raise NotAllowedError(
            "It is not known which inspection framework this document is written to: say which before its grades"
            " are accepted."
        )
    if kind in NEED_A_FORCE and not about.year_known:
        raise NotAllowedError(
            "It is not known when this document was published: say the date or the year before its items are"
            " numbered (--published, or the document's page)."
        )


def _say_which_force(about: About) -> str:
    if about.proposed_force:
        return (
            f"Say first which force this document is about: accept the proposed force, {about.proposed_force},"
            " or name another."
        )
    return (
        "It is not known which force this document is about: say which before its items are accepted"
        " (--force CODE, or the document's page)."
    )


def can_accept(kind: str, state: str, about: About, *, same_words_accepted: bool = False) -> bool:
    return _allows(lambda: check_can_accept(kind, state, about, same_words_accepted=same_words_accepted))


def check_can_reject(state: str, reason: str) -> None:
    _check_transition("reject", state)
    if not reason.strip():
        raise NotAllowedError("Say in a few words why this is rejected.")


def can_reject(state: str) -> bool:
    return state in TRANSITIONS["reject"]


def check_can_correct(state: str, reason: str) -> None:
    """What was accepted may be corrected; what waits is corrected as it is accepted."""
    if state != ACCEPTED:
        raise NotAllowedError(f"This proposal is {state}: correct it as you accept it.")
    if not reason.strip():
        raise NotAllowedError("Say in a few words why this is corrected.")


def can_correct(state: str) -> bool:
    return state == ACCEPTED


def check_can_reconsider(state: str) -> None:
    _check_transition("reconsider", state)


def can_reconsider(state: str) -> bool:
    return state in TRANSITIONS["reconsider"]


def _check_transition(step: str, state: str) -> None:
    if state not in TRANSITIONS[step]:
        raise NotAllowedError(f"This proposal is {state}, so it cannot be {_DONE[step]}.")


_DONE = {"accept": "accepted", "reject": "rejected", "reconsider": "reconsidered"}


def _allows(check: Any) -> bool:
    try:
        check()
    except NotAllowedError:
        return False
    return True
