"""The lines of a case that say what is sought, each as a need of its own.

    need: find two fishermen
    they also want: the owner of the boat

    1: extradition of a man
    2: and they ask us to hear his wife

are two needs each, with the direction that the name of its own line tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from routing.case.lifted import NEEDS
from routing.case.line_names import NOTE, Lines
from routing.core.domain import REQUEST
from routing.rulebook.spelling import as_id, tidy
from routing.rulebook.words import JOINED, KEY, KIND, MEASURE, NAME_LINE
from routing.yaml.tree import Items, Mapping, Node, Text, blank, each_of, words_of_text

ITEM = re.compile(r"(?:^|\s)\(?\d{1,2}[).]\s+")
"""The number of a thing in a line: `1) ... 2) ...`."""
NUMBERED = re.compile(r"(.*\D)\s*\(?\d{1,2}\)?")
"""The name of a line with a number after it."""
TellsNeed = Callable[[str], bool]
BY_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-e])[).]?")
"""The name of a line that is only the number of a thing."""


def with_needs(tree: Mapping, lines: Lines, tells_need: TellsNeed = str.isspace) -> Mapping:
    """The tree with each need that is one text as a need of which that is the measure; a list of blocks under
    a line for the measure, as `need:` is, lists needs, and so do several lines that say what is sought.

    tells_need: whether a text tells a need as a sentence does.
    """
    entries = [_of_needs(key, _itemised(key, value, lines), lines) for key, value in tree.entries]
    tree = _of_several(Mapping(tuple(entries), tree.line), lines, tells_need)
    listed = next((value for key, value in tree.entries if as_id(key.value) == NEEDS), None)
    texts = each_of(listed)
    if not any(isinstance(it, Text) and not blank(it) for it in texts):
        return tree
    needs = tuple(
        Mapping(((Text(MEASURE, it.line), it),), it.line) if isinstance(it, Text) and not blank(it) else it
        for it in texts
    )
    entries = [
        (key, Items(needs, value.line)) if as_id(key.value) == NEEDS else (key, value)
        for key, value in tree.entries
    ]
    return Mapping(tuple(entries), tree.line)


def _itemised(key: Text, value: Node, lines: Lines) -> Node:
    """What a line for what is sought numbers, as `1) find him 2) hear him`, as a list."""
    if not isinstance(value, Text) or not (as_id(key.value) == NEEDS or MEASURE in lines.names(key.value)):
        return value
    items = [item.strip(" ,;") for item in ITEM.split(value.value)]
    numbered = len(items) > 2 and not items[0]
    return Items(tuple(Text(it, value.line) for it in items[1:]), value.line) if numbered else value


def _of_several(tree: Mapping, lines: Lines, tells_need: TellsNeed) -> Mapping:
    """The tree with its lines that each say something else that is sought as a list of needs; as it is where
    needs are listed already. A line of that name that says nothing of it is left beside one that does."""
    if any(as_id(key.value) == NEEDS and not blank(value) for key, value in tree.entries):
        return tree
    wants = [(key, value) for key, value in tree.entries if _is_sought(key, value, lines, tells_need)]
    again: list[Text] = []
    first: dict[frozenset[str], tuple[Text, Node]] = {}
    for key, value in wants:
        read = _read(words_of_text(value), lines)
        if read and any(read <= earlier for earlier in first):
            again += () if lines.codes(value) else (key,)  # in other words
            continue
        first[read or frozenset({key.value})] = key, value
    rest = (key for key, value in tree.entries if not blank(value) and all(key is not it for it, _ in wants))
    aside = any(lines.names(key.value)[-1:] == (MEASURE,) for key in rest)
    tree = Mapping(
        tuple(
            (Text(NOTE, key.line) if any(key is it for it in again) else key, value)
            for key, value in tree.entries
        ),
        tree.line,
    )
    if len(first) + aside < 2 or not first:
        return tree
    kept = tuple(entry for entry in tree.entries if not any(entry[0] is key for key, _ in wants))
    written = any(KIND in lines.names(key.value) for key, _ in tree.entries)
    kinds = [() if written else lines.kinds(key.value, value) for key, value in first.values()]
    directions = {kind for named in kinds for kind in named}
    common = () if len(directions) > 1 else tuple(directions)
    needs = tuple(
        _need(key, value, (named or common or (REQUEST,))[0] if directions else "")
        for (key, value), named in zip(first.values(), kinds, strict=True)
    )
    line = wants[0][0].line
    return Mapping((*kept, (Text(NEEDS, line), Items(needs, line))), tree.line)


def _need(key: Text, value: Node, kind: str) -> Mapping:
    direction = ((Text(KIND, key.line), Text(kind, key.line)),) if kind else ()
    return Mapping(((Text(MEASURE, key.line), value), *direction), key.line)


def is_counted(name: str, lines: Lines) -> bool:
    """Whether the name of a line only counts what it says: `2`, `also`."""
    return bool(BY_NUMBER.fullmatch(name)) or tidy(name) in lines.words.story.get("enumerates", ())


def _is_sought(key: Text, value: Node, lines: Lines, tells_need: TellsNeed) -> bool:
    """Whether a line says what is sought: by its name with a number after it; by its name, or as a thing that
    is only counted, where its words tell it."""
    if not isinstance(value, Text) or blank(value):
        return False
    name = key.value.replace("_", " ")
    stem = NUMBERED.fullmatch(name)
    if stem and MEASURE in lines.names(stem[1].strip()):
        return True
    meant = lines.meant(key.value)
    if len(meant) == 1 and not lines.words.whole(KEY, name):
        return False  # a part of such a name, as `paper` of `want paper`
    if key.value == MEASURE or is_counted(name, lines) or meant == (MEASURE,):
        return lines.reads(MEASURE, value) or tells_need(value.value)
    within = () if meant or key.value in lines.own_keys else lines.words.within(NAME_LINE, key.value)
    return lines.asks_for(meant or tuple(within), value)


def _read(text: str, lines: Lines) -> frozenset[str]:
    """The measures that are read in a text and in its parts."""
    texts = (text, *filter(None, JOINED.split(text)))
    return frozenset(name for part in texts for name in lines.words.read(MEASURE, part))


def _of_needs(key: Text, value: Node, lines: Lines) -> tuple[Text, Node]:
    """A line; under the name of the needs where it is called otherwise and blocks stand under it."""
    blocks = each_of(value)
    if not blocks or not all(isinstance(block, Mapping) for block in blocks):
        return key, value
    name = as_id(key.value)
    if name != NEEDS and MEASURE not in lines.names(key.value):
        return key, value
    return key if name == NEEDS else Text(NEEDS, key.line), Items(blocks, value.line)
