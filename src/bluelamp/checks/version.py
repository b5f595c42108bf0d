"""Which checker found this? What an older one found is found again."""

from __future__ import annotations

from typing import Final

CHECKER_VERSION: Final = 2
"""Raised when what is checked, or how, changes; a check that is kept is then made again."""
