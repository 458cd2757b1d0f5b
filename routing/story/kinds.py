"""Of which kind each need of a story is: whether we ask, are asked, tell or use it.

A story of several kinds says beside each need of which it is: `the Belgians ask us for a hearing. We need his
flat searched`. What stands in the same sentence goes first, then what the sentence goes on with. Where
neither tells it, the kind of the need is open.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from routing.case.deeds import MUST_BE, OFFICE, US, WISHES
from routing.core.domain import ANSWER, REQUEST, SHARE, USE
from routing.core.records import Record, replace
from routing.rulebook.measures_meant import ASKED_OF_A_STATE
from routing.rulebook.mentions import Mention
from routing.rulebook.model import Rulebook
from routing.rulebook.words import KIND, MEASURE
from routing.story.acts import Acts
from routing.story.direction import open_who_asks
from routing.story.lines import FIRST, Line
from routing.story.material_held import wants_use
from routing.story.places import Place
from routing.story.sentences import Phrase, Sentence
from routing.story.signatures import PLACES

TO, BY, THEY = "to", "by", "they"
FURTHEST = 2  # sentences back, of which one without a verb may still go on


class OfKind(Record):
    """The kind of a need with the words that tell it; both empty where the story does not say."""

    kind: str = ""
    words: str = ""


OPEN = OfKind()


class Kinds:
    """The kinds of the needs of a story. told: those that it tells in words for who asks whom."""

    def __init__(
        self, rulebook: Rulebook, lines: Sequence[Line], acts: Acts, places: Sequence[Sequence[Place]]
    ) -> None:
        self._rulebook, self._lines, self._acts, self._places = rulebook, lines, acts, places
        self._goes_on = frozenset(rulebook.words.story.get("enumerates", ()))
        given = any({SHARE, USE}.intersection(it.mention.targets) for line in lines for it in line.of(KIND))
        ours = own_states(lines, places)
        as_ours = () if given else (REQUEST,)
        self._governs = tuple(
            tuple(it for it in _governing(line, ours, as_ours) if not self._is_theirs(number, it))
            for number, line in enumerate(lines)
        )
        self.governing = frozenset(
            kind for phrase in self._governs for it in phrase for kind in it.mention.targets
        )
        self._unsure = open_who_asks(lines)

    @property
    def several(self) -> bool:
        """Whether a story tells of more than one kind, so that each need has its own."""
        return len(self.governing) > 1 and not self._unsure

    def of(self, number: int, phrase: Phrase, measures: Collection[str]) -> OfKind:
        """The kind of a need whose words stand in a sentence; open where the story is of one kind."""
        if not self.several:
            return OPEN
        fitting = self._fitting(measures)
        for kind in self._near(number, phrase):
            if kind.kind in fitting:
                return kind
        only = {self._rulebook.measures[name].kinds for name in measures}
        sure = len(only) == len(fitting) == 1 and only == {fitting}
        return self.any_of(fitting[0]) if sure else OPEN

    def offered(self, measures: tuple[str, ...], kind: OfKind) -> tuple[str, ...]:
        """Those of some measures that are offered in a kind; all where none is."""
        among = (self._rulebook.measures[name] for name in measures)
        fitting = tuple(it.id for it in among if kind.kind in (it.kinds or ASKED_OF_A_STATE))
        return fitting or measures

    def any_of(self, kind: str) -> OfKind:
        """A kind with the first words in a story that tell it."""
        for line, governing in zip(self._lines, self._governs, strict=True):
            for it in governing:
                if kind in it.mention.targets:
                    return OfKind(kind, line.sentence.quoted(it.mention))
        return OfKind(kind, "")

    def alone(self, needed: Collection[str]) -> Iterator[tuple[OfKind, tuple[int, Phrase]]]:
        """The kinds that a story tells and that none of its needs is of, each with where it first tells it.
        needed: the kinds of its needs."""
        for kind in sorted(self.governing - set(needed)) if self.several else ():
            yield from self.first(kind)

    def first(self, kind: str) -> Iterator[tuple[OfKind, tuple[int, Phrase]]]:
        """A kind that a story tells, with where it first tells it."""
        for number, governing in enumerate(self._governs):
            if first := next((it for it in governing if kind in it.mention.targets), None):
                yield self.any_of(kind), (number, first)
                return

    def wished(self, kind: str) -> bool:
        """Whether a story says in words for a kind that we want it or may do it, or that it must be: not
        where it only tells so (`they do not know him`, `their customs want to use it`)."""
        if kind == USE and any(wants_use(self._rulebook.words.story, line) for line in self._lines):
            return True
        for number, governing in enumerate(self._governs):
            sentence = self._lines[number].sentence
            for it in governing if any(kind in each.mention.targets for each in governing) else ():
                deeds = self._acts.of(number, it)
                ours = any(deed.who == US and deed.says in (WISHES, MUST_BE) for deed in deeds)
                must = any(deed.says == MUST_BE for deed in self._acts.deeds[number])
                if kind in it.mention.targets and (ours or must or sentence.asks or sentence.pleads):
                    return True
        return False

    def _fitting(self, measures: Collection[str]) -> tuple[str, ...]:
        """The kinds that a story tells in which something of what may be meant is offered."""
        offered_in = {
            kind for name in measures for kind in self._rulebook.measures[name].kinds or ASKED_OF_A_STATE
        }
        return tuple(kind for kind in sorted(self.governing) if kind in offered_in)

    def _near(self, number: int, phrase: Phrase) -> Iterator[OfKind]:
        """The kinds that the words near a need tell, the nearest first."""
        if own := self._in_sentence(number, phrase):
            yield own
            return
        furthest = FURTHEST if self._only_goes_on(number) else 1
        for before in range(number - 1, max(-1, number - 1 - furthest), -1):
            if self._elsewhere(before, number):
                return
            if last := self._last(before):
                yield last
                return

    def _in_sentence(self, number: int, phrase: Phrase) -> OfKind | None:
        sentence, mention = self._lines[number].sentence, phrase.mention
        governing = self._governs[number]
        before = [it for it in governing if it.mention.start < mention.end]
        chosen = before[-1:] or list(governing[:1])
        wish = self._our_wish(number, phrase)
        if chosen and not (wish and wish.start >= chosen[0].mention.end and _asked(chosen[0])):
            return _of(sentence, chosen[0])
        return OfKind(REQUEST, sentence.quoted(wish)) if wish else None

    def _our_wish(self, number: int, phrase: Phrase) -> Mention | None:
        """The verb by which we wish that in which a need stands, with who says it."""
        for deed in self._acts.of(number, phrase):
            if deed.who == US and deed.says == WISHES and not (deed.denied or deed.of_wish or deed.whom):
                return Mention("", (), max(deed.start, deed.verb - 1), deed.verb + 1)
        return None

    def _is_theirs(self, number: int, phrase: Phrase) -> bool:
        """Whether words as `want to know` stand only in what those wish who ask us in the same sentence."""
        line = self._lines[number]
        asked = any(ANSWER in it.mention.targets for it in line.of(KIND))
        deeds = self._acts.of(number, phrase) if asked and phrase.mention.targets == (REQUEST,) else ()
        return bool(deeds) and deeds[0].who == OFFICE

    def _only_goes_on(self, number: int) -> bool:
        """Whether a sentence only adds something: it has no verb, or begins with `also`."""
        deeds, words = self._acts.deeds[number], self._lines[number].sentence.words
        return deeds[0].verb < 0 or not self._goes_on.isdisjoint(words[:2])

    def _last(self, number: int) -> OfKind | None:
        """The last kind that a sentence tells, or what we wish in it."""
        sentence = self._lines[number].sentence
        if governing := self._governs[number]:
            return _of(sentence, governing[-1])
        measures = self._lines[number].of(MEASURE)
        wish = self._our_wish(number, measures[-1]) if measures else None
        return OfKind(REQUEST, sentence.quoted(wish)) if wish else None

    def _elsewhere(self, before: int, number: int) -> bool:
        """Whether a sentence names another State than the one before it, so that it does not go on."""
        here = {place.state for place in self._places[number] if not place.ours}
        there = {place.state for place in self._places[before] if not place.ours}
        return bool(here and there) and here.isdisjoint(there)


def _of(sentence: Sentence, phrase: Phrase) -> OfKind | None:
    """The kind that words tell; none where they may tell several."""
    targets = phrase.mention.targets
    return OfKind(targets[0], sentence.quoted(phrase.mention)) if len(targets) == 1 else None


def _asked(phrase: Phrase) -> bool:
    return ANSWER in phrase.mention.targets


def kinds_in(line: Line) -> Iterator[Phrase]:
    """What was found, without `we need` where the sentence says who asks whom in words of more weight."""
    every = line.phrases
    kinds = {value for phrase in every if phrase.topic == KIND for value in phrase.mention.targets}
    for phrase in every:
        if (
            ANSWER in kinds
            and phrase.mention.targets == (SHARE,)
            and line.sentence.before(phrase.mention.start) == TO
        ):
            continue  # `they asked us to let them know`
        if phrase.topic != KIND or phrase.mention.targets != (REQUEST,) or kinds == {REQUEST}:
            yield phrase


def own_states(lines: Sequence[Line], places: Sequence[Sequence[Place]]) -> frozenset[tuple[str, ...]]:
    """Our own States, as an office of one signs a story, or one alone is told expressly as ours."""
    signed = {it.mention.targets for line in lines for it in line.of(*PLACES) if line.signs(it)}
    express = {(it.state,) for named in places for it in named if it.own_words}
    return frozenset(signed | (express if len(express) == 1 else set()))


def asks_as_ours(line: Line, phrase: Phrase, ours: Collection[tuple[str, ...]]) -> bool:
    """Whether one State asks another, and is our own: police of a State want to know, or a man is wanted by a
    State, and it signs."""
    start, end = phrase.mention.start, phrase.mention.end
    asker = (
        place.mention.targets
        for place in line.of(*PLACES)
        for at in (place.mention.start,)
        if at == start or (start < at < end and line.sentence.before(at) == BY)
    )
    return phrase.topic == KIND and ANSWER in phrase.mention.targets and any(state in ours for state in asker)


def _governing(line: Line, ours: Collection[tuple[str, ...]], as_ours: tuple[str, ...]) -> Iterator[Phrase]:
    """The words for who asks whom in a sentence, in its order: those of weight, and `we need` where another
    need stands between it and those (`they ask for the file, and we need a hearing`).

    as_ours: what is told where our own State asks."""
    weighty = [phrase for phrase in kinds_in(line) if phrase.topic == KIND]
    measures = line.of(MEASURE)
    for phrase in sorted(line.of(KIND), key=lambda it: it.mention.start):
        if not (any(phrase is it for it in weighty) or _of_its_own(phrase, weighty, measures)):
            continue
        if _listed_by_them(line, phrase):
            continue
        if not asks_as_ours(line, phrase, ours):
            yield phrase
        elif as_ours:
            yield replace(phrase, mention=replace(phrase.mention, targets=as_ours))


def _listed_by_them(line: Line, phrase: Phrase) -> bool:
    """Whether an order is only one more thing that they ask of us, with no wish of ours before it: `he asks
    that we search the shop, arrest him`."""
    start = phrase.mention.start
    asked = [it.mention.end for it in line.of(KIND) if _asked(it) and it.mention.start < start]
    if not asked or phrase.mention.targets != (REQUEST,) or line.sentence.pleads:
        return False
    own = line.sentence.words[max(asked) : phrase.mention.end]
    return FIRST.isdisjoint(own) and not any(max(asked) <= wish <= start for wish in line.sentence.wishes)


def _of_its_own(phrase: Phrase, weighty: Sequence[Phrase], measures: Sequence[Phrase]) -> bool:
    """Whether words have a need of their own: one follows them before the next such words, and another need
    belongs to the words of weight."""
    starts = sorted(it.mention.start for it in (phrase, *weighty))
    if phrase.mention.targets != (REQUEST,) or phrase.mention.start in [it.mention.start for it in weighty]:
        return False
    if THEY in phrase.mention.phrase.split() and any(_asked(it) for it in weighty):
        return False  # `they ask: is she ours, and can they go on board`
    at = starts.index(phrase.mention.start)
    ends = starts[at + 1] if at + 1 < len(starts) else None
    own = [it for it in measures if it.mention.end > phrase.mention.start]
    own = [it for it in own if ends is None or it.mention.start < ends]
    return bool(own) and any(it not in own for it in measures)
