"""Which State of a story is our own, where it says so expressly, and which is then the other one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from routing.case.deeds import COLLEAGUES
from routing.core.domain import ANSWER, REQUEST, SHARE, USE
from routing.core.records import Record
from routing.rulebook.mentions import Mention
from routing.rulebook.model import Rulebook
from routing.rulebook.spelling import LITTLE, tidy
from routing.rulebook.words import KIND, MEASURE
from routing.story.direction import directions_in, open_who_asks
from routing.story.lines import HOLDER, Line
from routing.story.places import Place
from routing.story.reader import Story
from routing.story.requesting_state import asker_of
from routing.story.sentences import Phrase
from routing.story.signatures import PLACES, WE

OWN, THEIRS = "own", "with"
LEADING = frozenset({"from", "by"})
SIDES = (OWN, THEIRS)
NAMED_BY = {OWN: "We are police in", THEIRS: "The other State is"}
"""How a sentence begins that only names the State of a side, as one is offered for what a story leaves open:
what it says settles it, whatever else the story tells."""


class Side(Record):
    """A State and on which side it stands. phrase: the words that say it is ours; empty for the other one,
    and where no other one is left."""

    state: str
    side: str
    phrase: str


def sides_of(rulebook: Rulebook, story: Story) -> tuple[Side, ...]:
    """The States of both sides: those that a sentence only names, then those that are told."""
    named = {it.side: it for it in named_sides(story)}
    states = {it.state for it in named.values()}
    rest = (it for it in _sides_by_story(rulebook, story) if it.side not in named and it.state not in states)
    return (*named.values(), *rest)


def named_sides(story: Story) -> Iterator[Side]:
    """The States that sentences name as ours or as the other one, and say nothing else."""
    for line, places in zip(story.lines, story.analysis.places, strict=True):
        words = line.sentence.words
        for side, begins in NAMED_BY.items():
            led = tuple(word for word in tidy(begins).split() if word not in LITTLE)
            for it in places:
                if words[: it.start] == led and it.end == len(words):
                    phrase = line.sentence.quoted(Mention("", (), 0, it.end)) if side == OWN else ""
                    yield Side(it.state, side, phrase)


def _sides_by_story(rulebook: Rulebook, story: Story) -> tuple[Side, ...]:
    """Our own State, where one alone is told as such, and the other one, where one alone is told beside it
    and not only as that of a person; else those of one that asks the office of another; else the one that
    asks us, is to be told or is asked for all, and what alone is left as ours. Nothing else is taken, and
    nothing at all where an office that wants something may be ours."""
    lines = story.lines
    if open_who_asks(lines):
        return ()
    listed = _without_passing(tuple(zip(lines, story.analysis.places, strict=True)))
    named = [place for _, places in listed for place in places]
    ours = {place.state: place.own_words for place in reversed(named) if place.own_words}
    opened = dict(_opened(listed))
    ours = opened if len(opened) == 1 else ours
    if not ours and story.analysis.home[0]:
        ours = dict([story.analysis.home])
    several = any(len(it.mention.targets) > 1 for line in lines for it in line.of(*PLACES))
    states = {place.state for place in named}
    if not ours:
        two = len(states) == 2 and not several
        foreign = frozenset(_of_colleagues(listed))
        both = (_tells(listed, states) or _asked(listed, named, foreign)) if two else ()
        return both or _left(story, named, _partner(listed, len(states)), foreign, not several)
    if len(ours) != 1:
        return ()
    own, words = ours.popitem()
    others = states - {own}
    sure = {place.state for place in named if not place.of_person} & others
    if len(sure) > 1:
        sure &= {place.state for place in named if not (place.of_person or place.citizen)}
    if len(sure) > 1 and not _several_partners(
        lines
    ):  # several are told, and all that is needed is needed of one
        sure &= _states_of_all(story)
    partners = tuple(Side(state, THEIRS, "") for state in sure if len(sure) == 1 and not several)
    partners = partners or tuple(it for it in _partner(listed, len(states)) if it.state != own)
    return (Side(own, OWN, words), *(partners or _who_asks(story, own)))


def _who_asks(story: Story, own: str) -> tuple[Side, ...]:
    """The other one, where a story only tells that somebody asks us, and of which State that one's office is:
    `a commandant in that town rang my desk. He asks that we search`."""
    if story.analysis.kinds.governing != {ANSWER}:
        return ()
    asker = asker_of(story.lines, story.analysis.places, frozenset({own}))
    return (Side(asker, THEIRS, ""),) if asker else ()


def _opened(listed: Sequence[tuple[Line, tuple[Place, ...]]]) -> Iterator[tuple[str, str]]:
    """The States of which somebody presents himself as his story begins, each with the words for it: nothing
    that follows takes that back."""
    begun = next(((line, places) for line, places in listed if places), None)
    if begun and begun[0] is listed[0][0]:
        line, places = begun
        yield from ((it.state, it.own_words) for it in places if it.own_words and it.part in line.signed)


def _states_of_all(story: Story) -> set[str]:
    """The States of what a story needs; none where it does not say of one need where that is."""
    if any(not want.state for want in story.wants if want.measures and not want.asked):
        return set()
    return {want.state for want in story.wants if want.state}


def _several_partners(lines: Iterable[Line]) -> bool:
    """Whether one State asks us or is to be told, and we want something of another, or to use what it gave:
    neither is the one of all needs."""
    kinds = directions_in(lines)
    if ANSWER in kinds:
        return not kinds.isdisjoint((USE, REQUEST))
    return SHARE in kinds


def _without_passing(
    listed: tuple[tuple[Line, tuple[Place, ...]], ...],
) -> list[tuple[Line, tuple[Place, ...]]]:
    """The same without the States that are named only in passing."""
    return [(line, tuple(place for place in places if not place.passing)) for line, places in listed]


def _left(
    story: Story, named: Sequence[Place], partner: tuple[Side, ...], foreign: frozenset[str], sure: bool
) -> tuple[Side, ...]:
    """The other one, with what is left as ours where one alone is left, and not as that of a person: the
    other one is the one that asks us or is told, else the one of which all is asked. sure: whether every
    town is of one State; foreign: States that are not ours."""
    if not partner and _refused(story.lines):
        asker = asker_of(story.lines, story.analysis.places, frozenset())
        partner = (Side(asker, THEIRS, ""),) if asker else ()
    asks = not partner and _asks(story.lines)
    asked = {want.state for want in story.wants if want.state} if asks else set()
    asked = asked or ({place.state for place in named if place.home or place.of_a_firm} if asks else set())
    theirs = partner or tuple(Side(state, THEIRS, "") for state in asked if len(asked) == 1)
    left = {
        place.state
        for place in named
        if not (place.only_of or place.of_person or place.citizen or place.of_a_relative)
    } - {it.state for it in theirs}
    left -= foreign | ({it.state for it in named if it.home and not it.scene} if asks else set())
    every = list(dict.fromkeys(place.state for place in named))
    rest = [state for state in every if state not in asked]
    if sure and len(asked) > 1 and rest == every[:1]:
        return (Side(rest[0], OWN, ""),)  # where it happened, and all else is where something is asked
    if len(every) > len(SIDES) and not left.issubset(every[:1]):
        return partner  # what is left of several is ours only if the story begins there
    if not sure or not theirs or len(left) != 1:
        return partner
    return (Side(left.pop(), OWN, ""), *theirs)


def _refused(lines: Iterable[Line]) -> bool:
    """Whether we say what we want to answer, or ask whether we may refuse: who wants something is another."""
    asked = (phrase for line in lines for phrase in line.of(KIND) if ANSWER in phrase.mention.targets)
    return any(any([word] in WE for word in phrase.mention.phrase.split()) for phrase in asked)


def _asks(lines: tuple[Line, ...]) -> bool:
    """Whether a story asks another State for something, in words for that or for what is needed, and
    nobody asks us: which one is ours would be a guess then."""
    kinds = directions_in(lines)
    needs = any((line.asks or line.begins) and line.of(MEASURE, HOLDER) for line in lines)
    return (REQUEST in kinds and ANSWER not in kinds) or (not kinds and needs)


def _tells(listed: Iterable[tuple[Line, tuple[Place, ...]]], states: Iterable[str]) -> tuple[Side, ...]:
    """The State whose office tells something of its own accord, and the one that it tells."""
    for line, places in listed:
        for phrase in line.of(KIND):
            telling = [it for it in places if it.office and it.end == phrase.mention.start]
            if SHARE in phrase.mention.targets and telling:
                own = telling[0].state
                words = line.sentence.quoted(Mention("", (), telling[0].start, phrase.mention.end))
                return (Side(own, OWN, words), *(Side(it, THEIRS, "") for it in states if it != own))
    return ()


def _of_colleagues(listed: Iterable[tuple[Line, tuple[Place, ...]]]) -> Iterator[str]:
    """The States of colleagues that a story tells of, which are not ours: `a Ukrainian colleague says`."""
    for line, places in listed:
        for place in places:
            if not COLLEAGUES.isdisjoint(line.sentence.words[place.end : place.end + 1]):
                yield place.state


def _asked(
    listed: Iterable[tuple[Line, tuple[Place, ...]]], named: Iterable[Place], foreign: frozenset[str]
) -> tuple[Side, ...]:
    """The one of two States that asks, or gave something, and the other, of which an office is told: `one
    asks the police of the other`. foreign: those that are not ours."""
    asking: dict[str, str] = {}
    for line, places in listed:
        for phrase in line.of(KIND):
            if REQUEST in phrase.mention.targets:
                return ()
            if {ANSWER, USE}.intersection(phrase.mention.targets):
                asking.update(
                    (it.state, line.sentence.quoted(phrase.mention)) for it in _within(phrase, places)[:1]
                )
    offices = {place.state for place in named if place.office} - set(asking) - foreign
    if len(asking) != 1 or len(offices) != 1:
        return ()
    asker, words = asking.popitem()
    return (Side(offices.pop(), OWN, words), Side(asker, THEIRS, ""))


def _partner(listed: Sequence[tuple[Line, tuple[Place, ...]]], states: int) -> tuple[Side, ...]:
    """The one State that asks us, gave us something or is to be told, where nothing is asked of another;
    where a third is named, only one that alone stands in or after the words for telling. states: how many
    there are."""
    with_whom: set[str] = set()
    kinds = directions_in(line for line, _ in listed)
    if states > len(SIDES) and {ANSWER, USE} <= kinds:
        return ()
    for line, places in listed:
        for phrase in line.of(KIND):
            if REQUEST in phrase.mention.targets:
                return ()
            if states > len(SIDES) and SHARE in phrase.mention.targets:
                with_whom.update(it.state for it in places if it.start >= phrase.mention.start)
            elif not {ANSWER, USE, SHARE}.isdisjoint(phrase.mention.targets):
                offices = [
                    it for it in places if it.office and line.sentence.leads_to(_at(it), phrase.mention)
                ]
                with_whom.update(it.state for it in (_within(phrase, places)[:1] or offices[-1:]))
    return tuple(Side(state, THEIRS, "") for state in with_whom if len(with_whom) == 1)


def _at(place: Place) -> Mention:
    return Mention("", (), place.start, place.end)


def _within(phrase: Phrase, places: Iterable[Place]) -> tuple[Place, ...]:
    """The States in a phrase, and the one after its last word where that leads to it: `we are asked from`."""
    mention = phrase.mention
    end = mention.end + (mention.phrase.split()[-1] in LEADING)
    return tuple(place for place in places if mention.start <= place.start < end)
