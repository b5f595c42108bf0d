"""Is a list whose taking in is killed in the middle there whole, or not at all? A hundred times."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.no_database
def test_a_hundred_kills_leave_no_list_half_taken_in(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.register.killing", str(tmp_path / "workspace"), "100"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stderr == ""
    assert int(done.stdout.split()[0]) > 30, done.stdout
