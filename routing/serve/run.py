"""Serving on this machine: a free port of the loopback address, and a secret in the printed address."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

LOOPBACK = "127.0.0.1"
MOST_AT_ONCE = 200


def loopback_socket() -> socket.socket:
    """A socket to listen on, as the event loop wants it.

    The protocol is named: only then does the loop send what is written at once. Else the second part of every
    answer waits some 40 ms until the browser has told that it got the first.
    """
    held = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    return held


def serve(make: Callable[[str, int], ASGIApp], port: int, tell: Callable[[str, int, str], None]) -> None:
    """Serve until interrupted.

    make: the application for a key and a port. port: 0 for any that is free. tell: told host, port and key
    once the port is held. Raises OSError where the port is taken.
    """
    key = secrets.token_urlsafe(24)
    with loopback_socket() as held:
        held.bind((LOOPBACK, port))
        held.listen(MOST_AT_ONCE)  # who opens the address at once waits, and is not refused
        free = int(held.getsockname()[1])
        config = uvicorn.Config(
            make(key, free),
            log_level="warning",
            access_log=False,
            server_header=False,
            limit_concurrency=MOST_AT_ONCE,
            timeout_keep_alive=30,
        )
        tell(LOOPBACK, free, key)
        uvicorn.Server(config).run(sockets=[held])
