"""`bluelamp init`: a workspace, ready for documents. Running it again is harmless."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bluelamp.cli.django import OpenWorkspace, check_release, start_django
from bluelamp.lib.errors import PlainError

SETTINGS_FILE = "bluelamp.toml"
SETTINGS = """\
# This workspace's settings. The environment wins: BLUELAMP_WORKSPACE, BLUELAMP_HOSTS, DATABASE_URL.
# database_url = "postgresql://user:password@host/name"   # else a SQLite file in this folder
# hosts = ["bluelamp.example.police.uk"]                  # names under which the desk may be reached
# https = true           # people reach it over TLS: cookies then go no other way
# proxy = "10.0.0.1"     # the proxy before it, whose word about a client's address and TLS is believed

# [sign_in]              # these are the defaults
# require_mfa = ["administrator", "liaison", "lpb_officer"]   # roles that need a second step; [] for none
# idle_minutes = 60      # a session ends after so long without use,
# longest_hours = 12     # and so long after signing in
# one_session = false    # signing in ends the person's other sessions
# wrong_passwords = 5    # after so many a name is locked
# lock_minutes = 15      # for so long
# link_hours = 24        # how long a link works that an administrator makes on the page of people

# [mail]                 # without it messages are kept as files in the folder outbox
# host = "mail.example.police.uk"
# port = 587
# tls = true
# user = "bluelamp"
# password_file = "keys/mail.secret"             # in this folder
# from = "bluelamp@example.police.uk"

# [[single_sign_on]]     # OpenID Connect; give the provider https://YOUR-DESK/sign-in/with/SLUG/back to return to
# slug = "force"
# name = "Example Police"                        # on the button
# server = "https://login.example.police.uk"     # before /.well-known/openid-configuration
# client_id = "bluelamp"
# client_secret_file = "keys/force.secret"       # in this folder
# addresses = ["example.police.uk"]              # e-mail addresses it may vouch for, after the @
# addresses_are_verified = false                 # true only for your own, if it never says email_verified
# asks_second_step = false                       # true if it asks for one itself
# add_people_to = ""                             # "NTS": whoever it vouches for becomes a reader there
"""


def init() -> None:
    """Make a workspace, or bring the one that is there up to date."""
    from bluelamp.cli.screen import make_console

    workspace = start_django()
    existed = workspace.exists
    added = make_workspace(workspace)
    console = make_console()
    what = "is ready" if existed else "was made"
    console.print(f"The workspace in {workspace.folder} {what}; {added} organisations added or changed.")
    console.print(f"Its keys are in {workspace.folder / 'keys'}: back them up apart from the database.")


def make_workspace(workspace: OpenWorkspace) -> int:
    """The folder, its keys, its database and the organisations; how many of these were added or changed."""
    from bluelamp.ledger.archives import is_half_restored

    if is_half_restored(workspace.folder):
        raise PlainError(
            f"A restore into {workspace.folder} was not finished: empty that folder and restore again."
        )
    try:
        _make_folders(workspace.folder)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise PlainError(f"The workspace in {workspace.folder} cannot be made: {reason}.") from error
    from django.core.management import call_command
    from django.db.utils import DatabaseError

    with _only_one(workspace.folder):
        try:
            check_release(may_be_older=True)
            call_command("migrate", verbosity=0, interactive=False)
        except DatabaseError as error:
            first_line = str(error).splitlines()[0]
            raise PlainError(f"The workspace's database cannot be prepared: {first_line}.") from error
        return _load_organisations()


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """Two commands that find no workspace at the same moment make its tables one after the other."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _make_folders(folder: Path) -> None:
    from bluelamp.ledger.checkpoints import KEY_FILE, CheckpointStore

    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / "originals").mkdir(exist_ok=True)
    keys = folder / "keys"
    keys.mkdir(exist_ok=True, mode=0o700)
    _write_once(keys / "secret.key", secrets.token_urlsafe(50) + "\n")
    if not (keys / KEY_FILE).exists():
        CheckpointStore(keys).make_key()
    # Last: a folder with settings is a workspace that was made whole.
    _write_once(folder / SETTINGS_FILE, SETTINGS, mode=0o644)


def _write_once(path: Path, words: str, mode: int = 0o600) -> None:
    if path.exists():
        return
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError:  # another command made it in the meantime
        return
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(words)


def _load_organisations() -> int:
    import datetime as dt

    from django.conf import settings

    from bluelamp.ledger.actions import Operator
    from bluelamp.organisations.actions import load_organisations
    from bluelamp.organisations.bodies import load_bodies

    bodies = load_bodies(settings.WORKSPACE_DEFINITIONS)
    return load_organisations(by=Operator("init"), now=dt.datetime.now(dt.UTC), bodies=bodies)
