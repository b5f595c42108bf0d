"""What can be filled in about a check: an answer to a finding, papers to check beside one?"""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from bluelamp.intake.check_rules import EXPLAINED, FIXED, LONGEST_REASON, NOT_AN_ERROR


class AnswerForm(forms.Form):
    """`seen` is the answer that stood when the page was read."""

    answer = forms.ChoiceField(
        label=_("What is to be said of it?"),
        choices=[
            (FIXED, _("It is fixed: the next version will not have it")),
            (EXPLAINED, _("It is explained: what is printed is right, for a reason")),
            (NOT_AN_ERROR, _("It is not an error: the check has misread the paper")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it is fixed, explained, or not an error.")},
    )
    reason = forms.CharField(
        label=_("The reason"),
        help_text=_("Needed unless it is fixed. The next version of the paper will show it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=LONGEST_REASON * 2,
    )
    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def seen_key(self) -> UUID | None:
        found = self.cleaned_data.get("seen")
        return found if isinstance(found, UUID) else None
