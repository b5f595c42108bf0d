"""What does a person fill in to begin a report, write insight, ask for it, edit a headline, sign or release?"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bluelamp.documents.models import StoredDocument
from bluelamp.documents.queries import find_documents
from bluelamp.figures.months import Month
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.models import Owner
from bluelamp.organisations.queries import find_owners
from bluelamp.organisations.visibility import Viewer
from bluelamp.performance.actions_insight import cite_page
from bluelamp.performance.insight_evidence import Evidence, read_evidence
from bluelamp.performance.plans import Plan
from bluelamp.performance.report_rules import LONGEST_HEADLINE, LONGEST_TEXT
from bluelamp.performance.series import FORCE

FAR = 4 * LONGEST_TEXT
"""What a box takes at most; the action's own limit says it in plain words before that."""


def ask_words(label: Any, *, required: bool = True, hint: Any = "", rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, help_text=hint, widget=forms.Textarea(attrs={"rows": rows}), max_length=FAR
    )


def ask_line(label: Any, *, required: bool = True, hint: Any = "", longest: int = 200) -> forms.CharField:
    return forms.CharField(label=label, required=required, help_text=hint, max_length=longest)


def ask_reason(label: Any = None, *, hint: Any = None) -> forms.CharField:
    return ask_words(label or _("Why?"), hint=hint or _("A few words that will stand in the history."), rows=2)


class BeginForm(forms.Form):
    plan = forms.ChoiceField(label=_("Plan"))
    to = ask_line(_("Last month of the period"), hint=_("As year and month: 2021-03."), longest=7)
    area = forms.ChoiceField(
        label=_("Area"), required=False, help_text=_("The areas of each plan stand under its name.")
    )
    vintage = forms.IntegerField(
        label=_("Figures as known after vintage"),
        required=False,
        min_value=1,
        help_text=_("Empty: what is known now. They can be renewed until the report is ready."),
    )
    title = ask_line(_("Title"), required=False, hint=_("Empty: the plan’s name and the period."))
    marking = forms.ChoiceField(
        label=_("Marking"), choices=StoredDocument._meta.get_field("marking").choices or []
    )

    def __init__(self, *args: Any, plans: list[Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].choices = [(each.slug, each.name) for each in plans]  # type: ignore[attr-defined]
        self.fields["area"].choices = _list_areas(plans)  # type: ignore[attr-defined]
        self.fields["marking"].initial = "OFFICIAL"
        self.fields["to"].widget.attrs |= {"placeholder": "2021-03", "size": 10}

    def clean_to(self) -> str:
        try:
            return str(Month.parse(self.cleaned_data["to"].strip()))
        except ValueError as error:
            raise forms.ValidationError(str(_("Write the month as 2021-03."))) from error

    def clean_area(self) -> str:
        return str(self.cleaned_data["area"]) or FORCE


def _list_areas(plans: list[Plan]) -> list[tuple[str, Any]]:
    """The whole force, then each plan's other areas under its name. An area of another plan is refused by name."""
    groups = [
        (plan.name, [(area.slug, area.name) for area in plan.areas if area.level != "force"]) for plan in plans
    ]
    return [("", _("The whole force")), *((name, areas) for name, areas in groups if areas)]


class InsightForm(forms.Form):
    """The words and what they rest on. `seen` is the version that stood when the page was made."""

    words = ask_words(_("Insight"), required=False, rows=8)
    evidence = ask_words(
        _("Evidence in words"),
        required=False,
        rows=3,
        hint=_("One piece a line: a file in words, or an address. Put its number after the sentence: [1]."),
    )
    document = forms.ModelChoiceField(
        StoredDocument.objects.none(),
        label=_("Or a document of the record"),
        required=False,
        help_text=_("It is added after the lines above. Its words must stand on the page you name."),
    )
    quote = ask_line(_("The words that stand there"), required=False, longest=500)
    page = forms.IntegerField(label=_("Page"), required=False, min_value=1)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, viewer: Viewer, kept: tuple[Evidence, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer, self.kept = viewer, kept
        self.fields["document"].queryset = find_documents(viewer=viewer).order_by("-added")  # type: ignore[attr-defined]
        for name in ("page", "quote"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        for at, piece in enumerate(kept):
            if piece.kind == "page":
                self.fields[f"keep-{at}"] = forms.BooleanField(
                    label=_("Keep: %s") % piece.said, required=False, initial=True
                )

    def read(self, by: Any) -> tuple[str, tuple[Evidence, ...]]:
        """The words and their evidence; PlainError where a quote does not stand in its document."""
        data = self.cleaned_data
        pieces = list(read_evidence(data["evidence"]))
        pieces += [piece for at, piece in enumerate(self.kept) if data.get(f"keep-{at}")]
        if data["document"] is not None:
            pieces.append(cite_page(data["document"].pk, words=data["quote"], page=data["page"], by=by))
        elif data["quote"]:
            raise PlainError("Choose the document in which these words stand, or leave them out.")
        return data["words"], tuple(pieces)


def lines_of(kept: tuple[Evidence, ...]) -> str:
    """The pieces that are words and addresses, a line each, as they are typed."""
    return "\n".join(
        f"{piece.words}: {piece.address}" if piece.address and piece.address != piece.words else piece.words
        for piece in kept
        if piece.kind != "page"
    )


class AskForm(forms.Form):
    codes = forms.MultipleChoiceField(label=_("Indicators"), widget=forms.CheckboxSelectMultiple)
    owner = forms.ModelChoiceField(
        Owner.objects.none(), label=_("Who is asked?"), help_text=_("A person, a post or a partner body.")
    )
    due = forms.DateField(label=_("By when?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    note = ask_words(_("What do you ask in particular?"), required=False, rows=2)

    def __init__(self, *args: Any, viewer: Viewer, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = choices  # type: ignore[attr-defined]
        self.fields["owner"].queryset = find_owners(viewer=viewer)  # type: ignore[attr-defined]


class EmptyForm(forms.Form):
    """Nothing to fill in: only to say yes."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class RenewForm(forms.Form):
    vintage = forms.IntegerField(
        label=_("Figures as known after vintage"),
        required=False,
        min_value=1,
        help_text=_("Empty: what is known now."),
    )


class ReasonForm(forms.Form):
    reason = ask_reason()


class ReleaseForm(forms.Form):
    reason = ask_reason(
        _("What does it correct?"), hint=_("Printed in the release, with the number of the one before.")
    )
    public_from = forms.DateTimeField(
        label=_("Held back until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("London time. Empty: it is public at once. Until then only your own organisation sees it."),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )
    ground = ask_line(_("Why it is held back"), required=False, longest=500)

    def __init__(self, *args: Any, corrects: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not corrects:
            del self.fields["reason"]

    def clean_public_from(self) -> dt.datetime | None:
        hour = self.cleaned_data["public_from"]
        if hour is not None and hour <= timezone.now():
            raise forms.ValidationError(str(_("This hour has passed: leave it empty to release at once.")))
        return hour if isinstance(hour, dt.datetime) else None


class HeadlineForm(forms.Form):
    words = ask_words(_("Headline"), required=False, rows=2, hint=_("Emptied, it is left out of the report."))
    reason = ask_line(
        _("Why it stays although it disagrees"),
        required=False,
        hint=_("Kept in the history."),
        longest=LONGEST_HEADLINE,
    )
    left_out = forms.BooleanField(label=_("Leave it out of the report"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class AddHeadlineForm(forms.Form):
    theme = forms.ChoiceField(label=_("Theme"))
    words = ask_words(_("Headline"), rows=2)

    def __init__(self, *args: Any, themes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = themes  # type: ignore[attr-defined]


class RemarkForm(forms.Form):
    words = ask_words(_("Your remark"), rows=2)
