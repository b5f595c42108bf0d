"""Who did what, when? The append-only, hash-chained record ("audit trail" on screen)."""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """One thing done. Never changes: triggers refuse it, and the digest chain shows it (law 6).

    No foreign keys, so history outlives what it describes.
    """

    sequence = models.BigIntegerField(primary_key=True)
    time = models.DateTimeField()
    actor = models.CharField(max_length=200)  # "user:<uuid>" or "command:<name>"
    actor_name = models.CharField(max_length=200)  # as it was on the day
    action = models.CharField(max_length=100)  # "register.item_accepted"
    subject_table = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=64)
    payload_digest = models.CharField(max_length=64)
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "ledger_event"
        ordering = ["sequence"]
        indexes = [models.Index(fields=["subject_table", "subject_id", "sequence"], name="ledger_event_subject")]


class Payload(models.Model):
    """The rows as written, in canonical JSON, under a salt. May only be emptied, by a redaction event."""

    sequence = models.BigIntegerField(primary_key=True)
    salt = models.CharField(max_length=64, blank=True)
    body = models.TextField(blank=True)

    class Meta:
        db_table = "ledger_payload"


class Head(models.Model):
    """The last event: one row, locked by every writer."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        db_table = "ledger_head"
