"""Which parts of a story say what is wanted, which tell what is, and which only what happened.

What happened is no wish: `the gang took cars, they were searched in May` names no measure, where another part
of the story says what is needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from routing.core.domain import ANSWER, REQUEST, USE
from routing.core.grouping import grouped
from routing.rulebook.mentions import matches
from routing.rulebook.model import Rulebook
from routing.rulebook.pronouns import SUBJECTS
from routing.rulebook.words import KIND, MEASURE
from routing.story.direction import directions_in
from routing.story.lines import MUST, Line
from routing.story.sentences import Phrase, Sentence
from routing.story.signatures import WE

WANTED, IS_SO, PAST = 0, 1, 2
"""What a part of a sentence says: what is wanted, what is so, what happened."""
ASKING = frozenset(
    {"who", "what", "which", "where", "whose", "whom", "when", "how", "if", "whether", "why", "whatever"}
)
DONE_TO = 2  # words before `blocked` in `have it blocked`
LEAVES_OPEN = frozenset({"be", "been", "get", "have"})
CAME_TO_US, CAME = (["they"], ["it"]), frozenset({"came", "arrived"})
BY_WHOM = frozenset({"by", "via", "from", "through", "without"})
"""How a request came, which was not answered by that: `but it came by e-mail`."""
RELATIVE = frozenset({"that", "which"})
BEGINS = 2  # words at the beginning of a part by which it is a question or an order


class Clauses:
    """The parts of the sentences of a story, each with what it says."""

    def __init__(self, rulebook: Rulebook, lines: Sequence[Line]) -> None:
        story = rulebook.words.story
        self._orders = frozenset(story.get("orders", ()))
        self._people = SUBJECTS.union(story.get("people", ()))
        self._past = frozenset(story.get("past", ()))
        self._wished = story.get("wished", ())
        self._given = frozenset(story.get("given", ()))
        self._clues = frozenset(story.get("clues", ()))
        self._breaks = frozenset(story.get("parts", ()))
        self._lines = lines
        self._by_place = tuple(dict(self._parts(line)) for line in lines)

    def of(self, number: int, phrase: Phrase) -> int:
        """What the parts of a sentence say in which a phrase stands: the most of them."""
        by_place, mention = self._by_place[number], phrase.mention
        words = self._lines[number].sentence.words[mention.start : mention.end]
        if not ASKING.isdisjoint(words) or not self._clues.isdisjoint(words):
            return WANTED
        return min(by_place[place] for place in range(mention.start, mention.end))

    @property
    def wanting(self) -> bool:
        """Whether any part says what we want; what we are asked for may be told as what happened."""
        asked = ANSWER in directions_in(self._lines)
        return not asked and any(WANTED in by_place.values() for by_place in self._by_place)

    def _parts(self, line: Line) -> Iterator[tuple[int, int]]:
        """Each word of a sentence with what its part says. A wish holds on through the parts after it, up
        to one that tells of something else; what a sentence begins with is one (`a copy of it, and`),
        unless it tells what happened."""
        sentence = line.sentence
        wished = {start for _, start, _ in matches(sentence.words, self._wished)} | set(sentence.wishes)
        wished |= {
            place
            for phrase in line.of(KIND)
            if not {REQUEST, ANSWER, USE}.isdisjoint(phrase.mention.targets)
            for place in phrase.places
        }
        parts = list(grouped((part, place) for place, part in enumerate(sentence.parts)).values())
        begins = any(
            self._people.isdisjoint(sentence.words[: phrase.mention.start])
            for phrase in line.of(MEASURE)
            if phrase.mention.start <= BEGINS
        )
        begins = begins and sentence.parts[0] not in sentence.tells  # `a print on the safe gave nothing`
        settled = max(
            (number for number, places in enumerate(parts) if self._is_settled(sentence, places)), default=0
        )
        if begins and any(sentence.words[places[0]] in self._past for places in parts[1 : BEGINS + 1]):
            begins = (
                False  # `the owner of it, one of this town, moved`, `her last message, ten days old, said`
            )
        ends = {phrase.mention.end for phrase in line.of(MEASURE)}  # `the numbers the men used`
        goes_on = False
        for number, places in enumerate(parts):
            words = [sentence.words[place] for place in places]
            asks = not ASKING.isdisjoint(words[:BEGINS])
            own = places[: _relative(words)] if goes_on else places
            past = any(self._is_past(sentence, place) for place in own if place - 1 not in ends)
            wishes = (
                not wished.isdisjoint(places)
                or not MUST.isdisjoint(words)
                or words[0] in self._orders
                or (sentence.asks and (asks or number == len(parts) - 1))
                or (sentence.asks and not past)
                or ((sentence.pleads or (begins and number < BEGINS)) and not past)
            )
            goes_on = wishes or (goes_on and (asks or not past))
            says = PAST if number < settled else WANTED if goes_on else PAST if past else IS_SO
            for place in places:
                yield place, says

    def _is_settled(self, sentence: Sentence, places: Sequence[int]) -> bool:
        """Whether a part says that we did already what is told before it: `they asked for it, we gave it`."""
        words = [sentence.words[place] for place in places]
        words = words[words[0] in self._breaks :][: BEGINS + 1]
        came = words[:1] in CAME_TO_US and not CAME.isdisjoint(words) and BY_WHOM.isdisjoint(words)
        return came or (words[:1] in WE and not self._given.isdisjoint(words))

    def _is_past(self, sentence: Sentence, place: int) -> bool:
        """Whether a word says that something happened: `we found`, but not `to be found`, `have it done`."""
        word, led = sentence.words[place], sentence.words[max(0, place - DONE_TO) : place]
        if not LEAVES_OPEN.isdisjoint(led):
            return False
        return word in self._past or (word.endswith("ed") and led[-1:] != () and led[-1] in self._people)


def _relative(words: Sequence[str]) -> int:
    """Where a part of a wish begins to tell only which thing is meant: `and the car that he stole`."""
    return next((at for at, word in enumerate(words) if at >= BEGINS and word in RELATIVE), len(words))
