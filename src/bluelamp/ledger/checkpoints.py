"""How is a removed or added tail of the ledger noticed? A signed checkpoint kept outside the database (law 6).

Before a transaction commits, its new head is signed as an intent; after the commit it is signed as done. So at any
moment, a kill included, the true head is the last one done or a later intent: any other head is tampering.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from bluelamp.ledger.canonical import digest_of
from bluelamp.lib.errors import PlainError

KEY_FILE = "ledger.key"
KEY_BYTES = 32
CHECKPOINT_FILE = "ledger.checkpoint"


class CheckpointError(PlainError):
    """A checkpoint or key that cannot be used; the message is one plain sentence."""


@dataclass(frozen=True)
class Mark:
    """A head as signed: `state` is "intended" or "done"."""

    state: str
    sequence: int
    digest: str
    signature: str

    def __post_init__(self) -> None:
        texts = (self.state, self.digest, self.signature)
        if type(self.sequence) is not int or not all(isinstance(text, str) for text in texts):
            raise TypeError("a mark is a number and three texts")


@dataclass(frozen=True)
class Checkpoint:
    done: Mark | None
    intended: tuple[Mark, ...]

    def names(self, sequence: int, digest: str) -> bool:
        """Is this head signed? Before the first that is done, any head is taken as it stands."""
        marks = (*self.intended, self.done)
        return not self.done or (sequence, digest) in {(m.sequence, m.digest) for m in marks if m}


class CheckpointStore:
    """The checkpoint file and the key that signs it, in a folder outside the database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def path(self) -> Path:
        return self.folder / CHECKPOINT_FILE

    def make_key(self) -> None:
        """Make the signing key once; it is readable by its owner only."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / KEY_FILE
        if path.exists():
            return
        key = Ed25519PrivateKey.generate()
        raw = key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another command made it in the meantime
            return
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())

    def _key(self) -> Ed25519PrivateKey:
        path = self.folder / KEY_FILE
        try:
            return Ed25519PrivateKey.from_private_bytes(path.read_bytes())
        except FileNotFoundError as error:
            raise CheckpointError(f"The key {path} is missing: bring it back from a backup.") from error
        except (OSError, ValueError) as error:
            raise CheckpointError(f"The key {path} cannot be read: bring it back from a backup.") from error

    def public_key(self) -> bytes:
        """32 raw bytes that anyone may hold to check a checkpoint."""
        return self._key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def intend(self, sequence: int, digest: str, *, after: tuple[int, str] | None = None) -> None:
        """Sign a head before its transaction commits.

        `after` is the head it follows from, which must be signed itself: a ledger that somebody cut or added to
        by hand would otherwise be vouched for again as soon as it had grown past the old mark.
        """
        try:
            with self._locked():
                now = self.read()
                if after and not now.names(*after):
                    raise CheckpointError(
                        f"Nothing was recorded: the ledger ends at event {after[0]}, which was never signed."
                        " Run bluelamp verify, and find out who changed it or restore a backup."
                    )
                later = tuple(m for m in now.intended if not now.done or m.sequence > now.done.sequence)
                self._write(Checkpoint(now.done, (*later, self._sign("intended", sequence, digest))))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise CheckpointError(
                f"Nothing was recorded: the checkpoint in {self.folder} cannot be written ({reason})."
            ) from error

    def confirm(self, sequence: int, digest: str) -> None:
        """Sign a head after its transaction was committed; where that fails, the intent goes on vouching."""
        # A full disk here must not be told as a failure: the transaction is committed.
        with suppress(OSError, CheckpointError), self._locked():
            now = self.read()
            if now.done and now.done.sequence >= sequence:
                return
            later = tuple(m for m in now.intended if m.sequence > sequence)
            self._write(Checkpoint(self._sign("done", sequence, digest), later))

    def read(self) -> Checkpoint:
        """The checkpoint, its signatures checked; empty where there is none."""
        if not self.path.is_file():
            return Checkpoint(None, ())
        try:
            raw = json.loads(self.path.read_text(encoding="utf-8"))
            done = Mark(**raw["done"]) if raw["done"] else None
            intended = tuple(Mark(**mark) for mark in raw["intended"])
        except (ValueError, KeyError, TypeError) as error:
            raise CheckpointError(f"The checkpoint {self.path} is damaged and cannot be read.") from error
        for mark in (*intended, *([done] if done else [])):
            self._check(mark)
        return Checkpoint(done, intended)

    def _sign(self, state: str, sequence: int, digest: str) -> Mark:
        signature = self._key().sign(_words(state, sequence, digest)).hex()
        return Mark(state, sequence, digest, signature)

    def _check(self, mark: Mark) -> None:
        key = Ed25519PublicKey.from_public_bytes(self.public_key())
        try:
            key.verify(bytes.fromhex(mark.signature), _words(mark.state, mark.sequence, mark.digest))
        except (InvalidSignature, ValueError) as error:
            raise CheckpointError(f"The checkpoint {self.path} was not signed by this workspace.") from error

    def _write(self, checkpoint: Checkpoint) -> None:
        raw = {
            "done": asdict(checkpoint.done) if checkpoint.done else None,
            "intended": [asdict(mark) for mark in checkpoint.intended],
        }
        beside = self.path.with_suffix(".new")
        with beside.open("w", encoding="utf-8") as file:
            json.dump(raw, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.path)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self.folder / "ledger.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _words(state: str, sequence: int, digest: str) -> bytes:
    return digest_of("bluelamp.checkpoint/1", state, str(sequence), digest).encode()
