"""Which item does a row of a returned template belong to, and did this workspace send it?

A mark is short words that people and programs may carry about: NTS-2022-AFI-07/7QK2M9XW4T/3F9A2C/8HX2KD, which is
the item's reference, the template it went out in, what its words hashed to, and a check that only the workspace
with the key can make. It stands in each row several times, because each program drops some carriers:

* Word: a content control's tag, a hidden run, a bookmark, and the reference itself in print;
* Excel: a hidden column, a name that the workbook defines, a sheet that is not shown, and the reference in print.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from bluelamp.assurance.template_model import TemplateItem, TemplateOrder
from bluelamp.lib.text import fold

# Crockford's letters: no I, L, O or U, which people mistake for others when they read a number out.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TEMPLATE, _SHORT = 10, 6
_REFERENCE = r"[A-Z][A-Z0-9]{1,9}-\d{4}-[A-Z]{2,6}-\d{2,9}"
_MARK = re.compile(
    rf"(?<![A-Z0-9])(?P<reference>{_REFERENCE})/(?P<template>[{_LETTERS}]{{{_TEMPLATE}}})"
    rf"/(?P<words>[{_LETTERS}]{{{_SHORT}}})/(?P<check>[{_LETTERS}]{{{_SHORT}}})(?![A-Z0-9])"
)
_NAME = re.compile(
    rf"bl_(?P<reference>[A-Z][A-Z0-9]{{1,9}}_\d{{4}}_[A-Z]{{2,6}}_\d{{2,9}})_(?P<check>[{_LETTERS}]{{{_SHORT}}})$"
)
_NUMBER = re.compile(rf"\bTemplate (?P<first>[{_LETTERS}]{{5}})-(?P<last>[{_LETTERS}]{{5}})\b")
LONGEST_NAME = 40  # a bookmark's, in Word


class Carrier(StrEnum):
    """Where in the file a mark stood. A name stays where it was when rows are sorted, so it is believed last."""

    ROW = "row"  # goes wherever its row goes
    NAME = "name"  # a bookmark, or a name that a workbook defines


@dataclass(frozen=True, kw_only=True)
class Mark:
    reference: str
    template: str = ""  # "" of a name, which is too short to carry it
    words: str = ""
    check: str
    carrier: Carrier = Carrier.ROW
    is_ours: bool = False  # this workspace made it

    def __str__(self) -> str:
        return f"{self.reference}/{self.template}/{self.words}/{self.check}"


def hash_words(words: str) -> str:
    """Six letters that change when the words do; white space and case do not count."""
    return _shorten(hashlib.sha256(fold(words).casefold().encode()).digest(), _SHORT)


def make_template_number(order: TemplateOrder, key: bytes) -> str:
    """The template's number: when it was made, as of which day, for whom, with which items and words."""
    said = (order.made.isoformat(), order.as_of.isoformat(), order.layout, order.owner, order.return_to)
    items = (f"{item.reference} {hash_words(item.all_words)}" for item in order.items)
    return _sign(key, "template", *said, *items, length=_TEMPLATE)


def show_number(template: str) -> str:
    """7QK2M-9XW4T, as it is printed."""
    return f"{template[:5]}-{template[5:]}"


def make_mark(item: TemplateItem, template: str, key: bytes) -> Mark:
    words = hash_words(item.all_words)
    check = _sign(key, "mark", item.reference, template, words, length=_SHORT)
    return Mark(reference=item.reference, template=template, words=words, check=check, is_ours=True)


def make_name(item: TemplateItem, template: str, key: bytes) -> str:
    """The mark as a bookmark or defined name; "" where the reference is too long for one."""
    check = _sign(key, "name", item.reference, template, length=_SHORT)
    name = f"bl_{item.reference.replace('-', '_')}_{check}"
    return name if len(name) <= LONGEST_NAME else ""


def find_marks(text: str) -> tuple[Mark, ...]:
    """Every mark in the words, ours or not."""
    return tuple(
        Mark(reference=found["reference"], template=found["template"], words=found["words"], check=found["check"])
        for found in _MARK.finditer(text)
    )


def drop_marks(text: str) -> str:
    """The words without the marks that a program has made visible."""
    return _MARK.sub("", text)


def read_name(name: str) -> Mark | None:
    found = _NAME.match(name)
    if found is None:
        return None
    return Mark(reference=found["reference"].replace("_", "-"), check=found["check"], carrier=Carrier.NAME)


def find_numbers(text: str) -> tuple[str, ...]:
    """The templates' numbers that are printed in the words."""
    return tuple(found["first"] + found["last"] for found in _NUMBER.finditer(text))


def check_marks(marks: Iterable[Mark], templates: Iterable[str], key: bytes) -> tuple[Mark, ...]:
    """The marks, each saying whether this workspace made it. A name is tried with every template of the file."""
    known = tuple(dict.fromkeys(templates))
    return tuple(replace(mark, is_ours=_is_ours(mark, known, key)) for mark in marks)


def _is_ours(mark: Mark, templates: tuple[str, ...], key: bytes) -> bool:
    if mark.carrier is Carrier.NAME:
        expected = [_sign(key, "name", mark.reference, template, length=_SHORT) for template in templates]
    else:
        expected = [_sign(key, "mark", mark.reference, mark.template, mark.words, length=_SHORT)]
    return any(hmac.compare_digest(mark.check, each) for each in expected)


def _sign(key: bytes, *words: str, length: int) -> str:
    return _shorten(hmac.digest(key, "\x1f".join(words).encode(), "sha256"), length)


def _shorten(digest: bytes, length: int) -> str:
    number = int.from_bytes(digest, "big")
    return "".join(_LETTERS[(number >> (5 * at)) & 31] for at in range(length))
