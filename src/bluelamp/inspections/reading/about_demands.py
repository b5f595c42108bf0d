"""Is something demanded of every force ("All forces should", "By 31 March, chief constables should")?

A demand is told by its subject. What merely stands beside the subject ("in consultation with chief constables")
is no addressee, and what somebody else said should be done is not demanded here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from bluelamp.inspections.reading.about_words import any_of, compile_any, load_national_words
from bluelamp.inspections.reading.deadlines import find_deadline

CONDITIONAL = "It is for forces of which something holds: does it hold of this one?"
UNADDRESSED = "It does not say whom it is for."


@dataclass(frozen=True, slots=True)
class Addressed:
    """A demand on every force. `strong`: it says all, every or each, or names chief constables."""

    strong: bool
    doubt: str = ""


def addresses_all(words: str) -> Addressed | None:
    """Is the sentence a demand on every force? A list's opening ("All forces should:") may be one."""
    if not _quick().search(words) or words.rstrip().endswith("?") or _reported().search(words):
        return None
    subject = find_subject(words)
    found = _read_subject(subject) if subject is not None else None
    if found and not found.doubt and subject is not None and _IN_SOME.search(subject):
        return replace(found, doubt=CONDITIONAL)
    return found


_IN_SOME = re.compile(r"\b(?:in|for)\s(?:those\s)?forces\s(?:that|which|where|with|without|who|whose)\b", re.I)


def names_another(words: str) -> bool:
    """Is the demand's subject somebody else: the Home Office, the College, one named force's chief constable?"""
    subject = find_subject(words)
    return subject is None or _others().search(subject) is not None or _ONE_FORCE.search(subject) is not None


_ONE_FORCE = re.compile(r"\b(?:the|its)\s(?:force|chief\sconstable|constabulary)\b|\bthe\sforces\b", re.I)

# -- the subject ------------------------------------------------------------------------------------------

_MODAL = re.compile(r"\b(?:should|must|shall|ought\sto|needs?\sto|(?:is|are)\srequired\sto)\b", re.I)
_SHOULD_HAVE_DONE = re.compile(
    r"should(?:\snot|n['’]t)?\s(?:already\s)?have\s(?:been|done|made|taken|had|known|seen|given|gone|found|told|kept|put"
    r"|\w+ed\s(?:the|a|an|this|that|these|it|them|their|more|by|in|to|on|for|at|when|before|earlier|all)\b)",
    re.I,
)
_OPENS = re.compile(
    r"^.{0,80}?\b(?:(?:we|I|HMIC|HMICFRS|inspectors)(?:\s(?:also|therefore|now|further|again|strongly|would))*\s"
    r"(?:recommends?|believe|expect|think|consider|urge|suggest|encourage|want|ask|conclude)"
    r"|(?:it\sis|is)\s(?:\w+\s)?(?:important|essential|vital|imperative|crucial|necessary|right|clear)"
    r"|this\smeans|we\sare\sclear|our\sview\sis|the\srecommendation\sis)(?:\sthat)?,?\s",
    re.I,
)
_LABEL = re.compile(
    r"^\s*(?:(?:national\s)?recommendations?|areas?\sfor\simprovement|afi|rec|r)\.?\s*\(?[A-Z]?\d{0,3}(?:\.\d+)?[a-z]?\)?"
    r"\s*[:.–—-]\s*|^\s*\(?\d{1,3}[.)]\s+",
    re.I,
)
_EXPECTS = re.compile(
    r"\b(?:we|HMIC|HMICFRS)\s(?:\w+\s)?(?:expect|urge|want|ask|encourage|call\son)\s((?:all|every|each)\s.{3,80}?)\sto\s",
    re.I,
)
_RECOMMENDS = re.compile(r"\brecommends?\b(?:\sthat)?,?\s", re.I)
_LONGEST_SUBJECT = 400


def find_subject(words: str) -> str | None:
    """What stands before "should", or after "we recommend that"; None where nothing is demanded."""
    words = _LABEL.sub("", words, count=1)
    modal = _MODAL.search(words)
    if modal and not _SHOULD_HAVE_DONE.match(words, modal.start()):
        subject = words[: modal.start()]
        return _OPENS.sub("", subject, count=1)[-_LONGEST_SUBJECT:]
    expects = _EXPECTS.search(words) if modal is None else None
    if expects:
        return expects[1]
    recommends = _RECOMMENDS.search(words)
    if modal is None and recommends:
        return words[recommends.end() :][:_LONGEST_SUBJECT]
    return None


def _read_subject(subject: str) -> Addressed | None:
    elements = _elements(subject)
    named = [found for element in elements if (found := _group().match(element))]
    if named:
        return _read_group(named[0])
    ending = _CONJOINED.search(subject) if elements else None
    group = _group().match(ending[1]) if ending else None
    if group and group["quantified"]:
        return _read_group(group)
    within = [element for element in elements if _in_every_force().search(element)]
    if within and not _others().search(within[0]):
        return Addressed(strong=True)
    return None


_CONJOINED = re.compile(r"(?:,|\bbut|\band|\bso|\btherefore)\s+((?:all|every|each)\s.{3,80})$", re.I)


def _elements(subject: str) -> list[str]:
    """The parts of a subject that may be addressees: what stands beside it is left out."""
    deadline = find_deadline(subject)
    plain = subject
    if deadline:
        plain = f"{subject[: deadline.start]}, {subject[deadline.end :]}"
    pieces = [piece.strip(" ,:;–—-") for piece in re.split(r",\s|[:;]\s|\s[–—]\s|,$", plain)]
    kept = [piece for piece in pieces if piece and not _beside().match(piece)]
    cut = [_BESIDE_INSIDE.split(piece)[0] for piece in kept]
    return [
        part.strip()
        for piece in cut
        for part in re.split(r"\s(?:and|or|&)\s|^(?:and|or|both|then)\s", piece)
        if part.strip()
    ]


_BESIDE_INSIDE = re.compile(
    r"\s(?=(?:in\s(?:consultation|conjunction|partnership|collaboration|discussion)|working|together\swith|with\sthe\s(?:help|support)"
    r"|through|via|on\sbehalf|along\swith|alongside|liaising)\b)",
    re.I,
)


def _read_group(group: re.Match[str]) -> Addressed | None:
    """What stands after "forces" may say that not all of them are meant."""
    number = group["number"]
    if number and number not in ("43", "forty-three"):
        return None
    rest = group.string[group.end() :].strip()
    strong = bool(group["quantified"]) or group["noun"].lower().startswith("chief")
    if not rest or _EVERYWHERE.match(rest):
        return Addressed(strong=strong)
    if _CONDITION.match(rest):
        return Addressed(strong=strong, doubt=CONDITIONAL)
    return None if _SOME.match(rest) or _follows_name(rest) else Addressed(strong=strong)


_EVERYWHERE = re.compile(
    r"(?:of|in|from|across|for)\s(?:all|every|each|England|police\sforces|both\sEngland)\b|(?:themselves|also|now|therefore|then)\b"
    r"|(?:nationally|nationwide)\b",
    re.I,
)
_CONDITION = re.compile(
    r"(?:of\s(?:any\s)?(?:forces?\s)?)?(?:in\sforces\s)?(?:that|which|who|whose|where|without|with|not|yet\sto|still|using)\b",
    re.I,
)
_SOME = re.compile(
    r"(?:of|in|from|at|for)\s|(?:we|inspected|visited|named|listed|identified|graded|mentioned|concerned|involved)\b",
    re.I,
)


def _follows_name(rest: str) -> bool:
    return rest[:1].isupper()


@lru_cache(maxsize=1)
def _group() -> re.Pattern[str]:
    words = load_national_words().demands
    quantified = any_of(words.quantified)
    plural, single = any_of(words.forces), any_of(words.one_force)
    numbers = r"\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|forty-three"
    return re.compile(
        rf"(?:also\s|that\s|both\s)?(?:(?P<quantified>{quantified})\s(?:of\sthe\s)?(?:the\s)?)?(?:(?P<number>{numbers})\s)?"
        rf"(?:(?:other|remaining|territorial|local|home|police)\s)*(?P<noun>{plural}|(?<=each\s)(?:{single})|(?<=every\s)(?:{single}))(?!\w|['’])",
        re.I,
    )


@lru_cache(maxsize=1)
def _in_every_force() -> re.Pattern[str]:
    words = load_national_words().demands
    return re.compile(
        rf"\b(?:in|of|across|at|within)\s(?:{any_of(words.quantified)})\s(?:\d+\s)?(?:police\s)?(?:forces?|constabular(?:y|ies))\b"
        rf"|^(?:all|every|each)\s(?:police\s)?forces?['’]s?\s",
        re.I,
    )


@lru_cache(maxsize=1)
def _quick() -> re.Pattern[str]:
    """One search that most sentences do not pass."""
    return re.compile(
        r"\b(?:forces?|constables?|constabular(?:y|ies)|officers|services|leaders)\b.{0,300}\b(?:should|must|shall|ought|needs?|required)\b"
        r"|\brecommends?\b|\b(?:expect|urge|want|ask|encourage|call\son)\s(?:all|every|each)\b",
        re.I | re.S,
    )


@lru_cache(maxsize=1)
def _reported() -> re.Pattern[str]:
    return compile_any(load_national_words().demands.reported)


@lru_cache(maxsize=1)
def _others() -> re.Pattern[str]:
    others = load_national_words().demands.others
    small = any_of(each for each in others if each.islower())
    exact = any_of(each for each in others if not each.islower())
    return re.compile(rf"(?<!\w)(?:(?i:{small})|{exact})(?!\w)")


@lru_cache(maxsize=1)
def _beside() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(load_national_words().demands.beside)})(?!\w)", re.I)


def addresses_forces(words: str) -> bool:
    """Do a heading's or a cell's words say only that what stands by them is for every force ("To all forces")?"""
    plain = _FOR.sub("", words.strip(" .:*"), count=1)
    found = _group().match(plain)
    if found is None or _read_group(found) is None:
        return False
    rest = plain[found.end() :].strip()
    return not rest or _EVERYWHERE.match(rest) is not None or rest.lower().startswith(("and ", "& ", ", "))


_FOR = re.compile(
    r"^(?:(?:our|national|list\sof|summary\sof)\s)*(?:recommendations?\s(?:for|to)|for|to|addressed\sto)\s(?:the\s)?",
    re.I,
)


def asks_for_change(words: str) -> bool:
    """ "Forces should review ...", "We recommend ...": not "forces should have a policy"."""
    return _RECOMMENDS.search(words) is not None or _changes().search(words) is not None


@lru_cache(maxsize=1)
def _changes() -> re.Pattern[str]:
    return re.compile(rf"\bshould\s(?:\w+ly\s)?(?:{any_of(load_national_words().demands.changes)})\b", re.I)


def opens_with_order(words: str) -> bool:
    """Does it begin with what is to be done ("Count what is held", "By 1 May, review ...")?"""
    deadline = find_deadline(words)
    plain = words[deadline.end :] if deadline and deadline.start == 0 else words
    return _orders().match(plain.lstrip(" ,:")) is not None


@lru_cache(maxsize=1)
def _orders() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(load_national_words().demands.orders)})(?!\w)", re.I)


# -- headings ---------------------------------------------------------------------------------------------


def states_standards(heads: tuple[str, ...]) -> bool:
    """Does it stand under a heading under which "should" says what is good, not what is demanded? The report's own
    title, outermost, says nothing of that."""
    inner = heads[-1:] if len(heads) < 3 else heads[-2:]
    return any(_standards().match(_NUMBER.sub("", head)) for head in inner)


def is_recommending(heads: tuple[str, ...]) -> bool:
    return any(_recommending().search(head) for head in heads)


_NUMBER = re.compile(r"^\s*(?:(?:annex|appendix|chapter|part)\s[A-Z\d]{1,2}|\d[\d.]*)\s?[:.)–—-]?\s+", re.I)


@lru_cache(maxsize=1)
def _standards() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(load_national_words().demands.standards)})(?!\w)", re.I)


@lru_cache(maxsize=1)
def _recommending() -> re.Pattern[str]:
    return compile_any(load_national_words().demands.recommendations)
