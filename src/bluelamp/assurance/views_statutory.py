"""How is a report answered in public: which reports, by when, point by point, and what was published?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bluelamp.assurance import actions_statutory as actions
from bluelamp.assurance.forms import ask_day, ask_words
from bluelamp.assurance.models import StatutoryResponse
from bluelamp.assurance.queries_statutory import clock_of, find_due, find_entries, find_responses, find_unanswered
from bluelamp.assurance.statutory_clock import load_duty
from bluelamp.assurance.statutory_rules import can_comment, can_write
from bluelamp.documents.views import get_document
from bluelamp.lib.errors import PlainError
from bluelamp.register.queries import find_item


class PointForm(forms.Form):
    stance = forms.ChoiceField(label=gettext_lazy("Answer"), widget=forms.RadioSelect)
    words = ask_words(
        gettext_lazy("In words"), hint=gettext_lazy("What is done or proposed; where nothing is, why.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stances = load_duty(settings.WORKSPACE_DEFINITIONS).stances
        self.fields["stance"].choices = [(each.slug, each.name) for each in stances]  # type: ignore[attr-defined]


class DayForm(forms.Form):
    day = ask_day(gettext_lazy("On which day?"))


class WordsForm(forms.Form):
    words = ask_words(gettext_lazy("Comments"), rows=8)


class DatedWordsForm(WordsForm):
    day = ask_day(gettext_lazy("Given on which day?"))


@require_safe
def responses(request: HttpRequest) -> HttpResponse:
    due = find_due(viewer=request.user, day=timezone.localdate())
    return render(request, "assurance/responses.html", {"due": due, "may_write": can_write(request.user)})


@require_POST
def begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    report = get_document(request, pk)
    try:
        made = actions.begin_response(report, by=request.user, now=timezone.now())
    except PlainError as error:
        messages.error(request, str(error))
        return redirect("assurance:responses")
    return redirect("assurance:response", made.pk)


@require_safe
@never_cache
def response_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _find(request, pk)
    return render(request, "assurance/response.html", _about(request, found))


def _find(request: HttpRequest, pk: UUID) -> StatutoryResponse:
    return get_object_or_404(find_responses(viewer=request.user), pk=pk)


def _about(request: HttpRequest, found: StatutoryResponse) -> dict[str, Any]:
    duty = load_duty(settings.WORKSPACE_DEFINITIONS)
    open_ = found.response_published is None
    entries = find_entries(found)
    return {
        "response": found,
        "clock": clock_of(found, day=timezone.localdate()),
        "duty": duty,
        "by_law": [each for each in entries if each[0].kind in duty.by_law],
        "by_practice": [each for each in entries if each[0].kind not in duty.by_law],
        "unanswered": find_unanswered(found, by_law=True),
        "stances": {each.slug: each.name for each in duty.stances},
        "may_write": can_write(request.user) and open_,
        "may_comment": can_comment(request.user) and open_,
        "may_send": can_write(request.user) and not open_,
    }


def _record_sent(to: str) -> Callable[..., object]:
    return lambda found, **said: actions.record_sent(found, to=to, **said)


STEPS: dict[str, tuple[type[forms.Form], Callable[..., object], Any]] = {
    "invite": (DayForm, actions.invite_chief, gettext_lazy("When was the chief officer invited to comment?")),
    "chief": (
        DatedWordsForm,
        actions.record_chief_comments,
        gettext_lazy("What does the chief officer say to the report?"),
    ),
    "comments": (
        WordsForm,
        actions.write_comments,
        gettext_lazy("What does the local policing body say to the report?"),
    ),
    "publish": (DayForm, actions.publish_response, gettext_lazy("On which day was the response published?")),
    "sent-inspectorate": (
        DayForm,
        _record_sent("inspectorate"),
        gettext_lazy("When was a copy sent to the inspectorate?"),
    ),
    "sent-secretary": (
        DayForm,
        _record_sent("secretary-of-state"),
        gettext_lazy("When was a copy sent to the Secretary of State?"),
    ),
}


@never_cache
def step(request: HttpRequest, pk: UUID, slug: str) -> HttpResponse:
    """One form of the response: a day, or words."""
    found = _find(request, pk)
    if slug not in STEPS:
        raise Http404("no such page")
    kind, act, title = STEPS[slug]
    first = {"words": found.comments} if slug == "comments" else {"words": found.chief_comments}
    form = kind(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            act(found, **form.cleaned_data, by=request.user, now=timezone.now())
        except PlainError as error:
            form.add_error(None, forms.ValidationError(str(error)))
        else:
            messages.success(request, _("Recorded."))
            return redirect("assurance:response", pk)
    context = {"response": found, "form": form, "title": title, "publishing": slug == "publish"}
    return render(request, "assurance/response_step.html", context, status=422 if form.errors else 200)


@never_cache
def point(request: HttpRequest, pk: UUID, reference: str) -> HttpResponse:
    """What is answered to one point."""
    found = _find(request, pk)
    item = find_item(reference, viewer=request.user)
    if item is None or item.document_id != found.report_id:
        raise Http404("no such point")
    entry = item.statutory_entries.filter(response=found).first()
    first = {"stance": entry.stance, "words": entry.words} if entry else {}
    form = PointForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_point(found, item, **form.cleaned_data, by=request.user, now=timezone.now())
        except PlainError as error:
            form.add_error(None, forms.ValidationError(str(error)))
        else:
            messages.success(request, _("The answer is kept."))
            return redirect(f"{_page(found)}#{item.reference}")
    context = {"response": found, "form": form, "title": _("What is answered to this point?"), "item": item}
    return render(request, "assurance/response_step.html", context, status=422 if form.errors else 200)


def _page(found: StatutoryResponse) -> str:
    return reverse("assurance:response", args=[found.pk])
