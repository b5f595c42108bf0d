"""What do several independent opinions come to, and who may see one before all of them are given? Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bluelamp.lib.errors import PlainError

FAR_APART = 2
"""Steps of the scale: opinions that differ by more than one grade are shown as a disagreement."""


@dataclass(frozen=True)
class ReviewEnd:
    """A review of an item by its number; `grade` is empty while it is open, and where it ended without one."""

    number: int
    grade: str


def check_opinion(*, grade: str, looked_at: str, grades: Sequence[str]) -> None:
    """Can these be kept as an opinion? `grades` is the vocabulary, best first."""
    if grade not in grades:
        raise PlainError(f"An opinion is one of {', '.join(grades)}; “{grade}” is none of them.")
    if not looked_at.strip():
        raise PlainError("Say what you looked at: an opinion rests on something seen.")


def find_lowest(given: Iterable[str], grades: Sequence[str]) -> str:
    """The worst of the grades given: what the review comes to."""
    return max(given, key=grades.index)


def count_steps_apart(given: Iterable[str], grades: Sequence[str]) -> int:
    """How many steps of the scale lie between the best and the worst; a grade the scale has lost is left out."""
    places = [grades.index(grade) for grade in given if grade in grades]
    return max(places) - min(places) if places else 0


def is_disclosed(review: int, ends: Iterable[ReviewEnd]) -> bool:
    """May others than its giver see an opinion of the review with this number?

    Once that review has a grade; or, where it ended without one (something changed before all had given theirs),
    once a later one has: its reviewers may be the same people, still to give theirs.
    """
    return any(end.grade and end.number >= review for end in ends)


def say_given(given: int, wanted: int) -> str:
    """All that anybody learns of an open review: "1 of 2 given"."""
    return f"{given} of {wanted} given"


def say_sample(*, sample: int | None, passed: int | None, population: int | None) -> str:
    """ "28 of 30 passed, of a population of 412"; empty where no sample was drawn."""
    if sample is None:
        return ""
    result = f"{passed} of {sample} passed" if passed is not None else f"{sample} tested, the result not recorded"
    return f"{result}, of a population of {population:,}" if population is not None else result


def check_sample(*, sample: int | None, passed: int | None, population: int | None) -> None:
    """Can these be the counts of one test?"""
    if any(count is not None and count < 0 for count in (sample, passed, population)):
        raise PlainError("The counts of a test are not below nought.")
    if sample == 0:
        raise PlainError("A sample has at least one in it; leave it empty where none was drawn.")
    if passed is not None and sample is None:
        raise PlainError("Say how many were tested, not only how many passed.")
    if passed is not None and sample is not None and passed > sample:
        raise PlainError(f"{passed} cannot have passed where {sample} were tested.")
    if population is not None and sample is not None and sample > population:
        raise PlainError(f"A sample of {sample} cannot be drawn from {population}.")
