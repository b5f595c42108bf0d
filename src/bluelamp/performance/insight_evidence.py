"""On what does an insight say that it rests: a page of the record, a file, or an address?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from bluelamp.lib.errors import PlainError
from bluelamp.lib.text import fold
from bluelamp.performance.report_rules import MOST_EVIDENCE

KINDS: Final = {"page": "A page of the record", "file": "A file, named in words", "address": "An address"}
LONGEST_WORDS: Final = 500


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One piece. `citations` (of kind page) are those of the record; the words of a file or address name it."""

    kind: str
    words: str
    address: str = ""
    document: str = ""  # key of the stored document
    page: int | None = None
    quote: str = ""
    citations: tuple[Mapping[str, object], ...] = ()

    @property
    def said(self) -> str:
        """As it is printed: "Force performance pack, page 4"."""
        where = f", page {self.page}" if self.page is not None else ""
        quoted = f": “{self.quote}”" if self.quote else ""
        address = f" ({self.address})" if self.address and self.address != self.words else ""
        return f"{self.words}{where}{quoted}{address}"


def read_evidence(lines: str) -> tuple[Evidence, ...]:
    """One piece a line, as a person writes it: an address, or the name of a file or document in words."""
    found = []
    for line in lines.split("\n"):
        said = fold(line.replace("\x00", " "))
        said = said.lstrip("-•*").strip()
        if said[:1] == "[" and "]" in said[:4]:
            said = said.partition("]")[2].strip()
        if said:
            found.append(_read_line(said))
    return check_evidence(found)


def _read_line(said: str) -> Evidence:
    at = min(
        (place for scheme in ("https://", "http://") if (place := said.lower().find(scheme)) >= 0), default=-1
    )
    if at < 0:
        return Evidence(kind="file", words=said)
    address = said[at:].split(" ", 1)[0].rstrip(".,;)")
    return Evidence(kind="address", words=said[:at].strip(" :(-–") or address, address=address)


def check_evidence(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The pieces, if they can be kept; PlainError with the first fault otherwise."""
    pieces = tuple(found)
    if len(pieces) > MOST_EVIDENCE:
        raise PlainError(
            f"An insight names at most {MOST_EVIDENCE} pieces of evidence, and this has {len(pieces)}."
        )
    for piece in pieces:
        if piece.kind not in KINDS:
            raise PlainError(f"There is no kind of evidence “{piece.kind}”: choose one of {', '.join(KINDS)}.")
        if len(piece.words) > LONGEST_WORDS or len(piece.address) > 2_000:
            raise PlainError(f"A piece of evidence is named in at most {LONGEST_WORDS} letters: shorten it.")
        if not piece.words.strip():
            raise PlainError("A piece of evidence needs words that name it.")
        if piece.kind == "address" and not _is_address(piece.address):
            raise PlainError(f"“{piece.address[:60]}” is no address: write it as https://example.org/page.")
        if piece.kind == "page" and not piece.citations:
            raise PlainError("Evidence from a document of the record cites the words that stand on its page.")
    return pieces


def _is_address(said: str) -> bool:
    try:
        parts = urlsplit(said)
    except ValueError:
        return False
    return (
        parts.scheme.lower() in ("http", "https")
        and bool(parts.hostname)
        and said.isprintable()
        and " " not in said
    )


def say_evidence(pieces: Sequence[Evidence]) -> tuple[str, ...]:
    """Each as it is printed under the words, by its number: "[1] Force performance pack, page 4"."""
    return tuple(f"[{number}] {piece.said}" for number, piece in enumerate(pieces, start=1))
