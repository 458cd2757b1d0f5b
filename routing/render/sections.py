"""A plan put into sections: each duty, warning and limit at its step, once, with its law."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from routing.core.domain import DANGER_UNREAD, FIRST_OF_ALL, LEFT_OUT, READ
from routing.core.grouping import grouped
from routing.core.printable import day, sentences, shortened_list, with_written_days
from routing.core.records import replace
from routing.phrasing import of_dates
from routing.phrasing.of_basis import how_read, nobody_checked
from routing.phrasing.of_dates import due, each_list_once, ends, graded, lists_checked, of_needs, oldest_list
from routing.phrasing.of_plans import MOST_LAW, STATUS, Wording, sentence, status_of
from routing.plan.last_seen import PAST_HORIZON
from routing.plan.late import LATE
from routing.plan.model import Assumption, CodedTerm, NeedAnswer, Plan, Proposed, Question, Step
from routing.plan.questions import STILL
from routing.render.closed_channels import ClosedChannels
from routing.render.goes_first import goes_first
from routing.render.page import (
    AnswerSection,
    BasisLine,
    Behind,
    Page,
    QuestionSection,
    StepSection,
    UnknownSection,
)
from routing.render.paper_of_step import acts_of, paper_of
from routing.render.placement import Placement
from routing.render.proposals import Proposals, with_law
from routing.rulebook.parse.conditions import TIE

TO_NAME = ("state", "with")
"""Facts asked for above the answer, as nothing is known without them."""
NEEDED, WHICH_GOES_FIRST = "Needed to decide", "Another way may go first, depending on"
"""What is said before the facts on which the main step depends; before those that decide only of another."""
STATE_DECIDES = "Open, depending on which State it is"
"""The status of a need of which a State is not named: some law there may still stand against the way."""
MAIN_ROLES = ("deliver", "follow")
UNWEIGHED = "Told, weighed by no rule for this kind of need: "

IS_READ = "` is read "
READ_AS = re.compile(r"`[^`]+` is read as [^.;,`]+")
"""A note that says of some words no more than what they are read as."""
TELLS_NOTHING = (FIRST_OF_ALL, LEFT_OUT, DANGER_UNREAD)
"""How the notes begin that say what goes before the plan, and what of the case has no part in it."""


def sections(plan: Plan, words: Wording, called: Mapping[str, str] | None = None) -> Page:
    """The page of a plan. called: what each need is called in a sentence; else its id in the case."""
    return _Sections(plan, words, called).page()


class _Sections:
    def __init__(self, plan: Plan, words: Wording, called: Mapping[str, str] | None) -> None:
        self.called = called
        self.plan, self.words, self.rulebook = plan, words, words.rulebook
        self.placement = Placement(plan, words)
        self.many, self.number = self.placement.many, self.placement.number
        self.stops, self.at_step = self.placement.placed()

    def page(self) -> Page:
        plan = self.plan
        return Page(
            title=plan.title or "Case",
            sides=self._sides(),
            as_of=plan.as_of,
            left_out=" ".join(sentence(note) for note in plan.notes if note.startswith(TELLS_NOTHING)),
            read_as=_read_as(note for note in plan.notes if not note.startswith(TELLS_NOTHING)),
            answers=tuple(self._answers()),
            stops=self.stops,
            steps=tuple(self._step(step) for step in plan.steps),
            forbidden=ClosedChannels(self.placement).shown(),
            questions=self._questions(),
            unknowns=tuple(
                UnknownSection(
                    asks=unknown.asks,
                    may_come=tuple(map(sentence, unknown.may_come)),
                    spared=tuple(
                        with_law(item.says, self._law(item, item.needs)) for item in unknown.does_not_stop
                    ),
                )
                for unknown in plan.unknowns
            ),
            behind=self._behind(),
            rules=f"Rules {plan.rulebook.version}, hash {plan.rulebook.hash[:16]}.",
            outdated=each_list_once(item.says for item in plan.warnings if item.code == PAST_HORIZON),
            notice=plan.notice,
        )

    def _sides(self) -> str:
        needs = self.plan.needs
        partners = list(dict.fromkeys(self.words.state(need.partner) for need in needs if need.partner))
        arrow = "<-" if all(need.kind == "answer" for need in needs) else "->"
        own = self.words.state(self.plan.state) if self.plan.state else ""
        return f"{own} {arrow} {_listed(partners)}".strip() if partners else own

    def _answers(self) -> Iterator[AnswerSection]:
        """The answers; needs for the same from several States that are answered alike are told together."""
        proposals = Proposals(self.words, self._law)
        alike = grouped(
            ((need.measure, need.kind, proposals.of(need), replace(self._answer(need), need="")), need)
            for need in self.plan.needs
        )
        of_one = self.many and len({(need.partner, need.kind) for need in self.plan.needs}) == 1
        for (_, _, proposed, answer), needs in alike.items():
            sought, measure = self.words.need(*needs), self.words.measure(needs[0].measure)
            named = ", ".join(need.id for need in needs)
            yield replace(
                answer,
                need=named,
                proposal=proposals.text(proposed, [need.id for need in needs]),
                headline=sentence(f"{sought}: {answer.headline}"),
                brief=sentence(f"{measure}: {answer.headline}") if of_one else "",
                sought=measure,
            )

    def _answer(self, need: NeedAnswer) -> AnswerSection:
        """The answer for a need; its headline names the channels only, and not yet what is sought."""
        words, steps = self.words, [step for step in self.plan.steps if need.id in step.needs]
        to_name = [q.asks for q in self.plan.questions if need.id in q.needs and q.fact in TO_NAME]
        main = next((step for step in steps if step.pathway == need.primary.pathway), None)
        name = words.inside((main and main.called) or words.pathway(need.primary.pathway))
        hold = goes_first(need, steps, main)
        sure = hold if hold and hold.certainty == "confirmed" else None
        where = "" if sure else " (if available)"
        lead = f"first {words.inside(words.pathway(hold.pathway))}{where}, then " if hold else ""
        perhaps = "perhaps " if to_name and need.status == "undecided" else ""
        last = [
            step.deadline.date
            for step in steps
            if step.role in MAIN_ROLES
            and step.deadline
            and step.deadline.date
            and need.id in step.deadline.needs
        ]
        status = self._status(need, sure)
        return AnswerSection(
            need=need.id,
            first=need.first,
            headline=f"{lead}{perhaps}{name}",
            status=STATE_DECIDES if to_name and status == STATUS["routed"] else status,
            code=need.status,
            to_name=" ".join(to_name),
            missing=tuple(words.fact(name) for name in need.waits_for),
            turns_on=WHICH_GOES_FIRST if need.open_anyway else NEEDED,
            by=" ".join(self._in_time(need, min(last) if last else None)),
            otherwise=tuple(
                words.inside(words.alternative(alternative)) for alternative in need.alternatives
            ),
        )

    def _in_time(self, need: NeedAnswer, last: date | None) -> Iterator[str]:
        """By when to send what leads to the answer, and that it comes too late as a rule."""
        if need.status == "no_lawful_route":
            return
        if last is not None:
            at = "today" if last <= self.plan.as_of else f"by {day(last)}"
            yield f"Send the request {at}."
        if any(warning.code == LATE and need.id in warning.needs for warning in self.plan.warnings):
            yield "As a rule it comes too late."

    def _status(self, need: NeedAnswer, hold: Step | None) -> str:
        """The status in words. A hold that is open is told before what still depends on something."""
        if hold is None or need.status != "conditional" or need.stands or need.open_anyway:
            main = (s for s in self.plan.steps if s.pathway == need.primary.pathway and need.id in s.needs)
            return status_of(need, next((self.number[step.id] for step in main), None))
        held, rest = self.words.pathway(hold.pathway), self.words.pathway(need.primary.pathway)
        return f"{held}: open. {rest}: open only under conditions"

    def _step(self, step: Step) -> StepSection:
        words = self.words
        after = tuple(sorted(self.number[step_id] for step_id in step.after))
        when = f"After {', '.join(map(str, after))}" if step.when == "after" else step.when.capitalize()
        sure = step.certainty == "confirmed"
        depends = tuple(words.fact(name) for name in step.waits_for)
        to, paper = step.receiver, paper_of(step, self.plan, self.rulebook)
        return StepSection(
            number=self.number[step.id],
            id=step.id,
            pathway=step.pathway,
            channel=step.called or words.pathway(step.pathway),
            role=step.role,
            when=when,
            start=step.start,
            serves=step.needs,
            needs=step.needs if self.many and len(step.needs) < len(self.plan.needs) else (),
            title=step.action,
            only_if="" if sure else self._only_if(step, depends),
            depends=depends,
            who=words.parties.who(step, self.plan.state),
            office=words.parties.unsure(to),
            how=words.how(step),
            what=sentence(step.tells),
            acts=acts_of(step),
            turns=self._turning(step.tells),
            contents=step.put_in,
            paper=paper.name,
            attach=words.inside(paper.attach),
            signs=words.inside(paper.signs),
            by=tuple(self._by(step)),
            ends=tuple(ends(step, self._cited(step))),
            remarks=self.at_step[step.id],
            language=f"{step.language.says} {step.language.condition}".strip() if step.language else "",
            write_in=words.language(step),
            reach=words.reach(step, self.placement.kinds(step.needs)),
            after=after,
            together=tuple(sorted(self.number[step_id] for step_id in step.together)),
            basis=tuple(
                BasisLine(
                    name=words.provision(item),
                    role=item.role,
                    kind=item.kind,
                    mark=how_read(item.mark),
                    in_force_since=with_written_days(item.in_force_since or ""),
                    source=item.source or "",
                    condition=words.condition(item),
                )
                for item in step.basis
            ),
            because=tuple(
                f"{words.is_so(fact.fact, fact.value)} ({fact.origin.replace('_', ' ')})"
                for fact in step.because
            ),
            why=tuple(self._rule_says(rule) for rule in step.why if self._rule_says(rule)),
            rules=step.why,
        )

    def _only_if(self, step: Step, depends: Sequence[str]) -> str:
        """That a step is open only under conditions, and for which needs. Nothing where it is the main step
        of each, and open whatever turns out."""
        anyway = (need for need in self.plan.needs if need.open_anyway)
        main = {need.id for need in anyway if need.primary.pathway == step.pathway}
        rest = [need for need in step.needs if need not in (*step.sure_for, *main)]
        if not rest and main & {*step.needs}:
            return ""
        some = len(rest) < len(step.needs) and rest
        opens = f"For {', '.join(rest)} only if available" if some else "Only if available"
        return f"{opens}. {NEEDED}: {', '.join(depends)}." if depends else f"{opens}."

    def _turning(self, tells: str) -> str:
        """The sentence of what to do that turns the step round: what is not done, or not before something."""
        begins = tuple(self.rulebook.page.get("turning", ()))
        return next((words for words in sentences(tells) if words.startswith(begins)), "")

    def _rule_says(self, rule: str) -> str:
        entry = self.rulebook.rule.get(rule)
        return sentence(entry.says) if entry else ""

    def _cited(self, step: Step) -> Callable[[str], str]:
        """How the law of a term is printed, where what the step did ends with it; else, and of a term that a
        fact of the case sets, it is not."""
        kinds, pathway = self.placement.kinds(step.needs), self.rulebook.pathways[step.pathway]
        ended, instruments = of_dates.ends_with_a_term(pathway), self.rulebook.instruments

        def law(refs: str) -> str:
            cited = tuple(ref for ref in refs.split(", ") if ref.split(" ")[0] in instruments)
            return self.words.refs(cited, kinds) if cited and ended else ""

        return law

    def _by(self, step: Step) -> Iterator[str]:
        limit, law = step.deadline, self._cited(step)
        some = limit.needs if limit and len(limit.needs) < len(step.needs) else ()
        if limit and limit.date and (limit.reason or step.when != "now"):
            whose = f" for {_listed(self._named(some))}" if some else ""
            today = limit.date <= self.plan.as_of
            reason = f"{': ' if today else ', '}{limit.reason}" if limit.reason else ""
            yield f"{'Today' if today else f'By {day(limit.date)}'}{whose}{reason}."
        elif limit and limit.reason:
            yield of_needs(sentence(limit.reason), some, self.called or {})
        if limit and limit.limit and not any(map(graded, step.dates)):
            yield sentence(of_dates.in_words(limit, law))
        yield from due(step, called=self.called, law=law)
        if limit and limit.expected:
            yield f"Usually {'obtained in ' if limit.limit else ''}{limit.expected}."

    def _questions(self) -> tuple[QuestionSection, ...]:
        asked = [question for question in self.plan.questions if question.fact not in TO_NAME]
        first: dict[str, Question] = {}
        for question in asked:
            for need in question.needs:
                first.setdefault(need, question)
        return tuple(
            QuestionSection(
                asks=question.asks,
                leads=self._leads(question, asked),
                law=self._law(question, question.needs, most=1),
                needs=question.needs if self.many else (),
                rules=question.why,
                first=question in first.values(),
            )
            for question in asked
        )

    def _law(self, item: CodedTerm | Proposed | Question, needs: Iterable[str], most: int = MOST_LAW) -> str:
        """The first provisions behind what is said."""
        return self.words.refs(item.basis[:most], self.placement.kinds(needs), unsettled=item.unsettled)

    def _leads(self, question: Question, asked: Sequence[Question]) -> tuple[tuple[str, str], ...]:
        """Where each answer leads; where it leaves the way open, to the next question for the same need."""
        later = asked[asked.index(question) + 1 :]
        then_ask = (
            following.asks for following in later if not set(question.needs).isdisjoint(following.needs)
        )
        waits = next((f"then ask: {asks.rstrip('?')}" for asks in then_ask), "it waits")
        leads = grouped((answer.leads_to, answer.value.replace("_", " ")) for answer in question.answers)
        by_end = {end: " or ".join(values[:MOST_VALUES]) for end, values in leads.items()}
        return tuple(
            (values, waits if _waits(end, by_end) else self.words.inside(end))
            for end, values in by_end.items()
        )

    def _behind(self) -> Behind:
        plan, words = self.plan, self.words
        basis = {item.provision: item for step in plan.steps for item in step.basis}
        return Behind(
            stipulated=self._stipulated(item for item in plan.assumptions if item.origin == "stipulated"),
            assumed=tuple(self._assumed(item) for item in plan.assumptions if item.origin == "presumed"),
            lists=lists_checked(plan, words, full=True),
            oldest=oldest_list(plan),
            sources=tuple(plan.data_sources.items()),
            contested=tuple(
                f"One view: {sentence(point.a)} Another view: {sentence(point.b)} This plan follows:"
                f" {sentence(point.default)}"
                for point in plan.contested
            ),
            future=tuple(f"{item.instrument}: {item.status}; no basis today." for item in plan.future),
            not_yet=tuple(item.instrument for item in plan.future),
            read=sum(item.mark in READ for item in basis.values()),
            of=len(basis),
            unread=bool(basis) and nobody_checked(basis.values()),
            unread_at=tuple(self.number[step.id] for step in plan.steps if _leads_unread(step)),
            own_data=plan.rulebook.overlays,
            unweighed=f"{UNWEIGHED}{', '.join(plan.unweighed)}." if plan.unweighed else "",
        )

    def _assumed(self, item: Assumption) -> str:
        all_alike = self.called is not None and len(item.needs) == len(self.plan.needs)
        between = "; " if self.called else ", "
        named = between.join(self._named(item.needs)) if self.many and not all_alike else ""
        needs = f" [{named}]" if named else ""
        return f"{self.words.is_so(item.fact, item.value)}{needs}. {sentence(item.because)}"

    def _named(self, needs: Iterable[str]) -> list[str]:
        return [self.called.get(need, need) if self.called else need for need in needs]

    def _stipulated(self, items: Iterable[Assumption]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Ties by what was stipulated of them, those in force first; other facts by their value."""
        by_value: dict[str, list[str]] = {}
        for item in sorted(items, key=lambda item: item.value != "in_force"):
            name = self.words.tie(item.fact) if item.fact.startswith(TIE) else self.words.fact(item.fact)
            by_value.setdefault(item.value.replace("_", " "), []).append(name)
        return tuple((value, tuple(names)) for value, names in by_value.items())


def _read_as(notes: Iterable[str]) -> str:
    """What was read differently from what was written; words that are only read as others in one sentence."""
    plain: list[str] = []
    rest: list[str] = []
    for note in notes:
        (plain if READ_AS.fullmatch(note) else rest).append(note)
    first, *others = plain or ("",)
    return " ".join(
        filter(
            None,
            (
                sentence(", ".join((first, *(it.replace(IS_READ, "` ", 1) for it in others)))),
                *map(sentence, rest),
            ),
        )
    )


def _leads_unread(step: Step) -> bool:
    """Whether something that a step rests on first was not read in its text."""
    return any(item.role == "lead" and item.mark not in READ for item in step.basis)


MOST_LISTED = 4
MOST_VALUES = 7
"""Answers named for one outcome: what bars a trial has as many, and none of them is left out."""


def _listed(names: list[str]) -> str:
    """A list in which nothing is left out to spare a single name."""
    return shortened_list(names, MOST_LISTED + (len(names) == MOST_LISTED + 1))


def _waits(end: str, ends: Iterable[str]) -> bool:
    """Whether an answer leaves open the way to which another answer leads."""
    way, still, _ = end.partition(STILL)
    return bool(still) and way in ends
