"""What a story wants once more of another State: `we need the statements from Lima, the same from Quito`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from routing.core.records import replace
from routing.rulebook.mentions import matches
from routing.rulebook.model import Rulebook
from routing.rulebook.words import MEASURE
from routing.story.coreference import COUNTRY, naming_states, words_of
from routing.story.needs import Needed
from routing.story.whereabouts import Discourse


def with_the_same(rulebook: Rulebook, discourse: Discourse, needs: Sequence[Needed]) -> Iterator[Needed]:
    """The needs of a story, each followed by those that want the same of other States.

    They are of the same kind, and what is sought is in the other State, whoever holds it there.
    """
    again = dict(_again(rulebook, discourse))
    for order, need in enumerate(needs):
        yield need
        then = needs[order + 1].line if order + 1 < len(needs) else len(discourse.lines)
        for number in range(need.line, then + 1):
            for state, place in again.get(number, ()):
                after = number > need.line or place >= need.place
                if after and (number < then or _before(needs[order + 1 :], number, place)):
                    yield replace(need, want=replace(need.want, state=state), holder=None, line=number)


def _before(later: Sequence[Needed], number: int, place: int) -> bool:
    """Whether words stand before the next need of their sentence."""
    return bool(later) and later[0].line == number and place < later[0].place


def _again(rulebook: Rulebook, discourse: Discourse) -> Iterator[tuple[int, tuple[tuple[str, int], ...]]]:
    """The sentences with words as `the same from`, each with the States that these name and where."""
    phrases = rulebook.words.story.get("the_same", ())
    for number, (line, places) in enumerate(zip(discourse.lines, discourse.places, strict=True)):
        tokens = naming_states(line.sentence, places)
        named = {it.start: it.state for it in places if it.state not in discourse.ours}
        measured = [it.mention for it in line.of(MEASURE)]
        same = tuple(
            (named[start], tokens[first][1])
            for _, first, after in matches(words_of(tokens), phrases)
            for word, start, _ in tokens[first:after]
            if word == COUNTRY and start in named
            if not any(it.start < tokens[after - 1][2] and tokens[first][1] < it.end for it in measured)
        )
        if same:
            yield number, same
