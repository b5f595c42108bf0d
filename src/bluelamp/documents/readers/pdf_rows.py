"""Which words stand beside each other? Rows of a page, and in a row the pieces between wide gaps."""

from __future__ import annotations

from bluelamp.documents.readers.pdf_marks import Word

GAP = 0.8  # of the letter size; justified prose was seen to stretch to 0.6
_RECENT = 6  # rows looked back at; words come nearly in order


class Piece:
    """Words with no wide gap between them."""

    __slots__ = ("words", "x0", "x1")

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self.x0 = words[0].x0
        self.x1 = max(w.x1 for w in words)

    @property
    def text(self) -> str:
        return join_words(self.words)

    @property
    def size(self) -> float:
        return max(w.size for w in self.words)


class Row:
    """All words on one baseline."""

    __slots__ = ("baseline", "pieces", "size")

    def __init__(self, pieces: list[Piece], baseline: float, size: float) -> None:
        self.pieces = pieces
        self.baseline = baseline
        self.size = size

    @property
    def x0(self) -> float:
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        return max(piece.x1 for piece in self.pieces)

    @property
    def top(self) -> float:
        return self.baseline - 0.8 * self.size

    @property
    def bottom(self) -> float:
        return self.baseline + 0.22 * self.size

    @property
    def words(self) -> list[Word]:
        return [w for piece in self.pieces for w in piece.words]

    @property
    def text(self) -> str:
        return "\t".join(piece.text for piece in self.pieces)


def join_words(words: list[Word]) -> str:
    return "".join(w.text if w.glued or not i else " " + w.text for i, w in enumerate(words))


def make_rows(words: list[Word]) -> list[Row]:
    """The rows from top to bottom, each cut into pieces from left to right."""
    chains = _chains(words)
    chains.sort(key=lambda chain: chain[0].baseline)
    gathered: list[list[Word]] = []
    leads: list[Word] = []
    for chain in chains:
        lead = chain[0]
        for k in range(len(leads) - 1, max(-1, len(leads) - 1 - _RECENT), -1):
            if _level(leads[k], lead):
                gathered[k].extend(chain)
                if lead.size > leads[k].size:
                    leads[k] = lead
                break
        else:
            gathered.append(list(chain))
            leads.append(lead)
    rows = [_make_row(found, lead) for found, lead in zip(gathered, leads, strict=True)]
    rows.sort(key=lambda row: row.baseline)
    return rows


def make_row(pieces: list[Piece]) -> Row:
    """A row of pieces in order; its baseline and size are those of its largest word."""
    lead = max((w for piece in pieces for w in piece.words), key=lambda w: w.size)
    return Row(pieces, lead.baseline, lead.size)


def _chains(words: list[Word]) -> list[list[Word]]:
    """Glued words stay with the word before them."""
    chains: list[list[Word]] = []
    for word in words:
        if word.glued and chains:
            chains[-1].append(word)
        else:
            chains.append([word])
    return chains


def _level(a: Word, b: Word) -> bool:
    apart = abs(a.baseline - b.baseline)
    small, large = sorted((a.size, b.size))
    if small > 0.8 * large:
        return apart <= 0.25 * large
    overlap = min(a.bottom, b.bottom) - max(a.top, b.top)
    return overlap >= 0.55 * small * 1.02


def _make_row(words: list[Word], lead: Word) -> Row:
    chains = _chains(words)
    chains.sort(key=lambda chain: chain[0].x0)
    pieces: list[list[Word]] = []
    edge = 0.0
    for chain in chains:
        if pieces and chain[0].x0 - edge <= GAP * max(lead.size, 4.0):
            pieces[-1].extend(chain)
            edge = max(edge, chain[-1].x1)
        else:
            pieces.append(list(chain))
            edge = chain[-1].x1
    return Row([Piece(found) for found in pieces], lead.baseline, lead.size)
