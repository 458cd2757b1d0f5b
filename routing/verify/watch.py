"""What a reader sees of a plan, as conditions: what is compared when two rulebooks or two days are."""

from __future__ import annotations

from collections.abc import Iterator

from routing.conditions import NEVER, Condition, Holds, both, either
from routing.frozen import Frozen
from routing.rulebook.model import Rule, Rulebook
from routing.verify.statements import code_atoms
from routing.verify.terms import Term, conj, differ, disj, neg

MAIN, STATUS, OPENED, CLOSED, ADDED_STEP, LOST_STEP, ORDER = (
    "main-step", "status", "route-opened", "route-closed", "step-added", "step-removed", "order")
PROVISION, WORDS, PRESUMED = "provision", "words", "taken-as-given"
TERMS = {"warn": "warning", "duty": "duty", "limit": "limit"}
TERM_KINDS = {f"{word}-{way}": f"a {word} is {way}" for word in TERMS.values() for way in ("added", "removed")}
KINDS = {
    MAIN: "another main step", STATUS: "the main step is more or less certain", OPENED: "a route is opened", CLOSED: "a route is closed",
    ADDED_STEP: "a supporting step is added", LOST_STEP: "a supporting step is removed", ORDER: "steps come in another order",
    **TERM_KINDS, PROVISION: "other provisions are cited", WORDS: "the same is said in other words",
    PRESUMED: "something else is taken as given where a case is silent"}
"""Every kind of change, the gravest first, with what it says."""

GAINED, LOST, EITHER, BOTH = "gained", "lost", "either", "both"


class Watch(Frozen):
    """One thing that a plan may show.

    before, after: when it is shown, by each rulebook. rails: whether it counts surely (0) or
    possibly (1). sense: whether gaining it, losing it, either, or having it both times is the
    change. given: what must hold before and after for it to count.
    """

    kind: str
    what: str
    before: Condition
    after: Condition
    rails: tuple[int, ...] = (0,)
    sense: str = EITHER
    given: tuple[Condition, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.kind} {self.what}"

    def moved(self, one: object, other: object) -> Term:
        """Whether the change is there between two readings."""
        held = conj(reading.truth(condition)[0] for reading, condition in zip((one, other), self.given))  # type: ignore[attr-defined]
        a, b = one.truth(self.before), other.truth(self.after)  # type: ignore[attr-defined]
        return conj((held, disj(self._crossed(a[rail], b[rail]) for rail in self.rails)))

    def _crossed(self, a: Term, b: Term) -> Term:
        if self.sense == BOTH:
            return conj((a, b))
        if self.sense == GAINED:
            return conj((neg(a), b))
        return conj((a, neg(b))) if self.sense == LOST else differ(a, b)


def watches(old: Rulebook, new: Rulebook) -> tuple[Watch, ...]:
    """Everything that plans show, by either rulebook."""
    return (*_ways(old, new), *_steps(old, new), *_order(old, new), *_terms(old, new), *_cited(old, new), *_words(old, new))


def _ways(old: Rulebook, new: Rulebook) -> Iterator[Watch]:
    for way in {**old.pathways, **new.pathways}:
        main = Holds(f"primary:{way}")
        yield Watch(MAIN, way, main, main)
        yield Watch(STATUS, way, main, main, (1,))
    for route in {**old.routes, **new.routes}:
        there = Holds(f"available:{route}")
        yield Watch(OPENED, route, there, there, (0, 1), GAINED)
        yield Watch(CLOSED, route, there, there, (0, 1), LOST)


def _steps(old: Rulebook, new: Rulebook) -> Iterator[Watch]:
    before, after = _called(old), _called(new)
    for key in {**before, **after}:
        called = before.get(key, NEVER), after.get(key, NEVER)
        yield Watch(ADDED_STEP, " as ".join(key), *called, sense=GAINED)
        yield Watch(LOST_STEP, " as ".join(key), *called, sense=LOST)


def _called(rulebook: Rulebook) -> dict[tuple[str, str], Condition]:
    """When a pathway is called for as a supporting step, by pathway and role."""
    found: dict[tuple[str, str], list[Condition]] = {}
    for rule in rulebook.rules:
        if rule.form in ("first_open", "include"):
            for way in rule.values:
                found.setdefault((way, rule.role), []).append(Holds(f"step:{rule.id}:{way}"))
    return {key: either(*atoms) for key, atoms in found.items()}


def _order(old: Rulebook, new: Rulebook) -> Iterator[Watch]:
    """Pairs of steps that a rule orders or starts together, where the rules that do so are not the same."""
    for form in ("before", "together"):
        before, after = (_ordering(book, form) for book in (old, new))
        for pair in {**before, **after}:
            if before.get(pair) != after.get(pair):
                there = both(*(Holds(f"chosen:{way}") for way in pair))
                yield Watch(
                    ORDER, f"{pair[0]} {form} {pair[1]}", *(either(*found.get(pair, ())) for found in (before, after)), given=(there, there))


def _ordering(rulebook: Rulebook, form: str) -> dict[tuple[str, str], list[Condition]]:
    found: dict[tuple[str, str], list[Condition]] = {}
    for rule in rulebook.rules:
        if rule.form == form:
            for one in rule.values:
                for two in rule.over:
                    found.setdefault((one, two), []).append(Holds(f"fired:{rule.id}"))
    return found


def _codes(rulebook: Rulebook, form: str) -> tuple[str, ...]:
    return tuple({"warn": rulebook.warnings, "duty": rulebook.duties, "limit": rulebook.limits}[form])


def _terms(old: Rulebook, new: Rulebook) -> Iterator[Watch]:
    for form, word in TERMS.items():
        for code in dict.fromkeys((*_codes(old, form), *_codes(new, form))):
            said = tuple(either(*code_atoms(book, form, code)) for book in (old, new))
            yield Watch(f"{word}-added", code, *said, sense=GAINED)
            yield Watch(f"{word}-removed", code, *said, sense=LOST)
            if code in _codes(old, form) and code in _codes(new, form):
                before, after = (_citing(book, form, code) for book in (old, new))
                for ref in sorted({*before, *after}):
                    yield Watch(
                        PROVISION, f"{ref} for {word} {code}", *(either(*found.get(ref, ())) for found in (before, after)), given=said)


def _citing(rulebook: Rulebook, form: str, code: str) -> dict[str, list[Condition]]:
    found: dict[str, list[Condition]] = {}
    for rule in rulebook.rules:
        if rule.form == form and code in rule.values:
            for ref in rule.basis:
                found.setdefault(ref, []).append(Holds(f"fired:{rule.id}"))
    return found


def _cited(old: Rulebook, new: Rulebook) -> Iterator[Watch]:
    """Routes and other rules that cite other provisions than before, where they count in both plans."""
    for route in old.routes.keys() & new.routes.keys():
        a, b = old.routes[route], new.routes[route]
        if (a.lead, a.support) != (b.lead, b.support):
            used = both(Holds(f"available:{route}"), Holds(f"chosen:{a.pathway}"))
            yield Watch(PROVISION, f"route {route}", used, used, sense=BOTH)
    for rule in old.rule.keys() & new.rule.keys():
        if old.rule[rule].form not in TERMS and old.rule[rule].basis != new.rule[rule].basis:
            yield Watch(PROVISION, f"rule {rule}", Holds(f"fired:{rule}"), Holds(f"fired:{rule}"), sense=BOTH)


def _words(old: Rulebook, new: Rulebook) -> Iterator[Watch]:
    """Sentences that are not what they were, where both plans say them."""
    for form, word in TERMS.items():
        kind = {"warn": "warnings", "duty": "duties", "limit": "limits"}[form]
        before, after = getattr(old, kind), getattr(new, kind)
        for code in before.keys() & after.keys():
            if before[code] != after[code]:
                yield Watch(WORDS, f"{word} {code}", *(either(*code_atoms(book, form, code)) for book in (old, new)), sense=BOTH)
    for way in old.pathways.keys() & new.pathways.keys():
        if _card(old, way) != _card(new, way):
            yield Watch(WORDS, f"pathway {way}", Holds(f"chosen:{way}"), Holds(f"chosen:{way}"), sense=BOTH)
    for rule in old.rule.keys() & new.rule.keys():
        if _told(old.rule[rule]) != _told(new.rule[rule]):
            yield Watch(WORDS, f"rule {rule}", Holds(f"fired:{rule}"), Holds(f"fired:{rule}"), sense=BOTH)
    for ref in sorted(_refs(old) & _refs(new)):
        if _read(old, ref) != _read(new, ref):
            yield Watch(WORDS, f"provision {ref}", *(_where_cited(book, ref) for book in (old, new)), sense=BOTH)


def _card(rulebook: Rulebook, way: str) -> tuple[object, ...]:
    pathway = rulebook.pathways[way]
    return (pathway.name, pathway.family, pathway.informal, pathway.role, {**pathway.card}, [(route.id, route.says) for route in pathway.routes])


def _read(rulebook: Rulebook, ref: str) -> tuple[object, ...]:
    provision = rulebook.provisions[ref]
    return (provision.says, provision.mark, provision.in_force_from, provision.in_force_until, provision.read_at)


def _told(rule: Rule) -> tuple[object, ...]:
    return (rule.says, rule.standing, {**rule.views})


def _refs(rulebook: Rulebook) -> set[str]:
    """The provisions that some plan may cite."""
    rules = {ref for rule in rulebook.rules for ref in rule.basis}
    return (rules | {ref for route in rulebook.routes.values() for ref in (*route.lead, *route.support)}) & set(rulebook.provisions)


def _where_cited(rulebook: Rulebook, ref: str) -> Condition:
    return either(
        *(Holds(f"fired:{rule.id}") for rule in rulebook.rules if ref in rule.basis and rule.form != "never"),
        *(both(Holds(f"available:{route.id}"), Holds(f"chosen:{route.pathway}")) for route in rulebook.routes.values()
          if ref in route.lead or ref in route.support))
