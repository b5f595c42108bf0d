"""Which cases does the corpus hold? The same every time: each is made from its own number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import Final

from tests.corpus import planted_casts, planted_changes, planted_claims, planted_counting, planted_form
from tests.corpus.made import Case, Draw, File, Grid, Head, Maker, Near, Para, Piece, Plant, Section
from tests.corpus.planted_claims import Pair
from tests.corpus.pools import BODIES, MEETINGS
from tests.corpus.writing import FORMS

PAPERS: Final = 120
_ALL_WRONG = (
    *planted_casts.WRONG, *planted_changes.WRONG, *planted_counting.WRONG, *planted_claims.WRONG,
    *planted_form.WRONG,
)  # fmt: skip
_BOTH = tuple(maker for maker in _ALL_WRONG if maker.__name__ not in ("no_such_day", "copied_companion"))
_ALL_RIGHT: tuple[Maker, ...] = (
    *(partial(maker, wrong=False) for maker in _BOTH),
    *planted_casts.RIGHT, *planted_changes.RIGHT, *planted_counting.RIGHT, *planted_claims.RIGHT,
    *planted_form.RIGHT,
    *planted_casts.RIGHT, *planted_changes.RIGHT, *planted_form.RIGHT,
)  # fmt: skip
_ALONE = (
    "agenda",
    "resolutions",
    "wordless_resolution",
    "paragraphs",
    "missing_paragraph",
    "parts_apart",
    "missing_appendix",
    "missing_table",
    "captions",
    "of_another_paper",
)
"""Sections of which a paper has at most one: their numbers would run into each other."""
_NOT_IN_SHEETS = (*_ALONE, "weekday", "indicators", "points", "copied_companion", "points_as_rounded")


def make_cases(papers: int = PAPERS, *, seed: int = 2026) -> Iterator[Case]:
    for number in range(papers):
        yield _case(number, Draw(seed * 1000 + number))


def _case(number: int, r: Draw) -> Case:
    form = FORMS[number % len(FORMS)]
    body = r.choice(BODIES)
    meeting = dt.date(r.randint(2019, 2023), r.randint(1, 12), r.randint(1, 28))
    sections = [*_chosen(number, r, form), *_dated(r, meeting, form, number)]
    others = [piece for section in sections if isinstance(section, Pair) for piece in section.other]
    has_head = any(_is_header(section.pieces[0]) for section in sections)
    pieces: list[Piece] = [] if has_head else [*_front(r, body, meeting, number)]
    for section in sorted(sections, key=lambda each: not _is_header(each.pieces[0])):
        pieces += section.pieces
    files = [File(f"paper-{number:03}.{form}", form, tuple(pieces), r.randrange(6))]
    if others:
        second = FORMS[(number + 1) % 5]
        files.append(
            File(f"other-{number:03}.{second}", second, (Head(f"{body} Police: performance", 1), *others), 0)
        )
    plants = tuple(plant for section in sections for plant in section.plants)
    nears = tuple(near for section in sections for near in section.nears)
    return Case(f"{number:03} {form} {body}", tuple(files), plants, nears)


def _is_header(piece: Piece) -> bool:
    return isinstance(piece, Grid) and not piece.headed


def _chosen(number: int, r: Draw, form: str) -> list[Section]:
    """Two wrong sections and five right ones, in any order; each kind of wrong comes round."""
    makers: list[Maker] = [
        _ALL_WRONG[(2 * number) % len(_ALL_WRONG)],
        _ALL_WRONG[(2 * number + 1) % len(_ALL_WRONG)],
    ]
    makers += r.sample(_ALL_RIGHT, 6)
    r.shuffle(makers)
    chosen: list[Section] = []
    done: set[str] = set()
    alone: set[str] = {"agenda"} if number % 3 == 0 else set()  # a paper with a header may have its own
    for maker in makers:
        name = maker.func.__name__ if isinstance(maker, partial) else maker.__name__  # type: ignore[attr-defined]
        if name in done or name in alone or (form == "xlsx" and name in _NOT_IN_SHEETS):
            continue
        done.add(name)
        if name in _ALONE:
            alone |= set(_ALONE)
        chosen.append(maker(r))
    return chosen


def _dated(r: Draw, meeting: dt.date, form: str, number: int) -> list[Section]:
    """Sections that lean on the day of the meeting; only in papers that bear a header (see `_front`)."""
    if form == "xlsx" or number % 3 != 0:
        return []
    which = r.randrange(4)
    if which == 0:
        return [planted_counting.decided_later(r, meeting), planted_counting.told_ahead(r, meeting)]
    if which == 1:
        return [
            planted_counting.told_ahead(r, meeting),
            planted_counting.told_ahead(r, meeting),
            planted_counting.decided_later(r, meeting, wrong=False),
        ]
    if which == 2:
        return [planted_form.purpose(r, meeting, wrong=r.random() < 0.7)]
    return [planted_form.work_programme(r, meeting, wrong=r.random() < 0.7)]


def _front(r: Draw, body: str, meeting: dt.date, number: int) -> list[Piece]:
    if number % 3 == 0:
        head = planted_form.header(r, meeting, "Information")
        rows = tuple(row for row in head.rows if r.random() < 0.98)
        return [
            Grid(rows, headed=False),
            Head(f"{body} quarterly report", 1),
            Para("This paper is for the meeting named above."),
        ]
    title = r.choice(
        (f"{body} Police and Crime Commissioner", f"Office of the Commissioner for {body}", f"{body} Constabulary")
    )
    kind = r.choice(("Performance report", "Finance report", "Minutes and papers", "A thematic review of demand"))
    return [Head(title, 1), Para(f"{kind}, {r.choice(MEETINGS)}")]


__all__ = ["Near", "Plant", "make_cases"]
