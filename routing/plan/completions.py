"""What a need comes to under other answers to what is open: the values that an answer can take, and the main
step under every set of them. The questions of a plan, what-if and the interview ask it; it changes no case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product

from routing.case.facts import Facts, Value
from routing.core import conclusion
from routing.core.remembered import MadeOf
from routing.evaluate.findings import Findings
from routing.evaluate.stated_ties import with_settled_ties
from routing.rulebook.model import Rulebook
from routing.rulebook.parse.conditions import TIE, TIE_VALUES

MOST_COMPLETIONS = 64
"""Sets of answers that are judged at once."""
Decided = tuple[str, str]
"""The primary and the status."""
DECIDED = ("routed", "no_lawful_route")


def answers_of(rulebook: Rulebook, name: str) -> tuple[Value, ...]:
    """One value for each answer that can differ: for a number, one for each stretch between cut-points."""
    made = _answers(rulebook)
    if name not in made:
        made[name] = tuple(_answers_of(rulebook, name))
    return made[name]


_answers: MadeOf[Rulebook, dict[str, tuple[Value, ...]]] = MadeOf(4, lambda _: {})


def _answers_of(rulebook: Rulebook, name: str) -> Iterator[Value]:
    if name.startswith(TIE):
        yield from (Value(frozenset({status})) for status in TIE_VALUES if status != "signed")
        return
    fact = rulebook.facts[name]
    if fact.type == "number":
        cuts = cut_points(rulebook, name)
        yield from (Value(number=number) for number in sorted({max(min(cuts, default=1) - 1, 0), *cuts}))
    elif fact.type in ("choice", "many"):
        yield from (Value(frozenset({word})) for word in fact.values)


def cut_points(rulebook: Rulebook, name: str) -> tuple[int, ...]:
    """The bounds that rules test a number against."""
    return rulebook.bounds.get(name, ())


def decided_with(findings: Findings, changes: Sequence[Mapping[str, Value]]) -> list[Decided]:
    """The primary and status under each set of other values, all of them judged at once; see `primary_of`."""
    from routing.evaluate.batch import BatchEvaluator  # only what is open needs it

    rulebook = findings.rulebook
    variants = BatchEvaluator.of(rulebook.heads, findings.facts, changes, findings.reference)
    last = rulebook.last_resort
    primary = [(way, *variants.atom(conclusion.primary(way))) for way in findings.ways]

    @cache
    def stated(way: str) -> int:
        """The variants in which a way may be open though every tie that is not known did not bind."""
        bits = 0
        for route in rulebook.pathways[way].routes:
            opens = variants.truth(with_settled_ties(route.opens))[1]
            bits |= opens & variants.atom(conclusion.available(route.id))[1]
        return bits

    decided: list[Decided] = []
    for place in range(variants.count):
        bit = 1 << place
        sure = next((way for way, surely, _ in primary if surely & bit), None)
        open_ways = [way for way, _, possibly in primary if possibly & bit and way != last]
        if sure is not None or not open_ways:
            way = sure or last
            decided.append((way, "no_lawful_route" if way == last else "routed"))
            continue
        families = {rulebook.pathways[way].family for way in open_ways}
        able = [way for way in open_ways if variants.atom(conclusion.delivers(way))[0] & bit]
        able += [way for way in open_ways if stated(way) & bit]
        status = "conditional" if len(families) == 1 else "undecided"
        decided.append(((*able, *open_ways)[0], status))
    return decided


def overlaid(facts: Facts, given: Mapping[str, Value | None]) -> Facts:
    """The facts with some values replaced (None: unknown); what depends on looked-up values is read anew."""
    base = facts.get

    def look_up(name: str, _: Facts) -> Value | None:
        return given[name] if name in given else base(name)

    return Facts(
        facts.need, facts.requesting, facts.requested, facts.own, facts.partner, facts.as_of, {}, look_up
    )


def same_everywhere(findings: Findings, waits: tuple[str, ...]) -> bool:
    """Whether the primary is the same, and decided, under every way of answering what it waits for."""
    choices = [answers_of(findings.rulebook, name) for name in waits]
    count = 1
    for choice in choices:
        count *= max(len(choice), 1)
    if not waits or count > MOST_COMPLETIONS:
        return False
    changes = [dict(zip(waits, values, strict=True)) for values in product(*choices)]
    outcomes = decided_with(findings, changes)
    return len({primary for primary, _ in outcomes}) == 1 and all(status in DECIDED for _, status in outcomes)
