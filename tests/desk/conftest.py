"""A workspace with something on every page, and people who look at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.test import Client
from tests.desk.indicator_samples import PLAN, add_load, whole_load, write_plan
from tests.intake.samples import BODIES, BY, DATA, NOW, make_extraction, sample_facts, template_row

from bluelamp.assurance.actions_delivery import allocate
from bluelamp.assurance.actions_rounds import open_round
from bluelamp.assurance.actions_statutory import begin_response
from bluelamp.assurance.models import Action, Round, StatutoryResponse, TemplateReturn
from bluelamp.assurance.template_answers import GivenAnswer
from bluelamp.assurance.template_return import ReturnedRow, ReturnedTemplate
from bluelamp.checks.model import Check, Printed, Report, Result, Subject, Verdict
from bluelamp.documents.document import Document
from bluelamp.documents.facts import Unread
from bluelamp.documents.models import StoredDocument
from bluelamp.documents.readers import read_bytes
from bluelamp.intake.actions import accept_all, describe_document, propose, store_document
from bluelamp.intake.actions_checks import keep_check
from bluelamp.intake.check_wire import keep_report, read_kept_report
from bluelamp.intake.models import Job, Proposal
from bluelamp.ledger.actions import recording
from bluelamp.organisations.actions import add_owner, add_person, load_organisations
from bluelamp.organisations.models import Organisation, User
from bluelamp.performance.models import Load
from bluelamp.register.models import Item

SignIn = Callable[..., Client]
"""Makes a person of a role (and organisation) and signs them in."""


@pytest.fixture
def organisations(db: None) -> None:
    load_organisations(by=BY, now=NOW, bodies=BODIES)


@pytest.fixture
def plan(tmp_path: Path, settings: Any) -> str:
    """A plan of the force stands in the workspace's own definitions; its slug."""
    settings.WORKSPACE_DEFINITIONS = write_plan(tmp_path / "definitions")
    return PLAN


@pytest.fixture
def sign_in(organisations: None, client: Client) -> SignIn:
    def make(role: str = "liaison", organisation: Organisation | None = None, name: str = "Sam Ferrier") -> Client:
        person = add_person(
            by=BY, now=NOW, user_name=f"{role}-{name}".lower(), name=name, role=role, organisation=organisation
        )
        client.force_login(person)
        return client

    return make


@pytest.fixture
def desk(sign_in: SignIn) -> Client:
    """A liaison officer at work."""
    return sign_in()


def store(document: Document, data: bytes, *, organisation: Organisation | None = None) -> StoredDocument:
    kept = store_document(
        by=BY, now=NOW, document=document, data=data, file_name="calder-vale.txt", organisation=organisation
    )
    return kept.document


@dataclass(frozen=True)
class Full:
    """A document that was accepted, another that waits, and what else pages are about."""

    accepted: StoredDocument
    waiting: StoredDocument
    item: Item
    proposal: Proposal
    job: Job
    action: Action
    round: Round
    response: StatutoryResponse
    returned: TemplateReturn
    figures: Load
    finding: str  # key of one, of the check of what waits
    checking: Job
    person: User | None = None


@pytest.fixture
def full(organisations: None, plan: str) -> Full:
    return build_full()


def build_full() -> Full:
    """Needs the organisations and the plan."""
    first = read_bytes(DATA, file_name="calder-vale.txt")
    accepted = store(first, DATA)
    unread = Unread(reason="Two grades for one area.", citations=first.cite(first.blocks[1]))
    rows = [template_row(first, 6, "7")]
    propose(accepted, make_extraction(first, [*sample_facts(first), *rows], unread=(unread,)), by=BY, now=NOW)
    accept_all(accepted, by=BY, now=NOW)
    more = DATA + b"\nOne sentence more.\n"
    second = read_bytes(more, file_name="again.txt")
    waiting = store(second, more)
    propose(waiting, make_extraction(second, sample_facts(second)), by=BY, now=NOW)
    describe_document(accepted, by=BY, now=NOW, details={"published": "2022-04-14"})
    accepted.refresh_from_db()
    item = Item.objects.get(kind="cause_of_concern")
    owner = add_owner(kind="post", name="Head of custody", by=BY, now=NOW)
    action = allocate(item, words="Mend the suites.", owner=owner, by=BY, now=NOW)
    finding = check_paper(waiting, second)
    return Full(
        finding=finding,
        checking=Job.objects.create(
            id="22222222-2222-2222-2222-222222222222",
            kind="check_papers",
            arguments={"document": str(waiting.pk)},
            created=NOW,
        ),
        accepted=accepted,
        waiting=waiting,
        item=item,
        action=action,
        response=begin_response(accepted, by=BY, now=NOW),
        round=open_round(title="Progress to March", due=NOW.date(), by=BY, now=NOW),
        returned=come_back(waiting, item),
        figures=add_load(whole_load()),
        proposal=Proposal.objects.filter(document=waiting, kind="finding").order_by("order")[0],
        job=Job.objects.create(id="11111111-1111-1111-1111-111111111111", kind="take_in", created=NOW),
    )


def check_paper(document: StoredDocument, read: Document) -> str:
    """A check with one finding, as if a checker had found it; its key."""
    printed = Printed("one", read.cite(read.blocks[1]))
    result = Result(
        verdict=Verdict.CONTRADICTION,
        check=Check.CAST,
        rule="total-down",
        message="One is two.",
        printed=(printed,),
    )
    report = Report((Subject(document=read, name="again.txt", papers=()),), (result,))
    found = keep_report(report)
    keep_check(document, [], found, read_kept_report(found), by=BY, now=NOW)
    return result.key


def come_back(document: StoredDocument, item: Item) -> TemplateReturn:
    """A file with one answered row, as if it had been read from this document."""
    answer = GivenAnswer(action="The suites were mended.")
    row = ReturnedRow(place="table 1, row 2", table=0, order=0, reference=item.reference, answer=answer)
    read = msgspec.to_builtins(ReturnedTemplate(rows=(row,), templates=()))
    made = TemplateReturn(document=document, read=read, row_count=1, by_name="Sam", made=NOW)
    with recording(by=BY, now=NOW) as book:
        book.event("assurance.template_returned", subject=made, add=[made])
    return made


def finish(response: Any) -> bytes:
    """The whole body; a file that is streamed is read to its end, as a browser would."""
    return b"".join(response.streaming_content) if response.streaming else bytes(response.content)
