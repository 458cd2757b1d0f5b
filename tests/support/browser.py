"""A page served in a thread, and the distribution's Chromium to look at it."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from routing.opened import Router
from routing.serve.app import page
from routing.serve.run import loopback_socket

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DEMANDED = os.environ.get("CI") == "true"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
KEY = "a-key-for-tests"


@contextmanager
def served(router: Router, made: Callable[[Router, str, int], ASGIApp] = page) -> Iterator[str]:
    """The address of a page, or of what else is made, while it is served; without its key."""
    with loopback_socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()  # who comes before the server runs is not refused, and waits
        port = held.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(made(router, KEY, port), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join(20)


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser with nothing in it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()
