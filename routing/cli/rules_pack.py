"""`routing rules pack`, `verify` and `use`: the rulebook as one signed file."""

from __future__ import annotations

from pathlib import Path

import click

from routing.cli.exit_codes import guarded
from routing.cli.options import force_option
from routing.cli.outputs import refuse_unsafe, write_output
from routing.core.printable import printable


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--key", type=click.Path(path_type=Path), required=True, help="The private key, a PEM file.")
@force_option
@click.pass_obj
def pack(obj: dict[str, Path], file: Path, key: Path, force: bool) -> None:
    """Write the rules and law data to FILE, checked and signed."""
    with guarded():
        from routing.rulebook.pack import packed

        refuse_unsafe({"FILE": file}, (key,), force)
        write_output(file, packed(obj["rules"], key), force)
        click.echo(f"written to {printable(str(file))}", err=True)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--key", type=click.Path(path_type=Path), required=True, help="The public key, a PEM file.")
def verify(file: Path, key: Path) -> None:
    """Say whether the rulebook in FILE is as it was signed with a key, and what it is."""
    with guarded():
        from routing.rulebook.pack import verified

        body = verified(file, key)
        identity = f"rules {body['version']}, law data as of {body['data_date']}, hash {body['hash'][:16]}"
        click.echo(f"The signature holds: {printable(identity)}.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--key", type=click.Path(path_type=Path), help="The public key, a PEM file.")
@click.option("--older", is_flag=True, help="Use it even if newer rules of the same key were in use.")
@click.option("--ours", is_flag=True, help="Go back to the rules that came with the program.")
def use(file: Path | None, key: Path | None, older: bool, ours: bool) -> None:
    """Answer by the signed rulebook in FILE from now on. Every plan and `--version` name the rules that
    answered."""
    with guarded():
        from routing.rulebook.pack import use as used
        from routing.rulebook.pack import use_ours

        if ours:
            use_ours()
            click.echo("the rules that came with the program answer")
        elif file is None or key is None:
            raise click.UsageError("name FILE and --key, or --ours")
        else:
            folder, gone_back = used(file, key, older)
            if gone_back:
                click.echo("these rules are older than those of the same key that were used before", err=True)
            click.echo(f"the rules in {printable(str(folder))} answer from now on")
