"""How does a person take a step with an item? A page for each step: the item's words, a form, what it means."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bluelamp.assurance.models import Action, Step, TargetChange
from bluelamp.assurance.offers import find_offers
from bluelamp.assurance.queries_closing import find_readiness
from bluelamp.assurance.step_pages import step_pages
from bluelamp.assurance.step_pages_model import StepPage
from bluelamp.lib.errors import PlainError
from bluelamp.register.models import Item
from bluelamp.register.queries import find_item


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, reference: str, slug: str, key: UUID | None = None) -> HttpResponse:
    """The form of one step, and what it sends. What is refused is said above the form, and nothing is lost."""
    item = find_item(reference, viewer=request.user)
    page = step_pages().get(slug)
    if item is None or page is None:
        raise Http404("no such page")
    subject = _find_subject(item, page, key)
    offers = find_offers(item, by=request.user)
    refusal = offers.refusal(page, subject)
    data = request.POST if request.method == "POST" else None
    form = page.form(data, request.FILES or None, viewer=request.user, subject=subject)
    if request.method == "POST" and form.is_valid():
        try:
            page.take(subject, dict(form.cleaned_data), request.user, timezone.now())
        except PlainError as error:
            form.add_error(None, ValidationError(str(error)))
        else:
            messages.success(request, str(page.done))
            return redirect("desk:item", item.reference)
    context = {"item": item, "page": page, "subject": subject, "form": form, "refusal": refusal}
    if page.slug == "sign-off" and not refusal:
        context["lacks"] = find_readiness([item], viewer=request.user)[item.reference].lacks
    return render(request, "assurance/step.html", context, status=422 if form.errors else 200)


def _find_subject(item: Item, page: StepPage, key: UUID | None) -> Any:
    """The row that the step is about: of this item, or the page is not there."""
    if page.about is None:
        if key is not None:
            raise Http404("no such page")
        return item
    path = ITEM_OF.get(page.about, "item")
    found = page.about._default_manager.filter(pk=key, **{path: item}).first() if key else None
    if found is None:
        raise Http404("no such page")
    return found


ITEM_OF: dict[type[Model], str] = {Action: "item", Step: "action__item", TargetChange: "action__item"}
"""How a row is joined to its item, where not directly."""
