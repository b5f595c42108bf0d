"""What has been answered, is being done, was tested and signed off about an item, as far as a viewer may see?"""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q, QuerySet

from bluelamp.assurance.models import (
    Action,
    Answer,
    Comment,
    Dispute,
    Evidence,
    Handling,
    Position,
    Response,
    SignOff,
    TargetChange,
    Watch,
)
from bluelamp.documents.models import StoredDocument
from bluelamp.organisations.visibility import Viewer, sees_all, visible_to
from bluelamp.register.models import Item


@dataclass(frozen=True)
class Answering:
    """All that hangs on one item, oldest first but answers (newest first). Opinions are asked for elsewhere."""

    item: Item
    handling: Handling | None = None
    responses: list[Response] = field(default_factory=list)
    disputes: list[Dispute] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    waiting_changes: list[TargetChange] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    sign_offs: list[SignOff] = field(default_factory=list)
    watches: list[Watch] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)

    @property
    def open_dispute(self) -> Dispute | None:
        return next((each for each in self.disputes if each.decided is None), None)

    @property
    def sign_off(self) -> SignOff | None:
        """The one that stands."""
        return next((each for each in self.sign_offs if each.reopened is None), None)


def find_answering(item: Item, *, viewer: Viewer) -> Answering:
    """Nothing but the item for who may not see it."""
    if not visible_to(viewer, Item.objects.filter(pk=item.pk)).exists():
        return Answering(item)
    actions = Action.objects.filter(item=item).select_related("owner", "deputy", "lead")
    return _without_others(
        viewer,
        Answering(
            item=item,
            handling=Handling.objects.filter(item=item).select_related("lead").first(),
            responses=list(Response.objects.filter(item=item)),
            disputes=list(Dispute.objects.filter(item=item)),
            actions=list(actions.prefetch_related("steps", "target_changes", "waits_for__needs__item")),
            waiting_changes=list(TargetChange.objects.filter(action__item=item, state="asked")),
            answers=list(Answer.objects.filter(item=item).select_related("action").order_by("-made")),
            evidence=list(Evidence.objects.filter(item=item).select_related("document", "action")),
            positions=list(Position.objects.filter(item=item).select_related("document")),
            sign_offs=list(SignOff.objects.filter(item=item).select_related("document", "superseded_by")),
            watches=list(Watch.objects.filter(item=item)),
            comments=list(find_comments(viewer=viewer).filter(item=item)),
        ),
    )


def _without_others(viewer: Viewer, found: Answering) -> Answering:
    """What a shared item names of somebody else's record (a successor, a letter) is not named to this viewer."""
    if sees_all(viewer):
        return found
    named = {each.superseded_by_id for each in found.sign_offs if each.superseded_by_id}
    seen = (
        set(visible_to(viewer, Item.objects.filter(pk__in=named)).values_list("pk", flat=True)) if named else set()
    )
    for sign_off in found.sign_offs:
        if sign_off.superseded_by_id not in seen:
            sign_off.superseded_by = None
    cited: list[Position | SignOff] = [*found.positions, *found.sign_offs]
    held = {each.document_id for each in cited if each.document_id}
    documents = StoredDocument.objects.filter(pk__in=held)
    shown = set(visible_to(viewer, documents).values_list("pk", flat=True)) if held else set()
    for each in cited:
        if each.document_id not in shown:
            each.document = None
    return found


def find_comments(*, viewer: Viewer) -> QuerySet[Comment]:
    """Internal remarks of the viewer's own organisation; of everybody's for an administrator and the operator."""
    comments = visible_to(viewer, Comment.objects.all(), through="item")
    if sees_all(viewer):
        return comments
    own = Q(by=viewer)
    if viewer is not None and viewer.organisation_id:
        own |= Q(organisation=viewer.organisation_id)
    return comments.filter(own)


def find_latest_answers(items: list[UUID], *, viewer: Viewer) -> dict[UUID, Answer]:
    """Each item's newest answer, of the items the viewer may see."""
    answers = visible_to(viewer, Answer.objects.filter(item__in=items), through="item")
    return {answer.item_id: answer for answer in answers.order_by("made", "id")}
