"""Is a load that is killed in the middle there whole, or not at all; and do two at once come out as if in turn?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.no_database
def test_kills_leave_no_load_half_kept(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.performance.figures_killing", str(tmp_path / "workspace"), "60"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stderr == ""
    assert int(done.stdout.split()[0]) > 15, done.stdout
