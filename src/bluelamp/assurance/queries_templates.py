"""What goes into a template, which templates went out, and what is in one that came back, for who looks?"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

from bluelamp.assurance.models import Answer, TemplateDecision, TemplateReturn, TemplateSent
from bluelamp.assurance.reading_notes import office_note
from bluelamp.assurance.template_history import CurrentItem
from bluelamp.assurance.template_matching import Match, Sent, match_return
from bluelamp.assurance.template_model import Choice, Choices, FiveFacts, PastAnswer, TemplateItem
from bluelamp.assurance.template_return import ReturnedTemplate
from bluelamp.lib.calendar_days import london_day
from bluelamp.organisations.visibility import Viewer, visible_to
from bluelamp.register.kinds import load_item_kinds
from bluelamp.register.models import Item, Mention
from bluelamp.register.standing import load_states, name_state, schedule_on

MOST_CANDIDATES = 5_000
"""Items whose words an unknown file is compared with: with 5,000, a hundred rows without a name took 0.45 s."""


def template_key() -> bytes:
    """What marks are signed with: the workspace's own secret, for this purpose only."""
    return salted_hmac("bluelamp.assurance.template", "marks", algorithm="sha256").digest()


def template_choices() -> Choices:
    """What owners may choose from: nothing that only others can say."""

    def listed(fact: str, without: str) -> tuple[Choice, ...]:
        states = load_states(fact, settings.WORKSPACE_DEFINITIONS)
        return tuple(Choice(slug=slug, name=state.name) for slug, state in states.items() if slug != without)

    return Choices(response=listed("response", "awaiting"), delivery=listed("delivery", "unallocated"))


def in_reading_order(items: QuerySet[Item]) -> QuerySet[Item]:
    """As a person reads: document by document, each from its beginning."""
    return items.order_by("force__code", "-year", "document", "order", "place")


def make_template_items(items: Iterable[Item], *, viewer: Viewer, today: dt.date) -> tuple[TemplateItem, ...]:
    """The items as a template shows them, in the order given."""
    listed = list(items)
    keys = [item.pk for item in listed]
    mentions: dict[UUID, Mention] = {}
    for mention in Mention.objects.filter(item__in=keys).order_by("id"):
        mentions.setdefault(mention.item_id, mention)
    answers: dict[UUID, list[PastAnswer]] = defaultdict(list)
    found = visible_to(viewer, Answer.objects.filter(item__in=keys), through="item")
    for answer in found.order_by("made", "id"):
        past = PastAnswer(words=answer.words, by=answer.by_name, day=london_day(answer.made), made=answer.made)
        answers[answer.item_id].append(past)
    return tuple(_make(item, mentions.get(item.pk), tuple(answers[item.pk]), today) for item in listed)


def _make(item: Item, mention: Mention | None, answers: tuple[PastAnswer, ...], today: dt.date) -> TemplateItem:
    kind = load_item_kinds().get(item.kind)
    facts = FiveFacts(
        response=name_state("response", item.response),
        delivery=name_state("delivery", item.delivery),
        assurance=name_state("assurance", item.assurance),
        position=name_state("position", item.position),
        schedule=name_state("schedule", schedule_on(item.timing, item.due, today)),
    )
    return TemplateItem(
        reference=item.reference,
        section=item.kind,
        section_name=(kind.plural.capitalize() if kind else ""),
        source_number=item.source_number,
        page_ref=_page_of(mention),
        words=_words_of(item),
        parts=tuple(item.parts),
        area=item.area_name or item.area,
        deadline_printed=item.deadline_printed,
        deadline=item.deadline_date,
        owner=item.owner.name if item.owner else "",
        facts=facts,
        answers=answers,
        office_notes=tuple(note for note in mention.notes if note in office_note(note)) if mention else (),
    )


def _words_of(item: Item) -> str:
    """All of the source's words, once."""
    if not item.text or item.text.startswith(item.title):
        return item.text or item.title
    return f"{item.title} {item.text}"


def _page_of(mention: Mention | None) -> str:
    """The page of the report as the source cites it, else the page where it stands."""
    if mention is None:
        return ""
    cited: dict[str, Any] = mention.citations[0] if mention.citations else {}
    page = cited.get("printed_page") or cited.get("page")
    return mention.cited_pages or (f"Page {page}" if page else "")


def find_templates(*, viewer: Viewer) -> QuerySet[TemplateSent]:
    return visible_to(viewer, TemplateSent.objects.all()).defer("items")


def find_returns(*, viewer: Viewer) -> QuerySet[TemplateReturn]:
    found = visible_to(viewer, TemplateReturn.objects.all())
    return found.select_related("template", "document").defer("read", "template__items")


@dataclass(frozen=True)
class Returned:
    """A file that came back: its rows matched to the items as they are now, and what was decided of them."""

    of: TemplateReturn
    read: ReturnedTemplate
    matches: tuple[Match, ...]
    decisions: dict[str, TemplateDecision]  # by place
    viewer: Viewer = None
    newer: tuple[TemplateSent, ...] = ()  # templates that went out later with some of the same items

    def visible_items(self, references: Iterable[str]) -> QuerySet[Item]:
        """The items of these references that the viewer may see."""
        items = Item.objects.filter(reference__in=list(references)).select_related("owner", "document", "force")
        return visible_to(self.viewer, items)

    def decision_of(self, match: Match) -> TemplateDecision | None:
        return self.decisions.get(match.row.place) if match.row else None

    def can_be_taken(self, match: Match) -> bool:
        """Certain, and not decided yet."""
        return match.can_be_taken and self.decision_of(match) is None


def open_return(key: UUID, *, viewer: Viewer, today: dt.date) -> Returned | None:
    """The return with its matches worked out now; None where there is none, or none for this viewer."""
    found = visible_to(viewer, TemplateReturn.objects.filter(pk=key)).select_related("document").first()
    return match_stored(found, viewer=viewer, today=today) if found else None


def match_stored(found: TemplateReturn, *, viewer: Viewer, today: dt.date) -> Returned:
    read = msgspec.convert(found.read, ReturnedTemplate)
    sent = read_sent(found.template, viewer=viewer)
    current = find_candidates(read, sent, viewer=viewer, today=today)
    matches = match_return(read, sent, current, today=today)
    decisions = {each.place: each for each in found.decisions.select_related("item", "answer")}
    newer = _find_newer(found.template, sent, viewer) if found.template and sent else ()
    return Returned(found, read, matches, decisions, viewer, newer)


MOST_NEWER = 20


def _find_newer(template: TemplateSent, sent: Sent, viewer: Viewer) -> tuple[TemplateSent, ...]:
    """Has this template been overtaken: did one of its items go out again?"""
    later = visible_to(viewer, TemplateSent.objects.filter(made__gt=template.made)).order_by("-made")
    held = {item.reference for item in sent.items}
    return tuple(each for each in later[:MOST_NEWER] if held & {str(item["reference"]) for item in each.items})


def read_sent(template: TemplateSent | None, *, viewer: Viewer) -> Sent | None:
    """The template as it went out, with those of its items that the viewer may see."""
    if template is None:
        return None
    items = msgspec.convert(template.items, tuple[TemplateItem, ...])
    seen = visible_to(viewer, Item.objects.filter(reference__in=[item.reference for item in items]))
    held = set(seen.values_list("reference", flat=True))
    return Sent(
        items=tuple(item for item in items if item.reference in held), made=template.made, number=template.number
    )


def find_candidates(
    read: ReturnedTemplate, sent: Sent | None, *, viewer: Viewer, today: dt.date
) -> tuple[CurrentItem, ...]:
    """The items that rows may be about: those sent and those that rows name; for an unknown file also others."""
    named = {row.reference for row in read.rows} | {mark.reference for row in read.rows for mark in row.marks}
    named |= {item.reference for item in sent.items} if sent else set()
    items = visible_to(viewer, Item.objects.select_related("owner", "merged_into"))
    found = list(items.filter(reference__in=named))
    if sent is None:
        documents = {item.document_id for item in found}
        wider = Q(document__in=documents) if documents else Q()
        held = {item.pk for item in found}
        more = (
            items.filter(wider, closing="open", merged_into=None)
            .exclude(kind="judgement")
            .order_by("-added", "place")
        )
        found += [item for item in more[:MOST_CANDIDATES] if item.pk not in held]
    made = make_template_items(found, viewer=viewer, today=today)
    return tuple(_stand(item, shown, viewer) for item, shown in zip(found, made, strict=True))


def _stand(item: Item, shown: TemplateItem, viewer: Viewer) -> CurrentItem:
    closing = "" if item.closing == "open" else name_state("closing", item.closing).lower()
    return CurrentItem(
        item=shown, closing=closing, merged_into=item.merged_into.reference if item.merged_into else ""
    )
