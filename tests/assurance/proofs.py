"""What a sign-off asks, put together in one call each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.assurance.people import DAY, NOW, TODAY, Cast

from bluelamp.assurance.actions_closing import Authority, sign_off
from bluelamp.assurance.actions_evidence import accept_evidence, submit_link
from bluelamp.assurance.actions_opinions import give_opinion
from bluelamp.assurance.actions_reviews import open_review
from bluelamp.assurance.models import Evidence, Opinion, SignOff
from bluelamp.assurance.watch_rules import Wanted
from bluelamp.organisations.models import User
from bluelamp.register.actions import index_items
from bluelamp.register.models import Item

REVIEWERS = ("auditor", "analyst")
WATCH = Wanted(kind="date", what="Calls are still answered in time.", due=TODAY + 90 * DAY)
AUTHORITY = Authority(kind="minute", words="Joint audit committee, minute 23", day=TODAY)
SEEN = {"looked_at": "The log of calls of one week."}


def now_of(item: Item) -> Item:
    return Item.objects.get(pk=item.pk)


def put(item: Item, **columns: Any) -> Item:
    """The item with these columns, by hand, where no action here would bring them about; counts know of it."""
    Item.objects.filter(pk=item.pk).update(**columns)
    held = now_of(item)
    index_items([held])
    return held


def offer(
    cast: Cast, item: Item, *, proves: str = "The log is kept.", by: User | None = None, **about: Any
) -> Evidence:
    """Evidence, not decided yet."""
    address = "https://example.org/log"
    return submit_link(item, proves=proves, address=address, by=by or cast["liaison"], now=NOW, **about)


def evidence(cast: Cast, item: Item, **rest: Any) -> Evidence:
    """Evidence that somebody else has accepted."""
    return accept_evidence(offer(cast, item, **rest), by=cast["auditor"], now=NOW)


def opinions(cast: Cast, item: Item, *grades: str) -> list[Opinion]:
    """A review, with as many opinions as grades are named, by as many people."""
    if now_of(item).assurance != "testing":
        open_review(item, reason="To be sure.", by=cast["liaison"], now=NOW)
    return [
        give_opinion(item, grade=grade, **SEEN, by=cast[role], now=NOW)
        for grade, role in zip(grades, REVIEWERS, strict=False)
    ]


def prove(cast: Cast, item: Item, *grades: str) -> None:
    """All that the ordinary policy asks, but for what the sign-off itself says."""
    evidence(cast, item)
    opinions(cast, item, *(grades or ("reasonable",)))


def close(cast: Cast, item: Item, *, by: User | None = None, now: dt.datetime = NOW, **said: Any) -> SignOff:
    """A sign-off with all it needs, unless something else is said."""
    told = {"code": "implemented", "reason": "It was tested.", "authority": AUTHORITY, "watches": [WATCH], **said}
    return sign_off(item, **told, by=by or cast["lpb_officer"], now=now)
