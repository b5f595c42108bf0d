"""What does an event of the ledger say to a person, and what is it about?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bluelamp.assurance.models import (
    AuditTest,
    Notification,
    Opinion,
    Round,
    StatutoryResponse,
    TemplateReturn,
    TemplateSent,
)
from bluelamp.assurance.queries_testing import find_hidden
from bluelamp.documents.models import StoredDocument
from bluelamp.inspections.models import Closure, Finding, GradeDistribution, Inspection, Practice, Statistic
from bluelamp.intake.headings import say_heading
from bluelamp.intake.models import Proposal
from bluelamp.ledger.models import Event
from bluelamp.organisations.models import Organisation, Owner, User
from bluelamp.organisations.visibility import Viewer, sees_all, visible_to
from bluelamp.performance.models import Audit, Load, RecordsLoad, Report
from bluelamp.register.models import Item, Numbering

SAID: Mapping[str, str | Promise] = {
    "documents.document_stored": _("added a document"),
    "documents.document_read_again": _("had a document read again by a newer reader"),
    "documents.document_described": _("said what a document is"),
    "intake.reading_proposed": _("had a document read; its facts became proposals"),
    "intake.proposal_accepted": _("accepted what was read"),
    "intake.proposal_rejected": _("rejected what was read"),
    "intake.fact_corrected": _("corrected what had been accepted"),
    "intake.proposal_reconsidered": _("took a rejection back"),
    "intake.paper_checked": _("had a paper checked"),
    "intake.finding_said_fixed": _("said that a finding of a paper’s check is fixed"),
    "intake.finding_explained": _("explained a finding of a paper’s check"),
    "intake.finding_said_no_error": _("said that a finding of a paper’s check is no error"),
    "intake.answer_withdrawn": _("took back what was said to a finding"),
    "intake.version_said": _("said which version of a document came before"),
    "register.item_accepted": _("accepted an item into the register"),
    "register.item_corrected": _("corrected an item"),
    "register.item_imported": _("brought an item in from another register"),
    "register.item_imported_again": _("brought news of an item in from another register"),
    "register.said_same": _("said that it is the same point as another item, which carries the answer"),
    "register.said_same_here": _("said that another item is the same point and is answered here"),
    "register.supersedes": _("put it in the place of an earlier item"),
    "register.superseded": _("put a later item in its place"),
    "register.merged": _("merged it into another item"),
    "register.merged_here": _("merged another item into it"),
    "register.split": _("split it into several items"),
    "register.split_off": _("split it off from another item"),
    "register.link_undone": _("took back how it belongs with another item"),
    "register.mention_added": _("added another place where the same point is made"),
    "register.numbers_given": _("gave reference numbers"),
    "inspections.inspection_recorded": _("recorded an inspection"),
    "assurance.responded": _("answered the point"),
    "assurance.dispute_referred": _("asked a committee for advice on the dispute"),
    "assurance.advice_recorded": _("recorded a committee’s advice"),
    "assurance.dispute_decided": _("recorded how the dispute was decided"),
    "assurance.position_noted": _("noted what the inspectorate says"),
    "assurance.handling_set": _("said how carefully the item is to be handled"),
    "assurance.commented": _("wrote an internal remark"),
    "assurance.allocated": _("gave somebody something to do about it"),
    "assurance.owner_changed": _("gave an action to another owner"),
    "assurance.begun": _("began an action"),
    "assurance.delivered": _("said that an action is delivered"),
    "assurance.taken_up_again": _("took an action up again"),
    "assurance.passed_on": _("passed the item to another body"),
    "assurance.taken_back": _("took the item back from another body"),
    "assurance.step_done": _("finished a step of an action"),
    "assurance.dependency_added": _("let an action wait for another"),
    "assurance.date_asked": _("asked for a new date"),
    "assurance.date_agreed": _("agreed a new date"),
    "assurance.date_refused": _("refused a new date"),
    "assurance.answered": _("said how far it is"),
    "assurance.theme_accepted": _("accepted a theme of an item"),
    "assurance.theme_removed": _("took a theme away from an item"),
    "assurance.response_begun": _("began the statutory response to a report"),
    "assurance.point_answered_in_law": _("answered the point in the statutory response"),
    "assurance.chief_invited": _("invited the chief officer to comment"),
    "assurance.chief_commented": _("recorded the chief officer’s comments"),
    "assurance.comments_written": _("wrote the local policing body’s comments"),
    "assurance.response_published": _("recorded that the statutory response was published"),
    "assurance.response_sent": _("recorded that a copy of the statutory response was sent"),
    "assurance.round_opened": _("opened a round of progress"),
    "assurance.round_chased": _("reminded those who had not answered"),
    "assurance.round_closed": _("closed a round of progress"),
    "assurance.answer_link_made": _("made a link by which an owner answers"),
    "assurance.message_sent": _("sent a message"),
    "assurance.message_failed": _("could not send a message"),
    "assurance.evidence_submitted": _("offered evidence"),
    "assurance.evidence_accepted": _("accepted evidence"),
    "assurance.evidence_returned": _("returned evidence"),
    "assurance.review_opened": _("asked for independent opinions"),
    "assurance.review_reopened": _("had the item tested anew"),
    "assurance.review_ended": _("ended a review before all its opinions were given"),
    "assurance.review_closed": _("gave the last opinion asked for; the review has its grade"),
    "assurance.opinion_given": _("gave an opinion"),
    "assurance.audit_test_recorded": _("recorded an internal audit test"),
    "assurance.signed_off": _("signed the item off"),
    "assurance.reopened": _("opened the item again"),
    "assurance.brought_under_test": _("brought what was closed elsewhere under test here"),
    "assurance.watch_due": _("marked that something should be looked at again"),
    "assurance.watch_looked_at": _("looked again: it has stayed true"),
    "assurance.watch_slid": _("looked again: it has not stayed true"),
    "assurance.slide_explained": _("explained why the item stays signed off"),
    "assurance.template_sent": _("sent a template out"),
    "assurance.template_returned": _("kept a template that came back"),
    "assurance.template_answers_taken": _("took answers from a returned template"),
    "assurance.template_answer_left": _("left a row of a returned template as it is"),
    "performance.figures_loaded": _("loaded figures"),
    "performance.records_loaded": _("loaded records that figures are counted from"),
    "performance.boundaries_loaded": _("loaded boundaries of areas for maps"),
    "performance.load_withdrawn": _("withdrew a load of figures"),
    "performance.read_token_made": _("made a token by which a spreadsheet reads figures"),
    "performance.read_token_ended": _("ended a token by which a spreadsheet reads figures"),
    "organisations.organisation_added": _("added an organisation"),
    "organisations.organisation_changed": _("changed an organisation"),
    "organisations.person_added": _("added a person"),
    "organisations.person_changed": _("changed what a person may do"),
    "organisations.owner_added": _("added somebody who may own work"),
    "organisations.owner_changed": _("changed what is known of an owner"),
    "organisations.sign_in_link_made": _("made a link that signs a person in once"),
    "organisations.signed_in_by_link": _("used a sign-in link"),
    "organisations.signed_in": _("signed in"),
    "organisations.locked_out": _("locked a name after too many wrong passwords"),
    "organisations.second_step_added": _("set up a second step for signing in"),
    "organisations.second_step_removed": _("removed a second step for signing in"),
    "organisations.second_step_failed": _("gave a wrong code after the first step of signing in"),
    "organisations.recovery_codes_renewed": _("made new recovery codes"),
    "organisations.password_set": _("set a password"),
    "organisations.signed_out_everywhere": _("ended every session of a person"),
    "organisations.sign_on_connected": _("connected a person to another site that signs them in"),
    "organisations.sign_on_disconnected": _("ended signing in by another site for a person"),
    "organisations.person_deactivated": _("ended a person's access"),
    "organisations.person_reactivated": _("gave a person access again"),
    "performance.audit_begun": _("designed an audit"),
    "performance.audit_changed": _("changed the design of an audit"),
    "performance.audit_drawn": _("drew the sample of an audit"),
    "performance.case_read": _("read a case of an audit"),
    "performance.case_settled": _("settled how a case of an audit counts"),
    "performance.question_answered": _("answered a question of an audit"),
    "performance.audit_closed": _("closed an audit"),
    "performance.audit_loaded": _("made the result of an audit a figure of the plan"),
    "performance.report_begun": _("began a performance report"),
    "performance.figures_renewed": _("renewed the figures of a performance report"),
    "performance.insight_wanted": _("said that insight is wanted for an indicator"),
    "performance.insight_not_wanted": _("said that insight is not wanted for an indicator"),
    "performance.insight_asked": _("asked a contributor for insight"),
    "performance.request_withdrawn": _("withdrew what a contributor was asked"),
    "performance.insight_link_made": _("made a link by which a contributor writes insight"),
    "performance.insight_message_sent": _("sent a contributor a link"),
    "performance.insight_file_made": _("made a Word file for a contributor"),
    "performance.insight_returned": _("sent in insight that was asked for"),
    "performance.insight_written": _("wrote the insight of an indicator"),
    "performance.insight_offered": _("wrote insight beside what stood already"),
    "performance.text_taken": _("chose between texts of an insight"),
    "performance.text_left": _("left an offered text as it is"),
    "performance.headline_edited": _("edited a headline of a performance report"),
    "performance.headline_added": _("added a headline to a performance report"),
    "performance.remarked": _("made a remark on a performance report"),
    "performance.remark_answered": _("answered a remark on a performance report"),
    "performance.remark_resolved": _("resolved a remark on a performance report"),
    "performance.report_made_ready": _("said that a performance report is ready"),
    "performance.report_sent_back": _("sent a performance report back"),
    "performance.report_signed_off": _("signed a performance report off"),
    "performance.report_released": _("released a performance report"),
    "performance.correction_begun": _("began to correct a released performance report"),
    "ledger.payload_emptied": _("removed what an earlier event had kept, and said why"),
}
"""Every action by its name in the ledger, as a sentence that begins with who did it."""


@dataclass(frozen=True)
class EventLine:
    """One event on a page. `about` is what it was done to, `address` its page; "" where it has none."""

    event: Event
    who: str
    said: str
    about: str
    address: str


Subject = tuple[str, str]
"""A subject's table and key."""


def make_event_lines(events: Iterable[Event], *, viewer: Viewer) -> list[EventLine]:
    """The events whose subjects the viewer may see, in their order."""
    held = [event for event in events if may_see_event(event, viewer)]
    wanted = _keys_by_table(held)
    subjects = _find_subjects(wanted, viewer)
    hidden = find_hidden(wanted, viewer=viewer)
    everything = sees_all(viewer)
    return [
        _make_line(event, *subjects.get(_key(event), ("", "")), blind=hidden.holds(*_key(event)))
        for event in held
        if everything or _key(event) in subjects or (viewer and event.actor == viewer.ledger_name)
    ]


def _make_line(event: Event, about: str, address: str, *, blind: bool) -> EventLine:
    """An opinion that is still blind is a line without a name: two reviewers learn nothing of each other."""
    if blind:
        said = _("gave an opinion, not shown until all are given")
        return EventLine(event, str(_("A reviewer")), str(said), "", "")
    return EventLine(event, event.actor_name, str(SAID.get(event.action, event.action)), about, address)


PRIVATE = frozenset(name for name in SAID if name.startswith("organisations.")) - {
    "organisations.organisation_added",
    "organisations.organisation_changed",
    "organisations.owner_added",
    "organisations.owner_changed",
}
"""About a person's account: when and how they sign in and what they may do is for them and administrators."""


def may_see_event(event: Event, viewer: Viewer) -> bool:
    own = viewer is not None and event.subject_id == str(viewer.pk)
    return event.action not in PRIVATE or own or sees_all(viewer)


def _key(event: Event) -> Subject:
    return event.subject_table, event.subject_id


def _keys_by_table(events: Iterable[Event]) -> dict[str, set[UUID]]:
    wanted: dict[str, set[UUID]] = {}
    for event in events:
        if (key := _uuid(event.subject_id)) is not None:
            wanted.setdefault(event.subject_table, set()).add(key)
    return wanted


def _find_subjects(wanted: Mapping[str, set[UUID]], viewer: Viewer) -> dict[Subject, tuple[str, str]]:
    """What each visible subject is called and where its page is; one query for each table."""
    found: dict[Subject, tuple[str, str]] = {}
    for model, through, say in (*_SUBJECTS, *(_ALL_SEEING if sees_all(viewer) else ())):
        table = model._meta.db_table
        if keys := wanted.get(table):
            rows = model._default_manager.filter(pk__in=keys)
            if through is not None:
                rows = visible_to(viewer, rows, through=through)
            if through:
                rows = rows.select_related(through)
            found |= {(table, str(row.pk)): say(row) for row in rows}
    return found


def _uuid(words: str) -> UUID | None:
    try:
        return UUID(words)
    except ValueError:
        return None


def _say_item(item: Item) -> tuple[str, str]:
    return item.reference, reverse("desk:item", args=[item.reference])


def _say_beside_item(row: Any) -> tuple[str, str]:
    return _say_item(row.item)


def _say_audit_test(test: AuditTest) -> tuple[str, str]:
    return test.title, ""


def _say_template(template: TemplateSent) -> tuple[str, str]:
    return f"{template.title} ({template})", reverse("assurance:templates")


def _say_return(found: TemplateReturn) -> tuple[str, str]:
    return _("returned file of %(n)d rows") % {"n": found.row_count}, reverse("assurance:return", args=[found.pk])


def _say_round(found: Round) -> tuple[str, str]:
    return found.title, reverse("assurance:round", args=[found.pk])


def _say_response(found: StatutoryResponse) -> tuple[str, str]:
    return str(found.report), reverse("assurance:response", args=[found.pk])


def _say_notification(found: Notification) -> tuple[str, str]:
    return found.subject, reverse("assurance:round", args=[found.round_id]) if found.round_id else ""


def _say_document(document: StoredDocument) -> tuple[str, str]:
    return str(document), reverse("desk:document", args=[document.pk])


def _say_proposal(proposal: Proposal) -> tuple[str, str]:
    return say_heading(proposal), reverse("desk:fact", args=[proposal.document_id, proposal.pk])


def _say_load(found: Load) -> tuple[str, str]:
    return str(found), reverse("performance:load", args=[found.pk])


def _say_beside_inspection(row: Any) -> tuple[str, str]:
    """A finding, practice, figure or the like: its words, and the page they stand on."""
    first = row.citations[0]["line"] if row.citations else 1
    address = reverse("desk:document_line", args=[row.inspection.document_id, first])
    named = ("title", "text", "subject", "concern", "problem", "area")
    words = next(
        (str(getattr(row, name)) for name in named if getattr(row, name, "")), str(row.inspection.document)
    )
    return words[:160], address


def _say_inspection(inspection: Inspection) -> tuple[str, str]:
    return str(inspection.document), reverse("desk:document", args=[inspection.document_id])


def _say_series(series: Numbering) -> tuple[str, str]:
    return f"{series.force_code}-{series.year}-{series.kind_code}, {_('up to')} {series.last}", ""


def _say_audit(found: Audit) -> tuple[str, str]:
    return found.title, reverse("performance:audit", args=[found.pk])


def _say_report(found: Report) -> tuple[str, str]:
    return found.title, reverse("performance:report", args=[found.pk])


def _say_plainly(row: Model) -> tuple[str, str]:
    return str(row), ""


_BESIDE = (Finding, Practice, GradeDistribution, Statistic, Closure)
_ALL_SEEING = ((Numbering, None, _say_series),)
"""Subjects that tell of every organisation's records at once."""

_SUBJECTS = (
    (Item, "", _say_item),
    (StoredDocument, "", _say_document),
    (Proposal, "document", _say_proposal),
    *((model, "inspection__document", _say_beside_inspection) for model in _BESIDE),
    (Inspection, "document", _say_inspection),
    (Organisation, None, _say_plainly),
    (User, None, _say_plainly),
    (Owner, "", _say_plainly),
    (Opinion, "item", _say_beside_item),
    (AuditTest, "", _say_audit_test),
    (TemplateSent, "", _say_template),
    (TemplateReturn, "", _say_return),
    (Round, "", _say_round),
    (StatutoryResponse, "", _say_response),
    (Notification, "", _say_notification),
    (Load, "", _say_load),
    (RecordsLoad, "", _say_plainly),
    (Report, "", _say_report),
    (Audit, "", _say_audit),
)
"""Table, the path to what says whose it is ("" the row itself, None nobody's), and how it is called."""
