"""How do messages leave? By the mail server of bluelamp.toml; without one they are files in the workspace."""

from __future__ import annotations

from bluelamp.config.workspace import WorkspaceError, find_workspace

_WORKSPACE = find_workspace()


def read_mail(settings: object) -> dict[str, object]:
    """The table [mail] of bluelamp.toml; WorkspaceError in one sentence where it is wrong."""
    found = settings if isinstance(settings, dict) else {}
    unknown = set(found) - {"host", "port", "user", "password_file", "tls", "from"}
    if unknown:
        raise WorkspaceError(f"In bluelamp.toml, [mail] has {', '.join(sorted(unknown))}, which means nothing.")
    return found


_MAIL = read_mail(_WORKSPACE.settings.get("mail"))
EMAIL_HOST = str(_MAIL.get("host", ""))
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = str(_WORKSPACE.folder / "outbox")
EMAIL_PORT = int(str(_MAIL.get("port", 587)))
EMAIL_USE_TLS = bool(_MAIL.get("tls", True))
EMAIL_TIMEOUT = 20  # seconds
EMAIL_HOST_USER = str(_MAIL.get("user", ""))
_SECRET = _WORKSPACE.folder / str(_MAIL.get("password_file", "keys/mail.secret"))
EMAIL_HOST_PASSWORD = _SECRET.read_text(encoding="utf-8").strip() if _SECRET.is_file() else ""
DEFAULT_FROM_EMAIL = str(_MAIL.get("from", "bluelamp@localhost"))
