"""Which fields of a proposal can a person correct on a form, and what did they send?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from bluelamp.inspections.facts import FINDING_TYPES, MENTION_NATURES, PRACTICE_TYPES
from bluelamp.inspections.frameworks import Framework, load_frameworks
from bluelamp.inspections.reading.criticism_sentences import strength_order
from bluelamp.intake.families import FAMILIES
from bluelamp.intake.models import Proposal
from bluelamp.intake.preparing import framework_of
from bluelamp.intake.rules import DOCUMENT_DETAIL
from bluelamp.intake.stored_facts import TYPES
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.queries import find_forces

SECTIONS = ("issue_of_concern", "area_for_improvement", "cause_of_concern", "recommendation")
LISTS = frozenset({"parts", "notes"})
NUMBERS = frozenset({"value", "half_width", "n"})
LONG = frozenset({"title", "text", "problem", "solution", "outcomes", "action", "concern", "reason", "subject"})
NOT_HERE = frozenset({"pages", "deadline", "name", "about"})
"""Fields that follow from others, or are not of one line."""


@dataclass(frozen=True)
class Choice:
    value: str
    label: str


@dataclass(frozen=True)
class FormField:
    """One field of the form. `shape` is "choice", "long", "lines" or "short"."""

    name: str
    label: str
    value: str
    shape: str
    choices: tuple[Choice, ...] = ()


def can_correct(proposal: Proposal) -> bool:
    return proposal.kind in TYPES or proposal.kind == DOCUMENT_DETAIL


def make_fields(proposal: Proposal, sent: Mapping[str, str] | None = None) -> list[FormField]:
    """The form for a proposal, with the values it has now or, after a fault, what was sent."""
    framework = _framework_meant(proposal)
    made = []
    for name, value in _flat(proposal.corrected or proposal.fields).items():
        shown = sent.get(name, "") if sent is not None else _shown(value)
        made.append(_field(proposal, name, shown, framework))
    return made


def _framework_meant(proposal: Proposal) -> Framework | None:
    """The document's framework; while nobody has accepted one, the one that is proposed."""
    found = framework_of(proposal.document)
    if found:
        return found
    details = proposal.document.proposals.filter(kind=DOCUMENT_DETAIL, superseded=False)
    slug = next((each.fields["value"] for each in details if each.fields["name"] == "framework"), "")
    return load_frameworks(settings.WORKSPACE_DEFINITIONS).get(slug)


def _flat(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of one line each; the counts of a distribution stand one by one."""
    flat: dict[str, Any] = {}
    for name, value in fields.items():
        if name == "counts" and isinstance(value, dict):
            flat |= {f"counts.{grade}": count for grade, count in value.items()}
        elif name not in NOT_HERE and (name in LISTS or not isinstance(value, dict | list)):
            flat[name] = value
    return flat


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(str(each) for each in value)
    return "" if value is None else str(value)


def _field(proposal: Proposal, name: str, value: str, framework: Framework | None) -> FormField:
    label = _label(proposal, name)
    choices = _choices(proposal, name, framework)
    if choices:
        if value not in {choice.value for choice in choices}:
            choices = (Choice(value, value), *choices)
        return FormField(name, label, value, "choice", choices)
    if name in LISTS:
        return FormField(name, label, value, "lines")
    return FormField(name, label, value, "long" if name in LONG or len(value) > 80 else "short")


def _label(proposal: Proposal, name: str) -> str:
    if proposal.kind == DOCUMENT_DETAIL:
        name = str(proposal.fields["name"])
    name = name.replace("counts.", "Forces given ").replace("_", " ").replace("-", " ")
    return name[:1].upper() + name[1:]


def _choices(proposal: Proposal, name: str, framework: Framework | None) -> tuple[Choice, ...]:
    if proposal.kind == DOCUMENT_DETAIL:
        return _detail_choices(str(proposal.fields["name"]))
    if name == "type" and proposal.kind in ("finding", "practice"):
        return _spoken(FINDING_TYPES if proposal.kind == "finding" else PRACTICE_TYPES)
    if name == "section" and proposal.kind == "template_row":
        return _spoken(SECTIONS)
    if name == "nature":
        return _spoken(MENTION_NATURES)
    if name == "critical":
        return (Choice("", "Criticises nothing"), *_spoken(tuple(strength_order())))
    if framework is None:
        return ()
    if name in ("grade", "previous_grade"):
        none = "Not graded" if name == "grade" else "Not printed"
        return (Choice("", none), *(Choice(grade.slug, grade.name) for grade in framework.grades))
    if name == "area":
        return (Choice("", "No area"), *(Choice(area.slug, area.name) for area in framework.areas))
    if name == "direction" and framework.directions:
        return (Choice("", "Not printed"), *_spoken(framework.directions))
    return ()


def _detail_choices(name: str) -> tuple[Choice, ...]:
    if name == "family":
        return _spoken(FAMILIES)
    if name == "framework":
        frameworks = load_frameworks(settings.WORKSPACE_DEFINITIONS).values()
        return (Choice("", "None"), *(Choice(each.slug, each.name) for each in frameworks))
    if name == "subject":
        return tuple(Choice(force.code, force.name) for force in find_forces())
    return ()


def _spoken(slugs: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(slug, slug.replace("_", " ").replace("-", " ").capitalize()) for slug in slugs)


def read_corrections(proposal: Proposal, sent: Mapping[str, str]) -> dict[str, Any]:
    """Only what differs from the values it has now, in their shape. Raises PlainError for a broken count."""
    corrected: dict[str, Any] = {}
    now = proposal.corrected or proposal.fields
    for name, value in _flat(now).items():
        words = sent.get(name, _shown(value)).replace("\r\n", "\n").strip()
        if words == _shown(value).strip():
            continue
        if name.startswith("counts."):
            counts = corrected.setdefault("counts", dict(now["counts"]))
            counts[name.removeprefix("counts.")] = _whole_number(words)
        else:
            corrected[name] = _as_read(name, value, words)
    return corrected


_MAY_BE_NONE = ("grade", "previous_grade", "direction", "critical")


def _as_read(name: str, value: Any, words: str) -> Any:
    if name in LISTS:
        return [line.strip() for line in words.split("\n") if line.strip()]
    if not words and (value is None or name in NUMBERS or name in _MAY_BE_NONE):
        return None
    return words


def _whole_number(words: str) -> int:
    if not words.isdecimal() or len(words) > 6:
        raise PlainError(f"“{words}” is not a number of forces: write it in digits.")
    return int(words)
