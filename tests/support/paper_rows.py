"""The rows of the background paper: the two cases of each, and what differs between their plans."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from places import TESTS

from routing.opened import shared_router
from routing.plan.model import Plan, as_json
from routing.yaml.tree import load_plain

ROUTER = shared_router()


BOOK = ROUTER.rulebook


FOLDER = Path(BOOK.folder)


MAP: dict[str, dict[str, Any]] = load_plain(FOLDER / "paper-map.yaml")["rows"]


CASES = load_plain(TESTS / "paper" / "cases.yaml")


ACTS = [row for row, entry in MAP.items() if "context" not in entry]


OF_THE_NEED = ("measure", "kind", "with", "via")


def paragraph(row: str) -> str:
    return "".join(ch for ch in row if ch.isdigit())


def case_of(facts: dict[str, Any]) -> bytes:
    facts = dict(facts)
    need = {key: facts.pop(key) for key in OF_THE_NEED if key in facts}
    need |= {key: facts.pop(key) for key in list(facts) if key in BOOK.facts and BOOK.facts[key].of != "case"}
    if "assume" in facts:
        facts["assume"] = {"ties": facts["assume"]}
    return json.dumps({**facts, "needs": [{"id": "need", **need}]}).encode()


def both_cases(row: str) -> tuple[bytes, bytes]:
    """The case of a row with its facts, and with the change."""
    case = CASES["rows"][row]
    facts = {**CASES["bases"][case["base"]], **case.get("given", {})}
    return case_of(facts), case_of({**facts, **case["but"]})


def holds(plan: Plan, item: str) -> bool:
    """Whether a plan shows what a case names."""
    word, _, rest = item.partition(" ")
    steps = {step.pathway for step in plan.steps}
    if rest:
        said = [*plan.warnings, *plan.obligations, *(limit for step in plan.steps for limit in step.limits)]
        return {
            "cites": any(
                basis.provision == rest or basis.provision.startswith(f"{rest}(")
                for step in plan.steps
                for basis in step.basis
            ),
            "says": any(one.code == rest for one in said),
            "main": any(need.primary.pathway == rest for need in plan.needs),
            "not": any(one.pathway == rest and one.route is None for one in plan.excluded),
            "unsure": any(step.pathway == rest and step.certainty == "conditional" for step in plan.steps),
            "may": rest in steps
            or any(other.pathway == rest for need in plan.needs for other in need.alternatives),
        }[word]
    if "/" in word:
        return any(word == step.route for step in plan.steps) or any(
            basis.provision in BOOK.routes[word].lead
            for step in plan.steps
            if step.pathway == BOOK.routes[word].pathway
            for basis in step.basis
        )
    return word in steps if "." not in word else any(name.split("/")[0] == word for name in whys(plan))


def whys(plan: Plan) -> set[str]:
    """Every rule that a plan names as a reason."""
    found = {rule for step in plan.steps for rule in step.why} | {
        rule for one in plan.excluded for rule in one.why
    }
    found |= {one.why for one in (*plan.warnings, *plan.obligations)} | {
        limit.why for step in plan.steps for limit in step.limits
    }
    return found | {rule for need in plan.needs if need.proposed for rule in need.proposed.why}


def row_says_what_acts_on_it_or_why_nothing_can(row: str) -> None:
    entry = MAP[row]
    assert set(entry) <= {"says", "rules", "also", "pathways", "data", "context"} and entry["says"]
    assert ("context" in entry) != any(key in entry for key in ("rules", "also", "pathways"))
    parents = {rule.parent for rule in BOOK.rules}
    assert not [rule for rule in (*entry.get("rules", ()), *entry.get("also", ())) if rule not in parents], (
        "no such rule"
    )
    assert not [
        name for name in entry.get("pathways", ()) if name not in BOOK.pathways and name not in BOOK.routes
    ], "no such pathway"
    assert not [path for path in entry.get("data", ()) if not (FOLDER.parent / path).exists()], "no such file"


def rule_of_a_row_cites_its_paragraph(row: str) -> None:
    cites = {
        rule.parent
        for rule in BOOK.rules
        for cited in rule.paper
        if paragraph(cited.split("(")[0]) == paragraph(row)
    }
    assert not [rule for rule in MAP[row]["rules"] if rule not in cites], (
        "add the paragraph to `paper:` of the rule, or move it to `also:` of the row"
    )


def rule_that_cites_the_paper_stands_in_its_map(rule: str) -> None:
    cited = {paragraph(ref.split("(")[0]) for one in BOOK.rules if one.parent == rule for ref in one.paper}
    mapped = {paragraph(row) for row, entry in MAP.items() if rule in entry.get("rules", ())}
    assert cited == mapped, (
        f"let rows of paragraphs {', '.join(sorted(cited - mapped))} in rules/paper-map.yaml name it"
    )


def row_changes_the_plan(row: str) -> None:
    with_it, without = map(ROUTER.route, both_cases(row))
    missing, staying = differences(row, with_it, without)
    assert not missing, (
        f"not in the plan: {missing}; it has {sorted(step.pathway for step in with_it.steps)} for {sorted(whys(with_it))}"
    )
    assert not staying, f"still there with {CASES['rows'][row]['but']}: {staying}"
    assert as_json(with_it) != as_json(without)


def differences(row: str, with_it: Plan, without: Plan) -> tuple[list[str], list[str]]:
    """What the plan should show and does not, and what it shows still after the change."""
    shows = CASES["rows"][row]["shows"]
    return [item for item in shows if not holds(with_it, item)], [
        item for item in shows if holds(without, item)
    ]


def what_a_case_shows_is_what_its_row_names(row: str) -> None:
    entry, shown = MAP[row], CASES["rows"][row]["shows"]
    named = {*entry.get("rules", ()), *entry.get("also", ())} | {
        name for path in entry.get("pathways", ()) for name in (path, path.split("/")[0])
    }
    sayings = {code for rule in BOOK.rules if rule.parent in named for code in rule.values}
    ways = {
        way
        for rule in BOOK.rules
        if rule.parent in named
        for way in (*rule.values, *(target.split("/")[0] for target in rule.targets))
    }
    routes = [BOOK.routes[name] for name in named if name in BOOK.routes]
    routes += [route for name in named if name in BOOK.pathways for route in BOOK.pathways[name].routes]
    bases = {ref for route in routes for ref in (*route.lead, *route.support)}
    bases |= {ref for rule in BOOK.rules if rule.parent in named for ref in rule.basis}
    for item in shown:
        word, _, rest = item.partition(" ")
        subject = rest or word
        assert subject in named | sayings | ways | bases, f"row {row} does not name `{subject}`"
