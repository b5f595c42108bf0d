"""How is a fact said in one line, and its place in a few words?"""

from __future__ import annotations

from collections.abc import Sequence

from bluelamp.documents.citations import Citation
from bluelamp.documents.facts import Fact
from bluelamp.intake.wire import fact_fields

_FIRST_WORDS = ("nature", "reference", "code", "number", "ref", "type", "section", "printed_area", "area", "name")
_MAIN_WORDS = ("title", "statement", "text", "printed", "concern", "row", "line", "subject")
LONGEST = 160


def label_fact(fact: Fact) -> str:
    """One line for lists: what it is of, then its words."""
    fields = fact_fields(fact)
    if "nature" in fields:  # a mention's section is the heading it stands under, not its sort
        fields.pop("section")
    head = [str(fields[name]).replace("_", " ") for name in _FIRST_WORDS if fields.get(name)]
    grade = fields.get("grade", "") if "grade" in fields else None
    if grade is not None:
        head.append(str(grade).replace("-", " ") if grade else "not graded")
    main = next((str(fields[name]) for name in _MAIN_WORDS if fields.get(name)), "")
    return _shorten(": ".join(part for part in (", ".join(head[:3]), main) if part) or fact.kind)


def _shorten(words: str) -> str:
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rsplit(" ", 1)[0] + "…"


def say_place(citations: Sequence[Citation]) -> str:
    """The first citation's place as a person says it."""
    if not citations:
        return "nowhere"
    first = citations[0]
    more = f" and {len(citations) - 1} more" if len(citations) > 1 else ""
    page = f"page {first.page}, " if first.page else ""
    return f"{page}line {first.line}{more}"
