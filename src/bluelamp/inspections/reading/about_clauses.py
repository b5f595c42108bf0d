"""Of which forces does each clause of a sentence speak?"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bluelamp.inspections.reading.about_exclusion_words import phrase_compared
from bluelamp.inspections.reading.about_lists import split_runs
from bluelamp.inspections.reading.about_names import Name


@dataclass(frozen=True, slots=True)
class Clause:
    text: str
    start: int
    end: int
    runs: tuple[tuple[Name, ...], ...]

    def before(self, position: int) -> tuple[Name, ...] | None:
        """The forces that are the subject of a phrase at `position`."""
        found = [run for run in self.runs if run[-1].end <= position]
        run = found[-1] if found else None
        if run is None or _ENDS_BUT.search(self.text[max(self.start, run[0].start - 30) : run[0].start]):
            return None
        return None if _OTHERS.search(self.text, run[-1].end, position) else run

    def after(self, position: int, reach: int = 400) -> tuple[Name, ...] | None:
        return next((run for run in self.runs if position <= run[0].start <= position + reach), None)


_CLAUSE_END = re.compile(
    r";\s|,?(?<!\ball)\s(?:but|whereas|while|although|though|however)\s|(?<=[a-z)])[.!?]\d{0,3}\s(?=[A-Z])"
)
_ENDS_BUT = re.compile(
    r"\b(?:except(?:\sfor)?|exception\sof|other\sthan|apart\sfrom|all\sbut|bar)\s(?:the\s)?$", re.I
)
_OTHERS = re.compile(
    r"(?<!one\sof\s)(?<!among\s)(?<!one\sof\sthe\s)(?<!among\sthe\s)\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|some|several|many|most|other|no|all)"
    r"(?:\s(?:other|of|the|police))*\sforces?\b",
    re.I,
)


def find_clauses(text: str, names: Sequence[Name]) -> list[Clause]:
    lists = [(run[0].start, run[-1].end) for run in split_runs(text, names)]
    ends = (found.end() for found in _CLAUSE_END.finditer(text))
    cuts = [0, *(end for end in ends if not any(a < end < b for a, b in lists)), len(text)]
    compared = [found.end() for found in phrase_compared().finditer(text)]
    clauses = []
    for start, end in itertools.pairwise(cuts):
        inside = [name for name in names if start <= name.start < end]
        runs = tuple(
            tuple(run)
            for run in split_runs(text, inside)
            if not any(0 <= run[0].start - place <= _NEAR for place in compared)
        )
        clauses.append(Clause(text[:end], start, end, runs))
    return clauses


_NEAR = 6  # characters between "unlike" and a name: a space, "the"


def clause_about(text: str, names: Sequence[Name], code: str) -> str:
    """The words of a sentence that speak of the force `code`: all of them, unless other clauses speak of others.

    "" where it is only what another force is compared with ("Unlike Calder Vale, ...").
    """
    own = next((name for name in names if name.code == code), None)
    if own is None:
        return ""
    clauses = find_clauses(text, names)
    held = next(clause for clause in clauses if clause.start <= own.start < clause.end)
    if not any(own in run for run in held.runs):
        return ""
    elsewhere = any(clause.runs for clause in clauses if clause is not held)
    return text[held.start : held.end] if elsewhere else text
