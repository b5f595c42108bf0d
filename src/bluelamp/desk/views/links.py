"""How does a person say that items belong together, split one, and take either back?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bluelamp.assurance.forms import ask_line, ask_words
from bluelamp.lib.errors import PlainError
from bluelamp.register.actions_links import Words, merge, say_same, split, supersede, undo_link
from bluelamp.register.links import find_link, links_of
from bluelamp.register.models import Item
from bluelamp.register.queries import find_item
from bluelamp.register.rules import can_link

WAYS = {"same-as": say_same, "supersedes": supersede, "merged": merge}


class LinkForm(forms.Form):
    way = forms.ChoiceField(
        label=gettext_lazy("How do they belong together?"),
        choices=[
            ("same-as", gettext_lazy("It is the same point as the other, which carries the answer for both")),
            ("supersedes", gettext_lazy("It takes the place of the other, an earlier point")),
            ("merged", gettext_lazy("It goes into the other: its reference then leads there")),
        ],
        widget=forms.RadioSelect,
    )
    other = ask_line(gettext_lazy("The other item"), hint=gettext_lazy("Its reference, such as NTS-2022-AFI-01."))
    reason = ask_words(gettext_lazy("Why?"), required=False, rows=2)


class SplitForm(forms.Form):
    parts = ask_words(
        gettext_lazy("The points to be taken out"),
        hint=gettext_lazy("One to a line. Each becomes an item of its own, resting on the same words."),
    )
    stays = ask_words(
        gettext_lazy("What this item says after that"),
        required=False,
        hint=gettext_lazy("Empty: its words stay as they are."),
        rows=2,
    )
    reason = ask_words(gettext_lazy("Why?"), required=False, rows=2)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest, reference: str) -> HttpResponse:
    """What the item belongs with, each link with its way back, and a form for another."""
    item = _find(request, reference)
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        other = find_item(said["other"], viewer=request.user)
        if other is None:
            form.add_error("other", _("There is no item of that reference."))
        elif fault := _try(lambda: _join(request, item, other, said)):
            form.add_error(None, fault)
        else:
            messages.success(request, _("They belong together now. It can be taken back here."))
            return redirect("desk:links", other.reference if said["way"] == "merged" else item.reference)
    return _show(request, item, form, SplitForm())


def _join(request: HttpRequest, item: Item, other: Item, said: dict[str, Any]) -> None:
    WAYS[said["way"]](item, other, by=request.user, now=timezone.now(), reason=said["reason"].strip())


@require_POST
def split_item(request: HttpRequest, reference: str) -> HttpResponse:
    item = _find(request, reference)
    form = SplitForm(request.POST)
    if form.is_valid():
        titles = [line.strip() for line in form.cleaned_data["parts"].splitlines() if line.strip()]
        stays = form.cleaned_data["stays"].strip()
        made: list[Item] = []

        def act() -> None:
            made.extend(
                split(
                    item,
                    [Words(title=title) for title in titles],
                    stays=Words(title=stays) if stays else None,
                    reason=form.cleaned_data["reason"].strip(),
                    by=request.user,
                    now=timezone.now(),
                )
            )

        if fault := _try(act):
            form.add_error(None, fault)
        else:
            names = ", ".join(each.reference for each in made)
            messages.success(request, _("Taken out as %s.") % names)
            return redirect("desk:links", item.reference)
    return _show(request, item, LinkForm(), form)


@require_POST
def undo(request: HttpRequest, key: UUID) -> HttpResponse:
    link = find_link(key, viewer=request.user)
    if link is None:
        raise Http404("no such link")
    reason = request.POST.get("reason", "").strip()
    fault = _try(lambda: undo_link(link, by=request.user, now=timezone.now(), reason=reason))
    if fault:
        messages.error(request, fault)
    else:
        messages.success(request, _("It is taken back."))
    came_from = find_item(request.POST.get("reference", ""), viewer=request.user)
    return redirect("desk:links", (came_from or link.other).reference)


def _try(act: Any) -> str:
    """What is wrong, in a sentence; "" where it was done."""
    try:
        act()
    except PlainError as error:
        return str(error)
    return ""


def _find(request: HttpRequest, reference: str) -> Item:
    item = find_item(reference, viewer=request.user)
    if item is None:
        raise Http404("no such item")
    return item


def _show(request: HttpRequest, item: Item, form: forms.Form, split_form: forms.Form) -> HttpResponse:
    context = {
        "item": item,
        "links": links_of(item, viewer=request.user),
        "form": form,
        "split_form": split_form,
        "may_link": can_link(request.user),
    }
    wrong = bool(form.errors or split_form.errors)
    return render(request, "desk/links.html", context, status=422 if wrong else 200)
