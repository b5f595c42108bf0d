"""An OpenID Connect provider on this machine: it vouches for whom a test says, truly or falsely."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt

CLIENT, SECRET = "bluelamp", "a secret of the client"


@dataclass
class Provider:
    """What it says of the person who signs in there, and what it was asked."""

    address: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    token: dict[str, Any] = field(default_factory=dict)  # what its ID token says instead
    signed_by: str = "a key of the provider, long enough"
    broken: bool = False
    asked: dict[str, str] = field(default_factory=dict)  # of the last request to sign somebody in
    codes: dict[str, str] = field(default_factory=dict)  # each with its PKCE challenge

    def give_code(self, code: str = "code-1") -> str:
        """The person has signed in there: the code that the browser carries back."""
        self.codes[code] = self.asked["code_challenge"]
        return code

    def see_request(self, address: str) -> None:
        """The browser comes to the provider with this address."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}

    def id_token(self) -> str:
        now = int(time.time())
        said = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300, **self.claims, **self.token}
        return jwt.encode(said, self.signed_by, algorithm="HS256", headers={"kid": "1"})


@contextmanager
def providing() -> Iterator[Provider]:
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if provider.broken:
                self._answer({}, 500)
            elif self.path.startswith("/.well-known/openid-configuration"):
                self._answer(_configuration(provider.address))
            elif self.path.startswith("/userinfo"):
                self._answer(provider.claims)
            else:
                self._answer({}, 404)

        def do_POST(self) -> None:
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            code, verifier = sent.get("code", [""])[0], sent.get("code_verifier", [""])[0]
            challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
            good = (
                provider.codes.pop(code, None) == challenge
                and sent.get("client_id") == [CLIENT]
                and sent.get("client_secret") == [SECRET]
            )
            if not good:
                self._answer({"error": "invalid_grant"}, 400)
                return
            self._answer({"access_token": "t", "token_type": "Bearer", "id_token": provider.id_token()})

        def _answer(self, said: Any, status: int = 200) -> None:
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    running = threading.Thread(target=server.serve_forever, daemon=True)
    running.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        running.join()


def _configuration(address: str) -> dict[str, Any]:
    return {
        "issuer": address,
        "authorization_endpoint": f"{address}/authorize",
        "token_endpoint": f"{address}/token",
        "userinfo_endpoint": f"{address}/userinfo",
        "jwks_uri": f"{address}/keys",
        "token_endpoint_auth_methods_supported": ["client_secret_post"],
    }
