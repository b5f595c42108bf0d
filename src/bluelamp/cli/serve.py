"""`bluelamp serve`: the desk, by a production server, with the worker that does long jobs beside it."""

from __future__ import annotations

import errno
import signal
import socket
import threading
from pathlib import Path
from typing import Annotated, Any

import typer

from bluelamp.lib.errors import PlainError

HOST = Annotated[
    str, typer.Option("--host", help="The address to listen on; 0.0.0.0 is every one of this machine.")
]
PORT = Annotated[int, typer.Option("--port", min=0, max=65535, help="The port; 0 takes any that is free.")]

LARGEST_REQUEST = 310 * 1024 * 1024  # a little more than the largest file that is read
THREADS = 8
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve(host: HOST = "127.0.0.1", port: PORT = 8000) -> None:
    """Serve the desk until Ctrl-C."""
    from bluelamp.cli.django import open_workspace

    workspace = open_workspace()
    listener = listen(host, port)
    address = address_of(listener, host)
    remember_address(workspace.folder, address)
    print(f"The desk is at {address}/ (stop it with Ctrl-C).", flush=True)
    print("For a link that signs you in once, in another terminal: bluelamp sign-in-link", flush=True)
    if host not in LOOPBACK:
        print(f"Browsers are answered that ask for {_hosts()}; others are named in bluelamp.toml.", flush=True)
    run_server(listener)


def _hosts() -> str:
    from django.conf import settings

    return " or ".join(settings.ALLOWED_HOSTS)


ADDRESS_FILE = "desk.address"


def remember_address(folder: Path, address: str) -> None:
    """Where the desk was last served, so that a sign-in link leads there."""
    (folder / ADDRESS_FILE).write_text(address + "\n", encoding="utf-8")


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address; a PlainError where it is taken or not ours."""
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as error:
        raise PlainError(f"There is no address {host} on this machine; try --host 127.0.0.1.") from error
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(place)
        listener.listen()
    except OSError as error:
        listener.close()
        raise PlainError(_say_why(error, host, port)) from error
    return listener


def _say_why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use: stop what uses it, or choose another with --port."
    if error.errno == errno.EACCES:
        return f"Port {port} is reserved for the system's administrator: choose one above 1023 with --port."
    return f"The desk cannot listen on {host}, port {port}: {(error.strerror or str(error)).lower()}."


def address_of(listener: socket.socket, host: str) -> str:
    shown = "127.0.0.1" if host in ("", "0.0.0.0", "::") else host  # noqa: S104  (compared, not bound)
    return (
        f"http://[{shown}]:{listener.getsockname()[1]}"
        if ":" in shown
        else f"http://{shown}:{listener.getsockname()[1]}"
    )


def run_server(listener: socket.socket) -> None:
    """Serve and work until interrupted; requests that run are finished, the worker ends after its job's step."""
    import waitress
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    from bluelamp.intake.worker import work_until

    call_command("clearsessions", verbosity=0)  # those that are over; the others are checked at each request
    stopped = threading.Event()
    worker = threading.Thread(target=work_until, args=(stopped,), name="worker", daemon=True)
    server: Any = waitress.create_server(
        get_wsgi_application(),
        sockets=[listener],
        threads=THREADS,
        max_request_body_size=LARGEST_REQUEST,
        ident="bluelamp",
        **_believe_proxy(),
    )
    for told in (
        signal.SIGINT,
        signal.SIGTERM,
    ):  # a shell's background ignores the first; a service sends the second
        signal.signal(told, _stop)
    worker.start()
    try:
        server.run()
    finally:
        stopped.set()
        server.close()
        worker.join(timeout=5)


def _believe_proxy() -> dict[str, Any]:
    """Only the proxy that bluelamp.toml names may say whose request it is, and that it came over TLS.

    What others say of themselves in such headers is taken out before Django sees it: limits count addresses.
    """
    from django.conf import settings

    if not settings.WORKSPACE.proxy:
        return {"clear_untrusted_proxy_headers": True}
    return {
        "clear_untrusted_proxy_headers": True,
        "trusted_proxy": settings.WORKSPACE.proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
    }


def _stop(signal_number: int, frame: object) -> None:
    raise KeyboardInterrupt
