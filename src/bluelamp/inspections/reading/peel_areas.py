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
    r"^(?:our |overall |the |hmic(?:frs)? )?(?:judge?ment|grade|grading|graded?|rating)(?: is| as)?\s*[:–—-]?\s+",
    re.I,
)
_AFTER = re.compile(r"\s*(?:[:;–—|-]|\bis\b|\bgraded?\b|\bjudged\b)?\s*\(?$", re.I)


def _loose_key(name: str) -> str:
    """The key of a name without what varies in print: "anti-social", "its" or "the", a first "the"."""
    key = name_key(name).replace("anti-social", "antisocial").replace("re-offending", "reoffending")
    key = key.replace("-its-", "-the-").replace("counter-corruption", "countercorruption")
    return key.replace("serious-and-organised", "serious-organised").removeprefix("the-")


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
        for candidate in (plain, stripped, _BEFORE.sub("", stripped), _ASKING.sub("", stripped)):
            if found := self._areas.get(_loose_key(candidate)):
                return found
        return None

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
        return None

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
                if area := self.area(name):
                    found.append((area, name))
                    position = end
                    break
            else:
                return []
        return found
