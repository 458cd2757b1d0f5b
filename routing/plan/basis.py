"""What a step rests on: its leading provision, and those that support it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from routing.core import conclusion
from routing.core.conditions import AtomRef, Is, leaf_tests
from routing.core.domain import Pathway, Route
from routing.core.grouping import grouped
from routing.core.kinds import TREATY
from routing.core.records import replace
from routing.evaluate.findings import Findings
from routing.law import BilateralTreaty, Law
from routing.plan.applicable import open_facts_of, speaks, unsettled
from routing.plan.model import Basis, Part
from routing.plan.national import with_national_law
from routing.plan.primary import lead_route
from routing.rulebook.parse.conditions import TIE

MOST_SUPPORT = 3
SEEN_IN_A_LIST = "secondary"  # how a treaty of two States is known whose text is not held
Pick = tuple[str, str, Part]  # a route, a provision of it, and its part


def basis_of(findings: Findings, pathway: Pathway, law: Law, as_of: date) -> tuple[Basis, ...]:
    """One lead provision and at most three in support, from the routes that are there or may be."""
    lead = lead_route(findings, pathway.id)
    routes = {route.id: route for route in pathway.routes}
    first = routes[lead]
    others = [r for r in pathway.routes if r.id != lead and findings.possibly(conclusion.available(r.id))]
    others.sort(key=lambda route: _doubt(findings, route, law))
    leading, supporting = for_measure(findings, first.lead), for_measure(findings, first.support)
    own = (*leading, *supporting)
    lead_ref = next((ref for ref in own if speaks(findings, ref)), own[0])
    picks: list[Pick] = [(first.id, lead_ref, "lead")]
    rest: list[Pick] = [(first.id, ref, "support") for ref in leading if ref != lead_ref]
    support: list[Pick] = [
        *rest[:1],
        *((route.id, for_measure(findings, route.lead[:1])[0], "support") for route in others),
        *rest[1:],
        *((first.id, ref, "support") for ref in supporting),
    ]
    seen = {lead_ref}
    whole = {lead_ref.split(" ")[0]} if not _numbered(lead_ref) else set()
    for pick in support:
        if not _numbered(pick[1]):
            if pick[1].split(" ")[0] in whole:
                continue  # what is not an article is named once
            whole.add(pick[1].split(" ")[0])
        if pick[1] not in seen and len(picks) <= MOST_SUPPORT and speaks(findings, pick[1]):
            seen.add(pick[1])
            picks.append(pick)
    bases = tuple(_basis(findings, routes[route], ref, role, law, as_of) for route, ref, role in picks)
    return with_national_law(bases, findings, pathway, law, MOST_SUPPORT)


def for_measure(findings: Findings, refs: Iterable[str]) -> tuple[str, ...]:
    """Some provisions as a step for the measure cites them: in place of a list the paragraph that names the
    measure, and beside another the article that does."""
    return tuple(ref for cited in refs for ref in _for_measure(findings, cited))


def _for_measure(findings: Findings, ref: str) -> tuple[str, ...]:
    named = findings.rulebook.provisions[ref].for_measures.get(findings.facts.need.measure)
    if named is None:
        return (ref,)
    return (named,) if named.startswith(f"{ref}(") else (ref, named)


def names_measure(findings: Findings, pathway: Pathway) -> frozenset[str]:
    """The provisions that name the measure, of the route that leads on a pathway."""
    lead = lead_route(findings, pathway.id)
    first = next(route for route in pathway.routes if route.id == lead)
    naming = findings.rulebook.naming_measures(first, findings.facts.need.measure)
    return frozenset(naming).difference(first.lead, first.support)


def basis_of_all(by_state: Mapping[str | None, tuple[Basis, ...]]) -> tuple[Basis, ...]:
    """The provisions of a step with several States, each once; one that is not for all of them names those
    for which it is."""
    every = grouped((item.provision, (state, item)) for state, items in by_state.items() for item in items)
    merged = []
    for of_states in every.values():
        states = tuple(state for state, _ in of_states if state)
        merged.append(replace(of_states[0][1], states=states if len(of_states) < len(by_state) else ()))
    return tuple(merged)


def _numbered(ref: str) -> bool:
    """Whether a reference names an article, and not an instrument as a whole."""
    return ref.partition(" ")[2][:1].isdigit()


def _doubt(findings: Findings, route: Route, law: Law) -> tuple[int, int]:
    """How a supporting basis is ranked: sure ones first, then ties that are sure or likely, as the card ranks
    them, then the others by the widest membership."""
    if findings.surely(conclusion.available(route.id)):
        return (0, 0)
    instrument = route.lead[0].split(" ")[0]
    tie = findings.facts.get(TIE + instrument)
    entry = law.instruments.get(instrument)
    bound = tie is not None and tie.words == {"in_force"}
    if bound or _likely(findings, instrument, law) or _own_treaty(findings, route.lead[0], law)[0]:
        return (1, 0)
    return (2, -(entry.rows if entry else 0))


def _likely(findings: Findings, instrument: str, law: Law) -> bool:
    """Whether the lists suggest for both States, though not surely, that an instrument binds them."""
    facts = findings.facts
    if instrument not in law.instruments or not facts.requesting or not facts.requested:
        return False
    return law.between(instrument, facts.requesting, facts.requested, facts.as_of).suggested


def _own_treaty(findings: Findings, ref: str, law: Law) -> tuple[BilateralTreaty | None, bool]:
    """The treaty of the two States for which a provision stands, unless it is known not to bind them; whether
    it is known to."""
    kind, facts = findings.rulebook.provisions[ref].bilateral, findings.facts
    if kind is None or not facts.requesting or not facts.requested:
        return None, False
    own = law.own_treaty(kind, facts.requesting, facts.requested, facts.as_of)
    if own is not None:
        return (own.treaty, True) if own.binds else (None, False)
    return law.bilateral().lead(kind, facts.requesting, facts.requested), False


def _basis(findings: Findings, route: Route, ref: str, role: Part, law: Law, as_of: date) -> Basis:
    rulebook = findings.rulebook
    provision = rulebook.provisions[ref]
    instrument = rulebook.instruments[provision.instrument]
    article = (
        instrument.article.format(provision.article) if provision.article[:1].isdigit() else provision.article
    )
    since = None
    facts = findings.facts
    ties = {
        leaf.fact for leaf in leaf_tests(route.opens) if isinstance(leaf, Is) and leaf.fact.startswith(TIE)
    }
    if facts.requesting and facts.requested and (ties or route.kind == TREATY):
        tie = (
            law.between(provision.instrument, facts.requesting, facts.requested, as_of)
            if provision.instrument in law.instruments
            else None
        )
        since = tie.since if tie is not None and tie.status == "in_force" else None
    available = AtomRef(conclusion.available(route.id))
    if not findings.surely(available.atom):
        sure, open_facts = False, findings.open_facts(available)
    else:
        sure = not unsettled(findings, (ref,))
        open_facts = () if sure else open_facts_of(findings, ref)
    name, mark, source = instrument.short_for({facts.need.kind}), provision.mark, None
    treaty, binds = _own_treaty(findings, ref, law)
    if treaty is not None:
        name, source = treaty.name, treaty.source
        if binds:
            since, mark = treaty.in_force, SEEN_IN_A_LIST
    return Basis(
        provision=ref,
        instrument=name,
        article=article,
        role=role,
        kind=route.kind,
        in_force_since=str(since) if since else None,
        source=source,
        mark=mark,
        certainty="confirmed" if sure else "conditional",
        waits_for=open_facts,
    )
