"""Is a change held to its row where counts, days and shares stand under one head of two rows?"""

from __future__ import annotations

import pytest
from tests.checks.made_subjects import wrong

from bluelamp.checks.change_columns import check_change_columns
from bluelamp.checks.model import Paper, Subject
from bluelamp.documents.document import whole
from bluelamp.documents.readers import read_bytes

pytestmark = pytest.mark.no_database

HEADS = (
    "<tr><th rowspan=2>Measure<th colspan=2>Year to date<th rowspan=2>Change<th rowspan=2>Target</tr>"
    "<tr><th>Sep 2023<th>Sep 2024</tr>"
)
SOUND = ["Calls|120|130|+10|100", "Rate|81.2%|79.9%|-1.3|80%", "Charges|90|95|+5|90", "Share|15.4%|16.3%|+0.9|14%"]
IN_PERCENT = [
    "Calls|120|130|+8.3%|100", "Rate|81.2%|79.9%|-1.3%|80%", "Charges|90|95|+5.6%|90",
    "Share|15.4%|16.3%|+0.9%|14%",
]  # fmt: skip


def _told(rows: list[str]) -> list[str]:
    cells = "".join("<tr>" + "".join(f"<td>{cell}" for cell in row.split("|")) + "</tr>" for row in rows)
    document = read_bytes(f"<table>{HEADS}{cells}</table>".encode(), file_name="paper.html")
    paper = Paper(part=whole(document), title="A paper", family="other")
    found = check_change_columns([Subject(document=document, name="paper.html", papers=(paper,))])
    return [each.message.split("”")[0].strip("“") for each in wrong(found)]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([*SOUND, "Days|12.1|11.4|0.7|12"], ["Days"]),
        ([*SOUND, "Days|12.1|11.4|-1.2|12"], ["Days"]),
        ([*IN_PERCENT, "Days|12.1|11.4|5.8%|12"], ["Days"]),
        ([*IN_PERCENT, "Yield|40.0%|44.0%|+14.0%|12%"], ["Yield"]),
        ([*SOUND, "Days|12.1|11.4|-0.7|12"], []),
        ([*SOUND, "Days|12.1|–|–|12"], []),
        ([*IN_PERCENT, "Days|12.1|11.4|-5.8%|12"], []),
        ([*IN_PERCENT, "Yield|40.0%|44.0%|+10.0%|12%"], []),  # of it
        ([*IN_PERCENT, "Yield|40.0%|44.0%|+4.0%|12%"], []),  # points that are called so
        # the change is of something else
        (
            [
                "Calls|120|130|+4|1",
                "Rate|81.2%|79.9%|+0.3|8%",
                "Share|15.4%|16.3%|-0.9|1%",
                "Days|12.1|11.4|0.7|2",
            ],
            [],
        ),
        # all are told without a sign
        (
            ["Calls|130|120|10|1", "Rate|81.2%|79.9%|1.3|8%", "Share|17.4%|16.3%|1.1|1%", "Days|12.1|11.4|0.7|2"],
            [],
        ),
    ],
)
def test_a_change_of_any_row(rows: list[str], told: list[str]) -> None:
    assert _told(rows) == told
