"""Which needs of a story are asked about and not taken as told: those that it only names, and those of which
clues meet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from routing.case.deeds import US, WISHES
from routing.core.domain import ANSWER, USE
from routing.core.records import Record, replace
from routing.rulebook.mentions import matches
from routing.rulebook.model import Rulebook
from routing.rulebook.words import KIND, MEASURE
from routing.story.acts import Acts
from routing.story.clauses import WANTED
from routing.story.direction import directions_in, only_shares
from routing.story.implied_needs import Meeting
from routing.story.lines import Line, of_a_third
from routing.story.needs import Needed, of_ours
from routing.story.passive import needs_to_be
from routing.story.sentences import AND, Phrase
from routing.story.whereabouts import POINTS, Discourse, only_state

WEAK, MUCH_LESS = 6.0, 0.85  # what clues tell too little, beside a need that is told or that tells more
MOST_WISHES = 3  # wishes of which no need was read, that are asked about
STRONG = 6.5  # what clues tell enough, so that nothing else is asked about
MOST_MET = 2  # needs that are asked about as clues of them meet
MOST_ASKED = 4  # the same, with those that are nearest to a story that says of nothing that it is needed


class MayNeed(Record):
    """What a story may need where it does not say so. met: the needs of which clues meet; met_at: the same of
    one sentence; nearest: the measures nearest to its words, worked out where they are asked for; is_near:
    whether a part of a sentence as a whole is near by meaning to a measure."""

    met: tuple[Meeting, ...]
    met_at: Callable[[int], tuple[Meeting, ...]]
    nearest: Callable[[], tuple[Meeting, ...]]
    is_near: Callable[[int, int, Collection[str]], bool]


NO_MORE = MayNeed((), lambda _: (), tuple, lambda *_: False)


def is_needed(
    acts: Acts,
    lines: tuple[Line, ...],
    need: Needed,
    needs: Sequence[Needed],
    by_deeds: frozenset[str] = frozenset(),
) -> bool:
    """Whether a story says that it is needed: where it wishes, asks, orders, says who asks whom, or only
    names it, and not in one word beside another need; what it tells with a verb may be what was, and what
    somebody else wishes is not yet needed but for what is told only by that (by_deeds)."""
    line = lines[need.line]
    deeds = acts.deeds[need.line]
    names = line.asks and deeds[0].verb < 0 and (need.words > 1 or len(deeds) == 1)
    theirs = acts.only_somebody_wishes(need.line) and by_deeds.isdisjoint(need.want.measures)
    order = any(
        deed.who == US and deed.says == WISHES and not deed.denied and deed.start <= need.place < deed.end
        for deed in deeds
        if not of_a_third(line, deed.verb)
    )
    is_wanted = names or order or (line.wishes and not theirs) or any(line.of(KIND))
    first = next(it for it in needs if it.line == need.line)
    adds = acts.adds_to_wish(need.line, need.place) or _is_listed(acts, line, need)
    return (adds or (need.says == WANTED and is_wanted)) and (need.words > 1 or first is need)


def _is_listed(acts: Acts, line: Line, need: Needed) -> bool:
    """Whether a part of what we wish begins with a need: `the statements, and freeze of the rest`."""
    wish = acts.listed_wish(need.line, need.place)
    return wish and need.place > 0 and line.sentence.words[need.place - 1] == AND


def plainly_asked(
    acts: Acts,
    lines: tuple[Line, ...],
    named: Sequence[Needed],
    needed: Sequence[Needed],
    by_deeds: frozenset[str],
    may: MayNeed = NO_MORE,
) -> list[Needed]:
    """The needs, where a story says of none that it is needed and yet wishes or asks something: what it
    names, in words by which it may be wanted, is what it asks for; else the only thing that it may mean, if
    all that is said there is near to it by meaning.

    named: those whose words stand there, as they were before they were put in question; needed: all."""
    asks = any(True for _ in acts.wishing()) or any(
        line.sentence.asks or (line.wishes and not acts.only_somebody_wishes(number))
        for number, line in enumerate(lines)
    )
    if USE in directions_in(lines):
        return list(needed)  # what it holds tells of much, and its use is what is asked
    theirs = ANSWER in directions_in(lines) and len(named) == 1  # what alone they may ask us for
    if not (asks or theirs) or any(not need.want.asked for need in needed):
        return list(needed)
    wanted = [it for it in named if theirs or it.says == WANTED or not by_deeds.isdisjoint(it.want.measures)]
    if wanted:
        return [*wanted, *(it for it in needed if not any(_same(it, kept) for kept in wanted))]
    only = needed[0] if len(needed) == 1 and not named else None
    if only and needs_to_be(lines[only.line].sentence.words):
        only = None  # `the boy needs to be taken to hospital`
    if only and not by_deeds.issuperset(only.want.measures):
        near = lines[only.line].wishes and may.is_near(only.line, only.place, only.want.measures)
        only = only if near else None
    return [replace(only, want=replace(only.want, asked=False))] if only else list(needed)


def _same(need: Needed, second: Needed) -> bool:
    return (need.line, need.place, need.want.measures) == (second.line, second.place, second.want.measures)


def in_question(rulebook: Rulebook, discourse: Discourse, need: Needed, named: bool = True) -> Needed:
    """A need to ask about; nothing is guessed of where it is, where that may be any State of the story.

    named: whether words for it stand in the story, and not only clues."""
    sure = bool(discourse.only or (need.holder and need.holder.state))
    asks = discourse.ours or discourse.asker or discourse.asked_of(rulebook)
    sure = sure or (named and bool(need.words > 1 or asks))
    sure = sure and (named or not (need.holder and need.holder.everywhere))
    state = need.want.state if sure else ""
    return replace(need, want=replace(need.want, asked=True, by_clues=not named, state=state))


def perhaps_needed(
    rulebook: Rulebook,
    discourse: Discourse,
    may: MayNeed,
    needed: Sequence[Needed],
    measured: Callable[[Discourse], Iterable[Needed]],
) -> Iterator[Needed]:
    """The needs of which clues meet, and that no other need says: those that tell most, a few; those that are
    nearest only where nothing else is told.

    measured: the needs of a story in which the clues stand as its measures.
    """
    named = {name for need in needed for name in need.want.measures}
    named |= {  # what the story names without wanting it
        name
        for line in discourse.lines
        for phrase in (*line.phrases, *line.denied, *line.aside)
        if phrase.topic == MEASURE and not of_ours(phrase, line) and not _unable(rulebook, line, phrase)
        for name in phrase.mention.targets
    }
    sure = any(not need.want.asked for need in needed)
    told_there = {  # the words in which a need is told
        (number, place)
        for number, line in enumerate(discourse.lines)
        for phrase in line.of(MEASURE)
        for place in phrase.places
    }
    beside = set(rulebook.words.story.get("even_beside", ()))
    used: list[set[tuple[int, int, int]]] = []
    least, enough = WEAK if sure else 0.0, bool(needed)
    if only_shares(discourse.lines):
        return

    def candidates() -> Iterator[Meeting]:
        yield from may.met
        if not enough:
            yield from may.nearest()  # worked out only here, as it takes time

    for meeting in candidates():
        if len(used) >= MOST_ASKED:
            return
        if enough and not meeting.clues:
            return
        if meeting.clues and (meeting.weight < least or len(used) >= MOST_MET):
            continue
        places = {(clue.line, clue.start, clue.end) for clue in meeting.clues}
        targets = meeting.phrase.mention.targets
        in_words = any((line, at) in told_there for line, start, end in places for at in range(start, end))
        if not named.isdisjoint(targets) or (sure and in_words) or any(len(places & it) > 1 for it in used):
            continue
        if sure and not (discourse.lines[meeting.line].wishes or beside.issuperset(targets)):
            continue  # what is wanted is said, and this is no wish
        for need in tuple(measured(_with_alone(discourse, meeting)))[:1]:
            named |= set(targets)
            used.append(places)
            least = max(least, WEAK, meeting.weight * MUCH_LESS)
            enough = enough or meeting.weight > STRONG
            yield in_question(rulebook, discourse, need, named=False)


def of_each_wish(
    rulebook: Rulebook,
    discourse: Discourse,
    may: MayNeed,
    needed: Sequence[Needed],
    acts: Acts,
    measured: Callable[[Discourse], Iterable[Needed]],
) -> Iterator[Needed]:
    """What a sentence may need in which we wish something, and of which no need was read: nothing that we
    wish is passed over, also where other sentences say what else is needed."""
    read = {need.line for need in needed}
    named = {name for need in needed for name in need.want.measures}
    named |= {name for line in discourse.lines for phrase in line.denied for name in phrase.mention.targets}
    many = 0
    for number in acts.wishing() if not only_shares(discourse.lines) else ():
        words = discourse.lines[number].sentence.words
        if number - 1 in read and not POINTS.isdisjoint(words):
            continue  # what is wished there is what the sentence before names: `we need it by Friday`
        if number in read or discourse.lines[number].of(MEASURE) or many >= MOST_WISHES:
            continue
        if any(ANSWER in it.mention.targets for it in discourse.lines[number].of(KIND)):
            continue  # `we want to say no` asks for nothing
        there = {
            place.state for place in discourse.places[number] if not (place.denied or place.aside)
        } - discourse.ours
        aside = {name for phrase in discourse.lines[number].aside for name in phrase.mention.targets}
        least, here = 0.0, 0
        for meeting in may.met_at(number):
            if (
                meeting.weight < least
                or here >= MOST_MET
                or not (named | aside).isdisjoint(meeting.phrase.mention.targets)
            ):
                continue
            for need in tuple(measured(_with_alone(discourse, meeting)))[:1]:
                named |= set(need.want.measures)
                many, here = many + (not here), here + 1
                least = max(least, meeting.weight * MUCH_LESS)
                asked = in_question(rulebook, discourse, need, named=False)
                state = asked.want.state or only_state(there)
                yield replace(asked, want=replace(asked.want, state=state))


def _with_alone(discourse: Discourse, meeting: Meeting) -> Discourse:
    """A story in which the clues that meet stand as its only measure."""
    lines = tuple(
        replace(
            line,
            phrases=(
                *(phrase for phrase in line.phrases if phrase.topic != MEASURE),
                *((meeting.phrase,) if number == meeting.line else ()),
            ),
        )
        for number, line in enumerate(discourse.lines)
    )
    return replace(discourse, lines=lines)


def _unable(rulebook: Rulebook, line: Line, phrase: Phrase) -> bool:
    """Whether a story says that something cannot be done, and so may be needed of others: `our lab cannot
    test this powder`."""
    sentence = line.sentence
    places = matches(sentence.words[: phrase.mention.end], rulebook.words.story.get("unable", ()))
    return any(sentence.parts[start] == sentence.part_of(phrase.mention) for _, start, _ in places)
