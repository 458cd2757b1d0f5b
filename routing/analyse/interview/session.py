"""The interview: one question at a time, until nothing that is unknown can change the answer.

    >>> interview = Interview(router, as_of=date(2026, 11, 24))
    >>> interview.next_question().asks
    'Is anybody in danger, or is something about to be lost?'

It is derived from the rules; no order of questions is written by hand but the opening. Who does not know what
is needed is asked for what tells the measures apart, and then to choose from those that are left.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from routing.analyse.interview import opening
from routing.analyse.interview.answers import Answers
from routing.analyse.interview.matching_measures import most_telling
from routing.analyse.interview.most_informative import next_fact
from routing.analyse.interview.open_facts import (
    PRIMARY,
    Topics,
    always_asked,
    askable,
    asked_as,
    asked_before,
)
from routing.analyse.interview.opening import DANGER, GROUP, KEEP, MORE, PARTS
from routing.analyse.interview.question import Option, Question, options_of
from routing.analyse.interview.reasons import leads, reasons
from routing.case.facts import facts_for
from routing.case.model import Case, Need
from routing.core.domain import UNKNOWN
from routing.core.errors import CaseProblems
from routing.core.limits import check_limits, limited
from routing.core.records import replace
from routing.core.remembered import MadeOf
from routing.core.truth import UNDECIDED
from routing.evaluate.reference import Reference
from routing.phrasing.of_facts import tie_name
from routing.plan.build import findings_of
from routing.plan.model import Assumption, Plan
from routing.plan.questions import ask
from routing.plan.shut_channels import ShutBy, shut_channels
from routing.rulebook.measures_meant import measures_meant
from routing.rulebook.model import Rulebook
from routing.rulebook.parse.conditions import TIE, TIE_VALUES

SLACK = 1  # by how much a measure may fit less than the best and still be offered


class Interview(Answers):
    """An interview over a router: the answers so far, and what to ask next.

    as_of: the day the answer is for; else the case's own, else today's date is needed.
    """

    def may_be_meant(self, need: str) -> tuple[str, ...]:
        """The measures for which most of what was said of a need so far is usual."""
        return measures_meant(self.router.rulebook, self._stated(need), SLACK, self._offered(need))

    def plan(self) -> Plan:
        """The plan so far. Raises CaseProblems while there can be none."""
        case = self.case
        if case is None:
            raise CaseProblems.of(f"there is no plan: {self.without_plan()}", fix="answer that first")
        return self.router.route(case, self.day)

    def next_question(self) -> Question | None:
        """The question that settles most of what is open; None when nothing that is unknown matters any
        more."""
        with limited(self.router.limits):
            asked = self._next()
        return asked and replace(asked, about=self._about(asked))

    def _next(self) -> Question | None:
        opened = self._opening()
        if opened is not None:
            return opened
        for need in self._data["needs"]:
            if self._narrowed(need) and (narrower := self._narrower(need["id"])):
                return narrower
        case = self.case
        if case is None:
            return None
        questions = (self._of_need(case, need) for need in case.needs)
        return next((question for question in questions if question is not None), None)

    def presumptions(self) -> tuple[Assumption, ...]:
        """What the plan assumes and the person may want to correct."""
        return tuple(item for item in self.plan().assumptions if item.origin == "presumed")

    def shut(self) -> tuple[ShutBy, ...]:
        """The presumptions that keep a channel out of the plan."""
        case = self.case
        shut: dict[tuple[str, str], ShutBy] = {}
        if case is None:
            return ()
        with limited(self.router.limits):
            for need in case.needs:
                findings, _, _ = findings_of(case, need, self.router.judge, self.router.law, self.day)
                for item in shut_channels(findings):
                    shut.setdefault((item.fact, item.value), item)
        return tuple(shut.values())

    def question_of(self, fact: str) -> Question | None:
        """The question for a fact that nobody asked, as at the review; None where there is no such fact to
        tell."""
        entry = self.router.rulebook.facts.get(fact)
        if entry is None or not entry.statable:
            return None
        kind = str(self._data["needs"][0].get("kind", "request"))
        return Question(
            fact,
            "",
            entry.question(kind),
            entry.type,
            options_of(entry),
            (),
            entry.means or "",
            entry.unit or "",
        )

    def _about(self, asked: Question) -> str:
        """What of several needs a question is about; empty where it is about the case or there is one
        need."""
        fact = self.router.rulebook.facts.get(asked.fact)
        if (
            len(self._data["needs"]) < 2
            or asked.fact in (DANGER, MORE, "state")
            or (fact and fact.of == "case")
        ):
            return ""
        need = next(need for need in self._data["needs"] if need["id"] == asked.need)
        measure = self.router.rulebook.measures.get(need.get("measure", ""))
        partner = need.get("with", UNKNOWN)
        place = self.router.law.states.name(partner) if partner in self.router.law.states else ""
        what = measure.name if measure else self._groups.get(asked.need) or self._counted(asked.need)
        return ", ".join(filter(None, (what, place)))

    def _opening(self) -> Question | None:
        rulebook = self.router.rulebook
        first = self._data["needs"][0]["id"]
        if DANGER not in self._done and (asked := opening.danger(rulebook, first)):
            return asked
        for need in self._data["needs"]:
            if asked := self.open_part(need):
                return asked
            saved = self._saved_by(need)
            if f"{KEEP}:{need['id']}" not in self._done and saved is not None:
                return opening.keep(need["id"])
        settled = not any(self._narrowed(need) for need in self._data["needs"])
        if MORE not in self._done and settled and not self.without_plan():
            last = self._data["needs"][-1]
            return opening.more(rulebook, last["id"], last.get("kind"))
        return None

    def open_part(self, need: Mapping[str, Any]) -> Question | None:
        """The question for the first part of a need of which nothing is said; None where all are."""
        for name in PARTS:
            if name not in (self._data if name == "state" else need):
                return self._part(name, need)
        return None

    def _part(self, name: str, need: Mapping[str, Any]) -> Question:
        rulebook, id = self.router.rulebook, need["id"]
        if name == "kind":
            return opening.kind(id)
        if name == "measure":
            measures = self._offered(id)
            named = opening.groups(rulebook, need.get("kind"))
            if id in self._groups:
                return opening.measure(id, need.get("kind"), named[self._groups[id]])
            return (
                opening.measure(id, need.get("kind"), measures)
                if len(measures) <= opening.FEW or len(named) < 2
                else opening.group(rulebook, id, need.get("kind"))
            )
        codes = {str(each["with"]) for each in self._data["needs"] if each.get("with", UNKNOWN) != UNKNOWN}
        states = self.router.law.states
        again = {code: states.name(code) for code in sorted(codes) if name == "with" and code in states}
        return opening.state(name, id, again)

    def _narrowed(self, need: Mapping[str, Any]) -> bool:
        """Whether what is sought is not known, and questions may still tell."""
        return need["measure"] == UNKNOWN and f"{GROUP}:{need['id']}" not in self._done

    def _narrower(self, need: str) -> Question | None:
        """What tells the measures apart that may be meant, and in the end the choice between them."""
        rulebook, left = self.router.rulebook, self.may_be_meant(need)
        kind = str(next(each for each in self._data["needs"] if each["id"] == need).get("kind", "request"))
        fact = most_telling(rulebook, self._stated(need), left)
        if fact is None:
            return opening.measure(need, kind, (rulebook.measures[measure] for measure in left))
        options = options_of(fact)
        why = (f"what is needed: {len(left)} things are still possible",)
        return Question(
            fact.id, need, fact.question(kind), fact.type, options, why, fact.means or "", fact.unit or ""
        )

    def _of_need(self, case: Case, need: Need) -> Question | None:
        check_limits()
        rulebook = self.router.rulebook
        facts = facts_for(case, need, rulebook, self.router.law, self.day)
        reference, topics = Reference(rulebook.heads, facts), _topics(rulebook)
        targets = [atom for atom in topics.targets(need.measure) if reference.atom(atom) == UNDECIDED]
        names = askable(rulebook, case, need, reference, targets) if targets else ()
        deciding = [atom for atom in targets if atom.startswith(PRIMARY)]
        name = next_fact(topics, facts, deciding, names) if names and deciding else None
        if name is None and names:
            name = next_fact(topics, facts, targets, names)
        if name is None:
            return self._always(need, reference, next(always_asked(rulebook, case, need, facts), None))
        first = asked_before(rulebook, name, case, need, reference)
        return self._question(first or name, need, reference, targets, name)

    def _always(self, need: Need, reference: Reference, name: str | None) -> Question | None:
        """The question for a fact that is asked in the end though it is presumed; why is what is presumed."""
        if name is None:
            return None
        presumed = self.router.rulebook.facts[name].presumed
        asked = self._question(name, need, reference, [], name)
        return replace(asked, why=(presumed.because,)) if presumed else asked

    def _question(
        self, name: str, need: Need, reference: Reference, targets: list[str], waits: str
    ) -> Question:
        """The question for a fact. waits: the fact for which it is asked, where that is another."""
        rulebook = self.router.rulebook
        why = reasons(rulebook, waits, reference, targets)
        if name.startswith(TIE):
            asks = ask(rulebook, name)
            means = {
                "in_force": "yes, it is in force between them",
                "signed": "signed, not in force",
                "none": "no",
            }
            leading = leads(rulebook, name, need.measure, reference, TIE_VALUES)
            options = tuple(Option(status, means[status], step) for status, step in leading.items())
            return Question(name, need.id, asks, "choice", options, why, tie_name(rulebook, name))
        asked = rulebook.facts[asked_as(rulebook, name)]
        options = ()
        if asked.type in ("choice", "many"):
            leading = leads(rulebook, name, need.measure, reference, tuple(asked.values))
            options = options_of(asked, leading)
        return Question(
            asked.id,
            need.id,
            asked.question(need.kind),
            asked.type,
            options,
            why,
            asked.means or "",
            asked.unit or "",
        )


_topics: MadeOf[Rulebook, Topics] = MadeOf(4, Topics)
