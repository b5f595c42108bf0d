"""What was said, where exactly, and what has happened to the item since?"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bluelamp.assurance.dating import say_deadline_rule
from bluelamp.assurance.queries_recurrence import find_recurrences
from bluelamp.assurance.queries_themes import find_item_themes
from bluelamp.assurance.theme_rules import can_theme
from bluelamp.desk.indicator_links import find_area_indicators
from bluelamp.desk.indicator_watches import find_watched
from bluelamp.desk.item_answering import make_answering
from bluelamp.desk.item_page import (
    find_judgement,
    find_mentions,
    make_differences,
    make_history,
    make_mentions,
    make_scale,
    make_source,
    neighbours,
)
from bluelamp.intake.correcting import can_correct
from bluelamp.intake.models import Proposal
from bluelamp.intake.preparing import say_about
from bluelamp.intake.rules import can_decide
from bluelamp.register.links import children_of, links_of
from bluelamp.register.models import Item
from bluelamp.register.queries import find_item
from bluelamp.register.rules import can_link


@require_safe
def item(request: HttpRequest, reference: str) -> HttpResponse:
    found = find_item(reference, viewer=request.user)
    if found is None:
        raise Http404("no such item")
    if found.reference != reference:
        return redirect("desk:item", found.reference)
    asked = request.GET.get("source", "1")
    chosen = int(asked) if asked.isdecimal() and len(asked) < 5 else 1
    mentions = make_mentions(found, find_mentions(found, viewer=request.user), chosen)
    cited = [each for view in mentions for each in view.cited]
    shown = next((each for each in cited if each.here), cited[0] if cited else None)
    judgement = find_judgement(found)
    before, after = neighbours(found, viewer=request.user)
    accepted = (
        Proposal.objects.select_related("document")
        .filter(result_table=Item._meta.db_table, result_id=str(found.pk))
        .first()
    )
    context = {
        "item": found,
        "mentions": mentions,
        "cited_total": len(cited),
        "source": make_source(shown, cited, as_text=request.GET.get("show") == "text") if shown else None,
        "judgement": judgement,
        "scale": make_scale(judgement),
        "history": make_history(found, viewer=request.user),
        "children": children_of(found, viewer=request.user),
        "differences": make_differences(found, (accepted.corrected or accepted.fields) if accepted else {}),
        "correction": accepted if accepted and can_correct(accepted) and _may_decide(request, accepted) else None,
        "links": links_of(found, viewer=request.user),
        "deadline_rule": say_deadline_rule(found),
        "may_link": can_link(request.user),
        "view": make_answering(found, by=request.user, day=timezone.localdate()),
        "recurrences": find_recurrences(found, viewer=request.user),
        "themes": find_item_themes(found, viewer=request.user),
        "may_theme": can_theme(request.user),
        "watched": find_watched(found, viewer=request.user),
        "bearing": find_area_indicators(found.force.code, _areas(found), viewer=request.user),
        "today": timezone.localdate(),
        "before": before,
        "after": after,
    }
    return render(request, "desk/item.html", context)


def _areas(item: Item) -> dict[str, str]:
    return {item.area: item.area_name or item.area} if item.area else {}


def _may_decide(request: HttpRequest, accepted: Proposal) -> bool:
    return can_decide(request.user, say_about(accepted.document, request.user))
