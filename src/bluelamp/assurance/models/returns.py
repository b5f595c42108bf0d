"""Who was asked, who has answered, and what was published in answer?"""

from __future__ import annotations

from django.db import models

from bluelamp.assurance.models.delivery import Action
from bluelamp.documents.models import MARKINGS, StoredDocument
from bluelamp.ledger.records import Recorded
from bluelamp.organisations.models import Organisation, Owner
from bluelamp.register.models import Item


class Round(Recorded):
    """A progress round: everyone who owns something due gets one list."""

    title = models.TextField()
    opened = models.DateTimeField()
    due = models.DateField()
    closed = models.DateTimeField(null=True, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="rounds"
    )

    class Meta:
        ordering = ["-opened"]


class RoundRequest(Recorded):
    """One item (or one of its actions) asked of one owner in a round."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="requests")
    owner = models.ForeignKey(Owner, on_delete=models.PROTECT, related_name="requests")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="requests")
    action = models.ForeignKey(Action, null=True, blank=True, on_delete=models.PROTECT, related_name="requests")
    answered = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["round", "owner", "item"]
        constraints = [
            models.UniqueConstraint(fields=["round", "owner", "item", "action"], name="asked_once_action"),
            models.UniqueConstraint(
                fields=["round", "owner", "item"], condition=models.Q(action=None), name="asked_once_item"
            ),
        ]


class AnswerLink(models.Model):
    """A link by which an owner without an account answers for their own items. Only its hash is kept."""

    token_hash = models.CharField(max_length=64, primary_key=True)
    round = models.ForeignKey(Round, on_delete=models.CASCADE)
    owner = models.ForeignKey(Owner, on_delete=models.CASCADE)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True, blank=True)  # when its answers were sent


class Notification(Recorded):
    """A message to somebody, kept as it was sent. `state`: waiting, sent, failed."""

    kind = models.CharField(max_length=40)  # asked, reminder, escalation, decision
    round = models.ForeignKey(Round, null=True, blank=True, on_delete=models.PROTECT, related_name="notifications")
    owner = models.ForeignKey(Owner, null=True, blank=True, on_delete=models.PROTECT, related_name="notifications")
    email = models.TextField(blank=True)
    subject = models.TextField()
    body = models.TextField()  # without the secret of a link
    state = models.CharField(max_length=20, default="waiting")
    fault = models.TextField(blank=True)
    made = models.DateTimeField()
    sent = models.DateTimeField(null=True, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="notifications"
    )

    class Meta:
        ordering = ["-made"]


class StatutoryResponse(Recorded):
    """The local policing body's answer to one report (Police Act 1996, section 55)."""

    report = models.OneToOneField(StoredDocument, on_delete=models.PROTECT, related_name="statutory_response")
    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="statutory_responses")
    published = models.DateField()  # the day the report was published, as accepted
    chief_invited = models.DateField(null=True, blank=True)
    chief_comments = models.TextField(blank=True)
    chief_commented = models.DateField(null=True, blank=True)
    comments = models.TextField(blank=True)  # the local policing body's own
    response_published = models.DateField(null=True, blank=True)
    sent_inspectorate = models.DateField(null=True, blank=True)
    sent_secretary = models.DateField(null=True, blank=True)
    letter = models.ForeignKey(
        StoredDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="letter_of"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="own_statutory_responses"
    )
    marking = models.CharField(max_length=30, choices=MARKINGS, default="OFFICIAL")


class StatutoryEntry(Recorded):
    """What is done about one recommendation (required by law) or other point (by practice), or why nothing."""

    response = models.ForeignKey(StatutoryResponse, on_delete=models.PROTECT, related_name="entries")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="statutory_entries")
    required_by_law = models.BooleanField()
    stance = models.CharField(max_length=20)  # taken, proposed, none
    words = models.TextField()  # the action taken or proposed, or why none
    made = models.DateTimeField()

    class Meta:
        ordering = ["response", "item"]
        constraints = [models.UniqueConstraint(fields=["response", "item"], name="one_entry_each")]
