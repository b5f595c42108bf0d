"""Which templates went out, which files came back, and what did a person decide of each answer in them?"""

from __future__ import annotations

from django.db import models

from bluelamp.assurance.models.delivery import Answer
from bluelamp.documents.models import MARKINGS, StoredDocument
from bluelamp.ledger.records import Recorded
from bluelamp.organisations.models import Organisation
from bluelamp.register.models import Item


class TemplateSent(Recorded):
    """One file that went out, with its items as they stood then: a return is compared with them."""

    number = models.CharField(max_length=10, unique=True)  # as printed at the foot of every page, without its dash
    title = models.TextField()
    layout = models.CharField(max_length=10)  # annex, full
    format = models.CharField(max_length=10)  # docx, xlsx
    as_of = models.DateField()
    due = models.DateField(null=True, blank=True)
    return_to = models.TextField(blank=True)
    owner_name = models.TextField(blank=True)  # the one owner whose items these are, where it was split
    items = models.JSONField()  # assurance.template_model.TemplateItem, as builtins
    item_count = models.PositiveIntegerField()
    by_name = models.TextField()
    made = models.DateTimeField()
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="templates_sent"
    )
    marking = models.CharField(max_length=30, choices=MARKINGS, default="OFFICIAL")

    class Meta:
        ordering = ["-made"]

    def __str__(self) -> str:
        return f"{self.number[:5]}-{self.number[5:]}"


class TemplateReturn(Recorded):
    """One file that came back, as it was read. The same bytes again are the same return."""

    document = models.ForeignKey(StoredDocument, on_delete=models.PROTECT, related_name="template_returns")
    template = models.ForeignKey(
        TemplateSent, null=True, blank=True, on_delete=models.PROTECT, related_name="returns"
    )  # None where it is none that this workspace sent
    read = models.JSONField()  # assurance.template_return.ReturnedTemplate, as builtins
    row_count = models.PositiveIntegerField()
    by_name = models.TextField()
    made = models.DateTimeField()
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="template_returns"
    )

    class Meta:
        ordering = ["-made"]
        constraints = [models.UniqueConstraint(fields=["document"], name="one_return_each_file")]


class TemplateDecision(Recorded):
    """What a person decided of one answer in a return: taken (the answer it became) or left."""

    of = models.ForeignKey(TemplateReturn, on_delete=models.PROTECT, related_name="decisions")
    place = models.TextField()  # the first row it stands in: "table 2, row 14"
    item = models.ForeignKey(Item, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10)  # taken, left
    answer = models.ForeignKey(
        Answer, null=True, blank=True, on_delete=models.PROTECT, related_name="template_decisions"
    )
    by_name = models.TextField()
    made = models.DateTimeField()

    class Meta:
        ordering = ["of", "made"]
        constraints = [models.UniqueConstraint(fields=["of", "place"], name="one_decision_each_place")]
