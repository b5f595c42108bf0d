"""How is an item signed off, so that it can be believed (law 5)? And how is it opened again?

One minute may sign off many items: all of them, or none, and what each lacks is said at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from bluelamp.assurance import watch_rules
from bluelamp.assurance.actions_evidence import cite, take_document
from bluelamp.assurance.actions_reviews import end_review, follow_change
from bluelamp.assurance.actions_steps import Taking, Work, working
from bluelamp.assurance.actions_watches import tell_parents
from bluelamp.assurance.closing_proofs import Held, find_held, grades_here
from bluelamp.assurance.models import SignOff, Watch
from bluelamp.assurance.policies import SUPERSEDED, find_lacks
from bluelamp.assurance.watch_rules import Wanted, check_watch
from bluelamp.documents.models import StoredDocument
from bluelamp.ledger.actions import Actor
from bluelamp.lib.calendar_days import london_day
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.actors import viewer_of
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.register.links import beyond, stand
from bluelamp.register.models import Item, ItemLink
from bluelamp.register.rules import SUPERSEDES, check_can_join
from bluelamp.register.standing import load_states

AUTHORITIES = {"minute": "A minute", "letter": "A letter"}
"""What may decide a sign-off: the words of a meeting, or of who decides outside one."""


class NotReadyError(NotAllowedError):
    """What each item lacks, by its reference. The message says all of it."""

    def __init__(self, lacks: Mapping[str, Sequence[str]], *, alone: bool) -> None:
        self.lacks = {reference: tuple(sentences) for reference, sentences in lacks.items()}
        said = [
            " ".join(sentences) if alone else f"{name}: {' '.join(sentences)}" for name, sentences in lacks.items()
        ]
        super().__init__(" ".join([*said, *([] if alone else ["Nothing was signed off."])]))


@dataclass(frozen=True, kw_only=True)
class Authority:
    """The minute or letter that decides. `quoted` are words of the document to be found there and cited."""

    kind: str
    words: str  # which minute or letter: "Joint audit committee, 12 June, minute 23"
    day: dt.date
    document: StoredDocument | None = None
    citations: tuple[dict[str, Any], ...] = ()
    quoted: str = ""


@dataclass(frozen=True, kw_only=True)
class Closing:
    """One item to be signed off: why, and what should stay true."""

    item: Item
    code: str  # slug of closing-codes.yaml
    reason: str
    watches: tuple[Wanted, ...] = ()
    superseded_by: Item | None = None


def sign_off(
    item: Item,
    *,
    code: str,
    reason: str,
    authority: Authority,
    watches: Iterable[Wanted] = (),
    superseded_by: Item | None = None,
    by: Actor,
    now: dt.datetime,
) -> SignOff:
    """Sign one item off."""
    closing = Closing(item=item, code=code, reason=reason, watches=tuple(watches), superseded_by=superseded_by)
    return sign_off_many([closing], authority=authority, by=by, now=now)[0]


def sign_off_many(
    closings: Sequence[Closing], *, authority: Authority, by: Actor, now: dt.datetime
) -> list[SignOff]:
    """Sign off all of them by one authority, or none. NotReadyError names what each one lacks."""
    _check_said(closings, authority, day=london_day(now))
    with working(by=by, now=now) as work:
        takings = work.take_all(closing.item for closing in closings)
        work.take_all(closing.superseded_by for closing in closings if closing.superseded_by)
        pairs = sorted(zip(closings, takings, strict=True), key=lambda pair: pair[1].item.parent_id is None)
        held = _check_ready(work, pairs, authority)
        made = {
            closing.item.pk: _write(taking, closing, authority, held[taking.item.pk]) for closing, taking in pairs
        }
    return [made[closing.item.pk] for closing in closings]


def _check_said(closings: Sequence[Closing], authority: Authority, *, day: dt.date) -> None:
    """What can be judged of the words alone."""
    if not closings:
        raise PlainError("Choose at least one item to sign off.")
    if len({closing.item.pk for closing in closings}) < len(closings):
        raise PlainError("An item is there twice: each is signed off once.")
    if authority.kind not in AUTHORITIES:
        raise PlainError(f"An authority is one of {', '.join(AUTHORITIES)}; “{authority.kind}” is none of them.")
    if authority.day > day:
        raise PlainError("The minute or letter cannot be dated after today.")
    codes = load_states("closing_code", settings.WORKSPACE_DEFINITIONS)
    for closing in closings:
        if closing.code not in codes:
            raise PlainError(
                f"A sign-off has one of the codes {', '.join(codes)}; “{closing.code}” is none of them."
            )
        if closing.superseded_by and closing.code != SUPERSEDED:
            raise PlainError("Only the code “superseded” names an item that stands in the place of this one.")
        for watch in closing.watches:
            check_watch(watch, day=day)
    _check_no_circle(closings)


def _check_no_circle(closings: Sequence[Closing]) -> None:
    """Of items that are signed off together, none supersedes itself by way of others."""
    later = {closing.item.pk: closing.superseded_by.pk for closing in closings if closing.superseded_by}
    for start in later:
        seen, key = set(), start
        while key in later and key not in seen:
            seen.add(key)
            key = later[key]
        if key in seen and len(seen) > 1:
            raise PlainError("These items would supersede each other in a circle.")


Pairs = Sequence[tuple[Closing, Taking]]


def _check_ready(work: Work, pairs: Pairs, authority: Authority) -> dict[Any, Held]:
    items = [taking.item for _, taking in pairs]
    together = frozenset(item.pk for item in items)
    held = find_held(items, viewer=viewer_of(work.by), together=together)
    lacks: dict[str, list[str]] = {}
    for closing, taking in pairs:
        found = _find_refusal(taking, closing) or _find_lacks(closing, taking, held[taking.item.pk], authority)
        if found:
            lacks[taking.item.reference] = found
    if lacks:
        raise NotReadyError(lacks, alone=len(pairs) == 1)
    return held


def _find_refusal(taking: Taking, closing: Closing) -> list[str]:
    try:
        # A missing reason is one of the lacks, which are said all at once.
        taking.check("sign-off", reason=closing.reason.strip() or "x")
    except NotAllowedError as error:
        return [str(error)]
    return []


def _find_lacks(closing: Closing, taking: Taking, held: Held, authority: Authority) -> list[str]:
    successor = closing.superseded_by
    wrong = _find_wrong_successor(taking, successor) if successor else ""
    proof = held.prove(
        code=closing.code,
        reason=closing.reason,
        authority_words=authority.words,
        has_watch=bool(closing.watches),
        successor=successor.reference if successor else "",
    )
    return [*([wrong] if wrong else []), *find_lacks(held.policy, proof, grades=grades_here())]


def _find_wrong_successor(taking: Taking, successor: Item) -> str:
    """Why this item cannot stand in the place of the other; "" where it can."""
    later = taking.work.take(successor).item
    if later.pk == taking.item.pk:
        return "An item cannot supersede itself."
    try:
        check_can_join(SUPERSEDES, stand(later), stand(taking.item), beyond=beyond(SUPERSEDES, taking.item.pk))
    except NotAllowedError as error:
        return str(error)
    return ""


def _write(taking: Taking, closing: Closing, authority: Authority, held: Held) -> SignOff:
    work, item = taking.work, taking.item
    document = take_document(work, item, authority.document) if authority.document else None
    row = SignOff(
        item=item,
        code=closing.code,
        superseded_by=work.take(closing.superseded_by).item if closing.superseded_by else None,
        reason=closing.reason.strip(),
        authority=authority.kind,
        authority_words=authority.words.strip(),
        authority_day=authority.day,
        document=document,
        citations=cite(document, words=authority.quoted, citations=authority.citations),
        policy=held.policy.slug,
        grade="" if held.review_open else held.grade,
        evidence=list(held.evidence),
        by_name=work.by.ledger_label,
        made=work.now,
    )
    watches = [_make_watch(row, wanted, day=london_day(work.now)) for wanted in closing.watches]
    end_review(taking, reason="the item was signed off")
    item.closing = "signed-off"
    note = {
        "code": row.code,
        "reason": row.reason,
        "authority": f"{row.authority_words}, {row.authority_day}",
        "watched": [watch.what for watch in watches],
    }
    taking.event("assurance.signed_off", add=[row, *watches], note=note)
    _link(work, row)
    tell_parents(work, item, reopened="")
    return row


def _make_watch(sign_off: SignOff, wanted: Wanted, *, day: dt.date) -> Watch:
    return Watch(
        sign_off=sign_off,
        item=sign_off.item,
        kind=wanted.kind,
        what=wanted.what.strip(),
        indicator=wanted.indicator.strip(),
        limit=wanted.limit.strip(),
        direction=wanted.direction,
        due=check_watch(wanted, day=day),
        state=watch_rules.HOLDING,
    )


def _link(work: Work, sign_off: SignOff) -> None:
    """Which item stands in the place of which is seen from both, unless somebody has linked them already."""
    later, earlier = sign_off.superseded_by, sign_off.item
    if later is None or ItemLink.objects.filter(kind=SUPERSEDES, item=later, other=earlier, undone=None).exists():
        return
    link = ItemLink(kind=SUPERSEDES, item=later, other=earlier, reason=sign_off.reason, made=work.now)
    # Some who read the later item's history may not know of the earlier one.
    told = earlier.organisation_id in (None, later.organisation_id)
    note = {"item": earlier.reference, "reason": sign_off.reason} if told else {}
    work.book.event("register.supersedes", subject=later, add=[link], note=note)


def reopen(item: Item, *, reason: str, by: Actor, now: dt.datetime) -> SignOff:
    """Open an item again. The sign-off stays as it was; what was graded is tested anew before another."""
    with working(by=by, now=now) as work:
        taking = work.take(item)
        taking.check("reopen", reason=reason)
        row = SignOff.objects.filter(item=taking.item, reopened=None).order_by("-made").first()
        if row is None:
            raise NotAllowedError("No sign-off of this item stands.")
        row.reopened, row.reopened_reason, row.reopened_by = now, reason.strip(), by.ledger_label
        watches = list(Watch.objects.filter(sign_off=row).exclude(state=watch_rules.ENDED))
        for watch in watches:
            watch.state = watch_rules.ENDED
        taking.item.closing = "open"
        note = {"reason": row.reopened_reason, "code": row.code}
        taking.event("assurance.reopened", change=[row, *watches], note=note)
        follow_change(taking, reason=f"the item was reopened: {row.reopened_reason}")
        tell_parents(work, taking.item, reopened=row.reopened_reason)
    return row


def bring_under_test(item: Item, *, reason: str, by: Actor, now: dt.datetime) -> Item:
    """What was closed elsewhere is open here, and is tested as any other."""
    with working(by=by, now=now) as work:
        taking = work.take(item)
        taking.check("bring-under-test", reason=reason)
        taking.item.closing = "open"
        taking.event("assurance.brought_under_test", note={"reason": reason.strip()})
    return taking.item
