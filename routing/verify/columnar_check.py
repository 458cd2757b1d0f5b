"""The columnar evaluator beside the live path on random needs: what they conclude and what they answer.

Both evaluators of the live path run, because the findings of a need are theirs together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from routing.case.model import Case
from routing.core import conclusion
from routing.opened import Router
from routing.plan.build import findings_of
from routing.plan.need import NeedPlan, duties_of_rules, plan_need, warnings_of_rules
from routing.plan.terms import limits_of_rules
from routing.verify.cross_check import drawer_for

if TYPE_CHECKING:
    from routing.evaluate.columnar.evaluator import ColumnarEvaluator

BLOCK = 100
Terms = dict[str, set[tuple[str, ...]]]


@dataclass
class Compared:
    """fired: by rule, in how many needs it surely fires. differ: by what differs, the first places of
    needs."""

    needs: int = 0
    conclusions: int = 0
    fired: Counter[str] = field(default_factory=Counter)
    differ: dict[str, list[int]] = field(default_factory=dict)

    def note(self, what: str, place: int) -> None:
        places = self.differ.setdefault(what, [])
        if len(places) < 10:
            places.append(place)


def compare_columnar(
    router: Router,
    numbers: Iterable[int],
    seed: int,
    progress: Callable[[Compared], None] = lambda compared: None,
) -> Compared:
    """Compare the needs of these numbers, drawn as the comparison of the two live evaluators draws them."""
    from routing.evaluate.columnar.evaluator import ColumnarEvaluator

    drawer = drawer_for(router, seed)
    evaluator = ColumnarEvaluator(router.rulebook, router.law)
    compared = Compared()
    block: list[int] = []
    for number in numbers:
        block.append(number)
        if len(block) == BLOCK:
            compare_cases(router, evaluator, [drawer.case(n) for n in block], block, compared)
            progress(compared)
            block = []
    if block:
        compare_cases(router, evaluator, [drawer.case(n) for n in block], block, compared)
        progress(compared)
    return compared


def compare_cases(
    router: Router,
    evaluator: ColumnarEvaluator,
    cases: Sequence[Case],
    numbers: Sequence[int],
    compared: Compared,
) -> None:
    """Compare the first need of each case; numbers: by what name each is noted where it differs."""
    from routing.evaluate.columnar.machine import flags_of
    from routing.evaluate.columnar.needs import needs_of
    from routing.evaluate.stated_ties import STATED
    from routing.plan.columnar.answers import ColumnarAnswers

    day = date.fromisoformat(router.rulebook.data_date)
    needs = needs_of([(case, case.needs[0]) for case in cases], evaluator.tables, day)
    for result in evaluator.run(needs):
        truths = {
            atom: (flags_of(result.surely(atom), result.count), flags_of(result.possibly(atom), result.count))
            for atom in result.atoms
        }
        terms = _terms_of(ColumnarAnswers(result), flags_of, result.count)
        for place, row in enumerate(result.rows):
            case, number = cases[int(row)], numbers[int(row)]
            compared.needs += 1
            findings, primary, status = findings_of(
                case, case.needs[0], router.judge, router.law, case.as_of or day
            )
            for atom, (surely, possibly) in truths.items():
                if atom.startswith(STATED):
                    continue
                if conclusion.kind_of(atom) == conclusion.BASED:
                    same = bool(possibly[place]) == findings.based(conclusion.name_of(atom))
                else:
                    same = (bool(surely[place]), bool(possibly[place])) == findings.reference.atom(atom)
                    if surely[place] and conclusion.kind_of(atom) == conclusion.FIRED:
                        compared.fired[conclusion.name_of(atom)] += 1
                compared.conclusions += 1
                if not same:
                    compared.note(atom, number)
            expected = said_of(plan_need(findings, status, primary))
            for what, items in expected.items():
                if terms[place].get(what, set()) != items:
                    compared.note(what, number)


def said_of(plan: NeedPlan) -> Terms:
    """What a plan says of one need, as words."""
    rulebook, main = plan.findings.rulebook, plan.answer.primary
    steps = [(draft.pathway, draft.role) for draft in plan.drafts]
    return {
        "status": {(plan.answer.status,)},
        "primary": {(main.pathway, main.route, main.certainty)},
        "questions": {(name,) for name in plan.answer.waits_for},
        "steps": {
            (draft.pathway, draft.route, draft.role, draft.certainty, rulebook.routes[draft.route].lead[0])
            for draft in plan.drafts
        },
        # Of rules that say one thing a plan tells those whose text covers the case best; columns tell each.
        "warnings": {(term.code, term.why) for term in warnings_of_rules(plan.findings)},
        "duties": {(term.code, term.why) for term in duties_of_rules(plan.findings)},
        "limits": {
            (way, term.code)
            for way, limits in limits_of_rules(plan.findings, steps).items()
            for term in limits
        },
        "exclusions": {(item.pathway, item.route or "", rule) for item in plan.excluded for rule in item.why},
    }


def _terms_of(answers: Any, flags_of: Any, count: int) -> list[Terms]:
    """What the columns say of each need, in the same words."""
    terms: list[Terms] = [{} for _ in range(count)]

    def tell(what: str, item: tuple[str, ...], bits: Any) -> None:
        for place in flags_of(bits, count).nonzero()[0]:
            terms[place].setdefault(what, set()).add(item)

    for status, bits in answers.status.items():
        tell("status", (status,), bits)
    for item, bits in answers.steps():
        tell("steps", item, bits)
    for item, bits in answers.primary():
        tell("primary", item, bits)
    for what, lines in (
        ("warnings", answers.warnings()),
        ("duties", answers.duties()),
        ("exclusions", answers.exclusions()),
    ):
        for item, bits in lines:
            tell(what, item, bits)
    for name, bits in answers.open_questions():
        tell("questions", (name,), bits)
    for (way, code, _), bits in answers.limits():
        tell("limits", (way, code), bits)
    return terms
