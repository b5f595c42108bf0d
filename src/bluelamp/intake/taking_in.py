"""How does a read file come in whole: original, pages, proposals, and where asked, acceptance of everything?"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from bluelamp.documents.document import Document
from bluelamp.documents.models import StoredDocument
from bluelamp.intake.actions import Outcome, accept_all, describe_document, propose, store_document
from bluelamp.intake.extraction import Extraction, extract
from bluelamp.ledger.actions import Actor
from bluelamp.organisations.models import Organisation


@dataclass(frozen=True)
class TakenIn:
    """What came of one file."""

    document: StoredDocument
    extraction: Extraction
    is_new: bool  # False where these bytes were here before
    proposed: Counter[str]  # new proposals by kind
    outcome: Outcome | None  # None where nothing was to be accepted

    @property
    def changed_nothing(self) -> bool:
        accepted = self.outcome.total if self.outcome else 0
        return not self.is_new and not self.proposed and not accepted


def take_in(
    document: Document,
    data: bytes,
    file_name: str,
    *,
    by: Actor,
    now: dt.datetime,
    accept: bool = False,
    details: Mapping[str, str] | None = None,
    organisation: Organisation | None = None,
    about: str = "",
) -> TakenIn:
    """Each step is a transaction of its own and harmless to repeat, so a stopped run is finished by running again.

    `details` are what a person says of the document ({"subject": "NTS"}); they win over what was read.
    `about`, a force's code or name: propose also what a report on many forces says of this one.
    """
    extraction = extract(document, definitions=settings.WORKSPACE_DEFINITIONS, about=about)
    kept = store_document(
        by=by, now=now, document=document, data=data, file_name=file_name, organisation=organisation
    )
    proposing = propose(kept.document, extraction, by=by, now=now)
    if details:
        describe_document(kept.document, by=by, now=now, details=details)
    outcome = accept_all(kept.document, by=by, now=now) if accept else None
    proposed = Counter(proposal.kind for proposal in proposing.new)
    return TakenIn(kept.document, extraction, kept.is_new, proposed, outcome)
