"""Where the values of a paper come from: the closed list of sources, read from a plan and its case."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from routing.case.model import Case, Need, Stated
from routing.core.cached import cached_property
from routing.core.domain import UNKNOWN
from routing.core.errors import Problems
from routing.core.kinds import ARRANGEMENT, BINDING, LAW, NETWORK, TREATY
from routing.core.printable import day
from routing.evaluate.findings import Findings
from routing.phrasing.of_facts import fact_name, in_words
from routing.plan.applicable import speaks, unsettled
from routing.plan.build import findings_of
from routing.plan.model import Basis, Party, Plan, Step
from routing.rulebook.parse.conditions import TIE

if TYPE_CHECKING:
    from routing.opened import Router

"""Kinds of instrument that a letter may name as its basis: a network where there is nothing else, a handbook
never."""
FORMAL = "formal_requests_and_orders"
"""The group of the ways by which a formal request or order follows."""
CARRY_IT_THROUGH = ("deliver", "follow")
"""The roles of a step that obtains what is asked for, or what was only kept or stopped so far."""
SENDER, RECEIVER = SIDES = ("sender", "receiver")
NOBODY = "nobody"
NAMELESS = "its name is not in the law data"
NOTHING = "other"
"""A value of a fact that names nothing."""
WORDS = {"expected_from": "usual answer from", "expected_by": "usual answer by"}


class Sources:
    """The values that one step of a plan gives to a paper.

    Nothing that the plan only assumes is among them: a fact counts where the case states it. known: the
    findings of each need as far as they were looked for, shared by the steps of a plan.
    """

    def __init__(
        self, plan: Plan, step: Step, case: Case, router: Router, shared: dict[str, Findings] | None = None
    ) -> None:
        self.plan, self.step, self.router = plan, step, router
        self.needs = tuple(need for need in case.needs if need.id in step.needs) or case.needs
        self.case = case
        self._shared: dict[str, Findings] = {} if shared is None else shared

    def lines(self, source: str) -> tuple[str, ...]:
        """The text that a source gives, line by line; none where it gives nothing."""
        place, _, name = source.partition(".")
        if place == "fact":
            return self._fact(name)
        if place in SIDES:
            return self._offices(self.parties(place), name)
        return tuple(filter(None, self._readers()[source]()))

    def hints(self, source: str) -> tuple[str, ...]:
        """The text of a source as it stands beside a blank: a fact with its name, a kind of office with whose
        it is."""
        place, _, name = source.partition(".")
        if name == "role":
            return tuple(line for party in self.parties(place) for line in self._kind_of_office(party))
        if place != "fact":
            return self.lines(source)
        fact = fact_name(self.router.rulebook, name)
        by = self._needed_by() if name == self.router.rulebook.clocks.needed else ""
        return tuple(f"{fact}: {line}" for line in ((by,) if by else self.lines(source)))

    def told_of_needs(self) -> tuple[str, ...]:
        """The facts that the case states of the needs of the step, and not of the case as a whole, in its own
        order."""
        facts = self.router.rulebook.facts
        stated = (name for need in self.needs for name in (*self.case.facts, *need.facts))
        return tuple(name for name in dict.fromkeys(stated) if facts[name].of == "need")

    def came_from(self, source: str) -> str:
        """Where a value is from, in words."""
        place, _, name = source.partition(".")
        if place == "fact":
            return "the case"
        if place in SIDES:
            origins = [
                part
                for party in self.parties(place)
                for part in (
                    f"declared under {party.declared_under}" if party.declared_under else "",
                    party.source or "",
                    f"read {day(party.checked)}" if party.checked else "",
                )
            ]
            origins = list(dict.fromkeys(filter(None, origins)))
            return "; ".join(origins) if name in ("name", "unit") else "the plan"
        return "the case" if source in ("plan.title", "need.measures") else "the plan"

    def values_of(self, fact: str) -> frozenset[str]:
        """The words that the case states of a fact, over the needs of the step; empty where it states
        none."""
        stated = (value for need in self.needs if (value := self._stated(need, fact)) is not None)
        return frozenset(
            word for value in stated for word in (value if isinstance(value, tuple) else (str(value),))
        ) - {UNKNOWN}

    def kinds(self) -> frozenset[str]:
        return frozenset(need.kind for need in self.needs)

    def measures(self) -> frozenset[str]:
        return frozenset(need.measure for need in self.needs)

    def instruments(self) -> frozenset[str]:
        """The instruments that the step rests on, confirmed or not."""
        return frozenset(basis.provision.partition(" ")[0] for basis in self.step.basis)

    def speaking(self, refs: tuple[str, ...]) -> tuple[str, ...]:
        """Those of some provisions that speak to this step: of an instrument it rests on, and reaching the
        case."""
        instruments = self.instruments()
        return tuple(
            ref
            for ref in refs
            if ref.partition(" ")[0] in instruments
            and any(speaks(findings, ref) for findings in self._findings)
        )

    def unsettled(self, refs: tuple[str, ...]) -> tuple[str, ...]:
        """Those of some provisions of which every need of the step leaves open whether they apply, or of
        whose treaty the step itself does not know whether it binds."""
        return tuple(
            ref
            for ref in refs
            if self._may_not_bind(ref.partition(" ")[0])
            or all(unsettled(findings, (ref,)) for findings in self._findings)
        )

    def _may_not_bind(self, instrument: str) -> bool:
        own = [basis for basis in self.step.basis if basis.provision.partition(" ")[0] == instrument]
        return bool(own) and all(TIE + instrument in basis.waits_for for basis in own)

    @cached_property
    def _findings(self) -> tuple[Findings, ...]:
        router, day = self.router, self.plan.as_of
        for need in self.needs:
            if need.id not in self._shared:
                self._shared[need.id] = findings_of(self.case, need, router.judge, router.law, day)[0]
        return tuple(self._shared[need.id] for need in self.needs)

    def state(self, code: str | None) -> str:
        """The name of a State; the code where the data have no name."""
        if code is None:
            return ""
        try:
            return self.router.law.states[code].name
        except (KeyError, Problems):
            return code

    def _stated(self, need: Need, fact: str) -> Stated | None:
        return need.facts.get(fact, self.case.facts.get(fact))

    def _fact(self, name: str) -> tuple[str, ...]:
        values: dict[str, None] = {}
        fact = self.router.rulebook.facts[name]
        for need in self.needs:
            value = self._stated(need, name)
            if value is None or value == UNKNOWN or value == ():
                continue
            stated = value if isinstance(value, tuple) else (value,)
            parts = tuple(part for part in stated if part != NOTHING)
            if not parts:
                continue
            text = ", ".join(self._value(part, fact.type) for part in parts)
            values[f"{text} {fact.unit}" if fact.unit and isinstance(value, int) else text] = None
        return tuple(values)

    def _value(self, value: str | int | date, type: str) -> str:
        if isinstance(value, date):
            return day(value)
        return self.state(str(value)) if type == "state" else in_words(self.router.rulebook, str(value))

    def parties(self, side: str) -> tuple[Party, ...]:
        """Who sends, or who receives: of a step with several States one of each, and no copy at home or at a
        second office of the same State."""
        if side == SENDER:
            return (self.step.sender,)
        first = self.step.receiver
        others = {party.state: party for party in self.step.also_to if party.state}
        shown = (first.state, self.step.sender.state)
        return (first, *(party for state, party in others.items() if state not in shown))

    def named_parties(self) -> Iterator[tuple[str, Party]]:
        """Each party beside what a sentence calls it: by its State too, where there are several."""
        for side in SIDES:
            parties = self.parties(side)
            for party in parties:
                yield side if len(parties) == 1 else f"{side} in {self.state(party.state)}", party

    def _offices(self, parties: tuple[Party, ...], name: str) -> tuple[str, ...]:
        """What is known of an office; of several each with its State, and none while one of them is not."""
        each = [self._office(party, name) for party in parties]
        if len(parties) == 1 or name in ("state", "role"):
            return tuple(dict.fromkeys(line for lines in each for line in lines))
        if not all(each):
            return ()
        pairs = zip(parties, each, strict=True)
        return tuple(f"{self.state(party.state)}: {line}" for party, lines in pairs for line in lines)

    def _office(self, party: Party, name: str) -> tuple[str, ...]:
        if name == "state":
            value: str | None = self.state(party.state)
        elif name == "role":
            value = self.router.rulebook.parties.get(party.role, party.role.replace("_", " "))
        else:
            value = getattr(party, name)
        return (value,) if value else ()

    def _kind_of_office(self, party: Party) -> tuple[str, ...]:
        """Which kind of authority it is, of which State, and whether its name is known."""
        if party.role == NOBODY:
            return ()
        kind = self.router.rulebook.parties.get(party.role, party.role.replace("_", " "))
        of_state = f"{kind} of {self.state(party.state)}" if party.state else kind
        if party.name:
            return (of_state,)
        likely = party.likely
        if likely is None or likely.only_asked:
            return (f"{of_state}; {NAMELESS}",)
        return (f"{of_state}, probably {likely.name}",)

    def _readers(self) -> Mapping[str, Callable[[], tuple[str, ...]]]:
        step, plan, language = self.step, self.plan, self.step.language
        return {
            "step.action": lambda: (step.action,),
            "step.tells": lambda: (step.tells,),
            "step.via": lambda: (step.via.says if step.via else "",),
            "step.language": lambda: (
                (
                    f"{', '.join(language.accepted)}"
                    f" ({'all of them' if language.needed == 'all' else 'one of them'})"
                    if language and len(language.accepted) > 1
                    else ", ".join(language.accepted)
                    if language
                    else ""
                ),
            ),
            "step.translation": lambda: (
                (
                    "translate into " + (" and " if language.needed == "all" else " or ").join(language.into)
                    if language and language.translate == "yes" and language.into
                    else ""
                ),
            ),
            "step.basis": self._basis,
            "step.deadline": lambda: (
                self._needed_by()
                or (
                    f"{day(step.deadline.date)}: {step.deadline.reason or step.deadline.limit}"
                    if step.deadline and step.deadline.date
                    else ""
                ),
            ),
            "step.term": lambda: (
                (step.deadline.limit or "",) if step.deadline and not step.deadline.date else ()
            ),
            "step.limits": lambda: tuple(limit.says for limit in step.limits),
            "step.dates": lambda: tuple(
                f"{WORDS.get(each.what, each.what.replace('_', ' '))}: {day(each.date)}"
                for each in step.dates
            ),
            "step.hold_ends": lambda: tuple(
                f"{day(each.date)}, if preserved on the day this step can start"
                for each in step.dates
                if each.what == "hold_ends"
            ),
            "step.put_in": lambda: step.put_in,
            "step.follow_up": self._follow_up,
            "step.after": lambda: tuple(
                f"{each.action} ({self.pathway(each.pathway)})"
                for each in plan.steps
                if each.id in step.after
            ),
            "step.urgent": lambda: ("URGENT",) if step.when == "now" else (),
            "need.measures": lambda: tuple(
                self.router.rulebook.measures[measure].name
                for measure in dict.fromkeys(need.measure for need in self.needs)
            ),
            "need.kinds": lambda: tuple(dict.fromkeys(need.kind for need in self.needs)),
            "plan.as_of": lambda: (day(plan.as_of),),
            "plan.title": lambda: (plan.title,),
            "plan.data_date": lambda: (self.router.rulebook.data_date,),
            "plan.warnings": lambda: tuple(
                warned.says for warned in plan.warnings if self._concerns(warned.needs)
            ),
            "plan.duties": lambda: tuple(
                duty.says for duty in plan.obligations if self._concerns(duty.needs)
            ),
        }

    def stops(self) -> tuple[str, ...]:
        """What the plan says must be settled before anything leaves."""
        warned = (each for each in self.plan.warnings if each.level == "stop" and self._concerns(each.needs))
        return tuple(dict.fromkeys(each.says for each in warned))

    def _concerns(self, needs: tuple[str, ...]) -> bool:
        return not needs or not set(needs).isdisjoint(self.step.needs)

    def pathway(self, id: str) -> str:
        return self.router.rulebook.pathways[id].name

    def _basis(self) -> tuple[str, ...]:
        """What the step surely rests on, an instrument a line, by the name a foreign office knows. An article
        of which no text was read is left out; its treaty is named where the lists say that it binds both."""
        articles: dict[str, list[str]] = {}
        kinds = self.router.rulebook.instruments
        relied = [
            (basis.provision.partition(" ")[0], basis.article if relied_on(basis) else "page")
            for basis in self.step.basis
            if relied_on(basis) or self.binds_unread(basis)
        ]
        named = [pair for pair in relied if kinds[pair[0]].kind in BINDING]
        for id, article in named or [pair for pair in relied if kinds[pair[0]].kind == NETWORK]:
            articles.setdefault(id, []).append("" if article == "page" else article)
        return tuple(
            ", ".join(filter(None, (self.instrument(id), *dict.fromkeys(cited))))
            for id, cited in articles.items()
        )

    def binds_unread(self, basis: Basis) -> bool:
        """Whether a treaty surely binds both States, though the text of this article was not read."""
        listed = basis.provision.partition(" ")[0] in self.router.law.instruments
        return (
            listed and basis.kind == TREATY and basis.certainty == "confirmed" and basis.mark == "unverified"
        )

    def instrument(self, id: str) -> str:
        """The full name of an instrument, a treaty with its place in the series."""
        name = self.router.rulebook.instruments[id].name
        entry = self.router.law.instruments.get(id)
        return f"{name} ({entry.citation})" if entry and entry.kind == TREATY and entry.citation else name

    def _needed_by(self) -> str:
        """The first day by which the case says that the answer is needed."""
        stated = [self._stated(need, self.router.rulebook.clocks.needed) for need in self.needs]
        days = [number for number in stated if isinstance(number, int)]
        return day(self.plan.as_of + timedelta(days=min(days))) if days else ""

    def _follow_up(self) -> tuple[str, ...]:
        """The formal steps of the same needs that obtain what is asked for, with their last day."""
        delivering = (
            each
            for each in self.plan.steps
            if each.role in CARRY_IT_THROUGH
            and each.id != self.step.id
            and each.pathway in self.router.rulebook.groups.get(FORMAL, ())
            and any(map(binding, each.basis))
            and not set(each.needs).isdisjoint(self.step.needs)
        )
        return tuple(
            f"{self.pathway(each.pathway)}"
            + (f", by {day(each.deadline.date)}" if each.deadline and each.deadline.date else "")
            for each in delivering
        )


def binding(basis: Basis) -> bool:
    """Whether a provision is of a treaty, a law or an arrangement."""
    return basis.kind in (TREATY, LAW, ARRANGEMENT)


def relied_on(basis: Basis) -> bool:
    """Whether a paper may name a provision as its basis."""
    return binding(basis) and basis.certainty == "confirmed" and basis.mark != "unverified"
