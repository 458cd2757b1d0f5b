"""What is fuzzed: every way by which bytes of others come in. Whatever the bytes, a target returns, or raises Problems.

Each target takes the bytes and fails with any other error. The small rulebook keeps a run fast.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from shutil import rmtree

from routing.analyse.interview import Interview
from routing.api import Router
from routing.cli.ask import run_interview
from routing.cli.ask_person import Written
from routing.core.cache_entries import KEY, read_entry, write_entry
from routing.core.errors import Problems
from routing.evaluate.engine.cache import kept_networks
from routing.law import Law
from routing.receipt import read_receipt, replay
from routing.receipt.proof_check import check_recorded_proof
from routing.receipt.written import digest_of, text_of
from routing.rulebook.load import examine, read_rulebook
from routing.rulebook.overlay.reader import read_overlay

DAY = date(2026, 11, 24)


@cache
def router() -> Router:
    from small_rules import write_rules

    folder = write_rules(place() / "rules")
    return Router(read_rulebook(folder), Law.load(folder))


@cache
def place() -> Path:
    return Path(tempfile.mkdtemp(prefix="routing-fuzz-"))


def case(data: bytes) -> None:
    """A case file; what can be read is routed, and reads the same again."""
    read = router().read(data)
    again = router().read(read)
    assert again == read
    router().route(read, DAY)


def overlay(data: bytes) -> None:
    file = place() / "overlay.yaml"
    file.write_bytes(data)
    read_overlay(file)


def receipt(data: bytes) -> None:
    """A receipt as it is, and its content sealed anew."""
    import json

    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return
    texts = [text]
    try:
        found = json.loads(text)
        if isinstance(found, dict):
            body = {key: value for key, value in found.items() if key != "digest"}
            texts.append(text_of({**body, "digest": digest_of(body)}))
    except (ValueError, RecursionError):
        pass
    for each in texts:
        try:
            read = read_receipt(each, "receipt")
        except Problems:
            continue
        for step in (lambda: check_recorded_proof(read), lambda: replay(read, router())):
            try:
                step()
            except Problems:
                continue


def answers(data: bytes) -> None:
    import contextlib
    import io

    import click

    file = place() / "answers.txt"
    file.write_bytes(data)
    try:
        with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
            run_interview(Interview(router(), as_of=DAY), Written(file), router())
    except click.UsageError:
        return


def cache_entry(data: bytes) -> None:
    """Bytes in the place of an entry, and bytes that were sealed by the program itself.

    The key is a new one each time: a fuzzer that watches comparisons learns a seal that it has seen made, and it would
    forge the next entry with it.
    """
    entry = place() / "cache" / "entry"
    rmtree(entry.parent, ignore_errors=True)
    write_entry(entry, data)
    assert read_entry(entry) == data
    kept_networks(entry)
    for file in entry.parent.iterdir():
        if file.name != KEY:
            file.write_bytes(data)
    assert read_entry(entry) is None


def rules(data: bytes) -> None:
    """A file among the rules."""
    router()
    file = place() / "rules" / "reasoning" / "fuzzed.yaml"
    file.write_bytes(data)
    examine(place() / "rules")
    file.unlink()


TARGETS: dict[str, Callable[[bytes], None]] = {
    "case": case,
    "overlay": overlay,
    "receipt": receipt,
    "answers": answers,
    "cache_entry": cache_entry,
    "rules": rules,
}


def run(name: str, data: bytes) -> None:
    """One input; Problems are what is expected of bytes that are nothing."""
    try:
        TARGETS[name](data)
    except Problems:
        return
