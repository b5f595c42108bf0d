"""How many points does a review score?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tests.spec.chapter import Chapter, Found, Row, row_by_row, whole_table

from bluelamp.figures.scores import Score, add_scores, score


def count(row: Row) -> Score:
    return score(
        [
            name
            for name in ("green", "amber", "red", "not applicable")
            for _ in range(int(row[name]) if isinstance(row[name], Decimal) else 0)
        ]
    )


def reviewed(row: Row) -> Found:
    found = count(row)
    percent = found.percent if isinstance(found.percent, Decimal) else None
    return {"points": found.points, "possible": found.possible, "per cent": percent, "in words": found.words}


def themes(rows: tuple[Row, ...]) -> Iterator[Found]:
    scores = {str(row["theme"]): count(row) for row in rows}
    for name, found in scores.items():
        yield {"theme": name, "in words": found.words}
    yield {"theme": "together", "in words": add_scores(scores.values()).words}


def schemes(row: Row) -> Found:
    return {"points": score([str(row["answer"])], {"met": 2, "partly met": 1, "not met": 0}).points}


CHAPTER = Chapter(
    title="Scores: how many points does a review have, of how many?",
    text="""
Thematic audits and peer reviews answer each question red, amber or green. The points of each answer are data: here
1, 3 and 5, as in the peer reviews of 2021. The score is the points over what they could have been had every
question that applied been answered best. What did not apply, or was not asked, is left out of both and counted.

A score by these points is never 0%: all red is 20%. That is a property of the scheme and is worth knowing when two
scores are compared.
""",
    cases=(
        row_by_row(
            "Red, amber, green",
            "",
            """
green | amber | red | not applicable || points | possible | per cent | in words
38 | 11 | 0 | 0 || 223 | 245 | 91.0 | 223 of 245 points, 91%
30 | 11 | 4 | 4 || 187 | 225 | 83.1 | 187 of 225 points, 83% (4 not applicable, left out)
0 | 0 | 10 | 0 || 10 | 50 | 20.0 | 10 of 50 points, 20%
0 | 0 | 0 | 3 || 0 | 0 |  | no question applied
""",
            reviewed,
        ),
        whole_table(
            "Themes together",
            "Points are added; the mean of the percentages (71%) would give a short theme a long one's weight.",
            """
theme | green | amber | red | not applicable
Leadership | 9 | 1 | 0 | 1
Records | 0 | 2 | 1 | 0
""",
            """
theme | in words
Leadership | 48 of 50 points, 96% (1 not applicable, left out)
Records | 7 of 15 points, 47%
together | 55 of 65 points, 85% (1 not applicable, left out)
""",
            themes,
        ),
        row_by_row(
            "Points of one's own",
            "A scheme of two points for met, one for partly met, none for not met.",
            """
answer || points | refused
met || 2 |
Partly met || 1 |
amber ||  | 'amber' is no answer that has points; use met, partly met, not met, or 'not applicable'.
""",
            schemes,
        ),
    ),
)
