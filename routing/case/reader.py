"""From a case file to a Case: every fault at once, with line, words and fix."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from routing.case.blocks import BlockReader
from routing.case.fitting_lines import could_say, danger_in, instead_of, misspelled
from routing.case.in_one_text import in_one_text
from routing.case.lifted import lifted, lifted_facts
from routing.case.line_names import PURPOSE, Lines
from routing.case.measure_words import HOLDER, ROLE
from routing.case.model import Case, Need, Stated
from routing.case.narrative import NOTHING, Narrative, is_sentence
from routing.case.normal_form import normalised
from routing.case.several import separated
from routing.case.times import days_to, names_time_to_come, says_when
from routing.case.told_beside import told_beside, wrongly_named
from routing.case.unread_words import told_once
from routing.core.answer_date import day_fault
from routing.core.domain import FIRST_OF_ALL, KINDS_OF_NEED, OFFENCE, Fact
from routing.core.errors import quoted
from routing.law.states import States
from routing.rulebook.measures_meant import only_offered
from routing.rulebook.model import Rulebook
from routing.rulebook.spelling import as_id
from routing.rulebook.state_names import like_state, state_or_place, state_told, states_in
from routing.rulebook.words import JOINED, KIND, LONGEST, MEASURE, OUTSIDE
from routing.yaml.tree import Items, Mapping, Node, Text, blank, each_of, words_of_text

AS_OF = "as_of"
TOP = ("title", "state", AS_OF, "assume", "needs", "note")
IN_NEED = ("id", "kind", "measure", "with", "via", "note")
MOST_NEEDS = 100
MOST_HELPED = 20  # faults of a file
NEED_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
NEEDED = "needed"


class CaseReader(BlockReader):
    def in_own_terms(self, tree: Mapping) -> tuple[Mapping, tuple[str, ...]]:
        """The lines of a case under our own names, and notes on them."""
        own_keys = self.rulebook.statable.union(TOP, IN_NEED)
        needed = self.rulebook.clocks.needed
        tree = in_one_text(tree, own_keys, self.rulebook)
        lines = Lines(
            self.rulebook.words, own_keys, self._fits, self._code, self._codes, needed, self._tells_time
        )
        return normalised(tree, lines, self._asked_of, self.problem, self.narrative)

    def case(self, tree: Node) -> Case | None:
        if not isinstance(tree, Mapping):
            self.problem(
                "a case is a block of `key: value` lines",
                tree.line,
                "start with `title:` and `needs:`; `routing new` writes one to fill in",
                own_words=True,
            )
            return None
        tree, renamed = self.in_own_terms(tree)
        self.above = tree
        written_day = tree.get("as_of")
        if isinstance(written_day, Text) and day_fault(written_day.value.strip()) is None:
            self.as_of = date.fromisoformat(written_day.value.strip())
        tree, notes = lifted(tree, self._of_case, self.problem, self.rulebook.may_differ)
        self.notes += (*renamed, *notes)
        listed = tree.get("needs")
        blocks = [it for it in listed.values if isinstance(it, Mapping)] if isinstance(listed, Items) else []
        own = tree.get("state")
        self._know(tree, own, *blocks)
        facts, plain = self._entries(tree, TOP, "case")
        if not any(block.get("note") is plain.get("note") for block in blocks):
            self.note(plain.get("note"))
        for line, name in ((OFFENCE, OFFENCE), (ROLE, ROLE), (NEEDED, self.rulebook.clocks.needed)):
            facts |= self.also_told(line, tree.get(name), facts)
        needs_node = plain.get("needs")
        needs: list[Need] = []
        if needs_node is not None and not isinstance(needs_node, Items):
            self.problem("`needs` is a list", needs_node.line, "write each need under it as `- measure: ...`")
        elif needs_node is None or not needs_node.values:
            self.problem(
                "the case has no needs",
                needs_node.line if needs_node else tree.line,
                "add `needs:` and under it `- measure: ...`; or take the `#` away before the need that you"
                " mean",
                of_whole=True,
            )
        elif len(needs_node.values) > MOST_NEEDS:
            self.problem(
                f"the case has {len(needs_node.values)} needs; at most {MOST_NEEDS} are read",
                needs_node.line,
                "split the case",
                of_whole=True,
            )
        else:
            singly = [
                (number, single)
                for number, node in enumerate(needs_node.values, 1)
                for single in self._singly(node, number)
            ]
            beside = [(number, self.kept_by(single)) for number, single in singly]
            for number, single in singly:
                if isinstance(single, Mapping):
                    self._know(single, own, single)
                here = {held_by for entry, held_by in beside if entry == number}
                need = self._need(single, number, facts, (here, {held_by for _, held_by in beside}))
                if need is not None:
                    needs.append(need)
            for need, message in wrongly_named(needs, self.rulebook):
                ids = ", ".join(f"`{it.id}`" for it in needs if it.id != need.id)
                fix = (
                    f"name a need of this case by its id: {ids}"
                    if ids
                    else "the case has no other need: add it"
                )
                self.problem(message, need.line, fix, of_whole=True)
            needs, beside_told = told_beside(needs, facts, self.rulebook)
            self.notes += beside_told
            needs, of_all = lifted_facts(
                needs, self._of_case, self.rulebook.graver, facts, self.rulebook.may_differ
            )
            facts |= of_all
            if len(needs) > MOST_NEEDS:
                message = (
                    f"the case has {len(needs)} needs, one for each State, measure and purpose; at most"
                    f" {MOST_NEEDS} are read"
                )
                self.problem(message, needs_node.line, "split the case", of_whole=True)
        seen: set[str] = set()
        for need in needs:
            if need.id in seen:
                self.problem(
                    f"two needs are called `{need.id}`", need.line, "give each its own id", of_whole=True
                )
            seen.add(need.id)
        self._not_covered(tree, *blocks)
        stated = {*facts, *(name for need in needs for name in need.facts)}
        facts |= self.unread_dangers(stated, (tree, *blocks))
        written = self.single_word("as_of", plain["as_of"]) if "as_of" in plain else None
        as_of = self.day(written, plain["as_of"].line) if written is not None else None
        state = self.state(plain.get("state"))
        for need in needs:
            if state is not None and need.partner == state:
                self.problem(
                    f"need `{need.id}`: the requesting and the requested State are the same, {state}",
                    need.line,
                    "name under `with:` the State whose help, consent or waiver is needed;"
                    " a territory has a code of its own",
                    of_whole=True,
                )
        assume = self.assume(plain.get("assume"))
        title = self.text(plain["title"], "title") if "title" in plain else ""
        if self.problems:
            return None
        return Case(
            title=title,
            state=state,
            as_of=as_of,
            facts=facts,
            needs=tuple(needs),
            assume=assume,
            notes=told_once(self.notes, self.rulebook.measures),
        )

    def _fits(self, name: str, node: Node) -> bool:
        """Whether a line can say what is written. The day of today is that of writing; one that has passed
        is neither that nor one by which something is needed."""
        if name not in (AS_OF, self.rulebook.clocks.needed):
            return could_say(self.rulebook, self.states, name, node)
        text = words_of_text(node)
        ahead = days_to(text, self.as_of) if self.as_of and text else None
        if name == AS_OF:
            return ahead == 0
        if ahead is not None and ahead <= 0:
            return False
        if self.as_of and is_sentence(node):
            return ahead is not None or says_when(self.rulebook.words, text, self.as_of)
        return could_say(self.rulebook, self.states, name, node)

    def _tells_time(self, node: Node) -> bool:
        """Whether a line names a time that is still to come."""
        return names_time_to_come(self.rulebook.words, words_of_text(node), self.as_of)

    def _not_covered(self, *blocks: Mapping) -> None:
        """Say what to do about that which lines tell and no measure covers, and which cannot wait."""
        texts = [part for block in blocks for _, value in block.entries for part in each_of(value)]
        always = frozenset(self.rulebook.words.story.get("told_always", ()))
        for text in (it.value for it in texts if isinstance(it, Text)):
            for mention in self.rulebook.words.mentions(OUTSIDE, text):
                for beyond in always.intersection(mention.targets):
                    self.notes.append(f"{FIRST_OF_ALL}{self.rulebook.warnings[beyond].says}")

    def _singly(self, node: Node, number: int) -> tuple[Node, ...]:
        """The needs that an entry stands for, one for each State, measure and purpose that it names."""
        if not isinstance(node, Mapping):
            return (node,)

        def state_of(text: str) -> str:
            match = state_or_place(text, self.rulebook.words, self.states)
            return match.place.alpha3 if match is not None else ""

        def is_like(text: str) -> bool:
            return like_state(text, self.rulebook.words, self.states)

        nodes, notes = separated(node, number, self.rulebook, state_of, self.weighs, is_like)
        self.notes += notes
        return nodes

    def _need(
        self, node: Node, number: int, shared: dict[str, Stated], beside: Iterable[set[str]]
    ) -> Need | None:
        if not isinstance(node, Mapping):
            self.problem("a need is a block of `key: value` lines", node.line, "start with `- measure: ...`")
            return None
        self.presumed = self.presumed_by(node.get(MEASURE))
        facts, plain = self._entries(node, IN_NEED, "need")
        self.presumed = {}
        before = len(self.problems)
        need_id = self._id(plain["id"]) if "id" in plain else f"need-{number}"
        if len(self.problems) == before and not NEED_ID.fullmatch(need_id):
            self.problem(
                f"{quoted(need_id)} is not an id for a need",
                plain["id"].line,
                "use letters, digits, `-` and `_`, 40 at most",
            )
        kind = (
            self.choice(plain["kind"], KIND, KINDS_OF_NEED, "kind of need") if "kind" in plain else "request"
        )
        kind = self.nobody_asked(plain.get("measure"), kind)
        kind = self.asked_anew(plain.get("measure"), kind)
        only = only_offered(self.rulebook, kind) if kind else None
        if only is not None:
            measure = only
            facts |= self.only_measure(only, kind, plain.get("measure"), {**shared, **facts})
        elif given := self.what_is_given(plain.get("measure"), kind, plain.get("note")):
            measure = given
            wording = words_of_text(plain.get("measure")) or self.note(plain.get("note"))
            facts |= self.days_told(wording, {**shared, **facts})
        elif "measure" in plain:
            self.note(plain.get("note"))
            sought = self.of_the_holder(plain["measure"], {**shared, **facts}, beside)
            measure = self.choice(sought, MEASURE, tuple(self.rulebook.measures), "measure")
            kind = kind if "kind" in plain else self.only_kind(measure, kind)
            measure = self.as_asked(measure, kind)
            facts |= self.also_told(MEASURE, plain["measure"], {**shared, **facts}, measure, kind)
        else:
            measure = self.measure_told(need_id, node.line, plain, {**shared, **facts})
        facts |= self.also_told(PURPOSE, node.get(PURPOSE), {**shared, **facts}, kind)
        facts |= self.also_told(NEEDED, node.get(self.rulebook.clocks.needed), {**shared, **facts}, kind)
        facts |= self.also_told(ROLE, node.get(ROLE), {**shared, **facts}, measure)
        partner = self.state(plain["with"]) if "with" in plain else self.state_named(node, plain.get(MEASURE))
        partner = self.part_of(partner, plain.get("measure"), node.get(HOLDER), plain.get("note"))
        facts |= self.handed_to(plain.get("measure"), kind, partner, {**shared, **facts})
        facts |= self.follows_from({**shared, **facts})
        via = self.via(plain.get("via"))
        if len(self.problems) > before:
            return None
        return Need(
            id=need_id, kind=kind, measure=measure, partner=partner, via=via, facts=facts, line=node.line
        )

    def _id(self, node: Node) -> str:
        """The id of a need, words with a hyphen between them."""
        written = self.text(node, "id")
        id = "-".join(written.replace("/", " ").split())
        if id != written and NEED_ID.fullmatch(id):
            self.notes.append(f"need {quoted(written)} is called `{id}`")
            return id
        return written

    def _entries(
        self, node: Mapping, keys: tuple[str, ...], where: str
    ) -> tuple[dict[str, Stated], dict[str, Node]]:
        facts: dict[str, Stated] = {}
        plain: dict[str, Node] = {}
        for key, value in node.entries:
            if key.value in keys:
                if not blank(value):
                    plain[key.value] = value
                continue
            fact = self.rulebook.facts.get(key.value)
            if fact is None and key.value in (TOP if where == "need" else IN_NEED):
                place = (
                    "above `needs:`, once for the case" if where == "need" else "in a need, under `needs:`"
                )
                self.problem(f"`{key.value}` is not part of a {where}", key.line, f"write it {place}")
            elif fact is None:
                helped = len(self.problems) < MOST_HELPED  # looking for near words takes time
                fix = instead_of(
                    self.rulebook, self.states, (key.value, value), keys, self.sides, helped, self.as_of
                )
                aside = key.value if self._can_wait(key.value, value) else ""
                message = f"{quoted(key.value)} is not part of a {where}"
                self.problem(message, key.line, fix, own_words=True, aside=aside)
            elif not self._may_state(fact, key) or blank(value):
                continue
            else:
                stated = self.stated(fact, value)
                if stated is not None:
                    facts[key.value] = stated
        return facts, plain

    def _know(self, block: Mapping, own: Node | None, *needs: Mapping) -> None:
        """Note the States of needs, where they have the same, and what a block says."""
        texts = ((key.value, value) for key, value in block.entries if isinstance(value, Text))
        self.written_values = {key: as_id(text.value) for key, text in texts}
        partners = {self._code(need.get("with")) for need in needs}
        kinds = {as_id(words_of_text(need.get("kind"))) for need in needs}
        answers = {kind == "answer" or "answer" in self.rulebook.words.read(KIND, kind) for kind in kinds}
        sides = {"own": self._code(own), "other": partners.pop() if len(partners) == 1 else ""}
        if len(answers) == 1:
            asked, asks = ("own", "other") if answers.pop() else ("other", "own")
            sides |= {"requested": sides[asked], "requesting": sides[asks]}
        self.sides = {side: code for side, code in sides.items() if code}

    def _can_wait(self, key: str, value: Node) -> bool:
        """Whether an answer can stand without a line that is none: it tells no danger and no State, and is
        not one of ours with a slip of the pen."""
        if isinstance(value, Mapping) or self._is_slip(key, value):
            return False
        text = f"{key.replace('_', ' ')} {words_of_text(value)}"
        danger = not self.narrative.read and danger_in(self.rulebook, text)
        return not danger and (is_sentence(value) or self._code(value) in ("", *self.sides.values()))

    def _is_slip(self, key: str, value: Node) -> bool:
        """Whether the name of a line is almost that of one, and it is none of what people call a line."""
        return not (is_sentence(value) and self.rulebook.words.line(key)) and misspelled(self.rulebook, key)

    def _codes(self, node: Node | None) -> tuple[str, ...]:
        """The States that a line names, as `a flat in one and an account in another`."""
        return tuple(sorted(states_in(words_of_text(node)[:LONGEST], self.rulebook.words, self.states)))

    def _code(self, node: Node | None) -> str:
        word = words_of_text(node)
        parts = filter(None, (word, word.split(",")[0]))
        states = (state_told(part, self.rulebook.words, self.states) for part in parts)
        return next((match.place.alpha3 for match in states if match), "")

    def _asked_of(self, name: str, kind: str, measure: str) -> int:
        """2 where a fact has a line of its own in the short form of a need that writes its kind and measure
        so; 1 where it is asked of needs of every sort."""
        fact, words = self.rulebook.facts.get(name), self.rulebook.words
        if fact is None:
            return 0
        kinds = {as_id(kind), *words.read(KIND, kind)} if kind else {"request"}
        parts = (measure, *JOINED.split(measure)) if measure else ()
        named = {id for part in parts for id in (as_id(part), *words.read(MEASURE, part))}
        measures = (self.rulebook.measures[id] for id in named if id in self.rulebook.measures)
        fits = {*kinds, *named, *(it.group for it in measures)}.intersection(fact.form)
        return 2 if fits else int(fact.core)

    def _of_case(self, key: str) -> bool:
        fact = self.rulebook.facts.get(key)
        return fact is not None and fact.of == "case" and fact.statable

    def _may_state(self, fact: Fact, key: Text) -> bool:
        if fact.derived:
            self.problem(f"`{fact.id}` is concluded by rules, not told", key.line, "leave it out")
        elif fact.looked_up and "from" in fact.looked_up:
            self.problem(f"`{fact.id}` belongs to the measure", key.line, "leave it out")
        else:
            return True
        return False


def read_case(
    tree: Node,
    name: str,
    rulebook: Rulebook,
    states: States,
    as_of: date | None = None,
    narrative: Narrative = NOTHING,
) -> Case:
    """The case in a tree read from `name`.

    as_of: the day from which weekdays are counted where the case gives none of its own. narrative: what its
    sentences tell as a story.

    Raises CaseProblems naming every fault with its line.
    """
    reader = CaseReader(name, rulebook, states, as_of)
    reader.narrative = narrative
    case = reader.case(tree)
    if reader.problems or case is None:
        raise reader.faults()
    return case
