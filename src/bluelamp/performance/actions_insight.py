"""How is insight written, offered beside what stands, chosen, and how are headlines edited?

Every text is a row of its own and nothing is written over: whoever saves after somebody else loses no word,
because what they wrote is kept beside, to be chosen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from bluelamp.documents.models import StoredDocument
from bluelamp.documents.queries import find_documents
from bluelamp.documents.stored_citations import cite_words
from bluelamp.ledger.actions import Actor
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.actors import owners_of, viewer_of
from bluelamp.organisations.models import Owner
from bluelamp.performance.actions_reports import ReportWork, find_headline_faults, working_on
from bluelamp.performance.insight_evidence import Evidence, check_evidence
from bluelamp.performance.models import Headline, Insight, InsightRequest, InsightText, Report
from bluelamp.performance.report_rules import LONGEST_HEADLINE, StaleError, check_text


@dataclass(frozen=True, kw_only=True)
class Written:
    """A text as somebody wrote it, and where it came from."""

    words: str
    evidence: tuple[Evidence, ...] = ()
    via: str = "desk"  # desk, link, word
    owner: Owner | None = None
    request: InsightRequest | None = None
    document: StoredDocument | None = None


def cite_page(key: object, *, words: str, page: int | None, by: Actor) -> Evidence:
    """A page of a document of the record as evidence; the quoted words must stand there (law 1)."""
    document = find_documents(viewer=viewer_of(by)).filter(pk=key).first()
    if document is None:
        raise PlainError("There is no such document in the record.")
    cited = cite_words(document, words, page=page)
    return Evidence(
        kind="page",
        words=str(document),
        document=str(document.pk),
        page=cited["page"],
        quote=str(cited["quote"]),
        citations=(cited,),
    )


def check_written(written: Written) -> Written:
    """The text as it can be kept; PlainError where it cannot."""
    words = check_text(written.words)
    return Written(
        words=words,
        evidence=check_evidence(written.evidence),
        via=written.via,
        owner=written.owner,
        request=written.request,
        document=written.document,
    )


def write_text(work: ReportWork, insight: Insight, written: Written, *, taken: bool) -> InsightText:
    """One more text of the insight, within somebody else's transaction; `taken`: it is the one that stands now."""
    last = insight.texts.order_by("-number").values_list("number", flat=True).first() or 0
    made = InsightText(
        insight=insight,
        number=last + 1,
        state="taken" if taken else "offered",
        words=written.words,
        evidence=msgspec.to_builtins(written.evidence),
        via=written.via,
        by_key=work.by.ledger_name,
        by_name=_say_writer(work.by, written),
        owner=written.owner,
        request=written.request,
        document=written.document,
        made=work.now,
    )
    if taken:
        stand(insight, made, work)
    return made


def _say_writer(by: Actor, written: Written) -> str:
    """Who wrote it: of a Word file that came back its contributor, and not whoever took it in."""
    if written.via == "word" and written.owner is not None:
        return f"{written.owner.name} (in Word, taken in by {by.ledger_label})"
    return by.ledger_label


def stand(insight: Insight, text: InsightText, work: ReportWork) -> None:
    insight.words, insight.evidence = text.words, text.evidence
    insight.version, insight.by_name, insight.changed = text.number, text.by_name, work.now


def save_insight(insight: Insight, written: Written, *, seen: int, by: Actor, now: dt.datetime) -> InsightText:
    """The words of an indicator, if nobody else changed them since `seen`; else they are offered beside.

    Whoever was asked for it may write it; their requests are answered by it.
    """
    written = check_written(written)
    with working_on(insight.report, by=by, now=now) as work:
        held = _find_insight(work, insight)
        work.check("write", insight=held)
        taken = held.version == seen
        text = write_text(work, held, written, taken=taken)
        answered = _answer_own(work, held) if written.words else []
        name = "performance.insight_written" if taken else "performance.insight_offered"
        work.book.event(name, subject=work.report, add=[text], change=[held, *answered], note={"code": held.code})
    return text


def _find_insight(work: ReportWork, insight: Insight) -> Insight:
    return work.report.insights.get(pk=insight.pk)


def _answer_own(work: ReportWork, insight: Insight) -> list[InsightRequest]:
    """The open requests of whoever writes, answered now."""
    found = list(insight.requests.filter(answered=None, withdrawn=None, owner__in=owners_of(work.by)))
    for request in found:
        request.answered = work.now
    return found


def take_text(text: InsightText, *, seen: int, by: Actor, now: dt.datetime) -> Insight:
    """An offered text, or an earlier one, becomes the text that stands; the one before stays to be read."""
    with working_on(text.insight.report, by=by, now=now) as work:
        work.check("take-text")
        insight = _find_insight(work, text.insight)
        if insight.version != seen:
            raise StaleError(
                "Somebody else changed this text meanwhile. Nothing was changed: look again and choose."
            )
        held = insight.texts.get(pk=text.pk)
        changed = _leave_others(insight, held)
        held.state = "taken"
        stand(insight, held, work)
        work.book.event(
            "performance.text_taken",
            subject=work.report,
            change=[insight, held, *changed],
            note={"code": insight.code, "text": held.number},
        )
    return insight


def _leave_others(insight: Insight, chosen: InsightText) -> list[InsightText]:
    others = list(insight.texts.filter(state="offered").exclude(pk=chosen.pk))
    for other in others:
        other.state = "left"
    return others


def leave_text(text: InsightText, *, by: Actor, now: dt.datetime) -> None:
    """A person read an offered text and keeps what stands."""
    with working_on(text.insight.report, by=by, now=now) as work:
        work.check("take-text")
        held = InsightText.objects.filter(pk=text.pk, state="offered").select_related("insight").first()
        if held is None:
            raise PlainError("This text was decided already.")
        held.state = "left"
        note = {"code": held.insight.code, "text": held.number}
        work.book.event("performance.text_left", subject=work.report, change=[held], note=note)


def choose_wanted(insight: Insight, *, wanted: bool, reason: str, by: Actor, now: dt.datetime) -> Insight:
    """Insight is wanted where there is no exception, or not wanted though there is one: with a reason."""
    reason = check_text(reason, what="A reason")
    with working_on(insight.report, by=by, now=now) as work:
        work.check("choose-wanted", reason=reason)
        held = _find_insight(work, insight)
        held.wanted, held.by_hand, held.why = wanted, wanted != held.exception, reason
        withdrawn = [] if wanted else _withdraw(held.requests.filter(answered=None, withdrawn=None), now)
        name = "performance.insight_wanted" if wanted else "performance.insight_not_wanted"
        note = {"code": held.code, "reason": reason}
        work.book.event(name, subject=work.report, change=[held, *withdrawn], note=note)
    return held


def _withdraw(requests: Iterable[InsightRequest], now: dt.datetime) -> list[InsightRequest]:
    found = list(requests)
    for request in found:
        request.withdrawn = now
    return found


# -- headlines --------------------------------------------------------------------------------------------


def edit_headline(
    headline: Headline,
    *,
    words: str,
    reason: str = "",
    left_out: bool = False,
    seen: int,
    by: Actor,
    now: dt.datetime,
) -> Headline:
    """The edited words, with how they disagree with the numbers; kept all the same where a reason is given."""
    words = check_text(" ".join(words.split()), what="A headline", longest=LONGEST_HEADLINE)
    reason = check_text(reason, what="A reason", longest=LONGEST_HEADLINE)
    with working_on(headline.report, by=by, now=now) as work:
        work.check("edit-headline")
        held = work.report.headlines.get(pk=headline.pk)
        if held.version != seen:
            raise StaleError(
                f"Somebody else changed this headline meanwhile; it says now: “{held.words or held.generated}”."
                " Yours was not kept in its place: it is still in the form."
            )
        held.words = "" if words == held.generated else words
        held.left_out = left_out or not (held.words or held.generated)
        held.faults = list(find_headline_faults(held))
        held.reason = reason if held.faults else ""
        held.version += 1
        held.by_key, held.by_name, held.changed = by.ledger_name, by.ledger_label, now
        note = {"words": held.words, "faults": held.faults, "reason": held.reason, "left_out": held.left_out}
        work.book.event("performance.headline_edited", subject=work.report, change=[held], note=note)
    return held


def add_headline(
    report: Report, *, theme: str, words: str, reason: str = "", by: Actor, now: dt.datetime
) -> Headline:
    """A sentence of one's own at a theme's head, compared with the numbers of the theme's indicators."""
    words = check_text(" ".join(words.split()), what="A headline", longest=LONGEST_HEADLINE)
    if not words:
        raise PlainError("A headline needs words.")
    with working_on(report, by=by, now=now) as work:
        work.check("edit-headline")
        others = work.report.headlines.order_by("place")
        beside = others.filter(theme=theme).exclude(claims=[]).first()
        if beside is None:
            raise PlainError(f"The report has no theme “{theme}” with indicators.")
        last = others.values_list("place", flat=True).last() or 0
        made = Headline(report=work.report, place=last + 1, theme=theme, claims=beside.claims, words=words)
        made.faults = list(find_headline_faults(made))
        made.reason = reason.strip() if made.faults else ""
        made.by_key, made.by_name, made.changed = by.ledger_name, by.ledger_label, now
        work.book.event("performance.headline_added", subject=work.report, add=[made], note={"theme": theme})
    return made
