"""Deciding again what a receipt records, and saying which part of it differs and why."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from routing.core.answer_date import day_fault
from routing.core.domain import Pathway, Route
from routing.core.errors import Problems
from routing.core.records import Record, asdict
from routing.receipt.reading_notes import notes_hold
from routing.receipt.written import data_of, digest_of, receipt_body, stated_as
from routing.rulebook.model import Rule, Rulebook
from routing.version import VERSION

if TYPE_CHECKING:
    from routing.opened import Router

MOST_SHOWN = 200


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

    def data(self) -> dict[str, Any]:
        """The same in plain words and lists, for JSON."""
        return {name: list(part) if isinstance(part, tuple) else part for name, part in asdict(self).items()}


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
    then, today = _of_plan(receipt), _of_plan(now)
    if receipt["program"] != VERSION:  # another version may have had no place for what is not there
        then, today = _without_gaps(then), _without_gaps(today)
    changes = tuple(_differences(then, today))[:MOST_SHOWN]
    same = {
        "facts": _alike(receipt["facts"], now["facts"]),
        "findings": _alike(_findings(receipt), _findings(now)),
        "proof": all(_alike(receipt[part], now[part]) for part in ("proof", "definitions")),
        "plan": not changes and _alike(receipt["case"], now["case"]),
        "notes": notes_hold(receipt["plan"].get("notes"), now["plan"].get("notes", ()), case, router),
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


def _alike(then: Any, now: Any) -> bool:
    """Whether two parts say the same: `1`, `1.0` and `true` do not, whatever Python thinks of them."""
    return digest_of(then) == digest_of(now)


def _of_plan(receipt: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in receipt["plan"].items() if key not in ("rulebook", "notes")}


def _without_gaps(data: Any) -> Any:
    """A plan without the entries that say nothing."""
    if isinstance(data, dict):
        return {key: _without_gaps(part) for key, part in data.items() if part is not None}
    return list(map(_without_gaps, data)) if isinstance(data, list) else data


def _findings(receipt: Mapping[str, Any]) -> list[Any]:
    return [[proof["need"], proof["goals"]] for proof in receipt["proof"]]


def _rulebook_holds(receipt: Mapping[str, Any], now: Mapping[str, Any], same: bool) -> bool:
    """Whether what a receipt says of its rules agrees with itself and, where they are ours, with ours."""
    named = receipt["plan"].get("rulebook")
    if same:
        whole = all(_alike(receipt[part], now[part]) for part in ("rulebook", "rules", "data_reach"))
        return whole and _alike(named, now["plan"]["rulebook"])
    keys = ("version", "hash", "overlays")
    return isinstance(named, dict) and all(named.get(key) == receipt["rulebook"][key] for key in keys)


def _rules_changed(then: Mapping[str, str], rulebook: Rulebook, cited_now: set[str]) -> Iterator[str]:
    for name, digest in then.items():
        stated = stated_as(name, rulebook)
        if stated is None:
            yield f"{name}: is not there any more"
        elif digest_of(data_of(stated)) != digest:
            yield f"{name}: says something else now: {_says(stated)}"
    for name in sorted(cited_now - set(then)):
        if (stated := stated_as(name, rulebook)) is not None:
            yield f"{name}: was not needed then: {_says(stated)}"


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
                    f"{need}: {name.removeprefix('tie:').replace('_', ' ')}: "
                    f"{_in_words(old)}, now {_in_words(new)}" + (f" ({source})" if source else "")
                )


def _in_words(value: Mapping[str, Any] | None) -> str:
    return str(value["value"]).replace("_", " ") if value else "not known"


def _differences(then: Any, now: Any, place: str = "") -> Iterator[str]:
    """Where two plans differ, down to the single value."""
    if isinstance(then, dict) and isinstance(now, dict):
        for key in dict.fromkeys((*then, *now)):
            where = f"{place}.{key}" if place else key
            if key in then and key in now:
                yield from _differences(then[key], now[key], where)
            else:
                yield f"{where}: is {'gone' if key in then else 'new'}"
    elif isinstance(then, list) and isinstance(now, list):
        before, after = _keyed(then), _keyed(now)
        for key in dict.fromkeys((*before, *after)):
            if key not in after:
                yield f"{place}: {key} is gone"
            elif key not in before:
                yield f"{place}: {key} is new"
            else:
                yield from _differences(before[key], after[key], f"{place}[{key}]")
        if before.keys() == after.keys() and list(before) != list(after):
            yield f"{place}: in another order"
    elif not _alike(then, now):
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
