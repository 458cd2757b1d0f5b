"""Names of ties: one instrument, any of several, or a fact that is asked of the user."""

from __future__ import annotations

from collections.abc import Container

from routing.core.errors import Problem, RulebookProblems
from routing.core.records import Record, replace
from routing.core.snapshot import Location
from routing.yaml import tree as yaml_tree


class TieName(Record):
    """What a name of a tie stands for.

    asked: the fact that is asked where no data exist. same_as: the name that this is another word for.
    """

    name: str
    instruments: tuple[str, ...] = ()
    asked: str | None = None
    says: str = ""
    same_as: str | None = None


def read_tie_names(path: Location, instruments: Container[str]) -> dict[str, TieName]:
    """The names of ties.yaml, checked against the instruments."""
    from routing.law.instrument_reader import read_block  # only what speaks of names of ties needs it
    from routing.law.schemas import TIES

    entries, problems = read_block(path, TIES, "ties")
    ties: dict[str, TieName] = {}
    for key, node in entries:
        plain = yaml_tree.plain(node)
        meant = ties.get(plain) if isinstance(plain, str) else None
        tie = replace(meant, name=key.value, same_as=meant.name) if meant else _tie(key.value, plain)
        if tie is None:
            message = f"`{key.value}` is neither an instrument, nor `any_of` instruments, nor `asked`"
            problems.append(
                Problem(message, str(path), key.line, "write one of the three", "tie.leads-nowhere")
            )
            continue
        for instrument in tie.instruments:
            if instrument not in instruments:
                problems.append(
                    Problem(
                        f"`{instrument}` has no entry among the instruments",
                        str(path),
                        key.line,
                        "name an id of instruments.yaml",
                        "instrument.unknown",
                    )
                )
        ties[tie.name] = tie
    if problems:
        raise RulebookProblems(problems)
    return ties


def _tie(name: str, plain: object) -> TieName | None:
    if isinstance(plain, str):
        return TieName(name, (plain,))
    if not isinstance(plain, dict):
        return None
    says = str(plain.get("says") or "")
    if plain.get("any_of"):
        any_of = plain["any_of"]
        return TieName(name, (any_of,) if isinstance(any_of, str) else tuple(any_of), None, says)
    if plain.get("asked"):
        return TieName(name, (), str(plain["asked"]), says)
    return None
