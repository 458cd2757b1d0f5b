"""What a reader sees of a plan, as conditions: what is compared when two rulebooks or two days are."""

from __future__ import annotations

from collections.abc import Iterator

from routing.core import conclusion
from routing.core.conditions import ALWAYS, AtomRef, Condition, all_of, any_of, leaf_tests
from routing.core.grouping import grouped
from routing.core.records import Record
from routing.rulebook.model import STEP_FORMS, Rule, Rulebook
from routing.verify.solver.encoding import unordered
from routing.verify.solver.session import Interpretation
from routing.verify.solver.terms import Term, conj, differ, disj, neg
from routing.verify.statements import code_atoms

MAIN, STATUS, OPENED, CLOSED, ADDED_STEP, LOST_STEP, ORDER = (
    "main-step",
    "status",
    "route-opened",
    "route-closed",
    "step-added",
    "step-removed",
    "order",
)
PROVISION, WORDS, PRESUMED = "provision", "words", "taken-as-given"
TERMS = {"warn": "warning", "duty": "duty", "limit": "limit"}
TERM_KINDS = {
    f"{word}-{way}": f"a {word} is {way}" for word in TERMS.values() for way in ("added", "removed")
}
KINDS = {
    MAIN: "another main step",
    STATUS: "the main step is more or less certain",
    OPENED: "a route is opened",
    CLOSED: "a route is closed",
    ADDED_STEP: "a supporting step is added",
    LOST_STEP: "a supporting step is removed",
    ORDER: "steps come in another order",
    **TERM_KINDS,
    PROVISION: "other provisions are cited",
    WORDS: "the same is said in other words",
    PRESUMED: "something else is assumed where a case is silent",
}
"""Every kind of change, the gravest first, with what it says."""

GAINED, LOST, EITHER, BOTH = "gained", "lost", "either", "both"


class Shown(Record):
    """When a plan shows something: where `sure` surely holds, and `may` can hold."""

    sure: Condition = ALWAYS
    may: Condition = ALWAYS


Showing = tuple[Shown, ...]
"""Any of these."""


class Observable(Record):
    """One thing that a plan may show.

    before, after: when it is shown, by each rulebook. sense: whether gaining it, losing it,
    either, or having it both times is the change. given: what must surely hold before and after
    for it to count.
    """

    kind: str
    what: str
    before: Showing
    after: Showing
    sense: str = EITHER
    given: tuple[Condition, ...] = ()

    def moved(self, before: Interpretation, after: Interpretation) -> Term:
        """Whether the change is there between two readings."""
        held = conj(
            reading.truth(condition)[0]
            for reading, condition in zip((before, after), self.given, strict=False)
        )
        a, b = _shown(before, self.before), _shown(after, self.after)
        if self.sense == BOTH:
            return conj((held, a, b))
        if self.sense == GAINED:
            return conj((held, neg(a), b))
        return conj((held, a, neg(b))) if self.sense == LOST else conj((held, differ(a, b)))

    @property
    def told_alike(self) -> bool:
        """Whether both rulebooks show it under the same conclusions."""
        return self.sense != BOTH and _bag(self.before) == _bag(self.after)

    def hangs_on(self, conclusions: frozenset[str]) -> bool:
        """Whether any of the conclusions bears on it."""
        conditions = (
            *self.given,
            *(part for shown in (*self.before, *self.after) for part in (shown.sure, shown.may)),
        )
        return any(
            isinstance(leaf, AtomRef) and leaf.atom in conclusions
            for condition in conditions
            for leaf in leaf_tests(condition)
        )


def _shown(reading: Interpretation, showing: Showing) -> Term:
    return disj(conj((reading.truth(shown.sure)[0], reading.truth(shown.may)[1])) for shown in showing)


def _bag(showing: Showing) -> frozenset[object]:
    return frozenset((unordered(shown.sure), unordered(shown.may)) for shown in showing)


def surely(*conditions: Condition) -> Showing:
    """Shown where any of the conditions surely holds."""
    return (Shown(sure=any_of(*conditions)),)


def watches(old: Rulebook, new: Rulebook) -> tuple[Observable, ...]:
    """Everything that plans show, by either rulebook."""
    return (
        *_ways(old, new),
        *_routes(old, new),
        *_steps(old, new),
        *_order(old, new),
        *_terms(old, new),
        *_cited(old, new),
        *_words(old, new),
    )


def _ways(old: Rulebook, new: Rulebook) -> Iterator[Observable]:
    """Main steps, and what else could deliver the measure."""
    for way in {**old.pathways, **new.pathways}:
        main, primary = AtomRef(conclusion.main(way)), AtomRef(conclusion.primary(way))
        delivers = AtomRef(conclusion.delivers(way))
        yield Observable(MAIN, way, surely(main), surely(main))
        yield Observable(STATUS, way, surely(primary), surely(primary), given=(main, main))
        yield Observable(STATUS, f"{way} may be the main step", (Shown(may=primary),), (Shown(may=primary),))
        yield from _either_way(way, surely(delivers), surely(delivers))
        yield from _either_way(f"{way} (if it applies)", (Shown(may=delivers),), (Shown(may=delivers),))


def _either_way(what: str, before: Showing, after: Showing) -> Iterator[Observable]:
    yield Observable(OPENED, what, before, after, GAINED)
    yield Observable(CLOSED, what, before, after, LOST)


def _in_both(kind: str, what: str, before: Condition, after: Condition | None = None) -> Observable:
    """What changes where it surely holds both times. after: where that is another condition than before."""
    return Observable(kind, what, surely(before), surely(after or before), sense=BOTH)


def _routes(old: Rulebook, new: Rulebook) -> Iterator[Observable]:
    """The bases of each step."""
    callers = [_callers(book) for book in (old, new)]
    for route, pathway in {**_pathways(old), **_pathways(new)}.items():
        there, main = AtomRef(conclusion.available(route)), AtomRef(conclusion.main(pathway))
        sure, may = (
            tuple(
                (
                    Shown(sure=all_of(main, there)) if surely_there else Shown(main, there),
                    *(
                        (
                            Shown(sure=all_of(fired, there), may=step)
                            if surely_there
                            else Shown(fired, all_of(step, there))
                        )
                        for fired, step in called.get(pathway, ())
                    ),
                )
                for called in callers
            )
            for surely_there in (True, False)
        )
        yield from _either_way(route, *sure)
        yield from _either_way(f"{route} (if it applies)", *may)


def _pathways(rulebook: Rulebook) -> dict[str, str]:
    return {route.id: route.pathway for route in rulebook.routes.values()}


def _callers(rulebook: Rulebook, role: str = "") -> dict[str, list[tuple[Condition, Condition]]]:
    """For each pathway, the rules that call for it as a supporting step, and the steps they make."""
    return grouped(
        (way, (AtomRef(conclusion.fired(rule.id)), AtomRef(conclusion.step(rule.id, way))))
        for rule in rulebook.rules
        if rule.form in STEP_FORMS and role in ("", rule.role)
        for way in rule.values
    )


def _steps(old: Rulebook, new: Rulebook) -> Iterator[Observable]:
    """A rule that surely applies shows every step it may make."""
    for role in {**old.roles, **new.roles}:
        before, after = _callers(old, role), _callers(new, role)
        for way in {**before, **after}:
            shown_before = tuple(Shown(*pair) for pair in before.get(way, ()))
            shown_after = tuple(Shown(*pair) for pair in after.get(way, ()))
            yield Observable(ADDED_STEP, f"{way} as {role}", shown_before, shown_after, GAINED)
            yield Observable(LOST_STEP, f"{way} as {role}", shown_before, shown_after, LOST)


def _order(old: Rulebook, new: Rulebook) -> Iterator[Observable]:
    """Steps that a rule orders, starts together or starts at once, where the rules that do so are not the
    same."""
    for form in ("before", "together", "at_once"):
        before, after = (_ordering(book, form) for book in (old, new))
        for pair in {**before, **after}:
            if before.get(pair) != after.get(pair):
                there = all_of(*(AtomRef(conclusion.chosen(way)) for way in pair))
                yield Observable(
                    ORDER,
                    f" {form} ".join(pair) if len(pair) > 1 else f"{''.join(pair)} {form}",
                    surely(*before.get(pair, ())),
                    surely(*after.get(pair, ())),
                    given=(there, there),
                )


def _ordering(rulebook: Rulebook, form: str) -> dict[tuple[str, ...], list[Condition]]:
    """The pairs of pathways that a form orders, or the single ones that start at once, with what makes it
    so."""
    pairs_of: dict[tuple[str, ...], list[Condition]] = {}
    for rule in rulebook.rules:
        if rule.form == form:
            for first in rule.values:
                pairs: list[tuple[str, ...]] = [(first, second) for second in rule.over]
                for pair in pairs or [(first,)]:
                    pairs_of.setdefault(pair, []).append(AtomRef(conclusion.fired(rule.id)))
    return pairs_of


def _codes(rulebook: Rulebook, form: str) -> tuple[str, ...]:
    return tuple({"warn": rulebook.warnings, "duty": rulebook.duties, "limit": rulebook.limits}[form])


def _terms(old: Rulebook, new: Rulebook) -> Iterator[Observable]:
    for form, word in TERMS.items():
        for code in dict.fromkeys((*_codes(old, form), *_codes(new, form))):
            told_before, told_after = (any_of(*code_atoms(book, form, code)) for book in (old, new))
            yield Observable(f"{word}-added", code, surely(told_before), surely(told_after), GAINED)
            yield Observable(f"{word}-removed", code, surely(told_before), surely(told_after), LOST)
            if code in _codes(old, form) and code in _codes(new, form):
                before, after = (_citing(book, form, code) for book in (old, new))
                for ref in sorted({*before, *after}):
                    yield Observable(
                        PROVISION,
                        f"{ref} for {word} {code}",
                        surely(*before.get(ref, ())),
                        surely(*after.get(ref, ())),
                        given=(told_before, told_after),
                    )


def _citing(rulebook: Rulebook, form: str, code: str) -> dict[str, list[Condition]]:
    citing = (rule for rule in rulebook.rules if rule.form == form and code in rule.values)
    return grouped((ref, AtomRef(conclusion.fired(rule.id))) for rule in citing for ref in rule.basis)


def _cited(old: Rulebook, new: Rulebook) -> Iterator[Observable]:
    """Routes and other rules that cite other provisions than before, where they count in both plans."""
    for route in old.routes.keys() & new.routes.keys():
        a, b = old.routes[route], new.routes[route]
        if (a.lead, a.support) != (b.lead, b.support):
            used = all_of(AtomRef(conclusion.available(route)), AtomRef(conclusion.chosen(a.pathway)))
            yield _in_both(PROVISION, f"route {route}", used)
    for rule in old.rule.keys() & new.rule.keys():
        if old.rule[rule].form not in TERMS and old.rule[rule].basis != new.rule[rule].basis:
            yield _in_both(PROVISION, f"rule {rule}", AtomRef(conclusion.fired(rule)))


def _words(old: Rulebook, new: Rulebook) -> Iterator[Observable]:
    """Sentences that are not what they were, where both plans say them."""
    for form, word in TERMS.items():
        kind = {"warn": "warnings", "duty": "duties", "limit": "limits"}[form]
        before, after = getattr(old, kind), getattr(new, kind)
        for code in before.keys() & after.keys():
            if before[code] != after[code]:
                told_before, told_after = (any_of(*code_atoms(book, form, code)) for book in (old, new))
                yield _in_both(WORDS, f"{word} {code}", told_before, told_after)
    for way in old.pathways.keys() & new.pathways.keys():
        if _card(old, way) != _card(new, way):
            yield _in_both(WORDS, f"pathway {way}", AtomRef(conclusion.chosen(way)))
    for rule in old.rule.keys() & new.rule.keys():
        if _what_a_page_shows(old.rule[rule]) != _what_a_page_shows(new.rule[rule]):
            yield _in_both(WORDS, f"rule {rule}", AtomRef(conclusion.fired(rule)))
    for ref in sorted(_refs(old) & _refs(new)):
        if _read(old, ref) != _read(new, ref):
            yield _in_both(WORDS, f"provision {ref}", _where_cited(old, ref), _where_cited(new, ref))


def _card(rulebook: Rulebook, way: str) -> tuple[object, ...]:
    pathway = rulebook.pathways[way]
    return (
        pathway.name,
        pathway.family,
        pathway.informal,
        pathway.role,
        {**pathway.card},
        [(route.id, route.says) for route in pathway.routes],
    )


def _read(rulebook: Rulebook, ref: str) -> tuple[object, ...]:
    provision = rulebook.provisions[ref]
    return (
        provision.says,
        provision.mark,
        provision.in_force_from,
        provision.in_force_until,
        provision.read_at,
        {**provision.for_measures},
    )


def _what_a_page_shows(rule: Rule) -> tuple[object, ...]:
    return (rule.says, rule.standing, {**rule.views})


def _refs(rulebook: Rulebook) -> set[str]:
    """The provisions that some plan may cite."""
    rules = {ref for rule in rulebook.rules for ref in rule.basis}
    return (rules | {ref for route in rulebook.routes.values() for ref in rulebook.citable(route)}) & set(
        rulebook.provisions
    )


def _where_cited(rulebook: Rulebook, ref: str) -> Condition:
    return any_of(
        *(
            AtomRef(conclusion.fired(rule.id))
            for rule in rulebook.rules
            if ref in rule.basis and rule.form != "never"
        ),
        *(
            all_of(AtomRef(conclusion.available(route.id)), AtomRef(conclusion.chosen(route.pathway)))
            for route in rulebook.citing(ref)
        ),
    )
