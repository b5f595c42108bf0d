"""Are modules and functions small enough to be read at one sitting? (STYLE.md)"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "bluelamp"
LONGEST_MODULE, LONGEST_FUNCTION = 500, 60

# Name of the place: why it may be longer. An exemption nobody needs any more is an error.
EXEMPT: dict[str, str] = {}


def modules() -> Iterator[Path]:
    return (path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts)


def too_long() -> dict[str, int]:
    found = {}
    for path in modules():
        name = str(path.relative_to(SOURCE))
        source = path.read_text(encoding="utf-8")
        lines = source.count("\n")
        if lines > LONGEST_MODULE:
            found[name] = lines
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    found[f"{name}:{node.name}"] = length
    return found


def test_modules_and_functions_keep_within_their_size() -> None:
    assert {name: size for name, size in too_long().items() if name not in EXEMPT} == {}


def test_every_exemption_is_still_needed() -> None:
    assert set(EXEMPT) - set(too_long()) == set()


def test_every_module_says_what_it_answers() -> None:
    silent = [
        str(path.relative_to(SOURCE))
        for path in modules()
        if path.read_text(encoding="utf-8").strip() and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty_names = {"utils", "helpers", "manager", "managers", "core", "common", "misc"}
    assert [p for p in modules() if p.stem in empty_names or p.stem.startswith("old_")] == []
