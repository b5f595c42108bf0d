"""What every test may lean on."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import pytest_socket
from django.conf import settings

SHARED = Path(__file__).resolve().parents[1] / ".." / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real inputs beside the project; a test that needs it is skipped by name without it."""
    if not SHARED.is_dir():
        pytest.skip("../shared is absent: this test reads real inputs from it")
    return SHARED.resolve()


@pytest.fixture(autouse=True)
def only_loopback(socket_enabled: None) -> None:
    """Sockets reach no further than this machine."""
    pytest_socket.socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI a skipped test is a failure: what was not run was not seen."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("BLUELAMP_NO_SKIPS") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if os.environ.get("BLUELAMP_NO_SKIPS") and terminalreporter.stats.get("skipped"):
        terminalreporter.write_line("FAILED: tests were skipped, and here none may be.")


# Folders of tests that never meet a database; the run on PostgreSQL leaves them out.
NO_DATABASE = ("architecture", "figures", "lib", "papers", "golden", "spec", "functional", "readers", "reading")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if set(item.path.relative_to(Path(__file__).parent).parts) & set(NO_DATABASE):
            item.add_marker(pytest.mark.no_database)
        if "functional" in item.path.parts:
            item.add_marker(pytest.mark.xdist_group("browser"))  # one desk and one browser for all of them
    other = "postgresql" if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") else "sqlite"
    away = [item for item in items if item.get_closest_marker(f"only_{other}")]
    if away:
        items[:] = [item for item in items if item not in away]
        away[0].config.hook.pytest_deselected(items=away)


@pytest.fixture(autouse=True)
def tallies_hold(request: pytest.FixtureRequest) -> Iterator[None]:
    """After every test with a database: what counts say is what the items say."""
    meets_database = "db" in request.fixturenames or request.node.get_closest_marker("django_db")
    if meets_database:
        request.getfixturevalue("db")  # so that this ends before the database goes
    yield
    if meets_database:
        from bluelamp.register.models import Item
        from bluelamp.register.tallies import load_columns, values_of

        assert load_columns().rows() == Counter(map(values_of, Item.objects.filter(merged_into=None)))
