"""Where is a file kept between its upload and its reading? In the workspace, under the name of its job."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from django.conf import settings


def upload_path(job: UUID) -> Path:
    return Path(settings.WORKSPACE.folder) / "uploads" / job.hex


def keep_upload(job: UUID, chunks: Iterable[bytes]) -> None:
    """Whole or not at all; only the server's own user may read it."""
    path = upload_path(job)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as stream:
            for chunk in chunks:
                stream.write(chunk)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def drop_upload(job: UUID) -> None:
    upload_path(job).unlink(missing_ok=True)
