"""What a story asks for: each need with who holds what is sought and with its State, to be confirmed.

A State is taken from the words beside a need. Where a company works in many States, nothing is guessed: the
person is asked where it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from routing.core.records import Record
from routing.rulebook.model import Rulebook
from routing.rulebook.words import APART, KIND, MEASURE, NATIONALITY
from routing.serve.sentences import Found
from routing.serve.told import HOLDER, PLACES, REQUEST, Line

ANSWER = "answer"
JOINED = (("or",), ("and",), ("or", "in"))
BESIDE = 3  # words between a company and its State


class Want(Record):
    """A need that a story tells of.

    phrase: its words; measures: what it may be, one or several, and none where only a holder is named; group:
    the plain group in which what the holder has is offered, for want of a measure; holder: a value of
    `data_holder`; held_by: the words for the holder; state: where it is, empty where the story does not say.
    """

    phrase: str
    measures: tuple[str, ...]
    group: str
    holder: str
    held_by: str
    state: str


class Place(Record):
    """A State in a sentence. ours: whether the story speaks of it as our own; home: whether somebody lives
    there; denied: whether it stands in a part that denies something; of_town: whether it follows its town
    and a comma; of_person: whether somebody is of it, who may be anywhere."""

    state: str
    start: int
    end: int
    part: int
    ours: bool
    home: bool
    denied: bool
    of_town: bool
    of_person: bool


class Holder(Record):
    """Somebody who holds something. line: the number of the sentence; everywhere: it works in many States."""

    line: int
    found: Found
    value: str
    words: str
    everywhere: bool
    state: str


class Told(Record):
    """What the sentences of a story say of States and holders.

    ours: our own State; only: the other one, where there is one alone; home: the one where somebody lives;
    asker: the one that asks us.
    """

    lines: tuple[Line, ...]
    places: tuple[tuple[Place, ...], ...]
    ours: frozenset[str]
    only: str
    home: str
    asker: str

    def state_near(self, rulebook: Rulebook, found: Found, number: int, near: bool) -> str:
        """The State in the words beside a phrase of a sentence; near: only what is surely said of it."""
        return _beside(rulebook, found, self.lines[number], self.places[number], self.ours, near)

    def state_else(self, number: int, of_person: bool = False) -> str:
        """The one State of the sentence, else of the story; what is done with somebody, also their home."""
        named = {place.state for place in self.places[number] if not place.denied} - self.ours
        return _alone(named) or self.only or (self.home if of_person else "")


def wants_of(rulebook: Rulebook, listed: tuple[Line, ...]) -> tuple[Want, ...]:
    """The needs that the sentences of a story tell of, in its order."""
    places = tuple(tuple(_places(rulebook, line)) for line in listed)
    named = [place for of_line in places for place in of_line]
    ours = frozenset(place.state for place in named if place.ours)
    if any(not place.of_person and place.state not in ours for place in named):
        places = tuple(tuple(place for place in of_line if not place.of_person) for of_line in places)
        named = [place for of_line in places for place in of_line]
    others = {place.state for place in named} - ours
    homes = {place.state for place in named if place.home} - ours
    told = Told(listed, places, ours, _alone(others), _alone(homes), _alone(_askers(listed, places) - ours))
    holders = tuple(_holders(rulebook, told))
    measured = tuple(_measured(rulebook, told, holders))
    taken = {id(holder) for _, holder in measured}
    bare = (holder for holder in holders if id(holder) not in taken and _leads(told, holder))
    wanted: dict[tuple[object, ...], Want] = {}
    for want in (*(want for want, _ in measured), *(_bare(rulebook, holder) for holder in bare)):
        key = (want.measures, want.state) if want.measures else (want.held_by.casefold(), want.state)
        wanted.setdefault(key, want)
    return tuple(wanted.values())


def _askers(listed: tuple[Line, ...], places: tuple[tuple[Place, ...], ...]) -> set[str]:
    """The States that the words for being asked name: `one asks us`, `a letter from another`."""
    return {
        place.state
        for line, named in zip(listed, places, strict=True)
        for found in line.of(KIND)
        if ANSWER in found.mention.targets
        for place in named
        if found.mention.start <= place.start and place.end <= found.mention.end
    }


def _measured(
    rulebook: Rulebook, told: Told, holders: tuple[Holder, ...]
) -> Iterator[tuple[Want, Holder | None]]:
    """The needs for which the story names a measure, each with who holds what is sought."""
    for number, line in enumerate(told.lines):
        for found in line.of(MEASURE):
            measures = tuple(name for name in found.mention.targets if name in rulebook.measures)
            if not measures or _of_ours(found, line):
                continue
            holder = _holder_of(rulebook, measures, number, holders)
            group = rulebook.measures[measures[0]].group
            of_person = group in rulebook.words.story.get("of_people", ())
            near = any(other.everywhere and other.line == number for other in holders) and (
                holder is None or holder.everywhere
            )
            asked = told.asker if not any(REQUEST in kind.mention.targets for kind in line.of(KIND)) else ""
            state = asked or told.state_near(rulebook, found, number, near)
            want = Want(
                line.sentence.quoted(found.mention),
                measures,
                "",
                holder.value if holder else rulebook.measures[measures[0]].presumes.get(HOLDER, ""),
                holder.words if holder else "",
                state or (holder.state if holder else "" if near else told.state_else(number, of_person)),
            )
            yield want, holder


def _of_ours(found: Found, line: Line) -> bool:
    """Whether a measure is one of our own, as `our wiretap`; what somebody asks us for may be ours."""
    asked = any(ANSWER in kind.mention.targets for kind in line.of(KIND))
    mention = found.mention
    return mention.start - 1 in line.sentence.own and APART not in mention.phrase and not asked


def _leads(told: Told, holder: Holder) -> bool:
    """Whether a holder leads to a need by itself: not where it is a part of what a measure is called."""
    measures = told.lines[holder.line].of(MEASURE)
    return holder.everywhere or not any(holder.found.within(found) for found in measures)


def _bare(rulebook: Rulebook, holder: Holder) -> Want:
    return Want(holder.words, (), _group(rulebook, holder.value), holder.value, holder.words, holder.state)


def _places(rulebook: Rulebook, line: Line) -> Iterator[Place]:
    story, sentence = rulebook.words.story, line.sentence
    for found in line.of(*PLACES):
        mention, part = found.mention, sentence.part_of(found.mention)
        office = " ".join(sentence.words[mention.end : mention.end + 1]) in story.get("signs", ())
        town = sentence.of_town(mention.start)
        named = (
            any(sentence.about_us(place) for place in (mention.start, mention.start - town))
            if found.topic != NATIONALITY
            else office and sentence.says_who(mention.start)
        )
        led = " ".join(sentence.words[max(0, mention.start - 2) : mention.start])
        yield Place(
            mention.targets[0],
            mention.start,
            mention.end,
            part,
            named or part in line.signed,
            led in story.get("lives", ()),
            sentence.denied(found),
            town,
            found.topic == NATIONALITY and _of_person(rulebook, line, found),
        )


def _of_person(rulebook: Rulebook, line: Line, found: Found) -> bool:
    """Whether it tells where somebody is from: `a Dutch national`, `two Nigerians`, `he is Ukrainian`."""
    story, sentence, mention = rulebook.words.story, line.sentence, found.mention
    then = tuple(" ".join(sentence.words[mention.end : mention.end + many]) for many in (1, 2))
    led = (" ".join(sentence.words[max(0, mention.start - many) : mention.start]) for many in (1, 2))
    counted = not set(story.get("counted", ())).isdisjoint(led)
    called = not set(story.get("persons", ())).isdisjoint(then)
    return called or (counted and then[0] not in story.get("signs", ()))


def _alone(states: Iterable[str]) -> str:
    """The one State there is; empty where there are several or none."""
    found = tuple(states)
    return found[0] if len(found) == 1 else ""


def _holders(rulebook: Rulebook, told: Told) -> Iterator[Holder]:
    """Who holds something, but for those of our own State, which our own orders reach."""
    story = rulebook.words.story
    companies, leading = story.get("companies", ()), story.get("holders", ())
    for number, line in enumerate(told.lines):
        for found in line.of(HOLDER):
            everywhere = found.mention.phrase in companies
            state = told.state_near(rulebook, found, number, near=everywhere)
            if not state and not everywhere:
                if line.sentence.about_us(found.mention.start):
                    continue
                state = told.state_else(number)
            for value in (target for target in found.mention.targets if target in leading):
                yield Holder(number, found, value, line.sentence.quoted(found.mention), everywhere, state)


def _holder_of(
    rulebook: Rulebook, measures: Iterable[str], number: int, holders: Iterable[Holder]
) -> Holder | None:
    """Who holds what a measure asks for, where the story names one of whom it is usual."""
    usual = {rulebook.measures[name].presumes.get(HOLDER) for name in measures}
    fitting = [holder for holder in holders if holder.value in usual]
    return min(
        fitting,
        key=lambda holder: (holder.line != number, holder.everywhere and not holder.state, holder.line),
        default=None,
    )


def _beside(
    rulebook: Rulebook,
    found: Found,
    line: Line,
    places: tuple[Place, ...],
    ours: frozenset[str],
    near: bool,
) -> str:
    """The State in the words beside a phrase, in the same part of its sentence.

    near: only where it stands directly before, closely after, or is that from which something is wanted.
    """
    mention, sentence = found.mention, line.sentence
    part = sentence.part_of(mention)
    same = [place for place in places if place.part == part or (place.of_town and place.part == part + 1)]
    within = [place for place in places if mention.start <= place.start and place.end <= mention.end]
    before = [place for place in same if place.end == mention.start]
    after = [place for place in same if place.start >= mention.end]
    earlier = [place for place in same if place.end <= mention.start]
    if near:
        sources = rulebook.words.story.get("sources", ())
        after = [place for place in after if place.start - mention.end < BESIDE]
        earlier = [place for place in earlier if sentence.before(place.start) in sources]
    nearest = (*before[-1:], *within[-1:], *after[:1], *earlier[-1:])
    chosen = next((place for place in nearest if place.state not in ours), None)
    return chosen.state if chosen and not _one_of_two(chosen, places, sentence.words) else ""


def _one_of_two(chosen: Place, places: tuple[Place, ...], words: Sequence[str]) -> bool:
    """Whether a State is one of two that are joined, as `in this or that`."""
    return any(
        first.state != then.state and chosen in (first, then) and words[first.end : then.start] in JOINED
        for first, then in pairwise(places)
    )


def _group(rulebook: Rulebook, holder: str) -> str:
    """The plain group in which most is offered that such a holder has."""
    groups = Counter(
        measure.group for measure in rulebook.measures.values() if measure.presumes.get(HOLDER) == holder
    )
    best = groups.most_common(1)
    return rulebook.measure_groups.get(best[0][0], "") if best else ""
