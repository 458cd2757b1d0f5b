"""Lines of a case that say nothing a line can say, kept in the note."""

from __future__ import annotations

from collections.abc import Iterable

from routing.case.line_names import NOTE, in_each_block
from routing.yaml.tree import Items, Mapping, Node, Text, blank, each_of, words_of_text


def as_notes(node: Mapping, keys: Iterable[Text]) -> Mapping:
    """A block, and each of its needs, with some of its lines in the note."""
    aside = list(keys)

    def noted(block: Node) -> Node:
        if not isinstance(block, Mapping) or not any(key is it for key, _ in block.entries for it in aside):
            return block
        own = block.get(NOTE)
        notes = [*(() if own is None or blank(own) else each_of(own))]
        notes += (
            Text(words_of_text(value), key.line)
            for key, value in block.entries
            if any(key is it for it in aside) and words_of_text(value)
        )
        kept = (
            entry
            for entry in block.entries
            if entry[0].value != NOTE and not any(entry[0] is it for it in aside)
        )
        return Mapping((*kept, (Text(NOTE, block.line), Items(tuple(notes), block.line))), block.line)

    return in_each_block(node, noted)
