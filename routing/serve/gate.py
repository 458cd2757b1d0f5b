"""The gate before page and service: who may come in, with how much, and what the browser is told.

The address that is printed at the start holds a secret key. It is exchanged, once for each browser, for a
cookie that no script reads and that no other site can make the browser send. Every other request needs the
cookie, or the key as a bearer token. The name of the host must be a loopback address, so that no other name
can be pointed at this machine; a request that changes anything must come from these pages.
"""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable
from contextlib import suppress
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from routing.serve.store import Store

COOKIE = "routing"
LARGEST = 1_000_000  # bytes of a request
HOSTS = ("127.0.0.1", "localhost", "[::1]")
SAFE = ("GET", "HEAD")
OPEN = ("/health", "/static/app.css")


FAILED = "This cannot be answered: the program failed. Go back, and please report it."
FAILURE = "internal failure ({}); set ROUTING_DEBUG=1 to see where. Please report this."


Worded = Callable[[int, str], tuple[str, str]]
"""From a status and words to the type and the text of a refusal."""


class TooLarge(Exception):
    """A request of more than LARGEST bytes."""


def plainly(status: int, words: str) -> tuple[str, str]:
    return "text/plain; charset=utf-8", words + "\n"


class Gate:
    """An ASGI application around another one.

    port: the port served on; None for any, as in tests. worded: how a refusal is told. stranger: what is told
    to who has no key.
    """

    def __init__(
        self,
        app: ASGIApp,
        store: Store,
        key: str,
        port: int | None = None,
        worded: Worded = plainly,
        stranger: str = "Open the address that `routing serve` printed; it holds your key.",
    ) -> None:
        self.app, self.store, self.key, self.port = app, store, key, port
        self.worded, self.stranger = worded, stranger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
        }
        nonce = secrets.token_urlsafe(16)
        scope["state"] = {**scope.get("state", {}), "nonce": nonce}
        secured = _secured(send, nonce)
        path: str = scope["path"]
        refused = self._refused(scope["method"], headers)
        if refused:
            await self._refuse(secured, 403, refused)
            return
        if headers.get("content-length", "0").isdigit() and int(headers.get("content-length", "0")) > LARGEST:
            await self._refuse(secured, 413, _TOO_LARGE)
            return
        cookie = f"{COOKIE}-{self.port or 0}"
        session = self.store.session(_cookie(headers.get("cookie", ""), cookie))
        query = parse_qs(scope["query_string"].decode("latin-1"))
        given = query.get("key", [""])[0]
        if path == "/" and scope["method"] == "GET" and given and self._is_key(given):
            await _welcome(secured, cookie, session or self.store.admit())
            return
        bearer = headers.get("authorization", "").removeprefix("Bearer ").strip()
        if session is None and not self._is_key(bearer) and path not in OPEN:
            await self._refuse(secured, 401, self.stranger)
            return
        scope["state"]["session"] = session
        if scope["method"] == "HEAD":  # what a GET would be answered, but its text
            scope, secured = {**scope, "method": "GET"}, _headed(secured)
        bounded, held = _Bounded(receive), _Held(secured)
        try:
            with suppress(TooLarge):
                await self.app(scope, bounded, held.within(bounded))
        except Exception as error:
            if os.environ.get("ROUTING_DEBUG"):
                raise
            print(FAILURE.format(type(error).__name__), file=sys.stderr, flush=True)
            if not held.begun:
                await self._refuse(secured, 500, FAILED)
        if bounded.exceeded and not held.begun:  # whatever the application made of it
            await self._refuse(secured, 413, _TOO_LARGE)

    async def _refuse(self, send: Send, status: int, words: str) -> None:
        kind, text = self.worded(status, words)
        headers = [(b"content-type", kind.encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": text.encode()})

    def _is_key(self, given: str) -> bool:
        return secrets.compare_digest(given.encode(), self.key.encode())

    def _refused(self, method: str, headers: dict[str, str]) -> str:
        """Why a request is refused whoever sends it; empty if it is not."""
        host = headers.get("host", "")
        name, colon, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
        if (name if colon else host) not in HOSTS or (self.port is not None and port != str(self.port)):
            return "This page answers only on this machine, under its own address."
        if method in SAFE:
            return ""
        origin = headers.get("origin")
        if origin is not None and origin != f"http://{host}":
            return "This request comes from another site."
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return "This request comes from another site."
        return ""


_TOO_LARGE = f"This is more than {LARGEST:,} bytes."


def _cookie(header: str, name: str) -> str:
    try:
        jar: SimpleCookie = SimpleCookie(header)
    except CookieError:
        return ""
    return jar[name].value if name in jar else ""


class _Bounded:
    """The messages of a request, up to LARGEST bytes. Raises TooLarge beyond."""

    def __init__(self, receive: Receive) -> None:
        self.receive, self.received, self.exceeded = receive, 0, False

    async def __call__(self) -> Message:
        message = await self.receive()
        self.received += len(message.get("body", b""))
        if self.received > LARGEST:
            self.exceeded = True
            raise TooLarge
        return message


class _Held:
    """What an application sends, unless the request was too large before it began to answer."""

    def __init__(self, send: Send) -> None:
        self.send, self.begun = send, False

    def within(self, bounded: _Bounded) -> Send:
        async def send(message: Message) -> None:
            if bounded.exceeded and not self.begun:
                return
            self.begun = True
            await self.send(message)

        return send


def _secured(send: Send, nonce: str) -> Send:
    """Send with the headers that hold a browser to these pages."""
    policy = (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self';"
        " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    added = {
        "cache-control": "no-store",
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
    }

    async def secured(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [(name, value) for name, value in message.get("headers", []) if name.decode() not in added]
            message = {
                **message,
                "headers": kept + [(name.encode(), value.encode()) for name, value in added.items()],
            }
        await send(message)

    return secured


def _headed(send: Send) -> Send:
    """Send without the text of an answer; what it would be long stays told."""

    async def headed(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return headed


async def _welcome(send: Send, cookie: str, session: str) -> None:
    """Give the browser its cookie, and an address without the key."""
    set_cookie = f"{cookie}={session}; HttpOnly; SameSite=Strict; Path=/"
    headers = [(b"location", b"/"), (b"set-cookie", set_cookie.encode())]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
