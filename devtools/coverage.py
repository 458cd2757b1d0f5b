"""The cases of a checkout that exercise a rule: examples, scenarios and published cases.

`routing rules show` prints them where the program runs from its checkout (`routing/cli/checkout.py`).

Held by `tests/unit/render/test_index.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from routing.case.facts import facts_for
from routing.core import conclusion
from routing.core.errors import Problems
from routing.evaluate.findings import Findings
from routing.evaluate.reference import Reference
from routing.plan.primary import primary_of
from routing.rulebook.model import Rule
from routing.yaml.tree import load_plain

if TYPE_CHECKING:
    from routing.opened import Router

CHECKOUT = Path(__file__).resolve().parents[1]
PLACES = ("examples/*/case.yaml", "tests/scenarios/*/*.yaml", "tests/published/cases/*.yaml")
NO_CASE = ("expected.yaml",)
DEFAULTS = "defaults.yaml"


def exercising(router: Router, rules: list[Rule], as_of: date) -> list[str]:
    """The cases, by their path in the checkout, in which one of these rules surely applies.

    as_of: the day for a case that gives none.
    """
    return [name for name, document in cases_of(CHECKOUT) if applies(router, rules, document, as_of)]


def cases_of(checkout: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every case file of a checkout, completed by the defaults beside its folder where it stipulates its
    ties."""
    stipulated: dict[Path, tuple[Mapping[str, Any], Mapping[str, str]]] = {}
    for pattern in PLACES:
        for path in sorted(checkout.glob(pattern)):
            if path.name in NO_CASE:
                continue
            document = load_plain(path)
            if not isinstance(document, dict) or "needs" not in document:
                continue
            defaults = path.parent.parent / DEFAULTS
            if "assume" in document and defaults.is_file():
                if defaults not in stipulated:
                    stipulated[defaults] = _stipulated(defaults, checkout)
                facts, ties = stipulated[defaults]
                document = {**facts, **document, "assume": {"ties": {**ties, **document["assume"]["ties"]}}}
            yield path.relative_to(checkout).as_posix(), document


def _stipulated(defaults: Path, checkout: Path) -> tuple[Mapping[str, Any], Mapping[str, str]]:
    """The facts and the ties that hold in every case of a folder which stipulates its ties."""
    given = load_plain(defaults)
    instruments: Mapping[str, Any] = load_plain(checkout / "rules" / "instruments.yaml")["instruments"]
    ties = {
        name: given["ties_not_named"]
        for name, entry in instruments.items()
        if entry["kind"] in given["kinds"] and name not in given["but"]
    }
    return given["facts"], ties


def applies(router: Router, rules: list[Rule], document: dict[str, Any], as_of: date) -> bool:
    """Whether a rule surely applies to a need, with the pathway shown as primary taken where that is open."""
    rulebook, law = router.rulebook, router.law
    try:
        case = router.read(document)
    except Problems:
        return False
    for need in case.needs:
        day = case.as_of or as_of
        trial = Findings.by_reference(rulebook, facts_for(case, need, rulebook, law, day))
        fired = [trial.reference.atom(conclusion.fired(rule.id)) for rule in rules]
        if any(surely for surely, _ in fired) or (
            any(possibly for _, possibly in fired) and _applies_once_settled(trial, rules)
        ):
            return True
    return False


def _applies_once_settled(trial: Findings, rules: list[Rule]) -> bool:
    """Whether a rule that may apply surely does so with the primary taken."""
    primary, _ = primary_of(trial)
    if trial.reference.atom(conclusion.primary(primary))[0]:
        return False
    settled = Reference(trial.rulebook.heads, trial.facts.taking(primary))
    return any(settled.atom(conclusion.fired(rule.id))[0] for rule in rules)
