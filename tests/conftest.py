"""What every test may lean on."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[1] / ".." / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real inputs beside the project; a test that needs it is skipped by name without it."""
    if not SHARED.is_dir():
        pytest.skip("../shared is absent: this test reads real inputs from it")
    return SHARED.resolve()
