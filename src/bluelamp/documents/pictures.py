"""What does a page of a PDF look like? Drawn once in the sandbox, then kept beside the workspace's other files."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from django.conf import settings

from bluelamp.documents.models import StoredDocument, StoredPage
from bluelamp.documents.originals import workspace_originals
from bluelamp.documents.sandbox import render_page

WIDTH_PX = 1400  # sharp at twice the width of the pane it is shown in


def has_picture(document: StoredDocument, page: StoredPage) -> bool:
    return document.format == "pdf" and page.number is not None and page.width > 0


def page_picture(document: StoredDocument, page_number: int) -> bytes:
    """The page as a PNG. UnreadableFileError where it cannot be drawn, OSError where the original is gone."""
    kept = _pictures() / document.sha256 / f"{page_number}-{WIDTH_PX}.png"
    if kept.is_file():
        return kept.read_bytes()
    picture = render_page(workspace_originals().path_of(document.sha256), page_number, WIDTH_PX)
    _keep(kept, picture)
    return picture


def _pictures() -> Path:
    """Follows from the originals, so it is no part of a backup and may be removed at any time."""
    return Path(settings.WORKSPACE.folder) / "pictures"


def _keep(path: Path, picture: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    with os.fdopen(handle, "wb") as stream:
        stream.write(picture)
    Path(name).replace(path)
