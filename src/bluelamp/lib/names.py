"""How is a file's name shown, when whoever made the file may have chosen it to do harm?"""

from __future__ import annotations


def show_name(name: str) -> str:
    """The name with a mark for each character that a terminal or a page could take for more than a letter."""
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in name)
