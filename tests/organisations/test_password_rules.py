"""Which long passwords are still too simple?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.organisations.password_rules import is_too_simple


@pytest.mark.parametrize(
    "password",
    ["passwordpassword", "123456789012345", "abcdefghijklmn", "qwertyuiopas", "aaaaaaaaaaaaa", "0987654321098"],
)
def test_simple_ones(password: str) -> None:
    assert is_too_simple(password)


@pytest.mark.parametrize(
    "password", ["wicket lantern osprey", "Tr0ub4dor&3xyz", "ein Haus am See 7", "длинный пароль"]
)
def test_good_ones(password: str) -> None:
    assert not is_too_simple(password)


@given(st.text(min_size=1, max_size=8), st.integers(2, 5))
def test_whatever_is_said_again_is_too_simple(part: str, times: int) -> None:
    assert is_too_simple(part * times)
