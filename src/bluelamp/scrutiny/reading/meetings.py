"""What do a meeting's own papers say: its agenda, who was there, what was resolved and asked?"""

from __future__ import annotations

from bluelamp.documents.blocks import BlockKind
from bluelamp.documents.document import Part
from bluelamp.documents.facts import Fact, Reading, Unread
from bluelamp.scrutiny.reading.agendas import meeting_day, read_agenda
from bluelamp.scrutiny.reading.attendance import read_attendance
from bluelamp.scrutiny.reading.decision_tables import read_decision_table
from bluelamp.scrutiny.reading.packs import is_minutes_title
from bluelamp.scrutiny.reading.resolutions import read_requests, read_resolutions

VERSION = 3
_NEAR_THE_TOP = 12  # blocks in which minutes say that they are minutes


def read_meeting(part: Part) -> Reading:
    """Agenda items of an agenda; attendance, resolutions and requests of minutes."""
    day = meeting_day(part)
    facts: list[Fact] = []
    unread: list[Unread] = []
    if is_minutes(part):
        facts.extend(read_attendance(part, day))
        facts.extend(read_resolutions(part, day))
        facts.extend(read_requests(part, day))
        if not any(fact.kind == "resolution" for fact in facts):
            title = next(block for block in part.blocks if block.spans)
            unread.append(
                Unread(reason="Minutes in which no resolution was found.", citations=part.document.cite(title))
            )
    else:
        items, missed = read_agenda(part, day)
        facts.extend(items)
        facts.extend(fact for block in part.blocks for fact in read_decision_table(part, block))
        unread.extend(missed)
    return Reading(reader="scrutiny.meetings", version=VERSION, facts=tuple(facts), unread=tuple(unread))


def is_minutes(part: Part) -> bool:
    shown = [block for block in part.blocks[:_NEAR_THE_TOP] if block.kind is not BlockKind.TABLE]
    return any(is_minutes_title(block) for block in shown)
