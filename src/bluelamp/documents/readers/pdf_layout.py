"""In which order is a page read, and what are its tables, boxes and stretches of prose?"""

from __future__ import annotations

from dataclasses import dataclass

from bluelamp.documents.blocks import BlockKind
from bluelamp.documents.readers.pdf_aligned import find_aligned
from bluelamp.documents.readers.pdf_blocks import Setting, read_rows
from bluelamp.documents.readers.pdf_columns import find_stretches
from bluelamp.documents.readers.pdf_contents import find_contents_rows
from bluelamp.documents.readers.pdf_drafts import Draft, whole_line
from bluelamp.documents.readers.pdf_footnotes import cut_footnotes
from bluelamp.documents.readers.pdf_grids import NEAR, Frame, Grid, contains, find_frames
from bluelamp.documents.readers.pdf_marks import Line, Marks, Word
from bluelamp.documents.readers.pdf_rows import Row, make_rows
from bluelamp.documents.readers.pdf_tables import mark_heads, read_grid

_DEPTH = 6  # boxes within boxes


@dataclass
class _Region:
    """A page or a box on it."""

    marks: Marks
    page: int
    setting: Setting
    boxed: bool = False
    depth: int = 0


def read_page(marks: Marks, page: int, words: list[Word], setting: Setting) -> list[Draft]:
    """The page's blocks in reading order; its footnotes stand last."""
    upright = [w for w in words if not w.turned]
    drafts = _read_region(_Region(marks, page, setting), upright, find_frames(marks))
    notes = [d for d in drafts if d.kind is BlockKind.FOOTNOTE]
    return [d for d in drafts if d.kind is not BlockKind.FOOTNOTE] + notes + _read_turned(words, page)


def _read_region(region: _Region, words: list[Word], frames: list[Frame]) -> list[Draft]:
    own, held = _share(words, frames)
    kept = []
    for frame in frames:
        inside = held.get(id(frame), [])
        if not inside:
            continue
        if not (_is_box(frame, inside) if frame.grid is None else _is_table(frame.grid, inside, region.marks)):
            own += inside  # shaded rows of a table, a banner
        else:
            kept.append(frame)
    drafts: list[Draft] = []
    stretches = find_stretches(make_rows(own), kept)
    usual = region.setting.rights.get(round(region.marks.width), 0.0)
    if region.boxed or len(stretches) > 1:
        usual = 0.0
    for k, stretch in enumerate(stretches):
        framed = [(f.box[1], _read_frame(region, f, held[id(f)])) for f in stretch.frames]
        found = _read_stretch(region, stretch.rows, usual)
        for draft in found:
            draft.stretch = region.page * 1000 + k
        drafts += _insert(found, framed)
    for draft in drafts:
        draft.boxed = draft.boxed or region.boxed
    return drafts


def _share(words: list[Word], frames: list[Frame]) -> tuple[list[Word], dict[int, list[Word]]]:
    """Words of the region itself, and of each frame."""
    if not frames:
        return words, {}
    own: list[Word] = []
    held: dict[int, list[Word]] = {}
    target = own
    for word in words:
        if not word.glued:
            x, y = (word.x0 + word.x1) / 2, word.baseline - 0.3 * word.size
            frame = next((f for f in frames if contains(f.box, x, y)), None)
            target = own if frame is None else held.setdefault(id(frame), [])
        target.append(word)
    return own, held


def _is_box(frame: Frame, words: list[Word]) -> bool:
    """A box holds prose. One or two rows in pieces are a shaded row of a table."""
    left, top, right, bottom = frame.box
    if right - left < 50 or bottom - top < 12:
        return False
    rows = make_rows(words)
    in_pieces = sum(len(row.pieces) > 1 for row in rows)
    return len(rows) > 3 or in_pieces < max(1, 0.5 * len(rows))


def _is_table(grid: Grid, words: list[Word], marks: Marks) -> bool:
    """A single row of single lines without rules between its cells is a shaded row of a table without rules."""
    return len(grid.ys) > 2 or len(make_rows(words)) > 2 or _parted_by_rules(grid, marks)


def _parted_by_rules(grid: Grid, marks: Marks) -> bool:
    top, bottom = grid.ys[0] + NEAR, grid.ys[-1] - NEAR
    inner = [r for r in marks.down if r.start <= top and r.end >= bottom]
    return all(any(abs(rule.at - x) <= NEAR for rule in inner) for x in grid.xs)


def _read_frame(region: _Region, frame: Frame, words: list[Word]) -> list[Draft]:
    if frame.grid is not None:
        table = read_grid(frame.grid, words, region.page)
        if table is None:
            return []
        mark_heads(table, region.marks.areas)
        return [table]
    inner = _Region(region.marks, region.page, region.setting, True, region.depth + 1)
    return _read_region(inner, words, frame.inside if region.depth < _DEPTH else [])


def _read_stretch(region: _Region, rows: list[Row], usual: float) -> list[Draft]:
    rows, notes = cut_footnotes(rows, region.setting.body, region.marks.height, region.page)
    tables = find_contents_rows(rows, region.page, region.setting)
    taken = {i for start, end, _ in tables for i in range(start, end)}
    start = 0
    for i in range(len(rows) + 1):
        if i == len(rows) or i in taken:
            for a, b, draft in find_aligned(rows[start:i], region.marks.across, region.page):
                mark_heads(draft, region.marks.areas)
                tables.append((start + a, start + b, [draft]))
            start = i + 1
    tables.sort(key=lambda t: t[0])
    right = max([usual, *(row.x1 for row in rows)])
    drafts: list[Draft] = []
    position = 0
    for a, b, made in tables:
        drafts += read_rows(rows[position:a], region.page, region.setting, right)
        drafts += made
        position = b
    return drafts + read_rows(rows[position:], region.page, region.setting, right) + notes


def _insert(drafts: list[Draft], framed: list[tuple[float, list[Draft]]]) -> list[Draft]:
    """Each box or table before the first block that begins below its top."""
    result = list(drafts)
    for top, inner in sorted(framed, key=lambda f: f[0]):
        if not inner:
            continue
        at = next((i for i, d in enumerate(result) if _begins(d) >= top - 1), len(result))
        inner[0].top = min(inner[0].top or top, top)
        result[at:at] = inner
    return result


def _begins(draft: Draft) -> float:
    return draft.top


def _read_turned(words: list[Word], page: int) -> list[Draft]:
    """Words that run upwards or downwards, object by object."""
    groups: list[list[Word]] = []
    for word in words:
        if not word.turned:
            continue
        if groups and abs((groups[-1][-1].x0 + groups[-1][-1].x1) - (word.x0 + word.x1)) < word.size:
            groups[-1].append(word)
        else:
            groups.append([word])
    return [Draft(BlockKind.PARAGRAPH, [whole_line(Line(group, page))], page) for group in groups]
