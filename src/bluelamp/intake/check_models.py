"""Which papers were checked, what came of it, and what did people say to what was found?"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from bluelamp.documents.models import StoredDocument
from bluelamp.ledger.records import Recorded
from bluelamp.organisations.models import User


class PaperCheck(Recorded):
    """One check of a document, alone or together with others that it should agree with.

    `beside` lists those others ({"document": key, "name": name}); `together` is a digest of their hashes, "" for a
    document alone. `found` is JSON ({"documents", "results", "links"}) and follows from the originals and the
    versions of reader and checker; text, since PostgreSQL orders the keys of JSON anew, and so its fingerprint.
    """

    document = models.ForeignKey(StoredDocument, on_delete=models.PROTECT, related_name="paper_checks")
    beside = models.JSONField(default=list)
    together = models.CharField(max_length=64, blank=True)
    checker_version = models.PositiveIntegerField()
    reader_version = models.PositiveIntegerField()
    checked = models.DateTimeField()
    checked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT)
    counts = models.JSONField()  # verdict: number
    found = models.TextField(default="{}")

    concealed: ClassVar[frozenset[str]] = frozenset({"found"})
    """Megabytes for a pack of 300 pages, and all of it can be made again from the originals."""

    class Meta:
        ordering = ["-checked"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "together", "checker_version", "reader_version"], name="one_check_each"
            )
        ]

    def __str__(self) -> str:
        return f"Check of {self.document}"


class CheckAnswer(Recorded):
    """What a person said to a finding of a document. One answer stands; those before it are kept, withdrawn."""

    FIXED, EXPLAINED, NOT_AN_ERROR = "fixed", "explained", "not-an-error"

    document = models.ForeignKey(StoredDocument, on_delete=models.PROTECT, related_name="check_answers")
    key = models.CharField(max_length=24)  # of the finding: its rule and words, the same in the next version
    rule = models.CharField(max_length=60)
    verdict = models.CharField(max_length=20)
    message = models.TextField()  # the finding, as it was answered
    answer = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT)
    by_name = models.CharField(max_length=200)
    answered = models.DateTimeField()
    withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ["answered"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "key"], condition=models.Q(withdrawn=False), name="one_answer_stands"
            )
        ]

    def __str__(self) -> str:
        return self.message
