"""Under which hidden names does a cell's anchor stand in a Word or Excel file, so that it can be found again?

In Word: the tag of a content control round the cell's words, `bluelamp:ANCHOR`, and a bookmark round the cell's
paragraph, which Word hides for its underscore. A cell to be filled in has the bookmark only, so that nothing
stands in the way of the writer. In Excel: a hidden last column under EXCEL_HEAD, with the anchors of each row.
"""

from __future__ import annotations

from typing import Final

TAG_BEGINS: Final = "bluelamp:"
BOOKMARK_BEGINS: Final = "_bl_"
EXCEL_HEAD: Final = "bluelamp:anchors"
_DASH, _BOOKMARK_DASH = "-", "_"


def tag_of(anchor: str) -> str:
    return TAG_BEGINS + anchor


def bookmark_of(anchor: str) -> str:
    """At most 40 characters, letters, digits and underscores: what Word allows."""
    return BOOKMARK_BEGINS + anchor.replace(_DASH, _BOOKMARK_DASH)


def read_anchor(name: str) -> str:
    """The anchor behind a tag or a bookmark's name; "" where it is none of ours."""
    if name.startswith(TAG_BEGINS):
        return name[len(TAG_BEGINS) :]
    if name.startswith(BOOKMARK_BEGINS):
        return name[len(BOOKMARK_BEGINS) :].replace(_BOOKMARK_DASH, _DASH)
    return ""
