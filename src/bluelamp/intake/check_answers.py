"""What was said to a finding, in this version of a paper or in one before it? And which findings are gone?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bluelamp.checks.model import Result, Verdict
from bluelamp.documents.models import StoredDocument
from bluelamp.documents.queries import find_documents
from bluelamp.intake.check_rules import FIXED
from bluelamp.intake.models import CheckAnswer
from bluelamp.lib.calendar_days import london_day, say_day
from bluelamp.organisations.visibility import Viewer

MOST_VERSIONS = 30
"""Versions of one paper that are looked back through."""


@dataclass(frozen=True)
class Remembered:
    """An answer that stands, and how many versions ago it was given: 0 in this one."""

    answer: CheckAnswer
    versions_ago: int

    @property
    def settles(self) -> bool:
        """Does it answer the finding as it stands now? What was fixed before and is here again is not answered."""
        return self.versions_ago == 0 or self.answer.answer != FIXED


Answers = Mapping[str, Remembered]
"""By the finding's key; of several versions' answers the latest version's."""


def find_versions(document: StoredDocument, *, viewer: Viewer) -> list[StoredDocument]:
    """This version, then those before it that the viewer may see, the nearest first."""
    visible = find_documents(viewer=viewer)
    chain = [document]
    while len(chain) < MOST_VERSIONS and (key := chain[-1].supersedes_id):
        earlier = visible.filter(pk=key).first()
        if earlier is None or earlier in chain:
            break
        chain.append(earlier)
    return chain


def find_answers(document: StoredDocument, *, viewer: Viewer) -> dict[str, Remembered]:
    versions = find_versions(document, viewer=viewer)
    ago = {version.pk: number for number, version in enumerate(versions)}
    standing = CheckAnswer.objects.filter(document__in=versions, withdrawn=False).select_related("document")
    found: dict[str, Remembered] = {}
    for answer in sorted(standing, key=lambda each: -ago[each.document_id]):
        found[answer.key] = Remembered(answer, ago[answer.document_id])
    return found


def say_answer(remembered: Remembered) -> str:
    """ "Explained in the version before by Sam Ferrier on 3 May 2026: the total counts a shared post twice." """
    answer = remembered.answer
    what = {
        "fixed": _("Said to be fixed"),
        "explained": _("Explained"),
        "not-an-error": _("Said to be no error"),
    }[answer.answer]
    when = say_day(london_day(answer.answered))
    said = _("%(what)s%(version)s by %(who)s on %(when)s") % {
        "what": what,
        "version": _say_version(remembered.versions_ago),
        "who": answer.by_name,
        "when": when,
    }
    if not remembered.settles:
        said += _(", but it is still here")
    return f"{said}: {answer.reason}" if answer.reason else f"{said}."


def _say_version(ago: int) -> str:
    if ago == 0:
        return ""
    return _(" in the version before") if ago == 1 else _(" %(n)d versions before this") % {"n": ago}


def say_answers(answers: Answers) -> dict[str, str]:
    """As sentences by key, of those that settle their finding or say that it was thought to be settled."""
    return {key: say_answer(each) for key, each in answers.items()}


def find_gone(results: Iterable[Result], answers: Answers) -> list[Remembered]:
    """Answers of earlier versions whose findings are no longer here: what was fixed first."""
    still = {each.key for each in results if each.verdict in (Verdict.CONTRADICTION, Verdict.SUSPECT)}
    gone = [each for key, each in answers.items() if key not in still]
    return sorted(gone, key=lambda each: (each.answer.answer != FIXED, each.versions_ago, each.answer.message))


def say_gone(remembered: Remembered) -> str:
    answer = remembered.answer
    if answer.answer == FIXED:
        return _("Fixed, as %(who)s said on %(when)s: it is gone.") % {
            "who": answer.by_name,
            "when": say_day(london_day(answer.answered)),
        }
    return _("No longer found. %(said)s") % {"said": say_answer(remembered)}
