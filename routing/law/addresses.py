"""Addresses that can be quoted: the official one of what was read in a copy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from routing.core.errors import Problem
from routing.core.records import Record
from routing.core.snapshot import Location
from routing.law.tables import read_table

HEAD = ("copy", "official")
ITSELF = r"\g<0>"  # the page that was read is official


class Quotable(Record):
    """An address as it is shown. address: the one to quote, None where none is known; read_at: the page that
    was read."""

    address: str | None
    read_at: str | None

    def __str__(self) -> str:
        if self.address is None:
            return (
                f"no official address known; read at {self.read_at}" if self.read_at else "no document seen"
            )
        return (
            self.address
            if self.read_at in (None, self.address)
            else f"{self.address} (read at {self.read_at})"
        )


def quotable(folder: Location, read_at: str | None, official: str | None = None) -> Quotable:
    """What to quote for something read at an address.

    official: the address that its own entry gives. Else it follows from a pattern of addresses.csv, which
    also has the sites that are official themselves; what fits none of them cannot be quoted.
    """
    if not read_at or not read_at.startswith(("https://", "http://")):
        return Quotable(official, None)
    if official:
        return Quotable(official, read_at)
    for pattern, address in _patterns(folder / "offices" / "addresses.csv"):
        match = pattern.fullmatch(read_at)
        if match:
            return Quotable(match.expand(address), read_at)
    return Quotable(None, read_at)


@lru_cache(maxsize=8)
def _patterns(path: Location) -> tuple[tuple[re.Pattern[str], str], ...]:
    if not path.is_file():
        return ()
    return tuple((re.compile(copy), official) for _, (copy, official) in read_table(path, HEAD))


def address_problems(folder: Location) -> Iterator[Problem]:
    """Patterns that are none, and official addresses that are none."""
    path = folder / "offices" / "addresses.csv"
    for line, (copy, official) in read_table(path, HEAD):
        try:
            groups = re.compile(copy).groups
        except re.error as error:
            yield Problem(
                f"`{copy}` is not a pattern: {error}",
                str(path),
                line,
                "put a backslash before signs that stand for themselves",
                "table.choice",
            )
            continue
        if not official.startswith(("https://", "http://")) and official != ITSELF:
            fix = f"begin it with https:// or http://, or write {ITSELF} for the page itself"
            yield Problem(f"`{official}` is not an address", str(path), line, fix, "table.source")
        elif any(int(number) > groups for number in re.findall(r"\\(\d)", official)):
            yield Problem(
                f"`{official}` takes more from the copy than `{copy}` holds",
                str(path),
                line,
                "put round brackets about each part that is taken",
                "table.choice",
            )
