"""`routing serve`: the page on this machine, and the interface for programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from routing.cli.exit_codes import guarded

if TYPE_CHECKING:
    from starlette.types import ASGIApp


@click.command()
@click.option("--api", is_flag=True, help="Serve the interface for programs instead of the page.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="The port; any that is free by default."
)
@click.pass_obj
def serve(obj: dict[str, Path], api: bool, port: int) -> None:
    """Plans in your browser, on this machine only.

    Prints an address that holds a secret: whoever has it sees the page, nobody else does. Nothing is kept
    when the program ends, and nothing is sent out. With --api it serves programs, which send the
    secret as a bearer token; the description of the interface is at /openapi.json. It needs the extra
    `serve`.
    """
    with guarded():
        from routing.core.errors import Problems
        from routing.serve.extra import need_extra

        need_extra("serve")
        from routing.cli.opening import open_router
        from routing.serve.run import serve as run

        router = open_router(obj, whole=False)

        def made(key: str, port: int) -> ASGIApp:
            if api:
                from routing.serve.api import interface

                return interface(router, key, port)
            from routing.serve.app import page

            return page(router, key, port)

        def tell(host: str, port: int, key: str) -> None:
            if api:
                click.echo(f"http://{host}:{port}/openapi.json\nAuthorization: Bearer {key}")
            else:
                click.echo(f"Open this address in your browser:\n\n  http://{host}:{port}/?key={key}\n")
            click.echo("It answers on this machine only. Ctrl+C ends it, and nothing is kept.", err=True)

        try:
            run(made, port, tell)
        except OSError as error:
            message = f"port {port} cannot be used: {error.strerror}"
            raise Problems.of(message, fix="choose another with --port, or leave it out") from None
