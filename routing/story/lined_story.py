"""A file of lines that cannot be read as a case, as a story: each line as a sentence, and who asks whom."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from routing.case.danger_words import at_risk, closed_at_its_end
from routing.case.denied_lines import answer_in, denied_by_name
from routing.case.line_names import PARTNER
from routing.case.line_sides import ASKED, ASKS, BARE, US
from routing.case.sought_lines import NUMBERED
from routing.case.times import LONGEST_TIME
from routing.core.domain import ANSWER, NO, REQUEST
from routing.core.limits import check_limits
from routing.core.printable import capital_first
from routing.core.records import Record, replace
from routing.law.states import StateEntry, StateMatch, States
from routing.rulebook.denial import denies
from routing.rulebook.spelling import as_id, tidy
from routing.rulebook.state_names import find_state, state_told
from routing.rulebook.words import ACTOR, JOINED, LINE_KIND, MEASURE, NAME_LINE, STATE, TOWN, Words
from routing.story.lines import FIRST
from routing.story.sides import OWN, THEIRS, Side
from routing.story.written import put_together
from routing.yaml.free_lines import NUMBER as COUNTS

NAME = r"((?:(?![.!?]\s)[^:#=]){1,80}?)"
LINE = re.compile(rf"\s*(?:[-*]\s+)?(?:{NAME}\s*(?::(?=\s|$)|\s=(?=\s|$)))?\s*(.*?)\s*")
"""A line of a file: what it is called, and what it says. No name goes on after the end of a sentence."""
DASHED = re.compile(r"\s*([^:#=]{1,80}?)\s+[-\u2013\u2014]\s+(.*?)\s*")
"""The same with a dash between, which counts where the name is one that lines have."""
NAMED = re.compile(r"[^:]{1,60}:\s")
"""How a line begins that has a name; the number before it is none of its words."""
SIDES_OF = {STATE: OWN, PARTNER: THEIRS}
REMARK = re.compile(r"(?:^|\s)#(?:\s.*|$)")
"""A remark as a file has it; `account #12` is none."""
BLOCK = frozenset({"|", ">", "|-", ">-", "[]", "{}"})
"""What stands after the name of a line that goes on below it."""
ASKS_OR_CALLS = ("?", "!")
WRAPPED, ENDS = 60, (".", "!", "?", ":", ";")
SPEAKERS = (["we"], ["i"], ["they"])
NO_DANGER = "No danger."
THEIR = frozenset({"their", "they", "them"})
OF_WHAT = frozenset({"to", "for", "on", "that"})  # what is asked follows, and not who asks
WHO_ASKS_US, ASKED_FOR, DONE = frozenset({"they", "us"}), "asked_for", "done"


class LinedStory(Record):
    """A file of lines as a story. text: its sentences; sides: the State of each side of which a line says by
    what it is called that it is ours, or the other one; kinds: whether we ask or are asked, as far as a line
    tells who asks, both where none says whether that is us; who: that line; of_case: what each line says that
    stands for one of a case, with the name of that."""

    text: str
    sides: tuple[Side, ...] = ()
    kinds: tuple[str, ...] = ()
    who: str = ""
    of_case: tuple[tuple[str, str], ...] = ()


class _Row(Record):
    """A line. state: the one that it names; line: that of a case for which it stands, if one; side: whether
    it names who asks or who is asked; kind: what it is called tells of who asks whom; ours: whether it says
    of its State that it is ours, or of what is sought that we seek it; clause: whether it is called as
    somebody speaks (`they ask us two things`), and not as a line is."""

    key: str
    says: str
    state: StateMatch | None
    line: str
    side: str
    kind: str
    ours: bool
    clause: bool


def story_of_lines(
    text: str,
    words: Words,
    states: States,
    unnamed: Callable[[str, str], bool] = lambda _, __: False,
    when: str = "",
) -> LinedStory:
    """The lines of a file as a story. Our State is said first, and the other one; what is called as another
    line of a case says as much; of any other its name stays before it.

    What is needed is asked by us, or of us, as the names of the lines tell it: `they want` is asked of us,
    `want` beside `who asks` is if that is another State than ours. unnamed: whether what a line is called
    tells nothing beside what it says, as that of a danger with a no. when: the line for the time by which
    something is needed; what it says at length, or denies, is said as it stands.
    """
    rows = _with_sender([_row(key, says, words, states) for key, says in _lines(text, words)], words, states)
    leads = dict(row.split(" ", 1) for row in words.story.get("leads_of_lines", ()))
    placed = _placed(rows)
    kind = _kind_of(rows, placed)
    placed = _with_asker(rows, placed, kind)
    sentences = [f"{leads[name]} {place.name}." for name, (place, _) in placed.items() if name in leads]
    asker = next((row.state.place for row in rows if row.side == ASKS and row.kind and row.state), None)
    sentences += [f"{leads[ASKS]} {asker.name}."] if asker and ASKS in leads else []
    questions = frozenset(words.story.get("questions_of_lines", ()))
    done = frozenset(words.story.get("done_lines", ()))
    headings = frozenset(words.story.get("heading_lines", ()))
    denied = ((_denied(row, words), row) for row in rows)
    sentences += (
        _of_danger(row, words)
        if unnamed(row.key, row.says) or (row.line == when and _is_no_time(row.says, words))
        else it or _sentence(row, {} if tidy(row.key) in headings else leads, kind, questions, placed, done)
        for it, row in denied
    )
    sides = (Side(place.alpha3, SIDES_OF[name], says) for name, (place, says) in placed.items())
    who = next((f"{row.key}: {row.says}" for row in rows if row.side or row.kind == ANSWER), "")
    kinds = ((kind,) if kind else (REQUEST, ANSWER)) if who else ()
    of_case = tuple((row.line, row.says) for row in rows if row.line)
    return LinedStory("\n".join(sentences), tuple(sides), kinds, who, of_case)


def _row(key: str, says: str, words: Words, states: States) -> _Row:
    no = answer_in(words, says)[0] == NO
    state = None if no and "," in says else _state_in(US.sub("", says), words, states)
    named = words.side(key) if as_id(key) not in BARE else ""
    side = named if state is not None else ""
    kinds = () if no else words.whole(LINE_KIND, key)
    kind = kinds[0] if len(kinds) == 1 else ""
    name = set(key.lower().split())
    theirs = not THEIR.isdisjoint(says.casefold().split())
    if side == ASKS and theirs:
        kind = ANSWER  # `who asks: Dutch police, their desk` is not us
    if not side and kind == ANSWER and state is not None and OF_WHAT.isdisjoint(name):
        side = ASKS  # `asked by`, `who asks us`; not `asks us to search: a flat in that town`
    if ASKS in (side, named) and name.isdisjoint(WHO_ASKS_US) and not theirs:
        kind = ""  # `who asks` may be us
    ours = bool(US.search(says)) if state is not None else not (kind or name.isdisjoint(FIRST))
    named_words = tidy(key).split()
    writes = words.story.get("writes", ())
    tells = len(named_words) > 1 and named_words[-1] in writes
    tells = tells or (named_words[:1] in SPEAKERS and not set(writes).isdisjoint(named_words))
    clause = tells or (named_words[:1] in SPEAKERS and not (kind or words.line(key)))
    return _Row(key, says, state, "" if tells else _line_of(key, state, words), side, kind, ours, clause)


def _with_sender(rows: Sequence[_Row], words: Words, states: States) -> tuple[_Row, ...]:
    """The lines, with the one that only says who writes as that of our own State, where it tells that by a
    town and no other line names a side: `From: Assistant Commissioner, Kano`. With the name of a State it
    may as well be the one that asks us."""
    sides = [row for row in rows if row.state is not None and (row.side or row.line in SIDES_OF)]
    senders = [row for row in rows if tidy(row.key) in words.story.get("sender_lines", ())]
    placed = [(row, state) for row in senders if (state := _town_alone(row.says, words, states))]
    if len(placed) != 1 or any(row is not placed[0][0] for row in sides):
        return tuple(rows)
    sender, state = placed[0]
    ours = replace(sender, state=state, line=STATE, side="", kind="", ours=True)
    return tuple(ours if row is sender else row for row in rows)


def _town_alone(says: str, words: Words, states: States) -> StateMatch | None:
    """The State of the one town that a line names, where it does not name that State itself."""
    plain = tidy(says)
    towns = {it.targets for it in words.mentions(TOWN, plain)}
    if len(towns) != 1 or words.mentions(STATE, plain):
        return None
    (targets,) = towns
    match = states.find(targets[0]) if len(targets) == 1 else None
    return match if match and tidy(match.place.name) not in plain else None


def _placed(rows: Sequence[_Row]) -> dict[str, tuple[StateEntry, str]]:
    """Our State and the other one, as lines call them so."""
    placed = {
        name: (row.state.place, row.says)
        for row in reversed(rows)
        for name in (STATE if row.side and row.ours else row.line,)
        if name in SIDES_OF and row.state is not None and (row.ours or not row.side)
    }
    return placed if len({place.alpha3 for place, _ in placed.values()}) == len(placed) else {}


def _kind_of(rows: Sequence[_Row], placed: dict[str, tuple[StateEntry, str]]) -> str:
    """Whether what is needed is asked by us or of us, where a line does not say itself; empty where who asks
    is named, and nothing says whether that is us."""
    if any(row.kind == ANSWER for row in rows):
        return ANSWER
    sides = {row.side: row.state.place.alpha3 for row in rows if row.side and row.state is not None}
    if STATE in placed and sides:
        ours = placed[STATE][0].alpha3
        asks = sides[ASKS] == ours if ASKS in sides else sides[ASKED] != ours
        return REQUEST if asks else ANSWER
    if PARTNER in placed and placed[PARTNER][0].alpha3 == sides.get(ASKS):
        return ANSWER
    return "" if ASKS in sides else REQUEST  # who asks, and the other one: either may be us


def _with_asker(
    rows: Iterable[_Row], placed: dict[str, tuple[StateEntry, str]], kind: str
) -> dict[str, tuple[StateEntry, str]]:
    """The same with who asks and who is asked on their sides."""
    ours = {ASKS: STATE, ASKED: PARTNER} if kind == REQUEST else {ASKS: PARTNER, ASKED: STATE}
    every = dict(placed)
    for row in rows if kind else ():
        if row.side and row.state is not None:
            every.setdefault(ours[row.side], (row.state.place, row.says))
    distinct = len({place.alpha3 for place, _ in every.values()}) == len(every)
    return {name: every[name] for name in SIDES_OF if name in every} if distinct else placed


def _is_no_time(says: str, words: Words) -> bool:
    """Whether a line for a time says more than one, or that there is none."""
    return len(says.split()) > LONGEST_TIME or answer_in(words, says)[0] == NO


def _of_danger(row: _Row, words: Words) -> str:
    """What a line says whose name tells nothing beside it, as that of a danger with no yes: that there is
    none, where it ends so; that persons are, where it names some and no other danger."""
    if closed_at_its_end(words, row.says):
        return NO_DANGER
    named = {f"{row.line} {value}" for value in at_risk(words, row.line, tidy(row.says).split())}
    persons = not named.isdisjoint(words.story.get("danger_of_persons", ()))
    (lead,) = words.story.get("lead_of_danger", ("",))[:1]
    return f"{lead}: {row.says}." if persons and not words.mentions(row.line, row.says) else f"{row.says}."


def _denied(row: _Row, words: Words) -> str:
    """What a line denies as a sentence: `not needed: messages`, `arrest: not asked`, `asked by them: no`.
    Empty where it denies nothing that somebody may ask for."""
    if row.key and denied_by_name(words, row.key):
        return f"We do not need {row.says}."
    tokens = tidy(row.says).split()
    if row.key and set(tidy(row.key).split()) <= set(tokens) and denies(tokens):
        return f"{row.says}."  # its name says what it denies: `danger: no real danger now`
    says, rest = answer_in(words, row.says)
    if says != NO or not row.key:
        return ""
    whose = bool(words.whole(LINE_KIND, row.key))
    if not (whose or words.mentions(MEASURE, row.key)):
        return ""
    also = f" {capital_first(rest)}." if len(rest.split()) > 1 else ""
    return also.strip() if whose else f"We do not need {row.key}.{also}"


def _sentence(
    row: _Row,
    leads: dict[str, str],
    kind: str,
    questions: Collection[str],
    placed: dict[str, tuple[StateEntry, str]],
    done: Collection[str] = (),
) -> str:
    """A line as a sentence. leads: what is said before what a line says, by its name; empty of the heading of
    a mail, which is said as it stands. questions, done: what lines are called that ask, and that tell what
    is done."""
    ends = "" if row.says.endswith(ASKS_OR_CALLS) else "."
    says = f"{row.says}{ends}"
    if row.state is not None and any(row.says == named for _, named in placed.values()):
        return says
    if tidy(row.key) in questions:
        return f"{row.says.rstrip('?')}?"
    if DONE in leads and tidy(row.key) in done:
        return " ".join(f"{leads[DONE]} {part}." for part in JOINED.split(row.says) if part)
    if row.line == MEASURE and not row.clause:
        asked = row.kind or (REQUEST if row.ours else kind)
        lead = leads.get(ASKED_FOR if asked == ANSWER else MEASURE, "") if asked else ""
        return f"{lead} {says}".lstrip()
    lead = leads.get(row.line, "") if not (row.clause or row.line in SIDES_OF) else ""
    return f"{lead} {says}" if lead else f"{row.key}: {says}" if row.key and leads else says


def _lines(text: str, words: Words) -> Iterator[tuple[str, str]]:
    """What each line of a file is called, by itself or by the one above it, and what it says."""
    above = ""
    for line in _unwrapped(text):
        check_limits()
        bare = REMARK.sub("", line)
        name, colon, rest = bare.partition(":")
        bare = f"{COUNTS.sub('', name)}{colon}{rest}" if NAMED.match(bare) else bare
        match = LINE.fullmatch(bare)
        key, says = (match[1] or "", match[2]) if match else ("", line.strip())
        dashed = DASHED.fullmatch(bare) if not key else None
        if dashed and (words.line(dashed[1]) or words.side(dashed[1])):
            key, says = dashed[1], dashed[2]
        key = key.replace("_", " ").strip()
        if key and (not says or says in BLOCK):
            above = key
        elif says:
            under = line.startswith((" ", "-", "\t"))
            yield key or (above if under else ""), says.strip("\"'").rstrip(".;, ")


def _unwrapped(text: str) -> Iterator[str]:
    """The lines of a text, each with those into which it was only broken for its length: a line that goes on
    in small letters after a long one that no mark ends."""

    def goes_on(last: str, line: str) -> bool:
        last = last.rstrip()
        broken = len(last) >= WRAPPED and not last.endswith(ENDS) and line[:1].islower()
        return broken and not NAMED.match(line)

    return put_together(text.splitlines(), goes_on)


def _line_of(key: str, state: StateMatch | None, words: Words) -> str:
    """The line of a case that a line stands for by what it is called; empty where that may be several.
    state: the one that it names."""
    stem = NUMBERED.fullmatch(key)
    if stem and MEASURE in (as_id(stem[1]), *words.line(stem[1].strip())):
        return MEASURE  # `need 2`
    meant = (as_id(key),) if as_id(key) in (STATE, PARTNER, MEASURE) else words.line(key)
    if state is not None:
        if as_id(key) in BARE:
            return STATE
        if ACTOR in meant:
            return STATE
        meant = tuple({STATE, PARTNER}.intersection((*meant, *words.within(NAME_LINE, key))))
    elif MEASURE in meant or MEASURE in words.within(NAME_LINE, key):
        return MEASURE  # `want`, `what we need`
    return meant[0] if len(meant) == 1 else ""


def _state_in(says: str, words: Words, states: States) -> StateMatch | None:
    """The State that a line names, alone, with an office or a town of it, or beside a comma."""
    match = state_told(says, words, states) or find_state(says.rpartition(",")[2].strip(), words, states)
    return match or find_state(says.partition(",")[0].strip(), words, states)
