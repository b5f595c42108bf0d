"""What of a document was not read, and how is that said to whoever trusts what was?

Pages that hold pictures and no words; rows, columns and sheets that a workbook hides.
"""

from __future__ import annotations

from dataclasses import dataclass

from bluelamp.documents.document import Document


@dataclass(frozen=True)
class WordlessPages:
    """Pages that follow each other, counted from 1."""

    first: int
    last: int
    whole: bool  # the document has no others

    @property
    def words(self) -> str:
        """One plain sentence: which pages, and what to do."""
        if self.whole:
            what = (
                "This document holds pictures of pages"
                if self.last > 1
                else "This document is a picture of a page"
            )
            return f"{what} without words, and nothing of it was read: {_ADVICE}"
        if self.first == self.last:
            return f"Page {self.first} is a picture without words and was not read: {_ADVICE}"
        return f"Pages {self.first} to {self.last} are pictures without words and were not read: {_ADVICE}"


_ADVICE = "ask for the original, or run it through text recognition."


@dataclass(frozen=True)
class Unshown:
    """What a file hides on a page, counted from 1."""

    first: int
    words: str


def find_wordless_pages(document: Document) -> tuple[WordlessPages | Unshown, ...]:
    """Each run of pages that are only pictures (a scan in the middle of a paper), and what is hidden, in order."""
    hidden = [Unshown(number, words) for number, page in enumerate(document.pages, 1) for words in page.unshown]
    return tuple(sorted((*_find_pictures(document), *hidden), key=lambda each: each.first))


def _find_pictures(document: Document) -> tuple[WordlessPages, ...]:
    wordless = [page.image_only for page in document.pages]
    found: list[WordlessPages] = []
    for number, is_picture in enumerate(wordless, 1):
        if not is_picture:
            continue
        first = found.pop().first if found and found[-1].last == number - 1 else number
        found.append(WordlessPages(first, number, all(wordless)))
    return tuple(found)
