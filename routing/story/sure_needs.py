"""Which needs of a story are not surely read: one word may be there by chance, and what is only told as being
so is not wished. They are asked back, and no plan is made of them alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from routing.case.deeds import BE, HAVE, WAS
from routing.core.records import replace
from routing.rulebook.mentions import stands_in
from routing.rulebook.model import Rulebook
from routing.rulebook.pronouns import PERSON
from routing.rulebook.spelling import tidy
from routing.rulebook.words import LINKING, MEASURE
from routing.story.coreference import naming_states
from routing.story.lines import FIRST, Line
from routing.story.needs import Want
from routing.story.passive import wished_done
from routing.story.sentences import Sentence
from routing.story.signatures import PLACES

SAME_LETTERS = 5  # letters in which a word is the same as one of the name of a measure: `freeze`, `freezing`
FEWEST_WORDS = 2  # words that say what is needed
WORDS_FROM_WISH = 3  # words from a wish to what is wished: `I need the invoices`
WISH_WORDS = frozenset({"want", "need"})
CAN, ANYBODY, ASKED_OF = (
    frozenset({"can", "could", "will", "would"}),
    frozenset({"you", "somebody", "someone", "anybody", "anyone", "they", "country"}),
    2,
)
"""With what a question begins that asks somebody to do something."""
PAST_ENDING = ("ed",)
SAYS_NOTHING = LINKING | PERSON | FIRST | {"it", "here", "there", "this", "that", "them"} | WISH_WORDS


def unsure_needs(rulebook: Rulebook, lines: Sequence[Line], wants: Iterable[Want]) -> Iterator[str]:
    """The words of the needs that are not surely read, nor where they are wished in other words."""
    for want in wants:
        if want.measures and not want.asked:
            words = (want.phrase, *_wished_as(lines, want))
            if not any(_is_sure(rulebook, lines, replace(want, phrase=it)) for it in words):
                yield want.phrase


def _wished_as(lines: Sequence[Line], want: Want) -> Iterator[str]:
    """The words for a need in sentences in which something is wished."""
    for line in lines:
        for phrase in line.of(MEASURE) if line.sentence.wishes else ():
            if not set(want.measures).isdisjoint(phrase.mention.targets):
                yield line.sentence.quoted(phrase.mention)


def _is_sure(rulebook: Rulebook, lines: Sequence[Line], want: Want) -> bool:
    words = tuple(tidy(want.phrase).split())
    says = [word for word in words if word not in SAYS_NOTHING]
    names = {name[:SAME_LETTERS] for measure in want.measures for name in _named(rulebook, measure)}
    named = [word for word in says if word[:SAME_LETTERS] in names]
    line, start = next(_places(lines, words), (None, 0))
    if line is None:
        return len(says) >= FEWEST_WORDS or bool(named)
    end, sentence = start + len(words), line.sentence
    if sentence.asks and stands_in(sentence.words[:start], rulebook.words.story.get("asks_if_allowed", ())):
        return False  # `is the consul allowed to swear her in?`
    if sentence.words[end : end + 1] and sentence.words[end] in BE | WAS | HAVE and not line.wishes:
        return False  # `the notice is pending`
    wished = sentence.asks or any(wish < start for wish in sentence.wishes)
    wished = wished or not _wished_done(rulebook, line).isdisjoint(range(start, end))
    if any(word.endswith(PAST_ENDING) for word in named) and not wished:
        return False  # `she relocated to another State`
    if len(says) >= FEWEST_WORDS or (len(want.phrase.split()) > FEWEST_WORDS and words[0] not in WISH_WORDS):
        return True  # `get her out`
    near = any(start - WORDS_FROM_WISH <= wish < start for wish in sentence.wishes)
    return bool(named) or near or start == 0 or _is_asked(sentence, start)  # `stop it, please`


def _wished_done(rulebook: Rulebook, line: Line) -> frozenset[int]:
    tokens = naming_states(line.sentence, (it.mention for it in line.of(*PLACES)))
    return wished_done(rulebook.words.story, line.sentence, tokens)


def _is_asked(sentence: Sentence, start: int) -> bool:
    """Whether a question asks whether somebody can do what begins at a word: `can somebody stop it?`."""
    led = sentence.words[:start]
    return sentence.asks and len(led) == ASKED_OF and led[0] in CAN and led[1] in ANYBODY


def _named(rulebook: Rulebook, measure: str) -> tuple[str, ...]:
    """The words by which a measure is called: those of its id, and the first of its name."""
    name = [word for word in tidy(rulebook.measures[measure].name).split() if word not in LINKING]
    return (*measure.split("_"), *name[:1])


def _places(lines: Sequence[Line], words: tuple[str, ...]) -> Iterator[tuple[Line, int]]:
    for line in lines:
        every = line.sentence.words
        yield from ((line, at) for at in range(len(every)) if every[at : at + len(words)] == words)
