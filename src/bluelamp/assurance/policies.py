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


def find_policy(
    about: Sequence[tuple[str, str]], policies: Sequence[ClosingPolicy], *, grades: Sequence[str]
) -> ClosingPolicy:
    """What an item must meet: the policies of its own kind and risk, and of its parent's, all of them at once."""
    found = list(dict.fromkeys(policy_for(kind, risk, policies) for kind, risk in about))
    for policy in found:
        if policy.opinion not in grades:
            raise DefinitionError(
                f"closing.yaml: the policy {policy.slug} asks for the opinion {policy.opinion},"
                " which opinions.yaml does not have"
            )
    return found[0] if len(found) == 1 else _join(found, grades)


def _join(found: Sequence[ClosingPolicy], grades: Sequence[str]) -> ClosingPolicy:
    """The strictest of each thing asked. Where one of the policies asks all of it, it is that one."""
    codes = set.intersection(*(set(policy.without_proof) for policy in found))
    joined = ClosingPolicy(
        slug="+".join(policy.slug for policy in found),
        says="; and ".join(policy.says for policy in found),
        evidence=max(policy.evidence for policy in found),
        opinion=min((policy.opinion for policy in found), key=grades.index),
        reviewers=max(policy.reviewers for policy in found),
        watch=any(policy.watch for policy in found),
        without_proof=tuple(sorted(codes)),
    )
    return next((policy for policy in found if _asks(policy) == _asks(joined)), joined)


def _asks(policy: ClosingPolicy) -> tuple[object, ...]:
    return policy.evidence, policy.opinion, policy.reviewers, policy.watch, set(policy.without_proof)


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What an item has to show.

    `grade` and `opinions` are of its last review that has a grade, given by people who do not own it now;
    `given` and `wanted` of the open one. `open_parts` are the points under it that are not signed off.
    """

    accepted_evidence: int
    grade: str
    opinions: int
    review_open: bool
    has_watch: bool
    code: str
    reason: str
    authority_words: str
    given: int = 0
    wanted: int = 0
    open_parts: tuple[str, ...] = ()
    dispute: str = ""  # open, upheld, not-upheld; of the last one
    successor: str = ""  # what supersedes it


SUPERSEDED, NOT_ACCEPTED = "superseded", "not-accepted"
DISPUTE_IS_MOOT = frozenset({SUPERSEDED, "no-longer-applicable"})


def find_lacks(policy: ClosingPolicy, proof: Proof, *, grades: Sequence[str]) -> list[str]:
    """Each thing the policy asks that is not there, as a sentence; none: it may be signed off.

    `grades` is the vocabulary of opinions, best first.
    """
    lacks = _find_unsaid(proof)
    if proof.code in policy.without_proof:
        return lacks
    if proof.accepted_evidence < policy.evidence:
        lacks.append(_say_evidence(policy.evidence, proof.accepted_evidence))
    if proof.review_open:
        lacks.append(f"A review of this item is still open: {proof.given} of {proof.wanted} opinions given.")
    else:
        lacks += _find_lacking_opinion(policy, proof, grades)
    if policy.watch and not proof.has_watch:
        lacks.append("Say what should stay true: an indicator, a sample audit or a date.")
    return lacks


def _find_unsaid(proof: Proof) -> list[str]:
    """What no code does without."""
    lacks = []
    if not proof.reason.strip():
        lacks.append("A sign-off needs its reason.")
    if not proof.authority_words.strip():
        lacks.append("A sign-off needs its authority: the minute or letter that decided it.")
    if proof.open_parts:
        are = "is" if len(proof.open_parts) == 1 else "are"
        lacks.append(f"What stands under it comes first: {', '.join(proof.open_parts)} {are} not signed off.")
    if proof.code == SUPERSEDED and not proof.successor:
        lacks.append("Name the item that supersedes it.")
    if proof.code == NOT_ACCEPTED and proof.dispute != "upheld":
        lacks.append("Only a point whose dispute was decided, and upheld, can be signed off as not accepted.")
    elif proof.dispute == "open" and proof.code not in DISPUTE_IS_MOOT:
        lacks.append("Its dispute is not decided yet.")
    return lacks


def _find_lacking_opinion(policy: ClosingPolicy, proof: Proof, grades: Sequence[str]) -> list[str]:
    lacks = []
    if proof.opinions < policy.reviewers:
        wanted = "an opinion" if policy.reviewers == 1 else f"{policy.reviewers} opinions"
        lacks.append(f"It needs {wanted} of somebody who does not own it, and has {proof.opinions or 'none'}.")
    if proof.opinions and (proof.grade not in grades or grades.index(proof.grade) > grades.index(policy.opinion)):
        lacks.append(f"Its opinion must be {policy.opinion} or better; it is {proof.grade or 'not given'}.")
    return lacks


def _say_evidence(wanted: int, held: int) -> str:
    pieces = "a piece" if wanted == 1 else f"{wanted} pieces"
    return f"It needs {pieces} of accepted evidence, and has {held or 'none'}."
