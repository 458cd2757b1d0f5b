"""That a story tells of what came from another State and is held here: what is asked of that is its use (`may
I hand them over`, `our court wants to read it`), and it is not asked for again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from routing.core.domain import ANSWER, USE
from routing.core.records import replace
from routing.rulebook.mentions import Mention, matches
from routing.rulebook.words import KIND
from routing.story.direction import directions_in
from routing.story.lines import Line
from routing.story.sentences import Phrase, Sentence
from routing.story.transfers import transfers

BEFORE, BEYOND = 1, 3  # words before and after a phrase that may belong to it


def material_held(story: Mapping[str, tuple[str, ...]], lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The sentences of a story with who asks whom, where what we hold is used."""
    return tuple(_for_its_use(story, _of_what_we_hold(story, lines)))


def _for_its_use(story: Mapping[str, tuple[str, ...]], lines: Sequence[Line]) -> Iterator[Line]:
    """The same, where a story tells only of the use of material, without what that was given for: `they gave
    it for intelligence`."""
    only_used = directions_in(lines) == {USE}
    of_wishes = story.get("of_wishes", ()) if only_used else ()
    past = {*story.get("past", ()), *story.get("given", ())}
    for line in lines:
        given = tuple(
            phrase
            for phrase in (line.of(*of_wishes) if not line.wishes else ())
            if not past.isdisjoint(line.sentence.words[: phrase.mention.start])
        )
        kept = tuple(phrase for phrase in line.phrases if phrase not in given)
        yield replace(line, phrases=kept, aside=(*line.aside, *given)) if given else line


def _of_what_we_hold(story: Mapping[str, tuple[str, ...]], lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The same, where a story tells that we hold what came from another State: what it asks of that is its
    use (`may I hand them over`), and nothing but its use where it says of no other kind."""
    kinds = [phrase for line in lines for phrase in line.of(KIND)]
    uses = {number for number, line in enumerate(lines) if wants_use(story, line)}
    of_it = {
        id(phrase)
        for number, line in enumerate(lines)
        for phrase in line.of(KIND)
        if USE not in phrase.mention.targets
        and (
            (number in uses and ANSWER not in phrase.mention.targets)
            or near_words(story, line.sentence, phrase)
        )
    }
    held = [
        (number, start, end)
        for number, line in enumerate(lines)
        for _, start, end in matches(line.sentence.words, story.get("held", ()))
    ]
    came = (it for it in transfers(story, lines) if not it.request and (uses or it.got))
    held += [(it.line, it.start, it.end) for it in came]
    asked = bool(uses) or any(
        any(matches(line.sentence.words, story.get("yields_to_use", ()))) for line in lines
    )
    named = any(USE in phrase.mention.targets for phrase in kinds) or len(of_it) < len(kinds)
    if not held or named or not (kinds or asked):
        return lines
    number, start, end = held[0]
    use = Phrase(KIND, Mention(" ".join(lines[number].sentence.words[start:end]), (USE,), start, end))
    return tuple(
        replace(
            line,
            phrases=(
                *(phrase for phrase in line.phrases if id(phrase) not in of_it),
                *((use,) if order == number else ()),
            ),
            aside=(*line.aside, *(phrase for phrase in line.phrases if id(phrase) in of_it)),
        )
        for order, line in enumerate(lines)
    )


def wants_use(story: Mapping[str, tuple[str, ...]], line: Line) -> bool:
    """Whether a sentence wishes, or asks, to use what is held: `may I read it in court`, `do we have the
    right`."""
    wishes = line.wishes or line.sentence.asks
    return wishes and any(matches(line.sentence.words, story.get("wants_use", ())))


def near_words(
    story: Mapping[str, tuple[str, ...]], sentence: Sentence, phrase: Phrase, kind: str = USE
) -> bool:
    """Whether a phrase stands in words by which one asks of what one holds already, or what one must do
    before one answers."""
    near = sentence.words[max(0, phrase.mention.start - BEFORE) : phrase.mention.end + BEYOND]
    phrases = story.get(f"yields_to_{kind}", ())
    return any(matches(near, phrases)) or any(matches(phrase.mention.phrase.split(), phrases))
