"""Lines of a case that say in a block, or with a sign, what one text says."""

from __future__ import annotations

from collections.abc import Collection

from routing.case.danger_lines import dangers_named
from routing.rulebook.model import Rulebook
from routing.rulebook.spelling import tidy
from routing.yaml.tree import Mapping, Node, Text, blank, words_of_text


def in_one_text(tree: Mapping, own_keys: Collection[str], rulebook: Rulebook) -> Mapping:
    """The tree with a block of plain lines under a name of their own as one text, as `them:` above
    `first:` and `second:`; and a line that says nothing, as `n/a`, as one that was left empty."""
    nothing = rulebook.words.story.get("says_nothing", ())

    def read(key: Text, value: Node) -> Node:
        if isinstance(value, Mapping) and key.value not in own_keys:
            texts = [it for _, it in value.entries]
            lines = {it.value for it, _ in value.entries}
            is_block = any(it in own_keys or rulebook.words.line(it) for it in lines)
            if texts and not is_block and all(isinstance(it, Text) and not blank(it) for it in texts):
                return Text(" and ".join(map(words_of_text, texts)), key.line)
        text = words_of_text(value)
        says_nothing = bool(text) and "?" not in text and tidy(text) in nothing
        says_nothing = says_nothing and not dangers_named(rulebook, key.value)
        return Text("", key.line, absent=True) if says_nothing else value

    return Mapping(tuple((key, read(key, value)) for key, value in tree.entries), tree.line)
