"""Has every file of tests a name of its own? pytest imports them by it, and runs nothing where two share one."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]


def shared_names(folder: Path) -> list[str]:
    counts = Counter(path.name for path in folder.rglob("test_*.py"))
    return sorted(name for name, count in counts.items() if count > 1)


if __name__ == "__main__":
    if shared := shared_names(TESTS):
        sys.exit(f"Two files of tests share a name, and pytest can import only one: {', '.join(shared)}")
