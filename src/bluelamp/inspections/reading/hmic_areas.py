"""Which area of the framework does a heading, or the first cell of a row, name?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bluelamp.inspections.frameworks import Area, Framework, name_key
from bluelamp.inspections.reading.hmic_words import Values, longest_grade, read_values
from bluelamp.lib.text import fold

_CODE = re.compile(
    r"^(?:(?:[Ff]ramework|[Aa]rea|[Ss]ection|[Dd]omain)\s{1,3})?[(\[]?(?P<code>[1-7]\s?[A-G])[)\]]?[.:)]?\s{0,3}[–—-]?\s{0,3}(?=[A-Za-z&])"
)
_TRAILING_CODE = re.compile(
    r"\s{0,3}[(\[](?:(?:[Ff]ramework|[Aa]rea|[Dd]omain)\s{1,3})?(?P<code>[1-7]\s?[A-G])[)\]]\s{0,3}$"
)
_NUMBERING = re.compile(r"^\d{1,2}(?:\.\d{1,2}){0,2}[.):]?\s{1,4}(?=[A-Za-z])")
_YEAR = re.compile(r"^20\d\d(?:[/–-]\d{2,4})?\s{1,3}(?=[A-Za-z])")
_CONTINUED = re.compile(r"\s{0,3}[(\[]?\b(?:continued|cont['’]?d|cont)\b\.?[)\]]?\s{0,3}$", re.I)
_DASH = re.compile(r"\s{1,4}[–—-]{1,2}\s{1,4}|:\s{1,4}|\s{0,2}[–—]\s{0,2}")
_PART = re.compile(r"^(?:part|chapter|section|framework|area|theme|phase|annex)\b(?:\s{1,3}[\w.]{1,10})?$", re.I)
_WHOLE = frozenset(
    {"overview", "general", "introduction", "summary", "overall", "generic", "cross-cutting-issues"}
)
_COMMON = frozenset(
    {"crime", "crimes", "force", "management", "managing", "people", "police", "policing", "reducing"}
    | {"reduction", "service", "services", "working"}
)
"""Words of so many areas' names that they tell none from another."""
_LONGEST = 18
_CODE_LONGEST = 24  # characters


@dataclass(frozen=True)
class NamedArea:
    area: Area
    printed: str
    code: str = ""


@dataclass(frozen=True)
class AreaRow:
    """An area's name and, after it, nothing but values."""

    named: NamedArea
    values: Values


class AreaNames:
    """The names in print of one framework's areas."""

    def __init__(self, framework: Framework) -> None:
        self._framework = framework
        self._patience = longest_grade(framework)
        self._by_key: dict[str, Area] = {}
        for area in framework.areas:
            for name in (area.name, area.slug, *area.aliases):
                self._by_key.setdefault(name_key(name), area)
        self._by_code = {area.code: area for area in framework.areas if area.code}

    def heading(self, text: str) -> NamedArea | None:
        """The area that these words name and nothing else: "1A Fairness", "Protecting people – Child abuse"."""
        text = _CONTINUED.sub("", fold(text))
        if not text or len(text) > 160 or text.endswith((".", ";", ",")):
            return None
        text = _YEAR.sub("", text)
        code, name = self._take_code(text.rstrip(":"))
        area = self._named(name) or self._named(_NUMBERING.sub("", name))
        coded = self._by_code.get(code)
        if area is None and coded and self._is_akin(coded, name):
            area = coded
        if area is None:
            area = self._in_two_halves(name)
        return NamedArea(area, text.rstrip(":"), code) if area else None

    def row(self, text: str) -> AreaRow | None:
        """The area named first, and the values after it."""
        text = fold(text)
        words = text.split(" ")
        if len(words) < 2 or len(words) > _LONGEST + 12:
            return None
        unread = 0  # words that are no value; the end of a grade of several words is none either
        for count in range(len(words) - 1, 0, -1):
            values = read_values(" ".join(words[count:]), self._framework)
            if values is None:
                unread += 1
                if unread >= self._patience:
                    return None
                continue
            unread = 0
            if count > _LONGEST:
                continue
            named = self.heading(" ".join(words[:count]).rstrip(" :–-|"))
            if named:
                return AreaRow(named, values)
        return None

    def mentioned(self, sentence: str) -> list[NamedArea]:
        """Areas that a sentence mentions with their code: "Volume Crime Reduction (2A)"; else by their names."""
        found: dict[str, tuple[int, NamedArea]] = {}
        key = f"-{name_key(sentence)}-"
        names = sorted(self._by_key.items(), key=lambda item: -len(item[0]))
        taken: list[tuple[int, int]] = []
        for name, area in names:
            at = key.find(f"-{name}-")
            if at == -1 or "-" not in name or any(a <= at < b for a, b in taken):
                continue
            taken.append((at, at + len(name)))
            found.setdefault(area.slug, (at, NamedArea(area, _as_printed(name, sentence) or area.name, area.code)))
        return [named for _, named in sorted(found.values(), key=lambda pair: pair[0])]

    def _take_code(self, text: str) -> tuple[str, str]:
        first = _CODE.match(text)
        if first:
            return first["code"].replace(" ", ""), text[first.end() :]
        last = _TRAILING_CODE.search(text[-_CODE_LONGEST:])
        if last:
            return last["code"].replace(" ", ""), text[: len(text) - len(last.group())]
        return "", text

    def _named(self, name: str) -> Area | None:
        return self._by_key.get(name_key(name))

    def _is_akin(self, area: Area, name: str) -> bool:
        """Does a printed name share a telling word with the area whose code stands beside it?"""
        values = (read_values(word, self._framework) for word in name.split()[-3:])
        if any(held and (held.grades or held.directions) for held in values):
            return False  # a row of a table: its last words are values
        said = {word for word in name_key(name).split("-") if len(word) > 4} - _COMMON
        return any(said & set(name_key(known).split("-")) for known in (area.name, *area.aliases))

    def _in_two_halves(self, name: str) -> Area | None:
        for cut in _DASH.finditer(name):
            first, part = name[: cut.start()], name[cut.end() :]
            whole, inner = self._named(first), self._named(part)
            if whole is None and not (inner and _PART.match(first)):
                continue
            if inner:
                return inner
            if whole and name_key(part) in _WHOLE:
                return whole
        return None


def _as_printed(key: str, sentence: str) -> str:
    """The words of a sentence behind a folded name: "volume-crime-reduction" is "Volume Crime Reduction"."""
    found = re.search(r"\b" + r"[^0-9A-Za-z]{1,3}".join(map(re.escape, key.split("-"))) + r"\b", sentence, re.I)
    return fold(found.group()) if found else ""
