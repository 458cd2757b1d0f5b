"""What a plan holds in words: dates, States, offices, provisions and statuses."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING

from routing.core.domain import DELIVER
from routing.core.kinds import ARRANGEMENT, LAW, NETWORK, POLICY, PRACTICE, TREATY
from routing.core.printable import capital_first, ended, inside_sentence, listing
from routing.phrasing.of_basis import (
    bare,
    basis_if_it_covers,
    in_a_copy,
    names_a_text,
    nobody_checked,
    quotable,
    signs,
    ties_needed,
)
from routing.phrasing.of_facts import fact_name
from routing.phrasing.of_offices import how_reached
from routing.phrasing.of_parties import PartyWording
from routing.plan.last_seen import register_name
from routing.plan.model import Alternative, Basis, NeedAnswer, Step
from routing.rulebook.parse.conditions import TIE

if TYPE_CHECKING:
    from routing.opened import Router

STATUS = {
    "routed": "Open: this way can be taken",
    "conditional": "Open only under conditions",
    "undecided": "Not decided yet",
    "no_lawful_route": "No lawful way",
}
"""What is said of the main step of a need, by the status of the plan."""


def status_of(need: NeedAnswer, step: int | None = None) -> str:
    """The status in words; a main step that is open whatever turns out is open. Of a request that may not be
    granted the lawful answer is a refusal or other help;
    where nothing may be asked abroad, what is done at home may be lawful all the same. A ground or a doubt
    that was told goes before the words for a way that is open.

    step: the number of the step that says what is answered.
    """
    if need.stands and need.status in ("routed", "conditional", "no_lawful_route"):
        return need.stands
    if need.open_anyway:
        return STATUS["routed"]
    if need.status != "no_lawful_route" or need.kind not in ("answer", "request"):
        return STATUS[need.status]
    if need.kind == "request":
        says = f": step {step} says what is done here" if step else ""
        return f"{STATUS[need.status]} through the other State{says}"
    return f"Not lawful as asked{f': step {step} is the answer' if step else '; a refusal is the answer'}"


TURNS_ON = "; needed to decide: "
NOWHERE: Mapping[str, tuple[str, ...]] = MappingProxyType({})
NOT_SETTLED = "it is in force, which our data do not settle"


def sentence(words: str) -> str:
    """The words as a sentence."""
    return capital_first(ended(words.strip()))


MOST_LAW = 2
"""The provisions named beside a duty, limit or warning."""


class Wording:
    """Ids of one rulebook and codes of States, in words.

    sources: whether manuals, papers and policies are named; else what rests on them is called practice.
    """

    def __init__(self, router: Router, sources: bool = True) -> None:
        self.rulebook = router.rulebook
        self.sources = sources
        self.states = router.law.states
        self.law = router.law
        self.parties = PartyWording(router.rulebook, router.law.states)

    def register(self, register: str) -> str:
        """A list or a profile by name."""
        return register_name(self.law, register)

    def state(self, code: str | None) -> str:
        return self.states.name(code) if code else "State not named"

    def pathway(self, name: str) -> str:
        return self.rulebook.pathways[name].name

    def outside_circles(self, pathway: str, states: Collection[str]) -> bool:
        """Whether each route of a pathway is by an instrument of a circle to which no State here belongs."""
        routes = self.rulebook.pathways[pathway].routes
        needed = [tuple(ties_needed(route.opens)) for route in routes]
        return bool(routes and states) and all(
            ties and all(self.law.outside_circle(tie, state) for tie in ties for state in states)
            for ties in needed
        )

    def measure(self, name: str) -> str:
        return self.rulebook.measures[name].name

    def fact(self, name: str) -> str:
        if not name.startswith(TIE):
            return fact_name(self.rulebook, name)
        entry = self.law.instruments.get(name.removeprefix(TIE))
        network = entry is not None and entry.kind == NETWORK  # which binds nobody
        return f"whether {self.both_bound(name) if network else f'{self.tie(name)} binds both'}"

    def tie(self, name: str) -> str:
        return self.rulebook.instruments[name.removeprefix(TIE)].short

    def both_bound(self, name: str, just_named: bool = False) -> str:
        """That a tie binds both States, as `both are Parties to the treaty`, or `both are Parties` where it
        was just named."""
        entry = self.law.instruments.get(name.removeprefix(TIE))
        if entry is None:
            return f"{self.tie(name)} binds both"
        if (
            self.rulebook.instruments[entry.id].binds == "acting"
        ):  # what the other State is bound by is nothing to it
            verb, joined = {"treaty": ("is a Party", "to")}.get(entry.kind, ("is bound", "by"))
            return f"the State that acts {verb}" + ("" if just_named else f" {joined} {entry.short}")
        if entry.members_called:
            return f"both are {entry.members_called}"
        circle = entry.circle
        if circle and circle.members_of and circle.states:  # others than its members take part in it
            return f"{entry.short} binds both"
        for instrument in circle.members_of if circle and not circle.groups and not entry.hub else ():
            if called := self.law.instruments[instrument].members_called:
                return f"both are {called} bound by {entry.short}"
        verb, joined = {TREATY: ("are Parties", "to"), NETWORK: ("take part", "in")}.get(entry.kind, ("", ""))
        if not verb:
            return f"{entry.short} binds both"
        return f"both {verb}" if just_named else f"both {verb} {joined} {entry.short}"

    def alternative(self, alternative: Alternative) -> str:
        """Another way, with the tie it needs: `if both are Parties to the treaty: mutual legal
        assistance`."""
        name = self.pathway(alternative.pathway)
        if alternative.certainty == "confirmed":
            return name
        ties = [fact for fact in alternative.waits_for if fact.startswith(TIE)]
        name = self.inside(name)
        return f"if {self.both_bound(ties[0])}: {name}" if len(ties) == 1 else f"{name} (only if available)"

    def inside(self, words: str) -> str:
        """A name inside a sentence; abbreviations and proper names keep their capitals."""
        return words if words.split(" ")[0] in self.rulebook.proper_names else inside_sentence(words)

    def is_so(self, fact: str, value: str) -> str:
        """A fact and its value, as `dual criminality: yes`."""
        if fact.startswith(TIE):
            bound = {"in_force": self.both_bound(fact), "none": f"{self.tie(fact)} does not bind both"}
            return bound.get(value, f"{self.tie(fact)}: {value.replace('_', ' ')}")
        declared = self.rulebook.facts.get(fact)
        unit = f" {declared.unit}" if declared and declared.unit and value.isdigit() else ""
        if fact == "measure" and value in self.rulebook.measures:
            return f"{self.fact(fact)}: {self.measure(value)}"
        return f"{self.fact(fact)}: {value.replace('_', ' ')}{unit}"

    def law_of(
        self,
        refs: tuple[str, ...],
        standing: str,
        kinds: Collection[str] = (),
        apart: Mapping[str, tuple[str, ...]] = NOWHERE,
        unsettled: Collection[str] = (),
    ) -> str:
        """The law behind a duty, limit or warning; `practice` where it is not owed by law here. kinds: of the
        needs that it is about. apart: instruments that bind with some of the States alone, and those.
        unsettled: provisions of which the case leaves open whether they apply."""
        if standing == PRACTICE and not self.sources:
            return PRACTICE
        law = self.refs(refs[:MOST_LAW], kinds, apart, unsettled)
        if standing == PRACTICE:
            return f"practice, see {law}" if law else PRACTICE
        return law or PRACTICE

    def is_practice(self, instrument: str) -> bool:
        """Whether a source is a manual, a paper or a policy, and is called practice here."""
        kind = self.rulebook.instruments[instrument].kind
        named = self.rulebook.page.get(PRACTICE, ())
        return not self.sources and (kind in (PRACTICE, POLICY) or instrument in named)

    def route_name(self, route: str) -> str:
        """The law under which a route runs, by its short name."""
        leads = self.rulebook.routes[route].lead
        return self.refs(leads[:1])

    def how(self, step: Step) -> str:
        """The channel, the way and the law: `Mutual legal assistance, through the central authorities. Treaty
        18(1)`.

        What names a measure is named for each. Of law without an article only what leads and a treaty of the
        two States are named, and of the law that is not sure to bind what leads, such a treaty and one that
        the lists suggest for both. Where no treaty is sure to apply, one that does if it covers the case is
        named with what that turns on.
        """
        name = step.called or self.pathway(step.pathway)
        way = ""
        if step.via is not None and (step.via.declared or not self._goes_without_saying(step, step.via.says)):
            way = f", {step.via.says}" + (", as the State asked wants" if step.via.declared else "")
        lead = tuple(item for item in step.basis if item.role == "lead")
        sure = tuple(item for item in step.basis if item not in lead and item.certainty == "confirmed")
        named = tuple(filter(names_a_text, sure)) if any(map(names_a_text, lead)) else sure
        likely = tuple(item for item in step.basis if item not in sure and self._likely(item, step))
        asked = not self.rulebook.pathways[step.pathway].informal and any(item.kind == LAW for item in lead)
        alone = (step.role == DELIVER or asked) and not any(item.kind == TREATY for item in (*lead, *sure))
        covering = tuple(filter(basis_if_it_covers, step.basis)) if alone else ()
        open_ = tuple(item for item in step.basis if item.source and item not in (*lead, *sure))
        of_measures = self._naming(step)
        naming = tuple(item for item in named if item.provision in of_measures)
        lists = {item.provision.rpartition("(")[0] for item in naming}
        besides = tuple(item for item in named if item not in naming and item.provision not in lists)
        shown = (*lead, *naming, *besides[: MOST_LAW - bool(naming)], *likely[:1], *open_[:1], *covering[:1])
        law = self.basis((*dict.fromkeys(shown),), likely)
        return f"{name}{way} ({law})." if law == PRACTICE else f"{name}{way}. {law}"

    def _naming(self, step: Step) -> frozenset[str]:
        """The provisions that name a measure, of the routes on whose law a step rests."""
        lead = {item.provision for item in step.basis if item.role == "lead"}
        every = self.rulebook.pathways[step.pathway].routes
        routes = [route for route in every if lead & {*self.rulebook.citable(route)}]
        own = {ref for route in routes for ref in (*route.lead, *route.support)}
        return frozenset(ref for route in routes for ref in self.rulebook.naming_measures(route)) - own

    def _likely(self, basis: Basis, step: Step) -> bool:
        """Whether a treaty that is not sure to bind is one that the lists suggest for both States."""
        instrument = basis.provision.split(" ")[0]
        first, second = step.sender.state, step.receiver.state
        if step.start is None or TIE + instrument not in basis.waits_for:
            return False
        if not first or not second or first == second or instrument not in self.law.instruments:
            return False  # of what is only cited no list is kept, and its entries take long to read
        return self.law.between(instrument, first, second, step.start).suggested

    def _goes_without_saying(self, step: Step, way: str) -> bool:
        """Whether the way only repeats who receives: `between the police authorities`, from police to
        police."""
        role = self.rulebook.parties.get(step.receiver.role, step.receiver.role)
        return any(len(word) > 3 and word[:6].lower() in way.lower() for word in role.split())

    def provision(self, basis: Basis) -> str:
        """A provision as `Treaty 18(1)`; of what is not an article only the instrument."""
        return f"{basis.instrument} {bare(basis)}".strip()

    def condition(self, basis: Basis) -> str:
        """What has to hold for a basis that is not sure, as `both are Parties to the treaty`; nothing for one
        that is."""
        if basis.certainty == "confirmed":
            return ""
        ties = [name for name in basis.waits_for if name.startswith(TIE)]
        own = [name for name in ties if self.tie(name) == basis.instrument]
        if own:
            return self.both_bound(own[0], just_named=True)
        if len(ties) == 1 and len(basis.waits_for) == 1:
            if self._opens_without(basis.provision, ties[0]):
                return f"{self.tie(ties[0])} does not bind both"
            return self.both_bound(ties[0])
        if not ties and not bare(basis) and self._not_held(basis):
            return NOT_SETTLED if basis.source else "there is one; our data have none"
        facts = ", ".join(self.fact(name) for name in basis.waits_for[:MOST_LAW])
        return f"it applies{TURNS_ON}{facts}" if facts else "it applies"

    def _not_held(self, basis: Basis) -> bool:
        """Whether it is a treaty or an arrangement that the two States may have, of which no data settle it
        and the case says nothing."""
        provision = self.rulebook.provisions[basis.provision]
        if basis.kind not in (TREATY, ARRANGEMENT) or provision.instrument in self.law.instruments:
            return False
        open_ = (self.rulebook.facts[name].looked_up or {} for name in basis.waits_for if ":" not in name)
        return provision.bilateral is None or any("bilateral" in how for how in open_)

    def _opens_without(self, provision: str, tie: str) -> bool:
        """Whether a provision is a basis only where a tie does not bind both: its routes ask for that, or ask
        for no such tie, so that the other text goes before its own where it binds."""
        routes = self.rulebook.citing(provision)
        asked = [sign for route in routes for sign in signs(route.opens, tie, True)]
        instrument = self.rulebook.instruments[provision.split(" ")[0]]
        part_of = {instrument.belongs_to, instrument.through}
        return not any(asked) if asked else bool(routes) and tie.removeprefix(TIE) not in part_of

    def reach(self, step: Step, kinds: Collection[str] = ()) -> tuple[str, ...]:
        """How the two sides are reached: the way, each office with its address and source, the language.

        kinds: of the needs of the step.
        """
        unsettled = step.via.unsettled if step.via is not None else ()
        refs = partial(self.refs, kinds=kinds, unsettled=unsettled)
        return tuple(how_reached(step, self.law.offices().wording, refs))

    def language(self, step: Step) -> str:
        """The languages of the receiver and whether a translation is due, in a few words; for nothing that is
        written, nothing."""
        return f"{step.language.short}." if step.language is not None else ""

    def basis(self, basis: tuple[Basis, ...], likely: tuple[Basis, ...] = ()) -> str:
        """Provisions by instrument, as `Treaty 27(1)(b), 27(2)`; one that is not sure with its condition
        first. likely: those whose treaty the lists suggest for both States."""
        sure = {item.instrument for item in basis if item.certainty == "confirmed"}
        shown = [
            item
            for item in basis
            if item.certainty == "confirmed" or bare(item) or item.instrument not in sure
        ]
        law = [item for item in shown if not self.is_practice(item.provision.split(" ")[0])]
        if shown and not law:
            return PRACTICE
        parts: list[str] = []
        turned_on: set[str] = set()  # what a basis named before turns on is not said again
        probable = {item.instrument for item in likely}
        kinds = groupby(law, key=lambda item: (item.instrument, self.condition(item), item.states))
        for (instrument, condition, states), group in kinds:
            if condition and instrument in probable:
                condition = f"{condition}, as is likely"
            cites = list(group)
            articles = ", ".join(dict.fromkeys(filter(None, map(bare, cites))))
            copied = in_a_copy([item.mark for item in cites])
            words = f"{instrument} {articles}".strip() + self._with(states) + copied
            wording = condition.partition(TURNS_ON)[0] if condition in turned_on else condition
            turned_on.add(condition)
            parts.append(f"{words} (if {wording})" if wording else words)
        return "; ".join(dict.fromkeys(parts)) + (
            " (not checked against the text)" if nobody_checked(basis) else ""
        )

    def refs(
        self,
        refs: tuple[str, ...],
        kinds: Collection[str] = (),
        apart: Mapping[str, tuple[str, ...]] = NOWHERE,
        unsettled: Collection[str] = (),
    ) -> str:
        """References as `Treaty 27(1)(b), 27(2); Body`; where there is no article, only the instrument.

        kinds: of the needs that they are about. apart: the States with which an instrument binds, where it
        does not with all. unsettled: those of which the case leaves open whether they apply.
        """
        articles: dict[tuple[str, bool], list[str]] = {}
        only: dict[str, tuple[str, ...]] = {}
        marks: dict[str, list[str]] = {}
        law = tuple(ref for ref in refs if not self.is_practice(ref.split(" ")[0]))
        if refs and not law:
            return PRACTICE
        for ref in law:
            instrument, _, article = ref.partition(" ")
            short = self.rulebook.instruments[instrument].short_for(kinds)
            listed = articles.setdefault((short, ref in unsettled), [])
            if states := apart.get(instrument):
                only[short] = states
            marks.setdefault(short, []).append(self.rulebook.provisions[ref].mark)
            if quotable(article) and article not in listed:
                listed.append(article)
        cited_so = [
            (
                f"{short} {', '.join(listed)}".strip()
                + self._with(only.get(short, ()))
                + in_a_copy(marks[short]),
                open_,
            )
            for (short, open_), listed in articles.items()
        ]
        if len(cited_so) > 1 and all(open_ for _, open_ in cited_so):
            return f"{'; '.join(words for words, _ in cited_so)}, if they apply"
        return "; ".join(f"{words}, if it applies" if open_ else words for words, open_ in cited_so)

    def _with(self, states: tuple[str, ...]) -> str:
        """The States with which law binds, where it does not with all: ` with ...`; else nothing."""
        return f" with {' and '.join(map(self.states.name, states))}" if states else ""

    def need(self, need: NeedAnswer, *same: NeedAnswer) -> str:
        """What is sought, and from, in or with which State; `here` where our own authorities do it with what
        is here. same: needs for the same from other States."""
        main = self.rulebook.pathways[need.primary.pathway]
        if need.kind == "request" and main.card.get("at_home") == "yes":
            return f"{self.measure(need.measure)}, here"
        partners = [
            self.states.name(item.partner) if item.partner else "a State not named" for item in (need, *same)
        ]
        where = self.rulebook.measures[need.measure].where
        if need.status == "no_lawful_route":
            where = "asked of"
        join = {"request": where, "answer": "for", "share": "to", "use": "from"}[need.kind]
        return f"{self.measure(need.measure)}, {join} {listing(dict.fromkeys(partners))}"
