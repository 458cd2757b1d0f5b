"""Facts: what a case can say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as AbstractMapping
from typing import Any

from routing.core.conditions import leaf_tests
from routing.core.domain import KINDS_OF_NEED, NO, OFFENCE, YES, CitedInstrument, Fact, Presumption
from routing.core.errors import Problem, one_of
from routing.core.kinds import BINDING
from routing.core.printable import either_of
from routing.core.records import replace
from routing.law.bilateral import KINDS
from routing.rulebook.parse.conditions import Reader
from routing.rulebook.parse.sources import Source, keyed
from routing.yaml.schema import words_of
from routing.yaml.tree import Items, Mapping, Text, plain

MAY_TELL = ("measure", OFFENCE, "purpose", "person_role", "needed")
"""The lines of a case whose words may tell another fact besides; the last is that of a clock."""
SIDES = ("own", "other", "requesting", "requested")
# The ways of looking something up: the keys that go together.
LOOKED_UP = (
    {"member_of", "who"},
    {"not_member_of", "who"},
    {"state", "key"},
    {"days_until"},
    {"days_since"},
    {"count"},
    {"via"},
    {"from"},
    {"from", "otherwise"},
    {"states"},
    {"bilateral"},
)
LOOKS = "write one of " + "; ".join(", ".join(sorted(keys, reverse=True)) for keys in LOOKED_UP)
FIXED_WORDS = {"via": ("consent", "missing"), "from": ("measure",), "states": ("named",)}


def read_facts(sources: tuple[Source, ...], faults: list[Problem]) -> dict[str, Fact]:
    """Every fact, without the conditions under which nothing is presumed."""
    return {
        name.value: _fact(name, node, file, faults)
        for name, node, file in keyed(sources, "facts", "facts", faults)
    }


def _fact(name: Text, node: Mapping, file: str, faults: list[Problem]) -> Fact:
    def tell(id: str, message: str, fix: str) -> None:
        faults.append(Problem(message, file, name.line, fix, id))

    data = plain(node)
    derived = data.get("derived") == YES
    kind = data.get("type", "choice")
    values = (
        {YES: "", NO: ""}
        if derived
        else {key: value or "" for key, value in (data.get("values") or {}).items()}
    )
    if kind in ("choice", "many") and not values:
        tell("fact.no-values", f"fact `{name.value}` has no values", "add `values: {yes: , no: }`")
    if not (data.get("asks") or data.get("says")):
        tell(
            "fact.no-question",
            f"fact `{name.value}` asks nothing",
            "add `asks:` with the question, or `says:` for a fact that nobody is asked for",
        )
    presumed = data.get("presumed")
    if presumed is not None:
        if not data.get("because"):
            tell(
                "fact.presumed-without-reason",
                f"fact `{name.value}` is presumed without a reason",
                "add `because:`",
            )
        if not is_value(presumed, kind, values):
            tell(
                "fact.unknown-value",
                f"`{presumed}` is not a value of `{name.value}`",
                values_of(presumed, kind, values),
            )
    looked_up = data.get("looked_up")
    return Fact(
        id=name.value,
        asks=data.get("asks") or data.get("says") or "",
        of=data.get("of", "need"),
        type=kind,
        values=values,
        nature=data.get("nature", "findable"),
        unit=data.get("unit"),
        derived=derived,
        looked_up=looked_up,
        presumed=None if presumed is None else Presumption(presumed, data.get("because", "")),
        core=data.get("core") == YES,
        means=data.get("means"),
        asked_in=words_of(node.get("asked_in")) or KINDS_OF_NEED,
        always_asked_in=words_of(node.get("always_asked_in")),
        asks_in=_asks_in(name.value, node, tell),
        urgent=words_of(node.get("urgent")),
        name=data.get("name") or "",
        common=_common(name.value, node, values, tell),
        form=words_of(node.get("form")),
        told_by=_told_by(name.value, node, tell),
        tells=_tells(name.value, node, values, tell),
        groups=_groups(name.value, node, values, tell),
        line=name.line,
        file=file,
    )


def with_instruments(
    facts: AbstractMapping[str, Fact], instruments: AbstractMapping[str, CitedInstrument]
) -> dict[str, Fact]:
    """The facts, those that list instruments with every instrument that can bind two States among their
    values."""
    binding = {id: entry.short for id, entry in instruments.items() if entry.kind in BINDING}
    return {
        id: replace(fact, values={**fact.values, **binding}) if fact.type == "instruments" else fact
        for id, fact in facts.items()
    }


def _asks_in(fact: str, node: Mapping, tell: Callable[[str, str, str], None]) -> dict[str, str]:
    """The question worded for each side that answers; told is a kind of need that there is not."""
    written = node.get("asks_in")
    questions = plain(written) if isinstance(written, Mapping) else {}
    for kind in questions:
        if kind not in KINDS_OF_NEED:
            message = f"`{kind}` in `asks_in` of `{fact}` is not a kind of need"
            tell("fact.unknown-value", message, one_of(kind, KINDS_OF_NEED))
    return questions


def _told_by(fact: str, node: Mapping, tell: Callable[[str, str, str], None]) -> dict[str, tuple[str, ...]]:
    """The lines whose words may tell the fact, and in which needs; told is one that may not."""
    written = node.get("told_by")
    lines = (
        {key.value: words_of(value) for key, value in written.entries} if isinstance(written, Mapping) else {}
    )
    for line in lines:
        if line not in MAY_TELL:
            message = f"`{line}` in `told_by` of `{fact}` is not a line whose words may tell something else"
            tell("fact.unknown-value", message, one_of(line, MAY_TELL))
    return lines


def _tells(
    fact: str, node: Mapping, values: Iterable[str], tell: Callable[[str, str, str], None]
) -> dict[str, tuple[str, ...]]:
    """What a value of the fact tells of another; told is a value that the fact has not."""
    written = node.get("tells")
    listed = written.entries if isinstance(written, Mapping) else ()
    wording = {name.value: words_of(by) for name, by in listed}
    for value in (it for by in wording.values() for it in by if it not in values):
        message = f"`{value}` in `tells` of `{fact}` is not one of its values"
        tell("fact.unknown-value", message, one_of(value, values))
    return wording


def _common(
    fact: str, node: Mapping, values: Iterable[str], tell: Callable[[str, str, str], None]
) -> tuple[str, ...]:
    """The values that the short form shows; told is one that the fact has not."""
    listed = words_of(node.get("common"))
    for value in listed:
        if value not in values:
            message = f"`{value}` in `common` of `{fact}` is not one of its values"
            tell("fact.unknown-value", message, one_of(value, values))
    return listed


def _groups(
    fact: str, node: Mapping, values: Iterable[str], tell: Callable[[str, str, str], None]
) -> dict[str, tuple[str, ...]]:
    """The groups in which values are offered; told is a value that the fact has not, or that is in two."""
    written = node.get("groups")
    listed = written.entries if isinstance(written, Mapping) else ()
    groups = {words.value: words_of(members) for words, members in listed}
    members = [value for values_of_one in groups.values() for value in values_of_one]
    for value in dict.fromkeys(members):
        if value not in values:
            message = f"`{value}` in `groups` of `{fact}` is not one of its values"
            tell("fact.unknown-value", message, one_of(value, values))
        if members.count(value) > 1:
            message = f"`{value}` stands twice in `groups` of `{fact}`"
            tell("fact.unknown-value", message, "keep it in one group")
    return groups


def is_value(word: str, kind: str, values: Iterable[str]) -> bool:
    """Whether a word can be the value of a fact of this type."""
    if kind == "number":
        return re.fullmatch(r"-?\d{1,6}", word) is not None
    return word in values if kind in ("choice", "many") else False


def values_of(word: str, kind: str, values: Iterable[str]) -> str:
    """The fix for a word that cannot."""
    if kind in ("choice", "many"):
        return one_of(word, values)
    return "write a whole number" if kind == "number" else f"leave it out: a {kind} can only be told"


def complete_facts(
    facts: AbstractMapping[str, Fact], sources: tuple[Source, ...], reader: Reader
) -> dict[str, Fact]:
    """The facts with the conditions under which nothing is presumed, and their look-ups checked against the
    rest."""
    unless = {
        name.value: written
        for name, node, _ in keyed(sources, "facts", "facts", [])
        if (written := node.get("presumed_unless")) is not None
    }
    done = {}
    for fact in facts.values():
        reader.file = fact.file
        for id, message, fix in _looking(fact, facts, reader):
            reader.problem(id, message, fact.line, fix)
        if fact.presumed and fact.id in unless:
            condition = reader.asked(unless[fact.id])
            for leaf in leaf_tests(condition):
                tested = facts.get(getattr(leaf, "fact", ""))
                if tested is None or tested.derived or (tested.presumed and not tested.looked_up):
                    reader.problem(
                        "fact.presumed-unless",
                        f"`presumed_unless` of `{fact.id}` asks about something derived or presumed",
                        fact.line,
                        "ask about a fact that is looked up or told",
                    )
            fact = replace(fact, presumed=replace(fact.presumed, unless=(condition,)))
        elif fact.id in unless:
            reader.problem(
                "fact.presumed-unless",
                f"`{fact.id}` has `presumed_unless` and is not presumed",
                fact.line,
                "add `presumed:`, or take it out",
            )
        done[fact.id] = fact
    listed = {
        name.value: (rows, file)
        for name, node, file in keyed(sources, "facts", "facts", [])
        if isinstance(rows := node.get("usual"), Items)
    }
    asks: dict[str, set[str]] = {}
    for id, (rows, reader.file) in listed.items():
        done[id] = replace(done[id], usual=tuple(_usual(done[id], rows, done, asks, reader)))
    return done


def _usual(
    fact: Fact,
    rows: Items,
    facts: AbstractMapping[str, Fact],
    asks: dict[str, set[str]],
    reader: Reader,
) -> Iterator[Presumption]:
    """The usual values of a fact with the conditions under which each is presumed.

    A condition asks about what is told, looked up or presumed. asks: filled with the facts that each fact
    with usual values asks about; what is presumed of one may hang on what is presumed of another, but not in
    a ring.
    """
    for row in rows.values:
        when = row.get("when") if isinstance(row, Mapping) else None
        if when is None:
            continue
        text = plain(row)
        if not is_value(text["value"], fact.type, fact.values):
            reader.problem(
                "fact.unknown-value",
                f"`{text['value']}` is not a value of `{fact.id}`",
                row.line,
                values_of(text["value"], fact.type, fact.values),
            )
        condition = reader.asked(when)
        for leaf in leaf_tests(condition):
            asked = getattr(leaf, "fact", "")
            tested = facts.get(asked)
            if asked in ("measure", "kind"):
                continue
            if tested is None or tested.derived or _leads_to(asked, fact.id, asks):
                fault = "leads back to it" if tested and not tested.derived else "is derived"
                reader.problem(
                    "fact.usual",
                    f"`usual` of `{fact.id}` asks about `{asked}`, which {fault}",
                    row.line,
                    "ask about the measure, the kind, or a fact that is told or looked up",
                )
                continue
            asks.setdefault(fact.id, set()).add(asked)
        yield Presumption(text["value"], text["because"], when=(condition,))


def _leads_to(start: str, end: str, asks: AbstractMapping[str, set[str]]) -> bool:
    """Whether what is presumed of one fact hangs on another in the end."""
    return start == end or any(_leads_to(further, end, asks) for further in asks.get(start, ()))


def _looking(fact: Fact, facts: AbstractMapping[str, Fact], reader: Reader) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the way a fact is looked up: finding, fault and fix."""
    how: dict[str, Any] = dict(fact.looked_up or {})
    if fact.looked_up is None:
        return
    if set(how) not in LOOKED_UP:
        yield "fact.looked-up", f"`{fact.id}` is looked up by {', '.join(f'`{key}`' for key in how)}", LOOKS
        return
    for key, given in how.items():
        words = (given,) if isinstance(given, str) else tuple(given)
        if key not in ("member_of", "not_member_of") and len(words) > 1:
            yield "fact.looked-up", f"`{key}` of `{fact.id}` takes one word", "write one"
        for word in words:
            yield from _word_looked_up(fact, key, word, facts, reader)


def _word_looked_up(
    fact: Fact, key: str, word: str, facts: AbstractMapping[str, Fact], reader: Reader
) -> Iterator[tuple[str, str, str]]:
    if key in ("member_of", "not_member_of", "count"):
        if word not in reader.instruments and (key, word) not in (("count", "states"), ("count", "asked")):
            yield (
                "condition.unknown-instrument",
                f"`{word}` is not an instrument",
                one_of(word, reader.instruments),
            )
    elif key == "bilateral":
        if word not in KINDS:
            yield "fact.looked-up", f"`{word}` is not a kind of treaty (`{fact.id}`)", one_of(word, KINDS)
    elif key in ("who", "state"):
        if word not in SIDES:
            yield "fact.looked-up", f"`{word}` is not a side (`{fact.id}`)", one_of(word, SIDES)
    elif key in ("days_until", "days_since"):
        if word not in facts or facts[word].type != "date":
            yield (
                "fact.looked-up",
                f"`{word}` is not a date (`{fact.id}`)",
                one_of(word, [day.id for day in facts.values() if day.type == "date"]),
            )
    elif key == "otherwise":
        if not is_value(word, fact.type, fact.values):
            yield (
                "fact.unknown-value",
                f"`{word}` is not a value of `{fact.id}`",
                values_of(word, fact.type, fact.values),
            )
    elif key in FIXED_WORDS and word not in FIXED_WORDS[key]:
        yield (
            "fact.looked-up",
            f"`{key}: {word}` is not a way of looking up (`{fact.id}`)",
            "write " + either_of(f"{key}: {fixed}" for fixed in FIXED_WORDS[key]),
        )
