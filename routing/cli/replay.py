"""`routing replay`: run a receipt again, or check its proof alone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from routing.cli.exit_codes import guarded
from routing.cli.options import format_option
from routing.cli.outputs import print_json
from routing.core.printable import printable
from routing.version import VERSION

if TYPE_CHECKING:
    from routing.receipt import Replay

DIFFERS = 3


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@format_option
@click.option(
    "--verify-proof",
    is_flag=True,
    help="Check the proof from the receipt alone, without rules, law data or engine.",
)
@click.pass_obj
def replay(obj: dict[str, Path], file: Path, form: str, verify_proof: bool) -> None:
    """Decide again what the receipt in FILE records: the same result, or what differs and why.

    Facts, findings, proof, plan, notes and rulebook are compared. Nothing is taken from the cache.

    Exit codes: 0 the same; 3 it differs; 2 the receipt was changed or cannot be read, or its proof fails.
    """
    with guarded():
        from routing.cli.opening import open_router
        from routing.receipt import read_receipt
        from routing.receipt import replay as again
        from routing.receipt.proof_check import check_recorded_proof

        receipt = read_receipt(receipt_file(file), str(file))
        if verify_proof:
            lines = check_recorded_proof(receipt)
            if form == "json":
                print_json({"proof": "holds", "lines": lines})
            else:
                click.echo(f"The proof holds: {lines} lines.")
            return
        replay = again(receipt, open_router(obj, cached=False))
        if form == "json":
            print_json(replay.data())
        else:
            _tell(replay, receipt)
        sys.exit(0 if replay.same else DIFFERS)


def receipt_file(file: Path) -> str:
    """The text of a receipt. Raises Problems for what cannot be read or is not a text."""
    from routing.core.errors import Problems
    from routing.core.files import read_bounded
    from routing.receipt.reading import LARGEST

    try:
        return read_bounded(file, LARGEST).decode("utf-8")
    except UnicodeDecodeError:
        raise Problems.of("the receipt cannot be read: it is not UTF-8 text", str(file)) from None


def _tell(replay: Replay, receipt: dict[str, Any]) -> None:
    click.echo(
        "The result is the same." if replay.same else f"The result differs: {', '.join(replay.differs)}."
    )
    if receipt["program"] != VERSION:
        provenance = f"version {receipt['program'][:40]} of the program wrote it; this is {VERSION}"
        click.echo(f"As the receipt says, {printable(provenance)}.")
    if not replay.rulebook_same:
        provenance = f"rules {receipt['rulebook']['version']}, hash {receipt['rulebook']['hash'][:16]}"
        click.echo(f"The rules or the law data are not those of the receipt ({printable(provenance)}).")
    for heading, lines in (
        ("Facts and memberships that changed", replay.facts),
        ("Rules that changed or came in", replay.rules),
        ("What differs", replay.changes),
    ):
        if lines and not replay.same:
            click.secho(heading, bold=True)
            for line in lines:
                click.echo(f"  {printable(line)}")
