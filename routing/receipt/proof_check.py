"""Checking the proof in a receipt from the receipt alone: no rules, no law data, no engine.

Every line must follow from the facts that the receipt records and from earlier lines, by the definitions
that it carries; every goal must be shown; and the goals must be what the plan in the receipt says. That the
definitions are those of the rules, and the facts those of the law data, is for a replay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from routing.core import conclusion
from routing.core.domain import ASSUMED_MAIN_STEP
from routing.core.errors import Problem, Problems

MOST_SHOWN = 50
DEEPEST = 100


def check_recorded_proof(receipt: Mapping[str, Any]) -> int:
    """Check every line of every proof in a receipt; returns how many there are.

    Raises Problems naming each line that does not stand.
    """
    problems: list[Problem] = []
    measures = {str(need.get("id")): str(need.get("measure")) for need in _needs(receipt)}
    kinds = {str(need.get("id")): str(need.get("kind")) for need in _needs(receipt)}
    proofs = receipt["proof"]
    if sorted(proof["need"] for proof in proofs) != sorted(measures):
        problems.append(Problem("the proofs are not those of the needs of the case", "receipt"))
    for proof in proofs:
        definitions = receipt["definitions"].get(measures.get(proof["need"], ""), {})
        recorded = dict(receipt["facts"].get(proof["need"], {}))
        recorded |= {
            "measure": {"value": measures.get(proof["need"])},
            "kind": {"value": kinds.get(proof["need"])},
        }
        problems += _faults(proof, definitions, recorded)
        if len(problems) > MOST_SHOWN:
            break
    problems += _beside_the_plan(receipt)
    if problems:
        raise Problems(problems[:MOST_SHOWN])
    return sum(len(proof["lines"]) for proof in proofs)


def _needs(receipt: Mapping[str, Any]) -> list[dict[str, Any]]:
    needs = receipt["case"].get("needs")
    return [need for need in needs if isinstance(need, dict)] if isinstance(needs, list) else []


def _beside_the_plan(receipt: Mapping[str, Any]) -> Iterator[Problem]:
    """What the plan says without reservation and no proof shows, and a main step that is proved and not said.

    Of what a plan says once for several rules, not every goal can be found in it: that none is missing there
    is for a replay.
    """
    shown = {proof["need"]: {claim for claim, holds in proof["goals"] if holds} for proof in receipt["proof"]}
    primaries: set[tuple[Any, str]] = set()
    for need in _entries(receipt["plan"], "needs"):
        primary = need.get("primary")
        if isinstance(primary, dict):
            main, route = (str(primary.get(key)) for key in ("pathway", "route"))
            primaries.add((need.get("id"), conclusion.primary(main)))
            for claim in (conclusion.primary(main), conclusion.available(route)):
                if primary.get("certainty") == "confirmed" and claim not in shown.get(need.get("id"), ()):
                    yield Problem(f"the plan says `{claim}`, which is not proved", "plan")
    for need, goals in shown.items():
        for claim in sorted(goals):
            if conclusion.kind_of(claim) == conclusion.PRIMARY and (need, claim) not in primaries:
                yield Problem(f"`{claim}` is proved of `{need}`, and the plan does not say so", "plan")
    for rule, needs in _ruled(receipt["plan"]):
        claims = {conclusion.fired(rule), conclusion.no_step(rule)}
        if rule in receipt["rules"] and not any(claims & shown.get(need, set()) for need in needs):
            yield Problem(f"the plan says what `{rule}` says, which is not proved", "plan")


def _ruled(plan: Mapping[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    """The rules for which a plan warns and excludes, each with the needs of which it says so."""
    for part in ("warnings", "excluded"):
        for entry in _entries(plan, part):
            why, needs = entry.get("why"), entry.get("needs", [entry.get("need")])
            for rule in why if isinstance(why, list) else [why]:
                yield str(rule), needs if isinstance(needs, list) else []


def _entries(plan: Mapping[str, Any], part: str) -> list[dict[str, Any]]:
    entries = plan.get(part)
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


def _faults(
    proof: Mapping[str, Any], definitions: Mapping[str, list[Any]], recorded: Mapping[str, Any]
) -> list[Problem]:
    place = f"proof of `{proof['need']}`"
    problems: list[Problem] = []
    for name, fact in proof["facts"].items():
        entry = recorded.get(name)
        if (
            name != ASSUMED_MAIN_STEP
            and fact["origin"] != "measure"
            and (entry is None or entry["value"] != fact["value"])
        ):
            problems.append(Problem(f"the fact `{name}` is not `{fact['value']}` among the facts", place))
    shown: set[tuple[str, bool]] = set()
    for line in proof["lines"]:
        claims = {(claim, holds) for claim, holds in line["claims"]}
        if not claims <= shown:
            problems.append(Problem(f"`{line['claim']}` rests on what was not shown before", place))
        facts = {name: proof["facts"][name] for name in line["facts"] if name in proof["facts"]}
        definition = definitions.get(line["claim"])
        try:
            holds = None if definition is None else _follows(definition, facts, dict(claims), 0)
        except (ValueError, TypeError, IndexError, AttributeError):
            holds = None
        if holds is not line["holds"]:
            problems.append(Problem(f"`{line['claim']}` does not follow from what is given for it", place))
        shown.add((line["claim"], line["holds"]))
    problems += [
        Problem(f"`{claim}` was never shown", place)
        for claim, holds in proof["goals"]
        if (claim, holds) not in shown
    ]
    return problems


def _follows(
    definition: list[Any], facts: Mapping[str, Mapping[str, Any]], claims: Mapping[str, bool], depth: int
) -> bool | None:
    """Whether a definition holds by what is cited; None where that does not decide it."""
    kind, *rest = definition
    if depth > DEEPEST:
        raise ValueError("too deep")
    if kind == "holds":
        return claims.get(rest[0])
    if kind == "not":
        inner = _follows(rest[0], facts, claims, depth + 1)
        return None if inner is None else not inner
    if kind in ("all", "any"):
        settling = kind == "any"
        answer: bool | None = not settling
        for part in rest:
            holds = _follows(part, facts, claims, depth + 1)
            if holds is settling:
                return settling
            answer = None if holds is None else answer
        return answer
    if kind not in ("is", "at_least"):
        raise ValueError("no definition")
    fact = facts.get(rest[0])
    if fact is None:
        return None
    if kind == "at_least":
        return bool(fact["value"].lstrip("-").isdecimal() and int(fact["value"]) >= rest[1])
    words = set(fact["value"].split(", ")) if fact["value"] else set()
    return True if words & set(rest[1]) else False if fact.get("complete", True) else None
