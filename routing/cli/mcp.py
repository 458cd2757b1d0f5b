"""`routing mcp`: tools for an assistant, over standard input and output."""

from __future__ import annotations

from pathlib import Path

import click

from routing.cli.exit_codes import guarded


@click.command()
@click.pass_obj
def mcp(obj: dict[str, Path]) -> None:
    """Tools for an assistant over the Model Context Protocol, on standard input and output.

    They tell which facts exist, route a case, give the next question, explain, draft papers, and look law
    up. An assistant may write the case; it decides nothing. It needs the extra `mcp`.
    """
    with guarded():
        from routing.serve.extra import need_extra

        need_extra("mcp")
        from routing.cli.opening import open_router
        from routing.serve.mcp_server import tools

        tools(open_router(obj, whole=False)).run("stdio")
