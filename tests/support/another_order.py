"""The tests in another order, to see that none depends on what ran before it:

    PYTHONPATH=tests/support pytest -n 0 -p another_order tests/unit/plan

reverses it; `ROUTING_TEST_ORDER=7` beside it draws one by that seed, over all files.
"""

from __future__ import annotations

import os
from random import Random

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    seed = os.environ.get("ROUTING_TEST_ORDER")
    if seed:
        Random(seed).shuffle(items)
    else:
        items.reverse()
