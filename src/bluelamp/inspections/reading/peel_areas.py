"""Which area, and which grade, does a printed name stand for?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from bluelamp.inspections.frameworks import Area, Framework, Grade, name_key
from bluelamp.inspections.reading.vocabulary import says_ungraded
from bluelamp.organisations.bodies import Body

UNGRADED = "ungraded"

_FORCE = re.compile(
    r"\b(?:[A-Z][\w’'-]*(?:,? (?:and|&|of|the))? ){1,5}(?:Police Service|Police|Constabulary)(?:['’]s?)?(?!\w)"
)
_BEFORE = re.compile(
    r"^\s*(?:(?:chapter|part|section|question|q|core question)\s*\d{1,2}\s*[:.–—-]?\s*"
    r"|\d{1,2}(?:\.\d{1,2}){0,2}[.)]?\s+|(?:overview|effectiveness|efficiency|legitimacy|summary)\s*[:–—-]\s*)",
    re.I,
)
_ASKING = re.compile(
    r"^how (?:good|effective|well|efficient|legitimate)(?:ly)? (?:is|does|are) the force(?: at)? ", re.I
)
_LABEL = re.compile(
    r"^(?:(?:our|overall|the|hmic(?:frs)?|graded) ){0,3}(?:judge?ment|grade|grading|graded?|rating)\d{0,2}"
    r"(?: is| as)?\s*[:–—-]?\s+",
    re.I,
)
_OVERALL = re.compile(r"overall (?:judge?ment|grade|grading|rating)\d{0,2}\W*$", re.I)
_NOTE_SIGN = re.compile(r"(?<=[a-z?])\d{1,2}$")
_PAIR_LONGEST = 1_500  # characters of a table that lost its rows
_HEAD_WORDS = 6
_AFTER = re.compile(r"\s*(?:[:;–—|-]|\bis\b|\bgraded?\b|\bjudged\b)?\s*\(?$", re.I)


_UNGRADED_IN_TABLES = ("Ungraded", "Not graded", "No grade")
_ENDS_UNGRADED = re.compile(r"\b(?:ungraded|not graded)$", re.I)
_FEWEST_PAIRS = 2


def _loose_key(name: str) -> str:
    """The key of a name without what varies in print: "anti-social", "its" or "the", a first "the"."""
    key = name_key(name).replace("anti-social", "antisocial").replace("re-offending", "reoffending")
    key = key.replace("-its-", "-the-").replace("counter-corruption", "countercorruption")
    return key.replace("serious-and-organised", "serious-organised").removeprefix("the-")


def _tight_key(name: str) -> str:
    return _loose_key(name).replace("-", "")


@dataclass(frozen=True)
class Names:
    """The names of one framework, as they may be printed in a report on one force."""

    framework: Framework
    subject: Body | None = None

    @cached_property
    def _areas(self) -> dict[str, Area]:
        found: dict[str, Area] = {}
        for area in self.framework.areas:
            for name in (area.name, area.slug, *area.aliases):
                found.setdefault(_loose_key(name), area)
                found.setdefault(_loose_key(_ASKING.sub("", name)), area)
        return found

    @cached_property
    def _tight_areas(self) -> dict[str, tuple[Area, str]]:
        """Each area and its name, by the letters alone: narrow columns break words ("Managin g offenders")."""
        names = [(area, name) for area in self.framework.areas for name in (area.name, *area.aliases)]
        return {_tight_key(name): (area, name) for area, name in reversed(names)}

    @cached_property
    def _tight_grades(self) -> dict[str, Grade]:
        return {_tight_key(grade.name): grade for grade in self.framework.grades}

    @cached_property
    def _grade_words(self) -> re.Pattern[str]:
        names = [*(grade.name for grade in self.framework.grades), *_UNGRADED_IN_TABLES]
        return re.compile(r"\b(" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")\b")

    @cached_property
    def _subject_names(self) -> re.Pattern[str] | None:
        if self.subject is None:
            return None
        names = sorted({self.subject.name, *self.subject.aliases}, key=len, reverse=True)
        return re.compile(r"(?:the )?\b(?:" + "|".join(re.escape(n) for n in names if n) + r")(?!\w)", re.I)

    def is_subject(self, words: str) -> bool:
        """Do the words name the force that the report is about, and nothing else?"""
        return bool(self._subject_names and self._subject_names.fullmatch(words.strip(" .:")))

    def area(self, words: str) -> Area | None:
        """The area of a heading or cell: number, pillar, question and force's own name aside."""
        if not words or len(words) > 250:
            return None
        plain = self._for_the_force(words)
        stripped = _BEFORE.sub("", plain)
        unsigned = _NOTE_SIGN.sub("", stripped)
        for candidate in (plain, stripped, _BEFORE.sub("", stripped), _ASKING.sub("", stripped), unsigned):
            if found := self._areas.get(_loose_key(candidate)):
                return found
        return None

    def cell_area(self, words: str) -> tuple[Area, str] | None:
        """The area that a table's cell names, and the name, though the column broke its words."""
        area = self.area(words)
        return (area, words) if area else self._tight_areas.get(_tight_key(words))

    def cell_grade(self, words: str) -> Grade | str | None:
        """The grade that a table's cell prints, though the column broke its words."""
        return self.grade(words) or self._tight_grades.get(_tight_key(words))

    def is_overall(self, words: str) -> bool:
        """ "Overall judgment": the pillar's, in a report on one."""
        return _OVERALL.match(words.strip()) is not None

    def _for_the_force(self, words: str) -> str:
        possessive = re.sub(r"['’]s\b", "'s", words)
        if self._subject_names:
            possessive = self._subject_names.sub("the force", possessive)
        return _FORCE.sub(
            lambda m: "the force's" if m[0].endswith("s") and "'" in m[0] else "the force", possessive
        )

    def grade(self, words: str) -> Grade | str | None:
        """The grade that stands alone in `words`; UNGRADED where they say that there is none."""
        plain = _LABEL.sub("", words).strip(" .:–-()") if words else ""
        if not plain or len(plain) > 60:
            return None
        return self.framework.grade_named(plain) or (UNGRADED if says_ungraded(plain) else None)

    def area_and_grade(self, words: str) -> tuple[Area, Grade | str] | None:
        """ "Investigating crime: Good" on one line."""
        if len(words) > 250:
            return None
        key = name_key(words)
        for grade in self.framework.grades:
            ending = name_key(grade.name)
            if not key.endswith("-" + ending):
                continue
            at = words.lower().rfind(grade.name.lower())
            if at > 0 and (area := self.area(_AFTER.sub("", words[:at]))):
                return area, grade
        ungraded = _ENDS_UNGRADED.search(words)
        area = self.area(_AFTER.sub("", words[: ungraded.start()])) if ungraded else None
        return (area, UNGRADED) if area else None

    def pairs(self, words: str, overall: Area | None) -> list[tuple[Area, str, Grade | str]]:
        """A table of areas and grades that lost its rows and stands as one line; empty if anything else is said.

        `overall`: the area of a pair that is only called "Overall judgment".
        """
        if len(words) > _PAIR_LONGEST or len(self._grade_words.findall(words)) < _FEWEST_PAIRS:
            return []
        found: list[tuple[Area, str, Grade | str]] = []
        *rest, last = self._grade_words.split(words)
        for printed, name in zip(rest[::2], rest[1::2], strict=True):
            area, own = self._area_at_end(printed.strip(" .;:|"), overall, opens=not found)
            grade = self.grade(name)
            if area is None or grade is None:
                return []
            found.append((area, own, grade))
        return [] if last.strip(" .;|") else found

    def _area_at_end(self, printed: str, overall: Area | None, *, opens: bool) -> tuple[Area | None, str]:
        """The area named; in the first pair the heads of the columns may stand before it."""
        tokens = printed.split()
        for skipped in range(min(_HEAD_WORDS, len(tokens)) + 1 if opens else 1):
            name = " ".join(tokens[skipped:])
            if area := (overall if self.is_overall(name) else self.area(name)):
                return area, name
        return None, ""

    def grade_and_areas(self, words: str) -> tuple[Grade, list[tuple[Area, str]]] | None:
        """ "Good: Investigating crime; Responding to the public"."""
        printed, colon, rest = words.partition(":")
        grade = self.framework.grade_named(printed) if colon and len(words) < 600 else None
        areas = self.areas_in(rest) if grade else []
        return (grade, areas) if grade and areas else None

    def areas_in(self, words: str) -> list[tuple[Area, str]]:
        """Area names that stand one after another in a cell, each with its words; empty if anything is left."""
        tokens = words.split()
        found: list[tuple[Area, str]] = []
        position = 0
        while position < len(tokens):
            if found and tokens[position].lower() in ("and", "&", ";", ","):
                position += 1
                continue
            for end in range(min(len(tokens), position + 20), position, -1):
                name = " ".join(tokens[position:end]).strip(" ;,•·")
                if named := self.cell_area(name):
                    found.append(named)
                    position = end
                    break
            else:
                return []
        return found
