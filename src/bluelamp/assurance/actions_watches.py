"""Does what a sign-off promised stay true? What falls due is marked, a person looks, and says whether it held."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from bluelamp.assurance.actions_steps import Taking, Work, working
from bluelamp.assurance.models import SignOff, Watch
from bluelamp.assurance.watch_rules import (
    DUE,
    ENDED,
    HOLDING,
    PART,
    SLID,
    check_can_end,
    check_can_explain,
    check_can_look,
    check_next_day,
)
from bluelamp.ledger.actions import Actor
from bluelamp.lib.calendar_days import london_day
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.register.models import Item

BATCH = 200  # watches marked in one transaction, so that nobody waits long for the lock


def look_at_watches(*, day: dt.date, by: Actor, now: dt.datetime) -> int:
    """Mark what is due by `day`, so that its item proposes its own reopening. How many were marked."""
    marked = 0
    while True:
        with working(by=by, now=now) as work:
            due = Watch.objects.filter(state=HOLDING, due__lte=day, item__closing="signed-off")
            found = list(due.select_related("item").order_by("due", "pk")[:BATCH])
            work.take_all(watch.item for watch in found)
            for watch in found:
                watch.state = DUE
                note = {"what": watch.what, "due": str(watch.due)}
                work.take(watch.item).event("assurance.watch_due", change=[watch], note=note)
        marked += len(found)
        if len(found) < BATCH:
            return marked


def record_look(
    watch: Watch, *, held: bool, words: str, next_day: dt.date | None = None, by: Actor, now: dt.datetime
) -> Watch:
    """Somebody has looked. It held: until another day, or for good. It slid: the item proposes its reopening."""
    if not words.strip():
        raise PlainError("Say what you saw when you looked.")
    today = london_day(now)
    if not held and next_day:
        raise PlainError("What has slid waits for a decision, not for another day.")
    if next_day:
        check_next_day(next_day, day=today)
    with working(by=by, now=now) as work:
        taking, row = _take_watch(work, watch)
        taking.check("look-at-watch")
        check_can_look(row.state)
        if held and next_day is None:
            check_can_end(state=row.state, due=row.due, day=today)
        row.last_looked, row.last_words = today, words.strip()
        row.state = SLID if not held else HOLDING if next_day else ENDED
        row.due = next_day or row.due
        note = {"what": row.what, "held": "yes" if held else "no", "words": row.last_words, **_next(next_day)}
        taking.event("assurance.watch_looked_at" if held else "assurance.watch_slid", change=[row], note=note)
    return row


def explain_slide(watch: Watch, *, words: str, next_day: dt.date, by: Actor, now: dt.datetime) -> Watch:
    """Why the item stays signed off although it slid. It is looked at again on another day."""
    check_next_day(next_day, day=london_day(now))
    with working(by=by, now=now) as work:
        taking, row = _take_watch(work, watch)
        taking.check("explain-watch", reason=words)
        check_can_explain(row.state)
        row.state, row.due, row.last_words = HOLDING, next_day, words.strip()
        note = {"what": row.what, "words": row.last_words, **_next(next_day)}
        taking.event("assurance.slide_explained", change=[row], note=note)
    return row


def _take_watch(work: Work, watch: Watch) -> tuple[Taking, Watch]:
    taking = work.take(watch.item)
    found = Watch.objects.filter(pk=watch.pk, item=taking.item).first()
    if found is None:
        raise NotAllowedError("There is no such watch.")
    return taking, found


def _next(day: dt.date | None) -> dict[str, str]:
    return {"next": str(day)} if day else {}


def tell_parents(work: Work, item: Item, *, reopened: str) -> None:
    """A point under a signed-off one was reopened, for this reason: that one proposes its own reopening.

    Without a reason: it is signed off again, and nothing is proposed on its account any more.
    """
    if item.parent_id is None:
        return
    above = Q(children=item) | Q(merged_here__children=item)
    for parent in Item.objects.filter(above, closing="signed-off", merged_into=None).distinct():
        if reopened:
            _slide_with(work, parent, item, reopened)
        else:
            _settle_with(work, parent, item)


def _slide_with(work: Work, parent: Item, item: Item, reason: str) -> None:
    sign_off = SignOff.objects.filter(item=parent, reopened=None).order_by("-made").first()
    if sign_off is None:
        return
    known = item.organisation_id in (None, parent.organisation_id)  # to all who see the parent
    name = item.reference if known else "A point under it"
    row = Watch(
        sign_off=sign_off,
        item=parent,
        kind=PART,
        what=f"{name} stays signed off.",
        limit=str(item.pk),  # of a part, the part's key
        state=SLID,
        last_looked=london_day(work.now),
        last_words=f"It was reopened: {reason}" if known else "It was reopened.",
    )
    note = {"what": row.what, "held": "no", "words": row.last_words}
    work.book.event("assurance.watch_slid", subject=parent, add=[row], note=note)


def _settle_with(work: Work, parent: Item, item: Item) -> None:
    rows = list(Watch.objects.filter(item=parent, kind=PART, limit=str(item.pk)).exclude(state=ENDED))
    for row in rows:
        row.state, row.last_looked, row.last_words = ENDED, london_day(work.now), "It is signed off again."
        note = {"what": row.what, "held": "yes", "words": row.last_words}
        work.book.event("assurance.watch_looked_at", subject=parent, change=[row], note=note)
