"""What is the whole history of one item: its words, its five facts, and everything that was done about it?"""

from __future__ import annotations

from collections.abc import Iterable

from bluelamp.assurance.reports.parts import (
    cite,
    count,
    day_or,
    left_out,
    make_tags,
    marking_of,
    owner_of,
    say_or_no_day,
    say_words,
    words_or,
)
from bluelamp.assurance.snapshot import Fields, ItemThen, Snapshot
from bluelamp.papers.model import (
    Block,
    Column,
    Content,
    Facts,
    Paper,
    Paragraph,
    Quote,
    Row,
    Section,
    Table,
)
from bluelamp.register.kinds import load_item_kinds
from bluelamp.register.standing import name_state


def make_item_paper(snapshot: Snapshot) -> Paper:
    """Of the only item of the snapshot."""
    item = snapshot.items[0]
    return Paper(
        title=str(item.reference),
        subtitle=f"{item.force}: the whole history of one point",
        kind="item",
        name=f"{str(item.reference).lower()}-{snapshot.day.isoformat()}",
        marking=marking_of(snapshot),
        as_of=snapshot.day,
        sections=(
            Section("What was said", _said(item)),
            Section("What the force says", _responses(item)),
            Section("What is done about it", _actions(item)),
            Section("Answers", _answers(item)),
            Section("Evidence", _evidence(item)),
            Section("Independent opinions", _opinions(item)),
            Section("Signing off", _sign_offs(item)),
            Section("What the inspectorate says", _positions(item)),
        ),
        notes=left_out(snapshot),
    )


def _said(item: ItemThen) -> tuple[Block, ...]:
    kind = load_item_kinds()[str(item.kind)].name
    pairs: list[tuple[str, Content]] = [
        ("Kind", kind[:1].upper() + kind[1:]),
        ("Area", words_or(item.area_name, "no area given")),
        ("Number in the source", words_or(item.source_number, "none")),
        ("Owner", owner_of(item)),
        ("First target", day_or(item.original_target, "no date set")),
        ("Target now", day_or(item.current_target, "no date set")),
        ("Inspectorate’s deadline", day_or(item.deadline_date, "none that names a day")),
    ]
    if item.parent:
        pairs.append(("Belongs to", item.parent))
    if item.same_as:
        pairs.append(("The same point as", ", ".join(item.same_as)))
    if item.superseded_by:
        pairs.append(("Superseded by", ", ".join(item.superseded_by)))
    return (Quote(say_words(item), cite(item)), make_tags(item), Facts(tuple(pairs)))


def _table(caption: str, heads: Iterable[str], rows: Iterable[Row], empty: str) -> tuple[Block, ...]:
    return (Table(caption, tuple(Column(head) for head in heads), tuple(rows), empty=empty),)


def _responses(item: ItemThen) -> tuple[Block, ...]:
    rows = [
        (
            day_or(row["made"], "no day"),
            name_state("response", str(row["answer"])),
            words_or(row["reason"], "no reason given"),
        )
        for row in item.rows("responses")
    ]
    blocks = _table(
        "Responses to the point", ("Day", "Response", "Reason"), rows, "The point is not answered yet."
    )
    if item.rows("disputes"):
        disputes = [
            (
                day_or(row["raised"], "no day"),
                str(row["reason"]),
                words_or(row["advice"], "no advice yet"),
                words_or(f"{row['decision']}: {row['decided_cited']}" if row["decision"] else "", "not decided"),
            )
            for row in item.rows("disputes")
        ]
        blocks += _table("Disputes", ("Raised", "Why", "Committee’s advice", "Decision"), disputes, "None.")
    return blocks


def _actions(item: ItemThen) -> tuple[Block, ...]:
    rows: list[Row] = [
        (
            count(int(row["number"])),
            str(row["words"]),
            name_state("delivery", str(row["state"])),
            day_or(row["original_target"], "no date set"),
            day_or(row["current_target"], "no date set"),
            words_or(row["claim"], "nothing claimed"),
        )
        for row in item.rows("actions")
    ]
    heads = ("No.", "Action", "Delivery", "First target", "Target now", "What its owner says was done")
    blocks = _table("Actions", heads, rows, "Nobody has been given anything to do about it.")
    moves: list[Row] = [
        (
            day_or(row["asked"], "no day"),
            day_or(row["before"], "no date"),
            day_or(row["after"], "no date"),
            str(row["reason"]),
            str(row["state"]).capitalize(),
        )
        for row in item.target_changes
    ]
    if moves:
        blocks += _table(
            "Dates that were asked for", ("Asked", "From", "To", "Reason", "Decision"), moves, "None."
        )
    return blocks


def _answers(item: ItemThen) -> tuple[Block, ...]:
    rows = [
        (day_or(row["made"], "no day"), str(row["by_name"]), str(row["words"])) for row in item.rows("answers")
    ]
    return _table("Answers, each a record of its own", ("Day", "Who", "What they said"), rows, "No answer yet.")


def _evidence(item: ItemThen) -> tuple[Block, ...]:
    rows = [
        (
            day_or(row["submitted"], "no day"),
            str(row["proves"]),
            _thing(row),
            str(row["state"]).capitalize(),
            words_or(row["reason"], "none given"),
        )
        for row in item.rows("evidence")
    ]
    heads = ("Offered", "What it is to show", "What it is", "State", "Reason")
    return _table("Evidence", heads, rows, "No evidence was offered.")


def _thing(row: Fields) -> str:
    match row["kind"]:
        case "file":
            return str(row["file_name"])
        case "link":
            return str(row["address"])
        case "indicator":
            return f"{row['indicator']}: {row['indicator_value']}"
        case _:
            return " … ".join(f"“{each['quote']}”" for each in row["citations"])


def _opinions(item: ItemThen) -> tuple[Block, ...]:
    rows = [
        (
            day_or(row["given"], "no day"),
            str(row["by_name"]),
            name_state("assurance", str(row["grade"])),
            str(row["looked_at"]),
            words_or(row["words"], "nothing further"),
        )
        for row in item.rows("opinions")
    ]
    heads = ("Day", "Reviewer", "Opinion", "Looked at", "Found")
    return _table("Opinions of people who do not own it", heads, rows, "Nobody independent has given an opinion.")


def _sign_offs(item: ItemThen) -> tuple[Block, ...]:
    if item.closing == "closed-elsewhere":
        return (Paragraph("Closed elsewhere, not tested here.", numbered=True),)
    rows = [
        (
            day_or(row["made"], "no day"),
            name_state("closing_code", str(row["code"])),
            str(row["reason"]),
            str(row["authority_words"]),
            words_or(
                f"{say_or_no_day(row['reopened'])}: {row['reopened_reason']}" if row["reopened"] else "",
                "it stands",
            ),
        )
        for row in item.rows("sign_offs")
    ]
    heads = ("Day", "Ended as", "Reason", "Decided by", "Reopened")
    blocks = _table("Sign-offs", heads, rows, "It is not signed off.")
    watches = [
        (str(row["what"]), day_or(row["due"], "no day"), str(row["state"]).capitalize())
        for row in item.rows("watches")
    ]
    if watches:
        blocks += _table("What should stay true", ("What", "Look again by", "State"), watches, "Nothing.")
    return blocks


def _positions(item: ItemThen) -> tuple[Block, ...]:
    rows = [
        (day_or(row["day"], "no day"), name_state("position", str(row["position"])), str(row["said_in"]))
        for row in item.rows("positions")
    ]
    empty = "Nothing is noted of what the inspectorate says since."
    return _table("The inspectorate’s position, dated", ("Day", "Position", "Where it says so"), rows, empty)
