"""How is the whole workspace carried away, and brought back somewhere else?

An archive is a tar file: a manifest, every table as JSON lines, the originals, and the keys. It is the same for
SQLite and PostgreSQL, so an office may move from one to the other. The keys are in it: keep it where only you can
read it.
"""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from bluelamp.ledger.canonical import canonical, row_fields
from bluelamp.ledger.models import Head
from bluelamp.lib.errors import PlainError

SCHEMA = "bluelamp.archive/1"
MANIFEST = "manifest.json"
FOLDERS = ("originals", "keys", "definitions")  # of the workspace, beside its settings file
WORKSPACE = "workspace"  # where an archive keeps them
RESTORING = ".restoring-"
LEFT_OUT = frozenset(
    {"auth", "contenttypes", "sessions", "messages", "axes"}
)  # axes: wrong passwords of the last minutes
BATCH = 500
_MALFORMED = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What reading a manifest or a row raises that is not as `make_archive` writes it."""

Tell = Callable[[str, int, int], None]
"""Called with what is being done, how much is done, and how much there is."""


class ArchiveError(PlainError):
    """An archive that cannot be made or brought back; the message is one plain sentence."""


@dataclass(frozen=True)
class ArchiveSummary:
    rows: int
    files: int
    size: int  # bytes of the archive


def kept_models() -> list[type[models.Model]]:
    """Every table of ours, those that others refer to first."""
    return [model for model in apps.get_models() if model._meta.app_label not in LEFT_OUT]


def make_archive(workspace: Path, target: Path, tell: Tell = lambda *_: None) -> ArchiveSummary:
    """Write the archive beside its final name and move it there when it is whole."""
    beside = target.with_name(target.name + ".part")
    try:
        if target.exists():
            raise ArchiveError(f"{target} is there already; name another file.")
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file, tarfile.open(fileobj=file, mode="w:gz", compresslevel=3) as tar:
            rows, files = _fill(tar, workspace, tell)
        beside.replace(target)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ArchiveError(f"The archive could not be written to {target}: {reason}.") from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    return ArchiveSummary(rows, files, target.stat().st_size)


def _fill(tar: tarfile.TarFile, workspace: Path, tell: Tell) -> tuple[int, int]:
    manifest: dict[str, Any] = {"schema": SCHEMA, "migrations": _migrations(), "files": {}, "rows": {}}
    with transaction.atomic():
        # The writer's lock: nothing is written between the tables, the originals and the checkpoint.
        Head.objects.select_for_update().get(pk=1)
        tables = kept_models()
        for done, model in enumerate(tables):
            tell(f"Copying {model._meta.verbose_name_plural}", done, len(tables))
            with tempfile.TemporaryFile("w+", encoding="utf-8") as lines:
                manifest["rows"][model._meta.label] = _dump(model, lines)
                _add(tar, manifest, f"rows/{model._meta.label}.jsonl", lines.buffer)
        for path in _workspace_files(workspace):
            with path.open("rb") as file:
                _add(tar, manifest, f"{WORKSPACE}/{path.relative_to(workspace)}", file)
    encoded = json.dumps(manifest, indent=1, sort_keys=True).encode()
    entry = tarfile.TarInfo(MANIFEST)
    entry.size = len(encoded)
    tar.addfile(entry, io.BytesIO(encoded))
    return sum(manifest["rows"].values()), len(manifest["files"])


def _migrations() -> dict[str, str]:
    """The last applied migration of each app."""
    applied = sorted(MigrationRecorder(connection).applied_migrations())
    return {app: name for app, name in applied if app not in LEFT_OUT}


def _dump(model: type[models.Model], lines: Any) -> int:
    rows = model._default_manager.order_by("pk").iterator(chunk_size=2000)
    count = 0
    for row in rows:
        lines.write(canonical(row_fields(row)) + "\n")
        count += 1
    lines.flush()
    return count


def _add(tar: tarfile.TarFile, manifest: dict[str, Any], name: str, file: Any) -> None:
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    entry = tarfile.TarInfo(name)
    entry.size = file.tell()
    entry.mode = 0o600
    file.seek(0)
    tar.addfile(entry, file)
    manifest["files"][name] = digest


def _workspace_files(workspace: Path) -> Iterator[Path]:
    for path in sorted(workspace.glob("*.toml")):
        yield path
    for folder in FOLDERS:
        for path in sorted((workspace / folder).rglob("*")):
            if path.is_file() and path.suffix not in (".lock", ".part", ".new"):
                yield path


@contextmanager
def restoring(archive: Path, workspace: Path) -> Iterator[Path]:
    """Lay the archive out in the empty folder of the workspace-to-be; yields the folder of its tables.

    All or nothing: a failure leaves the folder empty, and a kill leaves it without settings and with the unpacked
    archive in it, which `is_half_restored` tells. The settings come last.
    """
    unpacked = unpack_archive(archive, workspace)
    try:
        place_files(unpacked, workspace)
        yield unpacked
        for path in (unpacked / WORKSPACE).glob("*.toml"):
            shutil.move(path, workspace / path.name)
        shutil.rmtree(unpacked)
    except BaseException:
        connection.close()
        _empty(workspace)
        raise


def is_half_restored(workspace: Path) -> bool:
    """Was a restore into this folder killed?"""
    return any(workspace.glob(f"{RESTORING}*"))


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def unpack_archive(archive: Path, workspace: Path) -> Path:
    """Check the archive and lay its files out beside the workspace-to-be. Returns the folder of its tables."""
    damaged = f"{archive} is not a whole archive of a workspace; nothing was restored."
    try:
        _refuse_full(workspace)
        workspace.mkdir(parents=True, exist_ok=True, mode=0o700)
        unpacked = Path(tempfile.mkdtemp(prefix=RESTORING, dir=workspace))
    except OSError as error:
        raise ArchiveError(f"{workspace} cannot be made: {(error.strerror or str(error)).lower()}.") from error
    try:
        with tarfile.open(archive, mode="r:gz") as tar:
            _extract(tar, unpacked, damaged)
        _check_files(unpacked, archive)
    except BaseException as error:
        shutil.rmtree(unpacked, ignore_errors=True)
        if isinstance(error, OSError) and error.errno and not isinstance(error, FileNotFoundError):
            reason = (error.strerror or str(error)).lower()
            raise ArchiveError(f"{archive} cannot be unpacked in {workspace}: {reason}.") from error
        if isinstance(error, (tarfile.TarError, zlib.error, OSError, EOFError, *_MALFORMED)):
            raise ArchiveError(damaged) from error
        raise
    return unpacked


def _refuse_full(workspace: Path) -> None:
    if not workspace.exists():
        return
    if is_half_restored(workspace):
        raise ArchiveError(f"A restore into {workspace} was not finished: empty that folder and restore again.")
    if any(workspace.iterdir()):
        raise ArchiveError(f"{workspace} is not empty; restore into a new folder with --workspace.")


def _extract(tar: tarfile.TarFile, unpacked: Path, damaged: str) -> None:
    """Only what `make_archive` writes: plain files in their folders, as many bytes as there is room for."""
    for member in tar:
        if not member.isreg() or not _is_ours(member.name):
            raise ArchiveError(damaged)
        if member.size > shutil.disk_usage(unpacked).free:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        tar.extract(member, unpacked, filter="data")


def _is_ours(name: str) -> bool:
    parts = PurePosixPath(name).parts
    if name.startswith("/") or ".." in parts or not parts:
        return False
    if parts[0] == WORKSPACE:
        return (len(parts) == 2 and name.endswith(".toml")) or (len(parts) > 2 and parts[1] in FOLDERS)
    return name == MANIFEST or (parts[0] == "rows" and len(parts) == 2)


def _check_files(unpacked: Path, archive: Path) -> None:
    """The manifest names every file with its digest, and there is no other."""
    manifest = json.loads((unpacked / MANIFEST).read_text(encoding="utf-8"))
    known = set(MigrationLoader(None).disk_migrations)
    if manifest["schema"] != SCHEMA or not set(manifest["migrations"].items()) <= known:
        raise ArchiveError(f"{archive} was made by a newer Bluelamp; upgrade before restoring it.")
    there = {str(path.relative_to(unpacked)) for path in unpacked.rglob("*") if path.is_file()}
    if there != {MANIFEST, *manifest["files"]}:
        raise ValueError("files that the manifest does not name, or too few")
    for name, digest in manifest["files"].items():
        with (unpacked / name).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                raise ArchiveError(f"{name} in {archive} is damaged; nothing was restored.")


def place_files(unpacked: Path, workspace: Path) -> None:
    """Move the workspace's own folders (keys, originals, definitions) to their places; its settings wait."""
    for name in FOLDERS:
        if (unpacked / WORKSPACE / name).is_dir():
            shutil.move(unpacked / WORKSPACE / name, workspace / name)
    for key in (workspace / "keys").glob("*"):
        key.chmod(0o600)


def load_tables(unpacked: Path, tell: Tell = lambda *_: None) -> int:
    """Bring the tables back into an empty database, as the release that made them knew them; then upgrade."""
    manifest = json.loads((unpacked / MANIFEST).read_text(encoding="utf-8"))
    try:
        for app, name in manifest["migrations"].items():
            call_command("migrate", app, name, verbosity=0, interactive=False)
        call_command("migrate", "contenttypes", verbosity=0, interactive=False)
        with transaction.atomic():
            rows = _load_all(unpacked, _models_then(manifest), tell)
        call_command("migrate", verbosity=0, interactive=False)
        _reset_sequences(kept_models())
    except (CommandError, DatabaseError, ValidationError, *_MALFORMED) as error:
        first_line = (str(error).splitlines() or [""])[0]
        raise ArchiveError(f"The tables of the archive could not be brought back: {first_line}.") from error
    return rows


def _models_then(manifest: dict[str, Any]) -> list[type[models.Model]]:
    """The archive's tables as its release knew them: the columns of later ones are not there yet."""
    known = MigrationLoader(connection).project_state(list(manifest["migrations"].items())).apps
    order = {model._meta.label: place for place, model in enumerate(kept_models())}
    labels = sorted(manifest["rows"], key=lambda label: order.get(label, len(order)))
    return [known.get_model(label) for label in labels]


def _load_all(unpacked: Path, tables: list[type[models.Model]], tell: Tell) -> int:
    Head.objects.all().delete()
    if any(model._default_manager.exists() for model in tables):
        raise ArchiveError("The database already holds a record; restore into an empty one.")
    rows = 0
    for done, model in enumerate(tables):
        tell(f"Restoring {model._meta.verbose_name_plural}", done, len(tables))
        path = unpacked / "rows" / f"{model._meta.label}.jsonl"
        rows += _load(model, path) if path.is_file() else 0
    return rows


def _load(model: type[models.Model], path: Path) -> int:
    count = 0
    batch: list[models.Model] = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            batch.append(_row(model, json.loads(line)))
            if len(batch) >= BATCH:
                model._default_manager.bulk_create(batch)
                count += len(batch)
                batch = []
    model._default_manager.bulk_create(batch)
    return count + len(batch)


def _row(model: type[models.Model], written: dict[str, Any]) -> models.Model:
    """The row as it was."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return model(**{name: _value(fields[name], value) for name, value in written.items()})


def _value(field: models.Field[Any, Any], written: Any) -> Any:
    return written if isinstance(field, models.JSONField) else field.to_python(written)


def _reset_sequences(tables: list[type[models.Model]]) -> None:
    """Numbers that the database gives by itself go on after the restored ones."""
    from django.core.management.color import no_style

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)
