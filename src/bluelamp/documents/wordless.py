"""Which pages of a document hold pictures and no words, and how is that said to whoever trusts what was read?"""

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


def find_wordless_pages(document: Document) -> tuple[WordlessPages, ...]:
    """Each run of pages that are only pictures (a scan in the middle of a paper), in order."""
    wordless = [page.image_only for page in document.pages]
    found: list[WordlessPages] = []
    for number, is_picture in enumerate(wordless, 1):
        if not is_picture:
            continue
        first = found.pop().first if found and found[-1].last == number - 1 else number
        found.append(WordlessPages(first, number, all(wordless)))
    return tuple(found)
