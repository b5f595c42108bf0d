"""Do only actions write? (law 6)"""

from __future__ import annotations

import ast
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "bluelamp"

WRITES = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "acreate",
    "asave",
    "adelete",
}
QUERYSET_WRITES = {"update", "delete"}  # names that dictionaries and sets have too

# File: why it writes though it is no actions module.
EXEMPT = {
    "ledger/archives.py": "brings back rows and their events as they were written, into an empty database",
    "ledger/apps.py": "makes the one row that names the last event, after a migration",
}


def is_action(path: Path) -> bool:
    return path.stem == "actions" or path.stem.startswith("actions_") or "actions" in path.parts


def writes_in(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        name, target = node.func.attr, ast.unparse(node.func.value)
        touches_rows = ".objects" in target or "_manager" in target or target.endswith(")")
        if name in WRITES or (name in QUERYSET_WRITES and touches_rows):
            found.append(f"line {node.lineno}: {target}.{name}")
    return found


def offenders() -> dict[str, list[str]]:
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        imports_models = "django" in path.read_text(encoding="utf-8") or "models import" in path.read_text("utf-8")
        if "migrations" in path.parts or is_action(path) or not imports_models:
            continue
        if writes := writes_in(path):
            found[str(path.relative_to(SOURCE))] = writes
    return found


def test_only_actions_write() -> None:
    assert {name: writes for name, writes in offenders().items() if name not in EXEMPT} == {}


def test_every_exemption_is_still_needed() -> None:
    assert set(EXEMPT) - set(offenders()) == set()
