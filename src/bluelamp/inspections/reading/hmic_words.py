"""What do the standing words of HMIC's reports of 2004 to 2009 mean: labels, grades, directions, figures?

Layouts differ from year to year and from copy to copy; the vocabulary does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bluelamp.inspections.frameworks import Framework, Grade
from bluelamp.lib.text import fold


class Label(StrEnum):
    """What a heading opens."""

    STRENGTHS = "strength"
    WORK_IN_PROGRESS = "work_in_progress"
    IMPROVEMENT = "area_for_improvement"
    RECOMMENDATION = "recommendation"
    CONCERN = "cause_of_concern"
    PRACTICE = "practice"
    CONTEXT = "context"
    DISTRIBUTION = "distribution"
    TRAVEL = "travel"  # the national distribution of directions: not a fact we keep
    SUMMARY = "summary"
    STATEMENT = "statement"  # what the inspectors say of one standard; the words over it name the standard
    PROSE = "prose"  # ends a list of findings and nothing else
    END = "end"  # a part of the report that belongs to no area


FINDING_LABELS = frozenset(
    {Label.STRENGTHS, Label.WORK_IN_PROGRESS, Label.IMPROVEMENT, Label.RECOMMENDATION, Label.CONCERN}
)

_MARKS = re.compile(r"[^a-z0-9]+")
_NUMBERING = re.compile(
    r"^(?:(?:section|chapter|part|annex)\s{1,3})?(?:\d{1,2}(?:\.\d{1,2}){0,2}|[a-z])[.):]?\s{1,4}(?=\S)", re.I
)
_CONTINUED = re.compile(r"\s{0,3}[(\[]?\b(?:continued|cont['’]?d|cont)\b\.?[)\]]?\s{0,3}$", re.I)
_NAMES = (
    (
        Label.STRENGTHS,
        r"(?:key |main |force )?strengths?|areas? of strength|what (?:is |was )?work(?:s|ing|ed) well",
    ),
    (
        Label.WORK_IN_PROGRESS,
        r"works? in progress(?: and (?:planned|future) (?:work|developments?))?",
    ),
    (
        Label.IMPROVEMENT,
        r"(?:key |main |identified )?(?:areas?|opportunit(?:y|ies)|scope)(?: identified)?"
        r" (?:for|of|requiring|needing|in need of) (?:further |future )?(?:improvements?|development)"
        r"(?: afis?| identified)?|afis?|areas? where improvements? (?:is|are) (?:needed|required)|weaknesses"
        r"|areas? for attention",
    ),
    (Label.RECOMMENDATION, r"(?:key |hmic )?recommendations?"),
    (Label.CONCERN, r"causes? (?:of|for) concern"),
    (
        Label.PRACTICE,
        r"(?:examples? of )?(?:developing|good|best|promising|notable|innovative|effective) practices?"
        r"(?: examples?)?",
    ),
    (Label.CONTEXT, r"(?:national |local |force )?context(?:ual)?(?: factors?| information)?(?: overview)?"),
    (Label.DISTRIBUTION, r"(?:national )?(?:grade distribution|distribution of grades|grades? nationally)"),
    (
        Label.TRAVEL,
        r"(?:national )?(?:direction of travel distribution|distribution of directions? of travel)"
        r"|national direction of travel",
    ),
    (
        Label.SUMMARY,
        r"(?:(?:\d{4}|national|force|overall|hmic) )*summary(?: of)?(?: (?:hmic|force|the|\d{4}))*"
        r" (?:judgements?|judgments?|grades?|gradings?)|grades? awarded",
    ),
    (
        Label.END,
        r"(?:appendix|appendices|annex|annexes)(?: .{0,80})?|glossary(?: .{0,60})?|(?:table of )?contents"
        r"|abbreviations(?: .{0,40})?|force overview(?: .{0,40})?|(?:the )?grading process"
        r"|force developments(?: .{0,40})?|future hmic .{0,40}|planned inspection areas|programmed frameworks"
        r"|(?:hmic )?risk based frameworks|acknowledgements?|strategic overview|how hmic .{0,60}",
    ),
    (Label.STATEMENT, r"summary statements?"),
    (
        Label.PROSE,
        r"introduction(?: .{0,60})?|(?:key |main )?findings|conclusions?|next steps|methodology|background"
        r"|(?:executive |chapter |force )?summary|summary of (?:findings|results|grading)|overview|scope",
    ),
)
_LABELS = tuple((label, re.compile(rf"(?:{pattern})")) for label, pattern in _NAMES)
_LONGEST_LABEL = 14


def plain_words(text: str) -> str:
    """Lower case, marks gone: "Area(s) for improvement:" is "areas for improvement"."""
    words = text.lower().replace("(s)", "s").replace("’", "").replace("'", "")
    return _MARKS.sub(" ", words).strip()


def label_named(text: str) -> Label | None:
    """What these words open, if they are a label and nothing else."""
    text = _CONTINUED.sub("", fold(text))
    if not text or len(text) > 120 or text.endswith((".", ";", ",")):
        return None
    for candidate in (text, _NUMBERING.sub("", text)):
        words = plain_words(candidate)
        if words and len(words.split()) <= _LONGEST_LABEL:
            for label, pattern in _LABELS:
                if pattern.fullmatch(words):
                    return label
    return None


_NUMBERED = re.compile(
    r"^(?P<name>recommendation|cause (?:of|for) concern|area for improvement|afi)\s{1,3}"
    r"(?:no\.?\s{0,2}|number\s)?(?P<number>\d{1,3}(?:\.\d{1,2})?[a-z]?)\s{0,2}[:.–—-]?\s{0,3}(?P<rest>.{0,4000})$",
    re.I | re.S,
)


@dataclass(frozen=True)
class NumberedLabel:
    label: Label
    number: str
    rest_at: int  # where the words of the finding begin


def numbered_label(text: str) -> NumberedLabel | None:
    """ "Recommendation 3", with or without its words after it."""
    found = _NUMBERED.match(text)
    if not found:
        return None
    if found["rest"] and found["rest"][0].islower():
        return None  # "Recommendation 3 has been met"
    label = {
        "r": Label.RECOMMENDATION,
        "c": Label.CONCERN,
        "a": Label.IMPROVEMENT,
    }[found["name"][0].lower()]
    return NumberedLabel(label, found["number"], found.start("rest"))


_DIRECTIONS = {
    "improved": "improved",
    "improving": "improved",
    "improvement": "improved",
    "stable": "stable",
    "unchanged": "stable",
    "declined": "declined",
    "declining": "declined",
    "deteriorated": "declined",
    "deteriorating": "declined",
}
_FILLER_WORDS = (
    "grade grades graded grading gradings judgement judgements judgment direction directions of travel dot overall"
    " hmic force national distribution awarded given and the for in baseline assessment final current previous"
    " inspection result assessed as framework area summary forces nationally were was is with at year last"
    " previously trend change since this"
)
_FILLERS = frozenset(_FILLER_WORDS.split())
_LABEL_WORDS = frozenset({"grade", "grades", "grading", "graded", "judgement", "judgment", "judgements"})
_YEAR = re.compile(r"(?:19|20)\d\d(?:/\d{2,4})?")
_TOKEN = re.compile(r"[A-Za-z]+|\d{4}/\d{2,4}|\d+(?:\.\d+)?|[^\sA-Za-z\d]")
_LONGEST_VALUES = 24
_LONGEST_TEXT = 1000  # characters
_LONGEST_ANNOUNCEMENT = 10


@dataclass(frozen=True)
class Values:
    """A run of words that are only grades, directions, figures, years and the words that announce them."""

    grades: tuple[str, ...] = ()  # slugs, in order
    directions: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    years: tuple[str, ...] = ()
    order: str = ""  # "g" for a grade, "y" for a year, "(" for a bracket, as they follow each other
    labelled: bool = False  # "grade" or "judgement" is said
    travel: bool = False  # "direction" or "travel" is said
    previous: bool = False  # "previous" or "last year" is said

    @property
    def is_grade(self) -> bool:
        return len(self.grades) == 1 and not self.numbers and len(self.directions) <= 1

    @property
    def is_scale(self) -> bool:
        """The head of a distribution: most grades of the scale, each once."""
        return len(self.grades) >= 3 and len(set(self.grades)) == len(self.grades)


def read_announced(text: str, framework: Framework) -> Values | None:
    """The values after an announcement of a few words: "How forces did: Excellent 2, Good 17, Fair 22, Poor 2"."""
    announced, found, rest = text.rpartition(":")
    if not found or len(announced.split()) > _LONGEST_ANNOUNCEMENT or "." in announced:
        return None
    values = read_values(rest, framework)
    return values if values and values.is_scale and values.numbers else None


@lru_cache(maxsize=32)
def _long_grades(grades: tuple[Grade, ...]) -> tuple[tuple[str, ...], ...]:
    """The grades of more than one word, longest first, in small letters."""
    names = {tuple(name.lower().split()) for grade in grades for name in (grade.name, *grade.aliases)}
    return tuple(sorted((name for name in names if len(name) > 1), key=len, reverse=True))


@lru_cache(maxsize=32)
def _first_words(grades: tuple[Grade, ...]) -> frozenset[str]:
    return frozenset(name[0] for name in _long_grades(grades))


def longest_grade(framework: Framework) -> int:
    """How many words the longest name of a grade has."""
    return max((len(name) for name in _long_grades(framework.grades)), default=1)


def _join_grades(tokens: list[str], framework: Framework) -> list[str]:
    """The tokens, a grade of several words being one of them: "Meeting the standard"."""
    names = _long_grades(framework.grades)
    if not names or _first_words(framework.grades).isdisjoint(token.lower() for token in tokens):
        return tokens
    joined: list[str] = []
    at = 0
    while at < len(tokens):
        said = tuple(token.lower() for token in tokens[at : at + len(names[0])])
        length = next((len(name) for name in names if said[: len(name)] == name), 1)
        joined.append(" ".join(tokens[at : at + length]))
        at += length
    return joined


def read_values(text: str, framework: Framework) -> Values | None:
    """The values printed here; None as soon as any other word stands among them."""
    if len(text) > _LONGEST_TEXT:
        return None
    tokens = _TOKEN.findall(text)
    if not tokens or len(tokens) > 2 * _LONGEST_VALUES:
        return None
    tokens = _join_grades(tokens, framework)
    if len(tokens) > _LONGEST_VALUES:
        return None
    grades: list[str] = []
    directions: list[str] = []
    numbers: list[int] = []
    years: list[str] = []
    labelled = travel = previous = False
    order = ""
    for token in tokens:
        word = token.lower()
        grade = framework.grade_named(token) if token[0].isalpha() else None
        if grade:
            grades.append(grade.slug)
            order += "g"
        elif word in _DIRECTIONS:
            directions.append(_DIRECTIONS[word])
        elif _YEAR.fullmatch(token):
            years.append(token)
            order += "y"
        elif token.isascii() and token.isdigit():
            numbers.append(int(token))
        elif word in _FILLERS:
            labelled = labelled or word in _LABEL_WORDS
            travel = travel or word in {"direction", "travel", "dot", "trend", "change"}
            previous = previous or word in {"previous", "previously", "last"}
        elif token[0].isalnum():
            return None
        elif token in {"(", "["}:
            order += "("
    return Values(
        tuple(grades), tuple(directions), tuple(numbers), tuple(years), order, labelled, travel, previous
    )
