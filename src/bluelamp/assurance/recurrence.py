"""Has this point been made before? Findings of the same theme and meaning, with the words that agree.

Two findings make the same point when a sentence of each shows the same theme and the two sentences say much the
same: what they share (synonyms, words, themes, each with its weight) is set against what only one of them says.
Nothing is learnt from the findings compared, so an answer does not change because another document was taken in.
Likeness of letters and words alone (TF-IDF, edit distance) finds next to no labelled pair, since inspectors say an
old point in new words: docs/decisions, "An old point in new words".
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bluelamp.assurance.themes import SUGGESTED, Shown, add_up, find_signs, load_themes
from bluelamp.documents.sentences import split_sentences
from bluelamp.lib.wording import load_synonyms, read_senses

SAME = 0.45
"""The least score of "the same point". On the pairs it was chosen with, 29 of 30 at or above it were."""
NEAR = 0.35
"""The least score worth showing, as something that may be the same point."""

SENSE_WEIGHTS: Mapping[str, float] = {"topic": 2.0, "matter": 1.5, "fault": 0.8, "who": 0.9, "plain": 0.3}
"""What it counts that two sentences share a synonym, by what its words speak of."""
WORD_WEIGHT = 0.8
"""The same for a word that belongs to no synonym."""
THEME_WEIGHTS: Mapping[str, float] = {"narrow": 6.0, "ordinary": 2.0, "broad": 0.0}
"""The same for a theme, by its breadth; times how strongly the weaker of the two sentences shows it."""
APART = 0.4
"""What it counts that something is said by one sentence only."""
ENOUGH = 8.0
"""Shared weight below which likeness counts for less: two words in common may be all of a short sentence."""
FROM_EXPLANATION: Mapping[str, float] = {"narrow": 0.6, "ordinary": 0.85, "broad": 0.85}
"""How far a finding must show a theme that the words read first do not show."""
WORD_FOR_WORD = 90
"""How alike (0 to 100) two sentences without a theme must be to be the same point."""
MUCH_THE_SAME = 0.7
"""Share of what two sentences say that both must say before their letters are compared."""
FEWEST = 3
"""Senses that two such sentences must share: shorter ones are often alike by chance."""
LONGEST = 40
"""Sentences of a finding that are compared: a whole page under one title would be like everything."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a finding: its place, and what it says: senses, and "#theme" with how strongly it shows it."""

    text: int
    start: int
    end: int
    senses: frozenset[str]
    themes: Mapping[str, float]

    @property
    def weight(self) -> float:
        return self.said + sum(weigh_theme(theme) * far for theme, far in self.themes.items())

    @property
    def said(self) -> float:
        """The weight of its senses alone."""
        return sum(map(weigh_sense, self.senses))


@dataclass(frozen=True, slots=True)
class Reading:
    """A finding as it is compared: the themes it is about, and its sentences."""

    themes: tuple[str, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far two findings make the same point, where in each, and what both say."""

    score: float
    here: Passage
    there: Passage
    theme: str  # the theme both show that weighs most; "" where they agree word for word without one
    senses: tuple[str, ...]


def read_finding(
    texts: Sequence[str], *, area_name: str = "", accepted: Iterable[str] = (), removed: Iterable[str] = ()
) -> Reading:
    """A finding's sentences. `texts` are its title, then what stands under it. Themes that a person `accepted`
    count in full where any sign of them is; those that a person took away (`removed`) do not count."""
    by_sentence: dict[tuple[int, int], dict[str, list[Shown]]] = {}
    by_theme: dict[str, list[Shown]] = {}
    taken_away = set(removed)
    for shown in find_signs(texts, area_name=area_name):
        if shown.theme not in taken_away:
            by_sentence.setdefault((shown.text, shown.sentence), {}).setdefault(shown.theme, []).append(shown)
            by_theme.setdefault(shown.theme, []).append(shown)
    about = {theme: _about(signs) for theme, signs in by_theme.items()}
    about.update((theme, 1.0) for theme in accepted)
    passages = []
    for at, start, end in _sentences(texts):
        senses = frozenset(sense.name for sense in read_senses(texts[at][start:end]))
        themes = {
            theme: round(math.sqrt(add_up(signs) * about[theme]), 3)
            for theme, signs in by_sentence.get((at, start), {}).items()
            if about[theme]
        }
        if senses:
            passages.append(Passage(at, start, end, senses, themes))
    return Reading(tuple(theme for theme, far in about.items() if far), tuple(passages[:LONGEST]))


def _sentences(texts: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    for at, text in enumerate(texts):
        for start, end in split_sentences(text):
            yield at, start, end


def _about(signs: Sequence[Shown]) -> float:
    """How far a finding is about a theme: 0 where only its explanation touches on it."""
    first = add_up(each for each in signs if each.leads)
    if first >= SUGGESTED:
        return first
    together = add_up(signs)
    return together if together >= FROM_EXPLANATION[load_themes()[signs[0].theme].breadth] else 0.0


@lru_cache(maxsize=50_000)
def weigh_sense(sense: str) -> float:
    return SENSE_WEIGHTS[load_synonyms()[sense[1:]].kind] if sense.startswith("@") else WORD_WEIGHT


def weigh_theme(theme: str) -> float:
    return THEME_WEIGHTS[load_themes()[theme].breadth]


def score_shared(shared: float, here: float, there: float) -> float:
    """The likeness of two sentences of these weights that share this weight: 0 to 1."""
    if not shared:
        return 0.0
    apart = APART * (here - shared + there - shared)
    return shared / (shared + apart) * min(1.0, shared / ENOUGH)


def compare_passages(here: Passage, there: Passage) -> float:
    """How far two sentences make the same point; 0 where they show no theme in common."""
    common = here.themes.keys() & there.themes.keys()
    if not common:
        return 0.0
    shared = sum(map(weigh_sense, here.senses & there.senses))
    shared += sum(weigh_theme(theme) * min(here.themes[theme], there.themes[theme]) for theme in common)
    return score_shared(shared, here.weight, there.weight)


def compare(
    here: Reading, there: Reading, *, here_texts: Sequence[str], there_texts: Sequence[str]
) -> Likeness | None:
    """The two sentences that are most alike; None where none are at all."""
    best: tuple[float, Passage, Passage] | None = None
    for a in here.passages:
        for b in there.passages:
            score = compare_passages(a, b)
            if not score and not (a.themes and b.themes) and _word_for_word(a, b, here_texts, there_texts):
                score = 1.0
            if score and (best is None or score > best[0]):
                best = (score, a, b)
    return _say_likeness(*best) if best else None


def _word_for_word(a: Passage, b: Passage, here_texts: Sequence[str], there_texts: Sequence[str]) -> bool:
    """Is it the same sentence, a word or two aside? Asked where one of them shows no theme."""
    common = a.senses & b.senses
    if len(common) < FEWEST or sum(map(weigh_sense, common)) < MUCH_THE_SAME * max(a.said, b.said):
        return False
    from rapidfuzz.fuzz import ratio

    return ratio(here_texts[a.text][a.start : a.end], there_texts[b.text][b.start : b.end]) >= WORD_FOR_WORD


def _say_likeness(score: float, here: Passage, there: Passage) -> Likeness:
    common = here.themes.keys() & there.themes.keys()
    theme = max(
        common, key=lambda each: (weigh_theme(each), min(here.themes[each], there.themes[each])), default=""
    )
    senses = sorted(here.senses & there.senses, key=lambda sense: (-weigh_sense(sense), sense))
    return Likeness(round(score, 3), here, there, theme, tuple(senses))


def mark_words(text: str, passage: Passage, senses: Iterable[str], *, theme: str = "") -> list[tuple[int, int]]:
    """Where the words stand by which a sentence agrees with another, and by which it shows the theme: spans of the
    text, none overlapping."""
    wanted, sentence = set(senses), text[passage.start : passage.end]
    spans = [(sense.start, sense.end) for sense in read_senses(sentence) if sense.name in wanted]
    spans.extend(
        (span.start, span.end) for shown in find_signs([sentence]) if shown.theme == theme for span in shown.spans
    )
    joined: list[tuple[int, int]] = []
    for start, end in sorted((passage.start + start, passage.start + end) for start, end in spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def find_agreements(
    here_text: str, here: Passage, there_text: str, there: Passage, *, at_most: int = 8
) -> tuple[tuple[str, str], ...]:
    """The words of each sentence that say the same, weightiest first: ("DV", "domestic abuse")."""
    first = _first_words(here_text, here)
    second = _first_words(there_text, there)
    common = sorted(first.keys() & second.keys(), key=lambda sense: (-weigh_sense(sense), sense))
    pairs = dict.fromkeys((first[sense], second[sense]) for sense in common)
    return tuple(pairs)[:at_most]


def _first_words(text: str, passage: Passage) -> dict[str, str]:
    """By sense, the words of the sentence that say it first."""
    words: dict[str, str] = {}
    sentence = text[passage.start : passage.end]
    for sense in read_senses(sentence):
        words.setdefault(sense.name, " ".join(sentence[sense.start : sense.end].split()))
    return words
