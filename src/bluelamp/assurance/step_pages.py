"""Which pages are there to take a step with an item, what does each ask, and which action does it call?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from bluelamp.assurance import actions_delivery as delivery
from bluelamp.assurance import actions_responses as responses
from bluelamp.assurance import forms
from bluelamp.assurance.models import Action, Step, TargetChange
from bluelamp.assurance.step_pages_model import StepPage, plainly
from bluelamp.assurance.step_pages_testing import TESTING_PAGES
from bluelamp.ledger.actions import Actor


def _respond(item: Any, said: dict[str, Any], by: Actor, now: dt.datetime) -> object:
    return responses.respond(item, answer=said["answer"], reason=said["reason"], by=by, now=now)


def _allocate(item: Any, said: dict[str, Any], by: Actor, now: dt.datetime) -> object:
    steps = said.pop("steps").splitlines()
    return delivery.allocate(item, **said, steps=steps, by=by, now=now)


def _answer(item: Any, said: dict[str, Any], by: Actor, now: dt.datetime) -> object:
    return delivery.answer([delivery.Said(item=item, words=said["words"])], via="desk", by=by, now=now)


def _decide_date(change: Any, said: dict[str, Any], by: Actor, now: dt.datetime) -> object:
    agreed = said["decision"] == "agree"
    return delivery.decide_new_date(change, agreed=agreed, reason=said["reason"], by=by, now=now)


def _decide_dispute(item: Any, said: dict[str, Any], by: Actor, now: dt.datetime) -> object:
    upheld = said.pop("decision") == "upheld"
    return responses.decide_dispute(item, upheld=upheld, **said, by=by, now=now)


_PAGES = (
    StepPage(
        slug="respond",
        link=_("Answer the point"),
        title=_("What does the force say to this point?"),
        button=_("Record the answer"),
        steps=("accept", "accept-partly", "dispute"),
        form=forms.RespondForm,
        take=_respond,
        done=_("The answer is recorded."),
        explain=_("An answer can be changed later; each stays in the history."),
    ),
    StepPage(
        slug="refer-dispute",
        link=_("Ask a committee for advice"),
        title=_("Ask a committee for advice"),
        button=_("Refer the dispute"),
        steps=("refer-dispute",),
        form=forms.ReferForm,
        take=plainly(responses.refer_dispute),
        done=_("The dispute is referred."),
    ),
    StepPage(
        slug="record-advice",
        link=_("Record the committee’s advice"),
        title=_("Record the committee’s advice"),
        button=_("Record the advice"),
        steps=("record-advice",),
        form=forms.AdviceForm,
        take=plainly(responses.record_advice),
        done=_("The advice is recorded."),
        explain=_("A committee advises; the chief officer or the local policing body decides."),
    ),
    StepPage(
        slug="decide-dispute",
        link=_("Record the decision"),
        title=_("How was the dispute decided?"),
        button=_("Record the decision"),
        steps=("uphold-dispute", "reject-dispute"),
        form=forms.DecideDisputeForm,
        take=_decide_dispute,
        done=_("The decision is recorded."),
    ),
    StepPage(
        slug="allocate",
        link=_("Add an action"),
        title=_("What will be done, by whom and when?"),
        button=_("Add the action"),
        steps=("allocate",),
        form=forms.AllocateForm,
        take=_allocate,
        done=_("The action is added."),
    ),
    StepPage(
        slug="change-owner",
        link=_("Change the owner"),
        title=_("Give the action to another owner"),
        button=_("Change the owner"),
        steps=("change-owner",),
        form=forms.ChangeOwnerForm,
        take=plainly(delivery.change_owner),
        done=_("The owner is changed. The dates are as they were."),
        about=Action,
        explain=_("The dates stay as they are: a new owner who needs another date asks for it."),
    ),
    StepPage(
        slug="begin",
        link=_("Begin"),
        title=_("Begin this action"),
        button=_("Begin it"),
        steps=("begin",),
        form=forms.EmptyForm,
        take=plainly(delivery.begin),
        done=_("The action is in progress."),
        about=Action,
    ),
    StepPage(
        slug="deliver",
        link=_("Say it is delivered"),
        title=_("Say that this action is delivered"),
        button=_("Say it is delivered"),
        steps=("deliver",),
        form=forms.DeliverForm,
        take=plainly(delivery.deliver),
        done=_("The claim is recorded. It is tested by somebody else."),
        about=Action,
    ),
    StepPage(
        slug="take-up-again",
        link=_("Take it up again"),
        title=_("Take this action up again"),
        button=_("Take it up again"),
        steps=("take-up-again",),
        form=forms.ReasonForm,
        take=plainly(delivery.take_up_again),
        done=_("The action is in progress again."),
        about=Action,
    ),
    StepPage(
        slug="finish-step",
        link=_("Done"),
        title=_("When was this step done?"),
        button=_("Record the day"),
        steps=("answer",),
        form=forms.DayForm,
        take=plainly(delivery.finish_step),
        done=_("The step is done."),
        about=Step,
    ),
    StepPage(
        slug="ask-new-date",
        link=_("Ask for a new date"),
        title=_("Ask for a new date"),
        button=_("Ask for it"),
        steps=("ask-new-date",),
        form=forms.NewDateForm,
        take=plainly(delivery.ask_new_date),
        done=_("The new date is asked for. Nothing moves until the lead agrees."),
        about=Action,
        explain=_("The first date is kept for good. Nothing moves until the lead agrees."),
    ),
    StepPage(
        slug="decide-new-date",
        link=_("Decide the new date"),
        title=_("Is the new date agreed?"),
        button=_("Record the decision"),
        steps=("agree-new-date", "refuse-new-date"),
        form=forms.DecideDateForm,
        take=_decide_date,
        done=_("The decision on the date is recorded."),
        about=TargetChange,
    ),
    StepPage(
        slug="pass-on",
        link=_("Pass to another body"),
        title=_("Pass this item to another body"),
        button=_("Pass it on"),
        steps=("pass-on",),
        form=forms.PassOnForm,
        take=plainly(delivery.pass_on),
        done=_("The item is for another body."),
    ),
    StepPage(
        slug="take-back",
        link=_("Take it back"),
        title=_("Take this item back"),
        button=_("Take it back"),
        steps=("take-back",),
        form=forms.ReasonForm,
        take=plainly(delivery.take_back),
        done=_("The item is yours again."),
    ),
    StepPage(
        slug="answer",
        link=_("Say how far it is"),
        title=_("How far is it?"),
        button=_("Record it"),
        steps=("answer",),
        form=forms.AnswerForm,
        take=_answer,
        done=_("Your answer is recorded."),
    ),
    StepPage(
        slug="note-position",
        link=_("Note what the inspectorate says"),
        title=_("What does the inspectorate say of it?"),
        button=_("Record it"),
        steps=("note-position",),
        form=forms.PositionForm,
        take=plainly(responses.note_position),
        done=_("The inspectorate’s position is noted."),
    ),
    StepPage(
        slug="handling",
        link=_("Risk and lead"),
        title=_("How carefully is this item to be handled?"),
        button=_("Save"),
        steps=("set-handling",),
        form=forms.HandlingForm,
        take=plainly(responses.set_handling),
        done=_("Saved."),
    ),
    StepPage(
        slug="comment",
        link=_("Write an internal remark"),
        title=_("Write an internal remark"),
        button=_("Keep the remark"),
        steps=(),
        form=forms.CommentForm,
        take=plainly(responses.comment),
        done=_("The remark is kept."),
        explain=_("Read by your own organisation only; part of no paper unless asked for, and never public."),
    ),
)


def step_pages() -> Mapping[str, StepPage]:
    """Every page by the word in its address."""
    return {page.slug: page for page in (*_PAGES, *TESTING_PAGES)}
