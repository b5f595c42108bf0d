"""How does a closed audit become evidence of an item, or the test behind an opinion on it?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bluelamp.assurance.actions_evidence import submit_link
from bluelamp.assurance.actions_opinions import Audit as AuditOfItems
from bluelamp.assurance.actions_opinions import record_audit_test
from bluelamp.assurance.forms import ask_line
from bluelamp.lib.calendar_days import london_day
from bluelamp.lib.errors import PlainError
from bluelamp.performance.audit_rules import CLOSED, KINDS, SAMPLE, check_known
from bluelamp.performance.models import Audit
from bluelamp.performance.queries_audits import find_audit, find_found, say_result
from bluelamp.register.models import Item
from bluelamp.register.queries import find_item
from bluelamp.register.standing import load_states

EVIDENCE = "evidence"


class UseForm(forms.Form):
    reference = ask_line(gettext_lazy("The item"), hint=gettext_lazy("Its reference, such as NTS-2022-AFI-01."))
    use = forms.ChoiceField(label=gettext_lazy("What is the audit for it?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grades = [(slug, state) for slug, state in load_states("assurance").items() if state.graded]
        self.fields["use"].choices = [  # type: ignore[attr-defined]
            (EVIDENCE, _("Evidence, which somebody else accepts or returns")),
            *((slug, _("The test behind my opinion: %s") % state.name.lower()) for slug, state in grades),
        ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def audit_evidence(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Offer the closed audit as evidence of an item, or give an opinion on the item that rests on it."""
    audit = find_audit(pk, viewer=request.user)
    if audit is None:
        raise Http404("no such audit")
    if audit.state != CLOSED:
        messages.error(request, _("An audit proves something once it is closed: until then its result changes."))
        return redirect("performance:audit", audit.pk)
    form = UseForm(request.POST or None, initial={"reference": request.GET.get("item", ""), "use": EVIDENCE})
    if request.method == "POST" and form.is_valid():
        item = find_item(form.cleaned_data["reference"], viewer=request.user)
        if item is None:
            form.add_error("reference", _("There is no item of that reference."))
        else:
            try:
                _use(audit, item, form.cleaned_data["use"], request)
            except PlainError as error:
                form.add_error(None, ValidationError(str(error)))
            else:
                messages.success(request, _("The audit stands with the item now."))
                return redirect("desk:item", item.reference)
    context = {"audit": audit, "form": form, "result": say_result(audit)}
    return render(request, "desk/audit_evidence.html", context, status=422 if form.errors else 200)


def _use(audit: Audit, item: Item, use: str, request: HttpRequest) -> None:
    address = request.build_absolute_uri(reverse("performance:audit", args=[audit.pk]))
    by, now = request.user, timezone.now()
    words = f"{KINDS[audit.kind]} “{audit.title}”: {say_result(audit)}"
    if use == EVIDENCE:
        submit_link(item, proves=words, address=address, marking=audit.marking, by=by, now=now)
        return
    test = AuditOfItems(
        title=audit.title,
        tested_on=london_day(check_known(audit.closed)),
        auditor=audit.closed_by,
        method=audit.passes or audit.question,
        **_counts(audit),
    )
    record_audit_test([item], audit=test, grade=use, looked_at=address, words=words, by=by, now=now)


def _counts(audit: Audit) -> dict[str, int]:
    """How many were drawn from, judged and passed; a review in questions has none of these."""
    if audit.kind != SAMPLE:
        return {}
    found = find_found(audit)
    return {"population": audit.population, "sample": found.judged, "passed": found.passed}
