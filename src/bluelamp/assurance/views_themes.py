"""What returns? The themes of a force, the items that may come under one, and the same point made before."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bluelamp.assurance.actions_themes import accept_theme, accept_themes, remove_theme
from bluelamp.assurance.queries_recurrence import find_recurrences
from bluelamp.assurance.queries_themes import ThemeTable, find_suggested, find_theme_table, items_with_theme
from bluelamp.assurance.theme_rules import can_theme
from bluelamp.assurance.themes import Theme, load_themes
from bluelamp.documents.models import StoredDocument
from bluelamp.documents.queries import find_documents
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.models import Organisation
from bluelamp.organisations.visibility import visible_to
from bluelamp.register.models import Item
from bluelamp.register.queries import filter_items, find_item

MOST_SHOWN = 100
"""Suggestions on one page: what is accepted leaves it, and the next ones come up."""


@require_safe
def themes(request: HttpRequest) -> HttpResponse:
    """Per theme, how many items of each inspection come under it, and how many might."""
    forces = _find_forces(request)
    force = _chosen_force(request, forces)
    table = find_theme_table(force, viewer=request.user) if force else None
    rows = _make_rows(table) if table else []
    return render(
        request, "assurance/themes.html", {"forces": forces, "table": table, "force": force, "rows": rows}
    )


def _make_rows(table: ThemeTable) -> list[tuple[Theme, str, list[SafeString]]]:
    """Each theme, its address and its cells. Made here: 86 themes of 20 documents took the template 150 ms."""
    register, none, made = reverse("register:list"), _("none"), []
    for row in table.rows:
        page = reverse("assurance:theme", args=[row.theme.slug])
        about = f"force={table.force.code}"
        cells = [*((f"{about}&document={document.pk}", yes, maybe) for document, yes, maybe in row.cells)]
        cells.append((about, row.accepted, row.suggested))
        said = [
            _say_cell(f"{register}?theme={row.theme.slug}&{asked}", yes, f"{page}?{asked}", maybe, none)
            for asked, yes, maybe in cells
        ]
        made.append((row.theme, f"{page}?{about}", said))
    return made


def _say_cell(accepted: str, yes: int, suggested: str, maybe: int, none: str) -> SafeString:
    """Two counts, each a link to its rows; the word for none where there is neither."""
    parts = []
    if yes:
        parts.append(format_html('<a href="{}">{}</a>', accepted, f"{yes:,}"))
    if maybe:
        words = ngettext("{n} suggested", "{n} suggested", maybe).format(n=f"{maybe:,}")
        parts.append(format_html('<a class="small nowrap" href="{}">{}</a>', suggested, words))
    return (
        format_html_join(" ", "{}", ((part,) for part in parts))
        if parts
        else format_html('<span class="quiet small">{}</span>', none)
    )


@never_cache
@require_safe
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    """What the theme means, its items, and those whose words suggest it."""
    found = _find_theme(slug)
    forces = _find_forces(request)
    force = _chosen_force(request, forces)
    document = _find_document(request)
    suggested = (
        find_suggested(
            slug,
            force=force,
            viewer=request.user,
            document=document.pk if document else None,
            at_most=MOST_SHOWN + 1,
        )
        if force
        else []
    )
    accepted = filter_items(
        viewer=request.user, force=force.code if force else "", document=document, among=items_with_theme(slug)
    )
    context = {
        "theme": found,
        "force": force,
        "document": document,
        "accepted": accepted.count(),
        "suggested": suggested[:MOST_SHOWN],
        "more": len(suggested) > MOST_SHOWN,
        "may_decide": can_theme(request.user),
    }
    return render(request, "assurance/theme.html", context)


@require_POST
def accept_suggested(request: HttpRequest, slug: str) -> HttpResponse:
    """Accept the theme for the items that were ticked: all of them, or none."""
    found = _find_theme(slug)
    keys = [key for key in map(_read_key, request.POST.getlist("item")) if key]
    back = f"{reverse('assurance:theme', args=[slug])}?{request.POST.get('back', '')[:200]}"
    try:
        made = accept_themes([(key, slug) for key in keys], by=request.user, now=timezone.now())
    except PlainError as error:
        messages.error(request, str(error))
        return redirect(back)
    said = ngettext("{n} item comes under “{theme}” now.", "{n} items come under “{theme}” now.", len(made))
    messages.success(request, said.format(n=len(made), theme=found.name))
    return redirect(back)


@require_POST
def item_themes(request: HttpRequest, reference: str) -> HttpResponse:
    """Accept a theme of one item, or take it away."""
    item = _find_item(request, reference)
    accepted, removed = request.POST.get("accept", ""), request.POST.get("remove", "")
    try:
        if accepted:
            accept_theme(item, theme=accepted, by=request.user, now=timezone.now())
            said = _("{reference} comes under “{theme}” now.")
        else:
            remove_theme(item, theme=removed, by=request.user, now=timezone.now())
            said = _("{reference} does not come under “{theme}”.")
    except PlainError as error:
        messages.error(request, str(error))
    else:
        name = load_themes()[accepted or removed].name
        messages.success(request, said.format(reference=item.reference, theme=name))
    return redirect(f"{reverse('desk:item', args=[item.reference])}#themes")


@require_safe
def same_point(request: HttpRequest, reference: str) -> HttpResponse:
    """Earlier findings that make the item's point, each beside the words of the item that it answers."""
    item = _find_item(request, reference)
    if item.reference != reference:
        return redirect("assurance:same_point", item.reference)
    found = find_recurrences(item, viewer=request.user)
    return render(request, "assurance/same_point.html", {"item": item, "found": found, "themes": load_themes()})


def _find_item(request: HttpRequest, reference: str) -> Item:
    item = find_item(reference, viewer=request.user)
    if item is None or item.kind == "judgement":
        raise Http404("no such item")
    return item


def _find_theme(slug: str) -> Theme:
    if slug not in load_themes():
        raise Http404("no such theme")
    return load_themes()[slug]


def _find_forces(request: HttpRequest) -> QuerySet[Organisation]:
    """The forces that an item which this person may see is about."""
    items = visible_to(request.user, Item.objects.filter(merged_into=None)).order_by()
    return Organisation.objects.filter(pk__in=items.values("force")).order_by("name")


def _chosen_force(request: HttpRequest, forces: QuerySet[Organisation]) -> Organisation | None:
    """The one asked for; else one's own, else the first."""
    asked = request.GET.get("force", "").replace("\x00", "")[:20]
    if asked:
        found = forces.filter(code__iexact=asked).first()
        if found is None:
            raise Http404("no items about such a force")
        return found
    own: Any = getattr(request.user, "organisation", None)
    keys = [own.pk, own.force_id] if own else []
    return forces.filter(pk__in=keys).first() or forces.first()


def _find_document(request: HttpRequest) -> StoredDocument | None:
    asked = request.GET.get("document", "")
    if not asked:
        return None
    key = _read_key(asked)
    found = find_documents(viewer=request.user).filter(pk=key).first() if key else None
    if found is None:
        raise Http404("no such document")
    return found


def _read_key(words: str) -> UUID | None:
    try:
        return UUID(words)
    except ValueError:
        return None
