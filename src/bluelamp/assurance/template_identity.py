"""Which item is a row of a returned template about?

The hidden mark is asked first, then the reference in print, then the source's number and page, then the words.
What was asked first is believed only as far as the words do not speak against it: a wrong match is worse than a
conflict, since a conflict goes to a person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bluelamp.assurance.reading_pages import parse_page_reference
from bluelamp.assurance.template_likeness import ALIKE, Likeness, Wordbook, Wording, plain
from bluelamp.assurance.template_mark import Carrier, show_number
from bluelamp.assurance.template_model import TemplateItem
from bluelamp.assurance.template_return import ReturnedRow

_CLOSE = 0.85  # a reworded row without any reference is taken for the item it is so much like...
_MARGIN = 0.1  # ...where no other item is nearly as much like it
_RIVAL_MARGIN = 0.15
_LONG_ENOUGH = 40  # characters: the very words of one item, of this length, name it


class How(StrEnum):
    HIDDEN = "hidden"
    REFERENCE = "reference"
    NUMBER_AND_PAGE = "number+page"
    WORDS = "words"
    ABOVE = "above"  # it goes on with the row above
    NONE = "none"


class Certainty(StrEnum):
    CERTAIN = "certain"
    LIKELY = "likely"
    UNSURE = "unsure"


_FAR = Likeness(Wording.OTHER, 0.0)


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Which item, how that is known, and what speaks against it. `rivals` are the items it may be as well."""

    reference: str = ""
    how: How = How.NONE
    certainty: Certainty = Certainty.UNSURE
    reason: str = ""
    likeness: Likeness = field(default=_FAR)
    rivals: tuple[str, ...] = ()

    @property
    def is_conflict(self) -> bool:
        return bool(self.rivals)


class Identifier:
    """Knows the items; `is_known` says whether the template is one that this workspace sent."""

    def __init__(self, items: Mapping[str, TemplateItem], *, is_known: bool, template: str = "") -> None:
        self._items = items
        self._is_known = is_known
        self._template = template
        self._by_source_number: dict[str, list[str]] = {}
        for reference, item in items.items():
            self._by_source_number.setdefault(plain(item.source_number), []).append(reference)
        self._book = Wordbook(
            (reference, item.all_words, " ".join(item.notes_shown)) for reference, item in items.items()
        )

    def identify(self, row: ReturnedRow) -> Identity:
        words = plain(row.words)
        found = self._by_mark(row, words)
        if found is not None:
            return found
        found = self._by_reference(row, words) or self._by_number(row, words) or self._by_words(words)
        if found.certainty is Certainty.CERTAIN and row.marks:
            return _with(found, Certainty.LIKELY, f"{found.reason} But its mark is not this workspace's.")
        if found.certainty is Certainty.CERTAIN and row.reference not in {"", found.reference}:
            return _with(found, Certainty.LIKELY, f"{found.reason} But it is printed as {row.reference}.")
        return found

    def compare(self, words: str, reference: str) -> Likeness:
        """How these words compare with the item's."""
        return self._book.compare(plain(words), reference)

    def _by_mark(self, row: ReturnedRow, words: str) -> Identity | None:
        ours = [mark for mark in row.marks if mark.is_ours]
        sure = [mark.reference for mark in ours if mark.carrier is Carrier.ROW]
        # A name stays where it was when a program sorts or adds rows: beside no words it says nothing.
        found = tuple(dict.fromkeys(sure or [mark.reference for mark in ours if words]))
        if not found:
            return None
        known = tuple(each for each in found if each in self._items)
        if len(found) > 1:
            said = " and ".join(found)
            return Identity(how=How.HIDDEN, rivals=known or found, reason=f"This row carries the marks of {said}.")
        if not known:
            reason = f"Its mark names {found[0]}, which is not among the items this template can answer."
            return Identity(how=How.HIDDEN, rivals=found, reason=reason)
        reference = found[0]
        against = self._reference_against(row, reference) or self._number_against(row, words, reference)
        weighed = against or self._weigh(words, reference, How.HIDDEN, "mark")
        others = {mark.template for mark in ours if mark.template} - {self._template}
        if weighed.certainty is Certainty.CERTAIN and self._template and others:
            numbers = _list(sorted(show_number(each) for each in others))
            return _with(weighed, Certainty.LIKELY, f"{weighed.reason} But it went out in template {numbers}.")
        return weighed

    def _by_reference(self, row: ReturnedRow, words: str) -> Identity | None:
        if row.reference not in self._items:
            return None
        found = self._weigh(words, row.reference, How.REFERENCE, "printed reference")
        if found.likeness.wording is Wording.NONE and not found.is_conflict:
            return _with(
                found, Certainty.LIKELY, f"It is printed as {row.reference}, and has no words to compare."
            )
        return found

    def _by_number(self, row: ReturnedRow, words: str) -> Identity | None:
        """The source's number with its page; with words that agree where either is missing."""
        found = self._numbered(row)
        if row.page_ref:
            found = [each for each in found if _same_page(row.page_ref, self._items[each].page_ref)]
        if len(found) != 1:
            return None
        reference = found[0]
        likeness = self._book.compare(words, reference)
        if not row.page_ref and likeness.wording in {Wording.NONE, Wording.UNSURE, Wording.OTHER}:
            return None
        weighed = self._weigh(words, reference, How.NUMBER_AND_PAGE, "number and page")
        if weighed.certainty is Certainty.CERTAIN and likeness.wording is not Wording.SAME:
            reason = f"Its number and page are those of {reference}, and its words are like them."
            return _with(weighed, Certainty.LIKELY, reason)
        return weighed

    def _by_words(self, words: str) -> Identity:
        exact = self._book.exactly(words)
        if len(exact) == 1:
            sure = self._is_known and len(words) >= _LONG_ENOUGH
            return Identity(
                reference=exact[0],
                how=How.WORDS,
                certainty=Certainty.CERTAIN if sure else Certainty.LIKELY,
                reason=f"Its words are those of {exact[0]} and of no other.",
                likeness=Likeness(Wording.SAME, 1.0),
            )
        if exact:
            return Identity(how=How.WORDS, rivals=exact, reason=f"Its words are those of {_list(exact)} alike.")
        return self._by_part(words) or self._by_likeness(words)

    def _by_part(self, words: str) -> Identity | None:
        held = self._book.holding(words)
        if not held:
            return None
        if len(held) > 1:
            return Identity(how=How.WORDS, rivals=held, reason=f"Its words stand in each of {_list(held)}.")
        return Identity(
            reference=held[0],
            how=How.WORDS,
            certainty=Certainty.LIKELY,
            reason=f"Its words are a part of those of {held[0]}.",
            likeness=Likeness(Wording.PART, 0.0),
        )

    def _by_likeness(self, words: str) -> Identity:
        nearest = self._book.nearest(words) if words else []
        if not nearest:
            return Identity()
        best, alike = nearest[0]
        second = nearest[1][1] if len(nearest) > 1 else 0.0
        if alike >= _CLOSE and alike - second >= _MARGIN:
            return Identity(
                reference=best,
                how=How.WORDS,
                certainty=Certainty.LIKELY,
                reason=f"Its words are much like those of {best} ({alike:.0%}), and of no other.",
                likeness=Likeness(Wording.REWORDED, alike),
            )
        if alike < ALIKE:
            reason = f"Its words are those of no item; the nearest is {best} ({alike:.0%} alike)."
            near = [best] if alike >= ALIKE - _RIVAL_MARGIN else []
            return Identity(how=How.WORDS if near else How.NONE, rivals=tuple(near), reason=reason)
        rivals = tuple(key for key, each in nearest if alike - each < _MARGIN)
        reason = f"It may be {_list(rivals)} in other words ({alike:.0%} alike), or a new point."
        return Identity(how=How.WORDS, rivals=rivals, reason=reason)

    def _weigh(self, words: str, reference: str, how: How, name: str) -> Identity:
        """What the row says of itself, weighed against its words."""
        likeness = self._book.compare(words, reference)
        rival = self._rival(words, reference, likeness)
        if rival:
            reason = f"Its {name} says {reference}, and its words are those of {rival}."
            return Identity(how=how, rivals=(reference, rival), reason=reason, likeness=likeness)
        if likeness.wording is Wording.OTHER:
            reason = f"Its {name} says {reference}, and its words are not those of that item."
            return Identity(how=how, rivals=(reference,), reason=reason, likeness=likeness)
        # Of a part, the rest and its answer may stand elsewhere.
        sure = self._is_known and likeness.wording not in {Wording.UNSURE, Wording.PART}
        return Identity(
            reference=reference,
            how=how,
            certainty=Certainty.CERTAIN if sure else Certainty.LIKELY,
            reason=_say(name, reference, likeness),
            likeness=likeness,
        )

    def _rival(self, words: str, reference: str, likeness: Likeness) -> str:
        """Another item whose words these are, rather than those of `reference`; "" where there is none."""
        if likeness.wording in {Wording.NONE, Wording.SAME}:
            return ""
        exact = self._book.exactly(words) or self._book.exactly(likeness.extra)
        if exact:
            return exact[0]
        if likeness.wording in {Wording.MORE, Wording.PART}:
            return ""
        nearest = self._book.nearest(words, without=reference, most=1)
        if nearest and nearest[0][1] >= ALIKE and nearest[0][1] - likeness.score >= _RIVAL_MARGIN:
            return nearest[0][0]
        return ""

    def _reference_against(self, row: ReturnedRow, reference: str) -> Identity | None:
        if row.reference in {"", reference} or row.reference not in self._items:
            return None
        reason = f"Its mark says {reference}, and it is printed as {row.reference}."
        return Identity(how=How.HIDDEN, rivals=(reference, row.reference), reason=reason)

    def _number_against(self, row: ReturnedRow, words: str, reference: str) -> Identity | None:
        """Number and page are those of another item, and the words do not settle it."""
        others = [each for each in self._numbered(row) if _same_page(row.page_ref, self._items[each].page_ref)]
        if not others or reference in others or not row.page_ref:
            return None
        if self._book.compare(words, reference).wording in {Wording.SAME, Wording.MORE}:
            return None
        reason = f"Its mark says {reference}, and its number and page are those of {_list(others)}."
        return Identity(how=How.HIDDEN, rivals=(reference, *others), reason=reason)

    def _numbered(self, row: ReturnedRow) -> list[str]:
        """The items of this number; of the row's own section where that has one."""
        number = plain(row.number)
        if not number:
            return []
        found = self._by_source_number.get(number, [])
        return [key for key in found if self._items[key].section == row.section] or found


def _with(identity: Identity, certainty: Certainty, reason: str) -> Identity:
    return Identity(
        reference=identity.reference,
        how=identity.how,
        certainty=certainty,
        reason=reason,
        likeness=identity.likeness,
        rivals=identity.rivals,
    )


_SAY: dict[Wording, Callable[[Likeness], str]] = {
    Wording.SAME: lambda _: "its words agree",
    Wording.NONE: lambda _: "it has no words to compare",
    Wording.MORE: lambda _: "its words agree, with others added",
    Wording.PART: lambda _: "its words are a part of that item's",
    Wording.REWORDED: lambda likeness: f"its words were changed a little ({likeness.score:.0%} alike)",
    Wording.UNSURE: lambda likeness: f"its words were much changed ({likeness.score:.0%} alike)",
}


def _say(name: str, reference: str, likeness: Likeness) -> str:
    return f"Its {name} says {reference}, and {_SAY[likeness.wording](likeness)}."


def _list(references: tuple[str, ...] | list[str]) -> str:
    return " and ".join(references)


def _same_page(returned: str, sent: str) -> bool:
    """Does the page column still say the page that was sent, whatever was written after it?"""
    one, other = parse_page_reference(returned), parse_page_reference(sent)
    if one is None or other is None:
        return False
    return one.pages[: len(other.pages)] == other.pages and bool(other.pages)
