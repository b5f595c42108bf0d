"""Which themes do an item's words suggest, and which words led to each?

The themes and their signs are data (definitions/vocabularies/themes.yaml). A suggestion is only that: a person
accepts it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bluelamp.documents.sentences import split_sentences
from bluelamp.lib.definitions import SHIPPED, DefinitionError, read_definition
from bluelamp.lib.wording import (
    Phrase,
    PhraseBook,
    compile_phrases,
    load_synonyms,
    read_sentence,
    with_wider,
)

STRONG = 0.75
"""How far one strong sign goes towards a theme; signs add up as independent hints do."""
WEAK = 0.3
FROM_AREA = 0.6
"""What a sign is worth that only the name of the inspected area completes ("Domestic violence")."""
IN_TEXT = 0.75
"""What a sign is worth in the words under a title, which explain more than they say."""
BREADTHS = ("narrow", "ordinary", "broad")
SUGGESTED = 0.5
"""The least score of a suggestion: a strong sign anywhere, or two weak ones in the words read first."""


@dataclass(frozen=True, kw_only=True)
class Theme:
    """A theme as the vocabulary has it. `breadth`: how little it tells that two findings share it."""

    slug: str
    name: str
    meaning: str
    strong: tuple[str, ...]
    weak: tuple[str, ...] = ()
    breadth: str = "ordinary"


@dataclass(frozen=True, kw_only=True)
class _ThemeList:
    themes: tuple[Theme, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Where words stand: in the first text (0) or a later one, from start to end."""

    text: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A theme that words suggest: how strongly (0 to 1), and the words that did."""

    theme: str
    score: float
    spans: tuple[Span, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sign:
    theme: str
    elements: frozenset[str]
    worth: float


@lru_cache(maxsize=1)
def load_themes() -> Mapping[str, Theme]:
    """Every theme by slug, in the order of the definition."""
    path = SHIPPED / "vocabularies" / "themes.yaml"
    themes = read_definition(path, _ThemeList).themes
    by_slug = {theme.slug: theme for theme in themes}
    if len(by_slug) != len(themes):
        raise DefinitionError(f"{path.name}: a slug is used twice")
    for theme in themes:
        if theme.breadth not in BREADTHS:
            raise DefinitionError(f"{path.name}: the breadth of {theme.slug} is not one of {', '.join(BREADTHS)}")
        for line in (*theme.strong, *theme.weak):
            for element in _split_sign(line):
                if element.startswith("@") and element[1:] not in load_synonyms():
                    raise DefinitionError(f"{path.name}: {theme.slug} names {element}, which is no synonym")
    return by_slug


def _split_sign(line: str) -> list[str]:
    return [" ".join(element.split()) for element in line.split(" + ")]


@dataclass(frozen=True, slots=True)
class _ThemeBook:
    phrases: PhraseBook
    by_element: Mapping[str, Sequence[_Sign]]


@lru_cache(maxsize=1)
def _theme_book() -> _ThemeBook:
    phrases: list[Phrase] = []
    by_element: dict[str, list[_Sign]] = {}
    for theme in load_themes().values():
        for lines, worth in ((theme.strong, STRONG), (theme.weak, WEAK)):
            for line in lines:
                elements = _split_sign(line)
                sign = _Sign(theme.slug, frozenset(elements), worth)
                # One element leads to the sign; the others are then looked for.
                by_element.setdefault(elements[0], []).append(sign)
                for element in elements:
                    if not element.startswith("@"):
                        phrases.extend(compile_phrases(element, [element]))
    return _ThemeBook(PhraseBook(phrases), by_element)


@dataclass(frozen=True, slots=True)
class Shown:
    """A theme's sign in one sentence: what it is worth there, and the words it was read from."""

    theme: str
    sign: frozenset[str]
    worth: float
    text: int
    sentence: int  # where the sentence starts
    leads: bool  # it stands in the words read first
    spans: tuple[Span, ...]


def find_signs(texts: Sequence[str], *, area_name: str = "") -> list[Shown]:
    """Every sign of every theme, sentence by sentence. The first text with words is the one read first."""
    area = frozenset(found.name for found in _find_elements(area_name))
    first = next((at for at, text in enumerate(texts) if text.strip()), 0)
    shown = []
    for at, text in enumerate(texts):
        for start, end in split_sentences(text):
            found = _find_elements(text[start:end])
            for sign, whole in _met(found, area):
                worth = sign.worth * (1 if at == first else IN_TEXT) * (1 if whole else FROM_AREA)
                spans = tuple(
                    Span(at, start + each.start, start + each.end) for each in found if each.name in sign.elements
                )
                shown.append(Shown(sign.theme, sign.elements, worth, at, start, at == first, spans))
    return shown


def add_up(shown: Iterable[Shown]) -> float:
    """How far signs of one theme go together. A sign counts once, where it is worth most, and only if it was read
    from words that no stronger one was read from."""
    used: set[Span] = set()
    signs: set[frozenset[str]] = set()
    missing = 1.0
    for each in sorted(shown, key=lambda shown: (-shown.worth, shown.text, shown.sentence, sorted(shown.sign))):
        if each.sign in signs or used.issuperset(each.spans):
            continue
        signs.add(each.sign)
        used.update(each.spans)
        missing *= 1 - each.worth
    return round(1 - missing, 3)


def suggest_themes(texts: Sequence[str], *, area_name: str = "") -> tuple[Suggestion, ...]:
    """Themes of an item, best first. `texts` are its title, then what stands under it; blanks are passed over."""
    by_theme: dict[str, list[Shown]] = {}
    for shown in find_signs(texts, area_name=area_name):
        by_theme.setdefault(shown.theme, []).append(shown)
    suggested = []
    for theme, signs in by_theme.items():
        score = add_up(signs)
        if score >= SUGGESTED:
            suggested.append(Suggestion(theme, score, *_say_spans(texts, signs)))
    order = list(load_themes())
    return tuple(sorted(suggested, key=lambda each: (-each.score, order.index(each.theme))))


def _say_spans(texts: Sequence[str], signs: Iterable[Shown]) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    spans = {span for shown in signs for span in shown.spans}
    ordered = sorted(spans, key=lambda span: (span.text, span.start, span.end))
    words = dict.fromkeys(" ".join(texts[span.text][span.start : span.end].split()) for span in ordered)
    return tuple(ordered), tuple(words)


@dataclass(frozen=True, slots=True)
class _Element:
    name: str
    start: int
    end: int


def _find_elements(sentence: str) -> list[_Element]:
    words, synonyms = read_sentence(sentence)
    return [
        _Element(name, words[found.first].start, words[found.last].end)
        for found in (*synonyms, *_theme_book().phrases.find(words))
        for name in with_wider(found.name)
    ]


def _met(found: Sequence[_Element], area: frozenset[str]) -> Iterator[tuple[_Sign, bool]]:
    """Signs whose elements all stand in the sentence, or partly in the area's name: were they all here?"""
    here = frozenset(each.name for each in found)
    known = here | area
    for name in known:
        for sign in _theme_book().by_element.get(name, ()):
            if sign.elements <= known and sign.elements & here:
                yield sign, sign.elements <= here
