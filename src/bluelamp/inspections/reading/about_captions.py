"""What is a figure's or table's caption, what is a note to it, and which sentence reads it?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bluelamp.documents.blocks import Block
from bluelamp.documents.sentences import split_sentences
from bluelamp.inspections.reading.about_words import any_of, load_national_words


@dataclass(frozen=True)
class Caption:
    """The title of a figure or table. `label` is "figure" or "table"; `number` as printed."""

    label: str
    number: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def plain_title(self) -> str:
        """The title without a footnote's sign."""
        return _TITLE_SIGN.sub("", self.title.rstrip(" .:")).rstrip()


_TITLE_SIGN = re.compile(r"(?<=[a-z)])\d{1,3}$|(?<=(?<!\d)(?:19|20)\d\d)\d{1,2}$|[¹²³⁴⁵⁶⁷⁸⁹⁰]+$")


LONGEST_CAPTION = 400


@lru_cache(maxsize=1)
def caption_pattern() -> re.Pattern[str]:
    words = load_national_words().figures
    labels = any_of((*words.labels, *words.tables))
    return re.compile(
        rf"(?P<label>{labels})\.?\s?(?P<number>\d{{1,3}}(?:\.\d{{1,3}})?[A-Za-z]?|[A-Z]\d{{0,2}}(?![\w])|[ivx]{{1,5}}\b)"
        r"\s*(?P<mark>[:.–—-]|(?=\s|$))\s*",
        re.I,
    )


@lru_cache(maxsize=1)
def reads_figure() -> re.Pattern[str]:
    """ "Figure 4 shows", "As chart 2 indicates": prose whose subject is the figure."""
    words = load_national_words().figures
    labels, verbs = any_of(words.labels), any_of(words.reads)
    return re.compile(
        rf"(?:As\s)?(?:The\s)?(?:{labels})\.?\s?\w{{1,5}}(?:\.\d+)?,?\s(?:\w+\s)?(?:{verbs})\b", re.I
    )


def read_caption(text: str) -> tuple[str, str, int] | None:
    """Label ("figure" or "table"), number, and where the title begins; None where the words are no caption."""
    found = caption_pattern().match(text) if len(text) <= LONGEST_CAPTION else None
    if not found:
        return None
    rest = text[found.end() :]
    unmarked = not found["mark"].strip()
    if unmarked and rest and (not rest[:1].isupper() and not rest[:1].isdigit()):
        return None  # the sentence goes on: "Figure 4 shows"
    words = load_national_words().figures
    label = "table" if found["label"].lower().startswith(words.tables) else "figure"
    return label, found["number"], found.end()


@lru_cache(maxsize=1)
def remark_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{any_of(load_national_words().figures.notes)})(?:\s?\d{{1,2}})?\s?[:.–—-]\s?|\*+\s?(?=\w)", re.I
    )


@lru_cache(maxsize=1)
def glued_remark_pattern() -> re.Pattern[str]:
    words = [word.capitalize() for word in load_national_words().figures.notes]
    return re.compile(rf"(?<=\s)(?:{any_of((*words, 'NB', 'N.B.'))})(?:\s?\d{{1,2}})?\s?[:–—]\s")


def first_sentence(words: str) -> str:
    """A caption's title, without what is said of the figure after it."""
    start, end = next(iter(split_sentences(words)), (0, len(words)))
    return words[start:end]
