"""The rules that ship, and the documents among them, opened once."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from routing.opened import Router, shared_router
from routing.rulebook.documents import Document
from routing.rulebook.parse.documents import documents_of


@pytest.fixture(scope="session")
def router() -> Router:
    return shared_router()


@pytest.fixture(scope="session")
def documents(router: Router) -> Mapping[str, Document]:
    return documents_of(router.law)
