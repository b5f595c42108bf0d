"""What waits on a page for a person's word, in which order, and how much is left?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from bluelamp.documents.models import StoredDocument, StoredPage
from bluelamp.documents.pictures import has_picture
from bluelamp.documents.sheets import DrawnBox, SheetBlock, find_boxes, find_marks, make_sheet
from bluelamp.documents.windows import Window, around
from bluelamp.intake.correcting import can_correct
from bluelamp.intake.models import Proposal, UnreadPassage
from bluelamp.intake.preparing_mentions import read_for
from bluelamp.intake.rules import NEED_A_FORCE
from bluelamp.register.models import Item

LISTED = 40


def proposals_of(document: StoredDocument) -> QuerySet[Proposal]:
    """All but those that a newer reader no longer makes and nobody decided."""
    dropped = Q(superseded=True, state=Proposal.PROPOSED)
    found = Proposal.objects.filter(document=document).exclude(dropped)
    return found.select_related("decided_by").order_by("order", "pk")


def waiting_of(document: StoredDocument) -> QuerySet[Proposal]:
    return proposals_of(document).filter(state=Proposal.PROPOSED)


SORTED_BY = {"finding": "type", "template_row": "section", "mention": "nature"}
"""Kinds of fact that are of several sorts, and the field that says which."""


def sort_of(proposal: Proposal) -> str:
    """What is accepted together: findings of one type, rows of one section, else facts of one kind."""
    named = proposal.fields.get(SORTED_BY.get(proposal.kind, ""), "")
    return str(named or proposal.kind)


@dataclass(frozen=True)
class Entry:
    """A proposal on the review page. `reference` is that of the item it became."""

    proposal: Proposal
    line: int
    chosen: bool
    reference: str
    may_correct: bool


@dataclass(frozen=True)
class Sort:
    """The waiting proposals of one sort on this page."""

    sort: str
    number: int


@dataclass(frozen=True)
class ReviewView:
    waiting: Sequence[Entry]  # at most `LISTED`, those around the chosen one
    waiting_total: int
    decided: Sequence[Entry]
    decided_total: int
    unread: Sequence[UnreadPassage]
    chosen: Entry | None
    sorts: Sequence[Sort]
    left: int
    all: int
    total: int
    next_page: int | None  # from 1: the next with something waiting
    previous_page: int | None
    has_picture: bool
    as_text: bool
    window: Window | None = None
    sheet: Sequence[SheetBlock] = field(default_factory=list)
    boxes: Sequence[DrawnBox] = field(default_factory=list)

    @property
    def done(self) -> int:
        return self.all - self.left


def first_waiting_page(document: StoredDocument) -> int:
    """The index of the first page with something to decide; 0 where nothing waits."""
    return waiting_of(document).order_by("page_index").values_list("page_index", flat=True).first() or 0


Rank = tuple[bool, bool, int]


def rank_of(document: StoredDocument) -> Callable[[Proposal], Rank]:
    """What comes first on the page: what can be accepted as it stands, what is in doubt, then reading order.

    In a report read for one of many forces only what is said of that force can be accepted before somebody says
    which force the rest is about.
    """
    held_back = NEED_A_FORCE - {"mention"} if document.subject_id is None and read_for(document) else frozenset()
    return lambda proposal: (proposal.kind in held_back, not proposal.doubt, proposal.order)


def make_review(document: StoredDocument, page: StoredPage, *, at: UUID | None, as_text: bool) -> ReviewView:
    """The page's proposals: as `rank_of` puts them; what is decided stays listed."""
    proposals = list(proposals_of(document).filter(page_index=page.index))
    waiting = [each for each in proposals if each.state == Proposal.PROPOSED]
    decided = [each for each in proposals if each.state != Proposal.PROPOSED]
    ranked = rank_of(document)
    waiting.sort(key=ranked)
    chosen = next((each for each in proposals if each.pk == at), waiting[0] if waiting else None)
    references = _references(proposals)
    entries = {each.pk: _entry(each, chosen, references) for each in proposals}
    window = around(page, entries[chosen.pk].line if chosen else page.first_line)
    counts = proposals_of(document).order_by().values("state").annotate(n=Count("pk")).values_list("state", "n")
    by_state = dict(counts)
    cited = [(str(each.pk), each.citations) for each in proposals]
    here = str(chosen.pk) if chosen else ""
    picture = has_picture(document, page)
    as_text = as_text or not picture
    return ReviewView(
        waiting=[entries[each.pk] for each in _listed(waiting, chosen)],
        waiting_total=len(waiting),
        decided=[entries[each.pk] for each in _listed(decided, chosen)],
        decided_total=len(decided),
        unread=list(UnreadPassage.objects.filter(document=document, page_index=page.index, superseded=False)),
        chosen=entries[chosen.pk] if chosen else None,
        sorts=_sorts(waiting),
        left=by_state.get(Proposal.PROPOSED, 0),
        all=sum(by_state.values()),
        total=document.pages.count(),
        next_page=_page_with_waiting(document, page.index, after=True),
        previous_page=_page_with_waiting(document, page.index, after=False),
        has_picture=picture,
        as_text=as_text,
        window=window,
        sheet=make_sheet(page, find_marks(page, cited, here=here), window.blocks) if as_text else [],
        boxes=find_boxes(page, cited, here=here) if not as_text else [],
    )


def _listed(proposals: Sequence[Proposal], chosen: Proposal | None) -> Sequence[Proposal]:
    """Those around the chosen one where there are very many (a pack without pages is one page)."""
    place = next((index for index, each in enumerate(proposals) if each is chosen), 0)
    start = max(0, min(place - 5, len(proposals) - LISTED))
    return proposals[start : start + LISTED]


def _entry(proposal: Proposal, chosen: Proposal | None, references: dict[str, str]) -> Entry:
    return Entry(
        proposal=proposal,
        line=proposal.citations[0]["line"] if proposal.citations else 1,
        chosen=chosen is not None and proposal.pk == chosen.pk,
        reference=references.get(proposal.result_id, ""),
        may_correct=can_correct(proposal),
    )


def _references(proposals: Sequence[Proposal]) -> dict[str, str]:
    table = Item._meta.db_table
    keys = [each.result_id for each in proposals if each.result_table == table and each.result_id]
    found = Item.objects.filter(pk__in=keys).values_list("pk", "reference") if keys else ()
    return {str(key): reference for key, reference in found}


def _sorts(waiting: Sequence[Proposal]) -> list[Sort]:
    """Sorts with more than one waiting, so that one step is worth having."""
    return [Sort(sort, number) for sort, number in Counter(map(sort_of, waiting)).items() if number > 1]


def _page_with_waiting(document: StoredDocument, index: int, *, after: bool) -> int | None:
    waiting = waiting_of(document)
    found = waiting.filter(page_index__gt=index) if after else waiting.filter(page_index__lt=index)
    order = "page_index" if after else "-page_index"
    number: Any = found.order_by(order).values_list("page_index", flat=True).first()
    return None if number is None else int(number) + 1


def next_after(proposal: Proposal) -> Proposal | None:
    """What a person sees after deciding this one: the next waiting on its page, else the next in the document."""
    waiting = waiting_of(proposal.document).exclude(pk=proposal.pk)
    ranked = rank_of(proposal.document)
    on_page = sorted(waiting.filter(page_index=proposal.page_index), key=ranked)
    following = [each for each in on_page if ranked(each) > ranked(proposal)]
    if following or on_page:
        return (following or on_page)[0]
    return waiting.filter(page_index__gt=proposal.page_index).order_by("page_index", "order").first()
