"""When was the same point made before, by which words, and was it praised between?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.urls import reverse

from bluelamp.assurance.actions_themes import texts_of
from bluelamp.assurance.recurrence import NEAR, SAME, Likeness, Passage, compare, find_agreements, mark_words
from bluelamp.assurance.recurrence_pool import Entry, Pool, load_pool
from bluelamp.assurance.themes import load_themes
from bluelamp.documents.models import StoredDocument
from bluelamp.inspections.models import Finding
from bluelamp.organisations.visibility import Viewer, visible_to
from bluelamp.register.models import Item

UNDERTAKING = "undertaking"
"""The kind of an item that is a promise, not a point of criticism."""
MOST_COMPARED = 200
"""Findings that are looked at closely for one item."""


@dataclass(frozen=True)
class Words:
    """A finding's words around the sentence that agrees: before it, the sentence in marked pieces, after it."""

    before: str
    pieces: tuple[tuple[str, bool], ...]  # words, and whether the other finding says them too
    after: str


@dataclass(frozen=True)
class Recurrence:
    """A finding that makes the same point as the item (or may), beside the words of the item that it answers."""

    entry: Entry
    found: Item | Finding
    document: StoredDocument
    likeness: Likeness
    here_text: str
    there_text: str
    citation: Mapping[str, Any]  # of the finding: where its words stand
    lines: tuple[tuple[int, int], ...]  # of the document: first and last of each of its citations

    # Worked out where they are shown: an item's page only says the years.
    @cached_property
    def here(self) -> Words:
        return _say_words(self.here_text, self.likeness.here, self.likeness)

    @cached_property
    def there(self) -> Words:
        return _say_words(self.there_text, self.likeness.there, self.likeness)

    @cached_property
    def agreements(self) -> tuple[tuple[str, str], ...]:
        """The item's words, and the finding's that say the same."""
        return find_agreements(self.here_text, self.likeness.here, self.there_text, self.likeness.there)

    @property
    def theme_name(self) -> str:
        return load_themes()[self.likeness.theme].name if self.likeness.theme else ""

    @property
    def address(self) -> str:
        """The page of the document with the finding's words."""
        line, page = self.citation["line"], self.citation.get("page")
        if not page:
            return reverse("desk:document_line", args=[self.document.pk, line])
        asked = f"?item={self.reference}" if self.reference else ""
        return f"{reverse('desk:document_page', args=[self.document.pk, page])}{asked}#L{line}"

    @property
    def year(self) -> int:
        return self.entry.year

    @property
    def reference(self) -> str:
        return self.found.reference if isinstance(self.found, Item) else ""

    @property
    def is_same(self) -> bool:
        return self.likeness.score >= SAME


@dataclass(frozen=True)
class Recurrences:
    """What the force's findings of other years say of the item's point; each list newest first, then likest."""

    item: Item
    found: Sequence[Recurrence]

    def _those(self, *, earlier: bool, kinds: Iterable[str] = (), same: bool = True) -> list[Recurrence]:
        wanted = set(kinds)
        return [
            each
            for each in self.found
            if (each.year < self.item.year) is earlier
            and each.is_same is same
            and (each.entry.kind in wanted if wanted else each.entry.is_item and each.entry.kind != UNDERTAKING)
        ]

    @cached_property
    def before(self) -> list[Recurrence]:
        """The same point, made before."""
        return self._those(earlier=True)

    @cached_property
    def again(self) -> list[Recurrence]:
        """The same point, made again later."""
        return self._those(earlier=False)

    @cached_property
    def praised(self) -> list[Recurrence]:
        """What was praised earlier and is criticised now."""
        return self._those(earlier=True, kinds=("strength",))

    @cached_property
    def under_way(self) -> list[Recurrence]:
        """What was said to be under way earlier."""
        return self._those(earlier=True, kinds=("work_in_progress",))

    @cached_property
    def spoken_of(self) -> list[Recurrence]:
        """What other reports say of the matter without a label of praise or criticism, or praised since."""
        earlier = self._those(earlier=True, kinds=("main_finding", UNDERTAKING))
        since = self._those(earlier=False, kinds=("main_finding", "strength", "work_in_progress", UNDERTAKING))
        return since + earlier

    @cached_property
    def near(self) -> list[Recurrence]:
        """Earlier findings that may make the point: a person judges."""
        return self._those(earlier=True, same=False)

    @property
    def counts_before(self) -> list[tuple[int, int]]:
        """Years in which the point was made before, newest first, and how many findings made it."""
        return sorted(Counter(each.year for each in self.before).items(), reverse=True)

    @property
    def years_praised(self) -> list[int]:
        return sorted({each.year for each in self.praised}, reverse=True)

    @property
    def years_spoken_of(self) -> list[int]:
        return sorted({each.year for each in self.spoken_of}, reverse=True)

    @property
    def years_again(self) -> list[int]:
        return sorted({each.year for each in self.again})


def find_recurrences(item: Item, *, viewer: Viewer) -> Recurrences:
    """Findings about the force, of other years, that the viewer may see. Nothing for who may not see the item."""
    if item.kind == "judgement" or not visible_to(viewer, Item.objects.filter(pk=item.pk)).exists():
        return Recurrences(item, ())
    pool = load_pool(item.force_id)
    if item.pk not in pool.entries:
        return Recurrences(item, ())
    ranked = pool.index.find(pool.reading(item.pk), at_least=NEAR, at_most=MOST_COMPARED)
    entries = [pool.entries[key] for key, _ in ranked]
    others = [each for each in entries if each.year != item.year and each.document != item.document_id]
    found = _find_visible(others, viewer)
    made = [_make(item, pool, entry, *found[entry.key]) for entry in others if entry.key in found]
    kept = _without_second_readings([each for each in made if each])
    return Recurrences(item, sorted(kept, key=lambda each: (-each.year, -each.likeness.score, each.reference)))


_Found = tuple[Item | Finding, StoredDocument, Sequence[Mapping[str, Any]]]


def _find_visible(entries: Sequence[Entry], viewer: Viewer) -> dict[UUID, _Found]:
    """What each entry stands for, its document and its citations, where the viewer may see it."""
    found: dict[UUID, _Found] = {}
    items = Item.objects.filter(pk__in=[each.key for each in entries if each.is_item])
    for item in visible_to(viewer, items).select_related("document").prefetch_related("mentions"):
        mentions = sorted(item.mentions.all(), key=lambda mention: mention.document_id != item.document_id)
        found[item.pk] = (item, item.document, mentions[0].citations if mentions else [])
    findings = Finding.objects.filter(pk__in=[each.key for each in entries if not each.is_item])
    seen = visible_to(viewer, findings, through="inspection__document")
    for finding in seen.select_related("inspection__document"):
        found[finding.pk] = (finding, finding.inspection.document, finding.citations)
    return found


def _make(
    item: Item,
    pool: Pool,
    entry: Entry,
    found: Item | Finding,
    document: StoredDocument,
    citations: Sequence[Mapping[str, Any]],
) -> Recurrence | None:
    here_texts = texts_of(item)
    there_texts = texts_of(found) if isinstance(found, Item) else [found.title, found.text, *map(str, found.parts)]
    likeness = compare(
        pool.reading(item.pk), pool.reading(entry.key), here_texts=here_texts, there_texts=there_texts
    )
    if likeness is None or likeness.score < NEAR or not citations:
        return None
    there_text = there_texts[likeness.there.text]
    return Recurrence(
        entry=entry,
        found=found,
        document=document,
        likeness=likeness,
        here_text=here_texts[likeness.here.text],
        there_text=there_text,
        lines=tuple((each["line"], each["line_end"]) for each in citations),
        citation=_cite(citations, there_text[likeness.there.start : likeness.there.end]),
    )


def _say_words(text: str, passage: Passage, likeness: Likeness) -> Words:
    pieces, at = [], passage.start
    for start, end in mark_words(text, passage, likeness.senses, theme=likeness.theme):
        if start > at:
            pieces.append((text[at:start], False))
        pieces.append((text[start:end], True))
        at = end
    if at < passage.end:
        pieces.append((text[at : passage.end], False))
    return Words(text[: passage.start].strip(), tuple(pieces), text[passage.end :].strip())


def _cite(citations: Sequence[Mapping[str, Any]], words: str) -> Mapping[str, Any]:
    """The citation that holds the words; the first where they stand in none whole."""
    wanted = " ".join(words.split())
    return next((each for each in citations if wanted in " ".join(each["quote"].split())), citations[0])


def _without_second_readings(made: Sequence[Recurrence]) -> list[Recurrence]:
    """One finding for each place. What an inspector labelled (a strength, an area for improvement) says more than
    a sentence lifted from under the label; of two readings alike, the one that is more like the item stays."""
    kept: list[Recurrence] = []
    for each in sorted(made, key=lambda one: (_rank_of_label(one), -one.likeness.score)):
        if not any(_same_place(each, other) for other in kept):
            kept.append(each)
    return kept


def _rank_of_label(each: Recurrence) -> int:
    """What an inspector labelled, before a sentence lifted from prose, before the prose itself."""
    return {"issue_of_concern": 1, "main_finding": 2}.get(each.entry.kind, 0)


def _same_place(one: Recurrence, other: Recurrence) -> bool:
    if one.document.pk != other.document.pk or not (_rank_of_label(one) or _rank_of_label(other)):
        return False
    if not any(a[0] <= b[1] and b[0] <= a[1] for a in one.lines for b in other.lines):
        return False
    return "main_finding" in (one.entry.kind, other.entry.kind) or _words_within(one.there, other.there)


def _words_within(one: Words, other: Words) -> bool:
    """Does one of them hold the other's sentence?"""
    first, second = (" ".join("".join(words for words, _ in each.pieces).split()) for each in (one, other))
    wholes = [
        " ".join(f"{each.before} {said} {each.after}".split()) for each, said in ((one, first), (other, second))
    ]
    return first in wholes[1] or second in wholes[0]
