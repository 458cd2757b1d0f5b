"""What a story asks beside what it needs: `can I just give the car`, `do we have to send back all`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from routing.rulebook.mentions import matches
from routing.rulebook.spelling import tidy
from routing.rulebook.words import LINKING
from routing.story.clauses import ASKING
from routing.story.lines import FIRST
from routing.story.sentences import Sentence
from routing.story.signatures import MARKS
from routing.story.way_questions import way_questions

MAY = frozenset({"can", "could", "may", "must", "should", "shall", "do"})
"""Before `I` and `we`, what shows that something is asked: `can I keep it`."""
BEGINS = MAY | {"is", "are", "am", "will", "would", "does", "doe", "did", "has", "have"}
"""With which a part of a question asks: `and is the favour worth something`."""
TURNS = frozenset({"and", "or", "but", "so", "then", "also"})
"""Behind which a part of a text begins."""
TELLING = frozenset({"who", "which", "when", "if", "whatever"})
"""What asks only before what shows it: not `who is in custody since March`."""
SHORTEST = 3  # words of `and if not`, which asks nothing by itself


def asks(words: Sequence[str]) -> bool:
    """Whether a text, or a part of it behind an `and`, begins with what asks."""
    begins = True
    for word, then in zip(words, (*words[1:], ""), strict=True):
        asking = word in ASKING - TELLING or (word in TELLING and then in MAY)
        if (begins and asking) or (word in MAY and then in FIRST):
            return True
        begins = word in TURNS or (begins and word in LINKING)
    return False


def asked_of_the_way(story: Mapping[str, tuple[str, ...]], sentence: Sentence) -> Iterator[str]:
    """The questions of the way in a sentence, each as its part of the text."""
    asked = [it.start for it in way_questions(story, sentence)]
    if sentence.asks:
        asked += [start for _, start, _ in matches(sentence.words, story.get("wants_use", ()))]
        yield from (text for text, places in parts_that_ask(sentence) if not set(places).isdisjoint(asked))
        return
    for part in dict.fromkeys(sentence.parts[start] for start in asked):
        places = [place for place, of in enumerate(sentence.parts) if of == part]
        text = sentence.run[sentence.begins(places[0]) : sentence.raws[places[-1]] + 1]
        yield " ".join(text).strip(MARKS)


def questions(
    sentences: Iterable[Sentence], needs: Collection[str], of_the_way: Collection[str]
) -> Iterator[str]:
    """The questions among some sentences that name no need and do not ask for the way, each as its part of
    the text. needs: the words of the needs; of_the_way: the questions of the way."""
    apart = (*needs, *of_the_way)
    for sentence in sentences:
        if sentence.asks:
            for text, _ in parts_that_ask(sentence):
                if not any(it in text or text in it for it in apart):
                    yield text


def parts_that_ask(sentence: Sentence) -> Iterator[tuple[str, range]]:
    """The questions that one sentence puts, each with what goes on behind it, and where its words stand."""
    starts = [0]
    for place in range(1, len(sentence.words)):
        if sentence.parts[place] != sentence.parts[place - 1] and _begins(sentence.words[place:]):
            starts.append(place)
    for start, end in zip(starts, (*starts[1:], len(sentence.words)), strict=True):
        last = sentence.begins(end) if end < len(sentence.words) else len(sentence.run)
        yield " ".join(sentence.run[sentence.begins(start) : last]).strip(MARKS), range(start, end)


def _begins(words: Sequence[str]) -> bool:
    """Whether what is left of a sentence begins with what asks."""
    turned = words[0] in TURNS
    then = words[1:] if turned else words
    return bool(then) and (then[0] in ASKING - TELLING or (turned and then[0] in ASKING | BEGINS))


def asks_something(text: str) -> bool:
    """Whether a text is a question by its first words, and no heading or name with a question mark."""
    words = tidy(text).split()
    first = next((word for word in words if word not in TURNS), "")
    return len(words) > SHORTEST and (first in ASKING | BEGINS or asks(words))
