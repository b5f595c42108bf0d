"""What does the local policing body answer to one report: point by point, with the chief officer's comments?"""

from __future__ import annotations

from bluelamp.assurance.reports.parts import cite, day_or, left_out, marking_of, say_words, words_or
from bluelamp.assurance.snapshot import Fields, ItemThen, Snapshot, read_day
from bluelamp.assurance.statutory_clock import Duty, read_clock
from bluelamp.lib.calendar_days import say_day
from bluelamp.lib.errors import PlainError
from bluelamp.papers.model import Block, Content, Facts, Paper, Paragraph, Quote, Section, Text, Unknown
from bluelamp.register.kinds import load_item_kinds


def make_response_paper(snapshot: Snapshot, duty: Duty) -> Paper:
    """Of the one statutory response among the snapshot's documents; PlainError where there are none or several."""
    if len(snapshot.responses) != 1:
        raise PlainError(
            "A response answers one report: name a document whose response was begun (--document)."
            if not snapshot.responses
            else "These items belong to several responses: name one document (--document)."
        )
    response = snapshot.responses[0]
    report = str(response["report_id"])
    items = [item for item in snapshot.items if str(item.fields["document_id"]) == report]
    title = str(items[0].document.get("title") or items[0].document.get("file_name"))
    by_law = [item for item in items if item.kind in duty.by_law]
    by_practice = [item for item in items if item.kind in duty.by_practice]
    return Paper(
        title=f"Response to {title}",
        subtitle=f"{items[0].force}: the local policing body’s response under the {duty.source}",
        kind="statutory-response",
        marking=marking_of(snapshot, [str(response["marking"])]),
        as_of=snapshot.day,
        sections=(
            Section("The report and this response", (_dates(response, snapshot, duty),)),
            Section(
                "Comments of the local policing body", _comments(response["comments"], "None are written yet.")
            ),
            Section("Comments of the chief officer", _chief(response)),
            Section("Recommendations: an answer is required by law", _points(by_law, response, duty)),
            Section("Other points: answered by practice, not by law", _points(by_practice, response, duty)),
        ),
        notes=left_out(snapshot),
    )


def _dates(response: Fields, snapshot: Snapshot, duty: Duty) -> Facts:
    published = read_day(response["published"])
    answered = read_day(response["response_published"])
    clock = read_clock(published=published, answered=answered, day=snapshot.day, duty=duty) if published else None
    pairs: list[tuple[str, Content]] = [
        ("Report published", day_or(published, "not known")),
        ("Last day for the response", day_or(clock.last_day if clock else None, "none by this rule")),
        ("Response published", day_or(answered, "not published yet")),
        ("Clock", clock.says if clock else Unknown("not known")),
        ("Chief officer invited to comment", day_or(response["chief_invited"], "not recorded")),
        ("Copy sent to the inspectorate", day_or(response["sent_inspectorate"], "not recorded as sent")),
        ("Copy sent to the Secretary of State", day_or(response["sent_secretary"], "not recorded as sent")),
    ]
    return Facts(tuple(pairs))


def _comments(words: object, empty: str) -> tuple[Block, ...]:
    text = str(words or "").strip()
    if not text:
        return (Paragraph((Text(empty, italic=True),)),)
    return tuple(Paragraph(part.strip(), numbered=True) for part in text.split("\n\n") if part.strip())


def _chief(response: Fields) -> tuple[Block, ...]:
    day = read_day(response["chief_commented"])
    said = _comments(response["chief_comments"], "The chief officer’s comments are not recorded.")
    return (*said, Paragraph(f"Given on {say_day(day)}.")) if day else said


def _points(items: list[ItemThen], response: Fields, duty: Duty) -> tuple[Block, ...]:
    if not items:
        return (Paragraph((Text("The report makes none.", italic=True),)),)
    blocks: list[Block] = []
    for item in items:
        entry = next((row for row in item.rows("statutory_entries") if row["response_id"] == response["id"]), None)
        kind = load_item_kinds()[str(item.kind)].name
        blocks.append(Quote(say_words(item), cite(item), reference=str(item.reference)))
        pairs: list[tuple[str, Content]] = [
            ("Kind", kind[:1].upper() + kind[1:]),
            ("Answer", _stance(entry, duty)),
            ("In words", words_or(entry["words"] if entry else "", "not answered yet")),
        ]
        blocks.append(Facts(tuple(pairs)))
    return tuple(blocks)


def _stance(entry: Fields | None, duty: Duty) -> Content:
    if entry is None:
        return Unknown("not answered yet")
    return next((each.name for each in duty.stances if each.slug == entry["stance"]), str(entry["stance"]))
