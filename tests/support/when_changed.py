"""Long tests that run only when what they rest on has changed since they last passed.

    @pytest.mark.when_changed("rules", "routing/rulebook")

The folders' content is hashed and kept in `tests/slow/passed.json` once the test passes. `make test-all` (or
`ROUTING_TEST_ALL=1`) runs them whatever is recorded.
"""

from __future__ import annotations

import hashlib
import json
import os
from functools import cache

import pytest
from places import ROOT

RECORD = ROOT / "tests" / "slow" / "passed.json"
HASH = "inputs"


@cache
def content(folders: tuple[str, ...]) -> str:
    """One hash over every file of some folders, by name and content."""
    digest = hashlib.sha256()
    for folder in folders:
        top = ROOT / folder
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def recorded() -> dict[str, str]:
    """By test, the hash with which it last passed."""
    return dict(json.loads(RECORD.read_text(encoding="utf-8"))) if RECORD.is_file() else {}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "when_changed(folders): run only when these folders changed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    known = recorded()
    for item in items:
        mark = item.get_closest_marker("when_changed")
        if mark is None:
            continue
        inputs = content((*mark.args, str(item.path.relative_to(ROOT))))
        if known.get(item.nodeid) == inputs and not os.environ.get("ROUTING_TEST_ALL"):
            item.add_marker(
                pytest.mark.skip(reason="passed on the same rules and code; make test-all runs it")
            )
        item.user_properties.append((HASH, inputs))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    inputs = dict(report.user_properties).get(HASH)
    if inputs is None or report.when != "call" or not report.passed or "PYTEST_XDIST_WORKER" in os.environ:
        return
    known = {**recorded(), report.nodeid: str(inputs)}
    RECORD.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")
