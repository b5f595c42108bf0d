"""How do rows that every test of a module looks at come to be built once, and what a test changes of them undone?

Each test's own transaction is a savepoint within one that lasts as long as the module. All tests of the module
must want these rows, and none may be transactional.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

from django.db import connection, transaction


@contextlib.contextmanager
def keeping_rows(blocker: Any) -> Iterator[AbstractContextManager[None]]:
    """What may be entered once, to write the rows; they are gone at the end."""
    whole = transaction.atomic()
    whole._from_testcase = (
        True  # as in django.test.TestCase: actions, which say that they are durable, may run in it
    )
    with blocker.unblock():
        whole.__enter__()
    try:
        yield blocker.unblock()
    finally:
        with blocker.unblock():
            assert len(connection.atomic_blocks) == 1, "a test has left its own transaction open"
            transaction.set_rollback(True)
            whole.__exit__(None, None, None)
