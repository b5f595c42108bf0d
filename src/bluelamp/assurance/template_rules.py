"""Who may send a template out, and who may take answers from one that came back?"""

from __future__ import annotations

from typing import Any

from bluelamp.organisations.rules import NotAllowedError, role_of

SENDERS = frozenset({"administrator", "liaison", "lpb_officer"})
MOST_ROWS = 6_000  # of a file that comes back: every item, and what people add
MOST_ITEMS = 5_000
"""In one template; a file of more is more than anybody fills in, and slow to open in Word."""


def check_can_use_templates(by: Any) -> None:
    if role_of(by) not in SENDERS:
        raise NotAllowedError(
            "Templates are sent and read back by inspection liaison officers and officers of the local policing"
            " body."
        )


def can_use_templates(by: Any) -> bool:
    try:
        check_can_use_templates(by)
    except NotAllowedError:
        return False
    return True
