"""Which figures came when, from where, and what did each load say?"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from bluelamp.documents.models import MARKINGS, StoredDocument
from bluelamp.ledger.records import Recorded
from bluelamp.organisations.models import Organisation, User


class Load(Recorded):
    """One vintage: figures of a plan that came together. It is never changed; a later load may say otherwise."""

    plan = models.CharField(max_length=80)  # slug of definitions/plans
    number = models.PositiveIntegerField()  # within the plan: "vintage 7"
    kind = models.CharField(max_length=20)  # file, hand, report (a published one), records (the warehouse)
    name = models.TextField()  # the file's name, the report's title, "by hand"
    sha256 = models.CharField(max_length=64, blank=True)  # of the first file, which is kept among the originals
    files = models.JSONField(default=list)  # every file it came from, each {"name", "sha256", "size"}
    document = models.ForeignKey(
        StoredDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="figure_loads"
    )
    mapping = models.CharField(max_length=80, blank=True)
    known_on = models.DateField()  # the day on which these figures were what was known: of a report, its day
    loaded = models.DateTimeField()
    by_name = models.TextField()
    note = models.TextField(blank=True)
    figures = models.PositiveIntegerField(default=0)  # how many points
    refused = models.JSONField(default=list)  # rows left out, each {"cell", "message"}; a person agreed to it
    told = models.JSONField(default=list)  # what was said beside: months missing in the middle, cells left empty
    withdrawn = models.DateTimeField(null=True, blank=True)  # its figures count no more; they stay to be seen
    withdrawn_number = models.PositiveIntegerField(null=True, blank=True)  # the vintage from which on they do not
    withdrawn_by = models.TextField(blank=True)
    withdrawn_reason = models.TextField(blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="figure_loads"
    )
    marking = models.CharField(max_length=30, choices=MARKINGS, default="OFFICIAL")

    class Meta:
        ordering = ["plan", "number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="load_number_once")]

    def __str__(self) -> str:
        return f"vintage {self.number}: {self.name}"


class KeptSeries(Recorded):
    """What one load says of one series. `points` are `performance.stored_points` of what the load said only."""

    load = models.ForeignKey(Load, on_delete=models.PROTECT, related_name="series")
    plan = models.CharField(max_length=80)
    code = models.CharField(max_length=40)  # of the indicator
    area = models.CharField(max_length=80)
    span = models.CharField(max_length=20)  # month, quarter, half-year, 12-months
    breakdown = models.CharField(max_length=120, blank=True)
    first = models.CharField(max_length=7)  # the months in which its first and last period end: "2021-03"
    last = models.CharField(max_length=7)
    points = models.JSONField()

    class Meta:
        ordering = ["plan", "code", "area", "span", "breakdown", "load"]
        verbose_name_plural = "kept series"
        constraints = [
            models.UniqueConstraint(
                fields=["load", "code", "area", "span", "breakdown"], name="series_once_a_load"
            )
        ]
        indexes = [models.Index(fields=["plan", "code", "area", "span"], name="series_of_indicator")]


class WaitingFigures(models.Model):
    """A file that somebody sent and has not yet said yes to. Not part of the accountable record."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    by = models.ForeignKey(User, on_delete=models.CASCADE)
    made = models.DateTimeField()
    file_name = models.TextField()
    data = models.TextField()  # base64: a backup keeps every table as JSON
    asked = models.JSONField(
        default=dict
    )  # plan, mapping, sheet, known_on, note; of boundaries what, level, properties

    class Meta:
        ordering = ["-made"]


class ReadToken(Recorded):
    """A secret by which a person's spreadsheet reads the figures that they may see. Only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="read_tokens")
    name = models.CharField(max_length=200)  # what it is for
    token_hash = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField()
    expires = models.DateTimeField()
    ended = models.DateTimeField(null=True, blank=True)

    concealed: ClassVar[frozenset[str]] = frozenset({"token_hash"})

    class Meta:
        ordering = ["-made"]

    def __str__(self) -> str:
        return self.name
