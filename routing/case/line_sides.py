"""Whose the State of a line is: the one that asks, or the one that is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable

from routing.case.line_names import PARTNER, Lines, WithNotes, in_each_block, written_lines
from routing.core.domain import ANSWER, REQUEST, SHARE
from routing.core.errors import quoted
from routing.rulebook.spelling import as_id, tidy
from routing.rulebook.words import ACTOR, KIND, MEASURE, STATE
from routing.yaml.tree import Mapping, Node, Text

ASKS, ASKED = "requesting", "requested"
OURS_OF = {REQUEST: ASKS, ANSWER: ASKED, SHARE: ASKS}
"""Which side we are on, by the kind of need; what is held already nobody asks for."""
BARE = frozenset({"country", "state", "jurisdiction", "pais", "pays", "paese", "land"})
"""Names of lines that tell a State and no direction."""
US = re.compile(r"^(?:us|we)\b[\s,:;(=-]+(?=\w)|(?<=\w)[\s,(=-]+us\)?$")
"""What says of a State that it is ours, before its name or after it."""


CAPITALS = re.compile(r"^(?:US|WE)(?=[,:;-])")
"""The same in a text that is written in capital letters, where it may be a State."""


def with_us(tree: Mapping, lines: Lines) -> Mapping:
    """The tree with `US` as the word that it is, and no State, where an office of one State follows it in a
    line that is all in capital letters."""

    def read(node: Node) -> Node:
        if not isinstance(node, Mapping):
            return node
        return Mapping(tuple((key, _as_word(value, lines)) for key, value in node.entries), node.line)

    return in_each_block(tree, read)


def _as_word(value: Node, lines: Lines) -> Node:
    if not isinstance(value, Text) or not (us := CAPITALS.match(value.value)) or not value.value.isupper():
        return value
    rest = Text(value.value[us.end() :].strip(" ,:;-"), value.line)
    follows = bool(lines.words.mentions(ACTOR, rest.value)) and bool(lines.code(rest))
    return Text(us[0].lower() + value.value[us.end() :], value.line) if follows else value


def with_sides(tree: Mapping, lines: Lines) -> WithNotes:
    """The tree with the lines for the State that asks and the one that is asked under our own names: by the
    kind of need where it is written; where it is not, and both stand there, as of a request of ours, which
    is said back."""
    written = tuple(written_lines(tree))
    named = {
        key.value: side
        for key, value in written
        if key.value not in lines.own_keys
        and (lines.is_state(value) if MEASURE in lines.meant(key.value) else _tells_state(value, lines))
        and (side := lines.words.side(key.value))
    }
    if (heads := _letterhead(written, named, lines)) is not None:
        return _as_asked(tree, written, heads, lines)
    named = _of_two(named)
    ours_named, our_side = _named_again(written, named, lines)
    others = {
        name
        for key, value in written
        if key.value not in named and key is not ours_named
        for name in lines.names(key.value)
        if name == key.value or lines.reads(name, value)
    }
    with_us = {
        named[key.value] for key, value in written if key.value in named and _names_us(value)
    } | our_side
    kinds_named = {
        kind
        for key, value in written
        if KIND in lines.names(key.value) and isinstance(value, Text)
        for kind in (lines.words.read(KIND, value.value) or (as_id(value.value),))
    }
    both = {tuple(lines.kinds(key.value, value)) for key, value in written if key.value in named}
    kinds_named = kinds_named or {kind for kinds in both for kind in kinds if len(both) == 1}
    kinds_named = kinds_named or {
        kind
        for key, value in written
        if key.value not in named and BARE.isdisjoint(map(as_id, named))
        for kind in lines.kinds(key.value, value)
        if kind in OURS_OF
    }
    alone = len(set(named.values())) == len(named) > 0 and others.isdisjoint((STATE, PARTNER))
    if not alone or len(kinds_named) > 1 or (not kinds_named and len(named) == 1):
        return tree, ()
    kind = kinds_named.pop() if kinds_named else ANSWER if with_us == {ASKED} else REQUEST
    if kind not in OURS_OF:
        return tree, ()
    ours = OURS_OF[kind]
    as_read = {name: STATE if side == ours else PARTNER for name, side in named.items()}

    def renamed(node: Node) -> Node:
        if not isinstance(node, Mapping):
            return node
        entries = (
            (Text(as_read[key.value], key.line), _without_us(value)) if key.value in as_read else (key, value)
            for key, value in node.entries
            if key is not ours_named
        )
        return Mapping(tuple(entries), node.line)

    readings = ", ".join(f"{quoted(name)} as `{line}`" for name, line in as_read.items())
    why = "; write `kind: answer` if it is you who are asked" if kind == REQUEST else ""
    if kind == ANSWER and not any(KIND in lines.names(key.value) for key, _ in written):
        tree = Mapping((*tree.entries, (Text(KIND, tree.line), Text(ANSWER, tree.line))), tree.line)
    note = f"as of a need of kind `{kind}` these lines are read: {readings}{why}"
    return in_each_block(tree, renamed), (note,)


def _tells_state(value: Node, lines: Lines) -> bool:
    """Whether a State is written, and not what is sought in one: `block the account in that town`."""
    return lines.reads(PARTNER, value) and (lines.is_state(value) or not lines.reads(MEASURE, value))


def _letterhead(
    written: Iterable[tuple[Text, Node]], named: dict[str, str], lines: Lines
) -> tuple[str, str] | None:
    """The line of who writes the paper and that of who asks, where they name two States and nothing else
    does: who writes has got the request, and is us. None where it is not so."""
    by_name = {
        as_id(key.value): (key.value, lines.code(value))
        for key, value in written
        if _tells_state(value, lines)
    }
    story = lines.words.story
    heads = [
        it for name, it in by_name.items() if tidy(name.replace("_", " ")) in story.get("letterhead", ())
    ]
    askers = [
        it for name, it in by_name.items() if tidy(name.replace("_", " ")) in story.get("names_asker", ())
    ]
    others = [
        key
        for key, value in written
        if key.value not in {it[0] for it in (*heads, *askers)}
        and (named.get(key.value) or {STATE, PARTNER}.intersection(lines.meant(key.value) or (key.value,)))
        and _tells_state(value, lines)
    ]
    if len(heads) != 1 or len(askers) != 1 or others or not heads[0][1] or heads[0][1] == askers[0][1]:
        return None
    return heads[0][0], askers[0][0]


def _as_asked(
    tree: Mapping, written: Iterable[tuple[Text, Node]], heads: tuple[str, str], lines: Lines
) -> WithNotes:
    """The tree with who writes as our State, and who asks as the other one."""
    as_read = dict(zip(heads, (STATE, PARTNER), strict=True))

    def renamed(node: Node) -> Node:
        if not isinstance(node, Mapping):
            return node
        return Mapping(
            tuple((Text(as_read.get(key.value, key.value), key.line), value) for key, value in node.entries),
            node.line,
        )

    if not any(KIND in lines.names(key.value) for key, _ in written):
        tree = Mapping((*tree.entries, (Text(KIND, tree.line), Text(ANSWER, tree.line))), tree.line)
    readings = ", ".join(f"{quoted(name)} as `{line}`" for name, line in as_read.items())
    return in_each_block(tree, renamed), (
        f"as of a need of kind `{ANSWER}` these lines are read: {readings}",
    )


def _named_again(
    written: Iterable[tuple[Text, Node]], named: dict[str, str], lines: Lines
) -> tuple[Text | None, set[str]]:
    """The line for our State beside one for each side, one of which names the same State: `we are` beside
    `who asks` and `who answers`; and the side that is ours by it. None, and nothing, where there is none.

    written: the lines that are not blank; named: the side of each that tells one.
    """
    own = {
        lines.code(value): key
        for key, value in written
        if key.value not in named and STATE in lines.names(key.value)
        if PARTNER not in lines.names(key.value) and lines.reads(STATE, value)
    }
    sides = {lines.code(value): named[key.value] for key, value in written if key.value in named}
    ours = own.keys() & sides.keys()
    if len(own) != 1 or len(ours) != 1 or set(sides.values()) != {ASKS, ASKED}:
        return None, set()
    (code,) = ours
    return own[code], {sides[code]}


def _of_two(named: dict[str, str]) -> dict[str, str]:
    """The sides of two lines: one that names a State and no direction, as `country`, is of who writes, and
    what stands beside it of the other."""
    bare = [name for name in named if as_id(name) in BARE]
    if len(named) != 2 or len(bare) != 1 or len(set(named.values())) != 1:
        return named
    return {name: ASKS if name in bare else ASKED for name in named}


def _names_us(value: Node) -> bool:
    """Whether a line for a State says that it is ours: `us, ...`."""
    return isinstance(value, Text) and US.search(value.value) is not None


def _without_us(value: Node) -> Node:
    return Text(US.sub("", value.value).strip(), value.line) if isinstance(value, Text) else value
