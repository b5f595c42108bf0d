"""What does the register hold, in a sentence with its numbers?"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from bluelamp.organisations.models import Organisation
from bluelamp.register.kinds import load_item_kinds
from bluelamp.register.models import Item


@dataclass(frozen=True)
class Summary:
    """`kinds` in the vocabulary's order, without those that have no item."""

    total: int
    forces: tuple[str, ...]
    documents: int
    kinds: dict[str, int]


def summarise(items: QuerySet[Item]) -> Summary:
    counted = dict(items.order_by().values_list("kind").annotate(rows=Count("*")))
    forces = Organisation.objects.filter(pk__in=items.order_by().values("force").distinct())
    return Summary(
        total=sum(counted.values()),
        forces=tuple(forces.order_by("name").values_list("name", flat=True)),
        documents=items.order_by().values("document").distinct().count(),
        kinds={slug: counted[slug] for slug in load_item_kinds() if slug in counted},
    )


def say_summary(summary: Summary) -> str:
    """ "93 items about Calder Vale Police from 3 documents: 12 areas for improvement, …" """
    if not summary.total:
        return "The register is empty, or nothing answers. Take documents in with bluelamp ingest --accept FILE."
    vocabulary = load_item_kinds()
    kinds = ", ".join(
        f"{count} {vocabulary[slug].name if count == 1 else vocabulary[slug].plural}"
        for slug, count in summary.kinds.items()
    )
    about = summary.forces[0] if len(summary.forces) == 1 else f"{len(summary.forces)} forces"
    items = "item" if summary.total == 1 else "items"
    documents = "document" if summary.documents == 1 else "documents"
    return f"{summary.total:,} {items} about {about} from {summary.documents} {documents}: {kinds}."
