"""Times that run from an arrest of which another line tells: `limit: 60 days from the arrest` beside `person:
arrested on 15 November`."""

from __future__ import annotations

from routing.case.line_names import written_lines
from routing.case.times import runs_on, spans_in
from routing.rulebook.spelling import tidy
from routing.rulebook.words import Words
from routing.yaml.tree import Mapping, Node, Text


def with_arrest_day(tree: Node, words: Words) -> Node:
    """The tree with the words for the arrest beside each time that runs from it, where one other line tells
    of an arrest."""
    if not isinstance(tree, Mapping):
        return tree
    arrests = frozenset(words.story.get("arrests", ()))
    of_arrests = [
        (key, value)
        for key, value in written_lines(tree)
        if isinstance(value, Text) and any(map(str.isdigit, value.value))
        if not arrests.isdisjoint(tidy(f"{key.value} {value.value}").split())
        if not spans_in(words, value.value)
    ]
    if len(of_arrests) != 1:
        return tree
    (of_arrest,) = (value for _, value in of_arrests)

    def dated(value: Node) -> Node:
        runs = isinstance(value, Text) and any(
            runs_on(words, value.value.split()[end:]) for end in spans_in(words, value.value)
        )
        return (
            Text(f"{value.value}; {of_arrest.value}", value.line)
            if isinstance(value, Text) and runs
            else value
        )

    return Mapping(tuple((key, dated(value)) for key, value in tree.entries), tree.line)
