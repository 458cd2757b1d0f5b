"""What the sentences among the lines of a case tell as a story does: who asks whom, what is needed, a danger.

    need: bank records of him, they asked for them

is no request of ours, whatever the line is called. A line that says it by its own name goes first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from routing.case.as_notes import as_notes
from routing.case.doubt import in_doubt
from routing.case.lifted import NEEDS
from routing.case.line_names import LONGEST_NAME, NOTE, PARTNER, PURPOSE, Lines, in_each_block, with_what_we_tell, written_lines
from routing.case.line_sides import BARE
from routing.case.telling import SENTENCE, TITLE
from routing.core.domain import ANSWER, LEFT_OUT, REQUEST, SHARE
from routing.core.errors import quoted
from routing.core.records import Record
from routing.rulebook.mentions import standing
from routing.rulebook.spelling import as_id, tidy
from routing.rulebook.words import ACTOR, JOINED, KIND, MEASURE, STATE
from routing.yaml.tree import Items, Mapping, Node, Text, each_of, words_of_text

BY_NUMBER = re.compile(r"line \d+")
"""The name of a line that has none."""
ANOTHER = re.compile(r"[\s,;(]+(?:and )?not (?:the |in |from )?([^,;()]+)\)?\s*$", re.IGNORECASE)
"""What is said of a State after its name: that it is not another."""
OFFENCE = "offence"
REFUSAL = "refusal_reason_raised"


class NeedInWords(Record):
    """A need that sentences tell. measure: what is sought; state: where, empty where they do not say; kind:
    of which kind it is, empty where it is of that of the whole; phrase: its words."""

    measure: str
    state: str
    kind: str
    phrase: str


class InWords(Record):
    """What sentences tell.

    kind: who asks whom, empty where they do not say, or tell of several; kind_words: by which words; own,
    other: the States of both sides; needs: what is needed; facts: what else they tell, a danger among it,
    each with its values and its words; over: words for a danger that is over; read: whether there were any.
    """

    kind: str = ""
    kind_words: str = ""
    own: str = ""
    other: str = ""
    needs: tuple[NeedInWords, ...] = ()
    facts: tuple[tuple[str, tuple[str, ...], str], ...] = ()
    over: tuple[str, ...] = ()
    read: bool = False


    def still(self, text: str) -> str:
        """A text without the words for a danger that is over."""
        said = " ".join(text.split())
        for phrase in self.over:
            said = re.sub(re.escape(phrase), "", said, flags=re.IGNORECASE)
        return said


NOTHING = InWords()
Tell = Callable[[str], InWords]
"""Reads lines as a story."""


def with_names(tree: Mapping, lines: Lines) -> Mapping:
    """The tree with each sentence that only says whose a State is as a line: `line 1: X is asked`; and the
    name of a State without the one that it is not: `X, not Y`."""

    def named(key: Text, value: Node) -> tuple[Text, Node]:
        said = words_of_text(value).split() if BY_NUMBER.fullmatch(key.value) else []
        for at in range(1, len(said)):
            for place, name in ((said[:at], said[at:]), (said[at:], said[:at])):
                state, called = Text(" ".join(place).strip(".,"), value.line), " ".join(name)
                if (lines.meant(called) or lines.words.side(called)) and lines.is_state(state):
                    return Text(called, key.line), state
        denied = ANOTHER.search(value.value) if isinstance(value, Text) else None
        if denied and lines.code(Text(denied[1], value.line)):
            first = Text(value.value[: denied.start()].strip(), value.line)
            return (key, first) if lines.is_state(first) else (key, value)
        return key, value

    return Mapping(tuple(named(*entry) for entry in tree.entries), tree.line)


def with_offices(tree: Mapping, lines: Lines, told: InWords) -> Mapping:
    """The tree with our State where only the line for our office names it, or the name of an office stands
    before it: `office: customs, X`, `police: X`; and `country` as the other one, where another is ours."""
    written = tuple(written_lines(tree))
    if any(lines.names(key.value)[-1:] == (STATE,) and lines.reads(STATE, it) for key, it in written):
        return tree
    offices = [
        (key, value)
        for key, value in written
        if isinstance(value, Text) and lines.code(value)
        if lines.meant(key.value) == (ACTOR,)
        or (ACTOR in lines.meant(key.value) and lines.is_state(value))
        or _signs(key, value, lines, written)
        or (not lines.names(key.value)[1:] and lines.words.whole(ACTOR, key.value) and lines.is_state(value))
    ]
    bare = [(key, value) for key, value in written if as_id(key.value) in BARE]
    own = {lines.code(value) for _, value in offices} or ({told.own} if told.own else set())
    if len(own) != 1 or len(bare) > 1 or (told.own and not own <= {told.own}):
        return tree
    entries: list[tuple[Text, Node]] = []
    for key, value in tree.entries:
        if any(key is it for it, _ in offices):
            if ACTOR not in lines.meant(key.value) and lines.meant(key.value):
                entries.append((key, value))
            office = value if lines.reads(ACTOR, value) else Text(key.value, key.line)
            entries += [(Text(ACTOR, key.line), office)] if lines.reads(ACTOR, office) else []
            entries.append((Text(STATE, key.line), value))
        elif any(key is it for it, _ in bare) and lines.code(value):
            name = STATE if lines.code(value) in own else PARTNER
            entries.append((Text(name if name != STATE or not offices else NOTE, key.line), value))
        else:
            entries.append((key, value))
    return Mapping(tuple(entries), tree.line)


def _signs(key: Text, value: Text, lines: Lines, written: Collection[tuple[Text, Node]]) -> bool:
    """Whether a line that names the case says whose it is: `case: X, fraud squad`."""
    place, comma, office = value.value.partition(",")
    first = Text(place, value.line)
    if not comma or TITLE not in lines.names(key.value):
        return False
    asked = any(lines.kinds(it.value, said) == (ANSWER,) and lines.code(said) for it, said in written)
    return lines.is_state(first) and (asked or lines.reads(ACTOR, Text(office, value.line)))


def with_direction(tree: Mapping, lines: Lines, told: InWords) -> tuple[Mapping, tuple[str, ...]]:
    """The tree with the kind of need that its sentences tell, where no line tells it by its name."""
    unread = [
        key
        for key, value in written_lines(tree)
        if KIND in lines.names(key.value) and is_sentence(value) and not lines.reads(KIND, value)
        if not lines.words.read(KIND, words_of_text(value))
    ]
    tree = as_notes(tree, unread)  # `kind: a letter came yesterday`
    named = any(
        KIND in lines.names(key.value) or lines.kinds(key.value, value) for key, value in written_lines(tree)
    )
    kind, said = told.kind, told.kind_words
    if came := _came(tree, lines):
        kind, said = ANSWER, came
    if named or kind in ("", REQUEST):
        return tree, ()
    said = f"{quoted(said)} is read as `kind: {kind}`; write `kind:` with another if that is wrong"
    entry = (Text(KIND, tree.line), Text(kind, tree.line))
    if kind == SHARE:
        tree = with_what_we_tell(
            tree, [key.value for key, _ in tree.entries if {MEASURE, NOTE} <= {*lines.meant(key.value)}]
        )
    return Mapping((*tree.entries, entry), tree.line), (said,)


def _came(tree: Mapping, lines: Lines) -> str:
    """The words of a line for what is sought that say that it came to us: `request: came from X`."""
    cues = lines.words.story.get("came_to_us", ())
    return next(
        (
            words_of_text(value)
            for key, value in written_lines(tree)
            if MEASURE in lines.names(key.value)
            and any(start == 0 for _, start, _ in standing(tidy(words_of_text(value)).split(), cues))
        ),
        "",
    )


def with_our_answer(tree: Mapping, lines: Lines) -> tuple[Mapping, tuple[str, ...]]:
    """The tree of what is asked of us, with what we want to answer where a line says it, as `wish: refuse`:
    the reason that it gives, else a note; it is no need of ours."""
    said = [words_of_text(value) for key, value in written_lines(tree) if KIND in lines.names(key.value)]
    kinds = {kind for text in said for kind in (lines.words.read(KIND, text) or (as_id(text),))}
    cues = lines.words.story.get("our_answer", ())
    if kinds != {ANSWER}:
        return tree, ()
    notes: list[str] = []
    has = any(REFUSAL in lines.names(key.value)[:2] for key, _ in written_lines(tree))

    def answered(node: Node) -> Node:
        if not isinstance(node, Mapping):
            return node
        entries: list[tuple[Text, Node]] = []
        for key, value in node.entries:
            said = tidy(words_of_text(value)).split()
            ours = any(True for _ in standing(said, cues)) and not lines.kinds(key.value, value)
            if not ours or key.value in (NOTE, TITLE, REFUSAL) or lines.reads(MEASURE, value):
                entries.append((key, value))
                continue
            targets = {
                it for mention in lines.words.mentions(REFUSAL, " ".join(said)) for it in mention.targets
            }
            notes.append(f"what we want to answer, kept as a note: {quoted(words_of_text(value))}")
            entries.append((Text(NOTE, key.line), Text(f"{key.value}: {words_of_text(value)}", value.line)))
            if len(targets) == 1 and not has:
                (reason,) = targets
                notes[-1] += f"; it also tells `{REFUSAL}: {reason}`"
                entries.append((Text(REFUSAL, key.line), Text(reason, value.line)))
        return Mapping(tuple(entries), node.line)

    return in_each_block(tree, answered), tuple(notes)


def with_what_is_told(tree: Mapping, lines: Lines, told: InWords) -> tuple[Mapping, tuple[str, ...]]:
    """The tree with what its sentences tell and no line says, or says in words that it cannot say: the two
    States, what is needed, a danger. tree: its lines under our own names."""
    notes: list[str] = []
    if not told.read:
        return tree, ()
    tree = _with_states(_with_needs(tree, lines, told, notes), lines, told, notes)
    names = {key.value for key, value in written_lines(tree)}
    facts = [it for it in told.facts if it[0] not in names]
    notes += (f"{quoted(phrase)} also tells `{name}: {', '.join(values)}`" for name, values, phrase in facts)
    used = [*(phrase for _, _, phrase in facts), *(need.phrase for need in told.needs)]
    used += [told.kind_words] if told.kind else []
    tree = as_notes(tree, [key for key, value in tree.entries if _is_used(key, value, lines, used)])
    said = ((name, [Text(value, tree.line) for value in values]) for name, values, _ in facts)
    entries = (
        (Text(name, tree.line), Items(tuple(values), tree.line) if len(values) > 1 else values[0])
        for name, values in said
    )
    return Mapping((*tree.entries, *entries), tree.line), tuple(notes)


def _is_used(key: Text, value: Node, lines: Lines, used: Collection[str]) -> bool:
    """Whether a line is none of a case, and something was read in what it says."""
    if key.value in (*lines.known, NEEDS):
        return False
    said = f"{key.value} {words_of_text(value)}".casefold()
    return any(phrase.casefold() in said for phrase in used)


def _with_states(tree: Mapping, lines: Lines, told: InWords, notes: list[str]) -> Mapping:
    """The tree with the State of each side that its sentences tell, where no line names it; a line that
    names none, as `where: not sure where he is`, is kept as a note."""
    for name, state in ((STATE, told.own), (PARTNER, told.other)):
        written = [(key, value) for key, value in written_lines(tree) if key.value == name]
        if any(lines.reads(name, value) or not is_sentence(value) for _, value in written):
            continue
        if not state:
            tree = _with_several(tree, lines, notes) if name == PARTNER and not written else tree
            continue
        others = {lines.code(value) for key, value in written_lines(tree) if key.value in (STATE, PARTNER)}
        if state in others:
            continue
        several = next((value for _, value in written if len(lines.codes(value)) > 1), None)
        if several is not None and name == PARTNER:  # `where: a flat in A and an account in B`
            codes = lines.codes(several)
            notes.append(f"{quoted(words_of_text(several))} is read as {' and '.join(codes)}")
            each = Items(tuple(Text(code, several.line) for code in codes), several.line)
            entries = ((key, each if value is several else value) for key, value in tree.entries)
            tree = Mapping(tuple(entries), tree.line)
            continue
        notes += (
            f"{LEFT_OUT}{quoted(f'{key.value}: {words_of_text(value)}')}"
            for key, value in written
            if not in_doubt(words_of_text(value))
        )
        tree = as_notes(tree, [key for key, _ in written])
        tree = Mapping((*tree.entries, (Text(name, tree.line), Text(state, tree.line))), tree.line)
        notes.append(f"as the sentences tell it, `{name}` is {state}")
    return tree


def _with_several(tree: Mapping, lines: Lines, notes: list[str]) -> Mapping:
    """The tree with the several States with which the words for what is sought begin: `A and B to let it
    pass`, where no line names the other one."""
    if any(PARTNER in lines.names(key.value) for key, _ in written_lines(tree)):
        return tree
    for key, value in written_lines(tree):
        if key.value != MEASURE or not isinstance(value, Text):
            continue
        named: list[Text] = []
        for part in filter(None, JOINED.split(value.value.strip())):
            said = part.split()
            names = [" ".join(said[:end]) for end in range(min(len(said), LONGEST_NAME), 0, -1)]
            written = (it for it in names if all(word[:1].isupper() or len(word) < 4 for word in it.split()))
            written = (it for it in written if it[:1].isupper() and it.split()[-1][:1].isupper())
            first = next((it for it in written if lines.is_state(Text(it, value.line))), "")
            if not first:
                break
            named.append(Text(first, value.line))
            if first != part.strip():
                break
        if len({lines.code(it) for it in named}) > 1:
            notes.append(f"{' and '.join(quoted(it.value) for it in named)} are read as those who are asked")
            return Mapping(
                (*tree.entries, (Text(PARTNER, value.line), Items(tuple(named), value.line))), tree.line
            )
    return tree


def _with_needs(tree: Mapping, lines: Lines, told: InWords, notes: list[str]) -> Mapping:
    """The tree with the needs that its sentences tell, where no line says what is sought in words that can
    be read for it."""
    listed = tree.get(NEEDS)
    blocks = [it for it in each_of(listed) if isinstance(it, Mapping)]
    if len(blocks) > 1:
        return in_each_block(tree, lambda node: _of_block(node, lines, told, notes))
    sought = [(key, value) for key, value in written_lines(tree) if key.value == MEASURE]
    text = " ".join(words_of_text(value) for _, value in sought)
    if any(lines.reads(MEASURE, it) for _, value in sought for it in each_of(value)):
        read = {
            name for part in (text, *JOINED.split(text)) for name in lines.words.read(MEASURE, part or "")
        }
        other = {need.measure for need in _of_text(told, text)}
        if not other or not read.isdisjoint(other) or lines.words.whole(MEASURE, text) or not read:
            return tree  # else the sentence tells its words as what was, or as what somebody else does
    if not told.needs:
        return tree if sought else _with_the_only(tree, lines, notes)
    needs = _of_text(told, text) or told.needs
    notes += (
        f"{LEFT_OUT}{quoted(f'{key.value}: {words_of_text(value)}')}"
        for key, value in sought
        if is_sentence(value) and not _of_text(told, words_of_text(value))
    )
    tree = as_notes(tree, [key for key, _ in sought])
    notes += (f"{quoted(need.phrase)} is read as {need.measure.replace('_', ' ')}" for need in needs)
    line = sought[0][0].line if sought else tree.line
    if len(needs) == 1 and not blocks:
        names = {key.value for key, _ in tree.entries}
        return Mapping((*tree.entries, *_entries(needs[0], names, line)), tree.line)
    rest = blocks[0].entries if blocks else ()
    kept = tuple(entry for entry in tree.entries if entry[0].value != NEEDS)
    names = {key.value for key, _ in (*rest, *kept)}
    each = tuple(Mapping((*rest, *_entries(need, names, line)), line) for need in needs)
    return Mapping((*kept, (Text(NEEDS, line), Items(each, line))), tree.line)


def _with_the_only(tree: Mapping, lines: Lines, notes: list[str]) -> Mapping:
    """The tree with the one measure that a line tells which is for something else, as the title or the
    purpose, where no line is for what is sought."""
    measures = {
        measure[0]: value
        for key, value in written_lines(tree)
        if key.value in (TITLE, NOTE, PURPOSE, OFFENCE)
        for measure in [lines.words.read(MEASURE, words_of_text(value))]
        if len(measure) == 1
    }
    if len(measures) != 1:
        return tree
    ((measure, value),) = measures.items()
    notes.append(f"{quoted(words_of_text(value))} is read as {measure.replace('_', ' ')}")
    return Mapping((*tree.entries, (Text(MEASURE, value.line), Text(measure, value.line))), tree.line)


def _of_block(node: Node, lines: Lines, told: InWords, notes: list[str]) -> Node:
    """A need of a list with the one measure that the words for it tell, where no line can read them."""
    written = node.get(MEASURE) if isinstance(node, Mapping) else None
    if not isinstance(node, Mapping) or written is None:
        return node
    needs = _of_text(told, words_of_text(written))
    if lines.reads(MEASURE, written):
        return _directed(node, {need.kind for need in needs if need.kind}, written.line)
    if len(needs) != 1:
        return node
    notes.append(f"{quoted(needs[0].phrase)} is read as {needs[0].measure.replace('_', ' ')}")
    node = _directed(node, {needs[0].kind} - {""}, written.line)
    block = as_notes(node, [key for key, _ in node.entries if key.value == MEASURE])
    return Mapping(
        (*block.entries, (Text(MEASURE, written.line), Text(needs[0].measure, written.line))), node.line
    )


def _directed(node: Mapping, kinds: set[str], line: int) -> Mapping:
    """A need with the direction that its own sentence tells: `2: they ask us to hear his wife`."""
    if len(kinds) != 1 or node.get(KIND) is not None:
        return node
    return Mapping((*node.entries, (Text(KIND, line), Text(kinds.pop(), line))), node.line)


def _of_text(told: InWords, text: str) -> tuple[NeedInWords, ...]:
    """The needs whose words stand in a text."""
    said = " ".join(text.casefold().split())
    return tuple(need for need in told.needs if need.phrase.casefold() in said)


def _entries(need: NeedInWords, names: Collection[str], line: int) -> Iterator[tuple[Text, Node]]:
    yield Text(MEASURE, line), Text(need.measure, line)
    for name, value in ((PARTNER, need.state), (KIND, need.kind)):
        if value and name not in names:
            yield Text(name, line), Text(value, line)


def is_sentence(value: Node) -> bool:
    """Whether what a line says may be a sentence."""
    return len(words_of_text(value).split()) >= SENTENCE
