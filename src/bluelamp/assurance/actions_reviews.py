"""When is an item tested by people who do not own it, and when is it tested again?

A review is opened by a person, and opened again by what happens: new evidence, evidence returned, a new claim of
delivery, corrected words, a reopening. Nobody has to think of it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from bluelamp.assurance.actions_steps import Taking, Work, working
from bluelamp.assurance.closing_proofs import find_policies
from bluelamp.assurance.models import Review
from bluelamp.assurance.steps import UNGRADED
from bluelamp.ledger.actions import Actor, Book
from bluelamp.organisations.actors import owners_of
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.register.models import Item


def open_review(item: Item, *, reason: str = "", by: Actor, now: dt.datetime) -> Review:
    """Ask for independent opinions, as many as the item's handling or its policy wants."""
    with working(by=by, now=now) as work:
        taking = work.take(item)
        if taking.item.assurance in UNGRADED:
            taking.check("open-review")
        else:
            taking.check("open-review-again", reason=reason)
        return begin_review(taking, reason=reason)


def begin_review(taking: Taking, *, reason: str) -> Review:
    """A review whose step is checked, or that follows from what was done; it is written before this returns."""
    item, work = taking.item, taking.work
    last = Review.objects.filter(item=item).order_by("-number").first()
    number = last.number + 1 if last else 1
    wanted = max(find_policies([item])[item.pk].reviewers, taking.handling.reviewers if taking.handling else 1)
    review = Review(
        item=item,
        number=number,
        wanted=wanted,
        opened=work.now,
        opened_by=work.by.ledger_label,
        reason=reason.strip(),
    )
    item.assurance = "testing"
    name = "assurance.review_opened" if number == 1 else "assurance.review_reopened"
    taking.event(name, add=[review], note={"review": number, "wanted": wanted, "reason": review.reason})
    work.book.write()
    return review


def follow_change(taking: Taking, *, reason: str) -> Review | None:
    """Test anew what was tested before something changed. None where nobody had given an opinion yet.

    A review in which some opinions are given ends without a grade: they were given on what is not so any more,
    and stay hidden until the next review has all of its own (see `opinion_rules.is_disclosed`).
    """
    if taking.item.assurance == "untested":
        return None
    review = find_open_review(taking.item)
    if review is not None:
        if not review.opinions.exists():
            return None
        _end(taking, review, reason)
    return begin_review(taking, reason=reason)


def end_review(taking: Taking, *, reason: str) -> None:
    """An item that needs no proof is signed off while a review is open: nobody is asked for more."""
    review = find_open_review(taking.item)
    if review is not None:
        _end(taking, review, reason)


def _end(taking: Taking, review: Review, reason: str) -> None:
    review.closed, taking.item.assurance = taking.work.now, "untested"
    note = {"review": review.number, "reason": reason.strip()}
    taking.event("assurance.review_ended", change=[review], note=note)


def find_open_review(item: Item) -> Review | None:
    return Review.objects.filter(item=item, closed=None).order_by("-number").first()


def words_of(item: Item) -> tuple[Any, ...]:
    """What a reviewer tests: when any of it changes, the item is tested anew."""
    return item.title, item.text, list(item.parts), item.deadline_printed


def check_can_correct_words(item: Item) -> None:
    """What was signed off says what it said: its words are corrected only after it is opened again."""
    if item.closing == "signed-off":
        raise NotAllowedError("The item is signed off: reopen it first, then correct its words.")


def follow_correction(item: Item, *, book: Book, reason: str) -> Review | None:
    """As `follow_change`, for an action of another slice that corrected the item's words in its own book."""
    work = Work(book, book.by, book.now, owners_of(book.by))
    taking = work.take(item)
    taking.item = item  # the row that the other action is about to write
    return follow_change(taking, reason=f"the item's words were corrected: {reason}")
