"""The words of a story read in other words: `it` as the thing that it stands for, a word as another that says
the same, an office with its State as that State."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from routing.rulebook.mentions import Mention, matches
from routing.rulebook.words import SAME
from routing.story.phrase_table import Phrases
from routing.story.sentences import Phrase, Sentence
from routing.story.signatures import MARKS

if TYPE_CHECKING:
    from routing.story.places import Place

COUNTRY = "country"
BACK = 2  # sentences before, in which a thing may be named
MOST = 3  # things that a word may stand for, the nearest first
POINTS = frozenset({"this", "that", "these", "those"})
AFTER_A_THING = frozenset({"to", "from", "in", "into", "by", "with", "at", "over", "back", COUNTRY})
TO_WHOM = frozenset({"for", "to", "by"})
HIM = "him"
NO_NAMES = ("no_person", "companies", "signs", "things", "firms", "also_names")
US = frozenset({"we", "i", "us", "our", "my", "am", "are", "here"})

Tokens = tuple[tuple[str, int, int], ...]
"""Words, each with those of the sentence that it stands for: the first, and the one after the last."""


def tokens_of(sentence: Sentence) -> Tokens:
    return tuple((word, place, place + 1) for place, word in enumerate(sentence.words))


def words_of(tokens: Tokens) -> tuple[str, ...]:
    return tuple(word for word, _, _ in tokens)


def with_states(tokens: Tokens, named: Mapping[int, int]) -> Tokens:
    """The same with `country` for each State. named: where one begins and ends."""
    inner = {place for start, end in named.items() for place in range(start + 1, end)}
    return tuple(
        (COUNTRY, start, named[start]) if start in named and word != COUNTRY else (word, start, end)
        for word, start, end in tokens
        if start not in inner
    )


def naming_states(sentence: Sentence, named: Iterable[Place | Mention]) -> Tokens:
    """The words of a sentence with `country` for each State. named: those that it names; one of which only a
    number tells asks for nothing (`calls from a +971 number, he wants money`)."""
    by_name = (it for it in named if not any(map(str.isdigit, sentence.words[it.start])))
    return with_states(tokens_of(sentence), {it.start: it.end for it in by_name})


def spans_of(
    sentence: Sentence, named: Iterable[Place | Mention], phrases: Sequence[str]
) -> Iterator[tuple[int, int]]:
    """Where phrases stand that have `country` for a State: the first word of the sentence, and the one after
    the last. named: the States that it names."""
    tokens = naming_states(sentence, named)
    for _, first, after in matches(words_of(tokens), phrases):
        yield tokens[first][1], tokens[after - 1][2]


def with_same(phrases: Phrases, tokens: Tokens) -> Tokens:
    """The same with each word that says the same as another as that other."""
    phrases_at = {phrase.mention.start: phrase for phrase in phrases.in_words(words_of(tokens), (SAME,))}
    read: list[tuple[str, int, int]] = []
    place = 0
    while place < len(tokens):
        phrase = phrases_at.get(place)
        end = phrase.mention.end if phrase else place + 1
        word = phrase.mention.targets[0] if phrase else tokens[place][0]
        read.extend((part, tokens[place][1], tokens[end - 1][2]) for part in word.split())
        place = end
    return tuple(read)


def without_fill(story: Mapping[str, Sequence[str]], tokens: Tokens) -> Tokens:
    """The same without words that change nothing: `freeze at once this account`; what stands for a thing by
    itself does: `can we send this to Lima`."""
    fill, words = set(story.get("fill", ())), words_of(tokens)
    bare = {
        place
        for place, word in enumerate(words)
        if word in POINTS and (place + 1 == len(words) or words[place + 1] in AFTER_A_THING)
    }
    return tuple(token for place, token in enumerate(tokens) if token[0] not in fill or place in bare)


def offices_as_states(story: Mapping[str, Sequence[str]], tokens: Tokens) -> Tokens:
    """The same with each office of a State as that State, but for our own: `the Dutch river police` and
    `the public prosecutor in Lima` are who asks."""
    offices, within = set(story.get("authorities", ())), {*story.get("within", ()), "from"}
    read: list[tuple[str, int, int]] = []
    place = 0
    while place < len(tokens):
        end = _office(tokens, place, offices, within)
        if end > place + 1 and (not read or read[-1][0] not in US):
            read.append((COUNTRY, tokens[place][1], tokens[end - 1][2]))
            place = end
        else:
            read.append(tokens[place])
            place += 1
    return tuple(read)


def _office(tokens: Tokens, place: int, offices: set[str], within: set[str]) -> int:
    """Where an office with its State ends that begins at a word; the word itself where none does."""
    words = words_of(tokens)
    end = place
    while end < len(words) and words[end] in offices:
        end += 1
    if end > place and end < len(words) and words[end] in within:
        end += 1
    if end >= len(words) or words[end] != COUNTRY:
        return place
    end += 1
    while end < len(words) and words[end] in offices:
        end += 1
    return end


def _ends(written: str) -> bool:
    return written.endswith((":", ";"))


class Meant:
    """The things of a story, and what stands for them. story: the words by which one is read."""

    def __init__(
        self,
        story: Mapping[str, tuple[str, ...]],
        same: Mapping[str, tuple[str, ...]],
        sentences: Sequence[Sentence],
    ) -> None:
        self._sentences, self._same = sentences, same
        self._things, self._people = set(story.get("things", ())), set(story.get("people", ()))
        self._singular, self._plural = (
            set(story.get("stand_for_one", ())),
            set(story.get("stand_for_many", ())),
        )
        self._of_one = set(story.get("of_things", ()))
        self._says = set(story.get("says", ()))
        self._no_names = {word for key in NO_NAMES for word in story.get(key, ())}

    def of(self, number: int) -> Iterator[Tokens]:
        """A sentence of the story with each such word as each thing that it may stand for, and with people as
        `him` who are called by name."""
        sentence = self._sentences[number]
        tokens = tokens_of(sentence)
        if named := dict(self._called(sentence)):
            inner = {at for start, end in named.items() for at in range(start + 1, end)}
            yield tuple(
                (HIM, at, named[at]) if at in named else (word, at, end)
                for word, at, end in tokens
                if at not in inner
            )
        for place, word in enumerate(sentence.words):
            rest = tokens[place + 1 :]
            if word in self._singular and sentence.before(place) in self._says:
                continue  # `the bank says it holds the rest`: who speaks
            if word in self._singular | self._plural:
                for thing in self._named(number, place, word in self._plural):
                    yield (*tokens[:place], (thing, place, place + 1), *rest)
            elif (
                word in self._of_one and self._ends(sentence, place) and sentence.before(place) not in TO_WHOM
            ):
                for thing in self._named(number, place, people=False):
                    yield (*tokens[: place + 1], (thing, place, place + 1), *rest)

    def _called(self, sentence: Sentence) -> Iterator[tuple[int, int]]:
        """Where names stand that may be of people: words with a capital inside a sentence, none of a firm."""
        at = 1
        while at < len(sentence.words):
            end = at
            while end < len(sentence.words) and self._is_name(sentence, end):
                end += 1
            then = "".join(sentence.words[end : end + 1])
            if end > at and then not in self._no_names:
                yield at, end
            at = max(end, at) + 1

    def _is_name(self, sentence: Sentence, at: int) -> bool:
        written = sentence.written[at].strip(MARKS)
        small = written[:1].isupper() and written[1:2].islower() and written[1:].isalpha()
        return small and sentence.words[at] not in self._no_names and not _ends(sentence.written[at - 1])

    def things_of(self, number: int) -> frozenset[int]:
        """Where `them` stands for things, as nobody was named since."""
        words = self._sentences[number].words
        places = (place for place, word in enumerate(words) if word in self._plural)
        return frozenset(place for place in places if self._named(number, place, people=True))

    def _ends(self, sentence: Sentence, place: int) -> bool:
        parts = sentence.parts
        return place + 1 == len(parts) or parts[place + 1] != parts[place]

    def _named(self, number: int, place: int, people: bool) -> tuple[str, ...]:
        """The things named before a word, the nearest first; none where it may stand for people, and some
        were named since."""
        near: dict[str, bool] = {}
        before: set[str] = set()
        for sentence in self._sentences[max(0, number - BACK) : number + 1][::-1]:
            end = place if sentence is self._sentences[number] else len(sentence.words)
            here: set[str] = set()
            for at, word in reversed(tuple(enumerate(sentence.words[:end]))):
                same = self._same.get(word, (word,))[0]
                if sentence.before(at) in self._says and self._ends(sentence, at):
                    continue  # `says the computer`: who speaks
                if same in self._things:
                    plural = sentence.written[at].casefold().strip(MARKS) not in (word, "")
                    near[same] = near.get(same, False) or plural
                    here.add(same)
                elif people and same in self._people:
                    return _fitting(near, people)
            if not people and here & before:
                near = {thing: many for thing, many in near.items() if thing in before}
                break  # `the phone shows a warehouse. We know the warehouse. Who rents it?`
            before |= here
        return _fitting(near, people)


def _fitting(near: Mapping[str, bool], many: bool) -> tuple[str, ...]:
    """The things that a word may stand for; where it stands for many, those told as many, if there are any.
    near: the things, the nearest first, each with whether it was told as many."""
    several = tuple(thing for thing, plural in near.items() if plural)
    return (several if many and several else tuple(near))[:MOST]


def at(phrase: Phrase, tokens: Tokens) -> Phrase:
    """What was found in such words, where it stands in the sentence."""
    start, end = tokens[phrase.mention.start][1], tokens[phrase.mention.end - 1][2]
    return Phrase(phrase.topic, phrase.mention.moved(start, end))
