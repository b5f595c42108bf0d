"""Is a name that two files of tests share found?"""

from __future__ import annotations

from pathlib import Path

from tests.architecture.names import TESTS, shared_names


def test_the_tests_here_have_names_of_their_own() -> None:
    assert shared_names(TESTS) == []


def test_a_name_that_stands_twice_is_found(tmp_path: Path) -> None:
    for name in ("one/test_a.py", "two/test_a.py", "two/test_b.py", "one/samples.py", "two/samples.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert shared_names(tmp_path) == ["test_a.py"]
