"""What documents does the workspace hold, and what is on their pages?"""

from __future__ import annotations

from django.db import models

from bluelamp.ledger.records import Recorded
from bluelamp.organisations.models import Organisation

MARKINGS = [("OFFICIAL", "OFFICIAL"), ("OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE")]


class StoredDocument(Recorded):
    """An original, kept once by the hash of its bytes. A new version is a new original that supersedes it."""

    sha256 = models.CharField(max_length=64, db_index=True)
    file_name = models.CharField(max_length=255)
    size = models.BigIntegerField()  # bytes
    format = models.CharField(max_length=10)
    reader_version = models.PositiveIntegerField()
    added = models.DateTimeField()
    notes = models.JSONField(default=list)  # what the reader said of the file
    page_count = models.PositiveIntegerField(null=True)  # None where the format has no pages
    line_count = models.PositiveIntegerField(default=0)

    # Each of these is a proposal until someone accepts it (intake).
    title = models.TextField(blank=True)
    family = models.CharField(max_length=40, default="other")
    framework = models.CharField(max_length=60, blank=True)
    publisher_name = models.TextField(blank=True)
    publisher = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="published_documents"
    )
    subject = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="subject_documents"
    )
    published = models.CharField(max_length=10, blank=True)  # ISO: "2022-04-14", "2022-04" or "2022"
    version = models.CharField(max_length=60, blank=True)
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="own_documents"
    )  # whose record this is
    marking = models.CharField(max_length=30, choices=MARKINGS, default="OFFICIAL")

    class Meta:
        constraints = [
            # Once for each organisation: what another one holds is not for this one to learn (law 7).
            models.UniqueConstraint(fields=["sha256", "organisation"], name="original_once_each"),
            models.UniqueConstraint(
                fields=["sha256"], condition=models.Q(organisation=None), name="original_once_shared"
            ),
        ]
        ordering = ["-added"]

    def __str__(self) -> str:
        return self.title or self.file_name


class StoredPage(models.Model):
    """A page's words as normalised text. Follows from the original and the reader's version."""

    document = models.ForeignKey(StoredDocument, on_delete=models.CASCADE, related_name="pages")
    index = models.PositiveIntegerField()  # from 0
    number = models.PositiveIntegerField(null=True)
    printed = models.TextField(blank=True)
    name = models.TextField(blank=True)
    image_only = models.BooleanField(default=False)
    first_line = models.PositiveIntegerField()
    text = models.TextField()  # this page's part of the normalised text
    blocks = models.JSONField(default=list)  # as `documents.pages` makes them; spans count in this page's text
    line_boxes = models.JSONField(default=list)
    width = models.FloatField(default=0)
    height = models.FloatField(default=0)

    class Meta:
        ordering = ["document", "index"]
        constraints = [models.UniqueConstraint(fields=["document", "index"], name="one_page_per_index")]


class Passage(models.Model):
    """A block's words, for search. Follows from the original and the reader's version."""

    document = models.ForeignKey(StoredDocument, on_delete=models.CASCADE, related_name="passages")
    page = models.ForeignKey(StoredPage, on_delete=models.CASCADE)
    ordinal = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    line_end = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["document", "ordinal"]
