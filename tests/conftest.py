"""What every test may lean on."""

from __future__ import annotations

import gc
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import pytest_socket
from django.conf import settings
from xdist.scheduler import LoadScopeScheduling

TESTS = Path(__file__).resolve().parent
SHARED = TESTS.parent / ".." / "shared"

# How long an example takes is the machine's affair: a busy one must fail no test.
hypothesis.settings.register_profile("any machine", deadline=None)
hypothesis.settings.load_profile("any machine")


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


# Folders of tests that never meet a database; the run on PostgreSQL does not even read them.
NO_DATABASE = {"architecture", "figures", "lib", "papers", "golden", "spec", "functional", "readers", "reading"}


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    inside = collection_path.is_relative_to(TESTS) and set(collection_path.relative_to(TESTS).parts) & NO_DATABASE
    return True if inside and on_postgresql() else None


def on_postgresql() -> bool:
    return not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


def meets_database(item: pytest.Item) -> bool:
    """pytest-django keeps every other test from it; `own_database` and `database_url` are of commands."""
    names = {"db", "transactional_db", "database_url"} & set(getattr(item, "fixturenames", ()))
    return bool(names or item.get_closest_marker("django_db") or item.get_closest_marker("own_database"))


class ByFile(LoadScopeScheduling):  # type: ignore[misc]
    """A file's tests run in one process, so that what they share (a workspace, a corpus, a report) is made once.

    pytest-xdist 3.8 writes the groups of its `loadgroup` where pytest 9.2 no longer reads them: nothing was
    grouped, and each process had a browser, a desk and a Spark of its own.
    """

    def _assign_work_unit(self, node: Any) -> None:
        """What takes longest begins first, so that at the end small files keep both processes at work.

        But the browser, whose loop runs on in its process: Django makes no database beside one.
        """
        for group in ("warehouse", "spark"):
            if group in self.workqueue:
                self.workqueue.move_to_end(group, last=False)
        super()._assign_work_unit(node)

    def _split_scope(self, nodeid: str) -> str:
        path = Path(nodeid.partition("::")[0])
        if "functional" in path.parts:
            return "browser"  # one desk and one browser for all of them
        if "spark" in path.stem:
            return "spark"
        return "warehouse" if path.stem in ("test_warehouse_shared", "test_cubes_shared") else str(path)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if not meets_database(item):
            item.add_marker(pytest.mark.no_database)
        elif item.get_closest_marker("no_database"):
            raise pytest.UsageError(f"{item.nodeid} says no_database, and meets one")
    other = "sqlite" if on_postgresql() else "postgresql"
    away = [item for item in items if item.get_closest_marker(f"only_{other}")]
    if away:
        items[:] = [item for item in items if item not in away]
        away[0].config.hook.pytest_deselected(items=away)


def pytest_collection_finish() -> None:
    """What was collected stays to the end: the garbage collector need not look through it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def tallies_hold(request: pytest.FixtureRequest) -> Iterator[None]:
    """After every test with a database: what counts say is what the items say."""
    has_rows = "db" in request.fixturenames or request.node.get_closest_marker("django_db")
    if has_rows:
        request.getfixturevalue("db")  # so that this ends before the database goes
    yield
    if has_rows:
        from bluelamp.register.models import Item
        from bluelamp.register.tallies import load_columns, values_of

        assert load_columns().rows() == Counter(map(values_of, Item.objects.filter(merged_into=None)))
