"""What does an item need before it may be signed off, by its kind and risk, and what does it lack?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bluelamp.lib.definitions import DefinitionError, find_definitions, read_definition


@dataclass(frozen=True, kw_only=True)
class ClosingPolicy:
    """`opinion` is the lowest grade that suffices; codes `without_proof` need a reason and an authority only."""

    slug: str
    says: str
    kinds: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    evidence: int = 1
    opinion: str = "reasonable"
    reviewers: int = 1
    watch: bool = True
    without_proof: tuple[str, ...] = ()

    def fits(self, kind: str, risk: str) -> bool:
        if not self.kinds and not self.risks:
            return True
        return kind in self.kinds or risk in self.risks


@dataclass(frozen=True, kw_only=True)
class ClosingPolicyList:
    policies: tuple[ClosingPolicy, ...]


@lru_cache(maxsize=4)
def load_policies(extra: Path | None = None) -> tuple[ClosingPolicy, ...]:
    """A workspace's own policies come before the shipped ones; the last shipped one fits everything."""
    paths = [path for path in find_definitions("policies", extra) if path.stem == "closing"]
    lists = [read_definition(path, ClosingPolicyList).policies for path in paths]
    policies = tuple(policy for found in reversed(lists) for policy in found)
    if not policies or not policies[-1].fits("", ""):
        raise DefinitionError("closing.yaml: the last policy must fit every item (no kinds, no risks)")
    return policies


def policy_for(kind: str, risk: str, policies: Sequence[ClosingPolicy]) -> ClosingPolicy:
    """`kind` is the item's, or for a recommendation under a cause of concern that of its parent as well."""
    return next(policy for policy in policies if policy.fits(kind, risk))


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What an item has to show. `grades` are of its last closed review, best first in the vocabulary's order."""

    accepted_evidence: int
    grade: str
    opinions: int
    review_open: bool
    has_watch: bool
    code: str
    reason: str
    authority_words: str


def find_lacks(policy: ClosingPolicy, proof: Proof, *, grades: Sequence[str]) -> list[str]:
    """Each thing the policy asks that is not there, as a sentence; none: it may be signed off.

    `grades` is the vocabulary of opinions, best first.
    """
    lacks = []
    if not proof.reason.strip():
        lacks.append("A sign-off needs its reason.")
    if not proof.authority_words.strip():
        lacks.append("A sign-off needs its authority: the minute or letter that decided it.")
    if proof.code in policy.without_proof:
        return lacks
    if proof.accepted_evidence < policy.evidence:
        lacks.append(_say_evidence(policy.evidence, proof.accepted_evidence))
    if proof.review_open:
        lacks.append("A review of this item is still open.")
    if proof.opinions < policy.reviewers:
        wanted = "an opinion" if policy.reviewers == 1 else f"{policy.reviewers} opinions"
        lacks.append(f"It needs {wanted} of somebody who does not own it, and has {proof.opinions}.")
    elif proof.grade not in grades or grades.index(proof.grade) > grades.index(policy.opinion):
        lacks.append(f"Its opinion must be {policy.opinion} or better; it is {proof.grade or 'not given'}.")
    if policy.watch and not proof.has_watch:
        lacks.append("Say what should stay true: an indicator, a sample audit or a date.")
    return lacks


def _say_evidence(wanted: int, held: int) -> str:
    pieces = "a piece" if wanted == 1 else f"{wanted} pieces"
    return f"It needs {pieces} of accepted evidence, and has {held or 'none'}."
