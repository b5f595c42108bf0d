"""What is a recorded row? One that only actions write, with its ledger event in the same transaction (law 6)."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models


class Recorded(models.Model):
    """A row that the ledger answers for: `bluelamp verify` compares it with its last event."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    concealed: ClassVar[frozenset[str]] = frozenset()
    """Columns that the ledger keeps only as a fingerprint: it is for many eyes, and never forgets."""

    class Meta:
        abstract = True
