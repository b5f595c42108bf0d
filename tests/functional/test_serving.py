"""Does the server say where it is, stop when told, and say plainly when it cannot start?"""

from __future__ import annotations

import re
import signal
import socket
import time
import urllib.request
from pathlib import Path

import pytest
from tests.cli.whole import begin, run
from tests.functional.served import serving


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("serving") / "workspace"
    begin(folder)
    return folder


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_told_to_stop(workspace: Path, told: signal.Signals) -> None:
    with serving(workspace) as desk:
        with urllib.request.urlopen(f"{desk.address}/health", timeout=10) as answer:
            assert answer.read() == b"ok\n"
        began = time.monotonic()
        desk.process.send_signal(told)
        desk.process.wait(timeout=20)
        assert time.monotonic() - began < 10
        assert desk.process.stderr is not None
        assert "Traceback" not in desk.process.stderr.read()


def test_a_port_in_use_is_one_sentence(workspace: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run(workspace, "serve", "--port", str(port))
    assert done.returncode == 2
    assert done.stderr.strip() == f"Port {port} is in use: stop what uses it, or choose another with --port."


def test_an_address_that_is_not_ours_is_one_sentence(workspace: Path) -> None:
    done = run(workspace, "serve", "--host", "nowhere.invalid", "--port", "0")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1


def test_without_a_workspace_it_says_how_to_make_one(tmp_path: Path) -> None:
    done = run(tmp_path / "none", "serve")
    assert done.returncode == 2
    assert "bluelamp init" in done.stderr


def test_a_link_needs_to_know_for_whom(workspace: Path) -> None:
    nobody = run(workspace, "sign-in-link")
    assert nobody.returncode == 2
    assert "There are no people yet" in nobody.stderr
    first = run(workspace, "sign-in-link", "robin", "--add")
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/sign-in/\S{40,}", first.stdout.strip())
    only = run(workspace, "sign-in-link")
    assert only.returncode == 0
    stranger = run(workspace, "sign-in-link", "nobody")
    assert stranger.returncode == 2
    assert "Nobody signs in as “nobody” here" in stranger.stderr
    run(workspace, "sign-in-link", "sam", "--add")
    assert "more than one person" in run(workspace, "sign-in-link").stderr
