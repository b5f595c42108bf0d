"""In which passages do these words stand?"""

from __future__ import annotations

from dataclasses import dataclass

from bluelamp.documents.full_text import HIT_END, HIT_START, Terms, find_terms, mark_hits, matching, ranked_keys
from bluelamp.documents.models import Passage, StoredDocument
from bluelamp.organisations.visibility import Viewer, visible_to

WINDOW = 240  # characters of a snippet
DEEPEST = 5000  # hits that are put in order; beyond them only the count is told


@dataclass(frozen=True)
class Snippet:
    """A piece of a passage and where in it the hits are. Plain words: whoever shows them marks them up."""

    text: str
    hits: tuple[tuple[int, int], ...]
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True)
class Hit:
    passage: Passage  # with its document and page
    snippet: Snippet


@dataclass(frozen=True)
class Hits:
    """`total` counts every passage the viewer may see; `hits` are those asked for, best first."""

    total: int
    hits: tuple[Hit, ...]


def search_passages(
    words: str,
    *,
    viewer: Viewer,
    document: StoredDocument | None = None,
    limit: int = 20,
    offset: int = 0,
) -> Hits:
    """Passages that hold every word and quoted phrase. Nothing a person can type is an error."""
    terms = find_terms(words)
    if not terms:
        return Hits(0, ())
    seen = visible_to(viewer, Passage.objects.all(), through="document")
    if document:
        seen = seen.filter(document=document)
    found = seen.filter(pk__in=matching(Passage, terms))
    total = found.count()
    if not total:
        return Hits(0, ())
    best = ranked_keys(Passage, terms, limit=DEEPEST)
    if viewer is not None or document is not None:
        allowed = set(found.filter(pk__in=best).values_list("pk", flat=True))
        best = [key for key in best if key in allowed]
    return Hits(total, _make_hits(terms, best[offset : offset + limit]))


def _make_hits(terms: Terms, keys: list[int]) -> tuple[Hit, ...]:
    passages = Passage.objects.select_related("document", "page").defer("page__blocks", "page__line_boxes")
    held = passages.in_bulk(keys)
    marked = mark_hits(Passage, terms, keys)
    return tuple(Hit(held[key], make_snippet(marked.get(key, held[key].text))) for key in keys if key in held)


def make_snippet(marked: str, window: int = WINDOW) -> Snippet:
    """A window around the first hit, cut between words."""
    text, hits = _read_marks(marked)
    if len(text) <= window:
        return Snippet(text, tuple(hits), cut_before=False, cut_after=False)
    first = hits[0][0] if hits else 0
    start = max(0, min(first - window // 4, len(text) - window))
    end = min(len(text), start + window)
    if start:
        space = text.find(" ", start, max(start, first))
        start = space + 1 if space != -1 else start
    if end < len(text):
        space = text.rfind(" ", max(first, start), end)
        end = space if space > start and (not hits or space >= min(hits[0][1], end)) else end
    inside = tuple((a - start, min(b, end) - start) for a, b in hits if start <= a < end)
    return Snippet(text[start:end], inside, cut_before=start > 0, cut_after=end < len(text))


def _read_marks(marked: str) -> tuple[str, list[tuple[int, int]]]:
    pieces: list[str] = []
    hits: list[tuple[int, int]] = []
    position = 0
    for index, part in enumerate(marked.split(HIT_START)):
        hit, _, after = part.partition(HIT_END) if index else ("", "", part)
        if hit:
            hits.append((position, position + len(hit)))
        pieces += [hit, after]
        position += len(hit) + len(after)
    return "".join(pieces), hits
