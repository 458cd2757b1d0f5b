"""The values that a case states: each as it was meant, with a remark where it was written otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from routing.case.answers import AnswerReader
from routing.case.denied_lines import answer_in
from routing.case.doubt import in_doubt, says_unknown
from routing.case.model import Stated
from routing.case.narrative import is_sentence
from routing.case.terms import MOST, RANGE, TERM, term_of
from routing.case.times import day_gone, days_in_words, days_to, in_words, pressing_by_name, soonest_event
from routing.case.written_day import day_before, day_within, two_days, written_day
from routing.core.answer_date import day_fault
from routing.core.domain import NO, UNKNOWN, YES, Fact
from routing.core.errors import Problems, quoted
from routing.core.printable import either_of
from routing.rulebook.by_meaning import BY_MEANING, asked_back, may_mean, surely_meant
from routing.rulebook.denial import denies
from routing.rulebook.measures_meant import in_plain_groups, value_meant
from routing.rulebook.spelling import as_id, tidy
from routing.rulebook.state_names import answering_state, find_state, names_body, state_told, suggest_state
from routing.rulebook.words import JOINED, LONGEST, MEASURE
from routing.yaml.tree import Items, Node, Text, words_of_text

LONGEST_TEXT = 500
TRI = {"true": YES, "false": NO, "y": YES, "n": NO}
MAY_BE_YEARS = 30  # below it a bare number that is no usual one of months may have been meant as years
FEWEST = 2  # words of a time; more may tell something else: `the child is in danger now`
Halves = tuple[tuple[str, tuple[str, ...]], ...]


class ValueReader(AnswerReader):
    """Reads the values of one case."""

    def stated(self, fact: Fact, node: Node) -> Stated | None:
        if fact.type in ("many", "instruments"):
            parts = node.values if isinstance(node, Items) else self._listed(fact, node)
            items = tuple(dict.fromkeys(parts))  # a word that is written twice is looked for once
            items = tuple(it for it in items if not self._is_denied(fact, it, items))
            return tuple(dict.fromkeys(value for item in items for value in self._values(fact, item)))
        if fact.type == "text" and isinstance(node, Items) and node.values:
            return "; ".join(filter(None, (self.text(part, fact.id) for part in node.values)))
        word = self.single_word(fact.id, node)
        if word is None:
            return None
        if self._in_doubt(word):
            return self._open_as(fact, word)
        if fact.type == "number":
            return self._number(fact, word, node.line)
        if fact.type == "date":
            return self._dated(fact, word, node.line)
        if fact.type == "state":
            return self.state(node)
        if fact.type == "text":
            return self.text(node, fact.id)
        values = self._values(fact, node)
        return values[0] if values else None

    def _dated(self, fact: Fact, word: str, line: int) -> date | None:
        """The day of a fact; none, said back, where it did not happen, or an answer gives no day."""
        says, rest = answer_in(self.rulebook.words, word)
        day = rest if says == YES else word
        if says and not (says == YES and any(map(str.isdigit, rest))):
            reading = "that it did not happen" if says == NO else "without a day, which is open"
            self.notes.append(f"{quoted(word)} is read as `{fact.id}`: {reading}")
            return None
        return self.day(day, line, past=fact.id not in self.rulebook.words.story.get("days_ahead", ()))

    def _is_denied(self, fact: Fact, node: Node, among: Sequence[Node]) -> bool:
        """Whether one of several parts only says what is not so, as `nobody died` beside a crime."""
        text = words_of_text(node)
        denied = denies(tidy(text).split()[:1]) and len(among) > 1 and " " in text
        if denied and not self.rulebook.words.read(fact.id, text):
            self.notes.append(f"not read: {quoted(text)}")
            return True
        return False

    def _listed(self, fact: Fact, node: Node) -> tuple[Node, ...]:
        """The parts of a text that names several values, as `fraud, bribery and theft`."""
        whole = isinstance(node, Text) and (
            node.value.strip() in fact.values
            or self.rulebook.words.whole(fact.id, node.value)
            or any(JOINED.search(it.phrase) for it in self.rulebook.words.mentions(fact.id, node.value))
        )
        if whole or not isinstance(node, Text):
            return (node,)
        named = tuple(Text(part, node.line) for part in JOINED.split(node.value.strip()) if part)
        if self._tells_one(fact, node.value, named):
            return (node,)
        return named[:1] + tuple(part for part in named[1:] if not self._goes_with(fact, named[0], part))

    def _goes_with(self, fact: Fact, first: Text, part: Text) -> bool:
        """Whether a word says nothing by itself, and with the verb of the first part the same as that:
        `cargo` of `stealing of lorries and cargo`."""
        read, verb = self.rulebook.words.read, next(iter(first.value.split()), "")
        meant = read(fact.id, f"{verb} {part.value}")
        alone = part.value.strip() in fact.values or read(fact.id, part.value)
        return not alone and bool(meant) and meant == read(fact.id, first.value)

    def _tells_one(self, fact: Fact, text: str, parts: tuple[Text, ...]) -> bool:
        """Whether a sentence tells one value, and its other parts tell of other things."""
        if len(parts) < 2 or " and " in text or len(self.rulebook.words.read(fact.id, text)) != 1:
            return False
        read = [part.value in fact.values or self.rulebook.words.read(fact.id, part.value) for part in parts]
        return any(read) and not all(read)

    def _values(self, fact: Fact, node: Node) -> tuple[str, ...]:
        """The values that a word stands for: itself, or what people mean by it, which is said back."""
        if not isinstance(node, Text):
            self.problem(f"`{fact.id}` takes words", node.line, "write `[one, two]`")
            return ()
        word = node.value.strip()
        if word in fact.values:
            return (word,)
        key = as_id(word)
        if key not in fact.values and self._in_doubt(word):
            return (self._open_as(fact, word),)
        if YES in fact.values:
            key = TRI.get(key, key)
        if key in fact.values:
            return (key,)
        if fact.type == "instruments" and (named := self._instrument(fact, word)):
            return (named,)
        if (
            fact.type == "choice"
            and " " in word
            and not self.rulebook.words.whole(fact.id, word)
            and self.is_answer(fact, word)
        ):
            answered = self.answered(fact, word)
            if answered is not None:
                return answered
        if compared := self._compared(fact, word):
            return compared
        text, meant = word, self.rulebook.words.read(fact.id, word)
        if not meant:
            text = " and ".join(part for part in JOINED.split(word[:LONGEST]) if part)
            meant = self.rulebook.words.read(fact.id, text)
        if len(meant) > 1 and (fitting := self.presumed.get(fact.id)) in meant:
            meant = (fitting,)
        if meant and (len(meant) == 1 or fact.type in ("many", "instruments")):
            halves = self.rulebook.words.halves(fact.id, text, meant)
            others = tuple(value for _, alone in halves for value in alone if value not in meant)
            if not others:
                self._said_back(word, " and ".join(meant), fact.id, halves)
                return meant
            meant = (*meant, *dict.fromkeys(others))
        elif not meant:
            mentions = self.rulebook.words.mentions(fact.id, word)
            several = tuple(dict.fromkeys(value for it in mentions for value in it.targets))
            if fact.type == "many" and len(several) > 1 and all(len(it.targets) == 1 for it in mentions):
                self._said_back(word, " and ".join(several), fact.id)
                return several
            meant = several if len(several) > 1 else ()
        several_words = " " in word or fact.urgent
        if several_words and fact.type == "choice" and (answered := self.answered(fact, word)) is not None:
            return answered
        near = self.rulebook.words.closest_spelling(fact.id, word, (*fact.values, UNKNOWN))
        sentence = is_sentence(node)
        asks = not meant and (sentence or not near)
        by_meaning = may_mean(self.rulebook.words, fact.id, word, fact.values) if asks else ()
        if not near and (surely := surely_meant(by_meaning)):
            self._said_back(word, f"{' and '.join(surely)}, {BY_MEANING}")
            return surely
        allowed = sorted((*fact.values, UNKNOWN))
        shown = ", ".join(allowed)
        either = f"it could mean {either_of(meant)}; " if len(meant) > 1 else ""
        near = None if sentence else near
        sure = near or self.rulebook.words.meant_otherwise(fact.id, word) or (either and fact.type == "many")
        asked = asked_back(by_meaning)
        fix = (
            either
            + self._to_compare(fact, word)
            + (f"did you mean `{near}`? " if near and not either else self._of_another(fact, word))
            + (f"{asked}; " if asked else "")
            + f"allowed: {shown}"
        )
        if fact.urgent and sentence and not (either or self._of_another(fact, word)):
            says = (
                f"`{value}` ({fact.values[value]})" if fact.values[value] else f"`{value}`"
                for value in allowed
                if value in fact.values
            )
            fix = f"{fact.asks} Write {', '.join(says)}"
        # One word may be a slip of the pen, and a danger is never left out.
        aside = word if " " in word and (sentence or not sure) and not fact.urgent else ""
        message = f"{quoted(word)} is not a value of `{fact.id}`"
        self.problem(message, node.line, fix, aside=aside, unread=word, fact=fact.id)
        return ()

    def _of_another(self, fact: Fact, word: str) -> str:
        """What to write where the words tell another fact, and only one; empty where none or several."""
        if instead := self.rulebook.words.meant_otherwise(fact.id, word):
            return f"{instead}; "
        read = self.rulebook.words.whole  # a word in a sentence tells nothing of what the line is for
        topics = (name for name in self.rulebook.words.by_topic if name in self.rulebook.facts)
        readings = {name: meant for name in topics if name != fact.id if len(meant := read(name, word)) == 1}
        if len(readings) != 1:
            return ""
        ((name, (value,)),) = readings.items()
        return f"write `{name}: {value}`; "

    def _instrument(self, fact: Fact, word: str) -> str | None:
        """The instrument that goes by a short or a full name."""
        instruments = (self.rulebook.instruments[id] for id in fact.values if id in self.rulebook.instruments)
        asked = word.casefold()
        return next((it.id for it in instruments if asked in (it.short.casefold(), it.name.casefold())), None)

    def _in_doubt(self, word: str) -> bool:
        """Whether a word says that something is not known, or that opinions differ on it."""
        return bool(in_doubt(word))

    def _open_as(self, fact: Fact, word: str) -> str:
        """What a doubt is read as: that it is not known, or the value that the words give for it, as with a
        risk that nobody has looked into."""
        doubt = UNKNOWN if word == "?" else in_doubt(word)
        meant = self.rulebook.words.read(fact.id, doubt)
        read = meant[0] if len(meant) == 1 else UNKNOWN
        if read != UNKNOWN or word.lower() not in (UNKNOWN, "?"):
            self._said_back(word, read)
        return read

    def _said_back(self, word: str, meant: str, topic: str = "", halves: Halves = ()) -> None:
        """Tell what was read differently from what was written, and what to write where a topic has another
        meaning of it. halves: the parts of it that are not read, or mean something else."""
        reading = ", ".join(filter(None, (meant, self.rulebook.words.meant_otherwise(topic, word))))
        unread = [part for part, alone in halves if not alone]
        weighty = [part for part in unread if self.weighs(part, topic)]
        left = [quoted(part) for part in unread if part not in weighty]
        also = [f"{quoted(part)} would be {' or '.join(alone)}" for part, alone in halves if alone]
        rest = (f"not read: {', '.join(left)}" if left else "", *also, "write a need for it" if also else "")
        reading = "; ".join(filter(None, (reading, *rest)))
        self.notes.append(f"{quoted(word)} is read as {reading.replace('_', ' ')}")
        self.say_unread(weighty)

    def _number(self, fact: Fact, word: str, line: int) -> int | None:
        if len(word) > LONGEST_TEXT:
            units = fact.unit or "units"
            self.problem(
                f"{quoted(word)} is not a number for `{fact.id}`", line, f"write a whole number of {units}"
            )
            return None
        match = TERM.fullmatch(word.lower())
        if match is None and fact.unit == "months":
            match = term_of(word.lower())
        meant = () if match else self.rulebook.words.read(fact.id, word)
        if not match and (instead := self.rulebook.words.meant_otherwise(fact.id, word)):
            self.problem(f"{quoted(word)} is not a number for `{fact.id}`", line, instead)
            return None
        if not match and self.is_none(fact, word):
            self.notes.append(f"{quoted(word)} is read as `{fact.id}`: that there is none")
            return None
        if meant:
            self._said_back(word, f"{meant[0]} {fact.unit or ''}".strip())
            return int(meant[0])
        in_days = fact.unit == "days" and not (match and (match[2] or "d").startswith("d"))
        days = days_in_words(self.rulebook.words, word, self.as_of) if in_days else None
        if days is None and fact.id == self.rulebook.clocks.needed and self.as_of is not None:
            ahead = days_to(word, self.as_of)
            if ahead is None:
                ahead = soonest_event(self.rulebook.words, word, self.as_of)
            to_come = [day for day in two_days(word) if day >= self.as_of]
            if ahead is None and len(to_come) == 1:  # of `3/12/2026` the one that has not passed
                ahead = (to_come[0] - self.as_of).days
            days = ahead if ahead is not None and ahead >= 0 else None
            if days is None and (day := day_within(word, self.as_of)):
                days = (day - self.as_of).days
        if days is not None:
            self._said_back(word, in_words(days))
            return days
        ahead_of = fact.id == self.rulebook.clocks.needed
        if not match and ahead_of and (read := pressing_by_name(self.rulebook.words, word, self.as_of)):
            self.notes.append(f"{quoted(word)} {read[1]}")
            return read[0]
        if not match and ahead_of and len(word.split()) > FEWEST and self.tells_danger(word):
            self.notes.append(f"{quoted(word)} tells a danger, and not by when an answer is needed")
            return None
        if not match:
            words = "`tonight`, `next week`, " if ahead_of else ""
            dated = f"{_either_day(word) or 'a date as `2026-11-24`'}, " if ahead_of else ""
            self.problem(
                f"{quoted(word)} is not a number for `{fact.id}`",
                line,
                f"write {words}a whole number of {fact.unit or 'units'}, {dated}or `unknown`",
                aside=word if " " in word else "",
            )
            return None
        number, unit = int(match[1]), (match[2] or "")[:1]
        if fact.unit == "months" and not unit and number < MAY_BE_YEARS and number % 6:
            self._said_back(word, f"{number} month{'' if number == 1 else 's'}")
        if fact.unit == "months" and unit == "y":
            number *= 12
        elif unit and unit != (fact.unit or "-")[0]:
            units = fact.unit or "units"
            self.problem(
                f"{quoted(word)} is not in {units} (`{fact.id}`)", line, f"write a whole number of {units}"
            )
            return None
        if RANGE.search(MOST.sub("", word.lower())):
            self._said_back(word, f"{number} {fact.unit}")
        if number > 100_000:
            self.problem(
                f"{quoted(word)} is too large for `{fact.id}`",
                line,
                f"it is counted in {fact.unit or 'units'}",
            )
            return None
        return number

    def day(self, word: str, line: int, past: bool = False) -> date | None:
        fault = day_fault(word)
        if fault is None:
            return date.fromisoformat(word)
        meant = written_day(word) or (day_gone(self.rulebook.words, word, self.as_of) if self.as_of else None)
        if meant is None and self.as_of is not None:
            meant = day_before(word, self.as_of) if past else written_day(word, self.as_of)
        if meant is not None:
            self._said_back(word, meant.isoformat())
            return meant
        fix = f"write year-month-day, {_either_day(word) or 'as `2026-11-24`'}"
        self.problem(f"{quoted(word)} {fault}", line, fix, aside=word if " " in word else "")
        return None

    def text(self, node: Node, what: str) -> str:
        if not isinstance(node, Text):
            self.problem(f"`{what}` takes one line of text", node.line, "write it on the same line")
            return ""
        if len(node.value) > LONGEST_TEXT:
            self.problem(
                f"`{what}` has {len(node.value)} characters; at most {LONGEST_TEXT} are read",
                node.line,
                "shorten it",
            )
            return ""
        return " ".join(node.value.split())

    def choice(self, node: Node, topic: str, allowed: tuple[str, ...], what: str) -> str:
        """The value of a need's own part, as its measure, that a word stands for; empty with a fault."""
        word = self.single_word(topic, node)
        if word is None:
            return ""

        def otherwise() -> str:
            shown = in_plain_groups(self.rulebook) if topic == MEASURE else ", ".join(allowed)
            asked = "`routing ask` with this file helps to find it; " if as_id(word) == UNKNOWN else ""
            return asked + shown

        several = "write one, or one need for each"
        try:
            meant = value_meant(self.rulebook, topic, word, allowed, what, several, otherwise)
        except Problems as faults:
            unread = word if topic == MEASURE and not self.rulebook.words.mentions(topic, word) else ""
            for fault in faults.problems:
                own_words = topic == MEASURE and len(word.split()) > 1
                self.problem(fault.message, node.line, fault.fix, own_words, unread)
            return ""
        if meant != as_id(word):
            halves = self.rulebook.words.halves(topic, word, (meant,))
            by_meaning = topic == MEASURE and not self.rulebook.words.read(topic, word)
            self._said_back(word, f"{meant}, {BY_MEANING}" if by_meaning else meant, topic, halves)
        return meant

    def state(self, node: Node | None) -> str | None:
        if node is None:
            return None
        if not isinstance(node, Text):
            self.problem(
                "one State is expected here",
                node.line,
                "write its two- or three-letter code; one need for each State",
            )
            return None
        word = node.value.strip()
        if says_unknown(word):
            return None
        match = state_told(word, self.rulebook.words, self.states)
        first = word.split(",")[0]  # `Paris, tribunal judiciaire`
        if match is None and first != word and not says_unknown(first):
            match = find_state(first, self.rulebook.words, self.states)
        if match is None:
            fix = suggest_state(word[:60], self.rulebook.words, self.states)
            aside = word if is_sentence(node) and not names_body(word, self.rulebook.words) else ""
            self.problem(f"{quoted(word)} is not a State", node.line, fix, aside=aside)
            return None
        if match.note:
            self.notes.append(match.note)
        answers = answering_state(match.place.alpha3, self.rulebook.words, self.states)
        if answers != match.place.alpha3:
            self.notes.append(f"{match.place.name} is a part of {self.states.name(answers)}, which is asked")
        return answers


def _either_day(text: str) -> str:
    """Both days that a date in figures can mean, each in words and as it is written here."""
    return " or ".join(f"`{day.isoformat()}` for {day:%-d %B}" for day in two_days(text))
