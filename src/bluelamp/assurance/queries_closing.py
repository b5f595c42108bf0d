"""What may be signed off and what does the rest lack; what was signed off, what proposes to be opened again?"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from bluelamp.assurance.closing_proofs import find_held, grades_here
from bluelamp.assurance.models import Watch
from bluelamp.assurance.policies import ClosingPolicy, find_lacks
from bluelamp.assurance.watch_rules import DUE, HOLDING, SLID
from bluelamp.lib.calendar_days import say_day
from bluelamp.organisations.visibility import Viewer, visible_to
from bluelamp.register.models import Item

LISTED = 200


@dataclass(frozen=True)
class Readiness:
    """What an item still needs before it may be signed off with a code; nothing: it is ready."""

    policy: ClosingPolicy
    lacks: tuple[str, ...]


def find_readiness(items: Sequence[Item], *, code: str = "implemented", viewer: Viewer) -> dict[str, Readiness]:
    """By reference, for items the viewer may see: what is lacking besides what the form itself will ask for."""
    seen = list(visible_to(viewer, Item.objects.filter(pk__in=[item.pk for item in items], merged_into=None)))
    held, grades = find_held(seen, viewer=viewer), grades_here()
    found = {}
    for item in seen:
        proof = held[item.pk].prove(code=code, reason="x", authority_words="x", has_watch=True, successor="x")
        policy = held[item.pk].policy
        found[item.reference] = Readiness(policy, tuple(find_lacks(policy, proof, grades=grades)))
    return found


def count_closings(*, viewer: Viewer) -> Counter[str]:
    """How many items are open, signed off here, and closed elsewhere: three numbers, never one "closed"."""
    items = visible_to(viewer, Item.objects.filter(merged_into=None))
    return Counter(dict(items.order_by().values_list("closing").annotate(n=Count("*"))))


@dataclass(frozen=True)
class ProposedReopening:
    """A signed-off item that proposes to be opened again, and why. A person decides."""

    item: Item
    why: str
    watch: Watch


def find_proposing_watches(*, viewer: Viewer, day: dt.date) -> QuerySet[Watch]:
    """Watches that slid or are due on `day`, whether or not anybody has marked them, the oldest day first."""
    asks = Q(state__in=(DUE, SLID)) | Q(state=HOLDING, due__lte=day)
    watches = Watch.objects.filter(asks, item__closing="signed-off", item__merged_into=None)
    return visible_to(viewer, watches, through="item").select_related("item").order_by("due", "pk")


def find_proposed_reopenings(*, viewer: Viewer, day: dt.date, limit: int = LISTED) -> list[ProposedReopening]:
    """What proposes its own reopening on `day`, of what the viewer may see: the first `limit` reasons."""
    watches = find_proposing_watches(viewer=viewer, day=day)[:limit]
    return [ProposedReopening(watch.item, _say_watch(watch), watch) for watch in watches]


def count_proposed_reopenings(*, viewer: Viewer, day: dt.date) -> int:
    """Items, each counted once however many reasons it has."""
    return find_proposing_watches(viewer=viewer, day=day).order_by().values("item").distinct().count()


def _say_watch(watch: Watch) -> str:
    if watch.state == SLID:
        return f"This has not stayed true: {watch.what} {watch.last_words}".strip()
    due = f" since {say_day(watch.due)}" if watch.due else ""
    return f"Due to be looked at again{due}: {watch.what}"
