"""`routing cache`: what is kept to start quickly, and how to be rid of it."""

from __future__ import annotations

import click

from routing.cli.exit_codes import guarded
from routing.core.printable import printable


@click.group(invoke_without_command=True)
@click.pass_context
def cache(ctx: click.Context) -> None:
    """Show what is kept in the cache folder; `routing cache clear` removes it.

    The folder holds compiled rules and nothing of a case. It can be removed at any time: the
    next start is slower, no answer changes.
    """
    if ctx.invoked_subcommand is None:
        with guarded():
            from routing.core.cache_entries import contents
            from routing.core.paths import cache_folder

            folder = cache_folder()
            kept = contents(folder)
            click.echo(f"folder   {printable(str(folder))}")
            if kept.usable:
                click.echo(f"entries  {kept.entries}\nsize     {kept.size / 1e6:.1f} MB")
            else:
                click.echo("not used: it is not there, or it is not a folder of yours")


@cache.command()
def clear() -> None:
    """Remove everything that the program keeps in its cache folder."""
    with guarded():
        from routing.core.cache_entries import clear as cleared
        from routing.core.paths import cache_folder

        removed = cleared(cache_folder())
        click.echo(f"removed {removed.entries} entries, {removed.size / 1e6:.1f} MB")
