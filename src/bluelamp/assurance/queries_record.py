"""How did items stand on a day, as far as a viewer may see? Today from the tables, a past day from the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model

from bluelamp.assurance.opinion_rules import ReviewEnd, is_disclosed
from bluelamp.assurance.snapshot import HANGING, TABLES, Snapshot, make_snapshot
from bluelamp.ledger.canonical import ledger_fields
from bluelamp.ledger.past import Past, rows_as_of
from bluelamp.lib.calendar_days import end_of_day
from bluelamp.organisations.visibility import Viewer, sees_all, visible_to
from bluelamp.register.models import Item

CHUNK = 500


def snapshot_of(
    items: Iterable[UUID], *, viewer: Viewer, day: dt.date, today: dt.date, with_remarks: bool = False
) -> Snapshot:
    """These items on `day`: those the viewer may see now and that were there then.

    Internal remarks are left out unless asked for. Opinions of a review that was still open are never in it.
    """
    visible = visible_to(viewer, Item.objects.all()).values_list("pk", flat=True)
    keys = [str(key) for chunk in _chunks(list(items)) for key in visible.filter(pk__in=chunk)]
    past = _rows_now(keys) if day >= today else rows_as_of(end_of_day(day), tables=TABLES)
    _leave_out(past, viewer, with_remarks=with_remarks)
    if not sees_all(viewer):
        # A link or a cause of concern of somebody else's record has no name here.
        seen = {str(key) for key in visible}
        items = past.table("register_item")
        past.rows["register_item"] = {key: row for key, row in items.items() if key in seen}
    return make_snapshot(past.rows, day=day, keep=keys, redacted=past.redacted)


def _leave_out(past: Past, viewer: Viewer, *, with_remarks: bool) -> None:
    """What a paper must not hold: blind opinions, and other people's remarks (all, unless asked for)."""
    reviews = past.table("assurance_review")
    ends: dict[str, list[ReviewEnd]] = {}
    for review in reviews.values():
        ends.setdefault(str(review["item_id"]), []).append(ReviewEnd(review["number"], review["grade"]))
    past.rows["assurance_opinion"] = {
        key: row
        for key, row in past.table("assurance_opinion").items()
        if str(row["review_id"]) in reviews
        and is_disclosed(reviews[str(row["review_id"])]["number"], ends.get(str(row["item_id"]), []))
    }
    own = str(viewer.organisation_id) if viewer is not None else ""
    past.rows["assurance_comment"] = {
        key: row
        for key, row in past.table("assurance_comment").items()
        if with_remarks and (sees_all(viewer) or str(row["organisation_id"] or "") == own)
    }


def _rows_now(keys: list[str]) -> Past:
    past = Past({table: {} for table in TABLES})
    models = {model._meta.db_table: model for model in apps.get_models()}
    for chunk in _chunks(keys):
        _take(past, "register_item", models, pk__in=chunk)
        for table in HANGING.values():
            _take(past, table, models, item__in=chunk)
        for table in ("assurance_step", "assurance_targetchange"):
            _take(past, table, models, action__item__in=chunk)
        _take(past, "register_itemlink", models, item__in=chunk)
        _take(past, "register_itemlink", models, other__in=chunk)
        # What items point to, the other ends of links and parents included: their references are printed.
        _take_pointed(past, models)
    return past


def _take_pointed(past: Past, models: dict[str, type[Model]]) -> None:
    links = past.table("register_itemlink").values()
    others = {str(row[end]) for row in links for end in ("item_id", "other_id")}
    items = past.table("register_item")
    others |= {str(row["parent_id"]) for row in items.values() if row["parent_id"]}
    _take(past, "register_item", models, pk__in=others - items.keys())
    rows = items.values()
    _take(past, "documents_storeddocument", models, pk__in={row["document_id"] for row in rows})
    _take(past, "assurance_statutoryresponse", models, report__in={row["document_id"] for row in rows})
    _take(past, "organisations_organisation", models, pk__in={row["force_id"] for row in rows})
    actions = past.table("assurance_action").values()
    owners = {row[end] for row in actions for end in ("owner_id", "deputy_id", "lead_id") if row[end]}
    owners |= {row["owner_id"] for row in rows if row["owner_id"]}
    owners |= {row["lead_id"] for row in past.table("assurance_handling").values() if row["lead_id"]}
    _take(past, "organisations_owner", models, pk__in=owners)


def _take(past: Past, table: str, models: dict[str, type[Model]], **condition: Any) -> None:
    wanted = next(iter(condition.values()))
    for chunk in _chunks(list(wanted)):
        rows = models[table]._default_manager.filter(**dict.fromkeys(condition, chunk))
        past.rows[table].update({str(row.pk): ledger_fields(row) for row in rows.iterator(chunk_size=CHUNK)})


def _chunks(keys: list[Any]) -> Iterable[list[Any]]:
    return (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))
