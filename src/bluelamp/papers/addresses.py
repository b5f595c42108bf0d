"""Where may a link in a paper lead?"""

from __future__ import annotations

import re
from typing import Final

_OUTSIDE: Final = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x20<>\"{}|\\^`]+", re.IGNORECASE)
_PATH: Final = re.compile(r"/(?![/\\])[^\s\x00-\x20<>\"{}|\\^`]*")


def find_target(address: str, site: str = "") -> str:
    """The address as a link may have it, "" where there is none or it is of a kind that could act ("javascript:").

    A path of the desk ("/items/NTS-2022-AFI-07") leads below `site`; without a site it leads nowhere.
    """
    if _OUTSIDE.fullmatch(address):
        return address
    if site and _PATH.fullmatch(address):
        return site.rstrip("/") + address
    return ""
