"""Can a file's name do anything but be read?"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bluelamp.lib.names import show_name


@given(st.text())
def test_every_character_shown_can_be_printed_and_written(name: str) -> None:
    shown = show_name(name)
    assert shown.isprintable()
    assert len(shown) == len(name)
    shown.encode()


def test_a_terminal_is_not_commanded() -> None:
    assert "\x1b" not in show_name("\x1b[31mred\u202e.txt")
    assert show_name("\udc80") == "\N{REPLACEMENT CHARACTER}"
