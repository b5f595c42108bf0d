"""Does what a report says of a force criticise it, and how hard?"""

from __future__ import annotations

from collections.abc import Sequence

from bluelamp.inspections.reading.about_clauses import clause_about
from bluelamp.inspections.reading.about_names import Name
from bluelamp.inspections.reading.criticism_sentences import judge_sentence, strength_order

_FEWEST_WORDS = 6  # of a cell that may say something


def find_strength(text: str, names: Sequence[Name], code: str) -> str | None:
    """The strength of the criticism that a sentence makes of the force `code`; None where it makes none of it."""
    words = clause_about(text, names, code)
    return judge_sentence(words, national=True).strength or None if words else None


def find_strength_of_cells(texts: Sequence[str]) -> str | None:
    """The hardest criticism in the cells of a force's row, where a cell is a sentence."""
    found = [judge_sentence(text, national=True).strength for text in texts if len(text.split()) >= _FEWEST_WORDS]
    return max(filter(None, found), key=strength_order().__getitem__, default=None)
