"""Treaties of a region that may bind the two States and would then be the basis of what is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from routing.core import conclusion
from routing.core.conditions import Is, leaf_tests
from routing.core.domain import DELIVER, YES, Route
from routing.core.kinds import LAW, TREATY
from routing.core.printable import small_first
from routing.law import Law
from routing.law.instruments import Instrument
from routing.plan.model import CodedTerm, Warned
from routing.plan.need import NeedPlan
from routing.rulebook.parse.conditions import TIE

LOOK = "look_whether_it_binds"
WHO_SAYS = "who_says_whom_it_binds"
BINDING = (TREATY, LAW)
TERRITORY = Is("other_is_a_territory", frozenset({YES}))
FORMAL = ("request", "answer")
"""The kinds of need that rest on a treaty."""


Lead = tuple[NeedPlan, Instrument]
"""A need, and the treaty that would be the basis of its main step."""


def leads(plans: Iterable[NeedPlan], law: Law) -> tuple[Lead, ...]:
    """The needs for which a treaty of a region may bind both where none does for sure, each with it."""
    return tuple((plan, entry) for plan in plans for entry in _regional(plan, law))


def duties_of(candidates: Iterable[Lead]) -> Iterator[CodedTerm]:
    """That somebody looks whether each of these treaties binds both."""
    for plan, entry in candidates:
        need, code = plan.findings.facts.need, plan.findings.rulebook.duties.get(LOOK)
        if code is not None:
            yield CodedTerm(
                code=code.id,
                says=f"{entry.short}: {small_first(code.wording(need.kind))}",
                standing="practice",
                why=LOOK,
                needs=(need.id,),
            )


def warnings_of(candidates: Iterable[Lead]) -> Iterator[Warned]:
    """Who can say whom each of these treaties binds: its depositary."""
    for plan, entry in candidates:
        need, code = plan.findings.facts.need, plan.findings.rulebook.warnings.get(WHO_SAYS)
        if code is None or not entry.depositary:
            continue
        at = f" ({entry.look_up})" if entry.look_up else ""
        yield Warned(
            code=code.id,
            level=code.level,
            says=f"{entry.name}: {small_first(code.wording(need.kind)).rstrip('.')}, {entry.depositary}{at}.",
            standing="practice",
            why=WHO_SAYS,
            needs=(need.id,),
        )


def _regional(plan: NeedPlan, law: Law) -> tuple[Instrument, ...]:
    """The treaties of which each would be the basis of the main step if it bound both: those that the lists
    suggest, else the first. None where a treaty of a region, or one that is ranked before it, surely
    serves."""
    findings = plan.findings
    facts, pathways = findings.facts, findings.rulebook.pathways
    if facts.need.kind not in FORMAL or not facts.own or not facts.partner:
        return ()
    if findings.surely(conclusion.DANGER) or facts.surely(TERRITORY):
        return ()  # nobody looks for a treaty while a life is at stake; of a territory its State tells more
    regionals: list[Instrument] = []
    for draft in plan.drafts:
        for route in pathways[draft.pathway].routes if draft.role == DELIVER else ():
            entry = law.instruments.get(route.lead[0].split(" ")[0])
            regional = entry is not None and entry.circle is not None
            if route.kind in BINDING and findings.surely(conclusion.available(route.id)):
                if not regionals or (regional and route.kind == TREATY):
                    return ()
            elif entry is not None and regional and _may_bind(plan, route, entry.id):
                regionals.append(entry)
    suggested = (
        entry for entry in regionals if law.between(entry.id, facts.own, facts.partner, facts.as_of).suggested
    )
    return tuple(dict.fromkeys(suggested)) or tuple(regionals[:1])


def _may_bind(plan: NeedPlan, route: Route, instrument: str) -> bool:
    """Whether a route is open if an instrument binds both, of which nothing is known for sure."""
    tie = TIE + instrument
    return (
        route.kind == TREATY
        and any(isinstance(leaf, Is) and leaf.fact == tie for leaf in leaf_tests(route.opens))
        and plan.findings.facts.get(tie) is None
        and plan.findings.possibly(conclusion.available(route.id))
    )
