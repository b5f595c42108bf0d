"""Was this said by something that was accepted already?

The same words are proposed twice where another reader reads them again; and where a report on many forces is read
both as a report and for one force: a recommendation is then a finding of the one and a mention of the other.
"""

from __future__ import annotations

from bluelamp.documents.models import StoredDocument
from bluelamp.inspections.facts import Finding, Mention
from bluelamp.intake.models import Proposal
from bluelamp.intake.rules import DOCUMENT_DETAIL, About

_SAY_THE_SAME = (Finding.kind, Mention.kind)
Place = tuple[str, str, int, str]
"""Kind, force, line and quote."""


class AcceptedWords:
    """What was accepted of one document, by fingerprint and by place."""

    def __init__(self) -> None:
        self._fact_ids: set[str] = set()
        self._own: set[Place] = set()

    def add(self, proposal: Proposal, force: str) -> None:
        self._fact_ids.add(proposal.fact_id)
        if proposal.kind in _SAY_THE_SAME:
            self._own.add(_places(proposal, force)[-1])

    def holds(self, proposal: Proposal, force: str) -> bool:
        """The last place is a fact's own: a list's opening is cited before each of its entries."""
        if proposal.fact_id in self._fact_ids:
            return True
        if proposal.kind not in _SAY_THE_SAME:
            return False
        (other,) = (kind for kind in _SAY_THE_SAME if kind != proposal.kind)
        return any((other, *place[1:]) in self._own for place in _places(proposal, force))


def _places(proposal: Proposal, force: str) -> list[Place]:
    return [(proposal.kind, force, each["line"], each["quote"]) for each in proposal.citations]


def accepted_in(document: StoredDocument, about: About) -> AcceptedWords:
    """What was accepted before, for whichever force."""
    accepted = Proposal.objects.filter(document=document, state=Proposal.ACCEPTED).exclude(kind=DOCUMENT_DETAIL)
    found = AcceptedWords()
    for proposal in accepted.only("kind", "fact_id", "fields", "citations"):
        is_mention = proposal.kind == Mention.kind
        found.add(proposal, str(proposal.fields["about"]) if is_mention else about.force)
    return found
