"""From a case file to a Case: every fault at once, with line, words and fix."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from routing.case.model import Assumptions, Case, Need, Stated
from routing.case.several import SEPARATORS, separated
from routing.core.answer_date import day_fault
from routing.core.domain import KINDS_OF_NEED, NO, UNKNOWN, YES, Fact
from routing.core.errors import CaseProblems, Problem, nearest, one_of
from routing.law.states import States
from routing.rulebook.measures_meant import in_plain_groups, measures_meant, only_offered
from routing.rulebook.model import Rulebook
from routing.rulebook.parse.conditions import TIE_VALUES
from routing.rulebook.state_names import find_state, suggest_state
from routing.rulebook.words import KIND, MEASURE, NUMBERS, as_id, core_time
from routing.yaml.tree import Items, Mapping, Node, Text

TOP = ("title", "state", "as_of", "assume", "needs", "note")
IN_NEED = ("id", "kind", "measure", "with", "via", "note")
CONSENT = (YES, NO, "requested", UNKNOWN)
LONGEST_TEXT = 500
MOST_NEEDS = 100
MOST_PROBLEMS = 200
NEED_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
TERM = re.compile(r"(\d{1,6})\s*(months?|m|years?|yrs?|y|days?|d)?")
MOST = re.compile(r"^(?:(?:up to|at most|max(?:imum|\.)?|of) )+")
"""What stands before a term and does not change the number."""
TRI = {"true": YES, "false": NO, "y": YES, "n": NO}
IN_DOUBT = frozenset(
    {
        UNKNOWN,
        "?",
        "contested",
        "disputed",
        "doubtful",
        "unclear",
        "not_sure",
        "not_known",
        "don't_know",
        "do_not_know",
    }
)
"""Words for what is not known, with `_` for a blank; all but the first two are said back."""
AHEAD = "days_until_needed"  # the fact that may be told as a date
CAME_BY = "material_channel"  # the fact that the words for material in use may tell
COUNTED = frozenset(word for word, number in NUMBERS.items() if number >= 1)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class _CaseReader:
    def __init__(self, name: str, rulebook: Rulebook, states: States, as_of: date | None) -> None:
        self.name = name
        self.as_of = as_of
        self.rulebook = rulebook
        self.states = states
        self.problems: list[Problem] = []
        self.notes: list[str] = []

    def problem(self, said: str, line: int, fix: str | None = None) -> None:
        self.problems.append(Problem(said, self.name, line, fix))
        if len(self.problems) == MOST_PROBLEMS:
            # Looking for near words takes time; a file with this many faults is not a case.
            self.problems.append(
                Problem("more faults follow and are not listed", self.name, line, "correct these first")
            )
            raise self.found()

    def found(self) -> CaseProblems:
        return CaseProblems(sorted(self.problems, key=lambda problem: problem.line or 0))

    def case(self, tree: Node) -> Case | None:
        if not isinstance(tree, Mapping):
            self.problem(
                "a case is a block of `key: value` lines",
                tree.line,
                "start with `title:` and `needs:`; `routing new` writes one to fill in",
            )
            return None
        written_day = tree.get("as_of")
        if isinstance(written_day, Text) and day_fault(written_day.value.strip()) is None:
            self.as_of = date.fromisoformat(written_day.value.strip())
        facts, plain = self._entries(tree, TOP, "case")
        needs_node = plain.get("needs")
        needs: list[Need] = []
        if not isinstance(needs_node, Items) or not needs_node.values:
            self.problem(
                "the case has no needs",
                needs_node.line if needs_node else tree.line,
                "add `needs:` and under it `- measure: ...`",
            )
        elif len(needs_node.values) > MOST_NEEDS:
            self.problem(
                f"the case has {len(needs_node.values)} needs; at most {MOST_NEEDS} are read",
                needs_node.line,
                "split the case",
            )
        else:
            for number, node in enumerate(needs_node.values, 1):
                for single in self._singly(node, number):
                    need = self._need(single, number, facts)
                    if need is not None:
                        needs.append(need)
            if len(needs) > MOST_NEEDS:
                said = (
                    f"the case has {len(needs)} needs, one for each State, measure and purpose; at most"
                    f" {MOST_NEEDS} are read"
                )
                self.problem(said, needs_node.line, "split the case")
        seen: set[str] = set()
        for need in needs:
            if need.id in seen:
                self.problem(f"two needs are called `{need.id}`", need.line, "give each its own id")
            seen.add(need.id)
        as_of = self._date(plain["as_of"]) if "as_of" in plain else None
        state = self._state(plain.get("state"))
        for need in needs:
            if state is not None and need.partner == state:
                self.problem(
                    f"need `{need.id}`: the requesting and the requested State are the same, {state}",
                    need.line,
                    "name the other State under `with:`; a territory has a code of its own",
                )
        assume = self._assume(plain.get("assume"))
        title = self._text(plain["title"]) if "title" in plain else ""
        if self.problems:
            return None
        return Case(
            title=title,
            state=state,
            as_of=as_of,
            facts=facts,
            needs=tuple(needs),
            assume=assume,
            notes=tuple(dict.fromkeys(self.notes)),
        )

    def _singly(self, node: Node, number: int) -> tuple[Node, ...]:
        """The needs that an entry stands for, one for each State, measure and purpose that it names."""
        if not isinstance(node, Mapping):
            return (node,)
        found, note = separated(
            node,
            number,
            self.rulebook,
            lambda text: find_state(text, self.rulebook.words, self.states) is not None,
        )
        if note:
            self.notes.append(note)
        return found

    def _need(self, node: Node, number: int, shared: dict[str, Stated]) -> Need | None:
        if not isinstance(node, Mapping):
            self.problem("a need is a block of `key: value` lines", node.line, "start with `- measure: ...`")
            return None
        facts, plain = self._entries(node, IN_NEED, "need")
        before = len(self.problems)
        need_id = self._text(plain["id"]) if "id" in plain else f"need-{number}"
        if not NEED_ID.fullmatch(need_id):
            self.problem(
                f"{_quoted(need_id)} is not an id for a need",
                plain["id"].line,
                "use letters, digits, `-` and `_`, 40 at most",
            )
        kind = (
            self._choice(plain["kind"], KIND, KINDS_OF_NEED, "kind of need") if "kind" in plain else "request"
        )
        only = only_offered(self.rulebook, kind) if kind else None
        if only is not None:
            measure, came = self._only(only, kind, plain.get("measure"), {**shared, **facts})
            facts |= {CAME_BY: came} if came else {}
        elif "measure" in plain:
            measure = self._choice(plain["measure"], MEASURE, tuple(self.rulebook.measures), "measure")
        else:
            measure = self._measure_told(need_id, node.line, plain, {**shared, **facts})
        partner = self._state(plain.get("with"))
        via = self._via(plain.get("via"))
        if len(self.problems) > before:
            return None
        return Need(
            id=need_id, kind=kind, measure=measure, partner=partner, via=via, facts=facts, line=node.line
        )

    def _only(self, only: str, kind: str, written: Node | None, said: dict[str, Stated]) -> tuple[str, str]:
        """The only measure of a kind of need, whatever the case calls it, and how the material came to us
        where the word tells it and the case does not; another word is said back."""
        word = written.value.strip() if isinstance(written, Text) else ""
        if not word or as_id(word) == only:
            return only, ""
        silent = kind == "use" and CAME_BY not in said
        came = next(iter(self.rulebook.words.read(CAME_BY, word.replace("_", " ")) if silent else ()), "")
        meant = f"{only.replace('_', ' ')}{f', `{CAME_BY}: {came}`' if came else ''}"
        self.notes.append(
            f"{_quoted(word)} is read as {meant}, as the kind is `{kind}`; to ask anew: `kind: request`"
        )
        return only, came

    def _measure_told(self, need_id: str, line: int, plain: dict[str, Node], said: dict[str, Stated]) -> str:
        """The measure of a need that names none: the only one that its note or its facts fit."""
        note = plain.get("note")
        beyond = self.rulebook.words.outside(note.value) if isinstance(note, Text) else None
        if beyond is not None:
            uncovered = f"need `{need_id}` asks for what is not covered"
            self.problem(uncovered, line, self.rulebook.warnings[beyond].says)
            return ""
        named = self.rulebook.words.read(MEASURE, note.value) if isinstance(note, Text) else ()
        fitting = named or measures_meant(self.rulebook, said)
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
        )
        return ""

    def _entries(
        self, node: Mapping, keys: tuple[str, ...], where: str
    ) -> tuple[dict[str, Stated], dict[str, Node]]:
        facts: dict[str, Stated] = {}
        plain: dict[str, Node] = {}
        for key, value in node.entries:
            if key.value in keys:
                if not (isinstance(value, Text) and value.absent):
                    plain[key.value] = value
                continue
            fact = self.rulebook.facts.get(key.value)
            if fact is None:
                told = [f.id for f in self.rulebook.facts.values() if f.told]
                near = nearest(key.value, [*keys, *told])
                self.problem(
                    f"{_quoted(key.value)} is not part of a {where}",
                    key.line,
                    f"did you mean `{near}`?" if near else "`routing schema case` lists the facts",
                )
            elif not self._may_state(fact, key, where) or (isinstance(value, Text) and value.absent):
                continue
            else:
                stated = self._stated(fact, value)
                if stated is not None:
                    facts[key.value] = stated
        return facts, plain

    def _may_state(self, fact: Fact, key: Text, where: str) -> bool:
        if fact.derived:
            self.problem(f"`{fact.id}` is concluded by rules, not told", key.line, "leave it out")
        elif where == "need" and fact.of == "case":
            self.problem(f"`{fact.id}` is one for the whole case", key.line, "move it above `needs:`")
        elif fact.looked_up and "from" in fact.looked_up:
            self.problem(f"`{fact.id}` belongs to the measure", key.line, "leave it out")
        else:
            return True
        return False

    def _stated(self, fact: Fact, node: Node) -> Stated | None:
        if fact.type in ("many", "instruments"):
            items = node.values if isinstance(node, Items) else self._listed(fact, node)
            read = [value for item in items for value in self._values(fact, item)]
            return tuple(dict.fromkeys(read))
        if fact.type == "text" and isinstance(node, Items) and node.values:
            return " and ".join(filter(None, map(self._text, node.values)))
        if not isinstance(node, Text):
            self.problem(f"`{fact.id}` takes one value", node.line, "write it on the same line")
            return None
        word = node.value.strip()
        if self._in_doubt(word):
            return UNKNOWN
        if fact.type == "number":
            return self._number(fact, word, node.line)
        if fact.type == "date":
            return self._date(node)
        if fact.type == "state":
            return self._state(node)
        if fact.type == "text":
            return self._text(node)
        values = self._values(fact, node)
        return values[0] if values else None

    def _listed(self, fact: Fact, node: Node) -> tuple[Node, ...]:
        """The parts of a text that names several values, as `fraud, bribery and theft`."""
        whole = isinstance(node, Text) and (
            node.value.strip() in fact.values or self.rulebook.words.whole(fact.id, node.value)
        )
        if whole or not isinstance(node, Text):
            return (node,)
        return tuple(Text(part, node.line) for part in SEPARATORS.split(node.value.strip()) if part)

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
            return (UNKNOWN,)
        if YES in fact.values:
            key = TRI.get(key, key)
        if key in fact.values:
            return (key,)
        if fact.type == "instruments" and (named := self._instrument(fact, word)):
            return (named,)
        meant = self.rulebook.words.read(fact.id, word)
        if meant and (len(meant) == 1 or fact.type in ("many", "instruments")):
            self._said_back(word, " and ".join(meant))
            return meant
        near = self.rulebook.words.nearest(fact.id, word, (*fact.values, UNKNOWN))
        allowed = sorted((*fact.values, UNKNOWN))
        shown = ", ".join(allowed[:30]) + (", ..." if len(allowed) > 30 else "")
        either = f"it could mean {_either(meant)}; " if len(meant) > 1 else ""
        self.problem(
            f"{_quoted(word)} is not a value of `{fact.id}`",
            node.line,
            either + (f"did you mean `{near}`? " if near else "") + f"allowed: {shown}",
        )
        return ()

    def _instrument(self, fact: Fact, word: str) -> str | None:
        """The instrument that goes by a short or a full name."""
        known = (self.rulebook.instruments[id] for id in fact.values if id in self.rulebook.instruments)
        asked = word.casefold()
        return next((it.id for it in known if asked in (it.short.casefold(), it.name.casefold())), None)

    def _in_doubt(self, word: str) -> bool:
        """Whether a word says that something is not known, or that opinions differ on it."""
        key = word.lower().replace(" ", "_")
        if key in IN_DOUBT and key not in (UNKNOWN, "?"):
            self._said_back(word, UNKNOWN)
        return key in IN_DOUBT

    def _said_back(self, word: str, meant: str) -> None:
        """Tell what was read differently from what was written."""
        self.notes.append(f"{_quoted(word)} is read as {meant.replace('_', ' ')}")

    def _number(self, fact: Fact, word: str, line: int) -> int | None:
        found = TERM.fullmatch(word.lower())
        if fact.unit == "months":
            first, _, rest = MOST.sub("", word.lower()).partition(" ")
            digits = f"{NUMBERS[first]:.0f}" if first in COUNTED else first
            found = found or (TERM.fullmatch(f"{digits} {rest}") if rest else None)
        meant = self.rulebook.words.read(fact.id, word)
        if found is None and meant:
            self._said_back(word, f"{meant[0]} {fact.unit or ''}".strip())
            return int(meant[0])
        days = None if found or fact.unit != "days" else self._days(word)
        if days is None and fact.id == AHEAD:
            days = self._days_to(word)
        if days is not None:
            self._said_back(word, f"{days} day{'' if days == 1 else 's'}")
            return days
        if not found:
            dated = "a date as `2026-11-24`, " if fact.id == AHEAD else ""
            self.problem(
                f"{_quoted(word)} is not a number for `{fact.id}`",
                line,
                f"write a whole number of {fact.unit or 'units'}, {dated}or `unknown`",
            )
            return None
        number, unit = int(found[1]), (found[2] or "")[:1]
        if fact.unit == "months" and unit == "y":
            number *= 12
        elif unit and unit != (fact.unit or "-")[0]:
            units = fact.unit or "units"
            self.problem(
                f"{_quoted(word)} is not in {units} (`{fact.id}`)", line, f"write a whole number of {units}"
            )
            return None
        if number > 100_000:
            self.problem(
                f"{_quoted(word)} is too large for `{fact.id}`",
                line,
                f"it is counted in {fact.unit or 'units'}",
            )
            return None
        return number

    def _days(self, word: str) -> int | None:
        """A time in words as days from the day of the case: `tonight`, `in 3 hours`, `Monday`."""
        days = self.rulebook.words.days(word)
        if days is not None or self.as_of is None:
            return days
        name = core_time(word).removeprefix("next ")
        if name == "end month":
            return monthrange(self.as_of.year, self.as_of.month)[1] - self.as_of.day
        if name not in WEEKDAYS:
            return None
        return (WEEKDAYS.index(name) - self.as_of.weekday()) % 7 or 7

    def _days_to(self, word: str) -> int | None:
        """The days from the day of the case to a date; None for a date before it."""
        if self.as_of is None or day_fault(word) is not None:
            return None
        days = (date.fromisoformat(word) - self.as_of).days
        return days if days >= 0 else None

    def _date(self, node: Node) -> date | None:
        word = node.value.strip() if isinstance(node, Text) else ""
        fault = day_fault(word)
        if fault is None:
            return date.fromisoformat(word)
        self.problem(f"{_quoted(word)} {fault}", node.line, "write year-month-day, as `2026-11-24`")
        return None

    def _text(self, node: Node) -> str:
        if not isinstance(node, Text):
            self.problem("a line of text is expected here", node.line)
            return ""
        if len(node.value) > LONGEST_TEXT:
            self.problem(
                f"the text has {len(node.value)} characters; at most {LONGEST_TEXT} are read",
                node.line,
                "shorten it",
            )
            return ""
        return " ".join(node.value.split())

    def _choice(self, node: Node, topic: str, allowed: tuple[str, ...], what: str) -> str:
        word = node.value.strip() if isinstance(node, Text) else ""
        key = as_id(word)
        if key in allowed:
            return key
        beyond = self.rulebook.words.outside(word) if topic == MEASURE else None
        if beyond is not None:
            self.problem(f"{_quoted(word)} is not covered", node.line, self.rulebook.warnings[beyond].says)
            return ""
        meant = self.rulebook.words.read(topic, word)
        if len(meant) == 1:
            self._said_back(word, meant[0])
            return meant[0]
        near = self.rulebook.words.nearest(topic, word, allowed)
        mentions = self.rulebook.words.mentions(topic, word)
        mentioned = dict.fromkeys((*meant, *(target for mention in mentions for target in mention.targets)))
        shown = in_plain_groups(self.rulebook) if topic == MEASURE else ", ".join(allowed)
        if key == UNKNOWN:
            shown = f"`routing ask` with this file helps to find it; {shown}"
        if len(mentioned) == 1:
            fix = f"did you mean `{next(iter(mentioned))}`?"
        elif mentioned:
            fix = f"it could mean {_either(mentioned)}: write one, or one need for each"
        else:
            fix = f"did you mean `{near}`?" if near else shown
        self.problem(f"{_quoted(word)} is not a {what}", node.line, fix)
        return ""

    def _state(self, node: Node | None) -> str | None:
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
        if word.lower() in ("", UNKNOWN, "?"):
            return None
        found = find_state(word, self.rulebook.words, self.states)
        if found is None:
            fix = suggest_state(word[:60], self.rulebook.words, self.states)
            self.problem(f"{_quoted(word)} is not a State", node.line, fix)
            return None
        if found.note:
            self.notes.append(found.note)
        return found.place.alpha3

    def _via(self, node: Node | None) -> dict[str, str]:
        if node is None:
            return {}
        if not isinstance(node, Mapping):
            self.problem(
                "`via` lists the States crossed, each with its consent",
                node.line,
                "write `via: {STATE: yes, STATE: requested}` with the code of each",
            )
            return {}
        found: dict[str, str] = {}
        for key, value in node.entries:
            before = len(self.problems)
            code = self._state(key)
            word = value.value.strip().lower() if isinstance(value, Text) else ""
            word = TRI.get(word, word)
            if word not in CONSENT:
                self.problem(f"{_quoted(word)} is not a consent", value.line, one_of(word, CONSENT))
            elif code in found:
                self.problem(f"{_quoted(key.value)} is crossed twice", key.line, "keep one of them")
            elif code:
                found[code] = word
            elif len(self.problems) == before:
                self.problem(
                    f"{_quoted(key.value)} names no State that is crossed",
                    key.line,
                    "leave it out until the State is known",
                )
        return found

    def _assume(self, node: Node | None) -> Assumptions:
        if node is None:
            return Assumptions()
        ties_node = node.get("ties") if isinstance(node, Mapping) else None
        if not isinstance(node, Mapping) or not isinstance(ties_node, Mapping) or len(node.entries) != 1:
            example = next(iter(self.rulebook.instruments), "instrument")
            self.problem(
                "`assume` takes `ties`", node.line, f"write `assume: {{ties: {{{example}: in_force}}}}`"
            )
            return Assumptions()
        ties: dict[str, str] = {}
        for key, value in ties_node.entries:
            word = value.value.strip() if isinstance(value, Text) else ""
            if key.value not in self.rulebook.instruments:
                self.problem(
                    f"{_quoted(key.value)} is not an instrument",
                    key.line,
                    one_of(key.value, self.rulebook.instruments),
                )
            elif word not in (*TIE_VALUES, UNKNOWN):
                self.problem(
                    f"{_quoted(word)} is not a status of an instrument",
                    value.line,
                    one_of(word, [*TIE_VALUES, UNKNOWN]),
                )
            else:
                ties[key.value] = word
        return Assumptions(ties=ties)


def read_case(tree: Node, name: str, rulebook: Rulebook, states: States, as_of: date | None = None) -> Case:
    """The case in a tree read from `name`.

    as_of: the day from which weekdays are counted where the case gives none of its own.

    Raises CaseProblems naming every fault with its line.
    """
    reader = _CaseReader(name, rulebook, states, as_of)
    case = reader.case(tree)
    if reader.problems or case is None:
        raise reader.found()
    return case


def _either(names: Iterable[str]) -> str:
    return " or ".join(f"`{name}`" for name in names)


def _quoted(word: str) -> str:
    """The writer's own words on one line, at a length that can be read."""
    return f"`{' '.join(word.split())[:60]}`"
