"""Where does Spark count: in this process's care, on a cluster, or behind Spark Connect? An address, read."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bluelamp.lib.errors import PlainError

_LOCAL: Final = re.compile(r"local(?:\[(\*|[1-9]\d{0,2})\])?")
_HOST: Final = r"(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._-]{1,253}):(\d{1,5})"
_CLUSTER: Final = re.compile(rf"spark://{_HOST}(?:,{_HOST}){{0,9}}")
_CONNECT: Final = re.compile(r"sc://(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._-]{1,253})(?::(\d{1,5}))?(/.{0,2000})?")
CONNECT_PORT: Final = 15002
PATIENCE: Final = 10.0
"""Seconds in which a cluster must take a connection: Spark itself waits a minute, and Connect ten."""


class Reach(StrEnum):
    """How the session is had."""

    LOCAL = "local"
    CLUSTER = "cluster"
    CONNECT = "connect"


@dataclass(frozen=True, slots=True)
class SparkAddress:
    """`url` as Spark takes it, which may hold a token; `shown` never does."""

    reach: Reach
    url: str
    hosts: tuple[tuple[str, int], ...] = ()

    @property
    def shown(self) -> str:
        return self.url.split("/;")[0]

    @property
    def on_loopback(self) -> bool:
        """Nothing of it is on another machine."""
        return all(host in ("127.0.0.1", "localhost", "::1") for host, _ in self.hosts)


def read_address(said: str) -> SparkAddress:
    """PlainError unless it is one of the three."""
    if _LOCAL.fullmatch(said):
        return SparkAddress(Reach.LOCAL, "local[*]" if said == "local" else said)
    if _CLUSTER.fullmatch(said):
        hosts = tuple(_read_host(each) for each in said.removeprefix("spark://").split(","))
        return SparkAddress(Reach.CLUSTER, said, hosts)
    if found := _CONNECT.fullmatch(said):
        return SparkAddress(Reach.CONNECT, said, ((found[1].strip("[]"), int(found[2] or CONNECT_PORT)),))
    raise PlainError(
        f"--spark-master {said.split('/;')[0][:60]}: write local[4] (cores of this machine), spark://HOST:PORT"
        " (a standalone cluster's master), or sc://HOST:PORT (Spark Connect)."
    )


def _read_host(said: str) -> tuple[str, int]:
    host, _, port = said.rpartition(":")
    return host.strip("[]"), int(port)


def check_answers(address: SparkAddress, patience: float = PATIENCE) -> None:
    """PlainError where nothing listens at any of its hosts."""
    for host, port in address.hosts:
        try:
            with socket.create_connection((host, port), timeout=patience):
                return
        except (OSError, OverflowError):
            continue
    if address.hosts:
        raise PlainError(f"Nothing answers at {address.shown}: start Spark there, or give another --spark-master.")
