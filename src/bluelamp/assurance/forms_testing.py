"""What does a person fill in to offer evidence, give an opinion, sign off, reopen, or look again?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bluelamp.assurance.actions_closing import AUTHORITIES
from bluelamp.assurance.forms import (
    ChoosingForm,
    StepForm,
    ask_day,
    ask_line,
    ask_reason,
    ask_words,
    choose_document,
)
from bluelamp.assurance.models import Action, Evidence
from bluelamp.assurance.queries_testing import find_evidence
from bluelamp.assurance.watch_rules import DIRECTIONS, KINDS
from bluelamp.register.models import Item
from bluelamp.register.queries import find_item
from bluelamp.register.standing import load_states


class EvidenceForm(ChoosingForm):
    """One of a file, a link, a passage or a figure."""

    proves = ask_words(_("What does it show?"), hint=_("What the evidence is meant to prove."), rows=2)
    file = forms.FileField(label=_("A file"), required=False, help_text=_("Kept as it is, and never replaced."))
    address = ask_line(_("Or a link"), required=False, hint=_("It begins with https:// or http://"))
    document = choose_document(_("Or a passage of a document in the register"))
    words = ask_words(_("Its words"), required=False, hint=_("Exactly as they stand in that document."), rows=2)
    indicator = ask_line(_("Or an indicator"), required=False, hint=_("Its code or name."))
    value = ask_line(_("Its value"), required=False, hint=_("As it was published."))
    day = ask_day(_("On which day?"), required=False)
    action = forms.ModelChoiceField(Action.objects.none(), label=_("For which action?"), required=False)

    def prepare(self) -> None:
        super().prepare()
        field = self.fields["action"]
        field.queryset = Action.objects.filter(item=self.subject)  # type: ignore[attr-defined]
        field.label_from_instance = lambda action: f"{action.number}. {action.words[:80]}"  # type: ignore[attr-defined]
        if not field.queryset.exists():  # type: ignore[attr-defined]
            del self.fields["action"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        offered = [name for name in ("file", "address", "document", "indicator") if said.get(name)]
        if len(offered) != 1:
            raise forms.ValidationError(_("Offer one thing: a file, a link, a passage or an indicator’s value."))
        return {**said, "offered": offered[0]}


class DecideEvidenceForm(StepForm):
    decision = forms.ChoiceField(
        label=_("Does it show what it is meant to prove?"),
        choices=[("accept", _("Yes, it is accepted")), ("return", _("No, it is returned"))],
        widget=forms.RadioSelect,
    )
    reason = ask_words(_("Reason"), required=False, hint=_("Needed where it is returned."), rows=2)


class OpenReviewForm(StepForm):
    reason = ask_words(
        _("Why?"), required=False, hint=_("Needed where an opinion was given before; a few words."), rows=2
    )


class OpinionForm(StepForm):
    grade = forms.ChoiceField(label=_("Your opinion"), widget=forms.RadioSelect)
    looked_at = ask_words(_("What did you look at?"), hint=_("Records, people, systems, and how many."))
    words = ask_words(_("What did you find?"), required=False)
    evidence_seen = forms.ModelMultipleChoiceField(
        Evidence.objects.none(),
        label=_("Evidence you have seen"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def prepare(self) -> None:
        self.fields["grade"].choices = [  # type: ignore[attr-defined]
            (slug, f"{state.name}: {state.meaning}")
            for slug, state in load_states("assurance").items()
            if state.graded
        ]
        field = self.fields["evidence_seen"]
        field.queryset = find_evidence(viewer=self.viewer).filter(item=self.subject)  # type: ignore[attr-defined]
        field.label_from_instance = lambda evidence: evidence.proves[:120]  # type: ignore[attr-defined]
        if not field.queryset.exists():  # type: ignore[attr-defined]
            del self.fields["evidence_seen"]


class SignOffForm(ChoosingForm):
    code = forms.ChoiceField(label=_("How does it end?"), widget=forms.RadioSelect)
    successor = ask_line(
        _("Which item stands in its place?"), required=False, hint=_("Its reference; only where it is superseded.")
    )
    reason = ask_reason()
    authority = forms.ChoiceField(
        label=_("What decided it?"), choices=list(AUTHORITIES.items()), widget=forms.RadioSelect
    )
    authority_words = ask_line(
        _("Which minute or letter?"), hint=_("For example: joint audit committee, minute 23/2024.")
    )
    authority_day = ask_day(_("Of which day?"))
    document = choose_document(_("The document, if the register holds it"))
    watch_kind = forms.ChoiceField(
        label=_("What should stay true?"),
        choices=[*KINDS.items(), ("", _("Nothing: the code needs none"))],
        initial="date",
        required=False,
        widget=forms.RadioSelect,
        help_text=_("When it slides or falls due, the item proposes its own reopening."),
    )
    watch_what = ask_line(_("In words"), required=False)
    watch_due = ask_day(_("Looked at again by"), required=False)
    watch_indicator = ask_line(_("The indicator"), required=False)
    watch_direction = forms.ChoiceField(
        label=_("It should be"), choices=[("", "–"), *DIRECTIONS.items()], required=False
    )
    watch_limit = ask_line(_("Its limit"), required=False, hint=_("For example: 90%."))

    def prepare(self) -> None:
        super().prepare()
        self.fields["code"].choices = [  # type: ignore[attr-defined]
            (slug, f"{state.name}: {state.meaning}") for slug, state in load_states("closing_code").items()
        ]

    def clean_successor(self) -> Item | None:
        said = str(self.cleaned_data["successor"]).strip()
        if not said:
            return None
        found = find_item(said, viewer=self.viewer)
        if found is None:
            raise forms.ValidationError(_("There is no item “%(said)s”."), params={"said": said[:60]})
        return found


class LookForm(StepForm):
    decision = forms.ChoiceField(
        label=_("Has it stayed true?"),
        choices=[("held", _("Yes, it holds")), ("slid", _("No, it has slid: the item proposes its reopening"))],
        widget=forms.RadioSelect,
    )
    words = ask_words(_("What did you look at, and what did you find?"))
    next_day = ask_day(_("Look again on"), required=False, hint=_("Empty: it need not be watched any more."))


class ExplainForm(StepForm):
    words = ask_words(_("Why does the item stay signed off?"))
    next_day = ask_day(_("Look again on"))
