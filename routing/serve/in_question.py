"""Which needs of a story are asked about and not taken as told: those that it only names, and those of which
clues meet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from routing.core.records import replace
from routing.rulebook.mentions import standing
from routing.rulebook.model import Rulebook
from routing.rulebook.words import KIND, MEASURE
from routing.serve.clauses import WANTED
from routing.serve.lines import Line
from routing.serve.needed import Needed, of_ours
from routing.serve.perhaps import Meeting
from routing.serve.sentences import Phrase
from routing.serve.whereabouts import Told

WEAK, MUCH_LESS = 5.5, 0.85  # what clues tell too little, beside a need that is told or that tells more
MOST_ASKED = 3  # needs that are asked about, as clues of them meet


def surely(listed: tuple[Line, ...], need: Needed, needs: Sequence[Needed]) -> bool:
    """Whether a story says that it is needed: where it wishes, asks, orders or says who asks whom, and not in
    one word beside another need; what it only names may be what was."""
    line = listed[need.line]
    said = line.asks or line.wishes or any(line.of(KIND))
    first = next(it for it in needs if it.line == need.line)
    return need.says == WANTED and said and (need.words > 1 or first is need)


def in_question(told: Told, need: Needed) -> Needed:
    """A need to ask about; nothing is guessed of where it is, where that may be any State that is named."""
    sure = need.words > 1 or told.ours or told.only or (need.holder and need.holder.state)
    return replace(need, want=replace(need.want, asked=True, state=need.want.state if sure else ""))


def perhaps_needed(
    rulebook: Rulebook,
    told: Told,
    met: Sequence[Meeting],
    needed: Sequence[Needed],
    measured: Callable[[Told], Iterable[Needed]],
) -> Iterator[Needed]:
    """The needs of which clues meet, and that no other need says: those that tell most, a few.

    measured: the needs of a story in which the clues stand as its measures.
    """
    named = {name for need in needed for name in need.want.measures}
    named |= {  # what the story names without wanting it
        name
        for line in told.lines
        for found in (*line.found, *line.denied, *line.aside)
        if found.topic == MEASURE and not of_ours(found, line) and not _unable(rulebook, line, found)
        for name in found.mention.targets
    }
    sure = any(not need.want.asked for need in needed)
    beside = set(rulebook.words.story.get("even_beside", ()))
    used: list[set[tuple[int, int, int]]] = []
    least = WEAK if sure else 0.0
    for meeting in met:
        if len(used) >= MOST_ASKED or (sure and not meeting.clues):
            return
        if meeting.clues and meeting.weight < least:
            continue
        places = {(clue.line, clue.start, clue.end) for clue in meeting.clues}
        targets = meeting.phrase.mention.targets
        if not named.isdisjoint(targets) or any(len(places & it) > 1 for it in used):
            continue
        if sure and not (told.lines[meeting.line].wishes or beside.issuperset(targets)):
            continue  # what is wanted is said, and this is no wish
        lines = tuple(
            replace(
                line,
                found=(
                    *(found for found in line.found if found.topic != MEASURE),
                    *((meeting.phrase,) if number == meeting.line else ()),
                ),
            )
            for number, line in enumerate(told.lines)
        )
        for need in tuple(measured(replace(told, lines=lines)))[:1]:
            named |= set(targets)
            used.append(places)
            least = max(least, WEAK, meeting.weight * MUCH_LESS)
            yield in_question(told, replace(need, words=1))


def _unable(rulebook: Rulebook, line: Line, found: Phrase) -> bool:
    """Whether a story says that something cannot be done, and so may be needed of others: `our lab cannot
    test this powder`."""
    sentence = line.sentence
    said = standing(sentence.words[: found.mention.end], rulebook.words.story.get("unable", ()))
    return any(sentence.parts[start] == sentence.part_of(found.mention) for _, start, _ in said)
