"""What does a person fill in to load figures, type them in, or take a load back?"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bluelamp.documents.models import MARKINGS
from bluelamp.figures.months import Month, Span
from bluelamp.performance.figure_rules import LONGEST_NOTE, LONGEST_TOKEN_NAME
from bluelamp.performance.loading_mappings import FiguresMapping
from bluelamp.performance.plans import Plan

LARGEST: Final = 20_000_000  # bytes of a file that is sent from a browser; a command takes larger ones
SPANS: Final = (
    (Span.MONTH.value, _("A month")),
    (Span.QUARTER.value, _("A quarter")),
    (Span.HALF_YEAR.value, _("A half-year")),
    (Span.YEAR.value, _("12 months")),
)


def check_size(found: Any) -> Any:
    """The file that was sent; ValidationError where it is larger than a browser may send."""
    if found.size > LARGEST:
        raise ValidationError(
            _("The file is larger than %s MB: split it, or load it with the command.") % (LARGEST // 1_000_000)
        )
    return found


def _day(label: Any, hint: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, widget=widget)


class OwnOnlyForm(forms.Form):
    """Whose record it becomes. Somebody of an organisation shares with everybody only by saying so."""

    own_only = forms.BooleanField(
        label=_("Only for my own organisation"),
        required=False,
        initial=True,
        help_text=_("Without the tick everybody who signs in to this workspace sees it."),
    )

    def __init__(self, *args: Any, organisation: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if organisation is None:
            del self.fields["own_only"]


class FromNowForm(OwnOnlyForm):
    """What every way of loading asks. A day after today is nobody's knowledge."""

    known_on = _day(_("Known on"), _("The day on which these figures were what was known. Usually today."))
    note = forms.CharField(label=_("Note"), required=False, max_length=LONGEST_NOTE)
    marking = forms.ChoiceField(label=_("Marking"), choices=MARKINGS)
    field_order = ("known_on", "note", "own_only", "marking")

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["known_on"].initial = today

    def clean_known_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["known_on"]
        if day > self.today:
            raise ValidationError(_("Nobody knows figures before they are there: give today or an earlier day."))
        return day


class LoadForm(FromNowForm):
    plan = forms.ChoiceField(label=_("Plan"))
    file = forms.FileField(
        label=_("File"), help_text=_("Excel (.xlsx) or comma-separated values (.csv). It is looked at first.")
    )
    mapping = forms.ChoiceField(
        label=_("Layout"), required=False, help_text=_("Found out by its headings unless you say which.")
    )
    sheet = forms.CharField(
        label=_("Sheet"), required=False, max_length=100, help_text=_("If only one sheet of a workbook is meant.")
    )
    field_order = ("plan", "file", "mapping", "sheet", "known_on", "note", "own_only", "marking")

    def __init__(
        self, *args: Any, plans: dict[str, Plan], mappings: dict[str, FiguresMapping], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].choices = [(slug, plan.name) for slug, plan in plans.items()]  # type: ignore[attr-defined]
        named = [(slug, mapping.name) for slug, mapping in mappings.items()]
        self.fields["mapping"].choices = [("", _("Find out")), *named]  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        return check_size(self.cleaned_data["file"])


class PeriodForm(forms.Form):
    """Which plan, area and period figures are typed for."""

    plan = forms.ChoiceField(label=_("Plan"))
    area = forms.ChoiceField(label=_("Area"))
    span = forms.ChoiceField(label=_("Length"), choices=SPANS)
    to = forms.CharField(label=_("Last month"), help_text=_("As 2021-03."), max_length=7)

    def __init__(self, *args: Any, plans: dict[str, Plan], areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].choices = [(slug, plan.name) for slug, plan in plans.items()]  # type: ignore[attr-defined]
        self.fields["area"].choices = areas  # type: ignore[attr-defined]

    def clean_to(self) -> Month:
        try:
            return Month.parse(self.cleaned_data["to"].strip())
        except ValueError as error:
            raise ValidationError(_("Write the month as 2021-03.")) from error


class FromRecordsForm(OwnOnlyForm):
    """Which indicators of which plan are counted from the records, over which months."""

    plan = forms.ChoiceField(label=_("Plan"))
    codes = forms.MultipleChoiceField(
        label=_("Indicators"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Every one that says how it is counted, where none is ticked."),
    )
    first = forms.CharField(
        label=_("First month"), required=False, max_length=7, help_text=_("As 2025-01; else all that are there.")
    )
    last = forms.CharField(label=_("Last month"), required=False, max_length=7)
    marking = forms.ChoiceField(
        label=_("Marking"), choices=MARKINGS, help_text=_("Never below that of the records.")
    )

    field_order = ("plan", "codes", "first", "last", "own_only", "marking")

    def __init__(self, *args: Any, plans: dict[str, Plan], chosen: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].choices = [(slug, plan.name) for slug, plan in plans.items()]  # type: ignore[attr-defined]
        self.fields["codes"].choices = [  # type: ignore[attr-defined]
            (each.code, f"{each.code} {each.name}: {each.records.words}")
            for each in chosen.indicators
            if each.records is not None
        ]

    def clean_first(self) -> Month | None:
        return self._read_month("first")

    def clean_last(self) -> Month | None:
        return self._read_month("last")

    def _read_month(self, name: str) -> Month | None:
        said = self.cleaned_data[name].strip()
        try:
            return Month.parse(said) if said else None
        except ValueError as error:
            raise ValidationError(_("Write the month as 2021-03.")) from error

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("first") and said.get("last") and said["last"] < said["first"]:
            self.add_error("last", _("It is before the first month."))
        return said


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it withdrawn?"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Its figures count no more from now on. They stay to be seen, and so does the reason."),
    )


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("What is it for?"), max_length=LONGEST_TOKEN_NAME, help_text=_("Such as: the quarterly workbook.")
    )


class PublishedForm(FromNowForm):
    """A load from a published report: which plan it reports on, and over which periods."""

    plan = forms.ChoiceField(label=_("Plan"))
    span = forms.ChoiceField(label=_("How long its periods are"), choices=SPANS, initial=Span.YEAR.value)
    field_order = ("plan", "span", "known_on", "note", "own_only", "marking")

    def __init__(self, *args: Any, plans: dict[str, Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].choices = [(slug, plan.name) for slug, plan in plans.items()]  # type: ignore[attr-defined]
        del self.fields["marking"]
        self.fields.pop("own_only", None)
