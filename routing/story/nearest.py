"""The measures whose phrases have the words of a story, or words near to them in meaning, for one that does
not say what it needs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from routing.case.deeds import MUST_BE, PLANS, US, WISHES
from routing.core.grouping import grouped
from routing.core.limits import check_limits
from routing.rulebook.by_meaning import MUCH_LESS, may_mean, told_by_words
from routing.rulebook.mentions import Mention
from routing.rulebook.words import LINKING, MEASURE, POINTING
from routing.story.acts import Acts
from routing.story.implied_needs import Meeting, not_needed
from routing.story.lines import Line, of_a_third
from routing.story.sentences import Phrase

if TYPE_CHECKING:
    from routing.opened import Router

NEAREST = 2
FEWEST = 2  # words that tell something
WANTED = frozenset({WISHES, MUST_BE, PLANS})


def nearest(router: Router, lines: Sequence[Line], acts: Acts) -> tuple[Meeting, ...]:
    """The measures of which parts of a story tell most, each with the words that speak for it: several in one
    part, as one alone may stand there by chance; not what somebody else does (`the bank holds the money`)."""
    story = router.rulebook.words.story
    came = story.get("held", ())  # what was sent to us is not needed
    idle = LINKING | POINTING | frozenset(story.get("says_no_need", ()))
    calling = {at for number, line in enumerate(lines) if line.wishes for at in (number - 1, number)}
    orders = frozenset(story.get("orders", ()))
    best: dict[str, tuple[float, Meeting]] = {}
    for number, line in enumerate(lines):
        if calling and number not in calling:
            continue  # what is needed is said where something is wished, or right before
        check_limits()
        sentence = line.sentence
        shut = not_needed(router.rulebook, sentence, *came)
        shut |= {sentence.parts[place] for place in sentence.denials}
        theirs = {deed.verb for deed in acts.deeds[number] if deed.who != US and deed.says not in WANTED}
        theirs |= {at for at, word in enumerate(sentence.words) if word in orders and of_a_third(line, at)}
        open_places = grouped(
            (part, place)
            for place, (part, word) in enumerate(zip(sentence.parts, sentence.words, strict=True))
            if not (part in shut or place in theirs or word.isdigit())
        )
        for places in open_places.values():
            words = [sentence.words[place] for place in places]
            for held in told_by_words(router.rulebook.words, MEASURE, words):
                telling = [at for at in held.places if words[at] not in idle]
                if len(telling) < FEWEST:
                    continue
                start, end = places[held.places[0]], places[held.places[-1]] + 1
                spoken = " ".join(sentence.words[start:end])
                phrase = Phrase(MEASURE, Mention(spoken, held.meaning, start, end))
                for measure in held.meaning:
                    if held.tells > best.get(measure, (0.0,))[0]:
                        best[measure] = (held.tells, Meeting(0.0, (), number, phrase))
    ranked = sorted(best.values(), key=lambda it: -it[0])[:NEAREST]
    return tuple(dict.fromkeys(meeting for tells, meeting in ranked if tells >= MUCH_LESS * ranked[0][0]))


def is_near(
    router: Router, lines: Sequence[Line], number: int, place: int, measures: Collection[str]
) -> bool:
    """Whether the part of a sentence in which a word stands is near by meaning to a measure, as a whole.

    number: of the sentence; place: of the word; measures: which."""
    sentence = lines[number].sentence
    part = [
        word for of, word in zip(sentence.parts, sentence.words, strict=True) if of == sentence.parts[place]
    ]
    meant = may_mean(router.rulebook.words, MEASURE, " ".join(part), router.rulebook.measures)
    return any(not set(it.meaning).isdisjoint(measures) for it in meant)
