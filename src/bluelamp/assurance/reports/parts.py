"""How are an item's words, states, dates and citations put into a paper? The pieces that every paper shares."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bluelamp.assurance.snapshot import ItemThen, Snapshot, read_day
from bluelamp.lib.calendar_days import say_day
from bluelamp.papers.model import (
    Cited,
    Content,
    Link,
    Marking,
    Number,
    Reference,
    Tag,
    Tags,
    Text,
    Tone,
    Unknown,
    Words,
)
from bluelamp.register.standing import FACTS, load_states, name_state

FACT_HEADS = {
    "response": "Response",
    "delivery": "Delivery",
    "assurance": "Assurance",
    "position": "Inspectorate",
    "schedule": "Schedule",
}
_TONES = {"good": Tone.GOOD, "attention": Tone.ATTENTION, "failed": Tone.FAILED}


def address_of(item: ItemThen) -> str:
    return f"/register/{item.reference}"


def refer(item: ItemThen) -> Reference:
    return Reference(str(item.reference), address_of(item))


def link_to(item: ItemThen) -> tuple[Link, ...]:
    return (Link(str(item.reference), address_of(item)),)


def say_words(item: ItemThen) -> str:
    """The point in the words it was made in: its title, and its parts where the title leads into them."""
    parts = " ".join(str(part) for part in item.parts)
    return f"{item.title} {parts}".strip() if str(item.title).rstrip().endswith(":") else str(item.title)


def cite(item: ItemThen, *, with_quote: bool = False) -> Cited:
    """Where the item's first mention stands."""
    mentions = item.rows("mentions")
    own = next((each for each in mentions if each["document_id"] == item.fields["document_id"]), None)
    cited = (own or {}).get("citations") or []
    title = str(item.document.get("title") or item.document.get("file_name") or "the document")
    if not cited:
        return Cited(title)
    first: Mapping[str, Any] = cited[0]
    page = first.get("page")
    line = first.get("line")
    where = (
        f"/documents/{item.fields['document_id']}/pages/{page}?item={item.reference}#L{line}"
        if page
        else f"/documents/{item.fields['document_id']}/lines/{line}"
    )
    quote = str(first.get("quote", "")) if with_quote else ""
    return Cited(title, page, str(first.get("printed_page") or ""), quote, where)


def state_of(item: ItemThen, fact: str) -> str:
    return item.schedule if fact == "schedule" else str(item.fields[fact])


def say_state(item: ItemThen, fact: str) -> str:
    name = name_state(fact, state_of(item, fact))
    if fact == "delivery" and item.delivery_body:
        return f"{name} ({item.delivery_body})"
    if fact == "schedule" and item.days_overdue:
        return f"{name} by {say_days(item.days_overdue)}"
    return name


def say_days(days: int) -> str:
    return "1 day" if days == 1 else f"{days:,} days"


def make_tags(item: ItemThen) -> Tags:
    """The five facts in their fixed order."""
    return Tags(
        tuple(
            Tag(FACT_HEADS[fact], say_state(item, fact), _TONES.get(_look(item, fact), Tone.NEUTRAL))
            for fact in FACTS
        )
    )


def _look(item: ItemThen, fact: str) -> str:
    known = load_states(fact).get(state_of(item, fact))
    return known.look if known else ""


def day_or(value: Any, unknown: str) -> Content:
    day = value if isinstance(value, dt.date) else read_day(value)
    return say_day(day) if day else Unknown(unknown)


def say_or_no_day(value: Any) -> str:
    """A row's day within a sentence."""
    day = read_day(value)
    return say_day(day) if day else "no day"


def count(number: int, address: str = "") -> Number:
    return Number(number, f"{number:,}", address)


def say_count(number: int, one: str, many: str = "") -> str:
    """ "1 item", "3 items" """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def words_or(value: Any, unknown: str) -> Content:
    text = str(value or "").strip()
    return text or Unknown(unknown)


def owner_of(item: ItemThen) -> Content:
    return item.owner or Unknown("unallocated")


def marking_of(snapshot: Snapshot, other: Iterable[str] = ()) -> Marking:
    """A paper is marked as the highest of what it holds."""
    marks = {str(item.marking) for item in snapshot.items} | set(other)
    evidence = {str(row["marking"]) for item in snapshot.items for row in item.rows("evidence")}
    high = Marking.OFFICIAL_SENSITIVE.value
    return Marking.OFFICIAL_SENSITIVE if high in marks | evidence else Marking.OFFICIAL


def name_forces(snapshot: Snapshot) -> str:
    """ "Calder Vale Police", "2 forces" """
    forces = list(dict.fromkeys(item.force for item in snapshot.items))
    if len(forces) == 1:
        return forces[0]
    return f"{len(forces)} forces" if forces else "no force"


def left_out(snapshot: Snapshot, more: Sequence[Words] = ()) -> tuple[Words, ...]:
    """What every paper says of itself at its end."""
    notes: list[Words] = [
        (
            Text("Figures are as of "),
            Text(say_day(snapshot.day), bold=True),
            Text(", recomputed from the record."),
        ),
        "Internal remarks are left out. Opinions are left out while any that was asked for is still to be given.",
    ]
    if snapshot.redacted:
        events = say_count(snapshot.redacted, "event")
        notes.append(f"What {events} of the record wrote has been removed since, and is in no figure here.")
    return (*notes, *more)
