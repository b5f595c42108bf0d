"""How do notes stand in a Word document? As comments in its margin, from the first of their words to the last.

A citation knows a line of the normalised text and a quote; the file knows paragraphs, runs and pieces of runs.
Both say the same letters in the same order, so the lines are laid along the file's letters (white space aside) and
the quote is sought where its line lies. Runs are split so that a comment covers its words and no others.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import docx
from docx.document import Document as WordDocument
from docx.oxml.text.run import CT_R
from docx.text.run import Run
from lxml import etree

from bluelamp.documents.annotation import AUTHOR, HOMELESS, Annotated, CannotAnnotateError, Note, Place
from bluelamp.documents.readers import read_bytes
from bluelamp.documents.readers.structure import lowered

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NOT_PRINTED = {W + name for name in ("del", "moveFrom", "pPr", "rPr", "rt", "sdtPr")} | {_MC + "Fallback"}
_LOOK_AHEAD = 200_000  # letters; a line that stands further on is sought from the start again
_SHORT, _NEAR = 24, 4_000  # a line of a few letters is one of many: it is sought nearby only
_INITIALS = "BL"
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class _Letters:
    """Every printed letter of the file in order, and for each the piece of a run it stands in."""

    text: str
    pieces: list[etree._Element]  # w:t, in order
    owner: list[int]  # by letter: its piece
    offset: list[int]  # by letter: its place in the piece's text


def annotate_docx(data: bytes, notes: Sequence[Note]) -> Annotated:
    """A copy with a comment at each place of each note; what finds no place is said at the head of the paper."""
    lines = read_bytes(data, file_name="paper.docx").text.replace("\f", "").split("\n")
    word = _open(data)
    letters = _letters_of(word)
    starts = _lay_lines(lines, letters.text)
    comments: list[tuple[int, int, str]] = []
    homeless = []
    for note in notes:
        spans = [span for place in note.places if (span := _find(place, lines, starts, letters.text))]
        comments += [(*span, note.words) for span in dict.fromkeys(spans)]
        if not spans:
            homeless.append(note.words)
    _Margin(word, letters).write(comments, homeless)
    stream = io.BytesIO()
    word.save(stream)
    return Annotated(stream.getvalue(), len(notes) - len(homeless), len(homeless))


def _open(data: bytes) -> WordDocument:
    try:
        return docx.Document(io.BytesIO(data))
    except (ValueError, KeyError) as error:
        raise CannotAnnotateError(
            "Comments cannot be put into this kind of Word file (with macros, a template, or of the strict sort):"
            " save it as an ordinary Word document and check that."
        ) from error


# -- the file's letters -----------------------------------------------------------------------------------


def _letters_of(word: WordDocument) -> _Letters:
    found = _Letters("", [], [], [])
    said: list[str] = []
    for paragraph in word.element.body.iter(W + "p"):
        for piece in _pieces(paragraph):
            text = piece.text or ""
            number = len(found.pieces)
            found.pieces.append(piece)
            for at, letter in enumerate(text):
                if not letter.isspace():
                    said.append(letter)
                    found.owner.append(number)
                    found.offset.append(at)
    found.text = lowered("".join(said))
    return found


def _pieces(element: etree._Element) -> Iterator[etree._Element]:
    """The paragraph's own w:t, in runs that a comment may begin or end at; not those of boxes within it."""
    for child in element:
        if child.tag == W + "r":
            yield from (piece for piece in child if piece.tag == W + "t")
        elif child.tag not in _NOT_PRINTED and child.tag != W + "p":
            yield from _pieces(child)


# -- where lines and quotes stand ---------------------------------------------------------------------------


def _squeeze(text: str) -> str:
    """Without spaces, and with a note's raised number as the file holds it: in plain digits."""
    return lowered(_SPACE.sub("", text))


def _lay_lines(lines: Sequence[str], text: str) -> list[int | None]:
    """Where each line begins among the file's letters; None where it does not stand there (a footnote's, say)."""
    starts: list[int | None] = []
    at = 0
    for line in lines:
        said = _squeeze(line)
        reach = _LOOK_AHEAD if len(said) > _SHORT else _NEAR
        found = text.find(said, at, at + reach + len(said)) if said else -1
        if said and found < 0:
            cut = _after_marker(line)
            found = text.find(cut, at, at + reach + len(cut)) if cut else -1
            said = cut if found >= 0 else said
        starts.append(found if found >= 0 else None)
        at = found + len(said) if found >= 0 else at
    return starts


def _after_marker(line: str) -> str:
    """A line without its number, which Word counts and the file does not hold."""
    _, _, rest = line.strip().partition(" ")
    return _squeeze(rest)


def _find(place: Place, lines: Sequence[str], starts: Sequence[int | None], text: str) -> tuple[int, int] | None:
    quote = _squeeze(place.quote)
    if not quote:
        return None
    first, last = place.line - 1, min(place.line_end, len(starts))
    begin = next((starts[index] for index in range(max(0, first), last) if starts[index] is not None), None)
    if begin is not None:
        reach = sum(len(lines[index]) for index in range(max(0, first), last)) + len(quote)
        at = text.find(quote, begin, begin + reach)
        if at >= 0:
            return at, at + len(quote)
    at = text.find(quote)
    return (at, at + len(quote)) if at >= 0 and text.find(quote, at + 1) < 0 else None


# -- comments ---------------------------------------------------------------------------------------------

_Point = tuple[int, int]
"""A place to cut at: the number of a piece, and an offset in its text."""


class _Margin:
    """Writes comments: runs are cut at all their edges first, so that no cut moves what another has counted."""

    def __init__(self, word: WordDocument, letters: _Letters) -> None:
        self._word = word
        self._letters = letters
        self._parts: dict[int, list[tuple[int, CT_R]]] = {}

    def write(self, comments: Sequence[tuple[int, int, str]], homeless: Sequence[str]) -> None:
        points: dict[int, set[int]] = {}
        for start, end, _ in comments:
            for number, offset in (self._before(start), self._after(end)):
                points.setdefault(number, set()).add(offset)
        for number in sorted(points):  # what follows a piece in its run moves with a cut: the first goes first
            self._parts[number] = _cut_piece(self._letters.pieces[number], sorted(points[number]))
        for start, end, words in comments:
            self._comment(self._run_from(*self._before(start)), self._run_to(*self._after(end)), words)
        if homeless and self._letters.pieces:
            run = _run_of(self._letters.pieces[0])
            self._comment(run, run, f"{HOMELESS} {' '.join(homeless)}")

    def _before(self, start: int) -> _Point:
        return self._letters.owner[start], self._letters.offset[start]

    def _after(self, end: int) -> _Point:
        return self._letters.owner[end - 1], self._letters.offset[end - 1] + 1

    def _run_from(self, number: int, offset: int) -> CT_R:
        return next(run for begun, run in self._parts[number] if begun == offset)

    def _run_to(self, number: int, offset: int) -> CT_R:
        return next(run for begun, run in reversed(self._parts[number]) if begun < offset)

    def _comment(self, first: CT_R, last: CT_R, words: str) -> None:
        runs = [Run(first, self._word), Run(last, self._word)]
        self._word.add_comment(runs, text=words, author=AUTHOR, initials=_INITIALS)


def _cut_piece(piece: etree._Element, offsets: Sequence[int]) -> list[tuple[int, CT_R]]:
    """Cut the piece's run before each of these offsets of its text: (offset where it begins, run), in order.

    What stands before the piece in its run stays with the first part, what stands after goes with the last.
    """
    parts = [(-1, _run_of(piece))]
    begun = 0
    for offset in offsets:
        run = parts[-1][1]
        if offset == begun and not _has_words_before(run, piece):
            parts.append((offset, run))
        elif offset - begun < len(piece.text or "") or piece.getnext() is not None:
            run = _cut(run, piece, offset - begun)
            piece = next(each for each in run if each.tag == W + "t")
            begun = offset
            parts.append((offset, run))
    return parts


def _run_of(piece: etree._Element) -> CT_R:
    return cast(CT_R, piece.getparent())


def _has_words_before(run: CT_R, piece: etree._Element) -> bool:
    for child in run:
        if child is piece:
            return False
        if child.tag != W + "rPr":
            return True
    return False


def _cut(run: CT_R, piece: etree._Element, at: int) -> CT_R:
    """A new run after this one, alike in looks, with the piece's text from `at` and all that follows the piece."""
    later = cast(CT_R, run.makeelement(W + "r"))
    run.addnext(later)
    properties = run.find(W + "rPr")
    if properties is not None:
        later.append(copy.deepcopy(properties))
    following = list(piece.itersiblings())
    text = piece.text or ""
    rest = etree.SubElement(later, W + "t")
    for element, words in ((rest, text[at:]), (piece, text[:at])):
        element.text = words
        element.set(_XML_SPACE, "preserve")
    for child in following:
        later.append(child)
    return later
