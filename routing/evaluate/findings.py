"""What the rules conclude for one need, agreed by both evaluators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self

from routing.case.facts import Facts, Value
from routing.case.model import Need
from routing.core import conclusion
from routing.core.cached import cached_property
from routing.core.conditions import Condition
from routing.core.domain import KINDS_OF_NEED
from routing.core.errors import EvaluatorsDisagree
from routing.core.grouping import grouped
from routing.core.limits import check_limits
from routing.core.records import Record
from routing.core.truth import FALSE, UNDECIDED, Truth
from routing.evaluate.engine import Engine, Network, Networks, compile_networks
from routing.evaluate.engine.cache import keep_networks, kept_networks, networks_entry
from routing.evaluate.facts_behind import FactsBehind
from routing.evaluate.reference import Reference
from routing.rulebook.model import Rule, Rulebook

CONFIRMED, CONDITIONAL, EXCLUDED = "confirmed", "conditional", "excluded"


@dataclass
class CrossCheckedEvaluator:
    """Runs both evaluators on a need and refuses to answer where they differ.

    cached: whether compiled networks may come from the user's cache folder, and go there.
    """

    rulebook: Rulebook
    engine: Engine = field(default_factory=Engine)
    cached: bool = True
    _networks: dict[tuple[str, str], Network] = field(default_factory=dict)

    def network(self, measure: str, kind: str) -> Network:
        """The compiled rules that can matter for a measure and a kind of need."""
        network = self._networks.get((measure, kind))
        if network is None:
            network = self._networks[measure, kind] = self._compiled.of(measure, kind)
        return network

    def prepare(self, needs: Iterable[Need]) -> None:
        """Make ready for needs that are asked together. Where they are of one sort and are the first, its
        rule sets are its own; more sorts share theirs."""
        sorts = {(need.measure, need.kind) for need in needs}
        if self._networks or len(sorts) > 1 or self._kept_nowhere:
            return
        for sort in sorts:
            entry = networks_entry(self.rulebook.hash, sort)
            networks = kept_networks(entry)
            if networks is None:
                networks = self._compiled.alone(*sort)
                keep_networks(entry, networks)
            self._networks[sort] = networks.of(*sort)

    @property
    def _kept_nowhere(self) -> bool:
        """Whether compiled networks are neither read nor kept, as those of a user's own rules."""
        return not self.cached or not self.rulebook.hash or bool(self.rulebook.overlays)

    @cached_property
    def _compiled(self) -> Networks:
        """The networks of every measure and kind of need."""
        rulebook = self.rulebook
        entry = None if self._kept_nowhere else networks_entry(rulebook.hash)
        networks = kept_networks(entry) if entry else None
        if networks is None:
            networks = compile_networks(
                rulebook.plain,
                {
                    (measure, kind): rulebook.properties(measure)
                    for measure in rulebook.measures
                    for kind in KINDS_OF_NEED
                },
            )
            if entry:
                keep_networks(entry, networks)
        return networks

    def findings(self, facts: Facts, first: Findings | None = None) -> Findings:
        """The findings for a need.

        first: the findings of the same facts with no pathway taken as the main step, if they were made
        before.

        Raises EvaluatorsDisagree when the engine and the reference differ in anything.
        """
        check_limits()
        network = self.network(facts.need.measure, facts.need.kind)
        run = self.engine.evaluate(network, facts)
        reference = Reference(self.rulebook.heads, facts)
        if first is not None:
            # What does not hang on the main step is as it was found; the engine works it all out anew.
            reference.keep(first.reference, self.rulebook.hanging_on_main_step)
        shadow = reference.holding(network.heads)
        if run != shadow:
            differ = sorted(h for h in run.keys() | shadow.keys() if run.get(h) != shadow.get(h))
            raise EvaluatorsDisagree(
                f"the two evaluators differ on {len(differ)} conclusions, first `{differ[0]}`"
            )
        return Findings(self.rulebook, facts, run, reference, network.facts)


class _LazyTruths(Mapping[str, Truth]):
    """Every conclusion of the rulebook, each worked out when it is asked for."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference

    def __getitem__(self, head: str) -> Truth:
        if head not in self.reference.heads:
            raise KeyError(head)
        return self.reference.atom(head)

    def __iter__(self) -> Iterator[str]:
        return iter(self.reference.heads)

    def __len__(self) -> int:
        return len(self.reference.heads)


class Findings(Record, dict=True):
    """Every conclusion for one need that holds at least possibly, with ways to read it.

    bearing: the facts and ties that the rules test for this measure and kind of need, whether or not an
    evaluator had to look at them; none are named for a trial.
    """

    rulebook: Rulebook
    facts: Facts
    truths: Mapping[str, Truth]
    reference: Reference
    bearing: tuple[str, ...] = ()

    @cached_property
    def speaking(self) -> dict[str, int]:
        """Whether provisions speak to the case, as far as that was worked out."""
        return {}

    @classmethod
    def by_reference(cls, rulebook: Rulebook, facts: Facts) -> Self:
        """What the reference alone concludes, worked out as far as it is asked: for trials, never for an
        answer."""
        check_limits()
        reference = Reference(rulebook.heads, facts)
        return cls(rulebook, facts, _LazyTruths(reference), reference)

    def truth(self, atom: str) -> Truth:
        return self.truths.get(atom, FALSE)

    def surely(self, atom: str) -> bool:
        return self.truth(atom)[0]

    def possibly(self, atom: str) -> bool:
        return self.truth(atom)[1]

    def standing(self, target: str) -> str:
        """Whether a pathway or route is confirmed, conditional or excluded as such."""
        surely, possibly = self.truth(conclusion.available(target))
        return CONFIRMED if surely else CONDITIONAL if possibly else EXCLUDED

    def based(self, route: str) -> bool:
        """Whether a route's own basis is, or may be, there, whatever closes it."""
        return self.reference.truth(self.rulebook.routes[route].opens)[1]

    @cached_property
    def ways(self) -> tuple[str, ...]:
        """The pathways that can deliver the measure, best first, the last resort at the end."""
        last = self.rulebook.last_resort
        listed = self.rulebook.measures[self.facts.need.measure].ways
        return (*(way for way in listed if way != last), last)

    @cached_property
    def candidates(self) -> tuple[str, ...]:
        """The pathways that are, or may turn out to be, the primary."""
        return tuple(way for way in self.ways if self.possibly(conclusion.primary(way)))

    def fired_rules(self, form: str, surely: bool = True) -> Iterator[Rule]:
        """The rules of a form that fire, or may fire, in the order of the rulebook."""
        for rule, sure in self._firing(form):
            if sure or not surely:
                yield rule

    def _firing(self, form: str) -> list[tuple[Rule, bool]]:
        """The rules of a form that at least may fire, each with whether it surely does."""
        firing = self._firing_of_form.get(form)
        if firing is None:
            rules = [(rule, self.truths[head]) for head, rule in self._by_form.get(form, ())]
            firing = self._firing_of_form[form] = [(rule, truth[0]) for rule, truth in rules if truth[1]]
        return firing

    @cached_property
    def _firing_of_form(self) -> dict[str, list[tuple[Rule, bool]]]:
        """By form the rules that at least may fire, as far as they were looked for."""
        return {}

    @cached_property
    def _by_form(self) -> dict[str, list[tuple[str, Rule]]]:
        """By form every rule that is among the conclusions, behind what it concludes, in the order of the
        rulebook."""
        firing, rules = self.rulebook.firing, self.rulebook.rules
        heads = sorted(filter(firing.__contains__, self.truths), key=firing.__getitem__)
        return grouped((rules[firing[head]].form, (head, rules[firing[head]])) for head in heads)

    def blocking_rules(self, target: str, surely: bool = True) -> tuple[Rule, ...]:
        """The rules that close or bar a pathway or route, or may do so."""
        blocking = dict(self._blocking.get(target, {}))
        if "/" in target:
            blocking.update(self._blocking.get(target.split("/")[0], {}))
        return tuple(rule for _, (rule, sure) in sorted(blocking.items()) if sure or not surely)

    @cached_property
    def _blocking(self) -> dict[str, dict[int, tuple[Rule, bool]]]:
        """By pathway or route, the rules that close or bar it, each under its place in the order of
        telling."""
        blocking: dict[str, dict[int, tuple[Rule, bool]]] = {}
        firing = [*self._firing("close"), *self._firing("bar")]
        for place, (rule, sure) in enumerate(firing):
            for target in rule.targets:
                blocking.setdefault(target, {})[place] = (rule, sure)
        return blocking

    def support(self, condition: Condition) -> tuple[str, ...]:
        """The facts that surely make a condition hold, in order of first use."""
        return self._behind.making(condition)

    def against(self, condition: Condition) -> tuple[str, ...]:
        """Facts that surely make a condition fail, whatever else is changed, in order of first use."""
        return self._behind.making(condition, wanted=False)

    def values_known(self) -> Mapping[str, Value]:
        """Those of the facts that bear on the need which are known, in order of name."""
        values = ((name, self.facts.get(name)) for name in sorted(self.bearing))
        return {name: value for name, value in values if value is not None}

    @cached_property
    def undecided_rules(self) -> tuple[Rule, ...]:
        """The rules that conclude something about a way and neither surely fire nor surely fail to."""
        firing, rules = self.rulebook.firing, self.rulebook.rules
        fired = (head for head in self.truths if head in firing)
        undecided = sorted(firing[head] for head in fired if self.truths[head] == UNDECIDED)
        return tuple(
            rules[place] for place in undecided if rules[place].form in ("is", "close", "bar", "prefer")
        )

    def open_facts(self, condition: Condition) -> tuple[str, ...]:
        """The unknown facts on which a condition hangs."""
        return self._behind.open(condition)

    @cached_property
    def _behind(self) -> FactsBehind:
        return FactsBehind(self.rulebook, self.reference)
