"""What a story asks for: each need with who holds what is sought and with its State, to be confirmed.

A State is taken from the words beside a need. Where a company works in many States, nothing is guessed: the
person is asked where it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from routing.core.records import Record
from routing.rulebook.measures_meant import ASKED_OF_A_STATE, offered
from routing.rulebook.model import Rulebook
from routing.rulebook.words import APART, KIND, LINKING, MEASURE, standing
from routing.serve.lines import ANSWER, HOLDER, REQUEST, USE, Line
from routing.serve.places import BOTH, EITHER, Place, places_of
from routing.serve.sentences import Found
from routing.serve.signed import OFFENCE

NO_THINGS = LINKING | {
    *("it", "be", "was", "has", "have", "him", "them", "as"),
    *("who", "what", "which", "where", "whose"),
}
ACCOUNT, SUBSCRIBER = "account", "subscriber"
THERE, OURS = "there", "ours"
GOES_ON = (("it",), ("they",), ("this",), ("these",))
ONWARD, LATER = frozenset({"to", "into", "for"}), frozenset({"before", "until", "otherwise", "or"})
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

    def states_near(
        self, rulebook: Rulebook, found: Found, number: int, near: bool, of_person: bool = False
    ) -> tuple[str, ...]:
        """The State in the words beside a phrase of a sentence, several where they are joined (`in one and
        the other`); near: only what is surely said of it; of_person: not the one that somebody left for
        another (`from here to there`)."""
        line, places = self.lines[number], self.places[number]
        left = rulebook.words.story.get("left", ()) if of_person else ()
        gone = tuple((start, end) for _, start, end in standing(line.sentence.words, left))
        stayed = tuple(_stayed(places, line.sentence.words, gone))
        return _beside(rulebook, found, line, stayed, self.ours, near)

    def state_before(self, found: Found, number: int) -> str:
        """The one State of a sentence before in which the same thing stands: `bought a boat in one`, then
        `freeze the boat`."""
        mention = found.mention
        said = self.lines[number].sentence.words[mention.start : mention.end]
        things = {*said, *mention.phrase.split()} - NO_THINGS
        for line, places in zip(self.lines[:number][::-1], self.places[:number][::-1], strict=True):
            sentence = line.sentence
            where = [place for place, word in enumerate(sentence.words) if word in things]
            parts = {sentence.parts[place] for place in where}
            told = [place for place in places if place.part in parts and not place.denied]
            beside = {place.state for place in told if any(_adjoins(place, thing) for thing in where)}
            if parts:
                return _alone(beside - self.ours) or _alone({place.state for place in told} - self.ours)
        return ""

    def state_there(self, found: Found, number: int) -> str:
        """The State that `there` stands for in the part of a phrase: the last one before."""
        sentence, part = self.lines[number].sentence, self.lines[number].sentence.part_of(found.mention)
        if not any(
            word == THERE and sentence.parts[place] == part for place, word in enumerate(sentence.words)
        ):
            return ""
        before = [place for of_line in self.places[:number] for place in of_line]
        before += [place for place in self.places[number] if place.end <= found.mention.start]
        return next((place.state for place in before[::-1] if place.state not in self.ours), "")

    def state_next(self, number: int) -> str:
        """The one State of the next sentence, where that goes on about the same thing: `our order is signed.
        It must reach ...`."""
        then = number + 1
        if then == len(self.lines) or self.lines[then].sentence.words[:1] not in GOES_ON:
            return ""
        return _alone({place.state for place in self.places[then] if not place.denied} - self.ours)

    def state_else(self, number: int, of_person: bool = False) -> str:
        """The one State of the sentence, else of the story; what is done with somebody, also their home."""
        words = self.lines[number].sentence.words
        told = (place for place in self.places[number] if not (place.denied or place.asks))
        named = {place.state for place in told if not _goes_on(words, 0, place)} - self.ours
        return _alone(named) or self.only or (self.home if of_person else "")


def wants_of(rulebook: Rulebook, listed: tuple[Line, ...]) -> tuple[Want, ...]:
    """The needs that the sentences of a story tell of, in its order."""
    places = tuple(tuple(places_of(rulebook, line)) for line in listed)
    named = [place for of_line in places for place in of_line]
    ours = frozenset(place.state for place in named if place.ours)
    asker = _asker(listed, places, ours)
    if any(not place.aside and place.state not in ours for place in named):
        places = tuple(tuple(place for place in of_line if not place.aside) for of_line in places)
        named = [place for of_line in places for place in of_line]
    others = {place.state for place in named} - ours
    homes = {place.state for place in named if place.home} - ours
    told = Told(listed, places, ours, _alone(others), _alone(homes), asker)
    holders = tuple(_holders(rulebook, told))
    measured = tuple(_measured(rulebook, told, holders))
    taken = {id(holder) for _, holder in measured}
    bare = (holder for holder in holders if id(holder) not in taken and _leads(told, holder))
    wanted: dict[tuple[object, ...], Want] = {}
    for want in (*(want for want, _ in measured), *(_bare(rulebook, holder) for holder in bare)):
        key = (want.measures, want.state) if want.measures else (want.held_by.casefold(), want.state)
        wanted.setdefault(key, want)
    return tuple(wanted.values())


def _asker(listed: tuple[Line, ...], places: tuple[tuple[Place, ...], ...], ours: frozenset[str]) -> str:
    """The State that asks us: named in the words for it or right after them (`one asks us`, `a letter came
    from another`), else the last before them of which an office is named (`one's police ... They want`),
    else the only one in the story."""
    asking: list[str] = []
    named_so: list[str] = []
    asked = False
    offices: list[str] = []
    for line, named in zip(listed, places, strict=True):
        theirs = [place for place in named if place.state not in ours]
        for found in line.of(KIND):
            if ANSWER in found.mention.targets:
                asked = True
                start, end = found.mention.start, found.mention.end
                within = [place.state for place in theirs if start <= place.start <= end]
                before = [place.state for place in theirs if place.office and place.end <= start]
                named_so += within[:1]
                asking += (*offices, *before)[-1:]
        offices += [place.state for place in theirs if place.office]
    return _alone(dict.fromkeys(named_so or asking or (offices if asked else ())))


def _measured(
    rulebook: Rulebook, told: Told, holders: tuple[Holder, ...]
) -> Iterator[tuple[Want, Holder | None]]:
    """The needs for which the story names a measure, each with who holds what is sought."""
    companies, open_to = rulebook.words.story.get("companies", ()), _open(rulebook, told)
    for number, line in enumerate(told.lines):
        for found in line.of(MEASURE):
            meant = (
                _of_account(rulebook, line, found, _until(holders, found, number)) or found.mention.targets
            )
            measures = tuple(name for name in meant if name in open_to)
            if not measures or _of_ours(found, line) or found.mention.phrase in companies:
                continue
            holder = _holder_of(rulebook, measures, number, holders)
            group = rulebook.measures[measures[0]].group
            of_person = group in rulebook.words.story.get("of_people", ())
            near = any(other.everywhere and other.line == number for other in holders) and (
                holder is None or holder.everywhere
            )
            asked = told.asker if not any(REQUEST in kind.mention.targets for kind in line.of(KIND)) else ""
            states = (asked,) if asked else told.states_near(rulebook, found, number, near, of_person)
            if not states:
                states = (holder.state if holder else _told_else(told, found, number, near, of_person),)
            for state in states:
                want = Want(
                    line.sentence.quoted(found.mention),
                    measures,
                    "",
                    holder.value if holder else rulebook.measures[measures[0]].presumes.get(HOLDER, ""),
                    holder.words if holder else "",
                    state,
                )
                yield want, holder


def _until(holders: Iterable[Holder], found: Found, number: int) -> Iterator[Holder]:
    """Those who are named before the end of a phrase of a sentence."""
    last = (number, found.mention.end)
    return (holder for holder in holders if (holder.line, holder.found.mention.start) < last)


def _of_account(rulebook: Rulebook, line: Line, found: Found, before: Iterable[Holder]) -> tuple[str, ...]:
    """The measure by which one asks who has an account, of the holder that was named last: `the coins went to
    an exchange. Who is behind the account?` None where it is the one of whom this is asked anyhow."""
    asked = [rulebook.measures[name] for name in found.mention.targets]
    words = line.sentence.words[found.mention.start : found.mention.end]
    names = frozenset(rulebook.words.story.get("of_accounts", ()))
    if ACCOUNT not in words or any(
        it.presumes.get("data_category") != SUBSCRIBER and it.id not in names for it in asked
    ):
        return ()
    of_accounts = {rulebook.measures[name].presumes.get(HOLDER): (name,) for name in sorted(names)}
    if len(asked) > 1:  # the words leave open of whom, so that each that may be meant is asked for
        of_accounts |= {it.presumes.get(HOLDER): (it.id,) for it in asked}
    usual = {it.presumes.get(HOLDER) for it in asked}
    named = [holder.value for holder in before if holder.value in usual.union(of_accounts)]
    own = line.of(HOLDER) if len(asked) == 1 and asked[0].id in names else ()
    if any(found.mention.targets[0] in of_accounts for found in own):
        return ()  # `the bank records and the holder of the wallet`: the sentence says itself of whom
    return of_accounts.get(named[-1], ()) if named else ()


def _told_else(told: Told, found: Found, number: int, near: bool, of_person: bool) -> str:
    """The State of a need that the words beside it do not give; nothing where a company works in many."""
    if near:
        return ""
    return (
        told.state_there(found, number)
        or told.state_before(found, number)
        or told.state_else(number, of_person)
        or told.state_next(number)
    )


def _open(rulebook: Rulebook, told: Told) -> frozenset[str]:
    """The measures that are offered in a kind of need that the story tells of; where it tells of none, those
    that one State asks of another."""
    kinds = {kind for line in told.lines for found in line.of(KIND) for kind in found.mention.targets}
    asked = set() if kinds == {USE} else set(ASKED_OF_A_STATE)
    return frozenset(measure.id for kind in kinds | asked for measure in offered(rulebook, kind))


def _of_ours(found: Found, line: Line) -> bool:
    """Whether a measure is one of our own, as `our wiretap`; what somebody asks us for may be ours."""
    asked = any(ANSWER in kind.mention.targets for kind in line.of(KIND))
    mention, before = found.mention, line.sentence.written[found.mention.start - 1].casefold()
    return (
        mention.start - 1 in line.sentence.own
        and before != OURS
        and APART not in mention.phrase
        and not asked
    )


def _leads(told: Told, holder: Holder) -> bool:
    """Whether a holder leads to a need by itself: not where it is a part of what a measure is called, or of
    what a crime is: `the robbery of a bank`."""
    measures = told.lines[holder.line].of(MEASURE, OFFENCE)
    return holder.everywhere or not any(holder.found.within(found) for found in measures)


def _bare(rulebook: Rulebook, holder: Holder) -> Want:
    return Want(holder.words, (), _group(rulebook, holder.value), holder.value, holder.words, holder.state)


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
            state = _alone(told.states_near(rulebook, found, number, near=everywhere))
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
) -> tuple[str, ...]:
    """The State in the words beside a phrase, in the same part of its sentence.

    near: only where it stands directly before, closely after, or is that from which something is wanted.
    """
    mention, sentence = found.mention, line.sentence
    part = sentence.part_of(mention)
    same = [place for place in places if place.part == part or (place.of_town and place.part == part + 1)]
    theirs = [place for place in places if place.state not in ours]
    within = [place for place in theirs if mention.start <= place.start and place.end <= mention.end]
    before = [place for place in same if place.end == mention.start]
    after = [place for place in same if place.start >= mention.end]
    earlier = [place for place in same if place.end <= mention.start and not place.asks]
    if near:
        sources = rulebook.words.story.get("sources", ())
        wished = bool(sentence.wishes)
        after = [
            place
            for place in after
            if place.start - mention.end < BESIDE
            if wished or sentence.before(place.start) not in sources
        ]
        earlier = [place for place in earlier if sentence.before(place.start) in sources]
    after = [place for place in after if not _goes_on(sentence.words, mention.end, place)]
    given = [place for place in after[:1] if sentence.before(place.start) == "to" and earlier]
    nearest = (*before[-1:], *within[-1:], *(() if given else after[:1]), *earlier[-1:], *given)
    chosen = next((place for place in nearest if place.state not in ours), None)
    return _joined(chosen, places, sentence.words, ours) if chosen else ()


def _stayed(
    places: tuple[Place, ...], words: Sequence[str], gone: Iterable[tuple[int, int]]
) -> Iterator[Place]:
    """The States of a sentence, without one from which somebody went on to the next."""
    first, starts = min((end for _, end in gone), default=len(words)), {place.start for place in places}
    for place in places:
        on = words[place.end : place.end + 1] == ("to",) and place.end + 1 in starts
        if place.start < first or not on:
            yield place


def _joined(
    chosen: Place, places: tuple[Place, ...], words: Sequence[str], ours: Collection[str]
) -> tuple[str, ...]:
    """A State with those that are joined with it (`in this and that`); none where it is one or the other."""
    at = places.index(chosen)
    joined = [chosen]
    for these, first in ((places[at + 1 :], False), (places[:at][::-1], True)):
        for place in these:
            before, after = (place, joined[0]) if first else (joined[-1], place)
            between = words[before.end : after.start]
            if before.state == after.state or (between not in EITHER and between not in BOTH):
                break
            if between in EITHER:
                return ()
            joined.insert(0 if first else len(joined), place)
    return tuple(dict.fromkeys(place.state for place in joined if place.state not in ours))


def _goes_on(words: Sequence[str], end: int, place: Place) -> bool:
    """Whether a State is where somebody may go afterwards: `before he travels on to Turkey`."""
    return words[place.start - 1] in ONWARD and not LATER.isdisjoint(words[end : place.start])


def _adjoins(place: Place, thing: int) -> bool:
    """Whether a State stands beside a thing: `a Danish company`, `a flat in Lima`."""
    return place.end == thing or place.start in (thing + 1, thing + 2)


def _group(rulebook: Rulebook, holder: str) -> str:
    """The plain group in which most is offered that such a holder has."""
    groups = Counter(
        measure.group for measure in rulebook.measures.values() if measure.presumes.get(HOLDER) == holder
    )
    best = groups.most_common(1)
    return rulebook.measure_groups.get(best[0][0], "") if best else ""
