"""What does an item have to show for a sign-off, and which policy must it meet? A few queries for many items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from bluelamp.assurance.actions_steps import keepers_of
from bluelamp.assurance.evidence_rules import ACCEPTED
from bluelamp.assurance.models import Action, Dispute, Evidence, Handling, Opinion, Review
from bluelamp.assurance.policies import ClosingPolicy, Proof, find_policy, load_policies
from bluelamp.organisations.models import Owner
from bluelamp.organisations.visibility import Viewer, visible_to
from bluelamp.register.models import Item
from bluelamp.register.standing import opinion_grades

UNSEEN = "a point that you may not see"


def grades_here() -> tuple[str, ...]:
    """The scale of opinions of this workspace, best first."""
    return opinion_grades(settings.WORKSPACE_DEFINITIONS)


@dataclass(frozen=True, kw_only=True)
class Held:
    """What stands behind one item now, whoever signs it off and why."""

    policy: ClosingPolicy
    evidence: tuple[str, ...]  # keys of what is accepted and not replaced
    grade: str
    opinions: int
    review_open: bool
    given: int
    wanted: int
    open_parts: tuple[str, ...]
    dispute: str

    def prove(
        self, *, code: str, reason: str, authority_words: str, has_watch: bool, successor: str = ""
    ) -> Proof:
        return Proof(
            accepted_evidence=len(self.evidence),
            grade=self.grade,
            opinions=self.opinions,
            review_open=self.review_open,
            given=self.given,
            wanted=self.wanted,
            open_parts=self.open_parts,
            dispute=self.dispute,
            has_watch=has_watch,
            code=code,
            reason=reason,
            authority_words=authority_words,
            successor=successor,
        )


def find_held(
    items: Sequence[Item], *, viewer: Viewer, together: frozenset[UUID] = frozenset()
) -> dict[UUID, Held]:
    """By item. `together` are items that are signed off in the same step, so they hold nothing up."""
    keys = [item.pk for item in items]
    policies = find_policies(items)
    evidence = _find_evidence(keys)
    reviews = _group(Review.objects.filter(item__in=keys).order_by("number"))
    opinions = _find_opinions(keys)
    keepers = _find_keepers(items)
    parts = _find_open_parts(keys, viewer, together)
    disputes = {each.item_id: each for each in Dispute.objects.filter(item__in=keys).order_by("raised")}
    held = {}
    for item in items:
        # Only the last review counts: one before it graded what is not so any more.
        last = next(reversed(reviews.get(item.pk, [])), None)
        graded = last if last and last.grade == item.assurance else None
        still = last if last and last.closed is None else None
        given = opinions.get(graded.pk, []) if graded else []
        held[item.pk] = Held(
            policy=policies[item.pk],
            evidence=evidence.get(item.pk, ()),
            grade=graded.grade if graded else "",
            opinions=len({each.by for each in given if not keepers.keeps(each.reviewer_id, item)}),
            review_open=still is not None,
            given=len(opinions.get(still.pk, [])) if still else 0,
            wanted=still.wanted if still else 0,
            open_parts=parts.get(item.pk, ()),
            dispute=_say_dispute(item, disputes.get(item.pk)),
        )
    return held


def find_policies(items: Sequence[Item]) -> dict[UUID, ClosingPolicy]:
    """What each item must meet: for its own kind and risk, and for those of the point that it stands under."""
    parents = _find_parents(items)
    risks = dict(
        Handling.objects.filter(item__in=[*(item.pk for item in items), *parents]).values_list("item", "risk")
    )
    policies, grades = load_policies(settings.WORKSPACE_DEFINITIONS), grades_here()
    found = {}
    for item in items:
        parent = parents.get(item.parent_id) if item.parent_id else None
        merged = parents.get(parent.merged_into_id) if parent and parent.merged_into_id else None
        family = [each for each in (item, parent, merged) if each]
        about = [(each.kind, risks.get(each.pk, "ordinary")) for each in family]
        found[item.pk] = find_policy(about, policies, grades=grades)
    return found


def _find_parents(items: Sequence[Item]) -> dict[UUID, Item]:
    """The points that the items stand under, and those that these were merged into."""
    parents = Item.objects.in_bulk({item.parent_id for item in items if item.parent_id})
    merged = {parent.merged_into_id for parent in parents.values() if parent.merged_into_id}
    return parents | Item.objects.in_bulk(merged)


def _find_evidence(keys: Sequence[UUID]) -> dict[UUID, tuple[str, ...]]:
    accepted = list(Evidence.objects.filter(item__in=keys, state=ACCEPTED).order_by("submitted", "pk"))
    replaced = {each.replaces_id for each in accepted}
    standing = [each for each in accepted if each.pk not in replaced]
    return {key: tuple(str(each.pk) for each in rows) for key, rows in _group(standing).items()}


def _find_opinions(keys: Sequence[UUID]) -> dict[UUID, list[Opinion]]:
    """By review. Only counted and compared here; who may read one is for `queries_testing` to say."""
    found: dict[UUID, list[Opinion]] = {}
    for each in Opinion.objects.filter(item__in=keys):
        found.setdefault(each.review_id, []).append(each)
    return found


@dataclass(frozen=True)
class _Keepers:
    of_item: Mapping[UUID, set[UUID]]  # owners by item
    of_person: Mapping[UUID, set[UUID]]  # owners that an account is

    def keeps(self, person: UUID | None, item: Item) -> bool:
        """Does this person own the item now, or an action of it? Then their opinion counts no more."""
        return person is not None and bool(self.of_person.get(person, set()) & self.of_item[item.pk])


def _find_keepers(items: Sequence[Item]) -> _Keepers:
    of_item = {item.pk: {item.owner_id} if item.owner_id else set() for item in items}
    for action in Action.objects.filter(item__in=list(of_item)):
        of_item[action.item_id] |= {owner for owner in keepers_of([action]) if owner}
    for handling in Handling.objects.filter(item__in=list(of_item), lead__isnull=False):
        of_item[handling.item_id] |= {handling.lead_id} if handling.lead_id else set()
    people: dict[UUID, set[UUID]] = {}
    every = {owner for owners in of_item.values() for owner in owners}
    for owner in Owner.objects.filter(pk__in=every):
        if owner.user_id:
            people.setdefault(owner.user_id, set()).add(owner.pk)
    return _Keepers(of_item, people)


def _find_open_parts(
    keys: Sequence[UUID], viewer: Viewer, together: frozenset[UUID]
) -> dict[UUID, tuple[str, ...]]:
    """References of the points under each item that were not signed off here; a foreign closure is no sign-off."""
    under = Q(parent__in=keys) | Q(parent__merged_into__in=keys)
    parts = Item.objects.filter(under, merged_into=None).exclude(closing="signed-off")
    waiting = [part for part in parts.select_related("parent").order_by("place") if part.pk not in together]
    seen = set(visible_to(viewer, parts).values_list("pk", flat=True)) if waiting else set()
    found: dict[UUID, list[str]] = {}
    for part in waiting:
        parent = part.parent
        key = parent and (parent.pk if parent.pk in keys else parent.merged_into_id)
        if key:
            found.setdefault(key, []).append(part.reference if part.pk in seen else UNSEEN)
    return {key: tuple(dict.fromkeys(names)) for key, names in found.items()}


def _say_dispute(item: Item, dispute: Dispute | None) -> str:
    if item.response != "disputed" or dispute is None:
        return ""
    return dispute.decision or "open"


Row = TypeVar("Row", Review, Evidence)


def _group(rows: Iterable[Row]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = {}
    for row in rows:
        found.setdefault(row.item_id, []).append(row)
    return found
