"""What is wrong in the profiles of States: `states/CODE.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from routing.errors import Problem, Problems, one_of
from routing.law import Law
from routing.law.profiles import profile_keys, profiles
from routing.reading import Items, Mapping, Node, Text, plain, read_file
from routing.rulebook.model import Rulebook
from routing.vocabulary import MARKS, Fact

PARTS = ("cites", "facts", "known")
ENTRY = ("value", "says", "basis", "source", "mark", "checked")
CITE = ("pathway", "provision")
UNSOURCED = "unsourced"


def profile_facts(rulebook: Rulebook) -> dict[str, Fact]:
    """The facts that are looked up in profiles, by the key they look for, in the order of the rules."""
    found: dict[str, Fact] = {}
    for fact in rulebook.facts.values():
        how = fact.looked_up or {}
        if "state" in how and "key" in how:
            found.setdefault(str(how["key"]), fact)
    return found


def profile_problems(folder: Path, rulebook: Rulebook, law: Law) -> Iterator[Problem]:
    """Every fault in every profile."""
    facts, keys = profile_facts(rulebook), profile_keys(folder)
    for code in profiles(folder):
        file = f"{folder.name}/states/{code}.yaml"
        try:
            tree = read_file(folder / "states" / f"{code}.yaml")
        except Problems as found:
            yield from (Problem(p.said, file, p.line, p.fix) for p in found.problems)
            continue
        if code not in law.states:
            yield Problem(f"`{code}` is no code of a State", file, 1, law.states.suggest(code))
        if not isinstance(tree, Mapping):
            yield Problem("a profile holds `facts`, `known` or `cites`", file, tree.line)
            continue
        yield from _unknown(tree, PARTS, "part of a profile", file)
        yield from _entries(tree.get("facts"), facts, "key that a fact looks up", rulebook, file)
        yield from _entries(tree.get("known"), keys, "key of states/keys.yaml", rulebook, file)
        yield from _values(tree.get("facts"), facts, file)
        yield from _cites(tree.get("cites"), rulebook, file)


def _entries(node: Node | None, keys: dict[str, Fact] | dict[str, str], what: str, rulebook: Rulebook, file: str) -> Iterator[Problem]:
    if node is None:
        return
    if not isinstance(node, Mapping):
        yield Problem("give one block for each key", file, node.line)
        return
    for key, entry in node.entries:
        if key.value not in keys:
            yield Problem(f"`{key.value}` is no {what}", file, key.line, one_of(key.value, keys))
        if not isinstance(entry, Mapping):
            yield Problem(f"`{key.value}` is not described", file, key.line, "add `value`, `source` or `basis`, `mark` and `checked`")
            continue
        yield from _unknown(entry, ENTRY, f"part of `{key.value}`", file)
        yield from _sourced(key, entry, rulebook, file)


def _sourced(key: Text, entry: Mapping, rulebook: Rulebook, file: str) -> Iterator[Problem]:
    """An entry has a value, says where that is from, how sure it is, and when it was seen."""
    data = plain(entry)
    if not data.get("value"):
        yield Problem(f"`{key.value}` has no value", file, key.line, "add `value:`, or take the entry out")
    basis, source, mark = data.get("basis"), data.get("source"), data.get("mark")
    provision = rulebook.provisions.get(basis) if basis else None
    if not basis and not source:
        yield Problem(f"`{key.value}` has no source", file, key.line, f"add `source:` with one address, or `{UNSOURCED}`, or `basis:`")
    elif basis and provision is None:
        yield _no_provision(basis, rulebook, file, key.line)
    if source and source != UNSOURCED and not str(source).startswith(("https://", "http://")):
        yield Problem(f"`{source}` is no source", file, key.line, f"give one address, or `{UNSOURCED}`")
    if mark not in MARKS:
        yield Problem(f"`{key.value}` has no mark", file, key.line, one_of(str(mark or ""), MARKS))
    elif provision is not None and not source and mark != provision.mark:
        yield Problem(f"`{key.value}` is marked `{mark}`, but `{basis}` is marked `{provision.mark}`", file, key.line, "give both the same mark")
    elif source == UNSOURCED and mark != "unverified":
        yield Problem(f"`{key.value}` is marked `{mark}` without a source", file, key.line, "mark it `unverified`, or give the address")
    try:
        date.fromisoformat(str(data.get("checked")))
    except ValueError:
        yield Problem(f"`{key.value}` has no day of checking", file, key.line, "add `checked:` with a day, as 2013-05-17")


def _values(node: Node | None, facts: dict[str, Fact], file: str) -> Iterator[Problem]:
    for key, entry in node.entries if isinstance(node, Mapping) else ():
        value = entry.get("value") if isinstance(entry, Mapping) else None
        fact = facts.get(key.value)
        if fact is not None and fact.values and isinstance(value, Text) and value.value not in fact.values:
            yield Problem(f"`{value.value}` is no value of `{key.value}`", file, value.line, one_of(value.value, fact.values))


def _cites(node: Node | None, rulebook: Rulebook, file: str) -> Iterator[Problem]:
    for item in node.values if isinstance(node, Items) else ():
        data = plain(item) if isinstance(item, Mapping) else {}
        if not isinstance(item, Mapping) or set(data) != set(CITE):
            yield Problem("a citation has a pathway and a provision", file, item.line, "write `{pathway: ..., provision: \"law article\"}`")
            continue
        if data["pathway"] not in rulebook.pathways:
            yield Problem(f"`{data['pathway']}` is no pathway", file, item.line, one_of(str(data["pathway"]), rulebook.pathways))
        if data["provision"] not in rulebook.provisions:
            yield _no_provision(str(data["provision"]), rulebook, file, item.line)


def _no_provision(ref: str, rulebook: Rulebook, file: str, line: int) -> Problem:
    same = [known for known in rulebook.provisions if known.startswith(ref.split(" ")[0] + " ")]
    return Problem(f"`{ref}` is no provision", file, line, one_of(ref, same or rulebook.instruments, limit=6))


def _unknown(node: Mapping, allowed: tuple[str, ...], what: str, file: str) -> Iterator[Problem]:
    for key, _ in node.entries:
        if key.value not in allowed:
            yield Problem(f"`{key.value}` is no {what}", file, key.line, one_of(key.value, allowed))
