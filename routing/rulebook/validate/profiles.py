"""What is wrong in the profiles of States: `states/CODE.yaml`."""

from __future__ import annotations

from collections.abc import Iterator

from routing.core.domain import READ, Fact
from routing.core.errors import Problem, Problems, one_of
from routing.core.snapshot import Location
from routing.law import Law
from routing.law.instrument_reader import read_block
from routing.law.profiles import misnamed, profile_files, profiles
from routing.law.schemas import KEYS, PROFILE
from routing.rulebook.model import Rulebook
from routing.rulebook.parse.citations import misshapen_anchor
from routing.rulebook.parse.facts import is_value, values_of
from routing.rulebook.validate.whole import unresolved
from routing.yaml.schema import Validator
from routing.yaml.tree import Items, Mapping, Node, Text, load_plain, plain, read_file

UNSOURCED = "unsourced"


def profile_facts(rulebook: Rulebook) -> dict[str, Fact]:
    """The facts that are looked up in profiles, by the key they look for, in the order of the rules."""
    by_key: dict[str, Fact] = {}
    for fact in rulebook.facts.values():
        how = fact.looked_up or {}
        if "state" in how and isinstance(how.get("key"), str):
            by_key.setdefault(str(how["key"]), fact)
    return by_key


def profile_problems(folder: Location, rulebook: Rulebook, law: Law) -> Iterator[Problem]:
    """Every fault in every profile."""
    facts, keys = profile_facts(rulebook), _keys(folder)
    files = [(code, path) for code in profiles(folder) for path in profile_files(folder, code)]
    for path in misnamed(folder):
        stem, file = path.name.split(".")[0], f"{folder.name}/states/{path.name}"
        yield Problem(f"`{stem}` is not a code of a State", file, 1, law.states.suggest(stem), "table.state")
    for code, path in files:
        file = f"{folder.name}/states/{path.name}"
        try:
            written = read_file(path)
        except Problems as faults:
            yield from (
                Problem(p.message, file, p.line or 1, p.fix, "file.unreadable") for p in faults.problems
            )
            continue
        if code not in law.states:
            yield Problem(
                f"`{code}` is not a code of a State", file, 1, law.states.suggest(code), "table.state"
            )
        fitting = Validator(file)
        tree = fitting.fit(written, PROFILE)
        yield from fitting.faults
        if not isinstance(tree, Mapping):
            continue
        yield from _entries(tree.get("facts"), facts, "key that a fact looks up", rulebook, file)
        yield from _entries(tree.get("known"), keys, "key of states/keys.yaml", rulebook, file)
        yield from _values(tree.get("facts"), facts, file)
        yield from _cites(tree.get("cites"), rulebook, file)
        yield from _once(tree, folder, code, path, file)


def _once(tree: Mapping, folder: Location, code: str, path: Location, file: str) -> Iterator[Problem]:
    """What is laid over a profile adds to it and takes nothing away."""
    ours = folder / "states" / f"{code}.yaml"
    if path == ours or not ours.is_file():
        return
    earlier = load_plain(ours)
    for name in ("facts", "known"):
        block = tree.get(name)
        for key, _ in block.entries if isinstance(block, Mapping) else ():
            if key.value in (earlier.get(name) or {}):
                yield Problem(
                    f"the profile of `{code}` has `{key.value}` already",
                    file,
                    key.line,
                    "leave yours out, or correct ours",
                    "file.twice",
                )


def _keys(folder: Location) -> dict[str, str]:
    """The keys that `known:` may hold; a file that cannot be read is told elsewhere."""
    path = folder / "states" / "keys.yaml"
    try:
        return {key.value: "" for key, _ in read_block(path, KEYS, "keys")[0]} if path.exists() else {}
    except Problems:
        return {}


def _entries(
    node: Node | None, keys: dict[str, Fact] | dict[str, str], what: str, rulebook: Rulebook, file: str
) -> Iterator[Problem]:
    for key, entry in node.entries if isinstance(node, Mapping) else ():
        if key.value not in keys:
            yield Problem(
                f"`{key.value}` is not a {what}", file, key.line, one_of(key.value, keys), "profile.key"
            )
        if isinstance(entry, Mapping):
            yield from _sourced(key, entry, rulebook, file)


def _sourced(key: Text, entry: Mapping, rulebook: Rulebook, file: str) -> Iterator[Problem]:
    """An entry has a value, says where that is from, how sure it is, and when it was seen."""

    def fault(message: str, fix: str, id: str) -> Problem:
        return Problem(message, file, key.line, fix, id)

    data = plain(entry)
    basis, source, mark = data.get("basis"), data.get("source"), data.get("mark")
    provision = rulebook.provisions.get(basis) if basis else None
    if not basis and not source:
        yield fault(
            f"`{key.value}` has no source",
            f"add `source:` with one address, or `{UNSOURCED}`, or `basis:`",
            "profile.no-source",
        )
    elif basis and provision is None:
        yield unresolved(basis, "", file, key.line, rulebook)
    if source and source != UNSOURCED and not str(source).startswith(("https://", "http://")):
        yield fault(f"`{source}` is not a source", f"give one address, or `{UNSOURCED}`", "table.source")
    if mark is None:
        return
    yield from _anchored(key, data, file)
    if provision is not None and not source and mark != provision.mark:
        yield fault(
            f"`{key.value}` is marked `{mark}`, but `{basis}` is marked `{provision.mark}`",
            "give both the same mark",
            "profile.mark",
        )
    elif source == UNSOURCED and mark != "unverified":
        yield fault(
            f"`{key.value}` is marked `{mark}` without a source",
            "mark it `unverified`, or give the address",
            "profile.mark",
        )


def _anchored(key: Text, data: dict[str, str], file: str) -> Iterator[Problem]:
    """What was read at an address, and not in a provision that has its own, has words by which it is found
    there."""
    if "anchor" not in data:
        message = (
            f"`{key.value}` is marked `{data['mark']}` and has no `anchor`"
            if data["mark"] in READ and not data.get("basis")
            else ""
        )
    else:
        message = misshapen_anchor(key.value, data["anchor"])
    if message:
        yield Problem(
            message,
            file,
            key.line,
            "give four to eight consecutive words of the text, or mark it `secondary`",
            "profile.anchor",
        )


def _values(node: Node | None, facts: dict[str, Fact], file: str) -> Iterator[Problem]:
    for key, entry in node.entries if isinstance(node, Mapping) else ():
        value = entry.get("value") if isinstance(entry, Mapping) else None
        fact = facts.get(key.value)
        if fact is not None and isinstance(value, Text) and not is_value(value.value, fact.type, fact.values):
            yield Problem(
                f"`{value.value}` is not a value of `{key.value}`",
                file,
                value.line,
                values_of(value.value, fact.type, fact.values),
                "profile.value",
            )


def _cites(node: Node | None, rulebook: Rulebook, file: str) -> Iterator[Problem]:
    for item in node.values if isinstance(node, Items) else ():
        data = plain(item)
        for word in data.get("measures", ()):
            if word not in rulebook.measures:
                fix = one_of(word, rulebook.measures)
                yield Problem(f"`{word}` is not a measure", file, item.line, fix, "condition.unknown-value")
        for key, allowed in (("pathway", rulebook.pathways), ("provision", rulebook.provisions)):
            word = data.get(key)
            if word is not None and word not in allowed:
                yield (
                    unresolved(word, "", file, item.line, rulebook)
                    if key == "provision"
                    else Problem(
                        f"`{word}` is not a pathway",
                        file,
                        item.line,
                        one_of(word, allowed),
                        "condition.unknown-pathway",
                    )
                )
