"""From rules, routes and measures to plain rules: the one source of every evaluator and proof.

Heads of plain rules:
  is:FACT              a derived fact
  fired:RULE           a rule's condition holds and nothing defeats it
  available:ROUTE      its basis is there and nothing closes it; available:PATHWAY when one of its routes is
  delivers:PATHWAY     available, not barred as last step, and a way to deliver the measure
  primary:PATHWAY      delivers, and nothing ranked before it delivers
  lead:ROUTE           available, and no route of the pathway ranked before it is (where a rule asks)
  step:RULE:PATHWAY    chosen by a rule as a supporting step
  main:PATHWAY         primary, or assumed to be while the primary is undecided (the fact `taken`)
  chosen:PATHWAY       the main step or a supporting step
  none:RULE            the rule sought a step and found none
  reach:PLACE          the provisions of this place in an instrument speak to the case
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from routing.core import conclusion
from routing.core.conditions import AtomRef, Clause, Condition, Is, all_of, any_of, leaf_tests, negate
from routing.core.domain import ASSUMED_MAIN_STEP, FUTURE_CURE, Measure, Pathway
from routing.core.grouping import grouped
from routing.rulebook.model import STEP_FORMS, TERM_FORMS, Rule

CURABLE = "curable"
CURED = Is(FUTURE_CURE, frozenset({"yes"}))  # a fact that is never known: what can be cured may yet be


def expand(
    rules: Iterable[Rule],
    pathways: Mapping[str, Pathway],
    measures: Mapping[str, Measure],
    last_resort: str,
    reach: Mapping[str, tuple[str, ...]],
    own: Container[str] | None = None,
) -> tuple[Clause, ...]:
    """Every plain rule of the rulebook, in a fixed order.

    own: ids of the rules whose own conclusions are written out; all of them by default.
    """
    rules = tuple(rules)
    defeaters = _defeaters(rules)
    plain: list[Clause] = []
    for rule in rules:
        if rule.form != "never" and (own is None or rule.id in own):
            plain.extend(_fired(rule, defeaters))
    closers = _closers(rules)
    bars = _by_target(rules, "bar")
    preferences = [rule for rule in rules if rule.form == "prefer"]
    asked = _asked_leads(rules)
    for pathway in pathways.values():
        plain.extend(_availability(pathway, closers, asked))
        plain.extend(_delivery(pathway, bars, measures, last_resort))
        plain.extend(_primary(pathway, measures, preferences, last_resort))
        plain.extend(_chosen(pathway, rules, measures, last_resort))
    plain.extend(
        Clause(conclusion.reach(place), any_of(*(AtomRef(conclusion.fact(fact)) for fact in facts)), place)
        for place, facts in reach.items()
    )
    return tuple(plain)


def _defeaters(rules: tuple[Rule, ...]) -> dict[str, list[str]]:
    """For each rule id, the rules that lift it."""
    winners = [rule for rule in rules if rule.defeats]
    return {
        rule.id: [winner.id for winner in winners if {rule.id, rule.parent} & set(winner.defeats)]
        for rule in rules
    }


def _fired(rule: Rule, defeaters: Mapping[str, list[str]]) -> Iterable[Clause]:
    parts: list[Condition] = [rule.when]
    parts += [negate(AtomRef(conclusion.fired(winner))) for winner in defeaters[rule.id]]
    if rule.form in TERM_FORMS and rule.targets:
        parts.append(any_of(*(_in_plan(target) for target in rule.targets)))
    yield Clause(conclusion.fired(rule.id), all_of(*parts), rule.id)
    if rule.form == "is":
        for fact in rule.values:
            yield Clause(conclusion.fact(fact), AtomRef(conclusion.fired(rule.id)), rule.id)
    elif rule.form in STEP_FORMS:
        fired = AtomRef(conclusion.fired(rule.id))
        for index, way in enumerate(rule.values):
            earlier = rule.values[:index] if rule.form == "first_open" else ()
            yield Clause(
                conclusion.step(rule.id, way),
                all_of(
                    fired,
                    AtomRef(conclusion.available(way)),
                    *(negate(AtomRef(conclusion.available(way))) for way in earlier),
                ),
                rule.id,
            )
        if rule.if_none:
            yield Clause(
                conclusion.no_step(rule.id),
                all_of(fired, *(negate(AtomRef(conclusion.available(way))) for way in rule.values)),
                rule.id,
            )


def _closers(rules: tuple[Rule, ...]) -> dict[str, list[Rule]]:
    closers: dict[str, list[Rule]] = {}
    for rule in rules:
        for target in rule.targets if rule.form == "close" else ():
            if rule not in closers.setdefault(target, []):
                closers[target].append(rule)
    return closers


def _in_plan(target: str) -> Condition:
    """A pathway in the plan; a route, where it leads a pathway in the plan."""
    pathway = AtomRef(conclusion.chosen(target.split("/")[0]))
    return all_of(pathway, AtomRef(conclusion.lead(target))) if "/" in target else pathway


def _by_target(rules: tuple[Rule, ...], form: str) -> dict[str, list[str]]:
    return grouped((target, rule.id) for rule in rules if rule.form == form for target in rule.targets)


def _not_closed(rule: Rule) -> Condition:
    """A fixed closing excludes. One that can be cured holds the route until it is: surely not yet, possibly
    then."""
    fired = negate(AtomRef(conclusion.fired(rule.id)))
    return any_of(fired, CURED) if rule.how == CURABLE else fired


def _not_fired(ids: Iterable[str]) -> list[Condition]:
    return [negate(AtomRef(conclusion.fired(rule))) for rule in ids]


def _asked_leads(rules: tuple[Rule, ...]) -> set[str]:
    """The routes of which some rule asks whether they lead."""
    asked = {target for rule in rules if rule.form in TERM_FORMS for target in rule.targets if "/" in target}
    for rule in rules:
        asked |= {
            conclusion.name_of(leaf.atom)
            for leaf in leaf_tests(rule.when)
            if isinstance(leaf, AtomRef) and conclusion.kind_of(leaf.atom) == conclusion.LEAD
        }
    return asked


def _availability(pathway: Pathway, closers: Mapping[str, list[Rule]], asked: set[str]) -> Iterable[Clause]:
    shared = closers.get(pathway.id, [])
    for index, route in enumerate(pathway.routes):
        closing = {rule.id: rule for rule in (*shared, *closers.get(route.id, []))}.values()
        yield Clause(
            conclusion.available(route.id),
            all_of(route.opens, *(_not_closed(rule) for rule in closing)),
            route.id,
        )
        if route.id not in asked:
            continue
        before = (negate(AtomRef(conclusion.available(earlier.id))) for earlier in pathway.routes[:index])
        yield Clause(
            conclusion.lead(route.id), all_of(AtomRef(conclusion.available(route.id)), *before), route.id
        )
    yield Clause(
        conclusion.available(pathway.id),
        any_of(*(AtomRef(conclusion.available(route.id)) for route in pathway.routes)),
        pathway.id,
    )


def _delivery(
    pathway: Pathway, bars: Mapping[str, list[str]], measures: Mapping[str, Measure], last_resort: str
) -> Iterable[Clause]:
    serves = frozenset(m.id for m in measures.values() if pathway.id in m.ways)
    if pathway.id == last_resort:
        yield Clause(conclusion.delivers(pathway.id), AtomRef(conclusion.available(pathway.id)), pathway.id)
        return
    if not serves:
        return
    if any(route.id in bars for route in pathway.routes):
        carried = any_of(
            *(
                all_of(AtomRef(conclusion.available(route.id)), *_not_fired(bars.get(route.id, [])))
                for route in pathway.routes
            )
        )
    else:
        carried = AtomRef(conclusion.available(pathway.id))
    yield Clause(
        conclusion.delivers(pathway.id),
        all_of(Is("measure", serves), *_not_fired(bars.get(pathway.id, [])), carried),
        pathway.id,
    )


def _primary(
    pathway: Pathway, measures: Mapping[str, Measure], preferences: list[Rule], last_resort: str
) -> Iterable[Clause]:
    head, own = conclusion.primary(pathway.id), AtomRef(conclusion.delivers(pathway.id))
    for measure in measures.values():
        ways = [way for way in measure.ways if way != last_resort]
        if pathway.id == last_resort:
            rivals = [negate(AtomRef(conclusion.delivers(way))) for way in ways]
        elif pathway.id in ways:
            place = ways.index(pathway.id)
            rivals = []
            for index, rival_way in enumerate(ways):
                lifted = _preferring(preferences, pathway.id, rival_way)
                pushed = _preferring(preferences, rival_way, pathway.id)
                rival = AtomRef(conclusion.delivers(rival_way))
                if index < place:
                    rivals.append(
                        negate(all_of(rival, *(negate(AtomRef(conclusion.fired(rule))) for rule in lifted)))
                    )
                elif index > place and pushed:
                    rivals.append(
                        negate(all_of(rival, any_of(*(AtomRef(conclusion.fired(rule)) for rule in pushed))))
                    )
        else:
            continue
        yield Clause(head, all_of(Is("measure", frozenset({measure.id})), own, *rivals), pathway.id)


def _preferring(preferences: list[Rule], winner: str, loser: str) -> list[str]:
    return [rule.id for rule in preferences if winner in rule.values and loser in rule.over]


def _chosen(
    pathway: Pathway, rules: tuple[Rule, ...], measures: Mapping[str, Measure], last_resort: str
) -> Iterable[Clause]:
    main = conclusion.main(pathway.id)
    serves = frozenset(m.id for m in measures.values() if pathway.id in m.ways or pathway.id == last_resort)
    assumed = all_of(Is("measure", serves), Is(ASSUMED_MAIN_STEP, frozenset({pathway.id})))
    yield Clause(main, any_of(AtomRef(conclusion.primary(pathway.id)), assumed), pathway.id)
    ways: list[Condition] = [AtomRef(main)]
    for rule in rules:
        if rule.form in STEP_FORMS and pathway.id in rule.values:
            ways.append(AtomRef(conclusion.step(rule.id, pathway.id)))
    yield Clause(conclusion.chosen(pathway.id), any_of(*ways), pathway.id)
