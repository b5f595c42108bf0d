"""Who may write the statutory response, and what does it need before it is published?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from bluelamp.lib.errors import PlainError
from bluelamp.organisations.rules import NotAllowedError, role_of

WRITERS = frozenset({"lpb_officer", "administrator"})
COMMENTERS = WRITERS | {"liaison"}
"""The chief officer's comments come through the force's liaison officer, or are recorded by the policing body."""


def check_can_write(by: Any) -> None:
    if role_of(by) not in WRITERS:
        raise NotAllowedError("The statutory response is written by officers of the local policing body.")


def check_can_comment(by: Any) -> None:
    if role_of(by) not in COMMENTERS:
        raise NotAllowedError("The chief officer’s comments are recorded by the force’s liaison officer.")


def can_write(by: Any) -> bool:
    return role_of(by) in WRITERS


def can_comment(by: Any) -> bool:
    return role_of(by) in COMMENTERS


def check_can_publish(
    *,
    unanswered: Sequence[str],
    chief_invited: dt.date | None,
    day: dt.date,
    published: dt.date,
    already: dt.date | None,
) -> None:
    """`unanswered`: references of the recommendations that the law wants answered and that have no entry."""
    if already:
        raise NotAllowedError("The response has been published already: a later version is a new document.")
    if chief_invited is None:
        raise NotAllowedError("The law has the chief officer invited to comment first: record when that was.")
    if unanswered:
        raise NotAllowedError(
            f"The law wants an answer to each recommendation; these have none: {', '.join(unanswered)}."
        )
    if day < published:
        raise PlainError("A response cannot be published before its report.")
