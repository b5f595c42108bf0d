"""Of which force is a mention, whatever its document is about, and for which forces was a report read?"""

from __future__ import annotations

from dataclasses import replace

from bluelamp.documents.facts import Fact
from bluelamp.documents.models import StoredDocument
from bluelamp.inspections.facts import Mention
from bluelamp.intake.models import Proposal
from bluelamp.intake.rules import About
from bluelamp.organisations.models import Organisation
from bluelamp.organisations.queries import find_organisation


def force_of_mention(fact: Mention) -> Organisation | None:
    return find_organisation(fact.about)


def about_for(about: About, fact: Fact | None) -> About:
    """What the rules need to know for one fact: a mention brings its own force."""
    if not isinstance(fact, Mention):
        return about
    force = force_of_mention(fact)
    return replace(about, force=force.code if force else "", proposed_force="")


def read_for(document: StoredDocument) -> list[str]:
    """The names of the forces for which the report was read, in order."""
    mentions = Proposal.objects.filter(document=document, kind=Mention.kind, superseded=False)
    codes = mentions.order_by("fields__about").values_list("fields__about", flat=True).distinct()
    found = [find_organisation(code) for code in codes]
    return [force.name for force in found if force]
