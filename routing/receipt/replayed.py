"""Deciding again what a receipt records, and saying which part of it differs and why."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from routing.case.model import Case
from routing.case.written_keys import OF_EVERY_NEED
from routing.core.answer_date import day_fault
from routing.core.domain import Pathway, Route
from routing.core.errors import Problems
from routing.core.records import Record
from routing.receipt.written import data_of, digest_of, receipt_body, stated_as
from routing.rulebook.model import Rule, Rulebook
from routing.rulebook.state_names import find_state

if TYPE_CHECKING:
    from routing.api import Router

MOST_SHOWN = 200
PASSED_ON = re.compile(
    r"Need `([^`]+)` is read as one for what need `([^`]+)` says that another State gave;"
    r" write `\w+: no` there if it is not"
)
ALSO_TOLD = re.compile(r"[^\n]* also tells [^`]*`(\w+): (\w+)`\)?")
"""A note on words that tell a second fact, with the fact and its value."""
NOTED = re.compile(r"`([^`]*)` is read as (.*)")
APART = re.compile(r"need `[^`]*` is read as one need for each [A-Za-z ]+: (`[^`]*`(?:, `[^`]*`)*)")
LIFTED = re.compile(r"(`[^`]*`(?:, `[^`]*`)*) of a need (?:is|are) read as said of the whole case")
SPREAD = re.compile(r"(`[^`]*`(?:, `[^`]*`)*) above the needs (?:is|are) read as said of each")
CALLED = re.compile(r"lines called otherwise here: (.+)")
AS = re.compile(r"`([^`]*)` as `(\w+)`")
QUOTED = re.compile(r"`([^`]*)`")
NAMED = re.compile(r"need `[^`]*` is called `([^`]*)`")
FITTED = re.compile(r"need `([^`]*)` is read as ([a-z ]+) \(.*\)")
"""A note on a need that names no measure, and the one that is read."""
COMPARED = re.compile(r"`[^`]*` is read as `(\w+): (\w+)`")
ONLY_KIND = re.compile(r"`(\w+)` is read as `kind: (\w+)`, as no other kind has it")
AS_ASKED = re.compile(r"As the kind is `(\w+)`, `(\w+)` is read as (.+)")
UNASKED = re.compile(r"`[^`]*` came unasked and nobody waits for an answer: it is read as `kind: (\w+)`")
CUT = re.compile(r"of the note of need `([^`]*)` the first \d+ letters are read, not `[^`]*`")


class Replay(Record):
    """What came of deciding again.

    same: whether every part of the receipt came out as before. differs: the parts that did not, of facts,
    findings, proof, plan, notes and rulebook. rulebook_same: whether the rules and data are those of the
    receipt. changes: where the plan differs. rules, facts: what changed behind it.
    """

    same: bool
    rulebook_same: bool
    differs: tuple[str, ...]
    changes: tuple[str, ...]
    rules: tuple[str, ...]
    facts: tuple[str, ...]


def replay(receipt: Mapping[str, Any], router: Router) -> Replay:
    """Decide again from the case in a receipt, and say what differs and why.

    Raises Problems where the receipt holds no day or no case that can be read.
    """
    fault = day_fault(receipt["as_of"])
    if fault is not None:
        raise Problems.of(f"as_of: `{receipt['as_of'][:40]}` {fault}", "receipt")
    router = router.strict if receipt["plan"].get("strict_dates") else router
    case = router.read(receipt["case"], "receipt")
    _, now = receipt_body(case, router, date.fromisoformat(receipt["as_of"]))
    rulebook_same = receipt["rulebook"]["hash"] == router.rulebook.hash
    changes = tuple(_differences(_of_plan(receipt), _of_plan(now)))[:MOST_SHOWN]
    same = {
        "facts": receipt["facts"] == now["facts"],
        "findings": _findings(receipt) == _findings(now),
        "proof": all(receipt[part] == now[part] for part in ("proof", "definitions")),
        "plan": not changes and receipt["case"] == now["case"],
        "notes": _notes_hold(receipt["plan"].get("notes"), now["plan"].get("notes", ()), case, router),
        "rulebook": _rulebook_holds(receipt, now, rulebook_same),
    }
    return Replay(
        all(same.values()),
        rulebook_same,
        tuple(part for part, as_before in same.items() if not as_before),
        changes,
        tuple(_rules_changed(receipt["rules"], router.rulebook, set(now["rules"]))),
        tuple(_facts_changed(receipt["facts"], now["facts"])),
    )


def _of_plan(receipt: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in receipt["plan"].items() if key not in ("rulebook", "notes")}


def _findings(receipt: Mapping[str, Any]) -> list[Any]:
    return [[proof["need"], proof["goals"]] for proof in receipt["proof"]]


def _notes_hold(notes: object, now: Collection[object], case: Case, router: Router) -> bool:
    """Whether every note on how the case was read is one that the reader makes, of a word that this case may
    have had, or one that the plan has now.

    A receipt holds the case as it was understood, so that the words that were written cannot be read again.
    """
    return isinstance(notes, list) and all(note in now or _note_holds(note, case, router) for note in notes)


def _note_holds(note: object, case: Case, router: Router) -> bool:
    if not isinstance(note, str):
        return False
    if apart := APART.fullmatch(note):
        return set(QUOTED.findall(apart[1])) <= {need.id for need in case.needs}
    if lifted := LIFTED.fullmatch(note):
        return set(QUOTED.findall(lifted[1])) <= case.facts.keys()
    if spread := SPREAD.fullmatch(note):
        return set(QUOTED.findall(spread[1])) <= set(OF_EVERY_NEED)
    if called := CALLED.fullmatch(note):
        words = router.rulebook.words
        named = (AS.fullmatch(pair) for pair in called[1].split(", "))
        return all(pair and pair[2] in words.line(pair[1]) for pair in named)
    if named_so := NAMED.fullmatch(note) or CUT.fullmatch(note):
        return named_so[1] in {need.id for need in case.needs}
    if fitted := FITTED.fullmatch(note):
        return (fitted[1], fitted[2].replace(" ", "_")) in {(need.id, need.measure) for need in case.needs}
    if alone := ONLY_KIND.fullmatch(note):
        return alone.groups() in {(need.measure, need.kind) for need in case.needs}
    if unasked := UNASKED.fullmatch(note):
        return unasked[1] in {need.kind for need in case.needs}
    if asked := AS_ASKED.fullmatch(note):
        known = router.rulebook.measures
        instead = known[asked[2]].otherwise.get(asked[1], "") if asked[2] in known else ""
        said_so = instead in known and known[instead].name == asked[3]
        return said_so and (instead, asked[1]) in {(need.measure, need.kind) for need in case.needs}
    if passed_on := PASSED_ON.fullmatch(note):
        return set(passed_on.groups()) <= {need.id for need in case.needs}
    if told := ALSO_TOLD.fullmatch(note) or COMPARED.fullmatch(note):
        everywhere = (case.facts, *(need.facts for need in case.needs))
        return any(told[2] == facts.get(told[1]) for facts in everywhere)
    match = NOTED.fullmatch(note)
    if match is None:
        return False
    place = find_state(match[1], router.rulebook.words, router.law.states)
    if place is not None and place.note == note and place.place.alpha3 in case.states():
        return True
    return _is_a_value(re.split("[,;] ", match[2])[0], case, router.rulebook)


def _is_a_value(meant: str, case: Case, rulebook: Rulebook) -> bool:
    """Whether a word is what the case states of a fact, with its unit if it has one, a measure or a kind."""
    words = {word for need in case.needs for word in (need.measure, need.kind)}
    for facts in (case.facts, *(need.facts for need in case.needs)):
        for value in facts.values():
            words |= set(map(str, value if isinstance(value, tuple) else (value,)))
    number, _, unit = meant.partition(" ")
    stated = {word.replace("_", " ") for word in words}
    return (
        meant in stated
        or stated.issuperset(meant.split(" and "))
        or (bool(unit) and number.isdigit() and number in words)
    )


def _rulebook_holds(receipt: Mapping[str, Any], now: Mapping[str, Any], same: bool) -> bool:
    """Whether what a receipt says of its rules agrees with itself and, where they are ours, with ours."""
    named = receipt["plan"].get("rulebook")
    if same:
        whole = all(receipt[part] == now[part] for part in ("rulebook", "rules", "data_reach"))
        return whole and named == now["plan"]["rulebook"]
    keys = ("version", "hash", "overlays")
    return isinstance(named, dict) and all(named.get(key) == receipt["rulebook"][key] for key in keys)


def _rules_changed(then: Mapping[str, str], rulebook: Rulebook, cited_now: set[str]) -> Iterator[str]:
    for name, digest in then.items():
        known = stated_as(name, rulebook)
        if known is None:
            yield f"{name}: is not there any more"
        elif digest_of(data_of(known)) != digest:
            yield f"{name}: says something else now: {_says(known)}"
    for name in sorted(cited_now - set(then)):
        if (known := stated_as(name, rulebook)) is not None:
            yield f"{name}: was not needed then: {_says(known)}"


def _says(stated: Rule | Route | Pathway) -> str:
    return stated.name if isinstance(stated, Pathway) else stated.says


def _facts_changed(
    then: Mapping[str, Mapping[str, Any]], now: Mapping[str, Mapping[str, Any]]
) -> Iterator[str]:
    for need, facts in then.items():
        later = now.get(need, {})
        for name in dict.fromkeys((*facts, *later)):
            old, new = facts.get(name), later.get(name)
            if (old or {}).get("value") != (new or {}).get("value"):
                source = (new or old or {}).get("source", "")
                yield (
                    f"{need}: {name.removeprefix('tie:').replace('_', ' ')}: {_said(old)}, now {_said(new)}"
                    + (f" ({source})" if source else "")
                )


def _said(value: Mapping[str, Any] | None) -> str:
    return str(value["value"]).replace("_", " ") if value else "not known"


def _differences(then: Any, now: Any, place: str = "") -> Iterator[str]:
    """Where two plans differ, down to the single value."""
    if isinstance(then, dict) and isinstance(now, dict):
        for key in dict.fromkeys((*then, *now)):
            yield from _differences(then.get(key), now.get(key), f"{place}.{key}" if place else key)
    elif isinstance(then, list) and isinstance(now, list):
        before, after = _keyed(then), _keyed(now)
        for key in dict.fromkeys((*before, *after)):
            if key not in after:
                yield f"{place}: {key} is gone"
            elif key not in before:
                yield f"{place}: {key} is new"
            else:
                yield from _differences(before[key], after[key], f"{place}[{key}]")
    elif then != now:
        yield f"{place}: {_short(then)} then, {_short(now)} now"


def _keyed(items: list[Any]) -> dict[str, Any]:
    """The entries of a list by what names them; by their place where nothing does."""

    def name(item: Any) -> str:
        if not isinstance(item, dict):
            return json.dumps(item, ensure_ascii=False)
        parts = [
            str(item[key])
            for key in (
                "need",
                "id",
                "code",
                "pathway",
                "route",
                "fact",
                "provision",
                "rule",
                "instrument",
                "value",
            )
            if item.get(key)
        ]
        return " ".join(parts[:1] if "id" in item else parts)

    names = [name(item) for item in items]
    return dict(
        zip(names if len(set(names)) == len(names) else map(str, range(len(items))), items, strict=True)
    )


def _short(value: Any) -> str:
    words = json.dumps(value, ensure_ascii=False)
    return words if len(words) <= 120 else words[:117] + "..."
