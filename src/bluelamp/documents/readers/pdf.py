"""What does a PDF say, in which blocks, and where on its pages?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pypdfium2 as pdfium

from bluelamp.documents.blocks import Block
from bluelamp.documents.document import Document, TellPages, UnreadableFileError
from bluelamp.documents.readers.pdf_blocks import Setting
from bluelamp.documents.readers.pdf_drafts import Draft
from bluelamp.documents.readers.pdf_joins import join_drafts, set_levels
from bluelamp.documents.readers.pdf_layout import read_page
from bluelamp.documents.readers.pdf_marks import Line, Marks, Word
from bluelamp.documents.readers.pdf_opening import describe_extras, open_pdf, read_title
from bluelamp.documents.readers.pdf_pages import read_marks
from bluelamp.documents.readers.pdf_running import Furniture, find_furniture
from bluelamp.documents.readers.pdf_text import Text, mend_hyphens, words_seen

HALF = 0.5
LETTERS_AT_LEAST = 300
"""Of one size, for a page to have a body of its own."""
LETTERS_IN_LINES = 150
"""Of one size in long lines: more than a title has."""
LONG_LINE = 0.3
"""Of the page's width."""
FULL_LINES = 2
"""Lines that the next word would not have fitted on, for the distance of lines to be taken from them."""


def read(data: bytes, *, sha256: str, file_name: str, tell: TellPages = lambda _done, _pages: None) -> Document:
    """The document in `data`. Raises UnreadableFileError with one plain sentence.

    `tell` hears of each page twice, of which the second is done: when its marks are read, and its blocks.
    """
    with open_pdf(data, file_name) as pdf:
        title, extras = read_title(pdf), describe_extras(pdf)
        pages = list(_read_all_marks(pdf, tell))
    if all(marks.broken for marks in pages):
        raise UnreadableFileError(f"{file_name} is damaged: none of its pages can be read. Fetch it again.")
    setting = _find_setting(pages)
    furniture = find_furniture(pages, setting.body)
    drafts = []
    for i, marks in enumerate(pages):
        drafts.append(_read_page(i, marks, furniture[i], setting))
        tell((len(pages) + i + 1) // 2, len(pages))
    lines = [list(_lines(f, d)) for f, d in zip(furniture, drafts, strict=True)]
    joined, repeated = join_drafts(drafts)
    set_levels(joined)
    mend_hyphens(joined, words_seen(w for marks in pages for w in marks.words))
    text = Text()
    for i, marks in enumerate(pages):
        text.write_page(marks, lines[i], furniture[i].printed, image_only=_is_picture(marks, drafts[i]))
    whole = text.finish()
    asides = [d for f in furniture for d in (*f.above, *f.below)] + repeated
    return Document(
        sha256=sha256,
        format="pdf",
        text=whole,
        pages=tuple(text.pages),
        blocks=_blocks(text, joined),
        asides=tuple(sorted(_blocks(text, asides), key=lambda b: b.spans[0])),
        title=title,
        notes=tuple(_notes(pages, extras)),
        line_boxes=tuple(text.boxes),
    )


def _read_all_marks(pdf: pdfium.PdfDocument, tell: TellPages) -> Iterator[Marks]:
    for i in range(len(pdf)):
        try:
            page = pdf[i]
        except pdfium.PdfiumError:
            yield Marks(i + 1, 0.0, 0.0, broken=True)
            continue
        try:
            yield read_marks(page, i + 1)
        finally:
            page.close()
        tell((i + 1) // 2, len(pdf))


def _is_picture(marks: Marks, drafts: list[Draft]) -> bool:
    """A page of pictures: without words, or with a running head or foot alone beside a large picture."""
    return marks.pictures > 0 and (not marks.words or (not drafts and marks.pictured > HALF))


def _find_setting(pages: list[Marks]) -> Setting:
    """The size in which most letters are set, the usual distance of lines, and how far they reach."""
    sizes: Counter[float] = Counter()
    turns: list[tuple[int, Word, Word]] = []  # the last word of a line and the first of the next
    for marks in pages:
        last = None
        for word in marks.words:
            sizes[round(word.size * 2) / 2] += len(word.text)
            if last is not None and abs(last.size - word.size) < 0.2 and 0.9 < _step(last, word) < 2.2:
                turns.append((round(marks.width), last, word))
            last = word
    flowing = sum((_sizes_of_lines(marks) for marks in pages), Counter[float]())
    body = _commonest(flowing) or (sizes.most_common(1)[0][0] if sizes else 11.0)
    ends: dict[int, list[float]] = {}
    for width, last, _ in turns:
        ends.setdefault(width, []).append(last.x1)
    rights = {width: sorted(edges)[int(0.97 * (len(edges) - 1))] for width, edges in ends.items()}
    wide = {width for width, right in rights.items() if right > 0.6 * width}  # else no line is known to be full
    full = Counter(_step(a, b) for w, a, b in turns if w in wide and not _fits(a, b, rights[w]))
    lines = sum(full.values())
    if lines < FULL_LINES:  # all its paragraphs are single lines: their distance is no leading
        pitch = min(1.35, _usual_step(Counter(_step(a, b) for _, a, b in turns)))
    else:
        pitch = _usual_step(full) if lines >= 5 else min(full)
    return Setting(max(body, 1.0), pitch, rights)


def _step(last: Word, word: Word) -> float:
    return round((word.baseline - last.baseline) / word.size, 1)


def _fits(last: Word, word: Word, right: float) -> bool:
    """Would the word have stood on the line above? Then a new paragraph begins with it."""
    return last.x1 + 0.3 * word.size + (word.x1 - word.x0) < right - 0.1 * word.size


def _usual_step(steps: Counter[float]) -> float:
    """The smallest of the common distances: larger ones part paragraphs."""
    if sum(steps.values()) < 5:
        return min([1.35, *steps])
    most = steps.most_common(1)[0][1]
    return min(step for step, times in steps.items() if times >= 0.4 * most)


def _read_page(index: int, marks: Marks, furniture: Furniture, setting: Setting) -> list[Draft]:
    words = [w for w in marks.words if id(w) not in furniture.words] if furniture.words else marks.words
    if not words:
        return []
    own = replace(setting, body=_body_of(marks) or setting.body)
    drafts = read_page(marks, index, words, own)
    setting.contents_open = own.contents_open
    return drafts


def _body_of(marks: Marks) -> float:
    """The page's own size of letters where it holds enough of one size: papers of a pack differ."""
    sizes: Counter[float] = Counter()
    for word in marks.words:
        sizes[round(word.size * 2) / 2] += len(word.text)
    size, letters = sizes.most_common(1)[0]
    if letters < LETTERS_AT_LEAST or letters < HALF * sum(sizes.values()):
        return 0.0
    flowing = _sizes_of_lines(marks)
    in_cells = flowing[size] < HALF * letters
    return _commonest(flowing) or (0.0 if in_cells else size)


def _commonest(sizes: Counter[float]) -> float:
    """The size of most letters in long lines; 0 where those are few. Cells of tables are often set smaller."""
    size, letters = sizes.most_common(1)[0] if sizes else (0.0, 0)
    return size if letters >= LETTERS_IN_LINES and letters >= HALF * sum(sizes.values()) else 0.0


def _sizes_of_lines(marks: Marks) -> Counter[float]:
    """How many letters of each size stand in lines that run over a good part of the page, as sentences do."""
    sizes: Counter[float] = Counter()
    run: list[Word] = []
    for word in (*marks.words, None):
        if word is not None and run and _is_beside(run[-1], word):
            run.append(word)
            continue
        if run and run[-1].x1 - run[0].x0 >= LONG_LINE * marks.width:
            for each in run:
                sizes[round(each.size * 2) / 2] += len(each.text)
        run = [word] if word is not None else []
    return sizes


def _is_beside(last: Word, word: Word) -> bool:
    level = abs(last.baseline - word.baseline) < 0.2 * word.size
    return level and -0.5 * word.size < word.x0 - last.x1 < 1.5 * word.size


def _lines(furniture: Furniture, drafts: list[Draft]) -> Iterator[Line]:
    """Each line of the page once: heads, blocks in reading order, feet."""
    written: set[int] = set()
    for draft in (*furniture.above, *drafts, *furniture.below):
        for line in draft.lines:
            if id(line) not in written:
                written.add(id(line))
                yield line


def _blocks(text: Text, drafts: list[Draft]) -> tuple[Block, ...]:
    return tuple(block for draft in drafts if (block := text.block(draft)) is not None)


def _notes(pages: list[Marks], extras: list[str]) -> Iterator[str]:
    images = sum(1 for m in pages if not m.words and m.pictures)
    if images and not any(m.words for m in pages):
        yield f"This PDF holds pictures of pages and no text: {images} of {len(pages)} pages cannot be read."
    elif images:
        yield f"{images} of {len(pages)} pages are pictures without text and cannot be read."
    broken = [str(m.number) for m in pages if m.broken]
    if broken:
        yield f"These pages are damaged and cannot be read: {', '.join(broken[:20])}."
    cut = [str(m.number) for m in pages if m.left_out]
    if cut:
        yield f"Too much is printed on these pages, and their rest was left out: {', '.join(cut[:20])}."
    yield from extras
