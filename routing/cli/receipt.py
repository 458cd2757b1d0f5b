"""`routing receipt`: signing receipts, and confirming who signed one."""

from __future__ import annotations

import json
from pathlib import Path

import click

from routing.cli.exit_codes import guarded
from routing.cli.options import force_option
from routing.cli.outputs import refuse_unsafe, write_output
from routing.core.printable import printable

PURPOSE = "receipt"


@click.group()
def receipt() -> None:
    """Sign receipts with an Ed25519 key from a file, and verify them. It needs the extra `sign`."""


@receipt.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--public", "only_public", is_flag=True, help="Write FILE.pub anew from the key in FILE.")
@force_option
def key(file: Path, only_public: bool, force: bool) -> None:
    """Make a key: the private one in FILE, for you alone, the public one in FILE.pub, to be given out."""
    with guarded():
        from routing.core.signing import new_key, public_key_file, public_part

        public = public_key_file(file)
        if only_public:
            refuse_unsafe({"FILE.pub": public}, (file,), force=True)
            name, target = public_part(file, public, True), public
        else:
            refuse_unsafe({"FILE": file, "FILE.pub": public}, (), force)
            name, target = new_key(file, public, force), file
        click.echo(f"{name} written to {printable(str(target))}", err=True)


@receipt.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--key", type=click.Path(path_type=Path), required=True, help="The private key, a PEM file.")
@force_option
def sign(file: Path, key: Path, force: bool) -> None:
    """Sign the receipt in FILE; the signature goes to FILE.sig."""
    with guarded():
        from routing.cli.replay import receipt_file
        from routing.core.signing import sign as signed
        from routing.receipt import read_receipt

        target = file.with_name(file.name + ".sig")
        refuse_unsafe({"FILE.sig": target}, (file, key), force)
        text = receipt_file(file)
        read_receipt(text, str(file))
        write_output(target, json.dumps(signed(text.encode(), PURPOSE, key), indent=1) + "\n", force)
        click.echo(f"written to {printable(str(target))}", err=True)


@receipt.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--key", type=click.Path(path_type=Path), required=True, help="The public key, a PEM file.")
@click.option("--signature", type=click.Path(path_type=Path), help="The signature; FILE.sig by default.")
def verify(file: Path, key: Path, signature: Path | None) -> None:
    """Say whether the receipt in FILE is as it was signed with a key. `routing replay` says whether it is
    right."""
    with guarded():
        from routing.cli.replay import receipt_file
        from routing.core.signing import read_signature
        from routing.core.signing import verify as verified
        from routing.receipt import read_receipt

        text = receipt_file(file)
        read_receipt(text, str(file))
        written = read_signature(signature or file.with_name(file.name + ".sig"))
        click.echo(f"The signature holds: {verified(text.encode(), PURPOSE, written, key)}.")
