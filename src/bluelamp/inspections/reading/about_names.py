"""Where do words name a force, and not its county, its council, or a force whose name holds the same words?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bluelamp.lib.definitions import SHIPPED, read_definition
from bluelamp.organisations.bodies import FORCE_KINDS, Body, short_names


@dataclass(frozen=True, kw_only=True)
class NamingWords:
    """definitions/vocabularies/naming.yaml."""

    suffixes: tuple[str, ...]
    needs_the: tuple[str, ...]
    bodies_beside: tuple[str, ...]
    organisations: tuple[str, ...]
    places: tuple[str, ...]
    before: tuple[str, ...]
    may_precede: tuple[str, ...]


@lru_cache(maxsize=1)
def load_naming() -> NamingWords:
    return read_definition(SHIPPED / "vocabularies" / "naming.yaml", NamingWords)


@dataclass(frozen=True, slots=True)
class Name:
    """A force as it is named at `start` to `end` of a text."""

    code: str
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Naming:
    """The names of every force, as they may stand in one document; `own` is the force that is looked for.

    `defined` are the abbreviations that the document itself defines: {"CVP": "CVP"}, by code.
    """

    bodies: Mapping[str, Body]
    own: Body
    defined: Mapping[str, str]

    @cached_property
    def _codes(self) -> dict[str, str]:
        """The code of the force behind each name; "" for the name of another body, which hides a force's."""
        found: dict[str, str] = {}
        for body in self.bodies.values():
            if body.kind in FORCE_KINDS:
                found |= {_key(name): body.code for name in _force_names(body)}
            elif body.force:
                found |= {_key(name): "" for name in (body.name, *body.aliases)}
        return {**found, **{_key(abbreviation): code for abbreviation, code in self.defined.items()}}

    @cached_property
    def _every(self) -> re.Pattern[str]:
        names = {name for body in self.bodies.values() for name in _names_in_print(body)}
        return _compile(frozenset(names | set(self.defined)))

    @cached_property
    def _quick(self) -> re.Pattern[str]:
        """Is the force perhaps named at all? Most blocks of a report do not get further than this."""
        own = {abbreviation for abbreviation, code in self.defined.items() if code == self.own.code}
        words = sorted({name.split()[0] for name in _force_names(self.own)} | own)
        return re.compile("|".join(map(re.escape, words)), re.I)

    def may_name(self, text: str) -> bool:
        return self._quick.search(text) is not None

    def find(self, text: str) -> list[Name]:
        """Every force that `text` names, in order; empty where the force looked for is not among them."""
        if not self.may_name(text):
            return []
        names = self.find_all(text)
        return names if any(name.code == self.own.code for name in names) else []

    def find_all(self, text: str) -> list[Name]:
        """Every force that `text` names, in order."""
        found = [match for match in self._every.finditer(text) if self._codes.get(_key(match["name"]))]
        kept: list[Name] = []
        for match in found:
            if not _is_anothers(text, match, kept):
                kept.append(Name(self._codes[_key(match["name"])], match.start(), match.end(), match[0]))
        return _without_joint_bodies(text, kept)


def _names_in_print(body: Body) -> tuple[str, ...]:
    if body.kind in FORCE_KINDS:
        return _force_names(body)
    return (body.name, *body.aliases) if body.force else ()


def _force_names(body: Body) -> tuple[str, ...]:
    """Its short names and those that are no longer form of them (GMP). "(..." is never part of a name."""
    short = short_names(body)
    others = [name for name in (body.name, *body.aliases) if not any(name.startswith(f"{s} ") for s in short)]
    return tuple(dict.fromkeys([*short, *others]))


# -- the pattern ------------------------------------------------------------------------------------------

_SPACE = r"\s"


@lru_cache(maxsize=16)
def _compile(names: frozenset[str]) -> re.Pattern[str]:
    """Each name as printed or in capitals, longest first, with what may follow it."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    words = "|".join(_spell(name) for name in longest_first)
    suffixes = "|".join(_either(suffix) for suffix in load_naming().suffixes)
    return re.compile(
        rf"(?<![A-Za-z’'./@_])(?P<name>{words})(?P<suffix>(?:['’]s?)?{_SPACE}(?:{suffixes}))?(?![A-Za-z_]|\d{{4}})"
    )


def _spell(name: str) -> str:
    """A name with either dash and "&", as printed or in capitals."""
    return "|".join(dict.fromkeys(_spell_as(form) for form in (name, name.upper())))


def _spell_as(name: str) -> str:
    words = [r"(?:and|AND|&)" if word in ("and", "AND", "&") else re.escape(word) for word in name.split()]
    spelt = _SPACE.join(words).replace(r"\-", r"[-‐‑–]\s?")
    return re.sub(r"['’]", "['’]", spelt)


def _either(words: str) -> str:
    return "|".join(form.replace(" ", _SPACE) for form in _cases(words))


def _cases(words: str) -> list[str]:
    """Small, with a capital first, with capitals throughout its words, and all in capitals."""
    titled = " ".join(word[:1].upper() + word[1:] for word in words.split())
    return list(dict.fromkeys((words, words.capitalize(), titled, words.upper())))


def _key(name: str) -> str:
    plain = re.sub(r"[\s‐‑–-]+", " ", name).replace("&", "and").replace("’", "'")
    return plain.casefold()


# -- is it somebody else? ---------------------------------------------------------------------------------

_CAPITALISED = r"(?:[A-Z][\w’'-]*)"
_REACH = 90  # characters after a name in which its organisation may stand
_BEHIND = 60


@lru_cache(maxsize=1)
def _organisation_after() -> re.Pattern[str]:
    """What makes a bare name an organisation's, at once or after capitalised words ("Kent and Medway NHS")."""
    words = load_naming().organisations
    either = [word for word in words if word.islower()]
    capital = [word for word in words if not word.islower()]
    forms = [form for word in either for form in _cases(word)]
    any_word = "|".join(sorted((_flexible(form) for form in {*forms, *capital}), key=len, reverse=True))
    titled = "|".join(
        sorted((_flexible(form) for form in {*forms, *capital} if form[0].isupper()), key=len, reverse=True)
    )
    between = rf"\s(?:(?:and|&)\s)?(?:{_CAPITALISED}\s(?:(?:and|of|&)\s)?){{1,4}}?"
    return re.compile(rf"(?:['’]s)?(?:\s(?:{any_word})|{between}(?:{titled}))(?!\w)")


def _flexible(words: str) -> str:
    return re.sub(r"['’]", "['’]", re.escape(words)).replace(r"\ ", _SPACE)


@lru_cache(maxsize=1)
def _place_after() -> re.Pattern[str]:
    return re.compile(rf"(?:['’]s)?\s(?:{'|'.join(load_naming().places)})(?!\w)")


@lru_cache(maxsize=1)
def _beside() -> re.Pattern[str]:
    words = "|".join(_flexible(word) for word in load_naming().bodies_beside)
    return re.compile(rf"(?:['’]s)?,?\s*(?:{words})(?!\w)")


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    words = load_naming().before
    either = "|".join(re.escape(word) for word in words if word.islower())
    capital = "|".join(re.escape(word) for word in words if not word.islower())
    return re.compile(rf"(?<!\w)(?:(?i:{either})|{capital}|{capital.upper()})(?:\.|\s(?:the\s)?)?\s?$")


_LAST_WORD = re.compile(r"(\S+)\s$")
_THE = re.compile(r"\bthe\s$", re.I)
_ADDRESS = re.compile(r"://|www\.|@|\.(?:uk|com|org|net|gov|pdf|html?)\b", re.I)
_TOKEN_END = re.compile(r"\s|$")


def _is_anothers(text: str, match: re.Match[str], kept: Sequence[Name]) -> bool:
    """Is the name found part of a longer one, of an address, or of another body's name?"""
    start, end = match.span()
    if _in_address(text, start, end):
        return True
    behind = text[max(0, start - _BEHIND) : start]
    if match["name"] in load_naming().needs_the and not match["suffix"] and not _THE.search(behind):
        return True
    follows_name = bool(kept) and not text[kept[-1].end : start].strip()
    if not follows_name and (_before().search(behind) or _lengthened(behind)):
        return True
    if match["suffix"] and not match["suffix"].lower().endswith("force"):
        return _beside().match(text, end, end + _REACH) is not None
    window = text[end : end + _REACH]
    return bool(_organisation_after().match(window) or _place_after().match(window))


def _in_address(text: str, start: int, end: int) -> bool:
    first = max(text.rfind(" ", 0, start), text.rfind("\n", 0, start)) + 1
    last = _TOKEN_END.search(text, end)
    return _ADDRESS.search(text, first, last.start() if last else len(text)) is not None


def _lengthened(behind: str) -> bool:
    """Does a capitalised word in the middle of a sentence make it the name of something longer?"""
    found = _LAST_WORD.search(behind)
    if not found or not found[1][:1].isupper() or not found[1].rstrip("’'").isalpha():
        return False
    word = found[1].lower()
    opens = not behind[: found.start()].strip() or behind[: found.start()].rstrip()[-1] in ".!?:;•–—(|"
    return not opens and word not in load_naming().may_precede


_PLURAL_BODIES = re.compile(
    rf"(?:\s?(?:,|,?\sand|\s?&)\s{_CAPITALISED}(?:\s{_CAPITALISED}){{0,2}}){{1,8}}?\s(?:\w+\s){{0,2}}"
    r"(?i:councils|police and crime commissioners|commissioners|pccs|hospitals|trusts|universities|fire services"
    r"|fire and rescue services)\b"
)


def _without_joint_bodies(text: str, names: list[Name]) -> list[Name]:
    """ "Kent, Surrey and Sussex county councils": the last name was left out already; those joined to it are
    councils' too."""
    return [name for name in names if not _PLURAL_BODIES.match(text, name.end, name.end + 2 * _REACH)]
