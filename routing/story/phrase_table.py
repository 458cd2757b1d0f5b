"""The phrases of all topics as they are looked for in the words of a sentence: the longest of each topic, and
none inside another of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Generic, TypeVar

from routing.core.grouping import grouped
from routing.rulebook.mentions import Mention, end_of, mention_of, words_of_parts
from routing.rulebook.patterns import APART, Pattern, Tokens
from routing.rulebook.words import MEASURE, Words
from routing.story.sentences import AND, Phrase

Raw = TypeVar("Raw")
Entry = TypeVar("Entry")
POINTS = frozenset({"this", "that", "these", "those"})


class ByFirstWord(Generic[Raw, Entry]):
    """What can begin with a word, made ready when the word is met: a story has a hundred of thousands."""

    def __init__(self, pairs: Iterable[tuple[str, Raw]], ready: Callable[[Raw], Entry]) -> None:
        self._begun = grouped(pairs)
        self._make_ready = ready
        self._ready: dict[str, tuple[Entry, ...]] = {}

    def at(self, word: str) -> tuple[Entry, ...]:
        if word not in self._begun:
            return ()
        if word not in self._ready:
            self._ready[word] = tuple(map(self._make_ready, self._begun[word]))
        return self._ready[word]


class Phrases:
    """The phrases of all topics, by their first word."""

    def __init__(self, words: Words) -> None:
        self._phrases = ByFirstWord(
            (
                (phrase.split(None, 1)[0], (topic, phrase, targets))
                for topic, table in (*words.by_topic.items(), *words.apart.items())
                for phrase, targets in table.items()
                if phrase
            ),
            _with_its_words,
        )
        self._patterns = ByFirstWord(
            (
                (word, (topic, pattern))
                for topic in words.patterns
                for pattern in words.patterns[topic].kept
                for word in sorted(pattern.first())
            ),
            _with_its_needs,
        )
        self._asked = frozenset(words.story.get("if_asked", ()))
        self._things = frozenset(words.story.get("things", ()))

    def in_words(
        self, words: Sequence[str], topics: tuple[str, ...], anew: Collection[int] = ()
    ) -> tuple[Phrase, ...]:
        """The longest phrases of each topic in a sentence, in its order, none of a topic inside another.
        anew: where the sentence begins with something new, over which no measure reaches."""
        there, order = set(words), {topic: number for number, topic in enumerate(topics)}
        every = [
            Phrase(topic, Mention(phrase, targets, start, end, phrase in self._asked))
            for start, word in enumerate(words)
            for topic, phrase, targets, parts, needed in self._phrases.at(word)
            if topic in order and needed <= there and (end := end_of(parts, words, start))
        ]
        every.sort(key=lambda it: (it.mention.start, order[it.topic]))
        in_patterns = [
            Phrase(topic, mention_of(pattern, match[1], start, match[0]))
            for start, word in enumerate(words)
            for apart in (False, True)
            for topic, pattern, needs in self._patterns.at(word)
            if topic in order and apart == (len(pattern.parts) > 1)
            if not any(needed.isdisjoint(there) for needed in needs)
            if (match := pattern.match_at(words, start))
        ]
        every += sorted(in_patterns, key=lambda it: order[it.topic])
        every = [it for it in every if it.topic != MEASURE or not self._cut_off(it, words)]
        every = [it for it in every if it.topic != MEASURE or not _reaches_over(it, words, anew)]
        asked = [it for it in every if it.topic == MEASURE]
        every = [it for it in every if it.topic != MEASURE or not _holds_another(it, asked, words)]
        used: dict[str, set[int]] = {}
        chosen: list[Phrase] = []
        for longest in sorted(every, key=lambda it: (-it.words, it.mention.start)):
            places = set(longest.places)
            if places.isdisjoint(of_topic := used.setdefault(longest.topic, set())):
                of_topic |= places
                chosen.append(longest)
        return tuple(sorted(chosen, key=lambda it: it.mention.start))

    def _cut_off(self, phrase: Phrase, words: Sequence[str]) -> bool:
        """Whether words for a need end in the middle of what they are of: `who pays for this` of `who pays
        for this number`."""
        end = phrase.mention.end
        return words[end - 1] in POINTS and not self._things.isdisjoint(words[end : end + 1])


def _with_its_words(
    raw: tuple[str, str, tuple[str, ...]],
) -> tuple[str, str, tuple[str, ...], tuple[Tokens, ...], frozenset[str]]:
    """A phrase with its topic, what it means, its parts and every word that it needs."""
    topic, phrase, targets = raw
    return topic, phrase, targets, words_of_parts(phrase), frozenset(phrase.split()) - {APART.strip()}


def _with_its_needs(raw: tuple[str, Pattern]) -> tuple[str, Pattern, tuple[frozenset[str], ...]]:
    """A pattern with its topic and, for each place that is never empty, the words of which it needs one."""
    topic, pattern = raw
    return topic, pattern, pattern.needs()


def _holds_another(phrase: Phrase, every: Sequence[Phrase], words: Sequence[str]) -> bool:
    """Whether a phrase goes over an `and` before which something else is asked for that is whole by itself,
    and after which it is told itself: `the account records and the money frozen`."""
    own, mention = phrase.mention.phrase.split(), phrase.mention
    joined = [at for at in range(mention.start, mention.end) if words[at] == AND] if AND not in own else []
    return any(
        inner.words > 1
        and mention.start <= inner.mention.start
        and inner.mention.end <= at
        and set(inner.mention.targets).isdisjoint(mention.targets)
        and any(it.mention.start > at and it.mention.targets == mention.targets for it in every)
        for at in joined
        for inner in every
    )


def _reaches_over(phrase: Phrase, words: Sequence[str], anew: Collection[int]) -> bool:
    own = phrase.mention.phrase.split()
    return any(phrase.mention.start < at < phrase.mention.end and words[at] not in own for at in anew)
