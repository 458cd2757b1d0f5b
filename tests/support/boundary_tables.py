"""The boundary tables: for each rule what it does, what it rests on, and cases on either side of each of its conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from places import TESTS

from devtools.distinguish import Lines, Trials, outcome
from routing.case.model import Stated
from routing.core.records import Record
from routing.core.truth import Truth
from routing.evaluate.reference import Reference
from routing.rulebook.model import Rule, Rulebook
from routing.rulebook.parse.conditions import TIE

HERE = TESTS / "boundaries"
VERDICTS: dict[str, Truth] = {"fires": (True, True), "may": (False, True), "not": (False, False)}


class Entry(Record):
    """One case and what is concluded in it. heads: conclusions, that the rule fires unless others are named."""

    rule: str
    verdict: str
    said: Mapping[str, Stated]
    heads: tuple[str, ...]

    def holds(self, reference: Reference) -> bool:
        return all(reference.atom(head) == VERDICTS[self.verdict] for head in self.heads)

    def kills(self, reference: Reference, lines: Lines) -> bool:
        """Whether a conclusion of the entry comes out otherwise by other plain rules."""
        return any(
            head in lines and outcome(reference, lines[head]) != VERDICTS[self.verdict] for head in self.heads
        )


class Table(Record):
    rule: str
    does: str
    rests_on: tuple[str, ...]
    entries: tuple[Entry, ...]


def effect(rule: Rule, rulebook: Rulebook) -> str:
    """Everything that a rule does, in one line, with groups of pathways named where the whole group is meant."""
    said = [rule.form, _grouped(rule.values, rulebook)]
    for word, items in (
        ("on" if rule.values else "", rule.targets),
        ("over", rule.over),
        ("lifts", rule.defeats),
    ):
        said += [word, _grouped(items, rulebook)] if items else []
    said += [
        word
        for word in (
            rule.how if rule.how != "fixed" else "",
            f"to {rule.role}" if rule.role else "",
            f"else {rule.if_none}" if rule.if_none else "",
        )
        if word
    ]
    return " ".join(word for word in said if word)


def _grouped(items: tuple[str, ...], rulebook: Rulebook) -> str:
    """The items in their order; of a group that is there in one piece only the name, the longest group first."""
    left = list(items)
    for name, members in sorted(rulebook.groups.items(), key=lambda group: -len(group[1])):
        for start in range(len(left) - len(members) + 1):
            if len(members) > 1 and tuple(left[start : start + len(members)]) == members:
                left[start : start + len(members)] = [f"<{name}>"]
                break
    return ", ".join(left)


def read_tables(rulebook: Rulebook, folder: Path = HERE) -> dict[str, Table]:
    """The tables of every rule."""
    return {
        rule: table for path in sorted(folder.glob("*.yaml")) for rule, table in read_file(path, rulebook)
    }


def read_file(path: Path, rulebook: Rulebook) -> Iterator[tuple[str, Table]]:
    """The tables of one file, by rule."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    for rule, entry in (yaml.load(path.read_text(encoding="utf-8"), Loader=loader) or {}).items():
        entries = tuple(case for row in entry.get("cases") or () for case in _entries(rule, row, rulebook))
        yield rule, Table(rule, entry["does"], tuple(entry.get("rests_on") or ()), entries)


@cache
def tables_of(file: str) -> dict[str, Table]:
    """The tables of one file of this checkout, by rule."""
    return dict(read_file(HERE / f"{file}.yaml", trials().rulebook))


@cache
def tables() -> dict[str, Table]:
    """The tables of every rule of this checkout."""
    return {
        rule: table for path in sorted(HERE.glob("*.yaml")) for rule, table in tables_of(path.stem).items()
    }


def _entries(rule: str, row: Mapping[str, Any], rulebook: Rulebook) -> Iterator[Entry]:
    """The cases of a row: one, or one for each value that `each` lists."""
    verdict = next(word for word in VERDICTS if word in row)
    heads = tuple(row.get("of") or (f"fired:{rule}",))
    ((name, values),) = (row.get("each") or {"": [None]}).items()
    for value in values:
        said = {key: stated for key, stated in row[verdict].items() if key != "ties"}
        said |= {f"{TIE}{key}": stated for key, stated in row[verdict].get("ties", {}).items()}
        if name:
            said[name] = value
        yield Entry(
            rule, verdict, {key: _stated(key, stated, rulebook) for key, stated in said.items()}, heads
        )


def _stated(name: str, stated: str | list[str], rulebook: Rulebook) -> Stated:
    fact = rulebook.facts.get(name)
    if fact is not None and fact.type == "number" and stated != "unknown":
        return int(str(stated))
    if fact is not None and fact.type == "many":
        return tuple([stated] if isinstance(stated, str) else stated)
    return str(stated)


@cache
def trials() -> Trials:
    """The rulebook of this checkout, to run cases through."""
    from routing.opened import shared_router
    from routing.verify.statements import load_statements

    router = shared_router()
    return Trials(
        router.rulebook,
        router.law,
        tuple(constraint.holds for constraint in load_statements(router.rulebook).constraints),
    )
