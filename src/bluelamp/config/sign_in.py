"""How do people sign in to this workspace? The tables `[sign_in]` and `[[single_sign_on]]` of bluelamp.toml."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec

from bluelamp.config.workspace import WorkspaceError
from bluelamp.organisations.rules import ROLES
from bluelamp.organisations.rules_sign_in import SignInSettings, SingleSignOn

T = TypeVar("T", SignInSettings, SingleSignOn)

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_MOST = {  # beyond these a number is a slip of the pen
    "idle_minutes": 24 * 60,
    "longest_hours": 7 * 24,
    "wrong_passwords": 100,
    "lock_minutes": 24 * 60,
    "link_hours": 14 * 24,
}


def read_sign_in(settings: Mapping[str, object]) -> SignInSettings:
    """What `[sign_in]` says, checked; safe defaults where it says nothing."""
    found = _convert(settings.get("sign_in", {}), SignInSettings, "[sign_in]")
    for name, most in _MOST.items():
        if not 1 <= getattr(found, name) <= most:
            raise WorkspaceError(f"In bluelamp.toml, {name} under [sign_in] is a number from 1 to {most}.")
    if unknown := [role for role in found.require_mfa if role not in ROLES]:
        raise WorkspaceError(
            f"In bluelamp.toml, require_mfa under [sign_in] names “{unknown[0]}”, which is no role:"
            f" choose from {', '.join(ROLES)}."
        )
    return found


def read_single_sign_on(settings: Mapping[str, object], folder: Path) -> tuple[SingleSignOn, ...]:
    """Every `[[single_sign_on]]`, checked. A provider that is half configured is refused, not left out."""
    listed = settings.get("single_sign_on", [])
    tables = listed if isinstance(listed, list) else [listed]
    found = tuple(_convert(table, SingleSignOn, "[[single_sign_on]]") for table in tables)
    for provider in found:
        _check_provider(provider, folder)
    if len({provider.slug for provider in found}) < len(found):
        raise WorkspaceError("In bluelamp.toml, two [[single_sign_on]] have the same slug: give each its own.")
    return found


def read_client_secret(provider: SingleSignOn, folder: Path) -> str:
    return (folder / provider.client_secret_file).read_text(encoding="utf-8").strip()


def _convert(table: object, kind: type[T], place: str) -> T:
    if not isinstance(table, dict):
        raise WorkspaceError(f"In bluelamp.toml, {place} is a table of settings.")
    known = {field.name for field in dataclasses.fields(kind)}
    if unknown := sorted(set(table) - known):
        raise WorkspaceError(
            f"In bluelamp.toml, {place} has “{unknown[0]}”, which is no setting:"
            f" choose from {', '.join(sorted(known))}."
        )
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError as error:
        raise WorkspaceError(f"In bluelamp.toml, {place} cannot be read: {error}.") from error


def _check_provider(provider: SingleSignOn, folder: Path) -> None:
    place = f"In bluelamp.toml, the single sign-on “{provider.slug}”"
    if not _SLUG.fullmatch(provider.slug):
        raise WorkspaceError(f"{place} needs a slug of small letters, digits and hyphens.")
    server = urlsplit(provider.server)
    if server.scheme != "https" and server.hostname not in _LOOPBACK:
        raise WorkspaceError(f"{place} needs a server whose address begins with https://.")
    if not provider.addresses or any("@" in domain or "." not in domain for domain in provider.addresses):
        raise WorkspaceError(
            f"{place} needs addresses: the part after the @ of those it may vouch for, as “example.police.uk”."
        )
    try:
        empty = not read_client_secret(provider, folder)
    except (OSError, UnicodeDecodeError) as error:
        raise WorkspaceError(f"{place} names {provider.client_secret_file}, which cannot be read.") from error
    if empty:
        raise WorkspaceError(f"{place} names {provider.client_secret_file}, which is empty.")
