"""Which pages are there for evidence, opinions, signing off and what should stay true?"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from bluelamp.assurance import actions_closing as closing
from bluelamp.assurance import actions_evidence as evidence
from bluelamp.assurance import forms_testing as forms
from bluelamp.assurance.actions_opinions import give_opinion
from bluelamp.assurance.actions_reviews import open_review
from bluelamp.assurance.actions_watches import explain_slide, record_look
from bluelamp.assurance.forms import ReasonForm
from bluelamp.assurance.models import Evidence, Watch
from bluelamp.assurance.step_pages_model import StepPage, plainly
from bluelamp.assurance.watch_rules import Wanted
from bluelamp.ledger.actions import Actor

Said = dict[str, Any]


def _submit(item: Any, said: Said, by: Actor, now: dt.datetime) -> object:
    about: Said = {"proves": said["proves"], "action": said.get("action"), "by": by, "now": now}
    match said["offered"]:
        case "file":
            upload = said["file"]
            return evidence.submit_file(item, data=upload.read(), file_name=upload.name, **about)
        case "address":
            return evidence.submit_link(item, address=said["address"], **about)
        case "document":
            return evidence.submit_passage(item, document=said["document"], words=said["words"], **about)
        case _:
            day = said["day"] or now.date()
            return evidence.submit_indicator(
                item, indicator=said["indicator"], value=said["value"], day=day, **about
            )


def _decide(row: Any, said: Said, by: Actor, now: dt.datetime) -> object:
    decide = evidence.accept_evidence if said["decision"] == "accept" else evidence.return_evidence
    return decide(row, reason=said["reason"], by=by, now=now)


def _opinion(item: Any, said: Said, by: Actor, now: dt.datetime) -> object:
    return give_opinion(item, **{"evidence_seen": (), **said}, by=by, now=now)


def _sign_off(item: Any, said: Said, by: Actor, now: dt.datetime) -> object:
    authority = closing.Authority(
        kind=said["authority"],
        words=said["authority_words"],
        day=said["authority_day"],
        document=said["document"],
    )
    watch = Wanted(
        kind=said["watch_kind"],
        what=said["watch_what"],
        due=said["watch_due"],
        indicator=said["watch_indicator"],
        limit=said["watch_limit"],
        direction=said["watch_direction"],
    )
    return closing.sign_off(
        item,
        code=said["code"],
        reason=said["reason"],
        authority=authority,
        watches=[watch] if watch.kind else [],
        superseded_by=said["successor"],
        by=by,
        now=now,
    )


def _look(watch: Any, said: Said, by: Actor, now: dt.datetime) -> object:
    held = said["decision"] == "held"
    return record_look(watch, held=held, words=said["words"], next_day=said["next_day"], by=by, now=now)


TESTING_PAGES = (
    StepPage(
        slug="evidence",
        link=_("Offer evidence"),
        title=_("Offer evidence"),
        button=_("Offer it"),
        steps=("submit-evidence",),
        form=forms.EvidenceForm,
        take=_submit,
        done=_("The evidence is kept. Somebody else accepts or returns it."),
        with_files=True,
    ),
    StepPage(
        slug="decide-evidence",
        link=_("Accept or return"),
        title=_("Accept or return this evidence"),
        button=_("Record the decision"),
        steps=("accept-evidence", "return-evidence"),
        form=forms.DecideEvidenceForm,
        take=_decide,
        done=_("The decision on the evidence is recorded."),
        about=Evidence,
    ),
    StepPage(
        slug="open-review",
        link=_("Ask for an independent opinion"),
        title=_("Ask for an independent opinion"),
        button=_("Open the review"),
        steps=("open-review", "open-review-again"),
        form=forms.OpenReviewForm,
        take=plainly(open_review),
        done=_("The review is open."),
    ),
    StepPage(
        slug="opinion",
        link=_("Give your opinion"),
        title=_("Is it done, and does it work?"),
        button=_("Give this opinion"),
        steps=("give-opinion",),
        form=forms.OpinionForm,
        take=_opinion,
        done=_("Your opinion is recorded."),
        explain=_("Where two opinions are asked for, neither reviewer sees the other’s until both are given."),
    ),
    StepPage(
        slug="sign-off",
        link=_("Sign off"),
        title=_("Sign this item off"),
        button=_("Sign it off"),
        steps=("sign-off",),
        form=forms.SignOffForm,
        take=_sign_off,
        done=_("The item is signed off."),
        explain=_("A sign-off is not the inspectorate’s closing: only the inspectorate closes."),
    ),
    StepPage(
        slug="reopen",
        link=_("Reopen"),
        title=_("Reopen this item"),
        button=_("Reopen it"),
        steps=("reopen",),
        form=ReasonForm,
        take=plainly(closing.reopen),
        done=_("The item is open again. The first sign-off stays in its history."),
    ),
    StepPage(
        slug="bring-under-test",
        link=_("Bring under test"),
        title=_("Bring this item under the register’s own test"),
        button=_("Bring it under test"),
        steps=("bring-under-test",),
        form=ReasonForm,
        take=plainly(closing.bring_under_test),
        done=_("The item is open here."),
    ),
    StepPage(
        slug="look-again",
        link=_("Look again"),
        title=_("Has it stayed true?"),
        button=_("Record it"),
        steps=("look-at-watch",),
        form=forms.LookForm,
        take=_look,
        done=_("Recorded."),
        about=Watch,
    ),
    StepPage(
        slug="explain-slide",
        link=_("Explain why it stays signed off"),
        title=_("Why does the item stay signed off?"),
        button=_("Record the reason"),
        steps=("explain-watch",),
        form=forms.ExplainForm,
        take=plainly(explain_slide),
        done=_("The reason is recorded."),
        about=Watch,
    ),
)
