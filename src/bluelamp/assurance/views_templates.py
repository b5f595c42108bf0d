"""How is a template sent from the desk, and how are the answers of one that came back looked at and taken?"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bluelamp.assurance.actions_template_returns import leave_answer, take_answers, take_return
from bluelamp.assurance.actions_templates import Outgoing, Wanted, send_templates
from bluelamp.assurance.forms import ask_day, ask_line
from bluelamp.assurance.models import TemplateDecision
from bluelamp.assurance.queries_templates import (
    Returned,
    find_returns,
    find_templates,
    in_reading_order,
    open_return,
)
from bluelamp.assurance.template_identity import Certainty
from bluelamp.assurance.template_matching import Match, Verdict
from bluelamp.assurance.template_model import Layout
from bluelamp.assurance.template_rules import MOST_ITEMS, can_use_templates, check_can_use_templates
from bluelamp.documents.downloads import send_file
from bluelamp.documents.models import MARKINGS
from bluelamp.documents.sandbox import DEFAULT
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.register.models import Item
from bluelamp.register.views import Asked, read_asked

PER_PAGE = 50
MOST_CHOSEN_ONE_BY_ONE = 500
MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class TemplateForm(forms.Form):
    title = ask_line(gettext_lazy("Title"))
    layout = forms.ChoiceField(
        label=gettext_lazy("Layout"),
        choices=[
            ("annex", gettext_lazy("Four columns: reference, page, words, action taken")),
            ("full", gettext_lazy("Full: with owner, choices, target date, evidence and the previous answer")),
        ],
        widget=forms.RadioSelect,
        initial="annex",
    )
    format = forms.ChoiceField(
        label=gettext_lazy("File"),
        choices=[("docx", gettext_lazy("Word")), ("xlsx", gettext_lazy("Excel"))],
        widget=forms.RadioSelect,
        initial="docx",
    )
    split = forms.ChoiceField(
        label=gettext_lazy("For whom"),
        choices=[
            ("", gettext_lazy("One file for everybody")),
            ("owner", gettext_lazy("A file for each owner, packed together")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    return_to = ask_line(
        gettext_lazy("Return to"), required=False, hint=gettext_lazy("An address or a name, printed on each page.")
    )
    due = ask_day(gettext_lazy("Due by"), required=False)
    marking = forms.ChoiceField(label=gettext_lazy("Marking"), choices=MARKINGS)
    office_notes = forms.ChoiceField(
        label=gettext_lazy("Notes of the office"),
        choices=[
            ("", gettext_lazy("Leave them out")),
            ("print", gettext_lazy("Print them under the inspectors’ words, marked as the office’s own")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )


@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    """What went out and what came back."""
    sent = list(find_templates(viewer=request.user)[:200])
    returns = list(find_returns(viewer=request.user)[:200])
    back = {each.template_id for each in returns}
    context = {
        "sent": [(each, each.pk in back) for each in sent],
        "returns": returns,
        "waiting": sum(each.pk not in back for each in sent),
        "may_use": can_use_templates(request.user),
    }
    return render(request, "assurance/templates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def template_new(request: HttpRequest) -> HttpResponse:
    """Choose how it looks, and from the register's filters which items; then the file is downloaded."""
    _refuse_others(request)
    asked = read_asked(request.GET, request.user)
    items = _chosen_items(asked, request)
    total = items.count()
    form = TemplateForm(request.POST or None, initial=_first_values(asked, request))
    picked = request.POST.getlist("item")
    if request.method == "POST" and form.is_valid():
        try:
            return _download(_send(form, items, picked, request))
        except PlainError as error:
            form.add_error(None, ValidationError(str(error)))
    listed = list(items.select_related("owner")) if total <= MOST_CHOSEN_ONE_BY_ONE else []
    context = {
        "form": form,
        "asked": asked,
        "total": total,
        "listed": listed,
        "picked": set(picked) if request.method == "POST" else {item.reference for item in listed},
        "too_many": total > MOST_ITEMS,
        "most": MOST_ITEMS,
    }
    return render(request, "assurance/template_new.html", context, status=422 if form.errors else 200)


def _chosen_items(asked: Asked, request: HttpRequest) -> Any:
    """Of the register's filters; grades are nothing to be answered unless they are asked for."""
    items = asked.items(request.user)
    return in_reading_order(items if asked.filters.get("kind") else items.exclude(kind="judgement"))


def _first_values(asked: Asked, request: HttpRequest) -> dict[str, Any]:
    about = f": {asked.document}" if asked.document else ""
    return {"title": _("Assurance template") + about, "return_to": request.user.email}


def _send(form: TemplateForm, items: Any, picked: list[str], request: HttpRequest) -> list[Outgoing]:
    said = form.cleaned_data
    if "listed" in request.POST:
        items = items.filter(reference__in=picked)
    wanted = Wanted(
        title=said["title"],
        layout=Layout(said["layout"]),
        format=said["format"],
        due=said["due"],
        return_to=said["return_to"],
        by_owner=said["split"] == "owner",
        with_office_notes=said["office_notes"] == "print",
        marking=said["marking"],
    )
    return send_templates(items, wanted, by=request.user, now=timezone.now())


def _download(made: list[Outgoing]) -> HttpResponse:
    if len(made) == 1:
        only = made[0]
        return send_file(only.data, only.file_name, MEDIA_TYPES[only.template.format])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in made:
            stamp = each.template.made.timetuple()[:6]
            archive.writestr(zipfile.ZipInfo(each.file_name, stamp), each.data)
    return send_file(buffer.getvalue(), "templates.zip", "application/zip")


@require_POST
def return_new(request: HttpRequest) -> HttpResponse:
    """A file that came back is read and kept; its matches are shown."""
    _refuse_others(request)
    upload = request.FILES.get("file")
    fault = ""
    if upload is None:
        fault = _("Choose the file that came back.")
    elif upload.size > DEFAULT.file_bytes:
        fault = _("The file is larger than %s MB.") % (DEFAULT.file_bytes // 1_000_000)
    if not fault and upload is not None:
        try:
            found = take_return(upload.read(), upload.name[-255:], by=request.user, now=timezone.now())
            return redirect("assurance:return", found.pk)
        except PlainError as error:
            fault = str(error)
    messages.error(request, fault)
    return redirect("assurance:templates")


@dataclass(frozen=True)
class Shown:
    """One match on the page, with the item beside it and what was decided."""

    match: Match
    item: Item | None
    rivals: list[Item]
    decision: TemplateDecision | None

    @property
    def place(self) -> str:
        return self.match.rows[0].place if self.match.rows else ""

    @property
    def places(self) -> str:
        return ", ".join(row.place for row in self.match.rows)

    @property
    def words(self) -> str:
        return " ".join(row.words for row in self.match.rows if row.words)

    @property
    def may_take(self) -> bool:
        open_still = self.decision is None or self.decision.decision == "left"
        held = self.match.item is not None or bool(self.rivals)
        takeable = self.match.verdict in {Verdict.ANSWER, Verdict.REWORDED, Verdict.CONFLICT}
        return open_still and held and takeable and not self.match.answer.is_empty

    @property
    def may_leave(self) -> bool:
        return self.decision is None and (self.may_take or self.match.verdict in {Verdict.NEW, Verdict.CONFLICT})


PARTS = {
    "decide": gettext_lazy("To look at"),
    "certain": gettext_lazy("Certain"),
    "new": gettext_lazy("New points"),
    "unchanged": gettext_lazy("Without an answer"),
    "missing": gettext_lazy("Not returned"),
    "decided": gettext_lazy("Decided"),
}


def part_of(match: Match, decision: TemplateDecision | None) -> str:
    """In which part of the page a match stands; each in exactly one."""
    if decision is not None:
        return "decided"
    if match.can_be_taken:
        return "certain"
    if match.verdict in {Verdict.UNCHANGED, Verdict.DUPLICATE}:
        return "unchanged"
    if match.verdict in {Verdict.NEW, Verdict.MISSING}:
        return str(match.verdict)
    return "decide"


@require_safe
@never_cache
def return_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    returned = _open(request, pk)
    by_part: dict[str, list[Match]] = {name: [] for name in PARTS}
    for match in returned.matches:
        by_part[part_of(match, returned.decision_of(match))].append(match)
    filled = [name for name in PARTS if by_part[name]]
    part = request.GET.get("part", "")
    part = part if part in PARTS else next(iter(filled), "decide")
    said = request.GET.get("page", "1")
    number = min(int(said) if said.isdecimal() and len(said) < 6 else 1, (len(by_part[part]) - 1) // PER_PAGE + 1)
    start = (max(number, 1) - 1) * PER_PAGE
    shown = by_part[part][start : start + PER_PAGE]
    context = {
        "returned": returned,
        "found": returned.of,
        "parts": [(name, PARTS[name], len(by_part[name])) for name in filled],
        "part": part,
        "part_name": PARTS[part],
        "rows": _make_shown(shown, returned),
        "total": len(by_part[part]),
        "first": start + 1,
        "last": start + len(shown),
        "next": number + 1 if start + PER_PAGE < len(by_part[part]) else 0,
        "previous": number - 1 if number > 1 else 0,
        "certain": len(by_part["certain"]),
        "may_use": can_use_templates(request.user),
        "unsure": Certainty.UNSURE,
    }
    return render(request, "assurance/return.html", context)


def _make_shown(matches: list[Match], returned: Returned) -> list[Shown]:
    references = {reference for match in matches for reference in (match.reference, *match.rivals) if reference}
    items = {item.reference: item for item in returned.visible_items(references)}
    return [
        Shown(
            match=match,
            item=items.get(match.reference),
            rivals=[items[each] for each in match.rivals if each in items],
            decision=returned.decision_of(match),
        )
        for match in matches
    ]


@require_POST
def take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One answer, for the item that was matched or chosen; or every certain one."""
    returned = _open(request, pk)
    place = request.POST.get("place", "")
    chosen = {place: request.POST["reference"]} if request.POST.get("reference") else {}
    try:
        taken = take_answers(
            returned.of, places=[place] if place else None, chosen=chosen, by=request.user, now=timezone.now()
        )
    except PlainError as error:
        messages.error(request, str(error))
    else:
        told = ngettext("%(n)d answer was taken.", "%(n)d answers were taken.", taken) % {"n": taken}
        messages.success(request, told)
    return _back(request, pk)


@require_POST
def leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    returned = _open(request, pk)
    try:
        leave_answer(returned.of, place=request.POST.get("place", ""), by=request.user, now=timezone.now())
        messages.success(request, _("Left as it is. It can still be taken under “Decided”."))
    except PlainError as error:
        messages.error(request, str(error))
    return _back(request, pk)


def _back(request: HttpRequest, pk: UUID) -> HttpResponse:
    part = request.POST.get("part", "")
    address = reverse("assurance:return", args=[pk])
    return redirect(f"{address}?part={part}" if part in PARTS else address)


def _open(request: HttpRequest, pk: UUID) -> Returned:
    returned = open_return(pk, viewer=request.user, today=timezone.localdate())
    if returned is None:
        raise Http404("no such return")
    return returned


def _refuse_others(request: HttpRequest) -> None:
    try:
        check_can_use_templates(request.user)
    except NotAllowedError as error:
        raise PermissionDenied(str(error)) from error
