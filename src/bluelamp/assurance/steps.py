"""Which steps may be taken with an item, from which state to which, and by whom? A table of the definitions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bluelamp.lib.definitions import SHIPPED, DefinitionError, read_definition

FACTS = ("response", "delivery", "assurance", "position", "closing")
OWN = ("any", "mine", "not-mine")
ANY, GRADED = "any", "graded"
UNGRADED = ("untested", "testing")
"""The states of assurance that are no opinion; every other word of its vocabulary is a grade."""


@dataclass(frozen=True, kw_only=True)
class StepRule:
    """One line of the table. `to` is empty where the step leaves the fact as it is."""

    fact: str
    step: str
    says: str  # "dispute the point": what comes after "cannot"
    roles: tuple[str, ...]
    own: str  # one of OWN
    to: str = ""
    from_: tuple[str, ...] = ()
    reason: bool = False

    def begins_in(self, state: str) -> bool:
        graded = self.fact == "assurance" and state not in UNGRADED
        return self.from_ == (ANY,) or state in self.from_ or (graded and GRADED in self.from_)


@dataclass(frozen=True, kw_only=True)
class _StepList:
    steps: tuple[dict[str, object], ...]


@lru_cache(maxsize=1)
def load_steps() -> dict[str, StepRule]:
    """Every step by its name, in the order of the table. A fault in the table is said with the step's name."""
    path = SHIPPED / "vocabularies" / "transitions.yaml"
    found: dict[str, StepRule] = {}
    for raw in read_definition(path, _StepList).steps:
        rule = _make_rule(raw, path.name)
        if rule.step in found:
            raise DefinitionError(f"{path.name}: the step {rule.step} is there twice")
        found[rule.step] = rule
    return found


def _make_rule(raw: dict[str, object], file_name: str) -> StepRule:
    unknown = set(raw) - {"fact", "step", "from", "to", "roles", "own", "reason", "says"}
    if unknown:
        raise DefinitionError(
            f"{file_name}: {raw.get('step')} has {', '.join(sorted(unknown))}, which means nothing"
        )
    begins, roles = raw.get("from", ()), raw.get("roles", ())
    rule = StepRule(
        fact=str(raw.get("fact", "")),
        step=str(raw.get("step", "")),
        says=str(raw.get("says", "")),
        roles=tuple(str(role) for role in roles) if isinstance(roles, list) else (),
        own=str(raw.get("own", "")),
        to=str(raw.get("to", "")),
        from_=tuple(str(state) for state in begins) if isinstance(begins, list) else (),
        reason=bool(raw.get("reason", False)),
    )
    if (
        rule.fact not in FACTS
        or rule.own not in OWN
        or not (rule.step and rule.says and rule.roles and rule.from_)
    ):
        raise DefinitionError(
            f"{file_name}: the step {rule.step or raw} lacks its fact, states, roles, own or says"
        )
    return rule
