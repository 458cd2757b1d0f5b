"""What the sentences among the lines of a case tell as a story does: who asks whom, what is needed, a danger.

    need: bank records of him, they asked for them

is no request of ours, whatever the line is called. A line that says it by its own name goes first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from routing.case.as_notes import as_notes
from routing.case.line_names import (
    NOTE,
    PARTNER,
    Lines,
    in_each_block,
    with_what_we_tell,
    written_lines,
)
from routing.case.line_sides import ASKED, BARE
from routing.case.sentence_lines import SENTENCE, TITLE
from routing.core.domain import ANSWER, REQUEST, SHARE
from routing.core.errors import quoted
from routing.core.records import Record
from routing.rulebook.mentions import matches, stands_in
from routing.rulebook.spelling import as_id, tidy
from routing.rulebook.words import ACTOR, IS, JOINED, KIND, MEASURE, NAME_LINE, STATE, YES_LINE
from routing.yaml.tree import Mapping, Node, Text, words_of_text

BY_NUMBER = re.compile(r"line \d+")
"""The name of a line that has none."""
ANOTHER = re.compile(r"[\s,;(]+(?:and )?not (?:the |in |from )?([^,;()]+)\)?\s*$", re.IGNORECASE)
"""What is said of a State after its name: that it is not another."""
REFUSAL = "refusal_reason_raised"


class NarratedNeed(Record):
    """A need that sentences tell. measure: what is sought; state: where, empty where they do not say; kind:
    of which kind it is, empty where it is of that of the whole; phrase: its words."""

    measure: str
    state: str
    kind: str
    phrase: str


class Narrative(Record):
    """What sentences tell.

    kind: who asks whom, empty where they do not say, or tell of several; kind_words: by which words; own,
    partner: the States of both sides; needs: what is needed; facts: what else they tell, a danger among it,
    each with its values and its words; over: words for a danger that is over; read: whether there were any.
    """

    kind: str = ""
    kind_words: str = ""
    own: str = ""
    partner: str = ""
    needs: tuple[NarratedNeed, ...] = ()
    facts: tuple[tuple[str, tuple[str, ...], str], ...] = ()
    over: tuple[str, ...] = ()
    read: bool = False

    def needs_in(self, text: str) -> tuple[NarratedNeed, ...]:
        """The needs whose words stand in a text."""
        wording = " ".join(text.casefold().split())
        return tuple(need for need in self.needs if need.phrase.casefold() in wording)

    def needed_in(self, text: str) -> bool:
        """Whether the words for one of the needs stand in a text."""
        return bool(self.needs_in(text))

    def still(self, text: str) -> str:
        """A text without the words for a danger that is over."""
        rest = " ".join(text.split())
        for phrase in self.over:
            rest = re.sub(re.escape(phrase), "", rest, flags=re.IGNORECASE)
        return rest


NOTHING = Narrative()
Tell = Callable[[str], Narrative]
"""Reads lines as a story."""


def with_names(tree: Mapping, lines: Lines) -> Mapping:
    """The tree with each sentence that only says whose a State is as a line: `line 1: X is asked`; and the
    name of a State without the one that it is not: `X, not Y`."""

    def named(key: Text, value: Node) -> tuple[Text, Node]:
        tokens = words_of_text(value).split() if BY_NUMBER.fullmatch(key.value) else []
        for at in range(1, len(tokens)) if tokens and tokens[0][:1].isupper() else ():
            for place, name in ((tokens[:at], tokens[at:]), (tokens[at:], tokens[:at])):
                state, called = Text(" ".join(place).strip(".,"), value.line), " ".join(name)
                if (lines.meant(called) or lines.words.side(called)) and lines.is_state(state):
                    return Text(called, key.line), state
        denied = ANOTHER.search(value.value) if isinstance(value, Text) else None
        if isinstance(value, Text) and denied and lines.code(Text(denied[1], value.line)):
            first = Text(value.value[: denied.start()].strip(), value.line)
            return (key, first) if lines.is_state(first) else (key, value)
        return key, value

    return Mapping(tuple(named(*entry) for entry in tree.entries), tree.line)


def with_state_of_office(tree: Mapping, lines: Lines, narrative: Narrative) -> Mapping:
    """The tree with our State where only the line for our office names it, or the name of an office stands
    before it: `office: customs, X`, `police: X`; and `country` as the other one, where another is ours."""
    written = tuple(written_lines(tree))
    if any(lines.names(key.value)[-1:] == (STATE,) and lines.reads(STATE, it) for key, it in written):
        return tree
    offices = [
        (key, value)
        for key, value in written
        if isinstance(value, Text)
        if lines.meant(key.value) == (ACTOR,)
        or (ACTOR in lines.meant(key.value) and lines.is_state(value) and not lines.words.side(key.value))
        or _signs(key, value, lines, written)
        or (not lines.names(key.value)[1:] and lines.words.whole(ACTOR, key.value) and lines.is_state(value))
        if lines.code(value)  # last, as it takes longest
    ]
    offices = [entry for entry in offices if not _of_other_side(entry[0].value, lines)]
    bare = [(key, value) for key, value in written if as_id(key.value) in BARE]
    own = {lines.code(value) for _, value in offices} or ({narrative.own} if narrative.own else set())
    if len(own) != 1 or len(bare) > 1 or (narrative.own and not own <= {narrative.own}):
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


def _of_other_side(key: str, lines: Lines) -> bool:
    """Whether a line is for the other State by its name, as `they`, or for the one that is asked: it never
    names ours because another line cannot be read."""
    return lines.words.side(key) == ASKED or PARTNER in lines.words.within(NAME_LINE, key)


def _signs(key: Text, value: Text, lines: Lines, written: Collection[tuple[Text, Node]]) -> bool:
    """Whether a line that names the case says whose it is: `case: X, fraud squad`."""
    place, comma, office = value.value.partition(",")
    first = Text(place, value.line)
    if not comma or TITLE not in lines.names(key.value):
        return False
    asked = any(lines.kinds(it.value, text) == (ANSWER,) and lines.code(text) for it, text in written)
    return lines.is_state(first) and (asked or lines.reads(ACTOR, Text(office, value.line)))


def with_direction(tree: Mapping, lines: Lines, narrative: Narrative) -> tuple[Mapping, tuple[str, ...]]:
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
    kind, by_words = narrative.kind, narrative.kind_words
    if came := _came(tree, lines):
        kind, by_words = ANSWER, came
    kind, by_words = next(_said_alone(tree, lines), (kind, by_words))
    if named or kind in ("", REQUEST):
        return tree, ()
    note = f"{quoted(by_words)} is read as `kind: {kind}`; write `kind:` with another if that is wrong"
    entry = (Text(KIND, tree.line), Text(kind, tree.line))
    if kind == SHARE:
        tree = with_what_we_tell(
            tree, [key.value for key, _ in tree.entries if {MEASURE, NOTE} <= {*lines.meant(key.value)}]
        )
    return Mapping((*tree.entries, entry), tree.line), (note,)


def _said_alone(tree: Mapping, lines: Lines) -> Iterator[tuple[str, str]]:
    """The kind of need that a line without a name says in a part of it, with its words: `nobody asked us,
    should we tell them?`."""
    for key, value in tree.entries:
        for part in JOINED.split(words_of_text(value)) if BY_NUMBER.fullmatch(key.value) else ():
            for line in lines.words.whole(YES_LINE, part or ""):
                name, _, kind = line.partition(IS)
                if name == KIND:
                    yield kind, part


def _came(tree: Mapping, lines: Lines) -> str:
    """The words of a line for what is sought that say that it came to us: `request: came from X`."""
    cues = lines.words.story.get("came_to_us", ())
    return next(
        (
            words_of_text(value)
            for key, value in written_lines(tree)
            if MEASURE in lines.names(key.value)
            and any(start == 0 for _, start, _ in matches(tidy(words_of_text(value)).split(), cues))
        ),
        "",
    )


def with_our_answer(tree: Mapping, lines: Lines) -> tuple[Mapping, tuple[str, ...]]:
    """The tree of what is asked of us, with what we want to answer where a line says it, as `wish: refuse`:
    the reason that it gives, else a note; it is no need of ours."""
    texts = [words_of_text(value) for key, value in written_lines(tree) if KIND in lines.names(key.value)]
    kinds = {kind for text in texts for kind in (lines.words.read(KIND, text) or (as_id(text),))}
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
            tokens = tidy(words_of_text(value)).split()
            ours = stands_in(tokens, cues) and not lines.kinds(key.value, value)
            if not ours or key.value in (NOTE, TITLE, REFUSAL) or lines.reads(MEASURE, value):
                entries.append((key, value))
                continue
            targets = {
                it for mention in lines.words.mentions(REFUSAL, " ".join(tokens)) for it in mention.targets
            }
            notes.append(f"what we want to answer, kept as a note: {quoted(words_of_text(value))}")
            entries.append((Text(NOTE, key.line), Text(f"{key.value}: {words_of_text(value)}", value.line)))
            if len(targets) == 1 and not has:
                (reason,) = targets
                notes[-1] += f"; it also tells `{REFUSAL}: {reason}`"
                entries.append((Text(REFUSAL, key.line), Text(reason, value.line)))
        return Mapping(tuple(entries), node.line)

    return in_each_block(tree, answered), tuple(notes)


def is_sentence(value: Node) -> bool:
    """Whether what a line says may be a sentence."""
    return len(words_of_text(value).split()) >= SENTENCE
