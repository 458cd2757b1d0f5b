"""Provisions: the paragraphs of an instrument, each an entry of its own, and what is cited without a list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from routing.core.domain import Provision
from routing.core.errors import RulebookProblems, one_of
from routing.core.kinds import BINDING, OF_CITED, OF_INSTRUMENTS
from routing.core.snapshot import Location
from routing.law.instruments import Instrument
from routing.law.tables import read_tree
from routing.yaml import tree as yaml_tree


def split_ref(ref: str) -> tuple[str, str | None]:
    """The instrument and the article that a reference names; no article where it names the whole."""
    instrument, _, article = " ".join(ref.split()).partition(" ")
    return instrument, article or None


def named_in_list(instrument: str, entry: Mapping[str, Any]) -> dict[str, str]:
    """By measure, the reference of the provision that names it, as an entry tells."""
    listed = entry.get("for_measures") or {}
    return {measure: f"{instrument} {article}" for article, names in listed.items() for measure in names}


def read_provisions(folder: Location, instrument: str) -> dict[str, Provision]:
    """The provisions of an instrument by article, in the order of the file; none where it has no file."""
    path = folder / "instruments" / f"{instrument}.yaml"
    if not path.is_file():
        return {}
    plain = yaml_tree.plain(read_tree(path))
    entries = (plain.get("provisions") or {}).items()
    return {article: provision_of(instrument, article, entry, plain) for article, entry in entries}


def provision_of(
    instrument: str, article: str, entry: Mapping[str, Any], whole: Mapping[str, Any]
) -> Provision:
    """A provision from its entry and from what the file says of the whole text. Every reader of provisions
    makes them here; who finds the entries, and what is wrong with them, is theirs."""
    return Provision(
        ref=f"{instrument} {article}",
        instrument=instrument,
        article=article,
        says=entry.get("says") or "",
        mark=entry.get("mark") or "unverified",
        in_force_from=entry.get("from"),
        in_force_until=entry.get("until"),
        read_at=entry.get("read_at") or whole.get("read_at"),
        checked=entry.get("checked") or whole.get("checked"),
        anchor=entry.get("anchor"),
        obstacle=entry.get("stands_in_the_way") or whole.get("stands_in_the_way"),
        bilateral=entry.get("bilateral"),
        for_measures=named_in_list(instrument, entry),
    )


def read_cited(path: Location) -> Instrument | None:
    """An instrument that is only cited: it has provisions and a name in a file of its own, but no entry and
    no list."""
    plain = yaml_tree.plain(read_tree(path))
    if not isinstance(plain, dict) or not plain.get("name"):
        return None
    kind = plain.get("kind", OF_CITED)
    if kind not in OF_INSTRUMENTS:
        message = f"`{kind}` is not a `kind`"
        raise RulebookProblems.of(message, str(path), 1, one_of(kind, OF_INSTRUMENTS), "shape.choice")
    checked = date.fromisoformat(plain["checked"]) if plain.get("checked") else date.min
    return Instrument(
        path.stem,
        plain.get("short", path.stem),
        plain["name"],
        kind,
        kind in BINDING,
        checked,
        text_url=plain.get("text_url") or "",
        look_up=plain.get("look_up") or "",
        no_list=plain.get("no_list") or "",
        no_text=plain.get("no_text") or "",
    )
