"""What does accepting a proposal make? Rows of the slice it belongs to, an item where it must be answered for."""

from __future__ import annotations

from collections.abc import Mapping

from bluelamp.assurance.facts import TemplateRow, Undertaking
from bluelamp.inspections.facts import Mention
from bluelamp.intake.acceptance import ASSURANCE_TEMPLATE, Acceptance, Made, Maker, Prepared, first_reading
from bluelamp.intake.acceptance_inspections import INSPECTION_MAKERS
from bluelamp.intake.acceptance_mentions import make_mention
from bluelamp.intake.acceptance_undertakings import make_undertaking
from bluelamp.register.actions import Point
from bluelamp.register.kinds import becomes_item


def _make_template_row(acceptance: Acceptance, prepared: Prepared, row: TemplateRow) -> Made:
    if not becomes_item(row.section):
        return Made(prepared.proposal)
    point = Point(
        kind=row.section,
        title=row.text,
        citations=prepared.proposal.citations,
        source_number=row.ref,
        cited_pages=row.page_ref,
        notes=row.notes,
        printed_action=row.action,
        first_reading=first_reading(prepared),
        order=prepared.proposal.order,
    )
    rows = acceptance.add_item(point, source=ASSURANCE_TEMPLATE)
    item = acceptance.items[-1]
    return Made(item, add=rows, item=item)


_MAKERS: Mapping[str, Maker] = {
    **INSPECTION_MAKERS,
    TemplateRow.kind: _make_template_row,
    Mention.kind: make_mention,
    Undertaking.kind: make_undertaking,
}


def make_rows(acceptance: Acceptance, prepared: Prepared) -> Made:
    """The rows for one prepared proposal; only the proposal itself for kinds that no slice holds yet."""
    maker = _MAKERS.get(prepared.proposal.kind)
    return maker(acceptance, prepared, prepared.fact) if maker else Made(prepared.proposal)
