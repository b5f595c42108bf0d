"""How is a contributor asked for insight, by a one-use link or a Word file, and how does the answer come in?

The secret of a link is in no row: only its hash is kept. What comes back in Word is an original like any other,
and each text taken from it names it.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.mail import EmailMessage

from bluelamp.documents.actions import store_document
from bluelamp.documents.models import StoredDocument
from bluelamp.documents.sandbox import read_form, read_upload
from bluelamp.ledger.actions import Actor
from bluelamp.lib.calendar_days import london_day, say_day
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.actors import OwnerByLink, hash_secret, viewer_of
from bluelamp.organisations.models import Owner
from bluelamp.organisations.queries import find_owners
from bluelamp.papers.model import Rendered
from bluelamp.papers.rendering import render
from bluelamp.performance.actions_insight import Written, check_written, write_text
from bluelamp.performance.actions_reports import ReportWork, working_on
from bluelamp.performance.insight_evidence import read_evidence
from bluelamp.performance.insight_word import (
    AskedRow,
    Order,
    ReturnedInsight,
    ReturnedOrder,
    make_order_paper,
    read_returned,
)
from bluelamp.performance.models import InsightLink, InsightRequest, InsightText, Report
from bluelamp.performance.queries_drafts import find_asked, find_plan
from bluelamp.performance.report_frozen import name_files
from bluelamp.performance.report_rules import LINK_DAYS, LINK_SPENT, LinkError, check_asking, check_text

LARGEST_FILE = 20_000_000


def ask_contributor(
    report: Report,
    *,
    owner: Owner,
    codes: Sequence[str],
    due: dt.date,
    note: str = "",
    by: Actor,
    now: dt.datetime,
) -> list[InsightRequest]:
    """Ask one contributor for the insight of some indicators; what they are asked already is not asked twice."""
    note = check_text(note, what="A note", longest=2_000)
    check_asking(due=due, today=london_day(now))
    with working_on(report, by=by, now=now) as work:
        work.check("ask")
        if not find_owners(viewer=viewer_of(by)).filter(pk=owner.pk, active=True).exists():
            raise PlainError("There is no such contributor, or they own no work any more.")
        found = list(work.report.insights.filter(code__in=list(codes)).order_by("place"))
        if not found or len(found) < len(set(codes)):
            raise PlainError("Choose at least one indicator of this report to ask about.")
        if others := [each.code for each in found if not each.wanted]:
            raise PlainError(f"Insight is not wanted for {', '.join(others)}: say first that it is, and why.")
        asked = set(
            InsightRequest.objects.filter(
                insight__in=found, owner=owner, answered=None, withdrawn=None
            ).values_list("insight_id", flat=True)
        )
        made = [
            InsightRequest(
                report=work.report,
                insight=each,
                owner=owner,
                due=due,
                note=note,
                asked_by=by.ledger_label,
                asked=now,
            )
            for each in found
            if each.pk not in asked
        ]
        if not made:
            raise PlainError(f"{owner.name} is asked for all of these already.")
        move = work.move("ask")
        add = [*made, *([move] if move else [])]
        told = {"owner": owner.name, "codes": [each.insight.code for each in made], "due": str(due)}
        work.book.event("performance.insight_asked", subject=work.report, add=add, change=[work.report], note=told)
    return made


def withdraw_request(request: InsightRequest, *, by: Actor, now: dt.datetime) -> None:
    """They are asked no more; a link or file of theirs answers it no more."""
    with working_on(request.report, by=by, now=now) as work:
        work.check("ask")
        held = work.report.requests.select_related("insight", "owner").get(pk=request.pk)
        if held.answered or held.withdrawn:
            raise PlainError("This was answered or withdrawn already.")
        held.withdrawn = now
        told = {"owner": held.owner.name, "code": held.insight.code}
        work.book.event("performance.request_withdrawn", subject=work.report, change=[held], note=told)


# -- by a link --------------------------------------------------------------------------------------------


def make_insight_link(report: Report, owner: Owner, *, by: Actor, now: dt.datetime) -> str:
    """The secret of a new link for all that one contributor is still asked; earlier ones open nothing more."""
    with working_on(report, by=by, now=now) as work:
        work.check("ask")
        asked = find_asked(work.report, owner)
        if not asked:
            raise PlainError(f"{owner.name} is asked for nothing any more.")
        secret = secrets.token_urlsafe(32)
        InsightLink.objects.filter(report=work.report, owner=owner, used=None).update(used=now)
        last = max(each.due for each in asked)
        InsightLink.objects.create(
            token_hash=hash_secret(secret),
            report=work.report,
            owner=owner,
            expires=dt.datetime.combine(last, dt.time.max, dt.UTC) + dt.timedelta(days=LINK_DAYS),
        )
        work.book.event("performance.insight_link_made", subject=work.report, note={"owner": owner.name})
    return secret


def find_insight_link(secret: str, *, now: dt.datetime) -> InsightLink:
    """The link of a secret that still opens; LinkError otherwise."""
    links = InsightLink.objects.select_related("report", "report__organisation", "owner")
    link = links.filter(token_hash=hash_secret(secret)).first()
    if link is None or link.used or link.expires < now or not link.owner.active:
        raise LinkError(LINK_SPENT)
    if link.report.state not in ("draft", "asked"):
        raise LinkError("This report takes no more insight. Ask whoever sent you the link.")
    return link


@dataclass(frozen=True, kw_only=True)
class LinkText:
    """What a contributor wrote to one request."""

    request: InsightRequest
    words: str
    evidence: str = ""  # one piece a line


def answer_by_insight_link(secret: str, texts: Sequence[LinkText], *, now: dt.datetime) -> int:
    """All that one contributor wrote, at once; the link opens nothing more. Returns how many were kept."""
    said = [each for each in texts if each.words.strip()]
    if not said:
        raise PlainError("Nothing was written yet: write something for at least one indicator.")
    link = find_insight_link(secret, now=now)
    by = OwnerByLink(link.owner)
    with working_on(link.report, by=by, now=now, blind=True) as work:
        link = find_insight_link(secret, now=now)  # again, under the lock: two clicks are one answer
        asked = {request.pk: request for request in find_asked(work.report, link.owner)}
        kept = []
        for each in said:
            request = asked.get(each.request.pk)
            if request is None:
                raise LinkError(LINK_SPENT)
            work.check("write", insight=request.insight)
            written = Written(
                words=each.words,
                evidence=read_evidence(each.evidence),
                via="link",
                owner=link.owner,
                request=request,
            )
            kept.append(_answer(work, request, written))
        InsightLink.objects.filter(token_hash=link.token_hash).update(used=now)
        _record(work, kept, "performance.insight_returned", {"owner": link.owner.name, "via": "link"})
    return len(said)


def _answer(work: ReportWork, request: InsightRequest, written: Written) -> tuple[InsightText, InsightRequest]:
    """The text stands where none stood before; else it is offered beside."""
    insight = request.insight
    text = write_text(work, insight, check_written(written), taken=not insight.words)
    request.answered = work.now
    return text, request


def _record(
    work: ReportWork, kept: Iterable[tuple[InsightText, InsightRequest]], name: str, note: Mapping[str, object]
) -> None:
    pairs = list(kept)
    texts = [text for text, _ in pairs]
    requests = [request for _, request in pairs]
    codes = [text.insight.code for text in texts]
    work.book.event(
        name,
        subject=work.report,
        add=texts,
        change=[*requests, *(text.insight for text in texts)],
        note={**note, "codes": codes},
    )


def send_links(
    report: Report, *, address_of: Callable[[str], str], by: Actor, now: dt.datetime
) -> tuple[int, list[str]]:
    """A message with a link to everyone with an address who is still asked. How many left, and what failed."""
    sent, failed = 0, []
    owners = {each.owner for each in report.requests.filter(answered=None, withdrawn=None).select_related("owner")}
    for owner in sorted((each for each in owners if each.email), key=lambda each: each.name):
        secret = make_insight_link(report, owner, by=by, now=now)
        asked = find_asked(report, owner)
        fault = _send(report, owner, asked, address_of(secret))
        if fault:
            failed.append(f"{owner.name}: {fault}")
            continue
        with working_on(report, by=by, now=now) as work:
            for request in asked:
                request.sent = now
            told = {"owner": owner.name, "codes": [each.insight.code for each in asked]}
            work.book.event("performance.insight_message_sent", subject=work.report, change=asked, note=told)
        sent += 1
    return sent, failed


def _send(report: Report, owner: Owner, asked: Sequence[InsightRequest], address: str) -> str:
    """The fault in one line; "" where it was sent. The message names no figure."""
    many = "1 indicator" if len(asked) == 1 else f"{len(asked)} indicators"
    due = say_day(max(each.due for each in asked))
    body = (
        f"Please write what lies behind the figures of {many} of “{report.title}” by {due}.\n\n"
        f"Write it here: {address}\nThe link is yours alone and works once."
    )
    try:
        EmailMessage(subject=f"Insight for {many}, by {due}", body=body, to=[owner.email]).send()
    except OSError as error:  # smtplib's errors are OSErrors
        return (str(error) or type(error).__name__).splitlines()[0][:300]
    return ""


# -- by a Word file ---------------------------------------------------------------------------------------


def make_order_file(report: Report, owner: Owner, *, by: Actor, now: dt.datetime) -> Rendered:
    """The Word file of all that one contributor is still asked."""
    with working_on(report, by=by, now=now) as work:
        work.check("ask")
        asked = find_asked(work.report, owner)
        if not asked:
            raise PlainError(f"{owner.name} is asked for nothing any more.")
        held = work.report
        plan = {each.code: each.name for each in find_plan(held.plan).indicators}
        order = Order(
            title=held.title,
            owner=owner.name,
            due=max(each.due for each in asked),
            as_of=london_day(now),
            rows=tuple(_make_asked(each, plan) for each in asked),
            marking=held.marking,
            name=f"insight-{name_files(held.plan, held.area, held.to, 0)}",
        )
        told = {"owner": owner.name, "codes": [each.insight.code for each in asked]}
        work.book.event("performance.insight_file_made", subject=held, note=told)
    return render(make_order_paper(order), "docx")


def _make_asked(request: InsightRequest, names: Mapping[str, str]) -> AskedRow:
    insight = request.insight
    return AskedRow(
        key=request.pk.hex,
        code=insight.code,
        name=names.get(insight.code, ""),
        facts=tuple(insight.facts),
        note=request.note,
        words=insight.words,
    )


@dataclass(frozen=True)
class Returned:
    """What a Word file brought: how many texts stand, how many are offered, and what a person should know."""

    taken: int
    offered: int
    told: tuple[str, ...]


def take_word_return(report: Report, data: bytes, file_name: str, *, by: Actor, now: dt.datetime) -> Returned:
    """Keep a file that came back and take its texts. The same file again changes nothing.

    What raises a doubt (a key lost, rows joined, a comment) is offered beside, for a person to choose.
    """
    if len(data) > LARGEST_FILE:
        raise PlainError(
            f"{file_name} is larger than {LARGEST_FILE // 1_000_000} MB: send the file that went out."
        )
    form = read_form(data, file_name)
    requests = {
        each.pk.hex: each for each in report.requests.filter(withdrawn=None).select_related("insight", "owner")
    }
    codes = {key: request.insight.code for key, request in requests.items()}
    returned = read_returned(form, codes, file_name=file_name)
    for each in returned.answers:  # before anything is kept: all of the file can be, or nothing is
        check_written(Written(words=each.words, evidence=read_evidence(each.evidence)))
    kept = store_document(
        by=by,
        now=now,
        document=read_upload(data, file_name),
        data=data,
        file_name=file_name,
        organisation=report.organisation,
    )
    return _take(report, returned, kept.document, by=by, now=now)


def _take(
    report: Report, returned: ReturnedOrder, document: StoredDocument, *, by: Actor, now: dt.datetime
) -> Returned:
    with working_on(report, by=by, now=now) as work:
        work.check("take-text")
        if InsightText.objects.filter(insight__report=work.report, document=document).exists():
            raise PlainError("This file was taken already; nothing was changed.")
        held = {each.pk.hex: each for each in work.report.requests.select_related("insight", "owner")}
        kept, told = [], list(returned.unread)
        for each in returned.answers:
            request = held[each.key]
            if fault := _why_not(request, each):
                told.append(f"{request.insight.code}: {fault}")
                continue
            kept.append(_take_one(work, request, each, document))
            told += [f"{request.insight.code}: {doubt}" for doubt in each.doubts]
        if not kept:
            raise PlainError(f"Nothing new is written in this file. {' '.join(told)}".strip())
        note = {"via": "word", "document": document.sha256}
        _record(work, kept, "performance.insight_returned", note)
    taken = sum(text.state == "taken" for text, _ in kept)
    return Returned(taken, len(kept) - taken, tuple(told))


def _why_not(request: InsightRequest, answer: ReturnedInsight) -> str:
    if not answer.words:
        return "nothing was written."
    if " ".join(answer.words.split()) == " ".join(request.insight.words.split()):
        return "it stands as it went out."
    return "it was withdrawn meanwhile." if request.withdrawn else ""


def _take_one(
    work: ReportWork, request: InsightRequest, answer: ReturnedInsight, document: StoredDocument
) -> tuple[InsightText, InsightRequest]:
    insight = request.insight
    written = check_written(
        Written(
            words=answer.words,
            evidence=read_evidence(answer.evidence),
            via="word",
            owner=request.owner,
            request=request,
            document=document,
        )
    )
    sure = not answer.doubts and not insight.words and request.answered is None
    text = write_text(work, insight, written, taken=sure)
    request.answered = request.answered or work.now
    return text, request
