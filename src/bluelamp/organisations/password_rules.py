"""Is a password too simple although it is long? A word said twice, a run of keys, a few letters only."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FEWEST_LETTERS = 5
_ROWS = ("0123456789" * 3, "abcdefghijklmnopqrstuvwxyz" * 2, "qwertyuiopasdfghjklzxcvbnm" * 2)


class TooSimpleValidator:
    """The list of well-known passwords holds few that are long; these are what people make of the short ones."""

    def validate(self, password: str, user: object = None) -> None:
        if is_too_simple(password):
            raise ValidationError(
                _("This password repeats itself or follows the keyboard: use words that have nothing in common."),
                code="password_too_simple",
            )

    def get_help_text(self) -> str:
        return _("Your password can’t be one word said twice, or a run of keys.")


def is_too_simple(password: str) -> bool:
    plain = password.lower()
    repeats = plain in (plain + plain)[1:-1]  # only of a text that is made of one part said again
    row = any(plain in keys or plain[::-1] in keys for keys in _ROWS)
    return len(set(plain)) < FEWEST_LETTERS or repeats or row
