"""Which words of a sentence find fault: named faults, denials, demands, figures on the wrong side?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bluelamp.inspections.reading.criticism_pardons import OPENING, has_shrunk, is_mended
from bluelamp.inspections.reading.criticism_sentence import Sentence
from bluelamp.inspections.reading.criticism_words import MARKS, is_number, words_of


@dataclass(frozen=True, slots=True)
class Cue:
    """The word at which fault is found, and how hard."""

    at: int
    strength: str
    demand: bool = False  # it asks for better


_GRAVEST = "serious"
_REACH = 8  # words after a denial in which it is seen what it denies
_BEFORE = 4  # words before a fault in which it is denied
_OUTRIGHT = frozenset({"nobody", "none", "never", "nothing"})
_OF_ALL = frozenset({"nobody", "none", "nothing", "neither"})  # as subjects they deny all that is said of them


def find_cues(sentence: Sentence, void: frozenset[int]) -> list[Cue]:
    """What finds fault outside `void`, the words that only suppose, wish or plan."""
    void = void | _looked_for_in_vain(sentence)
    cues, denied = _named_faults(sentence, void)
    cues += _denials(sentence, void | denied)
    none_left = max((hit.end for hit in sentence.at("none_left")), default=0)
    cues = [cue for cue in cues if cue.at >= none_left and not has_shrunk(sentence, cue.at)]
    scant = sentence.starts("scant") - void - sentence.neutral
    cues += [
        Cue(at, "plain")
        for at in scant
        if not _denies_unwelcome(sentence, at) and not _lessens_a_fault(sentence, at)
    ]
    cues += _demands(sentence)
    cues += _wrong_figures(sentence, void)
    cues += _taken_for_another(sentence, void)
    return cues


def _named_faults(sentence: Sentence, void: frozenset[int]) -> tuple[list[Cue], frozenset[int]]:
    """Faults by their own words, and the denials that deny one ("no backlog") and so find none themselves."""
    cues, used = list[Cue](), set[int]()
    for hit in sentence.at("faults"):
        if hit.start in void or hit.start in sentence.neutral:
            continue
        if hit.end - 1 in sentence.neutral and hit.strength != _GRAVEST:
            continue  # "is at risk of harm" names a risk; "puts children at risk" says who is to blame
        denial = _denial_before(sentence, hit.start)
        if denial is not None:
            used.add(denial)
        elif not is_mended(sentence, hit.start):
            cues.append(Cue(hit.start, hit.strength))
    return cues, frozenset(used)


def _lessens_a_fault(sentence: Sentence, at: int) -> bool:
    """ "Officers are taken away less often than in 2019": the fault stands before, and was greater."""
    part = sentence.part_of(at)
    faults = sentence.starts("faults") - sentence.neutral
    then = any(hit.start == at for hit in sentence.at("mended"))
    return then and any(part.start <= place < at for place in faults)


def _taken_for_another(sentence: Sentence, void: frozenset[int]) -> Iterable[Cue]:
    """ "In 22 of 61 cases, stalking had been recorded as harassment"; not "recorded as a crime"."""
    first = sentence.tokens[:3]
    counted = len(first) == 3 and first[0] == "in" and is_number(first[1]) and first[2] == "of"
    for hit in sentence.at("named_as") if counted else ():
        if (
            hit.start not in void
            and sentence.tokens[hit.end : hit.end + 1]
            and (sentence.tokens[hit.end] not in words_of("named_rightly"))
        ):
            yield Cue(hit.start, "plain")


# Denials -------------------------------------------------------------------------------------------------------


def _is_denial(sentence: Sentence, at: int) -> bool:
    if at not in sentence.starts("denials") or at in sentence.neutral:
        return False
    scant = sentence.tokens[at] in ("few", "little")
    return not (scant and at - 1 in sentence.starts("not_scant"))


def _denial_before(sentence: Sentence, at: int) -> int | None:
    """The denial that the word at `at` stands under, in the same breath; None where there is none."""
    part = sentence.part_of(at)
    undone = (*sentence.at("remedies"), *sentence.at("handling"))
    remedies = {place for hit in undone for place in range(hit.start, hit.end)} | _known(sentence, at)
    for place in _places_before(sentence, part, at):
        token = sentence.tokens[place]
        if token in words_of("clause_openers") or token in MARKS or place in remedies:
            return None
        if _is_denial(sentence, place):
            return place
    return None


_KNOWS = ("aware", "understand", "understood", "know", "monitor", "recognis", "identif", "track", "record")
_DEFINITE = frozenset({"the", "these", "those", "its", "their"})


def _known(sentence: Sentence, at: int) -> set[int]:
    """ "Not aware of the delays": the fault is there, and is not known of; not "did not find any delays"."""
    verbs = (place for place in range(max(0, at - _BEFORE), at) if sentence.tokens[place].startswith(_KNOWS))
    return {place for place in verbs if not _DEFINITE.isdisjoint(sentence.tokens[place + 1 : at])}


def _places_before(sentence: Sentence, part: range, at: int) -> Iterable[int]:
    yield from range(at - 1, max(part.start, at - _BEFORE - 1) - 1, -1)
    if _is_of_all(sentence, part.start) and not _is_owed_between(sentence, part.start, at):
        yield part.start


def _is_owed_between(sentence: Sentence, start: int, end: int) -> bool:
    return any(start < place < end for place in _owed(sentence))


def _owed(sentence: Sentence) -> frozenset[int]:
    """What a force is there to do; not what inspectors did ("the files we looked at")."""
    ours = words_of("inspectors")
    places = sentence.starts("remedies", "duties") - sentence.neutral
    return frozenset(at for at in places if not (at and sentence.tokens[at - 1] in ours))


def _denials(sentence: Sentence, void: frozenset[int]) -> Iterable[Cue]:
    """What is missing: "does not record", "no plan", "few audits". Not what one is well rid of: "no delays"."""
    for hit in sentence.at("denials"):
        at = hit.start
        if at in void or not _is_denial(sentence, at) or _denies_unwelcome(sentence, at):
            continue
        if _is_of_inspectors(sentence, at) and not _speaks_of_a_find(sentence, at):
            continue
        if sentence.tokens[at] == "without" and _denial_in(sentence, sentence.part_of(at).start, at):
            continue  # "nobody starts without"
        if _is_kept_back(sentence, at):
            continue
        if any(word.isalpha() or word == ":" for word in sentence.tokens[at + 1 : at + 3]):
            yield Cue(at, "strong" if sentence.tokens[at] in _OUTRIGHT else "plain")


def _denial_in(sentence: Sentence, start: int, end: int) -> bool:
    return any(_is_denial(sentence, place) for place in range(start, end))


def _is_kept_back(sentence: Sentence, at: int) -> bool:
    """ "Cannot be closed until a supervisor has seen it": a safeguard, not a fault."""
    part = sentence.part_of(at)
    modal = sentence.tokens[at - 1 : at] in (["can"], ["may"], ["must"]) if at else False
    return modal and not {"until", "unless"}.isdisjoint(sentence.tokens[at : part.stop])


def _denies_unwelcome(sentence: Sentence, at: int) -> bool:
    """Is what is denied something that nobody wants? Not across a duty ("does not record complaints")."""
    unwelcome = sentence.starts("unwelcome") | (sentence.starts("faults") - sentence.neutral)
    ours = sentence.subject_before(at) in words_of("inspectors")
    owed = _owed(sentence) - unwelcome
    for place in _reach_of_denial(sentence, at):
        if place in owed and not ours:
            return False
        if place in unwelcome:
            return True
    return False


def _reach_of_denial(sentence: Sentence, at: int) -> Iterable[int]:
    part = sentence.part_of(at)
    of_all = _is_of_all(sentence, at)
    for place in range(at + 1, part.stop if of_all else min(part.stop, at + 1 + _REACH)):
        token = sentence.tokens[place]
        if token in MARKS or (token in words_of("clause_openers") and place - at > 2 and not of_all):
            return
        yield place


def _is_of_all(sentence: Sentence, at: int) -> bool:
    """Nobody, none, no one: what is denied of all is denied to the end."""
    return sentence.tokens[at] in _OF_ALL or sentence.tokens[at : at + 2] == ["no", "one"]


def _looked_for_in_vain(sentence: Sentence) -> frozenset[int]:
    """A fault that inspectors looked for and did not find: "no evidence of bias", "we did not see any delay"."""
    found: set[int] = set()
    faults = sentence.starts("unwelcome") | (sentence.starts("faults") - sentence.neutral)
    for hit in sentence.at("denials"):
        part = sentence.part_of(hit.start)
        if not _is_denial(sentence, hit.start) or not any(hit.start < at < part.stop for at in faults):
            continue
        signs = words_of("signs") & set(sentence.tokens[hit.start + 1 : hit.start + 3])
        if signs or (_is_of_inspectors(sentence, hit.start) and _speaks_of_a_find(sentence, hit.start)):
            found.update(range(hit.start, part.stop))
    return frozenset(found)


def _is_of_inspectors(sentence: Sentence, at: int) -> bool:
    """Is it inspectors who did not: "we did not inspect", "we give no grade", "nor did we test"?"""
    inspectors = words_of("inspectors")
    before, after = sentence.tokens[max(0, at - 2) : at], sentence.tokens[at + 1 : at + 3]
    return (
        sentence.subject_before(at) in inspectors
        or (len(before) == 2 and before[0] in inspectors and before[1] not in MARKS)
        or (len(after) == 2 and after[0] in words_of("auxiliaries") and after[1] in inspectors)
        or (len(after) == 2 and after[0] in inspectors)
    )


def _speaks_of_a_find(sentence: Sentence, at: int) -> bool:
    """ "We did not find", "we saw little": inspectors speak of the force there; else of their own work."""
    verbs = sentence.starts("finding_verbs")
    return any(place in verbs for place in range(at - 2, at + 5))


# Demands -------------------------------------------------------------------------------------------------------

_ASKS = frozenset({"needs", "need", "must", "should", "could", "still", "now", "also"})
_ASKING = frozenset({"police", "constabulary", "and", "still", "also", "now", ",", "therefore", "but", "urgently"})
_NOT_ASKED = frozenset(
    {"the", "a", "victims", "people", "children", "public", "who", "what", "you", "forces", "no"}
)
_ANNOUNCED = 8  # words
_NAMES_NONE = frozenset({"where", "who", "whom"})
_NOUN_BEFORE = frozenset({"not", "no", "the", "a", "any"})


def _demands(sentence: Sentence) -> Iterable[Cue]:
    """ "The force needs to improve"; not "forces need to", "areas where it needs to", "the need to"."""
    for hit in sentence.at("demands"):
        before = sentence.tokens[hit.start - 1] if hit.start else ""
        if hit.start in sentence.neutral or before in _NOUN_BEFORE:
            continue
        if any(place <= hit.start < place + _ANNOUNCED for place in sentence.starts("announcing")):
            continue
        if _NAMES_NONE & set(sentence.tokens[max(0, hit.start - OPENING) : hit.start]):
            continue
        asks = before and sentence.tokens[hit.start] in _ASKS
        better = sentence.tokens[hit.end - 1] == "improve" and before not in _NOT_ASKED
        if asks and not better and not _is_asked(sentence, hit.start - 1):
            continue
        yield Cue(hit.start, "plain", demand=True)


def _is_asked(sentence: Sentence, at: int) -> bool:
    """May the word be of whom, or of what, something is asked?"""
    if at in sentence.starts("needing") or sentence.tokens[at] in _ASKING:
        return True
    return sentence.names_the_force and sentence.tokens[at] not in _NOT_ASKED


# Figures -------------------------------------------------------------------------------------------------------

_WRONG_SIDES = (
    ("rises", ("measured_bad",), "measured_good"),
    ("falls", ("measured_good",), "measured_bad"),
    ("higher", ("measured_bad", "measured_bad_beside"), "measured_good"),
    ("lower", ("measured_good",), "measured_bad"),
)
_SHARE = re.compile(r"(\d+(?:\.\d+)?) ?(?:%|percent|per cent)")
_AGAINST = frozenset({"against", "compared", "from", "down", "up"})


def _wrong_figures(sentence: Sentence, void: frozenset[int]) -> Iterable[Cue]:
    """A measure that stands or has moved on the wrong side: "lower than the national rate", "complaints rose"."""
    for moves, measures, against in _WRONG_SIDES:
        if moves in ("higher", "lower") and not sentence.at("compared"):
            continue
        for at in sentence.starts(moves) - void - sentence.neutral:
            part = sentence.part_of(at)
            if moves == "higher" and _is_no_longer(sentence, at):
                continue  # "no longer lets them wait for more than 72 hours"
            measured = any(place in part for place in sentence.starts(*measures))
            better = any(place in part for place in sentence.starts(against))
            if measured and not better and _denial_before(sentence, at) is None:
                yield Cue(at, "plain")
    worse = _worse_share(sentence)
    if worse is not None and worse not in void:
        yield Cue(worse, "plain")


def _is_no_longer(sentence: Sentence, at: int) -> bool:
    part = sentence.part_of(at)
    return any(sentence.tokens[i : i + 2] == ["no", "longer"] for i in range(part.start, at))


def _worse_share(sentence: Sentence) -> int | None:
    """ "61 percent of files were sound, against 84 percent in 2021": where they are set against each other."""
    shares = [(found.start(), float(found[1])) for found in _SHARE.finditer(sentence.words.lower())]
    if len(shares) != 2 or (sentence.at("measured_bad") and sentence.at("measured_good")):
        return None
    (first, now), (second, before) = shares
    between = sentence.words[first:second].lower().split()
    at = next((place for place, word in enumerate(sentence.tokens) if word in _AGAINST), None)
    if at is None or _AGAINST.isdisjoint(between):
        return None
    fell, rose = now < before, now > before
    good, bad = sentence.starts("measured_good", "shared_good"), sentence.starts("measured_bad")
    return at if (fell and good) or (rose and bad) else None


# Faint words ---------------------------------------------------------------------------------------------------

_FAINT_IN_A_FIND = 2  # "We found that referrals were sometimes made only after ..."
_TURNS_INSIDE = frozenset({"but", "however", "although", "yet"})


def find_faint_cues(sentence: Sentence, void: frozenset[int]) -> list[Cue]:
    """A faint word beside a contrast ("But some teams ...") finds fault, mildly, where nothing is praised."""
    found = bool(sentence.at("found_now")) and sentence.tokens[0] in words_of("inspectors")
    turn = next((at for at in sorted(sentence.starts("contrasts")) if _turns_at(sentence, at)), None)
    start = 0 if turn is None and found else turn
    if start is None or sentence.at("announcing"):
        return []
    if any(at > start for at in sentence.starts("praise") - sentence.neutral):
        return []
    faint = [at for at in sentence.starts("faint") - void - sentence.neutral if at >= start]
    fewest = 1 if turn is not None else _FAINT_IN_A_FIND
    return [Cue(min(faint), "hedged")] if len(faint) >= fewest else []


def _turns_at(sentence: Sentence, at: int) -> bool:
    return at == 0 or sentence.tokens[at] in _TURNS_INSIDE
