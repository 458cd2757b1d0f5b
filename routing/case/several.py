"""A need that names several States, measures or purposes, read as one need for each of them.

    needs: [{id: accounts, measure: bank records and asset freezing, with: [FRA, ESP]}]

are four needs, and the notes of the case say so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice, product

from routing.core.domain import Fact
from routing.rulebook.model import Rulebook
from routing.rulebook.spelling import tidy
from routing.rulebook.words import JOINED, MEASURE
from routing.yaml.tree import Items, Mapping, Node, Text

PURPOSE, PARTNER = "purpose", "with"
SEPARATORS = JOINED
LONGEST_ID = 40
MOST = 101  # one more than a case may have, so that too many are noticed


def parts(node: Node, whole: Callable[[str], bool]) -> tuple[Node, ...]:
    """What a list or a text names, one by one. whole: whether a text means one thing as it stands."""
    if isinstance(node, Items):
        return tuple(part for value in node.values for part in parts(value, whole))
    if not isinstance(node, Text) or whole(node.value):
        return (node,)
    named = tuple(Text(part, node.line) for part in SEPARATORS.split(node.value.strip()) if part)
    return named if len(named) > 1 else (node,)


def separated(
    node: Mapping, number: int, rulebook: Rulebook, is_state: Callable[[str], bool]
) -> tuple[tuple[Mapping, ...], str]:
    """The needs that one entry stands for, each naming one State, one measure and one purpose, and a note on
    it.

    number: the place of the entry in its file, from 1. is_state: whether a word names a State.
    The note is empty where the entry is one need already.
    """
    choices = {
        key: named
        for key, written in ((name.value, value) for name, value in node.entries)
        if key in (PARTNER, MEASURE, PURPOSE)
        for named in [_named(key, written, rulebook, is_state)]
        if named and named != (written,)
    }
    if not choices:
        return (node,), ""
    written_id = node.get("id")
    begin = written_id.value.strip() if isinstance(written_id, Text) else f"need-{number}"
    needs = []
    for chosen in islice(product(*choices.values()), MOST):
        given = dict(zip(choices, chosen, strict=True))
        ending = [_ending(given[key]) for key, named in choices.items() if len(named) > 1]
        id = "-".join([begin, *ending])[:LONGEST_ID]
        entries = tuple(
            (key, given.get(key.value, value)) for key, value in node.entries if key.value != "id"
        )
        needs.append(
            Mapping(((Text("id", node.line), Text(id if ending else begin, node.line)), *entries), node.line)
        )
    if len(needs) == 1:
        return tuple(needs), ""
    ids = ", ".join(f"`{need.entries[0][1].value}`" for need in needs)  # type: ignore[union-attr]
    what = " and ".join(
        {PARTNER: "State", MEASURE: "measure", PURPOSE: "purpose"}[key]
        for key, named in choices.items()
        if len(named) > 1
    )
    return tuple(needs), f"need `{begin}` is read as one need for each {what}: {ids}"


def _named(key: str, written: Node, rulebook: Rulebook, is_state: Callable[[str], bool]) -> tuple[Node, ...]:
    if key == PARTNER:
        return parts(written, is_state)
    fact: Fact | None = rulebook.facts.get(key)
    known = rulebook.measures if key == MEASURE else fact.values if fact else {}

    def phrase(text: str) -> tuple[str, ...]:
        name = text.strip().replace(" ", "_")
        return (name,) if name in known else rulebook.words.whole(key, text)

    def one(text: str) -> bool:
        """Whether a text stands for one thing, as a phrase or a sentence does, phrases side by side not."""
        beside = [part for part in SEPARATORS.split(text.strip()) if part]
        meant = {phrase(part) for part in beside}
        side_by_side = len(meant) > 1 and all(len(meaning) == 1 for meaning in meant)
        return bool(phrase(text)) or (bool(rulebook.words.read(key, text)) and not side_by_side)

    named = parts(written, one)
    if len(named) > 1:
        together = " and ".join(part.value for part in named if isinstance(part, Text))
        meant = rulebook.words.by_topic.get(key, {}).get(tidy(together))
        if meant is not None and len(meant) == 1:
            return (Text(meant[0], written.line),)
    if isinstance(written, Text) and not all(
        isinstance(part, Text) and (part.value in known or rulebook.words.read(key, part.value))
        for part in named
    ):
        return (written,)  # a sentence, of which only its parts were understood or none
    return named


def _ending(node: Node) -> str:
    word = node.value if isinstance(node, Text) else ""
    return re.sub(r"[^A-Za-z0-9]+", "-", word.strip()).strip("-").lower() or "x"
