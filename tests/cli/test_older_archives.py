"""Is what an earlier release wrote brought back, upgraded and still sound?

`archives/first-release.tar.gz` was written by Bluelamp as it stood at commit 0c56b73 (before owners, answers and
passwords): one document of a fictional force accepted, one person, and the keys of that workspace alone.
"""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.whole import run

FIRST = Path(__file__).with_name("archives") / "first-release.tar.gz"


def test_the_first_release_is_brought_back(tmp_path: Path) -> None:
    back = run(tmp_path / "back", "restore", FIRST)
    assert back.returncode == 0, back.stdout + back.stderr
    assert "the record is sound" in back.stdout
    linked = run(tmp_path / "back", "sign-in-link", "sam.ferrier")
    assert linked.returncode == 0, linked.stderr
    checked = json.loads(run(tmp_path / "back", "verify", "--json").stdout)
    assert checked["sound"], checked
