"""What takes its force from a word that finds fault: is it supposed, wished for, planned, mended, recalled?"""

from __future__ import annotations

from decimal import Decimal

from bluelamp.figures.printed import read_printed
from bluelamp.inspections.reading.criticism_sentence import JOINS, PAST, Sentence
from bluelamp.inspections.reading.criticism_words import MARKS, Hit, is_number, words_of
from bluelamp.inspections.reading.deadlines import NUMBERS

OPENING = 9  # words in which a sentence says whom and when it speaks of
_MENDS_BEFORE = 5  # words
_MENDS_AFTER = 9
_HANDLED_BEFORE = 2

_ANY = frozenset({"any", "those", "every"})
_RELATIVES = frozenset({"that", "where", "who", "which"})


def find_void(sentence: Sentence) -> frozenset[int]:
    """The words in which a fault is only supposed, wished for, aimed at, planned or explained."""
    found: set[int] = set()
    for tag in ("purposes", "plans"):
        for hit in sentence.at(tag):
            if not sentence.is_denied(hit.start):
                found.update(range(hit.start, sentence.end_of_breath(hit.end - 1)))
    for hit in sentence.at("aims"):
        if not sentence.is_denied(hit.start):
            found.update(range(hit.start, _next_finite(sentence, hit.end)))
    for hit in sentence.at("suppositions"):
        found.update(range(hit.start, sentence.end_of_breath(hit.end - 1)))
    for hit in sentence.at("opening_suppositions"):
        if hit.start == 0 or (hit.start == 1 and sentence.tokens[0] in JOINS):
            found.update(_reach_of_opening(sentence, hit))
    for hit in sentence.at("norms"):
        found.update(_reach_of_norm(sentence, hit))
    if _is_of_what_would_be(sentence):
        found.update(range(len(sentence.tokens)))
    return frozenset(found | _in_brackets(sentence) | _in_named_cases(sentence))


def _reach_of_opening(sentence: Sentence, hit: Hit) -> range:
    """ "When ...," up to the comma; "If ..." the whole sentence, which tells only what would be."""
    if sentence.tokens[hit.start] in ("if", "unless", "should"):
        return range(hit.start, len(sentence.tokens))
    comma = sentence.end_of_breath(hit.end - 1)
    ended = comma < len(sentence.tokens) and sentence.tokens[comma] == ","
    return range(hit.start, comma) if ended else range(0)


def _reach_of_norm(sentence: Sentence, hit: Hit) -> range:
    """From the norm to the end of its part, and back over a subject that denies ("no child should")."""
    part = sentence.part_of(hit.start)
    after = sentence.tokens[hit.end : hit.end + 2]
    if after[:1] == ["have"] and after[-1] in words_of("participles"):
        return range(0)  # "should have been": it was not
    before = sentence.tokens[part.start : hit.start]
    states = not (words_of("finite") | words_of("clause_openers")).isdisjoint(before)
    only_asked = sentence.tokens[hit.start] in ("should", "must", "ought")
    return range(part.start if only_asked and not states else hit.start, part.stop)


def _is_of_what_would_be(sentence: Sentence) -> bool:
    """ "Trust could be lost if ...", "A failure to record can mean ...": nothing is said to have happened."""
    tokens = sentence.tokens
    modals = [at for at, word in enumerate(tokens) if word in _MODALS]
    if not modals:
        return False
    if "if" in tokens[modals[0] :]:
        return True
    general = (tokens[0] in _INDEFINITE or tokens[0] in _WHENEVER) and not sentence.names_the_force
    return general and not set(tokens) & PAST and not sentence.at("finding_verbs")


_MODALS = frozenset({"can", "could", "would", "may", "might"})
_WHENEVER = frozenset({"when", "where", "whenever", "wherever"})
_INDEFINITE = frozenset({"a", "an", "any", "failure", "failing", "failures", "such"})


def _next_finite(sentence: Sentence, at: int) -> int:
    end = sentence.end_of_breath(at - 1)
    return next((i for i in range(at, end) if sentence.tokens[i] in words_of("finite")), end)


def _in_brackets(sentence: Sentence) -> set[int]:
    """Words in brackets explain a term."""
    found, depth = set[int](), 0
    for at, word in enumerate(sentence.tokens):
        depth += (word == "(") - (word == ")")
        if depth > 0:
            found.add(at)
    return found


def _in_named_cases(sentence: Sentence) -> set[int]:
    """ "Cases where a victim does not ...", "people who are not ...": which are meant; unless that is the find."""
    if any(at < OPENING for at in sentence.starts("finding_verbs")) or "there" in sentence.tokens[:2]:
        return set()
    found: set[int] = set()
    for at in range(1, len(sentence.tokens)):
        word, before = sentence.tokens[at], sentence.tokens[at - 1]
        if (
            (sentence.tokens[max(0, at - 2)] in _ANY and word in _RELATIVES)
            or (word in ("where", "that") and before in words_of("cases_meant"))
            or (word == "who" and before in words_of("people_meant"))
        ):
            found.update(range(at, _end_of_clause(sentence, at)))
    return found


def _end_of_clause(sentence: Sentence, at: int) -> int:
    """The next mark, unless the clause has another after it ("..., or that did not end in court")."""
    words = sentence.tokens
    end = next((i for i in range(at, len(words)) if words[i] in MARKS), len(words))
    if words[at] != "where":
        verbs = [i for i in range(at + 1, end) if words[i] in words_of("finite")]
        end = next((i for i in verbs if i > at + 2), end)  # the verb of what the clause belongs to
    if words[end + 1 : end + 2] and words[end + 1] in ("or", "and") and _RELATIVES & set(words[end + 2 : end + 3]):
        return sentence.end_of_breath(end + 2)
    return end


# Mended --------------------------------------------------------------------------------------------------------


def is_mended(sentence: Sentence, at: int) -> bool:
    """Is this fault what something remedied, or was to remedy?"""
    part = sentence.part_of(at)
    for hit in sentence.at("handling"):
        near = hit.start in part and 0 < at - hit.end + 1 <= _HANDLED_BEFORE
        if near and sentence.subject_before(hit.start) not in words_of("inspectors"):
            return True
    tells = sentence.tokens[at] in words_of("finite")  # "work to mend this lacks direction"
    for hit in () if tells else sentence.at("remedies"):
        near = part.start <= hit.start < at and at - hit.start <= _MENDS_BEFORE
        if near and not sentence.is_denied(hit.start) and not _is_apart(sentence, hit.end, at):
            return True
    return any(
        at < hit.start < part.stop and hit.start - at <= _MENDS_AFTER and not sentence.is_denied(hit.start)
        for hit in sentence.at("mended")
    )


def _is_apart(sentence: Sentence, start: int, end: int) -> bool:
    apart = words_of("clause_openers") | words_of("finite")
    return any(word in apart or word == "," for word in sentence.tokens[start:end])


_COMPARED = (["compared", "with"], ["compared", "to"], ["down", "from"])
_MUCH = 2  # times as many before


def has_shrunk(sentence: Sentence, at: int) -> bool:
    """ "Four officers were without a licence, compared with 318 in 2023": the fault at `at` is of few by now."""
    then = next((i for i in range(at, len(sentence.tokens)) if sentence.tokens[i : i + 2] in _COMPARED), None)
    if then is None or sentence.at("scant"):
        return False
    now = [value for value in map(_count, sentence.tokens[:at]) if value is not None]
    before = _count(sentence.tokens[then + 2]) if then + 2 < len(sentence.tokens) else None
    return bool(now) and before is not None and now[-1] * _MUCH <= before


def _count(printed: str) -> Decimal | None:
    if printed in NUMBERS and printed != "a":
        return Decimal(NUMBERS[printed])
    if printed.endswith("%") or not is_number(printed):
        return None
    found = read_printed(printed)
    return found.value if found else None


# Recalled, or said of others -----------------------------------------------------------------------------------

_OF_THE_PAST = frozenset(
    {"at that time", "used to", "previously", "historically", "in the past", "had previously"}
)
_OCCASIONS = frozenset({"inspection", "report", "assessment", "visit", "concern"})
_SAYS_AT = 4  # words after "we" in which it is told what we said


def recalls_earlier(sentence: Sentence) -> bool:
    """Does it tell what inspectors said, or what was, on an earlier day?"""
    recalled = sentence.at("recalled")
    if not recalled:
        return False
    said = sentence.starts("inspector_said")
    by = {at for at in sentence.starts("inspectors") if _opens_a_clause(sentence, at)}
    told = {at + step for at in by for step in range(1, _SAYS_AT + 1)} & said
    if any(_in_one_breath(sentence, place, hit.start) for place in told for hit in recalled):
        return True
    return any(_is_of_the_past(sentence, hit) or _opens_in_the_past(sentence, hit) for hit in recalled)


def _opens_a_clause(sentence: Sentence, at: int) -> bool:
    """ "In 2018 we found", ", we found"; not "the advice we gave", "the faults that HMIC found"."""
    before = sentence.tokens[at - 1] if at else ""
    if sentence.tokens[at] == "inspection":
        return True
    return not before or not before[0].isalpha() or before in _OCCASIONS or before in _BEFORE_WE


_BEFORE_WE = frozenset({"and", "but", "time", "year", "also", "previously", "therefore", "when", "our", "hmic's"})


def recalls_a_visit(sentence: Sentence) -> bool:
    """ "In 2019 we inspected": what the next sentences say was found is of that day too."""
    came = sentence.starts("inspector_came")
    by = {at + step for at in sentence.starts("inspectors") for step in range(1, _SAYS_AT + 1)}
    return bool(came & by) and any(hit.start <= 1 for hit in sentence.at("recalled")) and not sentence.is_of_today


def _in_one_breath(sentence: Sentence, said: int, recalled: int) -> bool:
    """ "In 2018 we found", "we found in 2018"; not "we found two, one of which, in 2018, ..."."""
    return recalled <= said or "," not in sentence.tokens[said:recalled]


def _is_of_the_past(sentence: Sentence, hit: Hit) -> bool:
    """ "At that time", "used to", "previously": past even where no inspector is named."""
    words = " ".join(sentence.tokens[hit.start : hit.end]).rstrip(" ,.")
    passive = hit.start > 0 and sentence.tokens[hit.start - 1] in words_of("auxiliaries")  # "is being used to"
    return hit.start <= OPENING and words in _OF_THE_PAST and not passive


def _opens_in_the_past(sentence: Sentence, hit: Hit) -> bool:
    """ "At the 2006 assessment the force was graded ...": told of that day, and of that day alone."""
    return hit.start <= 1 and sentence.tokens[hit.end - 1] in _OCCASIONS and sentence.is_past


_OPENS_COUNT = frozenset({"of", "in", "across", "among"})
_MORE = 3
_SAID_OF = 7  # words more in which a sentence may say of whom its figures are, up to its first comma


def speaks_of_others(sentence: Sentence) -> bool:
    """Is it about forces in general or elsewhere, and not about this one?"""
    if sentence.names_the_force:
        return False
    others = min(sentence.starts("others"), default=None)
    if others is None:
        return False
    own = min(sentence.starts("own"), default=len(sentence.tokens))
    reach = OPENING + (_SAID_OF if sentence.tokens[0] in _OPENS_COUNT else _MORE)
    comma = next((at for at in range(reach) if sentence.tokens[at : at + 1] == [","]), 0)
    return others < own and others <= comma + OPENING
