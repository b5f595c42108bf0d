"""Where is the workspace, and how is it set up? The only reader of the environment."""

from __future__ import annotations

import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from bluelamp.lib.errors import PlainError

SETTINGS_FILE = "bluelamp.toml"


class WorkspaceError(PlainError):
    """A workspace that cannot be used; the message is one plain sentence."""


@dataclass(frozen=True)
class Workspace:
    """A deployment's folder and settings. Folders are made when first needed."""

    folder: Path
    database_url: str  # "" for SQLite inside the folder
    hosts: tuple[str, ...]
    definitions: Path | None
    https: bool = False  # people reach it over TLS (which a proxy before it ends), so cookies go no other way
    proxy: str = ""  # the address of that proxy: what it says of a client is believed, what others say is not
    settings: Mapping[str, object] = field(default_factory=dict)  # bluelamp.toml as it was read

    @property
    def database_file(self) -> Path:
        return self.folder / "record.sqlite3"

    @property
    def originals(self) -> Path:
        return self.folder / "originals"

    @property
    def key_file(self) -> Path:
        return self.folder / "keys" / "secret.key"

    @property
    def exists(self) -> bool:
        return (self.folder / SETTINGS_FILE).is_file()


def find_workspace() -> Workspace:
    """The workspace named by BLUELAMP_WORKSPACE, else this person's own."""
    named = os.environ.get("BLUELAMP_WORKSPACE", "")
    folder = Path(named).expanduser() if named else Path(platformdirs.user_data_dir("bluelamp"))
    settings = _read_settings(folder / SETTINGS_FILE)
    extra = folder / "definitions"
    return Workspace(
        folder=folder.absolute(),
        database_url=os.environ.get("DATABASE_URL", str(settings.get("database_url", ""))),
        hosts=_hosts(settings),
        definitions=extra if extra.is_dir() else None,
        https=_yes_or_no(settings, "https"),
        proxy=str(settings.get("proxy", "")),
        settings=settings,
    )


def _yes_or_no(settings: dict[str, object], name: str) -> bool:
    said = settings.get(name, False)
    if not isinstance(said, bool):
        raise WorkspaceError(f"In {SETTINGS_FILE}, {name} is true or false, without quotation marks.")
    return said


def _hosts(settings: dict[str, object]) -> tuple[str, ...]:
    named = os.environ.get("BLUELAMP_HOSTS", "")
    listed = settings.get("hosts", [])
    names = named.split(",") if named else [str(n) for n in listed] if isinstance(listed, list) else []
    return ("127.0.0.1", "localhost", *(name.strip() for name in names if name.strip()))


def _read_settings(path: Path) -> dict[str, object]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WorkspaceError(f"The settings in {path} cannot be read: {error}. Correct that line.") from error


def read_secret_key(workspace: Workspace) -> str:
    """The deployment's secret, kept outside the database; a passing one before there is a workspace."""
    if workspace.key_file.is_file():
        return workspace.key_file.read_text(encoding="ascii").strip()
    return secrets.token_urlsafe(50)
