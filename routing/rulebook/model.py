"""A rulebook: everything the rules folder says, checked and ready to run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from routing.core import conclusion
from routing.core.cached import cached_property
from routing.core.conditions import AtLeast, AtomRef, Clause, Condition, Is, leaf_tests, leaf_tests_in
from routing.core.dependencies import by_head, hanging_on
from routing.core.domain import (
    ASSUMED_MAIN_STEP,
    ELSE,
    NO,
    CitedInstrument,
    Code,
    Fact,
    Measure,
    Pathway,
    Provision,
    Route,
)
from routing.core.grouping import grouped
from routing.core.records import Record, field, freeze_mappings
from routing.core.snapshot import Location
from routing.rulebook.documents import StepPaper
from routing.rulebook.provision_ranges import within
from routing.rulebook.words import Words

FORMS = (
    "is",
    "close",
    "bar",
    "needs",
    "first_open",
    "include",
    "prefer",
    "before",
    "together",
    "at_once",
    "duty",
    "warn",
    "limit",
    "never",
)
STEP_FORMS = ("first_open", "include")  # make a pathway a supporting step
TERM_FORMS = ("duty", "warn", "limit")  # put a code into the plan
CLOSING_FORMS = ("close", "bar")  # take a pathway or a route away
NEVER = Is("", frozenset())
"""A test that holds of no case."""


class Rule(Record):
    """One rule as a lawyer wrote it, or one row of a table or of a list of needs.

    form: what kind of conclusion it has; exactly one of FORMS.
    targets: pathways or routes it acts on. values: what it concludes (facts, codes, a ladder).
    checked: the day on which somebody who did not write the rule read it against its provisions.
    protected: whether nothing that an overlay adds may keep it from speaking. stays: whether no rule that it
    adds may.
    role: for steps, the part they play. how: `fixed` or `curable`, for closings.
    """

    id: str
    parent: str
    says: str
    form: str
    when: Condition
    targets: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    paper: tuple[str, ...] = ()
    standing: str = "settled"
    views: Mapping[str, str] = field(default_factory=dict)
    defeats: tuple[str, ...] = ()
    how: str = "fixed"
    role: str = ""
    over: tuple[str, ...] = ()
    if_none: str = ""
    protected: bool = False
    stays: bool = False
    checked: str = ""
    owner: str = ""  # empty for our own rules; the overlay's name for a user's
    line: int = 0
    file: str = ""


class PassedOn(Record):
    """When a need to use material tells a need of the same case that it is for that very material.

    kinds, measures: what such a need may be. handed_on: the fact by which the need to use it says that
    somebody else is to have it. of_another, owner_asked: the facts that are then told of the other need.
    owner_agrees: the fact that is taken over.
    """

    kinds: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    handed_on: str = ""
    of_another: str = ""
    owner_asked: str = ""
    owner_agrees: str = ""

    @property
    def facts(self) -> tuple[str, ...]:
        return self.handed_on, self.of_another, self.owner_asked, self.owner_agrees


class ToldBeside(Record):
    """What a request tells others of the same case by being there.

    by, of: the measures of the ones that tell, and those of the ones that are told. fact: what is told of
    these, as a yes. not_if, only_if: a fact by which the one that tells says that it does not, or that it
    does. same_state: `yes` where both go to one State, `no` where they go to two. duty: what those then owe,
    and by which they start after the one that tells; empty where no order follows. denied: `yes` where it is
    told as a no, of a fact of the case that the one that tells says itself: then all that tell must stand
    beside. named_in: a fact in which
    a need names others of the case, in place of measures: these tell, and it is told.
    """

    fact: str
    by: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    duty: str = ""
    not_if: str = ""
    same_state: str = ""
    only_if: str = ""
    named_in: str = ""
    denied: str = ""


class Clocks(Record):
    """The facts by which the times of a case are counted; empty, or a test that never holds, where the rules
    name none.

    needed: the days until the result is needed, which may be told as a date. kept: the days for which the
    holder keeps data. held_for: the days since data were preserved. going: data are about to go. sent: the
    request is out already. held, held_by_order: data are preserved, or by order. no_evidence: a person or
    property is to be held, and no evidence is gathered.
    """

    needed: str = ""
    kept: str = ""
    held_for: str = ""
    going: Is = NEVER
    sent: Is = NEVER
    held: Is = NEVER
    held_by_order: Is = NEVER
    no_evidence: Is = NEVER

    @property
    def facts(self) -> tuple[str, ...]:
        return self.needed, self.kept, self.held_for


class Rulebook(Record, dict=True):
    """Facts, measures, pathways, codes, provisions and rules, with the plain rules they make.

    folder: where the rules were, for messages and for pages written beside them. source: the files as they
    were read and hashed; whatever else is wanted of the rules is read from here and never from the folder.
    """

    version: str
    name: str
    data_date: str
    hash: str
    folder: str
    source: Location
    facts: Mapping[str, Fact]
    measures: Mapping[str, Measure]
    measure_groups: Mapping[str, str]  # the plain groups in which measures are offered, each in words
    pathways: Mapping[str, Pathway]
    roles: Mapping[str, str]
    role_order: tuple[tuple[str, str], ...]
    families: Mapping[str, str]
    parties: Mapping[str, str]
    lanes: Mapping[str, str]
    horizons: Mapping[str, int]  # by kind of instrument, and for profiles: the days a list may be old
    groups: Mapping[str, tuple[str, ...]]
    words: Words
    proper_names: tuple[str, ...]
    reach: Mapping[
        str, tuple[str, ...]
    ]  # places in instruments, and the derived facts one of which must hold
    page: Mapping[
        str, tuple[str, ...]
    ]  # on a short page: codes that its line at the top says already, how sentences begin that it keeps
    # (`turning`), sources that it calls practice, and rules whose bans it leaves to the full one
    warnings: Mapping[str, Code]
    duties: Mapping[str, Code]
    limits: Mapping[str, Code]
    provisions: Mapping[str, Provision]
    instruments: Mapping[str, CitedInstrument]
    rules: tuple[Rule, ...]
    plain: tuple[Clause, ...]
    passed_on: PassedOn | None = None
    told_beside: tuple[ToldBeside, ...] = ()
    graver: Mapping[str, str] = {}  # facts of a case that needs may say differently; what else is taken
    own_of_needs: tuple[str, ...] = ()  # the same, where none is the graver
    clocks: Clocks = Clocks()
    overlays: tuple[str, ...] = ()
    papers: tuple[StepPaper, ...] = ()

    def __post_init__(self) -> None:
        freeze_mappings(self)

    @cached_property
    def may_differ(self) -> frozenset[str]:
        """The facts of a case that its needs may say differently."""
        return frozenset((*self.graver, *self.own_of_needs))

    @cached_property
    def naming_instruments(self) -> tuple[str, ...]:
        """The facts whose values are instruments."""
        return tuple(fact.id for fact in self.facts.values() if fact.type == "instruments")

    @cached_property
    def statable(self) -> frozenset[str]:
        """The facts that a case file may state."""
        return frozenset(fact.id for fact in self.facts.values() if fact.statable)

    @cached_property
    def told_by(self) -> Mapping[str, tuple[Fact, ...]]:
        """By the name of a line, the facts that its words may tell besides."""
        telling = grouped((line, fact) for fact in self.facts.values() for line in fact.told_by)
        return {line: tuple(facts) for line, facts in telling.items()}

    @cached_property
    def rule(self) -> Mapping[str, Rule]:
        """Every rule and every row by its id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def rows(self) -> Mapping[str, list[Rule]]:
        """The rows of every table by its id; a rule without a table by its own."""
        return grouped((rule.parent, rule) for rule in self.rules)

    @cached_property
    def codes(self) -> Mapping[str, Code]:
        """Every warning, duty and limit by its code."""
        return {**self.warnings, **self.duties, **self.limits}

    @cached_property
    def firing(self) -> Mapping[str, int]:
        """By the conclusion that it fires, the place of every rule and every row in the order of the
        rulebook."""
        return {conclusion.fired(rule.id): place for place, rule in enumerate(self.rules)}

    @cached_property
    def guards(self) -> tuple[Rule, ...]:
        """The rules that say what never stops a step."""
        return tuple(rule for rule in self.rules if rule.form == "never")

    @cached_property
    def taken_from(self) -> Mapping[str, tuple[str, ...]]:
        """The facts from which each fact is looked up or presumed, where there are any."""
        behind = ((fact.id, tuple(self._taken_from(fact))) for fact in self.facts.values())
        return {name: names for name, names in behind if names}

    def _taken_from(self, fact: Fact) -> Iterator[str]:
        looked = (fact.looked_up or {}).values()
        yield from (word for word in looked if isinstance(word, str) and word in self.facts)
        for presumption in (*fact.usual, *((fact.presumed,) if fact.presumed else ())):
            for condition in (*presumption.when, *presumption.unless):
                yield from (test.fact for test in leaf_tests(condition) if not isinstance(test, AtomRef))

    def places_of(self, ref: str) -> tuple[str, ...]:
        """The places of which the rules say when they speak to a case, and in which a provision lies."""
        if ref not in self._places:
            there = self._places_in.get(ref.split(" ")[0], ())
            self._places[ref] = tuple(place for place in there if within(ref, place))
        return self._places[ref]

    @cached_property
    def _places_in(self) -> Mapping[str, list[str]]:
        """The places of which the rules say when they speak to a case, by instrument."""
        return grouped((place.split(" ")[0], place) for place in self.reach)

    @cached_property
    def _places(self) -> dict[str, tuple[str, ...]]:
        """The places of provisions, as far as they were looked for."""
        return {}

    def citable(self, route: Route) -> tuple[str, ...]:
        """The provisions that a step on a route may cite: its own, and those that name a measure for them."""
        return tuple(dict.fromkeys((*route.lead, *route.support, *self.naming_measures(route))))

    def naming_measures(self, route: Route, measure: str | None = None) -> tuple[str, ...]:
        """The provisions that name a measure, or this one, for those that a route names."""
        if route.id not in self._for_measures:
            cited = [self.provisions[ref] for ref in (*route.lead, *route.support) if ref in self.provisions]
            self._for_measures[route.id] = [pair for each in cited for pair in each.for_measures.items()]
        return tuple([ref for name, ref in self._for_measures[route.id] if measure in (None, name)])

    @cached_property
    def _for_measures(self) -> dict[str, list[tuple[str, str]]]:
        """By route each measure with a provision that names it, as far as they were looked for."""
        return {}

    def citing(self, ref: str) -> tuple[Route, ...]:
        """The routes on which a step may cite a provision. What names a measure is of the same instrument, so
        that the provisions of no other are read."""
        own = ref.split(" ")[0] + " "
        return tuple(
            route
            for route in self.routes.values()
            if any(named.startswith(own) for named in (*route.lead, *route.support))
            and ref in self.citable(route)
        )

    def defeaters(self, rule: Rule) -> tuple[Rule, ...]:
        """The rules that lift a rule or the table it is a row of."""
        return tuple(winner for winner in self.rules if {rule.id, rule.parent} & set(winner.defeats))

    @cached_property
    def routes(self) -> Mapping[str, Route]:
        return {route.id: route for pathway in self.pathways.values() for route in pathway.routes}

    @cached_property
    def heads(self) -> Mapping[str, tuple[Clause, ...]]:
        """The plain rules by what they conclude."""
        return by_head(self.plain)

    @cached_property
    def contested(self) -> tuple[Rule, ...]:
        """The rules on which opinions differ."""
        return tuple(rule for rule in self.rules if rule.standing == "contested")

    @cached_property
    def tested_facts(self) -> Mapping[str, frozenset[str]]:
        """The facts and ties that each rule tests itself, by the id of the rule."""
        return {
            rule.id: frozenset(leaf.fact for leaf in leaf_tests(rule.when) if isinstance(leaf, (Is, AtLeast)))
            for rule in self.rules
        }

    @cached_property
    def hanging_on_main_step(self) -> frozenset[str]:
        """The conclusions that can change when a pathway is taken as the main step."""
        return hanging_on(ASSUMED_MAIN_STEP, self.heads)

    @cached_property
    def bounds(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers that rules test each fact against, smallest first."""
        tests = leaf_tests_in(line.when for line in self.plain)
        tested = grouped((test.fact, test.bound) for test in tests if isinstance(test, AtLeast))
        return {name: tuple(sorted({*bounds})) for name, bounds in tested.items()}

    @cached_property
    def calling(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The rules that call for a pathway as a supporting step, by pathway and role."""
        callers = (rule for rule in self.rules if rule.form in STEP_FORMS)
        calling = grouped(((way, rule.role), rule.id) for rule in callers for way in rule.values)
        return {key: tuple(ids) for key, ids in calling.items()}

    def by_roles(self, earlier: str, earlier_role: str, later: str, later_role: str) -> bool:
        """Whether the order of roles puts one pathway before another.

        A rule that says the opposite goes first, and a pathway that waits for nothing (`waits: no`) is never
        the later.
        """
        ordered = (earlier_role, later_role) in self.role_order and self.pathways[later].card.get(
            "waits"
        ) != NO
        return ordered and (later, earlier) not in self._ordered_by_rule

    @cached_property
    def _ordered_by_rule(self) -> frozenset[tuple[str, str]]:
        return frozenset(
            (first, second)
            for rule in self.rules
            if rule.form == "before"
            for first in rule.values
            for second in rule.over
        )

    @cached_property
    def last_resort(self) -> str:
        """The pathway of the family `refuse_or_adapt` that stands when nothing else does."""
        return next(p.id for p in self.pathways.values() if p.card.get("last_resort") == "yes")

    def in_groups(self) -> dict[str, tuple[Measure, ...]]:
        """The measures by the group in which they are offered, in the order of the rules; a group by its
        words."""
        groups = {
            words: tuple(measure for measure in self.measures.values() if measure.group == group)
            for group, words in self.measure_groups.items()
        }
        rest = tuple(m for m in self.measures.values() if m.group not in self.measure_groups)
        return {words: measures for words, measures in {**groups, ELSE: rest}.items() if measures}

    def properties(self, measure: str) -> dict[str, str]:
        """The facts that a measure fixes for good, with their values."""
        has = self.measures[measure].has
        fixed = {}
        for fact in self.facts.values():
            if fact.looked_up and "from" in fact.looked_up:
                word = has.get(fact.id, fact.looked_up.get("otherwise"))
                if word is not None:
                    fixed[fact.id] = word
        return fixed
