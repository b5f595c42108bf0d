"""Which loads of records does the record know of? The records themselves are files of the warehouse."""

from __future__ import annotations

from django.db import models

from bluelamp.documents.models import MARKINGS
from bluelamp.ledger.records import Recorded
from bluelamp.organisations.models import Organisation


class RecordsLoad(Recorded):
    """One load of an archive or list into the warehouse, which keeps the same under the same id. Never changed."""

    number = models.PositiveIntegerField()  # within the warehouse: a folder begun anew begins at 1 again
    source = models.CharField(max_length=80)  # "police-uk", or the slug of a mapping
    name = models.TextField()  # of the archive or file
    sha256 = models.CharField(max_length=64)  # of all it holds, however it is packed
    known_on = models.DateField()  # its vintage: the day on which it was what was known
    loaded = models.DateTimeField()
    by_name = models.TextField()
    months = models.PositiveIntegerField()  # parts (a force, a month, a kind) whose rows it brought
    rows = models.PositiveBigIntegerField()
    replaced = models.PositiveIntegerField(default=0)  # parts that counted until then, and are kept
    older = models.PositiveIntegerField(default=0)  # brought parts that do not count, because newer ones do
    confirmed = models.PositiveIntegerField(default=0)  # parts held already that it says again
    unplaced = models.PositiveBigIntegerField(default=0)  # rows without a month or force: left out
    refused = models.JSONField(default=list)  # files left out, each a sentence
    told = models.JSONField(default=list)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="records_loads"
    )
    marking = models.CharField(max_length=30, choices=MARKINGS, default="OFFICIAL")

    class Meta:
        ordering = ["loaded", "number"]

    def __str__(self) -> str:
        return f"records load {self.number}: {self.name}"
