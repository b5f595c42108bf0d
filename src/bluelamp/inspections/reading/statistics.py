"""Which estimates does a report print, with what interval, from how many records, about which period?

Only a value with an interval or a fraction of a sample is taken: a report prints hundreds of other numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.documents.citations import Citation
from bluelamp.documents.document import Document
from bluelamp.inspections.facts import Statistic
from bluelamp.inspections.reading.peel_words import Words, find_sentences

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,7}(?:\.\d{1,4})?"
_UNIT = r"(?:percentage points?|per ?cent|%)"
_PM = r"(?:\+\s?/\s?[-–−]|±|plus or minus|\+ ?or ?[-–−])"
_VALUE = re.compile(
    rf"(?<![\d.,])({_NUMBER})\s?({_UNIT})?(?P<mid>\s*[,(]?\s*[^()+±.;]{{0,60}}?)(?P<pm>{_PM})\s?({_NUMBER})\s?({_UNIT})?(?P<close>\s*\)?)",
    re.I,
)
_LIMITS = re.compile(
    rf"(?<![\d.,])({_NUMBER})\s?({_UNIT})\s*[,(]\s*(?:with )?(?:an? )?(?:95 ?(?:%|per ?cent) )?(?:confidence interval|CI)[^()\d]{{0,40}}"
    rf"({_NUMBER})\s?(?:{_UNIT})?\s?(?:to|and|[-–−])\s?({_NUMBER})\s?(?:{_UNIT})?\s*\)?",
    re.I,
)
_RANGE = re.compile(rf"\b(?:between|from) ({_NUMBER})\s?({_UNIT})? (?:and|to) ({_NUMBER})\s?({_UNIT})", re.I)
_SHARE = re.compile(
    rf"(?<![\d.,])({_NUMBER})\s?({_UNIT})\s*\(\s*(\d[\d,]*) (?:out of|of|from)(?: the| these| those)? (\d[\d,]*)[^()]{{0,40}}\)",
    re.I,
)
_OUT_OF = re.compile(
    r"(?<![\d.,£/])\b(\d[\d,]{0,8}) (?:(out )?of)(?: the| these| those| our| its)? (\d[\d,]{0,8})\b(?![.,]?\d|/)( \w+)?",
    re.I,
)
_SAMPLE = re.compile(
    r"\b(?:sample of|reviewed|examined|audited|assessed|dip[- ]sampled|looked at)(?: a (?:further )?(?:representative |random )?sample of)?(?: a total of)? "
    r"(\d[\d,]{0,8})\b(?! ?(?:%|per ?cent))",
    re.I,
)
_NOUNS = re.compile(
    r"\b(?:cases?|records?|files?|incidents?|forms?|crimes?|reports?|victims?|calls?|investigations?|encounters?|"
    r"searches|stops|officers?|staff|people|offences?|respondents?|applications?|referrals?|visits?|replies|reviews?|posts?|logs?|occasions|responses|respondents|disclosures|assessments?|interactions)\b", re.I
)  # fmt: skip
_NO_SAMPLE = re.compile(
    r"\b(?:page|part|step|figure|section|volume|question|table|chapter|stage|recommendation|annex)s?\s*$", re.I
)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY = rf"(?:\d{{1,2}} )?{_MONTH}(?: \d{{4}})?"
_PERIOD = re.compile(
    rf"\b(?:from|between) ({_DAY} (?:to|and|until) \d{{0,2}} ?{_MONTH} \d{{4}})\b"
    rf"|\b((?:\d{{1,2}}|twelve|six|three)? ?(?:year|months?|quarter) (?:ending|to|up to|ended) (?:{_DAY}))\b"
    r"|\b(?:in|during|for) (20\d\d(?:[/–-]\d{2,4})?)\b",
    re.I,
)
_EARLIER = re.compile(
    r"\b(?:last|previous|earlier|compared (?:with|to)|down from|up from|reduction from|increase from|was)\b", re.I
)
_OF = re.compile(r"^[^\w]*(?:of|for) (?:all |its |the )?([^.;:,]{3,120})", re.I)
_CUT = re.compile(
    r"\s+(?:is|are|was|were|be|being|been|had|has|have|did|do|does|that|which|who|compared|during|over|in the year|"
    r"between|from|at our|and (?:the|this|it|we)|but|with a)(?=\s|$)",
    re.I,
)
_COUNTED = re.compile(
    r"^(?:[a-z-]+ ){0,3}?(?:%s)(?: (?:we|that|of|on|for)\b[^.;:,]{0,60})?" % _NOUNS.pattern[5:-3], re.I
)
_LEAD_IN = re.compile(r"^(?:of|among|from)(?: all)?(?: the| these| those)? ([^,]{3,120}),", re.I)
_READABLE = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING)
_SUBJECT_WORDS = 12


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    value: Decimal
    half_width: Decimal | None
    unit: str
    n: int | None = None


@dataclass(slots=True)
class _Said:
    """What earlier sentences of the paragraph said that later ones rely on."""

    sample: int | None = None
    period: str = ""
    subject: str = ""


def read_statistics(document: Document, blocks: tuple[Block, ...]) -> list[Statistic]:
    """Every estimate with an interval, and every fraction of a sample, in order."""
    return [fact for block in blocks if block.kind in _READABLE for fact in _read_block(document, block)]


def _read_block(document: Document, block: Block) -> Iterator[Statistic]:
    said, words = _Said(), Words(document, block)
    for start, end in find_sentences(block.text):
        sentence = block.text[start:end]
        _listen(said, sentence)
        for found in _find(sentence):
            if cited := words.cite(start, end):
                yield _make(sentence, found, said, cited)


def _make(sentence: str, found: _Found, said: _Said, cited: tuple[Citation, ...]) -> Statistic:
    earlier = _EARLIER.search(sentence[: found.end + 60]) is not None and said.subject != ""
    subject = _subject(sentence, found) or said.subject
    said.subject = subject or said.subject
    own = _period(sentence[max(0, found.start - 120) : found.end + 160])
    return Statistic(
        subject=subject,
        printed=sentence[found.start : found.end].strip(),
        value=found.value,
        half_width=found.half_width,
        unit=found.unit,
        n=found.n or (None if earlier else said.sample if found.half_width is not None else None),
        period=own or ("" if earlier else said.period),
        citations=cited,
    )


def _listen(said: _Said, sentence: str) -> None:
    if match := _SAMPLE.search(sentence):
        said.sample = int(match[1].replace(",", ""))
        said.period = _period(sentence) or said.period


def _period(words: str) -> str:
    match = _PERIOD.search(words)
    return next((group.strip() for group in match.groups() if group), "") if match else ""


def _find(sentence: str) -> list[_Found]:
    """The statistics of one sentence; where two readings overlap, the one that says more."""
    chosen: list[_Found] = []
    for search in (_with_half_width, _with_limits, _as_range, _as_share, _as_remainder, _as_fraction, _as_words):
        for found in search(sentence):
            if all(found.end <= other.start or found.start >= other.end for other in chosen):
                chosen.append(found)
    return sorted(chosen, key=lambda found: found.start)


def _with_half_width(sentence: str) -> Iterator[_Found]:
    position = 0
    while match := _VALUE.search(sentence, position):
        if _VALUE_BETWEEN.search(_CONFIDENCE.sub("", match["mid"])):
            position = match.end(1)  # the interval belongs to a later value
            continue
        position = match.end()
        unit = _unit(match[2] or match[6] or "")
        yield _Found(match.start(), _closed(sentence, match), _decimal(match[1]), _decimal(match[5]), unit)


_VALUE_BETWEEN = re.compile(r"\d")
_CONFIDENCE = re.compile(r"\b9[059](?:\.\d)? ?(?:%|per ?cent)", re.I)


def _closed(sentence: str, match: re.Match[str]) -> int:
    """The printed words end after the bracket only if it was opened in them."""
    opened = "(" in match[0][: match.start("pm") - match.start()]
    if opened and ")" not in match["close"]:
        closing = sentence.find(")", match.end())
        return closing + 1 if 0 <= closing - match.end() <= 60 else match.end()
    return match.end() if opened else match.end() - len(match["close"])


def _with_limits(sentence: str) -> Iterator[_Found]:
    for match in _LIMITS.finditer(sentence):
        low, high = _decimal(match[3]), _decimal(match[4])
        if low <= _decimal(match[1]) <= high:
            yield _Found(match.start(), match.end(), _decimal(match[1]), (high - low) / 2, _unit(match[2]))


def _as_range(sentence: str) -> Iterator[_Found]:
    """ "Between 80.1% and 85.3%" is an interval only where the report estimates."""
    if not _ESTIMATES.search(sentence):
        return
    for match in _RANGE.finditer(sentence):
        low, high = _decimal(match[1]), _decimal(match[3])
        if low < high:
            yield _Found(match.start(), match.end(), (low + high) / 2, (high - low) / 2, _unit(match[4]))


_ESTIMATES = re.compile(r"\bestimat|\bconfiden", re.I)


def _as_share(sentence: str) -> Iterator[_Found]:
    for match in _SHARE.finditer(sentence):
        part, whole = _count(match[3]), _count(match[4])
        if part <= whole:
            yield _Found(match.start(), match.end(), _decimal(match[1]), None, _unit(match[2]), whole)


def _as_fraction(sentence: str) -> Iterator[_Found]:
    """ "38 out of 48"; without "out" only of things that are sampled ("12 of the 40 files")."""
    for match in _OUT_OF.finditer(sentence):
        part, whole = _count(match[1]), _count(match[3])
        if part > whole or whole < 2 or _NO_SAMPLE.search(sentence[: match.start()]):
            continue
        if not match[2] and not _NOUNS.search(sentence[match.start() : match.end() + 40]):
            continue
        if not match[2] and 1900 <= whole <= 2100 and part <= 31:
            continue
        end = match.end() - len(match[4] or "")
        yield _Found(match.start(), end, Decimal(part), None, "count", whole)


def _as_words(sentence: str) -> Iterator[_Found]:
    """ "Nine of the ten records": a fraction in words, of things that are sampled."""
    for match in _IN_WORDS.finditer(sentence):
        part, whole = _WORDS.index(match[1].lower()), _WORDS.index(match[2].lower())
        if 0 < part <= whole and _NOUNS.search(match[3]):
            yield _Found(match.start(), match.end(2), Decimal(part), None, "count", whole)


_WORDS = (
    "none one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()
_IN_WORDS = re.compile(
    rf"\b({'|'.join(_WORDS)}) (?:out )?of (?:the|these|those|our) ({'|'.join(_WORDS)})((?: [a-z-]+){{1,3}})", re.I
)


def _as_remainder(sentence: str) -> Iterator[_Found]:
    """ "Of 90 files, 38 had ..." ."""
    if (match := _OF_THEM.match(sentence)) and _NOUNS.search(match[2]):
        part, whole = _count(match[3]), _count(match[1])
        if part <= whole:
            yield _Found(match.start(1), match.end(3), Decimal(part), None, "count", whole)


_OF_THEM = re.compile(
    r"^(?:of|among|from)(?: all)?(?: the| these| those| our)? (\d[\d,]{0,8}) ([^,.;]{3,120}), (?:only |just )?(\d[\d,]{0,8})"
    r"(?= (?:had|were|was|did|didn|contained|showed|met|of (?:them|these|which)|lacked|could|could|have|are)\b)",
    re.I,
)


def _subject(sentence: str, found: _Found) -> str:
    """What the value is a share of: "of ..." after it, the things counted, or "Of the ...," before it."""
    after = sentence[found.end :]
    if match := _OF.match(after):
        return _short(_CUT.split(match[1], maxsplit=1)[0])
    if (whole := _OF_THEM.match(sentence)) and whole.start(1) == found.start:
        return _short(whole[2])
    if counted := _COUNTED.match(after.lstrip()):
        return _short(_CUT.split(counted[0], maxsplit=1)[0])
    lead = _LEAD_IN.match(sentence)
    if lead and lead.end() <= found.start and not _PERIOD.search(lead[0]):
        return _short(lead[1])
    return ""


def _short(phrase: str) -> str:
    words = phrase.strip(" ,–-").split()
    return " ".join(words[:_SUBJECT_WORDS])


def _decimal(printed: str) -> Decimal:
    return Decimal(printed.replace(",", ""))


def _count(printed: str) -> int:
    return int(printed.replace(",", "") or 0)


def _unit(printed: str) -> str:
    plain = printed.lower().replace(" ", "")
    if plain.startswith("percentagepoint"):
        return "points"
    return "percent" if plain else ""
