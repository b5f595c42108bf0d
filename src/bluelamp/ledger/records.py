"""What is a recorded row? One that only actions write, with its ledger event in the same transaction (law 6)."""

from __future__ import annotations

import uuid

from django.db import models


class Recorded(models.Model):
    """A row that the ledger answers for: `bluelamp verify` compares it with its last event."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True
