"""The page as a browser that was let in has it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser import KEY
from starlette.testclient import TestClient

from routing.opened import Router, shared_router
from routing.serve.app import page


@pytest.fixture(scope="session")
def router() -> Router:
    return shared_router()


@pytest.fixture
def client(router: Router) -> Iterator[TestClient]:
    with TestClient(page(router, KEY), "http://127.0.0.1") as client:
        client.get("/", params={"key": KEY})
        yield client
