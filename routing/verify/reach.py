"""Claims that everything in the rulebook can come into a plan."""

from __future__ import annotations

from routing.conditions import Holds
from routing.rulebook.model import Rulebook
from routing.verify.bench import Bench, Examined, Reading
from routing.verify.claims import Claim
from routing.verify.statements import Statements, code_atoms
from routing.verify.terms import Term, conj, disj, neg

CODES = {"warn": "warnings", "duty": "duties", "limit": "limits"}


def _fires(bench: Bench) -> Examined:
    return Examined(shown=bench.harvest("every-rule-fires", lambda reading: {
        rule: reading.atom(f"fired:{rule}")[0] for rule in _rules(bench.rulebook, bench.statements)}))


def _rules(rulebook: Rulebook, _: Statements) -> frozenset[str]:
    return frozenset(rule.id for rule in rulebook.rules if rule.form != "never")


def _pathways(bench: Bench) -> Examined:
    return Examined(shown=bench.harvest("every-pathway-reached", lambda reading: {
        way: reading.atom(f"chosen:{way}")[0] for way in bench.rulebook.pathways}))


def _routes(bench: Bench) -> Examined:
    """A route leads where it is surely available, its pathway is a step, and no route before it is available."""
    def leading(reading: Reading) -> dict[str, Term]:
        found: dict[str, Term] = {}
        for pathway in bench.rulebook.pathways.values():
            earlier: Term = False
            for route in pathway.routes:
                available = reading.atom(f"available:{route.id}")[0]
                found[route.id] = conj((available, neg(earlier), reading.atom(f"chosen:{pathway.id}")[0]))
                earlier = disj((earlier, available))
        return found

    return Examined(shown=bench.harvest("every-route-leads", leading))


def _codes(bench: Bench) -> Examined:
    return Examined(shown=bench.harvest("every-code-reached", lambda reading: {
        f"{form} {code}": disj(reading.truth(atom)[0] for atom in code_atoms(bench.rulebook, form, code))
        for form, kind in CODES.items() for code in getattr(bench.rulebook, kind)}))


def _derived(bench: Bench) -> Examined:
    """A derived fact can be both concluded and ruled out."""
    def varied(reading: Reading) -> dict[str, Term]:
        found: dict[str, Term] = {}
        for fact in bench.rulebook.facts.values():
            if fact.derived:
                surely, possibly = reading.truth(Holds(f"is:{fact.id}"))
                found |= {f"{fact.id} yes": surely, f"{fact.id} no": neg(possibly)}
        return found

    return Examined(shown=bench.harvest("every-derived-fact-varies", varied))


CLAIMS = (
    Claim("every-rule-fires", "every rule can fire", _fires, _rules, "no possible case makes it fire"),
    Claim(
        "every-pathway-reached", "every pathway is a step of some plan", _pathways,
        lambda rulebook, _: frozenset(rulebook.pathways), "no possible plan holds it"),
    Claim(
        "every-route-leads", "every route carries its pathway in some plan", _routes,
        lambda rulebook, _: frozenset(rulebook.routes), "no possible plan rests on it first"),
    Claim(
        "every-code-reached", "every warning, duty and limit is in some plan", _codes,
        lambda rulebook, _: frozenset(f"{form} {code}" for form, kind in CODES.items() for code in getattr(rulebook, kind)),
        "no possible plan holds it"),
    Claim(
        "every-derived-fact-varies", "every derived fact can be yes and can be no", _derived,
        lambda rulebook, _: frozenset(f"{fact.id} {word}" for fact in rulebook.facts.values() if fact.derived for word in ("yes", "no")),
        "it never is"),
)
