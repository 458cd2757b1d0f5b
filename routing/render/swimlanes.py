"""A plan laid out as lanes and columns: who acts, and after what. Mermaid and SVG draw from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routing.core.conditions import AtomRef, leaf_tests
from routing.core.domain import BUILT_IN
from routing.core.printable import day
from routing.core.records import Record
from routing.phrasing.of_facts import in_words
from routing.phrasing.of_plans import Wording
from routing.plan.model import Plan, Step
from routing.rulebook.parse.conditions import TIE

if TYPE_CHECKING:
    from routing.opened import Router
    from routing.rulebook.model import Rulebook

NO_LANE = "Other"


class Card(Record):
    """A step as it is drawn. column: its place from left to right; further right than what comes before it,
    and never left of a step with a lower number."""

    id: str
    number: int
    lane: str
    column: int
    title: str
    name: str
    parties: str
    basis: str
    clock: str
    sure: bool
    main: bool
    after: tuple[str, ...]


def cards(plan: Plan, router: Router) -> tuple[Card, ...]:
    """Every step of the plan, placed."""
    words = Wording(router)
    columns: dict[str, int] = {}
    reached = 0
    for (
        step
    ) in plan.steps:  # in the order of time, so that no later step stands to the left of an earlier one
        reached = max(reached, *(columns[earlier] + 1 for earlier in step.after), 0)
        columns[step.id] = reached
    return tuple(
        Card(
            step.id,
            number,
            lane(step, router),
            columns[step.id],
            step.action,
            words.pathway(step.pathway),
            words.parties.route(step).replace("->", "→"),
            words.basis(step.basis[:1]),
            _clock(step),
            step.certainty == "confirmed",
            step.role == "deliver",
            step.after,
        )
        for number, step in enumerate(plan.steps, 1)
    )


def lanes(router: Router) -> tuple[str, ...]:
    """Every lane in the order in which they are drawn."""
    return tuple(dict.fromkeys((*router.rulebook.lanes.values(), NO_LANE)))


def lane(step: Step, router: Router) -> str:
    """Whose lane a step runs in: that of who sends it, who has to act."""
    return router.rulebook.lanes.get(step.sender.role, NO_LANE)


def _clock(step: Step) -> str:
    if step.when == "now":
        return "now"
    if step.deadline is None:
        return ""
    if step.deadline.date:
        return f"latest {day(step.deadline.date)}"
    if step.deadline.expected:
        return f"usually {step.deadline.expected}"
    return step.deadline.limit


class Link(Record):
    """A fact or rule and what follows from it. near: a way that was near but is closed."""

    source: str
    target: str
    near: bool = False


class Decision(Record):
    """What decided: facts, rules, pathways, each by an id with its words; near misses are dashed."""

    facts: dict[str, str]
    rules: dict[str, str]
    pathways: dict[str, str]
    near: frozenset[str]
    links: tuple[Link, ...]


MOST_FACTS, MOST_NEAR = 14, 5


def decision(plan: Plan, router: Router) -> Decision:
    """Facts, the rules that applied, and the pathways they led to; excluded ways as near misses."""
    words, rulebook = Wording(router), router.rulebook
    facts: dict[str, str] = {}
    rules: dict[str, str] = {}
    pathways: dict[str, str] = {}
    near: set[str] = set()
    links: dict[Link, None] = {}

    def add(
        behind: tuple[tuple[str, str], ...], because: tuple[str, ...], pathway: str, missed: bool
    ) -> None:
        fired = [rule for rule in because if rule in rulebook.rule]
        for rule in fired[:2] or [f"ways {pathway}"]:
            rules[rule] = (
                rulebook.rule[rule].says
                if rule in rulebook.rule
                else f"{words.pathway(pathway)} is the best channel that is available"
            )
            links[Link(rule, pathway, missed)] = None
            for fact, value in [
                item for item in behind if rule not in rulebook.rule or _may_read(rulebook, rule, item[0])
            ][:4]:
                if fact in facts or len(facts) < MOST_FACTS:
                    facts[fact] = (
                        f"{words.tie(fact) if fact.startswith(TIE) else words.fact(fact)}:"
                        f" {in_words(rulebook, value)}"
                    )
                    links[Link(fact, rule, missed)] = None

    for step in plan.steps:
        pathways[step.pathway] = words.pathway(step.pathway)
        behind_step = sorted(
            step.because,
            key=lambda item: (
                ("told", "stipulated", "looked_up", "presumed").index(item.origin)
                if item.origin in ("told", "stipulated", "looked_up", "presumed")
                else 9
            ),
        )
        add(
            tuple((item.fact, item.value) for item in behind_step if item.fact not in BUILT_IN),
            step.why,
            step.pathway,
            False,
        )
    for item in plan.excluded[:MOST_NEAR]:
        if item.pathway not in pathways:
            pathways[item.pathway] = words.pathway(item.pathway)
            near.add(item.pathway)
            add(
                tuple((b.fact, b.value) for b in item.because if b.fact not in BUILT_IN),
                item.why,
                item.pathway,
                True,
            )
    return Decision(facts, rules, pathways, frozenset(near), tuple(links))


def _may_read(rulebook: Rulebook, rule: str, fact: str) -> bool:
    """Whether a rule rests on a fact: it names it, or names something that follows from other facts."""
    named = {"" if isinstance(leaf, AtomRef) else leaf.fact for leaf in leaf_tests(rulebook.rule[rule].when)}
    return fact in named or any(
        name not in rulebook.facts or rulebook.facts[name].derived
        for name in named
        if name not in BUILT_IN and not name.startswith(TIE)
    )
