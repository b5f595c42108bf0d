"""Is a count that is killed in the middle there whole, or not at all?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.no_database
def test_kills_leave_no_vintage_half_kept(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.performance.records.records_killing", str(tmp_path / "workspace"), "4"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stderr == ""
    assert int(done.stdout.split()[0]) >= 1, done.stdout
