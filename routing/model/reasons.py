"""Why a plan is as it is, and two plans side by side, as the interface for programs tells them."""

from __future__ import annotations

from typing import Annotated, Literal

from routing.model.base import FactName, Model, NeedId, RuleId, described
from routing.model.plan import Plan

Cited = Annotated[str, described("A provision as it is cited: short name of the instrument and article.")]


class ReasonGiven(Model):
    """A reason, and what it follows from."""

    says: Annotated[str, described("The reason in one sentence.")]
    basis: Annotated[tuple[Cited, ...], described("The provisions it rests on; empty for none.")]
    rule: Annotated[str, described("Id of the rule that says it; empty where none does.")]
    parts: Annotated[tuple[ReasonGiven, ...], described("The reasons it follows from; empty for none.")]


class Why(Model):
    """Why a pathway is in the plan."""

    why: Annotated[
        ReasonGiven | None,
        described("The chain from the facts through the rules; null where the pathway is not in the plan."),
    ]


class ChangedFact(Model):
    """One fact that would have to be otherwise."""

    fact: Annotated[
        str, described("Id of the fact, `tie:` and an instrument, or `measure` for what is asked.")
    ]
    now: Annotated[str, described("Its value now, in words.")]
    to: Annotated[str, described("The value it would need, in words; the smallest number that is enough.")]
    group: Annotated[
        Literal["measure", "find_out", "obtain", "otherwise", "fixed"],
        described(
            "How it could come to be so: `measure`, if something else were asked for; `find_out`, if it is "
            "found out; `obtain`, if it is obtained; `otherwise`, only if the case were otherwise than told; "
            "`fixed`, it cannot be changed."
        ),
    ]


class Opening(Model):
    """A set of changes that leads to the goal, confirmed by routing the changed case."""

    leads_to: Annotated[str, described("The main step of the changed case, in words.")]
    changes: Annotated[tuple[ChangedFact, ...], described("What would have to be otherwise, all together.")]


class WhyNotGiven(Model):
    """What stands in the way of a pathway, and the least that would change that."""

    pathway: Annotated[str, described("Id of the pathway.")]
    need: Annotated[str, described("Id of the need.")]
    verdict: Annotated[str, described("The answer in one sentence.")]
    reasons: Annotated[
        tuple[ReasonGiven, ...], described("What excludes it, lacks, or goes before it; empty for nothing.")
    ]
    missing: Annotated[tuple[ReasonGiven, ...], described("The open facts on which the goal depends.")]
    goal: Annotated[str, described("What the changes below would bring about, in a sentence.")]
    smallest_shown: Annotated[bool, described("Whether it is shown that no smaller set would do.")]
    tried: Annotated[int, described("Up to how many facts were changed at once in the search.")]
    needs_what_cannot_change: Annotated[
        bool, described("Whether every set found changes something that cannot be changed.")
    ]
    openings: Annotated[
        tuple[Opening, ...], described("The least sets of changes that lead there; empty where none does.")
    ]


class DifferenceGiven(Model):
    """One thing that the second plan says otherwise."""

    what: Annotated[str, described("The part of the plan, as `main step`, `warning` or `deadline`.")]
    before: Annotated[str, described("What the first plan has there; empty where it has nothing.")]
    after: Annotated[str, described("What the second plan has there; empty where it has nothing.")]
    why: Annotated[tuple[RuleId, ...], described("Ids of the rules that made it so; empty where not one.")]
    need: Annotated[str, described("Id of the need; empty where it concerns the case.")]


class LawDeltaGiven(Model):
    """A fact that the law data give otherwise on the second day."""

    need: NeedId
    fact: FactName
    name: Annotated[str, described("The fact in words.")]
    before: Annotated[str, described("What the data give on the first day, in words.")]
    after: Annotated[str, described("What the data give on the second day, in words.")]
    source: Annotated[str, described("Where the second value is from; empty where not told.")]
    decisive: Annotated[bool, described("Whether it alone changes the answer.")]


class Sides(Model):
    """Two plans side by side."""

    before: Annotated[Plan, described("The first plan.")]
    after: Annotated[Plan, described("The second plan.")]
    differences: Annotated[
        tuple[DifferenceGiven, ...], described("What the second says otherwise, main things first.")
    ]
    law: Annotated[
        tuple[LawDeltaGiven, ...],
        described("For two days, what the law data give otherwise; empty for two sets of facts."),
    ]
