"""Which rows of the tables may a claim be about, and do its words leave nothing else that it could mean?

A link is strict where every word of the claim's own stretch is the row's, a plain word, or the name of the whole
force: "dwelling burglary fell by 5%" may be about a part of the row "Burglary". Only a strict link to one row lets
a claim be wrong; any link lets it agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Final

from bluelamp.checks.claim_model import Claim, Kind
from bluelamp.checks.claim_reading import HARD
from bluelamp.checks.claim_words import (
    Said,
    lacks_shade,
    match,
    name_of,
    read_said,
    spelt_out,
    stems_of,
    unexplained,
)
from bluelamp.checks.measures_named import Measure, is_in_unit
from bluelamp.checks.model import Paper, Subject
from bluelamp.documents.blocks import Block

_SHARES: Final = ("percent", "points")
_OF_LEVEL: Final = (Kind.LEVEL, Kind.FROM_TO)
_BACK: Final = 3  # stretches to the left that may name what a number is of
_EXPLAINS = re.compile(
    r"\s*(?:because|due|owing|following|as|driven|partly|mainly|largely|despite|reflecting|although|though|while|whilst"
    r"|whereas|but|however|which|and|so|overall|meanwhile|positively|encouragingly|unfortunately|thanks|given)\b",
    re.I,
)
_LEAVES_OUT = re.compile(
    r"\b(?:one|two|three|four|five|some|several|certain|another|many|most|few|other|each|every|parts?|half)"
    r"(?: of)?(?: the| our)? (?:areas?|districts?|wards?|teams?|neighbourhoods?|places?|divisions?|forces?"
    r"|stations?|sites?)\b|"
    r"\b(?:exclud\w{1,4}|excl|omit\w{0,4}|adjust\w{1,4}|discount\w{1,4}|remov\w{1,4}"
    r"|apart from|other than|except\w{0,4}"
    r"|target|forecast|expected|planned|predict\w{1,4}|project(?:ed|ion)|would|could|aims?|estimated)\b",
    re.I,
)
_BODY = re.compile(r"\b([A-Z][a-z]{2,20})(?:shire)? (?:Police|Constabulary|Force|OPCC|Fire|Council)\b")
_POINTS_BACK = re.compile(
    r"\s*(?:this|these|that|those|it|they|such|of (?:this|these|those))\b"
    r"(?! (?:year|quarter|period))",
    re.I,
)
_MOST_NEAR: Final = 60  # rows that a paragraph names among which a figure is looked for
_MOST_TEXT: Final = 400_000


@dataclass(frozen=True)
class Link:
    """A row that a claim may be about."""

    measure: Measure
    is_strict: bool
    is_named: bool  # by the claim's own sentence, not by the heading alone


@dataclass(frozen=True)
class Place:
    """Where a claim stands."""

    subject: Subject
    paper: Paper
    block: Block
    heading: str
    table: Block | None  # the last one before it


class Measures:
    """All that the tables of the documents print, to be asked by words."""

    def __init__(self, measures: Sequence[Measure], subjects: Sequence[Subject]) -> None:
        self.all = tuple(measures)
        self._by_label: dict[str, list[Measure]] = {}
        self._by_block: dict[int, list[Measure]] = {}
        self._labels: dict[str, dict[str, None]] = {}
        for measure in measures:
            self._by_label.setdefault(measure.label, []).append(measure)
            self._by_block.setdefault(id(measure.block), []).append(measure)
            for key in measure.name.keys:
                self._labels.setdefault(key, {})[measure.label] = None
        self._places = {id(measure): place for place, measure in enumerate(self.all)}
        self._spelt: dict[str, list[str]] = {}
        self._about: tuple[Place, list[str]] | None = None
        self._short = [label for label, (m, *_) in self._by_label.items() if m.name.short]
        self.places = frozenset(stem for subject in subjects for stem in _places(subject))

    @cached_property
    def figures_in_names(self) -> frozenset[str]:
        """ "999" and "101" where a row is called so."""
        return frozenset(word for m in self.all for _, word in m.name.words if word.isdigit())

    def _labels_about(self, place: Place) -> list[str]:
        """Every row's name that the block and its heading say between them; kept for the block's next claim."""
        if self._about is None or self._about[0] is not place:
            self._about = (place, self._labels_in([read_said(place.block.text), read_said(place.heading)]))
        return self._about[1]

    def _named_of(self, place: Place, said: Sequence[Said]) -> list[Measure]:
        """The measures, in order, whose names these words of the block and its heading say."""
        labels = self._said_among(self._labels_about(place), said)
        found = [m for label in labels for m in self._by_label[label]]
        return sorted(found, key=lambda m: self._places[id(m)]) if len(labels) > 1 else found

    def _said_among(self, labels: Iterable[str], said: Sequence[Said]) -> list[str]:
        """Those all of whose keys the words say, abbreviations written out on either side."""
        stems = frozenset[str]().union(*(each.stems for each in said))
        shortens = any(each.short for each in said)
        found = []
        for label in labels:
            name = self._by_label[label][0].name
            is_said = name.keys <= stems or ((shortens or name.short) and match(name, said) == name.keys)
            if name.keys and is_said:
                found.append(label)
        return found

    def _spelt_by(self, short: str) -> list[str]:
        """The names in which the abbreviation is written out."""
        if short not in self._spelt:
            named = ((label, m.name.words) for label, (m, *_) in self._by_label.items())
            self._spelt[short] = [label for label, words in named if spelt_out(short, words)]
        return self._spelt[short]

    def _labels_in(self, said: Sequence[Said]) -> list[str]:
        """Every name all of whose keys the words say; one that many rows bear is read once."""
        labels: dict[str, None] = dict.fromkeys(self._short)
        for each in said:
            for stem in each.stems & self._labels.keys():
                labels.update(self._labels[stem])
            for short in each.short:
                labels.update(dict.fromkeys(self._spelt_by(short)))
        return self._said_among(labels, said)

    def find(self, claim: Claim, place: Place) -> list[Link]:
        """The rows that the claim may be about, the nearest only; [] where no row is named."""
        if not self._labels_about(place):
            return []
        heading = read_said(place.heading)
        for stretch in _stretches(claim):
            said = _said_in(claim, stretch)
            found = self._fitting(claim, self._named_of(place, [said]))
            if heading.stems:
                beside = self._fitting(claim, self._named_of(place, [said, heading]))
                found += [m for m in beside if m not in found and match(m.name, [said])]
            chosen = self._most_telling(found, place)
            if chosen:
                chosen, is_sure = self._said_whole(chosen, said, claim)
                links = [self._link(m, claim, stretch, place, named=True) for m in chosen]
                return links if is_sure else [replace(link, is_strict=False) for link in links]
        widest = list(_stretches(claim))[-1]
        said = _said_in(claim, widest)
        found = self._fitting(claim, self._named_of(place, [heading])) if heading.stems else []
        return [
            self._link(m, claim, widest, place, named=bool(match(m.name, [said])))
            for m in self._most_telling(found, place)
        ]

    def _said_whole(self, chosen: Sequence[Measure], said: Said, claim: Claim) -> tuple[list[Measure], bool]:
        """A row whose label is said word for word, and one of a part before the row for all.

        Not sure where a label is said that names nothing by itself ("Conduct", "Other"): it may be meant.
        """
        words = f" {' '.join(printed.lower() for _, printed in said.pairs)} "
        blocks = {id(each.block): None for each in chosen if each.block is not None}
        beside = [m for block in blocks for m in self._by_block[block]]
        whole = [m for m in beside if m.label and f" {' '.join(_words_of(m.label))} " in words]
        longest = max((len(m.label) for m in whole), default=0)
        whole = [m for m in whole if len(m.label) == longest]
        if whole and all(m.name.keys for m in whole):
            return self._fitting(claim, whole) or list(chosen), True
        parts = [m for m in chosen if not _FOR_ALL.match(m.label)]
        return parts or list(chosen), not whole

    def named_in(self, claim: Claim, place: Place) -> list[Measure]:
        """Every row of any paper that the claim's sentence names whole."""
        if not self._labels_about(place):
            return []
        said = read_said(claim.text)
        named = self._named_of(place, [said, read_said(place.heading)])
        return self._fitting(claim, (m for m in named if match(m.name, [said])))

    def named_near(self, claim: Claim, place: Place) -> Iterator[Measure]:
        """Rows that the claim's paragraph names, then those of the table it stands under."""
        named = [m for label in self._labels_about(place) for m in self._by_label[label]]
        named.sort(key=lambda m: (m.paper is not place.paper, self._places[id(m)]))
        yield from self._fitting(claim, named[:_MOST_NEAR])
        yield from self._fitting(claim, self._by_block.get(id(place.table), []) if place.table else [])

    def _link(
        self, measure: Measure, claim: Claim, stretch: Sequence[tuple[int, int]], place: Place, *, named: bool
    ) -> Link:
        said = _said_in(claim, [*stretch, *_leading(claim, stretch, place.block.text)])
        is_whole = claim.kind is not Kind.FROM_TO  # what it says of the row is no part of the row's name
        words = [w for w in said.words if not (is_whole and claim.start <= claim.offset + w.start < claim.end)]
        is_beside = not measure.is_read or place.table is measure.block is not None
        also = self.places | (stems_of([measure.title]) if is_beside else frozenset())
        is_strict = named and not _POINTS_BACK.match(claim.text) and not _LEAVES_OUT.search(claim.text)
        is_strict = is_strict and not unexplained(Said(claim.text, tuple(words)), measure.name, also)
        says_share = claim.number is not None and claim.number.value.unit in _SHARES and claim.kind in _OF_LEVEL
        stems = read_said(claim.text).stems | read_said(place.heading).stems
        is_strict = is_strict and not lacks_shade(measure.name, stems, says_share=says_share)
        if not measure.is_read:
            is_strict = is_strict and self._is_of_title(measure, place)
        return Link(measure, is_strict, named)

    def _is_of_title(self, measure: Measure, place: Place) -> bool:
        """A row of a plain table means what its title says; the claim stands under it or says most of it too."""
        keys = name_of(measure.title).keys - measure.name.keys
        said = read_said(place.block.text).stems | stems_of([place.heading])
        return place.table is measure.block or 2 * len(keys & said) >= len(keys)

    def _fitting(self, claim: Claim, found: Iterable[Measure]) -> list[Measure]:
        """Rows in whose unit the claim can be at all."""
        numbers = [n for n in (claim.first, claim.number) if n is not None]
        if claim.kind not in (Kind.LEVEL, Kind.FROM_TO):
            is_points = claim.number is not None and claim.number.value.unit == "points"
            return [m for m in found if not is_points or m.unit in ("percent", "points")]
        return [m for m in found if all(is_in_unit(n, m) for n in numbers)]

    def _most_telling(self, found: Sequence[Measure], place: Place) -> list[Measure]:
        """Those that say more before those that say less; of the same paper, then of the same document."""
        one_of_each = list({m.label: m for m in found}.values())
        beaten = {m.label for m in one_of_each if any(_says_more(other, m) for other in one_of_each)}
        found = [m for m in found if m.label not in beaten]
        found = [m for m in found if m.is_read or self._is_of_title(m, place)] or list(found)
        nearest = [
            [m for m in found if m.paper is place.paper],
            [m for m in found if m.subject is place.subject],
            [
                m
                for m in found
                if not (m.subject.force and place.subject.force) or m.subject.force == place.subject.force
            ],
        ]
        return next((each for each in nearest if each), [])


_FOR_ALL = re.compile(r"(?:all|total|overall|grand total)\b", re.I)


@lru_cache(maxsize=20_000)
def _words_of(label: str) -> tuple[str, ...]:
    return tuple(printed.lower() for _, printed in read_said(label).pairs)


def _says_more(other: Measure, measure: Measure) -> bool:
    if other.name.keys == measure.name.keys:
        return False
    return match(measure.name, [read_said(other.label)]) == measure.name.keys and (
        len(other.name.keys) > len(measure.name.keys)
        or match(other.name, [read_said(measure.label)]) != other.name.keys
    )


def _said_in(claim: Claim, stretch: Iterable[tuple[int, int]]) -> Said:
    """The words of these stretches of the claim's sentence."""
    sentence = read_said(claim.text)
    at = claim.offset
    return Said(claim.text, tuple(w for a, b in stretch for w in sentence.within(a - at, b - at).words))


def _stretches(claim: Claim) -> Iterator[list[tuple[int, int]]]:
    """The claim's own stretch, then with those to its left as far as they belong to it."""
    at = claim.at
    own = [claim.segments[at]] if claim.segments else [(claim.start, claim.end)]
    later = [s for s in claim.segments[at + 1 :] if s != HARD and s[0] < claim.end]
    stretch = [*own, *later]
    yield stretch
    for back in range(1, _BACK + 1):
        if at - back < 0 or claim.segments[at - back] == HARD:
            return
        stretch = [claim.segments[at - back], *stretch]
        yield stretch


def _leading(claim: Claim, stretch: Sequence[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    """Stretches before it that narrow what follows: "In the north, ..."."""
    for segment in claim.segments:
        if segment == HARD or segment[0] >= stretch[0][0]:
            continue
        said = text[segment[0] : segment[1]]
        if not _EXPLAINS.match(said) and not any(character.isdigit() for character in said):
            yield segment


def _places(subject: Subject) -> Iterator[str]:
    """Stems of the names of the whole body that the document is about."""
    texts = [subject.document.title, *subject.further.values(), *(paper.title for paper in subject.papers[:40])]
    for text in texts:
        yield from name_of(text[:200]).stems if _BODY.search(text) else ()
    seen: dict[str, int] = {}
    for found in _BODY.finditer(subject.document.text[:_MOST_TEXT]):
        seen[found[1]] = seen.get(found[1], 0) + 1
    for word, times in seen.items():
        if times > 1:
            yield from name_of(word).stems


def is_sibling(one: Measure, other: Measure) -> bool:
    """Do two rows share a word that tells, in one document?"""
    return one is not other and one.subject is other.subject and bool(one.name.keys & other.name.keys)


def siblings(measure: Measure, measures: Iterable[Measure]) -> list[Measure]:
    return [other for other in measures if is_sibling(measure, other)]
