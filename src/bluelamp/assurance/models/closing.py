"""How was an item signed off, what should stay true, and what was disputed?"""

from __future__ import annotations

from django.db import models

from bluelamp.documents.models import StoredDocument
from bluelamp.ledger.records import Recorded
from bluelamp.register.models import Item


class SignOff(Recorded):
    """One earned sign-off (law 5). A reopening is written beside it; the sign-off itself stays."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="sign_offs")
    code = models.CharField(max_length=40)  # slug of closing-codes.yaml
    superseded_by = models.ForeignKey(
        Item, null=True, blank=True, on_delete=models.PROTECT, related_name="supersedes_sign_off"
    )
    reason = models.TextField()
    authority = models.CharField(max_length=20)  # minute, letter
    authority_words = models.TextField()  # which minute or letter, in words
    authority_day = models.DateField()
    document = models.ForeignKey(
        StoredDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="sign_offs"
    )
    citations = models.JSONField(default=list)
    policy = models.CharField(max_length=60)  # slug of the policy that was met
    grade = models.CharField(max_length=40, blank=True)  # the opinion it rests on
    evidence = models.JSONField(default=list)  # keys of the accepted evidence it rests on
    by_name = models.TextField()
    made = models.DateTimeField()
    reopened = models.DateTimeField(null=True, blank=True)
    reopened_reason = models.TextField(blank=True)
    reopened_by = models.TextField(blank=True)

    class Meta:
        ordering = ["item", "made"]


class Watch(Recorded):
    """What should stay true after a sign-off. When it slides or falls due the item proposes its own reopening."""

    sign_off = models.ForeignKey(SignOff, on_delete=models.PROTECT, related_name="watches")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="watches")
    kind = models.CharField(max_length=20)  # indicator, sample, date
    what = models.TextField()  # in words: what should stay true
    indicator = models.CharField(max_length=80, blank=True)
    limit = models.CharField(max_length=40, blank=True)  # as printed: "90%"
    direction = models.CharField(max_length=20, blank=True)  # at-least, at-most
    due = models.DateField(null=True, blank=True)  # of a date or a sample audit
    state = models.CharField(max_length=20, default="holding")  # holding, due, slid, looked-at, ended
    last_looked = models.DateField(null=True, blank=True)
    last_words = models.TextField(blank=True)

    class Meta:
        ordering = ["item", "due"]
        verbose_name_plural = "watches"
        indexes = [models.Index(fields=["state", "due"], name="watch_due")]


class Dispute(Recorded):
    """A point not accepted: a committee advises, the chief officer or the local policing body decides."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="disputes")
    reason = models.TextField()
    raised_by = models.TextField()
    raised = models.DateTimeField()
    referred_to = models.TextField(blank=True)  # the committee
    referred = models.DateTimeField(null=True, blank=True)
    advice = models.TextField(blank=True)
    advice_cited = models.TextField(blank=True)  # the minute, in words
    advice_day = models.DateField(null=True, blank=True)
    advice_document = models.ForeignKey(
        StoredDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decision = models.CharField(max_length=20, blank=True)  # upheld, not-upheld
    decided_by_role = models.CharField(max_length=40, blank=True)  # chief-officer, local-policing-body
    decided_cited = models.TextField(blank=True)
    decided_day = models.DateField(null=True, blank=True)
    decision_document = models.ForeignKey(
        StoredDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["item", "raised"]


class ItemTheme(Recorded):
    """A theme of an item, suggested by its words or named by a person; a person accepted it."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="themes")
    theme = models.CharField(max_length=60)  # slug of themes.yaml
    suggested = models.BooleanField(default=False)
    score = models.FloatField(null=True, blank=True)
    made = models.DateTimeField()
    removed = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["item", "theme"]
        indexes = [models.Index(fields=["theme", "item"], name="item_theme")]
