"""What did the machine read, and what did a person say to it? (law 9)"""

from __future__ import annotations

from django.db import models

from bluelamp.documents.models import StoredDocument
from bluelamp.intake.check_models import CheckAnswer, PaperCheck
from bluelamp.ledger.records import Recorded
from bluelamp.organisations.models import User

__all__ = ["CheckAnswer", "Job", "PaperCheck", "Proposal", "UnreadPassage"]


class Proposal(Recorded):
    """A fact as read, waiting for a person or decided by one.

    `fingerprint` is of a fact, its fields and words: reading again finds the same proposal, so nothing is doubled
    and nothing accepted is changed. `fields` never change; a correction is kept beside them in `corrected`.
    """

    PROPOSED, ACCEPTED, REJECTED = "proposed", "accepted", "rejected"

    document = models.ForeignKey(StoredDocument, on_delete=models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=40)  # a fact's kind, or "document_detail"
    fact_id = models.CharField(
        max_length=64, blank=True
    )  # as on the wire; the same where the same words are read again
    fingerprint = models.CharField(max_length=64)
    reader = models.CharField(max_length=60)
    reader_version = models.PositiveIntegerField()
    order = models.PositiveIntegerField()  # reading order in the document
    page_index = models.PositiveIntegerField(default=0)
    label = models.TextField()  # one line that says what it is, for lists
    fields = models.JSONField()
    citations = models.JSONField()
    doubt = models.TextField(blank=True)
    superseded = models.BooleanField(default=False)  # a newer reader no longer reads this
    state = models.CharField(max_length=12, default=PROPOSED)
    corrected = models.JSONField(null=True, blank=True)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT)
    decided = models.DateTimeField(null=True, blank=True)
    result_table = models.CharField(max_length=100, blank=True)  # what acceptance made
    result_id = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["document", "order"]
        constraints = [models.UniqueConstraint(fields=["document", "fingerprint"], name="one_proposal")]
        indexes = [
            models.Index(fields=["state", "document"], name="proposal_state"),
            models.Index(fields=["document", "page_index", "order"], name="proposal_page"),
            models.Index(fields=["result_table", "result_id"], name="proposal_result"),
            models.Index(fields=["document", "fact_id"], name="proposal_fact"),
        ]


class UnreadPassage(Recorded):
    """What was seen and not understood; listed for a person, never dropped in silence."""

    document = models.ForeignKey(StoredDocument, on_delete=models.PROTECT, related_name="unread")
    reader = models.CharField(max_length=60)
    reader_version = models.PositiveIntegerField()
    order = models.PositiveIntegerField()
    page_index = models.PositiveIntegerField(default=0)
    reason = models.TextField()
    citations = models.JSONField()
    superseded = models.BooleanField(default=False)  # a newer reader no longer says this

    class Meta:
        ordering = ["document", "order"]


class Job(models.Model):
    """Long work, done by the worker; its page can be left and returned to. Not part of the accountable record."""

    WAITING, RUNNING, DONE, FAILED, STOPPED = "waiting", "running", "done", "failed", "stopped"

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=40)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=12, default=WAITING)
    progress = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    message = models.TextField(blank=True)  # one plain sentence
    result = models.JSONField(null=True)
    stop_asked = models.BooleanField(default=False)
    created = models.DateTimeField()
    started = models.DateTimeField(null=True)
    heartbeat = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL)

    class Meta:
        ordering = ["-created"]
