"""When was a document published, as people say it?"""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format


def say_published(iso: str) -> str:
    """ "2024-09-04" is 4 September 2024, "2022-04" April 2022, "2022" itself; anything else stays as it is."""
    parts = iso.split("-")
    if not all(part.isdecimal() for part in parts):
        return iso
    try:
        if len(parts) == 3:
            return date_format(dt.date.fromisoformat(iso), "j F Y")
        if len(parts) == 2:
            return date_format(dt.date(int(parts[0]), int(parts[1]), 1), "F Y")
    except ValueError:
        pass
    return iso
