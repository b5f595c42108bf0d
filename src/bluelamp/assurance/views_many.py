"""How does one minute sign off many items, and one audit test cover many?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bluelamp.assurance.actions_closing import AUTHORITIES, Authority, Closing, sign_off_many
from bluelamp.assurance.actions_opinions import Audit, record_audit_test
from bluelamp.assurance.forms import ChoosingForm, ask_day, ask_line, ask_words, choose_document
from bluelamp.assurance.steps import load_steps
from bluelamp.assurance.watch_rules import Wanted
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.rules import role_of
from bluelamp.register.models import Item
from bluelamp.register.queries import find_item
from bluelamp.register.standing import load_states

MOST = 500


class ManyForm(ChoosingForm):
    """References of items, one to a line or with commas between."""

    items = ask_words(
        gettext_lazy("Which items?"), hint=gettext_lazy("Their references, one to a line or with commas between.")
    )

    def clean_items(self) -> list[Item]:
        said = [
            word.strip() for word in self.cleaned_data["items"].replace(",", "\n").splitlines() if word.strip()
        ]
        if len(said) > MOST:
            raise forms.ValidationError(_("At most %d items at a time.") % MOST)
        found = {word: find_item(word, viewer=self.viewer) for word in said}
        if missing := [word for word, item in found.items() if item is None]:
            raise forms.ValidationError(
                _("There is no item “%s”.") % "”, “".join(word[:40] for word in missing[:5])
            )
        return list({item.pk: item for item in found.values() if item is not None}.values())


class SignOffManyForm(ManyForm):
    code = forms.ChoiceField(label=gettext_lazy("How do they end?"), widget=forms.RadioSelect)
    reason = ask_words(gettext_lazy("Why?"), rows=2)
    authority = forms.ChoiceField(
        label=gettext_lazy("What decided it?"), choices=list(AUTHORITIES.items()), widget=forms.RadioSelect
    )
    authority_words = ask_line(gettext_lazy("Which minute or letter?"))
    authority_day = ask_day(gettext_lazy("Of which day?"))
    document = choose_document(gettext_lazy("The document, if the register holds it"))
    watch_what = ask_line(
        gettext_lazy("What should stay true of each?"),
        required=False,
        hint=gettext_lazy("Needed where the policy asks for it; empty for codes without proof."),
    )
    watch_due = ask_day(gettext_lazy("Looked at again by"), required=False)

    def prepare(self) -> None:
        super().prepare()
        codes = load_states("closing_code").items()
        self.fields["code"].choices = [  # type: ignore[attr-defined]
            (slug, f"{state.name}: {state.meaning}") for slug, state in codes if slug != "superseded"
        ]


class AuditTestForm(ManyForm):
    title = ask_line(gettext_lazy("Title of the test"))
    tested_on = ask_day(gettext_lazy("Tested on"))
    method = ask_words(gettext_lazy("How was it tested?"), required=False, rows=2)
    population = forms.IntegerField(label=gettext_lazy("Of how many cases in all?"), required=False, min_value=1)
    sample = forms.IntegerField(label=gettext_lazy("How many were looked at?"), required=False, min_value=1)
    passed = forms.IntegerField(label=gettext_lazy("How many passed?"), required=False, min_value=0)
    document = choose_document(gettext_lazy("The auditor’s report, if the register holds it"))
    grade = forms.ChoiceField(label=gettext_lazy("Opinion on these items"), widget=forms.RadioSelect)
    looked_at = ask_words(gettext_lazy("What was looked at?"))
    words = ask_words(gettext_lazy("What was found?"), required=False)

    def prepare(self) -> None:
        super().prepare()
        self.fields["grade"].choices = [  # type: ignore[attr-defined]
            (slug, f"{state.name}: {state.meaning}")
            for slug, state in load_states("assurance").items()
            if state.graded
        ]


def _sign_off(said: dict[str, Any], request: HttpRequest) -> int:
    authority = Authority(
        kind=said["authority"],
        words=said["authority_words"],
        day=said["authority_day"],
        document=said["document"],
    )
    what, due = said["watch_what"], said["watch_due"]
    watches = (Wanted(kind="date", what=what, due=due),) if what or due else ()
    closings = [
        Closing(item=item, code=said["code"], reason=said["reason"], watches=watches) for item in said["items"]
    ]
    return len(sign_off_many(closings, authority=authority, by=request.user, now=timezone.now()))


def _record_test(said: dict[str, Any], request: HttpRequest) -> int:
    names = ("title", "tested_on", "method", "population", "sample", "passed", "document")
    audit = Audit(**{name: said[name] for name in names})
    record_audit_test(
        said["items"], audit=audit, grade=said["grade"], looked_at=said["looked_at"], words=said["words"],
        by=request.user, now=timezone.now(),
    )  # fmt: skip
    return len(said["items"])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_off_page(request: HttpRequest) -> HttpResponse:
    """One minute signs off many, all of them or none."""
    says = gettext_lazy(
        "One minute or letter may sign off many items: all of them, or none. What each lacks is said at once."
    )
    return _show(request, "sign-off", SignOffManyForm, _sign_off, gettext_lazy("Sign many items off"), says)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def audit_test_page(request: HttpRequest) -> HttpResponse:
    """One internal audit's test gives its opinion on many items."""
    says = gettext_lazy("One test may cover many items: each gets its opinion, with the sample behind it.")
    title = gettext_lazy("Record an internal audit test")
    return _show(request, "record-audit-test", AuditTestForm, _record_test, title, says)


def _show(
    request: HttpRequest,
    step: str,
    kind: type[ManyForm],
    act: Callable[[dict[str, Any], HttpRequest], int],
    title: str | Promise,
    says: str | Promise,
) -> HttpResponse:
    rule = load_steps()[step]
    refusal = "" if role_of(request.user) in rule.roles else _("Your role does not let you %s.") % rule.says
    if refusal and request.method == "POST":
        raise PermissionDenied(refusal)
    first = {"items": request.GET.get("items", "")}
    form = kind(request.POST or None, initial=first, viewer=request.user, subject=None)
    if request.method == "POST" and form.is_valid():
        try:
            number = act(dict(form.cleaned_data), request)
        except PlainError as error:
            form.add_error(None, forms.ValidationError(str(error)))
        else:
            messages.success(request, ngettext("Done for %d item.", "Done for %d items.", number) % number)
            return redirect("assurance:home")
    context = {"form": form, "title": title, "says": says, "refusal": refusal}
    return render(request, "assurance/many.html", context, status=422 if form.errors else 200)
