"""Where do these words stand? A reference goes straight to its item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bluelamp.desk.queries import proposed_details
from bluelamp.documents.search import Hit, Snippet, search_passages
from bluelamp.documents.sheets import Mark, Run
from bluelamp.organisations.visibility import visible_to
from bluelamp.register.models import Item
from bluelamp.register.references import parse_reference

PER_PAGE = 20
DEEPEST_PAGE = 250


@dataclass(frozen=True)
class Result:
    """A passage found. `address` opens its page there."""

    hit: Hit
    name: str
    runs: list[Run]
    address: str


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\x00", " ").strip()[:200]
    reference = parse_reference(words)
    if reference and visible_to(request.user, Item.objects.filter(reference=str(reference))).exists():
        return redirect("desk:item", str(reference))
    asked = request.GET.get("page", "1")
    page = min(int(asked), DEEPEST_PAGE) if asked.isdecimal() and asked != "0" and len(asked) < 9 else 1
    found = search_passages(words, viewer=request.user, limit=PER_PAGE, offset=(page - 1) * PER_PAGE)
    context = {
        "search_words": words,
        "reference": reference,
        "results": make_results(found.hits),
        "total": found.total,
        "first": (page - 1) * PER_PAGE + 1,
        "last": (page - 1) * PER_PAGE + len(found.hits),
        "previous": page - 1,
        "next": page + 1 if page * PER_PAGE < found.total and page < DEEPEST_PAGE and found.hits else 0,
    }
    return render(request, "desk/search.html", context)


def make_results(hits: Sequence[Hit]) -> list[Result]:
    """With each document's title, the proposed one where nobody has accepted any."""
    proposed = proposed_details({hit.passage.document_id for hit in hits if not hit.passage.document.title})
    return [make_result(hit, proposed.get(hit.passage.document_id, {}).get("title", "")) for hit in hits]


def make_result(hit: Hit, proposed_title: str) -> Result:
    passage = hit.passage
    address = reverse("desk:document_page", args=[passage.document_id, passage.page.index + 1])
    lines = f"lines={passage.line}-{passage.line_end}"
    document = passage.document
    name = document.title or proposed_title or document.file_name
    return Result(hit, name, make_runs(hit.snippet), f"{address}?{lines}&show=text#L{passage.line}")


def make_runs(snippet: Snippet) -> list[Run]:
    """The snippet in runs, its hits marked; the template escapes every one."""
    here = Mark("hit", (), here=True)
    runs, position = [], 0
    for start, end in snippet.hits:
        runs += [Run(snippet.text[position:start]), Run(snippet.text[start:end], mark=here)]
        position = end
    runs.append(Run(snippet.text[position:]))
    return [run for run in runs if run.text]
