"""How is a proposal said in one line to the person who decides it?"""

from __future__ import annotations

from bluelamp.intake.models import Proposal
from bluelamp.intake.rules import DOCUMENT_DETAIL

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
        case "template_row":
            return _shorten(" ".join(str(fields[name]) for name in ("ref", "text") if fields.get(name)))
        case "grade_distribution":
            counts = ", ".join(f"{_spoken(grade).lower()} {n}" for grade, n in fields.get("counts", {}).items())
            return f"{_spoken(fields.get('area'))}: {counts}"
        case kind if kind == DOCUMENT_DETAIL:
            name, value = str(fields["name"]), str(fields["value"])
            return f"{_spoken(name)}: {value if name in ('title', 'published', 'subject', 'publisher') else _spoken(value)}"
        case _:
            return proposal.label


def _spoken(slug: object) -> str:
    words = str(slug or "").replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def _shorten(words: str) -> str:
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + "…"
