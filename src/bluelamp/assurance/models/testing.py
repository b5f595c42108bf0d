"""What shows that it was done, and what do those who do not own it say?"""

from __future__ import annotations

from django.db import models

from bluelamp.assurance.models.delivery import Action
from bluelamp.documents.models import MARKINGS, StoredDocument
from bluelamp.ledger.records import Recorded
from bluelamp.organisations.models import Organisation, User
from bluelamp.register.models import Item


class Evidence(Recorded):
    """Something offered to prove a thing. A file is kept by its hash; a new version is new evidence."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="evidence")
    action = models.ForeignKey(Action, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=20)  # file, link, passage, indicator
    proves = models.TextField()  # what it is meant to prove
    sha256 = models.CharField(max_length=64, blank=True)  # of a file, kept with the originals
    file_name = models.CharField(max_length=255, blank=True)
    size = models.BigIntegerField(null=True, blank=True)  # bytes
    address = models.TextField(blank=True)  # of a link
    document = models.ForeignKey(
        StoredDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    citations = models.JSONField(default=list)  # of a passage
    indicator = models.CharField(max_length=80, blank=True)
    indicator_day = models.DateField(null=True, blank=True)
    indicator_value = models.TextField(blank=True)  # as printed
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    submitted_by = models.TextField()  # as the ledger names them: nobody accepts their own
    submitted_name = models.TextField()
    submitted = models.DateTimeField()
    state = models.CharField(max_length=20, default="submitted")  # submitted, accepted, returned
    decided_by = models.TextField(blank=True)
    decided_name = models.TextField(blank=True)
    decided = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    marking = models.CharField(max_length=30, choices=MARKINGS, default="OFFICIAL")

    class Meta:
        ordering = ["item", "submitted"]
        verbose_name_plural = "evidence"


class Review(Recorded):
    """One round of independent testing of an item. `closed` when every opinion asked for is given."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="reviews")
    number = models.PositiveIntegerField()  # from 1 within the item
    wanted = models.PositiveIntegerField(default=1)  # opinions asked for
    opened = models.DateTimeField()
    opened_by = models.TextField()
    reason = models.TextField(blank=True)  # why it was opened again: new evidence, a changed item
    closed = models.DateTimeField(null=True, blank=True)
    grade = models.CharField(max_length=40, blank=True)  # the lowest of its opinions

    class Meta:
        ordering = ["item", "number"]
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="one_review_number")]


class AuditTest(Recorded):
    """An internal audit's test of many items at once, with its sample and its result."""

    title = models.TextField()
    auditor = models.TextField()
    tested_on = models.DateField()
    population = models.PositiveIntegerField(null=True, blank=True)
    sample = models.PositiveIntegerField(null=True, blank=True)
    passed = models.PositiveIntegerField(null=True, blank=True)
    method = models.TextField(blank=True)
    document = models.ForeignKey(
        StoredDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="audit_tests"
    )
    citations = models.JSONField(default=list)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="audit_tests"
    )
    made = models.DateTimeField()


class Opinion(Recorded):
    """A graded opinion of somebody who does not own the item, with what they looked at."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="opinions")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="opinions")
    reviewer = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="opinions")
    by = models.TextField()  # as the ledger names the reviewer
    by_name = models.TextField()
    grade = models.CharField(max_length=40)  # slug of opinions.yaml
    looked_at = models.TextField()
    words = models.TextField(blank=True)
    evidence_seen = models.JSONField(default=list)  # keys of evidence
    audit_test = models.ForeignKey(
        AuditTest, null=True, blank=True, on_delete=models.PROTECT, related_name="opinions"
    )
    given = models.DateTimeField()

    class Meta:
        ordering = ["item", "given"]
        constraints = [models.UniqueConstraint(fields=["review", "by"], name="one_opinion_each")]


class Position(Recorded):
    """What the inspectorate says of the item, dated. Only the inspectorate closes; we note it with its source."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="positions")
    position = models.CharField(max_length=40)  # slug of positions.yaml
    day = models.DateField()
    said_in = models.TextField()  # the letter, report or portal entry, in words
    document = models.ForeignKey(
        StoredDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="positions"
    )
    citations = models.JSONField(default=list)
    made = models.DateTimeField()

    class Meta:
        ordering = ["item", "day", "made"]
