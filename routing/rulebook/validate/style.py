"""How the sentences of the rules are written, as far as a program can tell: their length, and phrases to
avoid.

A fault of style is told by the check of the rules and keeps nobody from using them. What to avoid and what to
write instead stands in the rules (`style` in rulebook.yaml); docs/style.md says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from routing.core.domain import KINDS_OF_NEED
from routing.core.errors import Problem
from routing.core.records import Record, field
from routing.core.snapshot import Location
from routing.rulebook.parse.sources import Source, of_part, read_sources
from routing.yaml.tree import Items, Mapping, Node, Text, plain

PARTS = ("facts", "measures", "pathways", "routes", "reasoning", "wording", "glossary", "documents")
"""The files whose sentences people read."""
SPOKEN = frozenset(
    {
        *("says", "asks", "because", "tells", "action", "is", "right_when", "what", "name", "answering"),
        *("sharing", "limit", "put_in", "safeguards", "a", "b", "default"),
        *KINDS_OF_NEED,
        *("ask", "back", "attach", "signs", "notes", "source", "when"),
    }
)
"""The keys under which sentences stand."""
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


class Style(Record):
    """most_words: in a sentence. most_sentences: in a field. avoid: phrases, each with a better one. but:
    phrases that hold one to avoid and are right all the same."""

    most_words: int = 10_000
    most_sentences: int = 10_000
    avoid: dict[str, str] = field(default_factory=dict)
    but: tuple[str, ...] = ()


def style_of(sources: Iterable[Source]) -> Style:
    """The style that the rules ask of themselves; one that asks nothing where there is none."""
    for source in of_part(sources, "rulebook"):
        style = source.tree.get("style") if isinstance(source.tree, Mapping) else None
        if style is not None:
            data = plain(style)
            return Style(
                int(data.get("most_words", 10_000)),
                int(data.get("most_sentences", 10_000)),
                dict(data.get("avoid") or {}),
                tuple(data.get("but") or ()),
            )
    return Style()


def style_in(folder: Location) -> list[Problem]:
    """The faults of style in a folder of rules."""
    return list(style_problems(read_sources(folder)[0]))


def style_problems(sources: Iterable[Source]) -> Iterator[Problem]:
    """Every sentence that is too long, every field of too many, and every phrase to avoid, with its place."""
    sources = tuple(sources)
    style = style_of(sources)
    if style == Style():
        return
    for source in sources:
        if source.part in PARTS:
            for text in spoken(source.tree):
                for message, fix, id in faults(text.value, style):
                    yield Problem(message, source.file, text.line, fix, id)


def spoken(node: Node, under: str = "") -> Iterator[Text]:
    """The sentences in a tree."""
    if isinstance(node, Text):
        if under in SPOKEN and " " in node.value:
            yield node
    elif isinstance(node, Items):
        for item in node.values:
            yield from spoken(item, under)
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            yield from spoken(value, key.value)


def faults(text: str, style: Style) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a text: in words, with its cure and the finding."""
    words = " ".join(text.split())
    sentences = SENTENCE_END.split(words)
    for sentence in sentences:
        count = len(sentence.split())
        if count > style.most_words:
            start = " ".join(sentence.split()[:5])
            yield (
                f"a sentence of {count} words: `{start} ...`",
                f"make two of it; at most {style.most_words}",
                "style.long-sentence",
            )
    if len(sentences) > style.most_sentences:
        yield (
            f"{len(sentences)} sentences in one field: `{' '.join(words.split()[:5])} ...`",
            f"at most {style.most_sentences}; say one thing",
            "style.many-sentences",
        )
    lower = words.lower()
    for phrase in style.but:
        lower = lower.replace(phrase, "")
    for phrase, better in style.avoid.items():
        if phrase in lower and re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", lower):
            yield f"`{phrase}` is a phrase to avoid", f"write {better}", "style.phrase"
