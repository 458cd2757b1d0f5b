"""The extra that a batch needs, and the sentence that says so."""

from __future__ import annotations

from importlib.util import find_spec

from routing.core.errors import Problems


def need_extra() -> None:
    """Raises Problems where pyarrow is not installed."""
    if find_spec("pyarrow") is None:
        raise Problems.of(
            "pyarrow is not installed",
            fix="install the extra `batch`: pip install 'cooperation-routing[batch]'",
        )
