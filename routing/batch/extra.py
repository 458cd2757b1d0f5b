"""The extra that a batch needs, and the sentence that says so."""

from __future__ import annotations

from importlib.util import find_spec

from routing.core.errors import Problems


def need_extra() -> None:
    """Raises Problems where numpy or pyarrow is not installed."""
    missing = [name for name in ("numpy", "pyarrow") if find_spec(name) is None]
    if missing:
        raise Problems.of(
            f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not installed",
            fix="install the extra `batch`: pip install 'cooperation-routing[batch]'",
        )
