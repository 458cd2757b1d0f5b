"""Which provisions speak to the needs of a chunk: the reading of `plan.applicable`, for many needs at
once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from routing.case.facts import bound_fact
from routing.core import conclusion
from routing.core.conditions import Is
from routing.core.domain import NAMED_ONLY, CitedInstrument
from routing.core.kinds import GENERAL, LAW, TYING
from routing.evaluate.bits import Rails
from routing.evaluate.columnar.evaluator import Result
from routing.law.partial_dates import parse_partial
from routing.plan.applicable import ASKING, TOLD_AS_PRACTICE
from routing.rulebook.model import Rule
from routing.rulebook.parse.conditions import TIE
from routing.rulebook.provision_ranges import within

IN_FORCE = frozenset({"in_force"})


@dataclass
class Speaking:
    """Worked out once for each chunk."""

    result: Result
    _refs: dict[str, Rails] = field(default_factory=dict)

    def needs_of(self, rule: Rule) -> Any:
        """The needs in which a rule that fires is told."""
        result = self.result
        if not rule.basis or rule.protected or rule.standing in TOLD_AS_PRACTICE:
            return ~result.none
        kinds = {result.rulebook.instruments[ref.split(" ")[0]].kind for ref in rule.basis}
        if kinds & set(GENERAL):
            return ~result.none
        speaking = result.none
        for ref in rule.basis:
            speaking = speaking | self.of(ref)[1]
        return speaking

    def of(self, ref: str) -> Rails:
        """The needs to which a provision surely, and to which it possibly speaks."""
        if ref not in self._refs:
            self._refs[ref] = self._worked_out(ref)
        return self._refs[ref]

    def _worked_out(self, ref: str) -> Rails:
        result = self.result
        rulebook, day, never = result.rulebook, result.day, (result.none, result.none)
        provision = rulebook.provisions.get(ref)
        if provision is not None and (
            (provision.in_force_from and parse_partial(provision.in_force_from).first > day)
            or (provision.in_force_until and parse_partial(provision.in_force_until).last < day)
        ):
            return never
        reached = ~result.none
        for place in rulebook.reach:
            if within(ref, place):
                reached = reached & result.possibly(conclusion.reach(place))
        instrument = rulebook.instruments[ref.split(" ")[0]]
        if (
            provision is not None
            and result.kind in ASKING
            and instrument.of_requests_received(provision.article)
        ):
            reached = reached & ~result.facts.named("own", instrument.belongs_to)
        surely, possibly = self._binds(instrument)
        return reached & surely, reached & possibly

    def _binds(self, instrument: CitedInstrument) -> Rails:
        result = self.result
        always = (~result.none, ~result.none)
        if instrument.through:
            return self._binds(result.rulebook.instruments[instrument.through])
        asking = result.kind in ASKING
        if instrument.belongs_to:
            own, partner = (result.facts.named(who, instrument.belongs_to) for who in ("own", "other"))
            acting = own | partner if asking else own
            return acting, acting
        if instrument.kind not in TYING or (instrument.kind == LAW and NAMED_ONLY in instrument.details):
            return always
        if instrument.binds == "both":
            return self._degree(TIE + instrument.id)
        sides = {"own": ("own",), "either": ("own", "other")}.get(instrument.binds)
        if sides is None:
            sides = ("own", "other") if asking else ("own",)
        surely = possibly = result.none
        for side in sides:
            s, p = self._degree(bound_fact(side, instrument.id))
            surely, possibly = surely | s, possibly | p
        return surely, possibly

    def _degree(self, name: str) -> Rails:
        test = Is(name, IN_FORCE)
        return self.result.facts.surely(test), self.result.facts.possibly(test)
