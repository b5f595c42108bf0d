"""Are the settings of signing in read as written, and a slip of the pen refused in one sentence?"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bluelamp.cli.demo import SETTINGS as DEMO
from bluelamp.cli.init import SETTINGS
from bluelamp.config.sign_in import read_client_secret, read_sign_in, read_single_sign_on
from bluelamp.config.workspace import WorkspaceError, find_workspace
from bluelamp.organisations.rules_sign_in import CAREFUL_ROLES, SignInSettings

PROVIDER = """
[[single_sign_on]]
slug = "force"
name = "Example Police"
server = "https://login.example.police.uk"
client_id = "bluelamp"
client_secret_file = "force.secret"
addresses = ["example.police.uk"]
"""

pytestmark = pytest.mark.no_database


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "force.secret").write_text("  the secret\n", encoding="utf-8")
    (tmp_path / "empty.secret").write_text("\n", encoding="utf-8")
    return tmp_path


def test_nothing_said_is_the_safe_choice() -> None:
    found = read_sign_in({})
    assert found == SignInSettings()
    assert found.require_mfa == CAREFUL_ROLES
    assert found.idle_minutes <= 60
    assert found.longest_hours <= 12


def test_what_is_said_is_taken() -> None:
    said = tomllib.loads('[sign_in]\nidle_minutes = 20\none_session = true\nrequire_mfa = ["auditor"]')
    found = read_sign_in(said)
    assert (found.idle_minutes, found.one_session, found.require_mfa) == (20, True, ("auditor",))


def test_the_demo_asks_for_no_second_step() -> None:
    assert read_sign_in(tomllib.loads(DEMO)).require_mfa == ()


def test_the_comments_of_a_new_workspace_are_its_defaults(folder: Path) -> None:
    """What the file shows, without the signs of a comment, is what holds when nothing is said."""
    lines = [line.removeprefix("# ") for line in SETTINGS.splitlines() if "=" in line or line.startswith("# [")]
    shown = tomllib.loads("\n".join(line for line in lines if not line.startswith("This")))
    assert read_sign_in(shown) == SignInSettings()
    (folder / "keys").mkdir()
    (folder / "keys" / "force.secret").write_text("x")
    assert read_single_sign_on(shown, folder)[0].add_people_to == ""


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("[sign_in]\nrequires_mfa = []", "requires_mfa"),
        ('[sign_in]\nrequire_mfa = ["emperor"]', "emperor"),
        ("[sign_in]\nrequire_mfa = true", "require_mfa"),
        ("[sign_in]\nidle_minutes = 0", "idle_minutes"),
        ("[sign_in]\nidle_minutes = 100000", "idle_minutes"),
        ('[sign_in]\nidle_minutes = "60"', "idle_minutes"),
        ("[sign_in]\nlongest_hours = -1", "longest_hours"),
        ("[sign_in]\nwrong_passwords = 0", "wrong_passwords"),
        ("sign_in = 3", "table"),
    ],
)
def test_a_slip_is_one_sentence(said: str, what: str) -> None:
    with pytest.raises(WorkspaceError) as raised:
        read_sign_in(tomllib.loads(said))
    assert what in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_provider_is_read_with_its_secret(folder: Path) -> None:
    (found,) = read_single_sign_on(tomllib.loads(PROVIDER), folder)
    assert read_client_secret(found, folder) == "the secret"
    assert (found.addresses_are_verified, found.asks_second_step, found.add_people_to) == (False, False, "")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("https://", "http://"),
        ("https://login.example.police.uk", "file:///etc/passwd"),
        ('slug = "force"', 'slug = "For ce/.."'),
        ('["example.police.uk"]', "[]"),
        ('["example.police.uk"]', '["a@example.police.uk"]'),
        ('["example.police.uk"]', '["uk"]'),
        ("force.secret", "absent.secret"),
        ("force.secret", "empty.secret"),
        ('client_id = "bluelamp"\n', ""),
        ("addresses =", "adresses ="),
        ("addresses =", 'addresses_are_verified = "yes"\naddresses ='),
    ],
)
def test_a_provider_half_configured_is_refused(folder: Path, old: str, new: str) -> None:
    with pytest.raises(WorkspaceError) as raised:
        read_single_sign_on(tomllib.loads(PROVIDER.replace(old, new)), folder)
    assert "the secret" not in str(raised.value)


def test_two_of_one_slug_are_refused(folder: Path) -> None:
    with pytest.raises(WorkspaceError, match="same slug"):
        read_single_sign_on(tomllib.loads(PROVIDER * 2), folder)


def test_https_is_yes_or_no(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BLUELAMP_WORKSPACE", str(tmp_path))
    (tmp_path / "bluelamp.toml").write_text("https = true\nproxy = '10.0.0.1'\n")
    found = find_workspace()
    assert (found.https, found.proxy) == (True, "10.0.0.1")
    (tmp_path / "bluelamp.toml").write_text("https = 'true'\n")
    with pytest.raises(WorkspaceError, match="true or false"):
        find_workspace()
