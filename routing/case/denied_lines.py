"""What a line denies, by its name or by the answer with which it begins: `not needed: messages`,
`asked by them: no`. It is never read as what it denies."""

from __future__ import annotations

from routing.case.line_names import NOTE, Lines, WithNotes, in_each_block, with_what_we_tell
from routing.core.domain import NO, SHARE, YES
from routing.core.errors import quoted
from routing.rulebook.mentions import matches
from routing.rulebook.spelling import tidy
from routing.rulebook.words import ASIDE, IS, KEY, KIND, LINE_KIND, MEASURE, YES_LINE, Words
from routing.yaml.tree import Mapping, Node, Text, blank, words_of_text

ASKED_US = "asked us"
STOPS = ",;:.!"
GOES_ON = frozenset({"no", "not", "never"})
"""Words of a no that may only begin what is said: `not before Friday`."""


def answer_in(words: Words, text: str) -> tuple[str, str]:
    """The yes or no with which a text begins, and the rest of it; empty where it begins with neither."""
    first, _, rest = text.strip().partition(" ")
    bare = first.strip(",;:.!-").casefold()
    for says, key in ((YES, "says_yes"), (NO, "says_no")):
        if bare and bare in words.story.get(key, ()):
            return says, rest.strip(" ,;:.!-")
    return "", text


def says_there_is_none(words: Words, text: str) -> bool:
    """Whether a text begins with a no that stands for itself: `none, but he can delete`, `no, not yet`, and
    not `no later than Friday`."""
    first = text.split(None, 1)[:1]
    alone = bool(first) and (first[0][-1:] in STOPS or first[0].casefold() not in GOES_ON)
    return alone and " " in text.strip() and answer_in(words, text)[0] == NO


def denied_by_name(words: Words, key: str) -> bool:
    """Whether the name of a line denies what it says, as `not needed`, and is not that of a line of ours."""
    name = key.replace("_", " ")
    if any(words.whole(topic, name) for topic in (KEY, YES_LINE, ASIDE)):
        return False
    return any(start == 0 for _, start, _ in matches(tidy(name).split(), words.story.get("denies_line", ())))


def with_denials(tree: Mapping, lines: Lines) -> WithNotes:
    """The tree with each line that denies what it says as a note, and one that says no to who asks whom as
    what it says after that, as `asked by them: no, nobody asked`."""
    aside: dict[str, None] = {}
    notes: list[str] = []

    def read(node: Node) -> Node:
        if not isinstance(node, Mapping):
            return node
        entries: list[tuple[Text, Node]] = []
        for key, value in node.entries:
            if key.value in lines.own_keys or blank(value):
                entries.append((key, value))
                continue
            says, rest = answer_in(lines.words, words_of_text(value))
            if tidy(words_of_text(value)) in lines.words.story.get("nobody_asked", ()):
                says, rest = NO, words_of_text(value)
            whose = says == NO and bool(lines.words.whole(LINE_KIND, key.value.replace("_", " ")))
            nothing = says == NO and not rest and _is_no_line(key.value, lines)
            wording = rest if len(rest.split()) > 1 else f"{rest} {ASKED_US}"
            name, _, answer = next(iter(lines.words.whole(YES_LINE, wording)), "").partition(IS)
            if whose and name:
                entries.append((Text(name, key.line), Text(answer, key.line)))
                notes.append(
                    f"{quoted(f'{key.value}: {words_of_text(value)}')} is read as `{name}: {answer}`"
                )
            elif whose or nothing or denied_by_name(lines.words, key.value):
                line = f"{key.value}: {words_of_text(value)}"
                aside[quoted(line)] = None
                entries.append((Text(NOTE, key.line), Text(line, key.line)))
            else:
                entries.append((key, value))
        return Mapping(tuple(entries), node.line)

    tree = in_each_block(tree, read)
    if any(key.value == KIND and words_of_text(value) == SHARE for key, value in tree.entries) and notes:
        tree = with_what_we_tell(
            tree, [key.value for key, _ in tree.entries if MEASURE in lines.meant(key.value)]
        )
    note = f"denied, and kept as a note: {', '.join(aside)}"
    return tree, (*notes, *((note,) if aside else ()))


def _is_no_line(key: str, lines: Lines) -> bool:
    """Whether several words are the name of no line, so that a no after them only says that it is not so."""
    name = key.replace("_", " ")
    read_as_line = lines.meant(key) or lines.told_by(key) or lines.words.whole(YES_LINE, name)
    return " " in name.strip() and not read_as_line
