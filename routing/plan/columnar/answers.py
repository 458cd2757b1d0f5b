"""What a plan says of many needs: each thing that can be said, with the needs of which it is said.

The same readings as `plan.need` makes of one need's findings, written for machine words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from routing.core import conclusion
from routing.core.cached import cached_property
from routing.core.domain import DELIVER
from routing.core.grouping import grouped
from routing.core.kinds import LAW, TREATY
from routing.evaluate.columnar.evaluator import Result, rules_of
from routing.evaluate.columnar.hinges import Hinges
from routing.plan.columnar.speaking import Speaking
from routing.rulebook.lower import CURABLE
from routing.rulebook.model import CLOSING_FORMS, STEP_FORMS, Rule

Lines = list[tuple[tuple[str, ...], Any]]
"""Each thing that is said of some need, as words, with the bits of the needs."""


@dataclass
class ColumnarAnswers:
    """The answers of one chunk, valid until the next chunk is run."""

    result: Result
    _leads: dict[str, list[tuple[str, Any]]] = field(default_factory=dict)

    @cached_property
    def status(self) -> dict[str, Any]:
        """By status of a need, the needs that have it."""
        result, last = self.result, self.result.ways[-1]
        nowhere = (result.sure & result.shown[last]) | ~(result.sure | result.open)
        return {
            "routed": result.sure & ~result.shown[last],
            "conditional": ~result.sure & result.open & ~result.several,
            "undecided": ~result.sure & result.open & result.several,
            "no_lawful_route": nowhere,
        }

    def lead(self, pathway: str) -> list[tuple[str, Any]]:
        """The routes that carry a pathway, each with the needs in which it does: the best that is sure, else
        that may be."""
        if pathway not in self._leads:
            result = self.result
            routes = result.rulebook.pathways[pathway].routes
            carried: dict[str, Any] = {}
            left = ~result.none
            sure = [result.surely(conclusion.available(route.id)) for route in routes]
            treaty, law = (
                [result.bound(route.id) if route.kind == kind else result.none for route in routes]
                for kind in (TREATY, LAW)
            )
            stated = [result.stated(route.id) for route in routes]
            may = [result.possibly(conclusion.available(route.id)) for route in routes]
            for rail in (sure, treaty, law, stated, may):
                for route, bits in zip(routes, rail, strict=True):
                    mine = bits & left
                    carried[route.id] = carried.get(route.id, result.none) | mine
                    left = left & ~mine
            carried[routes[-1].id] = carried[routes[-1].id] | left
            self._leads[pathway] = [(route, bits) for route, bits in carried.items() if bits.any()]
        return self._leads[pathway]

    @cached_property
    def drafts(self) -> dict[tuple[str, str], Any]:
        """By pathway and role, the needs that have this step; the main step first."""
        result = self.result
        steps = {(way, DELIVER): bits for way, bits in result.shown.items() if bits.any()}
        called: dict[str, dict[str, Any]] = {}
        for form in STEP_FORMS:
            for rule in rules_of(result.rulebook, form):
                for way, bits in self._ways(rule):
                    if way == result.ways[-1]:
                        continue
                    bits = bits & ~result.shown.get(way, result.none)
                    if bits.any():
                        roles = called.setdefault(way, {})
                        roles[rule.role] = roles.get(rule.role, result.none) | bits
        for way, roles in called.items():
            earlier = result.none
            for role in result.rulebook.roles:
                if role in roles:
                    mine = roles[role] & ~earlier
                    earlier = earlier | mine
                    if mine.any():
                        steps[way, role] = steps.get((way, role), result.none) | mine
        return steps

    def _ways(self, rule: Rule) -> Iterator[tuple[str, Any]]:
        """The pathways that a rule calls for, where it surely fires: all, or the first that is surely open,
        else may be."""
        result = self.result
        fired = result.surely(conclusion.fired(rule.id))
        if not fired.any():
            return
        possible = {way: result.possibly(conclusion.step(rule.id, way)) & fired for way in rule.values}
        if rule.form == "include":
            yield from possible.items()
            return
        left, chosen = fired, dict[str, Any]()
        for sure in (True, False):
            for way, bits in possible.items():
                mine = bits & left & result.surely(conclusion.available(way)) if sure else bits & left
                left = left & ~mine
                chosen[way] = chosen.get(way, result.none) | mine
        yield from chosen.items()

    @cached_property
    def planned(self) -> dict[str, Any]:
        """By pathway, the needs that have it as a step."""
        steps: dict[str, Any] = {}
        for (way, _), bits in self.drafts.items():
            steps[way] = steps.get(way, self.result.none) | bits
        return steps

    def primary(self) -> Lines:
        """(pathway, route, certainty)."""
        result, lines = self.result, Lines()
        for way, bits in result.shown.items():
            sure = result.surely(conclusion.primary(way))
            for route, carried in self.lead(way) if bits.any() else ():
                for certainty, which in (("confirmed", sure), ("conditional", ~sure)):
                    mine = bits & carried & which
                    if mine.any():
                        lines.append(((way, route, certainty), mine))
        return lines

    def steps(self) -> Lines:
        """(pathway, route, role, certainty, provision that carries it)."""
        result, lines = self.result, Lines()
        for (way, role), bits in self.drafts.items():
            main = result.shown.get(way, result.none) if role == DELIVER else result.none
            sure = (main & result.surely(conclusion.primary(way))) | (
                ~main & result.surely(conclusion.available(way))
            )
            for route, carried in self.lead(way):
                for certainty, which in (("confirmed", sure), ("conditional", ~sure)):
                    mine = bits & carried & which
                    if mine.any():
                        lead = result.rulebook.routes[route].lead[0]
                        lines.append(((way, route, role, certainty, lead), mine))
        return lines

    def warnings(self) -> Lines:
        """(code, rule)."""
        result = self.result
        lines: Lines = [
            ((code, rule.id), bits) for rule, bits in self._said_in("warn") for code in rule.values
        ]
        for form in STEP_FORMS:
            for rule in rules_of(result.rulebook, form):
                if rule.if_none:
                    bits = result.surely(conclusion.no_step(rule.id)) & self.speaking.needs_of(rule)
                    if bits.any():
                        lines.append(((rule.if_none, rule.id), bits))
        return lines

    def duties(self) -> Lines:
        """(code, rule)."""
        return [((code, rule.id), bits) for rule, bits in self._said_in("duty") for code in rule.values]

    def limits(self) -> Lines:
        """(pathway, code, rule): on the pathways that the rule names, or else on the step that delivers."""
        result, lines = self.result, Lines()
        for rule, fired in self._said_in("limit"):
            targets = {target.split("/")[0] for target in rule.targets}
            for way, planned in self.planned.items():
                if targets and way not in targets:
                    continue
                delivering = self.drafts.get((way, DELIVER), result.none)
                bits = fired & (planned if targets else delivering)
                if bits.any():
                    lines += [((way, code, rule.id), bits) for code in rule.values]
        return lines

    def exclusions(self) -> Lines:
        """(pathway, route or nothing, rule)."""
        return [*self._pathways_excluded(), *self._routes_excluded()]

    def open_questions(self) -> list[tuple[str, Any]]:
        """The unknown facts that the main step waits for, in the order of their names."""
        return sorted(Hinges(self.result).of_main_step().items(), key=lambda item: item[0])

    def _pathways_excluded(self) -> Iterator[tuple[tuple[str, ...], Any]]:
        result = self.result
        rulebook = result.rulebook
        in_vain = rulebook.measures[result.measure].not_by if result.kind == "request" else ()
        front = rulebook.groups.get("police_channels", ("",))[0]
        firing = (pair for form in CLOSING_FORMS for pair in self._fired(form))
        by_target = grouped((target, pair) for pair in firing for target in pair[0].targets)
        held: dict[str, Any] = {}
        for pathway_id, planned in self.planned.items():
            waiting = planned & result.possibly(conclusion.available(pathway_id))
            for rule, bits in by_target.get(pathway_id, ()):
                if rule.form == "close" and rule.how == CURABLE:
                    held[rule.id] = held.get(rule.id, result.none) | bits & waiting
        by_police = result.none
        for pathway_id, planned in self.planned.items():
            if rulebook.pathways[pathway_id].informal:
                by_police = by_police | planned
        police_told = by_police & result.surely(conclusion.DANGER)
        for pathway in rulebook.pathways.values():
            rules = by_target.get(pathway.id, [])
            if not rules:
                continue
            planned = self.planned.get(pathway.id, result.none)
            not_main = ~(planned & result.surely(conclusion.main(pathway.id)))
            based = result.none
            for route in pathway.routes:
                based = based | result.possibly(conclusion.based(route.id))
            always = pathway.id in result.ways or pathway.informal
            relevant = ~result.none if always else planned
            closing = unheld = result.none
            for rule, bits in rules:
                if rule.form == "close":
                    closing = closing | bits
                    unheld = unheld | bits & ~held.get(rule.id, result.none)
            not_main = not_main & (~closing | unheld)  # what the main step waits for is told there
            shown = not_main & (based & relevant | closing if pathway.id in in_vain else based & relevant)
            barred = result.none
            if pathway.id in result.ways:
                barred = ~closing
            elif pathway.id == front:
                barred = ~closing & ~police_told
            for rule, bits in rules:
                mine = shown & bits & (~result.none if rule.form == "close" else barred)
                if mine.any():
                    yield (pathway.id, "", rule.id), mine

    def _routes_excluded(self) -> Iterator[tuple[tuple[str, ...], Any]]:
        result = self.result
        for rule, bits in self._fired("close"):
            for target in rule.targets:
                if "/" not in target:
                    continue
                pathway = result.rulebook.routes[target].pathway
                near = ~result.none if pathway in result.ways else self.planned.get(pathway, result.none)
                mine = bits & near & result.possibly(conclusion.based(target))
                if mine.any():
                    yield (pathway, target, rule.id), mine

    @cached_property
    def speaking(self) -> Speaking:
        return Speaking(self.result)

    def _said_in(self, form: str) -> Iterator[tuple[Rule, Any]]:
        for rule, fired in self._fired(form):
            bits = fired & self.speaking.needs_of(rule)
            if bits.any():
                yield rule, bits

    def _fired(self, form: str) -> Iterator[tuple[Rule, Any]]:
        for rule in rules_of(self.result.rulebook, form):
            bits = self.result.surely(conclusion.fired(rule.id))
            if bits.any():
                yield rule, bits
