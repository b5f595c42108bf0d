"""Which steps lead an item from state to state, and who may take them? The page is drawn from the table itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bluelamp.assurance.policies import load_policies
from bluelamp.assurance.steps import ANY, FACTS, GRADED, UNGRADED, StepRule, load_steps
from bluelamp.organisations.rules import ROLES
from bluelamp.register.standing import load_states

TITLES = {
    "response": "Response: what the force says to the point",
    "delivery": "Delivery: what is being done, as its owner claims it",
    "assurance": "Assurance: what somebody who does not own it found",
    "position": "Position: what the inspectorate says",
    "closing": "Closing: whether it is signed off here",
}
INTRODUCTION = """# The states of an item

Five facts stand beside each other about every item, never one status: what the force answers, what its owner
claims, what an independent tester found, what the inspectorate says, and how it stands against its dates (which
is worked out, so nobody takes a step with it). Whether it is signed off here is said apart. Each step below is an
event in the audit trail. A step that leaves the state as it is has no arrow.

While an item is signed off, or was closed elsewhere and not tested here, only steps of its position and its
closing may be taken.
"""
BY_ITSELF = """
What was tested is tested anew by itself when it changes: when new evidence is offered, evidence is returned, an
action is said to be delivered again, the item's words are corrected, or a signed-off item is reopened. A review
in which some opinions were given by then ends without a grade. Where two opinions are asked for, the item stays
"being tested" until both are given, neither reviewer sees the other's before that, and the lower one stands.
"""
WHOSE = {
    "any": "anybody with the role",
    "mine": "of owners, those only whose item or action it is",
    "not-mine": "nobody who owns the item or one of its actions",
}


def make_states_page() -> str:
    """Every fact with its diagram and its table, then what a sign-off needs."""
    steps = load_steps().values()
    parts = [INTRODUCTION]
    for fact in FACTS:
        mine = [step for step in steps if step.fact == fact]
        parts += [f"## {TITLES[fact]}\n", *_meanings(fact), *_diagram(fact, mine), *_table(mine)]
        parts.append(BY_ITSELF if fact == "assurance" else "")
    return "\n".join([*parts, *_policies()])


def _meanings(fact: str) -> Iterator[str]:
    yield from (f"- **{state.name}**: {state.meaning}" for state in load_states(fact).values())
    yield ""


def _diagram(fact: str, steps: Iterable[StepRule]) -> Iterator[str]:
    """Nothing for a fact whose state may follow any other."""
    arrows = sorted({(begin, step.to, step.step) for step in steps if step.to for begin in step.from_})
    if not arrows:
        return
    yield "```mermaid"
    yield "stateDiagram-v2"
    first = next(iter(load_states(fact)))
    for slug, name in _drawn(fact).items():
        yield f'  state "{name}" as {_key(slug)}'
    yield f"  [*] --> {_key(first)}"
    for begin, end, step in arrows:
        yield f"  {_key(begin)} --> {_key(end)}: {step}"
    yield "```"
    yield ""


def _drawn(fact: str) -> dict[str, str]:
    """States by slug; all graded opinions are one, whatever their scale."""
    states = {state.slug: state.name for state in load_states(fact).values()}
    if fact != "assurance":
        return states
    grades = [states[slug] for slug in states if slug not in UNGRADED]
    return {slug: states[slug] for slug in UNGRADED} | {GRADED: f"Graded ({', '.join(grades)})"}


def _key(slug: str) -> str:
    return slug.replace("-", "_")


def _table(steps: Iterable[StepRule]) -> Iterator[str]:
    yield "| step | to do what | from | to | who may | whose | reason |"
    yield "|---|---|---|---|---|---|---|"
    for step in steps:
        begins = ", ".join("any" if word == ANY else word for word in step.from_)
        roles = "; ".join(ROLES[role] for role in step.roles)
        reason = "needed" if step.reason else ""
        to, whose = step.to or "stays", WHOSE[step.own]
        yield f"| {step.step} | {step.says} | {begins} | {to} | {roles} | {whose} | {reason} |"


def _policies() -> Iterator[str]:
    yield "## What a sign-off needs\n"
    yield "The first policy that fits an item is its own; a recommendation meets that of its cause of concern too."
    yield "Every sign-off has a code, a reason and an authority (a minute or a letter, cited).\n"
    yield "| policy | for | accepted evidence | opinion, at least | opinions | stays true | codes without proof |"
    yield "|---|---|---|---|---|---|---|"
    for policy in load_policies():
        watch = "named, and watched" if policy.watch else "not asked for"
        codes = ", ".join(policy.without_proof)
        yield (
            f"| {policy.slug} | {policy.says} | {policy.evidence} | {policy.opinion} | {policy.reviewers} |"
            f" {watch} | {codes} |"
        )
