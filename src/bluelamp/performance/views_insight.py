"""How is insight written, chosen, asked for and taken back in, and how are headlines edited?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from bluelamp.documents.downloads import send_paper
from bluelamp.lib.errors import PlainError
from bluelamp.lib.names import show_name
from bluelamp.organisations.models import Owner
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.performance.actions_asking import (
    LARGEST_FILE,
    LinkText,
    answer_by_insight_link,
    ask_contributor,
    find_insight_link,
    make_insight_link,
    make_order_file,
    send_links,
    take_word_return,
    withdraw_request,
)
from bluelamp.performance.actions_insight import (
    Written,
    add_headline,
    choose_wanted,
    edit_headline,
    leave_text,
    save_insight,
    take_text,
)
from bluelamp.performance.forms_reports import (
    AddHeadlineForm,
    AskForm,
    HeadlineForm,
    InsightForm,
    ReasonForm,
    RemarkForm,
    lines_of,
)
from bluelamp.performance.insight_agreement import find_other_numbers
from bluelamp.performance.insight_evidence import say_evidence
from bluelamp.performance.insight_opinions import find_opinions, load_causes
from bluelamp.performance.models import Headline, Insight, InsightText, Report
from bluelamp.performance.queries_drafts import (
    evidence_of,
    find_asked,
    find_insight_rows,
    find_remarks,
    find_texts,
    stand_before,
)
from bluelamp.performance.report_rules import LONGEST_HEADLINE, LinkError, can_step, check_can_step
from bluelamp.performance.views_reports import attempt, get_report, plan_of

VIA = {"desk": _lazy("in the desk"), "link": _lazy("by a link"), "word": _lazy("in a Word file")}
"""How a text came."""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def insight(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    """The editor of one indicator's words, its facts beside it."""
    found = get_report(request, pk)
    held = found.insights.filter(code=code).first()
    if held is None:
        raise Http404("no such indicator")
    kept = evidence_of(held)
    first = {"words": held.words, "evidence": lines_of(kept), "seen": held.version}
    form = InsightForm(request.POST or None, viewer=request.user, kept=kept, initial=first)
    if request.method == "POST" and form.is_valid():
        answer = _save(request, found, held, form)
        if answer is not None:
            return answer
    return _show_insight(request, found, held, form)


def _save(request: HttpRequest, found: Report, held: Insight, form: InsightForm) -> HttpResponse | None:
    try:
        words, evidence = form.read(request.user)
        text = save_insight(
            held,
            Written(words=words, evidence=evidence),
            seen=form.cleaned_data["seen"],
            by=request.user,
            now=timezone.now(),
        )
    except PlainError as error:
        form.add_error(None, ValidationError(str(error)))
        return None
    if text.state == "offered":
        messages.warning(
            request,
            _("Somebody else changed this text while you wrote. Yours is kept beside theirs: choose one below."),
        )
    else:
        messages.success(request, _("The text is kept."))
    return redirect("performance:report_insight", found.pk, held.code)


def _show_insight(request: HttpRequest, found: Report, held: Insight, form: InsightForm) -> HttpResponse:
    plan = plan_of(found)
    indicator = plan.indicator(held.code) if plan else None
    kept = evidence_of(held)
    texts = find_texts(held)
    context = {
        "report": found,
        "insight": held,
        "indicator": indicator,
        "name": indicator.name if indicator else held.code,
        "form": form,
        "opinions": find_opinions(held.words, pieces=len(kept)),
        "other_numbers": find_other_numbers(held.words, held.facts),
        "rule": load_causes().rule,
        "evidence": say_evidence(kept),
        "offers": [(each, VIA[each.via]) for each in texts if each.state == "offered"],
        "texts": [(each, VIA[each.via]) for each in texts if each.state != "offered"],
        "requests": held.requests.filter(withdrawn=None).select_related("owner"),
        "remarks": find_remarks(found, code=held.code),
        "remark_form": RemarkForm(auto_id="remark_%s"),
        "reason_form": ReasonForm(auto_id="wanted_%s"),
        "may_write": _may(request, "write", found, held),
        "may_choose": _may(request, "take-text", found),
        "may_comment": _may(request, "comment", found, held),
        "may_resolve": _may(request, "resolve-comment", found),
    }
    return render(request, "performance/report_insight.html", context, status=422 if form.errors else 200)


def _may(request: HttpRequest, step: str, found: Report, held: Insight | None = None) -> bool:
    return can_step(step, state=found.state, by=stand_before(found, request.user, insight=held))


@require_POST
def wanted(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    """Is insight wanted of this indicator, whatever the exceptions say?"""
    found = get_report(request, pk)
    held = found.insights.filter(code=code).first()
    if held is None:
        raise Http404("no such indicator")
    choose = request.POST.get("wanted") == "yes"
    reason = request.POST.get("reason", "")
    attempt(
        request,
        lambda: choose_wanted(held, wanted=choose, reason=reason, by=request.user, now=timezone.now()),
    )
    return redirect("performance:report_insight", found.pk, code)


@require_POST
def text_step(request: HttpRequest, pk: UUID, text_pk: UUID) -> HttpResponse:
    """Take an offered (or an earlier) text, or leave it."""
    found = get_report(request, pk)
    texts = InsightText.objects.filter(insight__report=found, pk=text_pk)
    text = texts.select_related("insight__report").first()
    if text is None:
        raise Http404("no such text")
    if request.POST.get("choice") == "leave":
        attempt(request, lambda: leave_text(text, by=request.user, now=timezone.now()))
    else:
        seen = request.POST.get("seen", "")
        version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else -1
        if attempt(request, lambda: take_text(text, seen=version, by=request.user, now=timezone.now())):
            messages.success(request, _("This text stands now; the one before is kept below."))
    return redirect("performance:report_insight", found.pk, text.insight.code)


# -- asking -----------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_report(request, pk)
    try:
        check_can_step("ask", state=found.state, by=stand_before(found, request.user))
    except NotAllowedError as error:
        raise PermissionDenied(str(error)) from error
    rows = [row for row in find_insight_rows(found, plan=plan_of(found)) if row.insight.wanted]
    choices = [(row.insight.code, f"{row.insight.code} {row.name}") for row in rows]
    chosen = [row.insight.code for row in rows if not row.insight.words and not row.waiting]
    if request.GET.get("code"):
        chosen = [request.GET["code"]]
    form = AskForm(request.POST or None, viewer=request.user, choices=choices, initial={"codes": chosen})
    if request.method == "POST" and form.is_valid():
        try:
            made = ask_contributor(found, **form.cleaned_data, by=request.user, now=timezone.now())
        except PlainError as error:
            form.add_error(None, ValidationError(str(error)))
        else:
            messages.success(
                request,
                ngettext("%(n)d indicator is asked for.", "%(n)d indicators are asked for.", len(made))
                % {"n": len(made)}
                + " "
                + _("Give the contributor a link or the Word file below."),
            )
            return redirect(reverse("performance:report", args=[found.pk]) + "#contributors")
    context = {"report": found, "form": form, "empty": not choices}
    return render(request, "performance/report_ask.html", context, status=422 if form.errors else 200)


def _get_owner(found: Report, owner_pk: UUID) -> Owner:
    owner = Owner.objects.filter(pk=owner_pk, insight_requests__report=found).first()
    if owner is None:
        raise Http404("no such contributor")
    return owner


@require_POST
@never_cache
def contributor_link(request: HttpRequest, pk: UUID, owner_pk: UUID) -> HttpResponse:
    """A link for one contributor, shown once, to be passed on by hand."""
    found = get_report(request, pk)
    owner = _get_owner(found, owner_pk)
    secret = attempt(request, lambda: make_insight_link(found, owner, by=request.user, now=timezone.now()))
    if secret is None:
        return redirect("performance:report", found.pk)
    context = {"report": found, "owner": owner, "address": _address_of(request, secret)}
    return render(request, "performance/report_link.html", context)


def _address_of(request: HttpRequest, secret: str) -> str:
    return request.build_absolute_uri(reverse("performance:insight_link", args=[secret]))


@require_POST
def contributor_word(request: HttpRequest, pk: UUID, owner_pk: UUID) -> HttpResponse:
    found = get_report(request, pk)
    owner = _get_owner(found, owner_pk)
    made = attempt(request, lambda: make_order_file(found, owner, by=request.user, now=timezone.now()))
    return send_paper(made) if made else redirect("performance:report", found.pk)


@require_POST
def send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A message with a link to everyone who has an address and is still asked."""
    found = get_report(request, pk)
    made = attempt(
        request,
        lambda: send_links(
            found, address_of=lambda secret: _address_of(request, secret), by=request.user, now=timezone.now()
        ),
    )
    if made is not None:
        sent, failed = made
        words = ngettext("%(n)d message was sent.", "%(n)d messages were sent.", sent) % {"n": sent}
        (messages.warning if failed else messages.success)(request, " ".join([words, *failed]))
    return redirect("performance:report", found.pk)


@require_POST
def withdraw(request: HttpRequest, pk: UUID, request_pk: UUID) -> HttpResponse:
    found = get_report(request, pk)
    held = found.requests.filter(pk=request_pk).select_related("report").first()
    if held is None:
        raise Http404("no such request")
    attempt(request, lambda: withdraw_request(held, by=request.user, now=timezone.now()))
    return redirect("performance:report", found.pk)


@require_POST
def word_return(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A Word file that came back is kept, and its texts are taken or offered."""
    found = get_report(request, pk)
    upload = request.FILES.get("file")
    if upload is None or upload.size > LARGEST_FILE:
        words = _("Choose the file that came back.") if upload is None else _("The file is too large.")
        messages.error(request, words)
        return redirect("performance:report", found.pk)
    name = show_name(upload.name[-255:])
    made = attempt(
        request, lambda: take_word_return(found, upload.read(), name, by=request.user, now=timezone.now())
    )
    if made:
        words = _("Texts that stand now: %(taken)d; that wait for you to choose: %(offered)d.") % {
            "taken": made.taken,
            "offered": made.offered,
        }
        (messages.warning if made.told else messages.success)(request, " ".join([words, *made.told[:8]]))
    return redirect("performance:report", found.pk)


# -- by a link --------------------------------------------------------------------------------------------


@login_not_required
@never_cache
@sensitive_variables("secret")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def insight_link(request: HttpRequest, secret: str) -> HttpResponse:
    """A contributor without an account writes what they were asked; nothing else of the record is here."""
    try:
        found = find_insight_link(secret, now=timezone.now())
    except LinkError as error:
        return render(request, "performance/report_spent.html", {"reason": str(error)}, status=403)
    plan = plan_of(found.report)
    names = {each.code: each.name for each in plan.indicators} if plan else {}
    asked = [_Asked(each, names, request.POST) for each in find_asked(found.report, found.owner)]
    fault = ""
    if request.method == "POST":
        try:
            kept = answer_by_insight_link(secret, [each.read() for each in asked], now=timezone.now())
        except PlainError as error:
            fault = str(error)
        else:
            context = {"kept": kept, "left": len(asked) - kept}
            return render(request, "performance/report_thanks.html", context)
    context = {
        "report": found.report,
        "owner": found.owner,
        "asked": asked,
        "fault": fault,
        "due": max((each.request.due for each in asked), default=None),
        "rule": load_causes().rule,
    }
    return render(request, "performance/report_write.html", context, status=422 if fault else 200)


class _Asked:
    """One indicator on the page of a link, with what was typed."""

    def __init__(self, request: Any, names: dict[str, str], posted: Any) -> None:
        self.request = request
        self.name = names.get(request.insight.code, "")
        self.words = str(posted.get(f"words-{request.pk}", "")).replace("\x00", " ")
        self.evidence = str(posted.get(f"evidence-{request.pk}", "")).replace("\x00", " ")

    def read(self) -> LinkText:
        return LinkText(request=self.request, words=self.words, evidence=self.evidence)


# -- headlines --------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def headlines(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every headline with its numbers' verdict; one is edited at a time."""
    found = get_report(request, pk)
    bound: HeadlineForm | None = None
    chosen: Headline | None = None
    if request.method == "POST":
        chosen = _get_headline(found, request.POST.get("headline", ""))
        bound = HeadlineForm(request.POST, auto_id=f"h{chosen.place}_%s")
        if bound.is_valid():
            answer = _edit(request, found, chosen, bound)
            if answer is not None:
                return answer
    plan = plan_of(found)
    themes = {theme.code: theme.name for theme in plan.themes} if plan else {}
    rows = list(found.headlines.order_by("theme", "place"))
    shown = [_headline_row(each, bound if chosen and each.pk == chosen.pk else None, themes) for each in rows]
    codes = dict.fromkeys(each.theme for each in rows)
    context = {
        "report": found,
        "rows": [row for row in shown if row["headline"].generated or row["headline"].words or row["bound"]],
        "add_form": AddHeadlineForm(
            themes=[(code, f"{code} {themes.get(code, '')}".strip()) for code in codes], auto_id="add_%s"
        ),
        "may_edit": _may(request, "edit-headline", found),
        "longest": LONGEST_HEADLINE,
    }
    status = 422 if bound is not None and bound.errors else 200
    return render(request, "performance/report_headlines.html", context, status=status)


def _get_headline(found: Report, key: str) -> Headline:
    for each in found.headlines.select_related("report"):
        if str(each.pk) == key:
            return each
    raise Http404("no such headline")


def _edit(request: HttpRequest, found: Report, chosen: Headline, form: HeadlineForm) -> HttpResponse | None:
    try:
        edited = edit_headline(chosen, **form.cleaned_data, by=request.user, now=timezone.now())
    except PlainError as error:
        form.add_error(None, ValidationError(str(error)))
        return None
    if edited.faults and not edited.reason:
        messages.warning(request, _("It is kept, and disagrees with the numbers: mend it, or say why it stays."))
    else:
        messages.success(request, _("The headline is kept."))
    return redirect(reverse("performance:report_headlines", args=[found.pk]) + f"#headline-{chosen.place}")


def _headline_row(headline: Headline, bound: HeadlineForm | None, themes: dict[str, str]) -> dict[str, Any]:
    first = {
        "words": headline.words or headline.generated,
        "reason": headline.reason,
        "left_out": headline.left_out,
        "seen": headline.version,
    }
    return {
        "headline": headline,
        "theme": f"{headline.theme} {themes.get(headline.theme, '')}".strip(),
        "bound": bound,
        "form": bound or HeadlineForm(initial=first, auto_id=f"h{headline.place}_%s"),
    }


@require_POST
def headline_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_report(request, pk)
    made = attempt(
        request,
        lambda: add_headline(
            found,
            theme=request.POST.get("theme", ""),
            words=request.POST.get("words", ""),
            by=request.user,
            now=timezone.now(),
        ),
    )
    if made and made.faults:
        messages.warning(request, _("It is kept, and disagrees with the numbers: mend it, or say why it stays."))
    return redirect("performance:report_headlines", found.pk)
