"""How does an accepted detail (title, publisher, subject, family, framework, published) come onto its document?"""

from __future__ import annotations

import datetime as dt
import re

from django.conf import settings

from bluelamp.documents.models import StoredDocument
from bluelamp.documents.pages import clean
from bluelamp.inspections.frameworks import load_frameworks
from bluelamp.intake.details import DETAILS
from bluelamp.intake.families import FAMILIES
from bluelamp.lib.days import is_day, last_of_month, read_day, read_period
from bluelamp.lib.errors import PlainError
from bluelamp.lib.text import fold
from bluelamp.organisations.models import Organisation
from bluelamp.organisations.queries import find_organisation

_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
LONGEST = {"title": 300, "publisher": 200}
"""Characters; what is longer is refused, never cut."""


def check_detail(name: str, value: str) -> str:
    """The value as it will be kept; raises PlainError where it cannot be one of this detail."""
    if name not in DETAILS:
        raise PlainError(f"A document has no detail called {name}: choose one of {', '.join(DETAILS)}.")
    value = fold(clean(value))
    match name:
        case "published":
            return _check_day(value)
        case "title" | "publisher":
            _check_length(name, value)
        case "family":
            _check_among("family of documents", value, FAMILIES)
        case "framework":
            _check_among("framework", value, ("", *load_frameworks(settings.WORKSPACE_DEFINITIONS)))
        case "subject" if value:
            return _find_body(value).code
        case _:
            pass
    return value


def _check_length(name: str, value: str) -> None:
    if len(value) > LONGEST[name]:
        raise PlainError(
            f"The {name} has {len(value):,} characters: say it in at most {LONGEST[name]}. Nothing was changed."
        )


def _check_among(what: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise PlainError(f"There is no {what} “{value}”: choose one of {', '.join(a for a in allowed if a)}.")


def _check_day(value: str) -> str:
    """A day, month or year as ISO writes it, from "14 April 2022", "14/04/2022", "April 2022", "2022"; or ""."""
    if not value:
        return value
    if _DAY.fullmatch(value):
        try:
            dt.date.fromisoformat(f"{value}-01-01"[:10])
        except ValueError:
            pass
        else:
            return value
    elif said := _say_day(value):
        return said
    raise PlainError(
        f"“{value}” is not a date: write it as 14 April 2022, or April 2022 or 2022 where that is all you know."
    )


def _say_day(words: str) -> str:
    """A day or a month in words or figures as ISO writes it; "" where it is neither."""
    if is_day(words) and (day := read_day(words)):
        return day.isoformat()
    period = read_period(words)
    if period is None or period.start is None or period.start.day != 1:
        return ""
    is_month = period.end == last_of_month(period.start.year, period.start.month)
    return f"{period.start:%Y-%m}" if is_month else ""


def _find_body(code: str) -> Organisation:
    found = find_organisation(code)
    if found is None:
        raise PlainError(f"There is no force or body “{code}”: use its code (such as NTS) or its full name.")
    return found


def set_detail(document: StoredDocument, name: str, value: str) -> None:
    """Put a checked value on the document (not yet written)."""
    if name == "publisher":
        document.publisher = find_organisation(value) if value else None
        document.publisher_name = document.publisher.name if document.publisher else value
    elif name == "subject":
        document.subject = _find_body(value) if value else None
    else:
        setattr(document, name, value)


def detail_now(document: StoredDocument, name: str) -> str:
    """The value the document has."""
    if name == "publisher":
        return document.publisher.code if document.publisher else document.publisher_name
    if name == "subject":
        return document.subject.code if document.subject else ""
    return str(getattr(document, name))
