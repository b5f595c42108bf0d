"""Can this be kept as evidence? Pure: the counts, addresses and days are told to it."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from bluelamp.lib.errors import PlainError
from bluelamp.organisations.rules import NotAllowedError

SUBMITTED, ACCEPTED, RETURNED = "submitted", "accepted", "returned"
KINDS = {"file": "File", "link": "Link", "passage": "Passage of a document", "indicator": "Value of an indicator"}
LONGEST_ADDRESS = 2_000  # what every browser still opens


def check_proves(proves: str) -> None:
    if not proves.strip():
        raise PlainError("Say what the evidence is meant to prove.")


def check_file(size: int, *, largest: int) -> None:
    """`size` and `largest` in bytes."""
    if not size:
        raise PlainError("The file is empty. Choose another, or save it again from the program it was made with.")
    if size > largest:
        raise PlainError(f"The file is larger than {largest // 1_000_000} MB. Save it in parts.")


def check_address(address: str) -> str:
    """The address of a link as it is kept: a page of the web, without a name or password in it."""
    address = address.strip()
    wrong = PlainError("A link begins with https:// or http:// and names a site, without spaces in it.")
    if not address.isprintable() or " " in address or "\\" in address:
        raise wrong
    if len(address) > LONGEST_ADDRESS:
        raise PlainError(f"A link has at most {LONGEST_ADDRESS:,} letters.")
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        raise wrong from None
    if parts.scheme not in ("http", "https") or not host:
        raise wrong
    if parts.username is not None or parts.password is not None:
        raise PlainError("A link that others will follow holds no name or password: take it out.")
    return address


def check_indicator(*, indicator: str, value: str, day: dt.date, today: dt.date) -> None:
    if not indicator.strip() or not value.strip():
        raise PlainError("An indicator's value needs the indicator's name and the value as it is printed.")
    if day > today:
        raise PlainError("An indicator has no value yet on a day to come.")


def check_can_decide_evidence(state: str, *, accept: bool) -> None:
    """What was accepted may still be returned, if it turns out wrong; what was returned is offered anew."""
    if state == RETURNED:
        raise NotAllowedError("This evidence was returned already: offer it again as new evidence.")
    if accept and state == ACCEPTED:
        raise NotAllowedError("This evidence was accepted already.")


def check_may_cite(*, of_item: Any, of_document: Any) -> None:
    """Nothing is more public than its parent (law 7): whoever sees the item would read the document's words.

    `of_item` and `of_document` say whose records they are; None is everybody's.
    """
    if of_document is not None and of_document != of_item:
        raise NotAllowedError(
            "That document is held by one organisation alone, and others see this item: its words cannot be quoted"
            " here."
        )
