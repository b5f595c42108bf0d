"""Release and correct a report in children that are killed in the middle, and look at what is left each time.

`python -m tests.performance.killing_releases WORKSPACE TIMES` prints how many were killed and how many releases
were made; it fails where a release is there without its bytes, or the record does not verify.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

FEW = ("html", "json")


def prepare(workspace: Path) -> Any:
    from bluelamp.cli.django import start_django
    from bluelamp.cli.init import make_workspace

    make_workspace(start_django())
    from django.conf import settings
    from tests.performance.report_office import make_office

    definitions = SimpleNamespace(WORKSPACE_DEFINITIONS=None)
    office = make_office(workspace, definitions)
    settings.WORKSPACE_DEFINITIONS = definitions.WORKSPACE_DEFINITIONS
    return office, office.sign(office.begin())


def work(office: Any, report: Any, steps: int) -> None:
    """Release it, begin a correction, sign it again: over and over."""
    from tests.performance.report_office import NOW, fresh

    from bluelamp.performance.actions_releases import begin_correction, release_report
    from bluelamp.performance.actions_reports import make_ready, sign_off

    while steps:
        steps -= 1
        held = fresh(report)
        match held.state:
            case "signed-off":
                release_report(held, reason="A word.", formats=FEW, by=office["analyst"], now=NOW)
            case "released":
                begin_correction(held, reason="A word.", by=office["analyst"], now=NOW)
            case "draft" | "asked":
                make_ready(held, by=office["analyst"], now=NOW)
            case _:
                sign_off(held, by=office["lpb_officer"], now=NOW)


def look(report: Any) -> int:
    """Every release with its bytes, numbered without a gap; a state that its moves agree with; a sound record."""
    from django.db import connections
    from tests.performance.report_office import fresh

    from bluelamp.documents.originals import workspace_originals
    from bluelamp.ledger.verification import verify

    connections.close_all()
    held = fresh(report)
    releases = list(held.releases.order_by("number"))
    assert [each.number for each in releases] == list(range(1, len(releases) + 1))
    originals = workspace_originals()
    for each in releases:
        for sha256 in (each.frozen, *(file["sha256"] for file in each.files)):
            assert originals.find_fault(sha256) == ""
    released = held.moves.filter(after="released").count()
    assert released == len(releases)
    assert (held.frozen != "") == (held.state in ("signed-off", "released"))
    problems = verify(None).problems
    assert problems == [], problems
    return len(releases)


def run(workspace: Path, times: int) -> tuple[int, int]:
    from django.db import connections

    office, report = prepare(workspace)
    work(office, report, 4)  # children begin with what is worked out already, so that most of them get to writing
    chance = random.Random(20261121)
    killed = made = 0
    for _ in range(times):
        connections.close_all()
        child = os.fork()
        if child == 0:
            try:
                work(office, report, 1_000_000)
            except BaseException as error:  # noqa: BLE001  (whatever it is, the parent is told)
                sys.stderr.write(f"{error!r}\n")
                os._exit(1)
        time.sleep(chance.uniform(0.05, 1.5))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(status)
        made = look(report)
    return killed, made


if __name__ == "__main__":
    os.environ["BLUELAMP_WORKSPACE"] = sys.argv[1]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bluelamp.config.settings")
    sys.stdout.write("{} killed, {} releases\n".format(*run(Path(sys.argv[1]), int(sys.argv[2]))))
