"""What a step says of its acts, and of the paper that carries it."""

from __future__ import annotations

import re

from routing.core.records import replace
from routing.phrasing.of_plans import sentence
from routing.plan.model import Act, Plan, Step
from routing.rulebook.documents import StepPaper, carrying
from routing.rulebook.model import Rulebook

NOTHING = "Nothing."
"""How a paper says that nothing goes with it."""
TELLING = 5
"""The letters by which a word tells what a paper is; a shorter word tells nothing."""
NO_PAPER = StepPaper(())


def paper_of(step: Step, plan: Plan, rulebook: Rulebook) -> StepPaper:
    """The paper that carries a step, the most exact of several; one that says nothing where none does."""
    needs = [need for need in plan.needs if need.id in step.needs]
    situation = (
        step.pathway,
        {need.measure for need in needs},
        {need.kind for need in needs},
        {basis.provision.partition(" ")[0] for basis in step.basis},
    )
    paper = next(iter(carrying(rulebook.papers, *situation)), NO_PAPER)
    named = paper.attach == NOTHING or _named(paper.attach, " ".join(step.put_in))
    return replace(paper, attach="") if named else paper


def _named(attach: str, contents: str) -> bool:
    """Whether the contents have every word that says what goes with a paper."""
    words = {word[:TELLING] for word in re.findall(r"[a-z]+", attach.lower()) if len(word) >= TELLING}
    return bool(words) and all(word in contents.lower() for word in words)


def acts_of(step: Step) -> tuple[Act, ...]:
    """What a step does, as sentences, for each of the needs for which it does something of its own; one for
    no need by name where it does the same for each."""
    acts = step.acts or (Act(needs=(), says=step.tells),)
    return tuple(replace(act, says=sentence(act.says)) for act in acts)
