"""What is said to a person when something cannot be done?"""

from __future__ import annotations


class PlainError(Exception):
    """The message is one plain sentence: what is wrong, where, and what to do. Commands print it and exit 2."""
