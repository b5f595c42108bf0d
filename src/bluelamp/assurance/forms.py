"""What does a person fill in to take a step with an item? One plain form for each step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bluelamp.assurance.actions_responses import DECIDERS
from bluelamp.documents.models import StoredDocument
from bluelamp.documents.queries import find_documents
from bluelamp.organisations.models import Owner
from bluelamp.organisations.queries import find_owners
from bluelamp.organisations.visibility import Viewer
from bluelamp.register.standing import load_states

LONGEST = 20_000


def ask_words(label: Any, *, required: bool = True, hint: Any = "", rows: int = 4) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, help_text=hint, widget=area, max_length=LONGEST)


def ask_line(label: Any, *, required: bool = True, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, required=required, help_text=hint, max_length=500)


def ask_day(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=hint, widget=widget)


def ask_reason() -> forms.CharField:
    return ask_words(_("Why?"), hint=_("A few words that will stand in the history."), rows=2)


class StepForm(forms.Form):
    """A form that knows who looks, so that it offers only what they may see."""

    def __init__(self, *args: Any, viewer: Viewer, subject: Any, **kwargs: Any) -> None:
        self.viewer, self.subject = viewer, subject
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on who looks and on what it is about."""


def choose_owner(label: Any, *, required: bool = True, hint: Any = "") -> forms.ModelChoiceField:
    return forms.ModelChoiceField(Owner.objects.none(), label=label, required=required, help_text=hint)


def choose_document(label: Any, *, hint: Any = "") -> forms.ModelChoiceField:
    return forms.ModelChoiceField(StoredDocument.objects.none(), label=label, required=False, help_text=hint)


MOST_DOCUMENTS = 200


class ChoosingForm(StepForm):
    """Choices of owners and documents are those that the viewer may see."""

    def prepare(self) -> None:
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
                if field.queryset.model is Owner:
                    field.queryset = find_owners(viewer=self.viewer)
                elif field.queryset.model is StoredDocument:
                    field.queryset = find_documents(viewer=self.viewer).order_by("-added")


class RespondForm(StepForm):
    answer = forms.ChoiceField(label=_("What does the force say to this point?"), widget=forms.RadioSelect)
    reason = ask_words(_("Reason"), required=False, hint=_("Needed unless the point is accepted as it stands."))

    def prepare(self) -> None:
        states = load_states("response")
        self.fields["answer"].choices = [  # type: ignore[attr-defined]
            (slug, state.name) for slug, state in states.items() if slug != "awaiting"
        ]


class AllocateForm(ChoosingForm):
    words = ask_words(_("What will be done?"))
    owner = choose_owner(_("Who will do it?"), hint=_("A person, a post or a partner body."))
    deputy = choose_owner(_("Deputy"), required=False)
    lead = choose_owner(_("Chief-officer lead"), required=False, hint=_("Who agrees another date."))
    target = ask_day(
        _("By when?"), required=False, hint=_("This first date is kept for good; another can be asked for.")
    )
    steps = ask_words(_("Steps"), required=False, hint=_("One to a line, if it has several."), rows=3)


class ChangeOwnerForm(ChoosingForm):
    owner = choose_owner(_("New owner"))
    deputy = choose_owner(_("Deputy"), required=False)
    lead = choose_owner(_("Chief-officer lead"), required=False)
    reason = ask_reason()


class EmptyForm(StepForm):
    """Nothing to fill in: only to say yes."""


class ReasonForm(StepForm):
    reason = ask_reason()


class DayForm(StepForm):
    day = ask_day(_("On which day?"))


class DeliverForm(StepForm):
    claim = ask_words(
        _("What was done?"), hint=_("This is the owner’s word. Somebody else tests whether it is so.")
    )
    day = ask_day(_("On which day?"))


class PassOnForm(StepForm):
    body = ask_line(_("Which body must do it?"))
    reason = ask_reason()


class AnswerForm(StepForm):
    words = ask_words(
        _("How far is it?"), hint=_("Kept as a record of its own, with the day; nothing before it is changed.")
    )


class NewDateForm(StepForm):
    day = ask_day(_("New date"))
    reason = ask_reason()


class DecideDateForm(StepForm):
    decision = forms.ChoiceField(
        label=_("Is the new date agreed?"),
        choices=[("agree", _("Yes, it is agreed")), ("refuse", _("No, the date stays as it is"))],
        widget=forms.RadioSelect,
    )
    reason = ask_words(_("Reason"), required=False, hint=_("Needed where it is refused."), rows=2)


class ReferForm(StepForm):
    committee = ask_line(_("Which committee is asked for advice?"))


class AdviceForm(ChoosingForm):
    advice = ask_words(_("What did the committee advise?"))
    cited = ask_line(_("In which minute?"), hint=_("For example: joint audit committee, minute 23/2024."))
    day = ask_day(_("Day of the meeting"))
    document = choose_document(_("The minutes, if the register holds them"))


class DecideDisputeForm(ChoosingForm):
    decision = forms.ChoiceField(
        label=_("What was decided?"),
        choices=[
            ("upheld", _("The dispute is upheld: the point is not accepted")),
            ("not-upheld", _("The dispute is not upheld: the point must be answered")),
        ],
        widget=forms.RadioSelect,
    )
    decided_by_role = forms.ChoiceField(
        label=_("Who decided?"), choices=list(DECIDERS.items()), widget=forms.RadioSelect
    )
    cited = ask_line(_("Where does the decision stand?"), hint=_("The minute, notice or letter."))
    day = ask_day(_("Day of the decision"))
    reason = ask_reason()
    document = choose_document(_("The document, if the register holds it"))


class PositionForm(ChoosingForm):
    position = forms.ChoiceField(label=_("What does the inspectorate say?"))
    day = ask_day(_("On which day?"))
    said_in = ask_line(
        _("Where does it say so?"), hint=_("Its letter, report or portal entry. Only the inspectorate closes.")
    )
    document = choose_document(_("The document, if the register holds it"))

    def prepare(self) -> None:
        super().prepare()
        self.fields["position"].choices = [  # type: ignore[attr-defined]
            (slug, state.name) for slug, state in load_states("position").items()
        ]


class HandlingForm(ChoosingForm):
    risk = forms.ChoiceField(
        label=_("Risk"),
        choices=[("ordinary", _("Ordinary")), ("high", _("High: two opinions and a stricter sign-off"))],
        widget=forms.RadioSelect,
    )
    reviewers = forms.TypedChoiceField(
        label=_("How many independent opinions?"),
        choices=[(1, _("One")), (2, _("Two, neither seeing the other’s"))],
        coerce=int,
        widget=forms.RadioSelect,
    )
    lead = choose_owner(_("Chief-officer lead"), required=False)
    reason = ask_reason()


class CommentForm(StepForm):
    words = ask_words(
        _("Internal remark"), hint=_("Read by your own organisation only; part of no paper unless asked for.")
    )
