"""What did an inspection say? Judgements in their own scale, findings, practices and figures, all cited."""

from __future__ import annotations

from django.db import models

from bluelamp.documents.models import StoredDocument
from bluelamp.ledger.records import Recorded
from bluelamp.organisations.models import Organisation
from bluelamp.register.models import Item


class Inspection(Recorded):
    """One force under one framework, as one document reports it."""

    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="inspections")
    framework = models.CharField(max_length=60)
    document = models.OneToOneField(StoredDocument, on_delete=models.PROTECT, related_name="inspection")
    year = models.PositiveIntegerField()
    year_guessed = models.BooleanField(default=False)
    published = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ["-year", "framework"]


class Judgement(Recorded):
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="judgements")
    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="judgement")
    framework = models.CharField(max_length=60)  # whose scale the grade is of (a re-inspection may differ)
    area = models.CharField(max_length=80)
    printed_area = models.TextField()
    grade = models.CharField(max_length=40, blank=True)  # "" when inspected and ungraded
    previous_grade = models.CharField(max_length=40, blank=True)
    direction = models.CharField(max_length=20, blank=True)
    citations = models.JSONField()
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["inspection", "order"]


class GradeDistribution(Recorded):
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="distributions")
    area = models.CharField(max_length=80)
    counts = models.JSONField()  # {grade slug: forces}
    citations = models.JSONField()
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["inspection", "order"]


class Finding(Recorded):
    """A finding of any type; those that must be answered have an item in the register."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="findings")
    item = models.OneToOneField(Item, null=True, blank=True, on_delete=models.PROTECT, related_name="finding")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    type = models.CharField(max_length=40)
    area = models.CharField(max_length=80, blank=True)
    number = models.TextField(blank=True)  # as printed
    title = models.TextField(blank=True)
    text = models.TextField(blank=True)
    strength = models.CharField(max_length=40, blank=True)
    parent_printed = models.TextField(blank=True)  # the cause of concern as printed, also before it is accepted
    deadline = models.JSONField(null=True, blank=True)
    parts = models.JSONField(default=list)
    citations = models.JSONField()
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["inspection", "order"]


class Practice(Recorded):
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="practices")
    type = models.CharField(max_length=40)
    area = models.CharField(max_length=80, blank=True)
    title = models.TextField(blank=True)
    text = models.TextField(blank=True)
    problem = models.TextField(blank=True)
    solution = models.TextField(blank=True)
    outcomes = models.TextField(blank=True)
    citations = models.JSONField()
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["inspection", "order"]


class Statistic(Recorded):
    """A figure with its printed interval. Numbers are exact decimals, kept as printed."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="statistics")
    subject = models.TextField()
    printed = models.TextField()
    value = models.DecimalField(max_digits=20, decimal_places=6)
    half_width = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    n = models.PositiveIntegerField(null=True, blank=True)
    period = models.TextField(blank=True)
    citations = models.JSONField()
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["inspection", "order"]


class Closure(Recorded):
    """What a later document says became of a cause of concern: the inspectorate's word, not ours."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="closures")
    concern = models.TextField()
    verdict = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    date = models.DateField(null=True, blank=True)
    citations = models.JSONField()
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["inspection", "order"]
