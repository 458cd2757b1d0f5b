"""The extras that the page and the tools need, and the sentence that says so."""

from __future__ import annotations

from importlib.util import find_spec

from routing.core.errors import Problems

NEEDED = {"serve": ("fastapi", "uvicorn", "jinja2", "python_multipart"), "mcp": ("mcp",)}


def need_extra(extra: str) -> None:
    """Raises Problems where a package of an extra, `serve` or `mcp`, is not installed."""
    missing = [name for name in NEEDED[extra] if find_spec(name) is None]
    if missing:
        raise Problems.of(
            f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not installed",
            fix=f"install the extra `{extra}`: pip install 'cooperation-routing[{extra}]'",
        )
