"""Which boundaries of areas does the record know of? Their shapes are read from the original, kept by its hash."""

from __future__ import annotations

from django.db import models

from bluelamp.documents.models import MARKINGS
from bluelamp.ledger.records import Recorded
from bluelamp.organisations.models import Organisation


class BoundarySet(Recorded):
    """The areas of one level, as one file draws them. Never changed: a later one of its level is drawn instead."""

    level = models.CharField(max_length=80)  # "force", a level of a lookup, or the key of a column of codes
    name = models.TextField()  # of the file
    sha256 = models.CharField(max_length=64)
    code_property = models.TextField()
    name_property = models.TextField(blank=True)
    areas = models.PositiveIntegerField()
    unmatched = models.JSONField(default=list)  # codes that no records knew; the first of them
    unmatched_count = models.PositiveIntegerField(default=0)
    missing_count = models.PositiveIntegerField(default=0)  # areas of records without a boundary
    loaded = models.DateTimeField()
    by_name = models.TextField()
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="boundary_sets"
    )
    marking = models.CharField(max_length=30, choices=MARKINGS, default="OFFICIAL")

    class Meta:
        ordering = ["loaded"]

    def __str__(self) -> str:
        return f"boundaries of {self.level}: {self.name}"
