"""Which rounds are there, who has answered, and who has not?"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from bluelamp.assurance.models import Answer, Notification, Round, RoundRequest
from bluelamp.organisations.models import Owner
from bluelamp.organisations.visibility import Viewer, visible_to


def find_rounds(*, viewer: Viewer) -> QuerySet[Round]:
    """Newest first, each with how many were `asked` and how many of them `answered`."""
    rounds = visible_to(viewer, Round.objects.all())
    return rounds.annotate(
        asked=Count("requests"), answered=Count("requests", filter=Q(requests__answered__isnull=False))
    ).order_by("-opened", "pk")


@dataclass
class OwnerProgress:
    """What one owner was asked in a round."""

    owner: Owner
    answered: list[RoundRequest] = field(default_factory=list)
    left: list[RoundRequest] = field(default_factory=list)
    messages: list[Notification] = field(default_factory=list)


def find_progress(round_: Round, *, viewer: Viewer) -> list[OwnerProgress]:
    """Every owner asked, those who have not answered first; only of items the viewer may see."""
    requests = visible_to(viewer, RoundRequest.objects.filter(round=round_), through="item")
    found: dict[object, OwnerProgress] = {}
    for request in requests.select_related("owner", "item", "action").order_by("owner__name", "item__place"):
        progress = found.setdefault(request.owner_id, OwnerProgress(request.owner))
        (progress.answered if request.answered else progress.left).append(request)
    for message in Notification.objects.filter(round=round_, owner__in=list(found)).order_by("made"):
        found[message.owner_id].messages.append(message)
    return sorted(found.values(), key=lambda each: (not each.left, each.owner.name))


def find_link_requests(round_: Round, owner: Owner) -> list[tuple[RoundRequest, list[Answer]]]:
    """What a link's owner is asked, in the register's order, with what was answered to each action before."""
    requests = list(
        RoundRequest.objects.filter(round=round_, owner=owner, answered=None)
        .select_related("item", "action", "item__document", "item__force")
        .order_by("item__place", "action__number")
    )
    before: dict[object, list[Answer]] = {}
    for answer in Answer.objects.filter(action__in=[each.action_id for each in requests]).order_by("-made"):
        before.setdefault(answer.action_id, []).append(answer)
    return [(request, before.get(request.action_id, [])) for request in requests]
