"""How is a proposal said in one line to the person who decides it?"""

from __future__ import annotations

from django.conf import settings

from bluelamp.documents.published import say_published
from bluelamp.inspections.frameworks import load_frameworks
from bluelamp.intake.models import Proposal
from bluelamp.intake.rules import DOCUMENT_DETAIL
from bluelamp.organisations.bodies import load_bodies

LONGEST = 300


def say_heading(proposal: Proposal) -> str:
    """What it says; its sort stands beside it."""
    fields = {**proposal.fields, **(proposal.corrected or {})}
    match proposal.kind:
        case "judgement":
            area = fields.get("printed_area") or _spoken(fields.get("area"))
            return f"{area}: {_spoken(fields.get('grade')) or 'inspected, not graded'}"
        case "finding" | "practice":
            words = fields.get("title") or fields.get("text") or fields.get("problem")
            return _shorten(str(words)) if words else proposal.label
        case "mention":
            asks = fields.get("nature") == "recommendation_to_all" and fields.get("number")
            return _shorten(f"{fields['number']}: {fields['text']}" if asks else str(fields["text"]))
        case "undertaking":
            return _shorten(" ".join(str(fields[name]) for name in ("number", "text") if fields.get(name)))
        case "template_row":
            return _shorten(" ".join(str(fields[name]) for name in ("ref", "text") if fields.get(name)))
        case "grade_distribution":
            counts = ", ".join(f"{_spoken(grade).lower()} {n}" for grade, n in fields.get("counts", {}).items())
            return f"{_spoken(fields.get('area'))}: {counts}"
        case kind if kind == DOCUMENT_DETAIL:
            return f"{say_name(str(fields['name']))}: {say_detail(str(fields['name']), str(fields['value']))}"
        case _:
            return proposal.label


def say_name(name: str) -> str:
    """What a document's detail is called on every page: its subject is the force it is about."""
    return "Force" if name == "subject" else _spoken(name)


def say_detail(name: str, value: str) -> str:
    """The value of a document's detail in words."""
    match name:
        case "published":
            return say_published(value)
        case "subject" | "publisher":
            body = load_bodies(settings.WORKSPACE_DEFINITIONS).get(value)
            return body.name if body else value
        case "framework":
            framework = load_frameworks(settings.WORKSPACE_DEFINITIONS).get(value)
            return framework.name if framework else value
        case "family":
            return _spoken(value)
        case _:
            return value


def _spoken(slug: object) -> str:
    words = str(slug or "").replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def _shorten(words: str) -> str:
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + "…"
