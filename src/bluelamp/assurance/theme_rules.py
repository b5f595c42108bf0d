"""Who may say what an item is about? Pure."""

from __future__ import annotations

from typing import Any

from bluelamp.assurance.themes import Theme, load_themes
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.rules import NotAllowedError, role_of

THEMING_ROLES = frozenset({"administrator", "liaison", "lpb_officer", "analyst", "auditor"})
"""Who may accept a theme and take it away: those who bring items together to find what returns."""


def check_can_theme(by: Any) -> None:
    if role_of(by) not in THEMING_ROLES:
        raise NotAllowedError(
            "Themes are accepted by an inspection liaison officer, an officer of the local policing body, "
            "an analyst, an auditor or an administrator."
        )


def can_theme(by: Any) -> bool:
    try:
        check_can_theme(by)
    except NotAllowedError:
        return False
    return True


def find_theme(slug: str) -> Theme:
    """The theme of the vocabulary, or one sentence about what there is."""
    theme = load_themes().get(slug)
    if theme is None:
        raise PlainError(f"There is no theme “{slug[:60]}”: choose one of the vocabulary.")
    return theme
