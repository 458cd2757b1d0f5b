"""What the words of a case mean by the measure that they seek, and what else those words tell."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from routing.case.doubt import says_unknown
from routing.case.fitting_lines import danger_in
from routing.case.line_names import kept_in_the_note
from routing.case.model import Stated
from routing.case.times import days_pressing, days_to_day_in, days_to_event
from routing.case.values import ValueReader
from routing.core.domain import DANGER_UNREAD, EVERY, KINDS_OF_NEED, LEFT_OUT, UNKNOWN, YES
from routing.core.errors import quoted
from routing.core.printable import either_of
from routing.rulebook.measures_meant import came_unasked, in_plain_groups, measures_meant, only_measure_of
from routing.rulebook.spelling import as_id, tidy
from routing.rulebook.state_names import answering_state, states_in, states_placed, without_places
from routing.rulebook.words import JOINED, LONGEST, MEASURE, NATIONALITY
from routing.yaml.tree import Mapping, Node, Text, each_of, words_of_text

HOLDER, PROPERTY, ACCOUNT, ROLE = "data_holder", "property_kind", "account", "person_role"

NEEDED_FOR = re.compile(r"\b(?:for|before) ([^,;.]+)")
"""What the words for a measure name for which it is needed: `papers for the trial on 12 February`."""
CITIZENS = frozenset({"citizen", "national", "passport"})
"""What stands after the word for whose people somebody is of."""


class MeasureReader(ValueReader):
    """Reads the words for a measure. above: the lines of the case, over its needs."""

    above: Mapping = Mapping((), 0)

    def presumed_by(self, written: Node | None) -> dict[str, str]:
        """What goes with the measure that a need names, where its words mean one."""
        meant = self._meant(words_of_text(written))
        return dict(self.rulebook.measures[meant[0]].presumes) if len(meant) == 1 else {}

    def _meant(self, word: str) -> tuple[str, ...]:
        """The measures that a word means: the one of which it is the id, else all that are read in it."""
        key = as_id(word)
        return (key,) if key in self.rulebook.measures else self.rulebook.words.read(MEASURE, word)

    def kept_by(self, node: Node) -> str:
        """Who keeps what another need of a case is about, where its words have one meaning; else the group
        of its measure, where they speak of an account and not of what is on it: `freeze the account`."""
        written = node.get(MEASURE) if isinstance(node, Mapping) else None
        word = words_of_text(written)
        meant = self._meant(word)
        if len(meant) != 1:
            return ""
        measure = self.rulebook.measures[meant[0]]
        of_account = ACCOUNT in tidy(word).split() and not self.rulebook.words.read(PROPERTY, word)
        return measure.presumes.get(HOLDER, measure.group if of_account else "")

    def of_the_holder(self, written: Node, stated: dict[str, Stated], beside: Iterable[set[str]]) -> Node:
        """The words for a measure, or for those that ask who has an account the one that asks who keeps it:
        as the words name them, else the case, else what else it asks for. `Who owns the account?` beside
        bank records asks a bank. stated: what the need and the case say; beside: who keeps what the needs of
        this entry, and then of all, are about, or their group."""
        written = self.as_told(self.placed_elsewhere(written))
        word = words_of_text(written)
        meant = self._meant(word)
        if len(meant) < 2 or set(meant).isdisjoint(self.rulebook.words.story.get("of_accounts", ())):
            return written
        measures = [self.rulebook.measures[name] for name in meant]
        asks = {it.presumes.get(HOLDER, ""): it.id for it in measures} | {it.group: it.id for it in measures}
        named = {value for it in self.rulebook.words.mentions(HOLDER, word) for value in it.targets}
        stated_holder = {str(stated[HOLDER])} if HOLDER in stated else set()
        for holders in (named, stated_holder, *beside):
            fitting = {asks[them] for them in holders if them in asks}
            if len(fitting) == 1:
                (measure,) = fitting
                self.notes.append(f"{quoted(word)} is read as {measure.replace('_', ' ')}")
                return Text(measure, written.line)
            if fitting:
                break
        return written

    def only_measure(
        self, only: str, kind: str, written: Node | None, stated: dict[str, Stated]
    ) -> dict[str, Stated]:
        """What the word for the only measure of a kind of need tells besides, whatever the case calls it;
        another word is said back."""
        word = words_of_text(written)
        if not word or as_id(word) == only:
            return {}
        implied = self._told_by(MEASURE, written, stated, kind)
        beside = "".join(f", `{name}: {value}`" for name, value in implied.items())
        self.notes.append(
            f"{quoted(word)} is read as {only.replace('_', ' ')}{beside}, as the kind is `{kind}`;"
            " to ask anew: `kind: request`"
        )
        return implied

    def handed_to(
        self, written: Node | None, kind: str, giver: str | None, stated: dict[str, Stated]
    ) -> dict[str, Stated]:
        """That somebody else is to have the material that is held, where the words for its use name another
        State than the one that gave it: `give it to the neighbours`. It is said back."""
        passing_on = self.rulebook.passed_on
        if kind != "use" or passing_on is None or passing_on.handed_on in stated:
            return {}
        word = words_of_text(written)
        if not states_in(word[:LONGEST], self.rulebook.words, self.states) - {giver, *self.sides.values()}:
            return {}
        self.notes.append(f"{quoted(word)} also tells `{passing_on.handed_on}: {YES}`")
        return {passing_on.handed_on: YES}

    def as_told(self, written: Node) -> Node:
        """The words for a measure, or the one measure that they tell as a sentence."""
        word = words_of_text(written)
        if len(self._meant(word)) == 1:
            return written
        needs = self.narrative.needs_in(word)
        if len({need.measure for need in needs}) != 1:
            return written
        measure, rest = needs[0].measure, word.casefold()
        for need in needs:
            rest = rest.replace(need.phrase.casefold(), " ")
        self.notes += (f"{LEFT_OUT}the rest of {quoted(word)}",) if self.weighs(rest) else ()
        self.notes.append(f"{quoted(word)} is read as {measure.replace('_', ' ')}")
        return Text(measure, written.line)

    def placed_elsewhere(self, written: Node) -> Node:
        """The words for a measure without the place that they name, where they mean nothing with it."""
        word = words_of_text(written)
        if self._meant(word):
            return written
        bare = without_places(word[:LONGEST], self.rulebook.words, self.states)
        return Text(bare, written.line) if bare != word and self._meant(bare) else written

    def state_named(self, need: Mapping, written: Node | None) -> str | None:
        """The one State but ours that the words for a measure name, where the need has no line for it: `a
        search in that State`; else that in the lines for who has the thing or who somebody is, or that were
        kept in the note: `a bank in that State`. It is said back; none where they name several."""
        lines = [written, *(block.get(name) for block in (need, self.above) for name in (HOLDER, ROLE))]
        lines += [line for block in (need, self.above) for line in kept_in_the_note(block)]
        for word in map(words_of_text, lines):
            placed = states_placed(word, self.rulebook.words, self.states)
            named = placed - {self.sides.get("own", "")}
            if len(named) == 1:
                (code,) = named
                self.notes.append(f"{quoted(word)} also tells `with: {self.states.name(code)}`")
                return code
            if named:
                return None
        return None

    def part_of(self, partner: str | None, *written: Node | None) -> str | None:
        """The territory of a State that the words of a need name as the place, which answers for itself. It
        is said back."""
        parts = {place.alpha3 for place in self.states if partner and place.parent == partner}
        named = {
            code
            for line in (written if parts else ())
            for code in parts & states_in(words_of_text(line)[:LONGEST], self.rulebook.words, self.states)
            if answering_state(code, self.rulebook.words, self.states) == code
        }
        if len(named) != 1:
            return partner
        (code,) = named
        name = self.states.name(code)
        self.notes.append(f"{name} is named: it is asked, and not {self.states.name(partner or code)}")
        return code

    def only_kind(self, measure: str, kind: str) -> str:
        """The kind of a need that writes none, where its measure is of one kind alone, as the use of
        material held is. It is said back."""
        entry = self.rulebook.measures.get(measure)
        if entry is None or len(entry.kinds) != 1 or kind in entry.kinds:
            return kind
        self.notes.append(f"`{measure}` is read as `kind: {entry.kinds[0]}`, as no other kind has it")
        return entry.kinds[0]

    def nobody_asked(self, written: Node | None, kind: str) -> str:
        """The kind of a need that is told as an answer, where its measure is what came unasked: nobody asked
        for anything, and what came is used. It is said back."""
        word = words_of_text(written)
        if kind != "answer" or not came_unasked(self.rulebook, word):
            return kind
        self.notes.append(
            f"{quoted(word)} came unasked and nobody waits for an answer: it is read as `kind: use`"
        )
        return "use"

    def asked_anew(self, written: Node | None, kind: str) -> str:
        """The kind in which a measure is sought that the kind of a need does not have: to try somebody for
        more is no use of material that is held, and is asked of the other State. It is said back."""
        word = words_of_text(written)
        meant = self._meant(word) if word else ()
        instead = self.rulebook.measures[meant[0]].otherwise.get(kind, "") if len(meant) == 1 else ""
        if instead not in KINDS_OF_NEED:
            return kind
        self.notes.append(f"{quoted(word)} is asked of the other State: it is read as `kind: {instead}`")
        return instead

    def what_is_given(self, written: Node | None, kind: str, note: Node | None) -> str:
        """The measure that is of one kind of need alone, where a need of that kind says what is given and no
        measure, as what we tell another State; empty elsewhere, as where something is asked for. It is said
        back."""
        sole = only_measure_of(self.rulebook, kind)
        word = words_of_text(written) or self.note(note)
        if sole is None or as_id(word) in self.rulebook.measures:
            return ""
        meant = self._meant(word)
        if meant and (
            words_of_text(written) or any(kind in self.rulebook.measures[it].kinds for it in meant)
        ):
            return ""
        reading = f"{quoted(word)} is read as what is told: {sole.name}" if word else f"read as {sole.name}"
        self.notes.append(f"{reading}, as the kind is `{kind}`")
        return sole.id

    def as_asked(self, measure: str, kind: str) -> str:
        """What a measure is read as in a kind of need that has another for it: material that they hold is
        for us who gave it a question for our consent. It is said back."""
        entry = self.rulebook.measures.get(measure)
        if entry is None or entry.otherwise.get(kind) not in self.rulebook.measures:
            return measure
        instead = self.rulebook.measures[entry.otherwise[kind]]
        self.notes.append(f"As the kind is `{kind}`, `{measure}` is read as {instead.name}")
        return instead.id

    def measure_told(self, need_id: str, line: int, plain: dict[str, Node], stated: dict[str, Stated]) -> str:
        """The measure of a need that names none: the only one that its note or its facts fit."""
        note = self.note(plain.get("note"))
        beyond = self.rulebook.words.outside(note) if note else None
        if beyond is not None:
            uncovered = f"need `{need_id}` asks for what is not covered"
            self.problem(uncovered, line, self.rulebook.warnings[beyond].says)
            return ""
        named = self.rulebook.words.read(MEASURE, note) if note else ()
        if len(note) > LONGEST:
            cut = quoted(f"{note[LONGEST : LONGEST + 40]}...")
            self.notes.append(
                f"of the note of need `{need_id}` the first {LONGEST} letters are read, not {cut}"
            )
        fitting = named or measures_meant(self.rulebook, stated)
        if len(fitting) == 1:
            name = self.rulebook.measures[fitting[0]].name
            self.notes.append(f"need `{need_id}` is read as {fitting[0].replace('_', ' ')} ({name})")
            return fitting[0]
        shown = ", ".join(f"`{measure}`" for measure in fitting[:6])
        few = f"it could be {shown}: add `measure:` with one of them"
        self.problem(
            f"need `{need_id}` does not say what is sought",
            line,
            few if len(fitting) <= 6 else f"add `measure:`; {in_plain_groups(self.rulebook)}",
            of_whole=True,
        )
        return ""

    def also_told(
        self, line: str, written: Node | None, stated: dict[str, Stated], *need: str
    ) -> dict[str, Stated]:
        """What the words of a line tell besides, said back: `missing child`, `freeze crypto`; and what the
        measure tells that they are read as, as when it is read again. need: its measure and its kind, as far
        as they decide."""
        implied = self._told_by(line, written, stated, *need)
        if line == MEASURE:
            if written is not None and need and as_id(words_of_text(written)) != need[0]:
                as_read = Text(need[0], written.line)
                implied |= self._told_by(line, as_read, {**stated, **implied}, *need)
            implied |= self._pressing(words_of_text(written), stated)
            of_whom = map(words_of_text, (written, self.above.get(ROLE)))
            implied |= next(filter(None, (self._whose_citizen(it, stated, need) for it in of_whom)), {})
        whose = quoted(words_of_text(written)) if isinstance(written, Text) else f"the {line}"
        self.notes += [f"{whose} also tells `{name}: {value}`" for name, value in implied.items()]
        return implied

    def follows_from(self, stated: dict[str, Stated]) -> dict[str, Stated]:
        """What a value that the case states tells of a fact of which it says nothing, said back: where
        somebody in danger is."""
        implied: dict[str, Stated] = {}
        for name, value in stated.items():
            for pair, values in self.rulebook.facts[name].tells.items():
                implied_fact, _, word = pair.partition("=")
                if value in values and implied_fact not in stated:
                    self.notes.append(f"`{name}: {value}` also tells `{implied_fact}: {word}`")
                    implied[implied_fact] = word
        return implied

    def days_told(self, text: str, stated: dict[str, Stated]) -> dict[str, Stated]:
        """The days that the words for what we tell leave, said back: `he will shoot on Saturday`."""
        implied = self._pressing(text, stated)
        self.notes += [f"{quoted(text)} also tells `{name}: {value}`" for name, value in implied.items()]
        return implied

    def _pressing(self, word: str, stated: dict[str, Stated]) -> dict[str, Stated]:
        """The days that the words for a measure leave, where nothing else says it: `freeze it tonight`."""
        fact = self.rulebook.clocks.needed
        days = days_pressing(self.rulebook.words, word[:LONGEST], self.as_of) if fact not in stated else None
        for event in NEEDED_FOR.findall(word[:LONGEST]) if days is None and fact not in stated else ():
            days = days_to_event(self.rulebook.words, event, self.as_of) if self.as_of else None
        if days is None and fact not in stated and self.as_of:
            days = days_to_day_in(word[:LONGEST], self.as_of)
        return {} if days is None else {fact: days}

    def _whose_citizen(self, word: str, stated: dict[str, Stated], need: Iterable[str]) -> dict[str, Stated]:
        """The facts for which a State is compared that words tell of a person: `extradition of a Swedish
        citizen`, `accused of theft, Swedish`. need: the measure and the kind, of which a fact must be
        asked."""
        words = self.rulebook.words
        tokens = tidy(word[:LONGEST]).split()
        alone = {tidy(part) for part in JOINED.split(word[:LONGEST])[1:] if part}
        of = {
            target
            for it in words.mentions(NATIONALITY, word[:LONGEST])
            for target in it.targets
            if it.phrase in alone or not CITIZENS.isdisjoint(tokens[it.end : it.end + 1])
        }
        if len(of) != 1:
            return {}
        asked = {
            *need,
            *(self.rulebook.measures[name].group for name in need if name in self.rulebook.measures),
        }
        compared = dict.fromkeys(row.split()[0] for row in words.story.get("by_state", ()))
        facts = (self.rulebook.facts[name] for name in compared if name not in stated)
        read = {it.id: self._compared(it, *of) for it in facts if not asked.isdisjoint(it.form)}
        return {name: value[0] for name, value in read.items() if value}

    def _told_by(
        self, line: str, written: Node | None, stated: dict[str, Stated], *need: str
    ) -> dict[str, Stated]:
        """The facts of which the words of a line, written for something else, tell one value; none that the
        case tells. need: the measure and the kind of the need."""
        texts = ((it, words_of_text(it)) for it in each_of(written))
        words = [it for it, text in texts if not says_unknown(text) and not text.isdigit()]
        implied: dict[str, Stated] = {}
        for fact in self.rulebook.told_by.get(line, ()):
            if fact.id in stated or {EVERY, *need}.isdisjoint(fact.told_by[line]):
                continue
            if line == MEASURE and self._goes_on(fact.id, written):
                continue
            read = (
                self.rulebook.words.read(fact.id, words_of_text(node).replace("_", " ")) for node in words
            )
            values = {value for meant in read for value in meant}
            values &= set(fact.urgent or values)  # what denies something else denies no danger
            implied |= {fact.id: values.pop()} if len(values) == 1 else {}
        return implied

    def _goes_on(self, name: str, written: Node | None) -> bool:
        """Whether the words for a measure go on to another thing, of which they do not tell the fact:
        `freeze house and account`."""
        read = self.rulebook.words.read
        first, *later = [part for part in JOINED.split(words_of_text(written)[:LONGEST]) if part] or [""]
        verb = next(iter(first.split()), "")
        return any(
            not read(name, thing) and not read(MEASURE, thing) and read(MEASURE, f"{verb} {thing}")
            for thing in later
        )

    def unread_dangers(self, stated: Collection[str], blocks: Iterable[Mapping]) -> dict[str, Stated]:
        """The facts for a danger that may be told in a note or in the words for what is sought, where no line
        tells of one: each is open, and this is said.

        stated: what the case and its needs say; blocks: the case and its needs, as they are written.
        """
        lines = (line for block in blocks for line in each_of(block.get("note")))
        sought = (self._beside_the_measure(words_of_text(block.get(MEASURE))) for block in blocks)
        texts = map(self.narrative.still, (*map(words_of_text, lines), *sought))
        read = (it for text in texts for it in danger_in(self.rulebook, text))
        dangers = tuple(dict.fromkeys(line for line in read if line.split(":")[0] not in stated))
        if dangers:
            where = "in a note or in the words for what is sought"
            self.notes.append(f"{DANGER_UNREAD}, {where}: write {either_of(dangers)} if it is so")
        return {line.split(":")[0]: UNKNOWN for line in dangers}

    def _beside_the_measure(self, text: str) -> str:
        """The words of a line for what is sought that say something besides; none of an id."""
        if as_id(text) in self.rulebook.measures:
            return ""
        tokens = tidy(text[:LONGEST]).split()
        for mention in reversed(self.rulebook.words.mentions(MEASURE, text)):
            del tokens[mention.start : mention.end]
        return " ".join(tokens)

    def note(self, node: Node | None) -> str:
        """What a note says; the lines of a list are one text."""
        lines = each_of(node)
        for line in lines:
            if not isinstance(line, Text):
                self.problem(
                    "`note` takes text", line.line, "write it on the same line, or as a list of lines"
                )
        return ". ".join(filter(None, map(words_of_text, lines)))
