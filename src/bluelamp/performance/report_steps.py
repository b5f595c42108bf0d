"""Which steps may be taken with a report, from which state to which, and by whom? A table of the definitions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bluelamp.lib.definitions import SHIPPED, DefinitionError, read_definition

OWN = ("any", "asked", "no-part")
NONE = "none"
"""The state of a report that is not begun."""


@dataclass(frozen=True, kw_only=True)
class ReportState:
    slug: str
    name: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class ReportStep:
    """One line of the table. `to` is empty where the step leaves the state as it is."""

    step: str
    says: str  # "sign the report off": what comes after "cannot"
    roles: tuple[str, ...]
    own: str  # one of OWN
    from_: tuple[str, ...]
    to: str = ""
    reason: bool = False


@dataclass(frozen=True, kw_only=True)
class _Table:
    states: tuple[ReportState, ...]
    steps: tuple[dict[str, object], ...]


@lru_cache(maxsize=1)
def _read_table() -> _Table:
    return read_definition(SHIPPED / "vocabularies" / "report-steps.yaml", _Table)


@lru_cache(maxsize=1)
def load_report_states() -> dict[str, ReportState]:
    """The states by their slugs, in the order in which a report passes through them."""
    return {state.slug: state for state in _read_table().states}


@lru_cache(maxsize=1)
def load_report_steps() -> dict[str, ReportStep]:
    """Every step by its name; DefinitionError names what is wrong with one."""
    found = [_make_step(raw) for raw in _read_table().steps]
    return {step.step: step for step in found}


def _make_step(raw: dict[str, object]) -> ReportStep:
    unknown = set(raw) - {"step", "from", "to", "roles", "own", "reason", "says"}
    begins, roles = raw.get("from"), raw.get("roles")
    step = ReportStep(
        step=str(raw.get("step", "")),
        says=str(raw.get("says", "")),
        roles=tuple(map(str, roles)) if isinstance(roles, list) else (),
        own=str(raw.get("own", "")),
        from_=tuple(map(str, begins)) if isinstance(begins, list) else (),
        to=str(raw.get("to", "")),
        reason=bool(raw.get("reason", False)),
    )
    strange = {*step.from_, *filter(None, [step.to])} - {NONE, *load_report_states()}
    if unknown or strange or step.own not in OWN or not (step.step and step.says and step.roles and step.from_):
        raise DefinitionError(f"report-steps.yaml: the step {step.step or raw} is not complete, or names no state")
    return step
