"""Do people still come in after a backup is brought back, and is nothing carried away that need not be?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

from tests.cli.whole import begin, run

SET_UP = """
import datetime as dt
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from axes.models import AccessAttempt
from django.contrib.sessions.backends.db import SessionStore
from bluelamp.ledger.actions import Operator
from bluelamp.organisations.actions import add_person
from bluelamp.organisations.actions_sign_in import add_second_step, connect_sign_on
from bluelamp.organisations.actions_sign_in import record_lock_out, record_sign_in
now = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
by = Operator("test")
sam = add_person(by=by, now=now, user_name="sam", name="Sam Ferrier", password="wicket lantern osprey")
add_second_step(sam, by=sam, now=now, secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
connect_sign_on(sam, SocialAccount(provider="force", uid="7f3"), by=by, now=now)
record_sign_in(sam, by=sam, now=now, ways=["password", "code"], alone=True)
record_lock_out(sam, by=by, now=now, minutes=15)
session = SessionStore()
session["held"] = "a session of somebody"
session.save()
AccessAttempt.objects.create(username="x", ip_address="127.0.0.1", user_agent="", failures_since_start=2)
"""
LOOK = """
import json
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from allauth.socialaccount.models import SocialAccount
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from bluelamp.organisations.models import User
sam = User.objects.get(user_name="sam")
print(json.dumps({
    "password": sam.check_password("wicket lantern osprey"),
    "key": decrypt(Authenticator.objects.get(user=sam, type="totp").data["secret"]),
    "codes": len(Authenticator.objects.get(user=sam, type="recovery_codes").wrap().get_unused_codes()),
    "connected": SocialAccount.objects.get(user=sam).uid,
    "number": sam.session_number,
    "sessions": Session.objects.count(),
    "tries": AccessAttempt.objects.count(),
}))
"""


def python(workspace: Path, program: str) -> str:
    """A program on the workspace, in a process of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {
        **kept,
        "BLUELAMP_WORKSPACE": str(workspace),
        "DJANGO_SETTINGS_MODULE": "bluelamp.config.settings",
    }
    begun = "import django; django.setup()\n" + program
    done = subprocess.run(
        [sys.executable, "-c", begun], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_people_come_in_after_a_restore(tmp_path: Path) -> None:
    one, two, archive = tmp_path / "one", tmp_path / "two", tmp_path / "kept.tar.gz"
    begin(one)
    python(one, SET_UP)
    assert run(one, "backup", archive).returncode == 0
    back = run(two, "restore", archive)
    assert "the record is sound" in back.stdout, back.stdout + back.stderr
    found = json.loads(python(two, LOOK))
    assert found == {
        "password": True,
        "key": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
        "codes": 10,
        "connected": "7f3",
        "number": 1,
        "sessions": 0,
        "tries": 0,
    }
    assert json.loads(run(two, "verify", "--json").stdout)["sound"]


def test_an_archive_holds_no_key_in_the_clear_and_no_session(tmp_path: Path) -> None:
    one, archive = tmp_path / "one", tmp_path / "kept.tar.gz"
    begin(one)
    python(one, SET_UP)
    assert run(one, "backup", archive).returncode == 0
    with tarfile.open(archive) as tar:
        tables = {name: tar.extractfile(name).read() for name in tar.getnames() if name.startswith("rows/")}  # type: ignore[union-attr]
    words = b"".join(tables.values())
    assert b"JBSWY3DPEHPK3PXP" not in words
    assert b"wicket lantern" not in words
    assert not [name for name in tables if "session" in name.lower() or "axes" in name.lower()]
    hashes = [name for name, rows in tables.items() if b"argon2$" in rows]
    assert hashes == ["rows/organisations.User.jsonl"], "the ledger keeps a fingerprint only"


def test_the_only_administrator_without_a_phone_is_let_in_from_the_machine(tmp_path: Path) -> None:
    begin(tmp_path)
    python(tmp_path, SET_UP)
    done = run(tmp_path, "sign-in-link", "sam", "--without-code")
    assert done.returncode == 0, done.stderr
    left = python(tmp_path, "from allauth.mfa.models import Authenticator; print(Authenticator.objects.count())")
    assert left.strip() == "0"
    assert json.loads(run(tmp_path, "verify", "--json").stdout)["sound"]
