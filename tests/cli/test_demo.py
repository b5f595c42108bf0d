"""Does the demonstration build its whole example, and does its record hold?"""

from __future__ import annotations

from pathlib import Path

from tests.cli.whole import run


def test_the_demonstration_builds_an_example_that_verifies(tmp_path: Path) -> None:
    done = run(tmp_path / "demo", "demo", "--no-serve")
    assert done.returncode == 0, done.stderr
    listed = run(tmp_path / "demo", "items", "--closing", "signed-off", "--json")
    assert '"signed-off"' in listed.stdout, "months of answering are behind it"
    counted = run(tmp_path / "demo", "figures", "from-records", "--plan", "calder-vale-2025-28")
    assert "108 figures: 108 here already." in counted.stdout, "an indicator was counted from its records"
    assert run(tmp_path / "demo", "verify").returncode == 0
