"""Which lines of a case may tell something as the sentences of a story do."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from routing.case.grammar import Story
from routing.case.line_names import written_lines
from routing.rulebook.spelling import tidy
from routing.yaml.tree import Mapping, Text, blank, each_of

TITLE, ID = "title", "id"
CHANNEL = "proposed_channel"
"""A line for a channel names a way, and tells no fact: no diplomat in `the attaché at the embassy`."""
TELLING = ("asking", "wishing", "spoke_to_us", "people", "authorities", "past", "did", "acts")
"""The words by which a story is read that a sentence has of which something may be read."""
SENTENCE = 3  # words from which on what a line says may be a sentence
LONG = 5  # the same where no word shows it


def as_lines(tree: Mapping, facts: Collection[str], story: Story, unnamed: Callable[[str, str], bool]) -> str:
    """The lines of a case as a text, each with its name; what stands in a list is a line by itself.

    facts: names of lines; what such a line says in a word or two is a value, and its name tells nothing
    unless a story leads with it, as `the crime is`. Nor does a title, which says what a case is called.
    unnamed: whether the name of a line tells nothing beside what it says, as that of a danger with a no.
    """
    leads = {lead.split()[0] for lead in story.get("leads_of_lines", ())}
    return "\n".join(
        part.value.strip()
        if (key.value in facts and key.value not in leads) or unnamed(key.value, part.value)
        else f"{key.value}: {part.value.strip()}"
        for key, part in _telling(tree, facts)
    )


def has_sentences(tree: Mapping, facts: Collection[str], story: Story) -> bool:
    """Whether a line of a case says in several words what somebody does, as far as one word shows it."""
    long = [part.value for _, part in _telling(tree, facts) if len(part.value.split()) >= SENTENCE]
    tells = {word for key in TELLING for word in story.get(key, ())} if long else set()
    return any(not tells.isdisjoint(tidy(words).split()) for words in long)


def has_long_lines(tree: Mapping, facts: Collection[str]) -> bool:
    """Whether a line of a case says something in as many words as a sentence may have that no word shows."""
    return any(len(part.value.split()) >= LONG for _, part in _telling(tree, facts))


def _telling(tree: Mapping, facts: Collection[str]) -> Iterator[tuple[Text, Text]]:
    for key, value in written_lines(tree):
        fewest = SENTENCE if key.value in facts else 1
        for part in each_of(value) if key.value not in (TITLE, ID, CHANNEL) else ():
            if isinstance(part, Text) and not blank(part) and len(part.value.split()) >= fewest:
                yield key, part
