"""Which clauses of a story say what is wanted, and which what somebody did: `he wiped his phone, we want him
found` asks for nothing of that phone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from copy import copy

from routing.case.deeds import (
    BE,
    DID,
    IS,
    MAY_BE,
    MUST_BE,
    NOT_TOLD,
    OFFICE,
    PLANS,
    SOMEBODY,
    THEY,
    US,
    WAS,
    WISHES,
    Deed,
)
from routing.rulebook.model import Rulebook
from routing.rulebook.spelling import tidy
from routing.rulebook.words import KIND, MEASURE
from routing.story.coordinated import wish_over
from routing.story.line_deeds import deeds_of
from routing.story.lines import MUST, Line
from routing.story.sentences import PLEASE, Phrase
from routing.story.signatures import PLACES

AND, PLUS, THEN = "and", "plus", "then"
THEIR, WITH_US = "their", frozenset({"us", "me"})
NO_WISH = frozenset({"nothing", "nobody", "none", "no"})
BY_US = frozenset({"by", "from", "at", "near", "among"})
AFTER_VERB = 3  # words after a verb of which one may wish for nothing: `we want of them nothing`


class Acts:
    """The clauses of the sentences of a story."""

    def __init__(self, rulebook: Rulebook, lines: Sequence[Line]) -> None:
        self._lines = lines
        story = rulebook.words.story
        self._offices = frozenset(story.get("persons_in_office", ()))
        self._superiors = frozenset(story.get("superiors", ()))
        self._speaking = {
            it for key in ("says", "reports", "spoke_to_us", "asking") for it in story.get(key, ())
        }
        self._enumerates = frozenset(story.get("enumerates", ()))
        self._asking = frozenset(story.get("asking", ()))
        self._knows = frozenset(story.get("knowing", ()))
        self._writes = frozenset(story.get("writes", ()))
        self._adds = self._enumerates | {AND, PLUS, THEN}
        self.deeds = tuple(deeds_of(rulebook, line) for line in lines)

    def weighed(self, lines: Sequence[Line]) -> Acts:
        """The same clauses of the same sentences, with what is told of them once they are weighed."""
        acts = copy(self)
        acts._lines = lines
        return acts

    def of(self, number: int, phrase: Phrase) -> tuple[Deed, ...]:
        """The clauses of a sentence in which a phrase stands; our wish, where it is listed as one more thing
        that we wish (`I need this first, and second that`)."""
        sentence, deeds = self._lines[number].sentence, self.deeds[number]
        if wish := wish_over(sentence, deeds, phrase, self._enumerates):
            return (wish,)
        return tuple(
            deed for deed in deeds if deed.start < phrase.mention.end and phrase.mention.start < deed.end
        )

    def of_others(self, number: int, phrase: Phrase) -> bool:
        """Whether a phrase stands only where somebody else does, did or wishes something."""
        sentence = self._lines[number].sentence
        if sentence.asks or (sentence.pleads and self._pleaded(number, phrase)):
            return False
        return bool(deeds := self.of(number, phrase)) and all(map(_of_others, deeds))

    def _pleaded(self, number: int, phrase: Phrase) -> bool:
        """Whether a phrase stands in the clause of `please`, or where we do something after it."""
        sentence, deeds = self._lines[number].sentence, self.of(number, phrase)
        please = next((at for at, raw in enumerate(sentence.run) if tidy(raw) in PLEASE), 0)
        first = next((at for at, raw in enumerate(sentence.raws) if raw > please), 0)
        return any(deed.start <= first < deed.end or deed.who in (US, NOT_TOLD) for deed in deeds)

    def only_if_so(self, number: int, phrase: Phrase) -> bool:
        """Whether a phrase stands only where it is told what may happen: `if it goes to trial`."""
        if self._lines[number].sentence.asks:
            return False
        return bool(deeds := self.of(number, phrase)) and all(deed.if_so for deed in deeds)

    def feared(self, number: int, phrase: Phrase) -> bool:
        """Whether a phrase stands only in what somebody who is no office will come to know: `everybody will
        know who she is`."""
        words, deeds = self._lines[number].sentence.words, self.of(number, phrase)
        theirs = all(deed.who == SOMEBODY and deed.says in (PLANS, IS) for deed in deeds)
        return theirs and any(
            deed.says == PLANS and not (deed.denied or self._knows.isdisjoint(words[deed.verb : deed.end]))
            for deed in deeds
        )

    def if_it_is_so(self, number: int, place: int) -> bool:
        """Whether a sentence begins with what is not known yet, on which hangs what we wish in it: `if it is
        ours, we want it back`."""
        first, *rest = self.deeds[number]
        wishes = any(it.start <= place < it.end and it.says == WISHES and it.who == US for it in rest)
        return first.if_so and wishes and not self._lines[number].sentence.asks

    def done(self, number: int, phrase: Phrase) -> bool:
        """Whether a phrase stands only where something was or will be done, and is not asked of us."""
        deeds = self.of(number, phrase)
        return bool(deeds) and all(
            deed.says in (DID, PLANS) and not (deed.of_wish or (deed.who == OFFICE and deed.whom))
            for deed in deeds
        )

    def wished(self, number: int, phrase: Phrase) -> bool:
        """Whether a phrase stands where something is wished or asked, by us or by who asks us."""
        sentence = self._lines[number].sentence
        deeds = self.of(number, phrase)
        return sentence.asks or sentence.pleads or not deeds or any(map(_wished, deeds))

    def asks_another(self, number: int, phrase: Phrase) -> bool:
        """Whether words for who asks whom stand where somebody who is no office asks (`the bank asked us`),
        or an office asks another than us (`their police asked them`)."""
        deeds = self.of(number, phrase)
        return bool(deeds) and all(
            (deed.who == SOMEBODY and deed.named and deed.says in (WISHES, DID) and not deed.of_wish)
            or (deed.who == OFFICE and deed.asked and not deed.whom)
            for deed in deeds
        )

    def of_pronoun(self, number: int, phrase: Phrase) -> bool:
        """Whether a phrase stands where who wishes something is only called `he`, as who asks us may be."""
        return any(
            deed.says == WISHES and not (deed.named or deed.denied) for deed in self.of(number, phrase)
        )

    def of_somebody(self, number: int, phrase: Phrase) -> bool:
        """Whether a phrase stands only where somebody does it who is no office and none of us."""
        return all(deed.who == SOMEBODY for deed in self.of(number, phrase))

    def ours(self, number: int, phrase: Phrase) -> bool:
        """Whether a phrase stands only where we ourselves did or will do something."""
        deeds = self.of(number, phrase)
        return bool(deeds) and all(
            deed.who == US and deed.says in (DID, PLANS) and not deed.of_wish for deed in deeds
        )

    def somebody_wishes(self, number: int, phrase: Phrase) -> bool:
        """Whether a phrase stands only where one who is no office wishes something: `he asked the bank`."""
        deeds = self.of(number, phrase)
        return bool(deeds) and all(deed.who == SOMEBODY and deed.says == WISHES for deed in deeds)

    def only_theirs(self, number: int, phrase: Phrase) -> bool:
        """The same, and not as what is wished by nobody told: `his blood is needed`."""
        words = self._lines[number].sentence.words
        deeds = self.of(number, phrase)
        return self.somebody_wishes(number, phrase) and all(words[deed.verb] not in BE for deed in deeds)

    def of_an_office(self, number: int, phrase: Phrase, ours: Collection[str]) -> bool:
        """Whether a phrase stands only in what the office of another State wishes. ours: our own States."""
        places = [place.mention for place in self._lines[number].of(*PLACES)]
        theirs = [place.start for place in places if not set(place.targets) & set(ours)]
        deeds = self.of(number, phrase)
        return bool(deeds) and all(
            deed.who == OFFICE
            and deed.says == WISHES
            and not deed.of_wish
            and any(start < deed.verb for start in theirs)
            for deed in deeds
        )

    def _asked_before(self, number: int, deed: Deed) -> bool:
        """Whether we tell what we asked for already: `in May we asked the Belgians to look at it`."""
        verb = self._lines[number].sentence.words[deed.verb]
        return verb.endswith("ed") and verb in self._asking

    def of_our_wish(self, number: int, phrase: Phrase) -> bool:
        """Whether a phrase stands in what we wish."""
        return any(
            deed.of_wish or (deed.who == US and deed.says == WISHES) for deed in self.of(number, phrase)
        )

    def listed_wish(self, number: int, place: int) -> bool:
        """Whether the last clause whose verb stands before a word tells what we wish."""
        before = [deed for deed in self.deeds[number] if 0 <= deed.verb < place]
        return bool(before) and before[-1].who == US and before[-1].says == WISHES and not before[-1].denied

    def they_may(self, number: int, phrase: Phrase) -> bool:
        """Whether a phrase tells only what they can do, as they said: `they can hold it until Friday`."""
        deeds = self.of(number, phrase)
        asks = self._lines[number].sentence.asks or self._lines[number].sentence.pleads
        return (
            bool(deeds)
            and not asks
            and all(
                deed.who == OFFICE and deed.says == MAY_BE and not (deed.named or deed.of_wish)
                for deed in deeds
            )
        )

    def we_may(self, number: int, phrase: Phrase) -> bool:
        """Whether a phrase stands only in what we say that we can do: `we can take the case`."""
        sentence, deeds = self._lines[number].sentence, self.of(number, phrase)
        ours = all(deed.who == US and deed.says == MAY_BE and not deed.of_wish for deed in deeds)
        return bool(deeds) and ours and not (sentence.asks or sentence.pleads)

    def of_our_own_wish(self, number: int, phrase: Phrase) -> bool:
        """Whether the last wish before a phrase, or around it, in its sentence is ours and nobody else's."""
        if any(self._pleads(number, deed) for deed in self.deeds[number]):
            return False
        wishes = [
            deed
            for deed in self.deeds[number]
            if deed.says == WISHES and not deed.of_wish and deed.start < phrase.mention.end
        ]
        words = self._lines[number].sentence.words
        asked = any(  # `we are asked from Madrid`
            words[deed.verb] in BE | WAS and not self._asking.isdisjoint(words[deed.verb : deed.verb + 3])
            for deed in wishes[-1:]
        )
        return bool(wishes) and wishes[-1].who == US and not (wishes[-1].denied or asked)

    def only_somebody_wishes(self, number: int) -> bool:
        """Whether all that is wished in a sentence is wished by one who is named and no office: `the lady
        wants her money back`."""
        sentence = self._lines[number].sentence
        wishes = [deed for deed in self.deeds[number] if deed.says == WISHES and not deed.of_wish]
        asks = sentence.asks or sentence.pleads or not MUST.isdisjoint(sentence.words)
        return (
            bool(wishes)
            and not asks
            and all(
                deed.who == SOMEBODY and deed.named and sentence.words[deed.verb] not in BE for deed in wishes
            )
        )

    def may_only_be(self, number: int, phrase: Phrase) -> bool:
        """Whether a phrase tells only what an office may do, or may know: `their colleagues may know it`."""
        deeds = self.of(number, phrase)
        return bool(deeds) and all(deed.who == OFFICE and deed.says == MAY_BE for deed in deeds)

    def their_wish(self) -> tuple[int, Deed] | None:
        """The first clause in which an office wishes something of us, or somebody who told us so in the same
        sentence: `one from Luanda phoned me and wants the address`; or in the one before: `the Dutch told us.
        They want it now`."""
        spoke = False
        for number, deeds in enumerate(self.deeds):
            speaks = spoke and self._lines[number].sentence.words[:1] == (THEY,)
            for deed in deeds:
                if speaks and deed.who in (OFFICE, SOMEBODY) and self._wishes_itself(number, deed):
                    return number, deed
                wishes = deed.who == OFFICE and deed.says == WISHES and not deed.of_wish
                if self._pleads(number, deed):
                    return number, deed  # `a judge of that State writes: please search`
                if wishes and not self._above(number, deed):
                    asks = self._lines[number].sentence.written[deed.verb].endswith(":")
                    if deed.of_us or asks or self._of_ours_by_theirs(number, deed):
                        return number, deed  # `they ask: is she ours?`
                speaks = speaks or self._spoke_to_us(number, deed) or self._says(number, deed)
            spoke = any(deed.who == OFFICE and deed.says == DID and deed.whom for deed in deeds)
        return None

    def _wishes_itself(self, number: int, deed: Deed) -> bool:
        """Whether a clause tells a wish, and none of what was asked for (`they were asked for`)."""
        passive = self._lines[number].sentence.words[deed.verb] in WAS
        return deed.says == WISHES and not (deed.of_wish or passive)

    def _of_ours_by_theirs(self, number: int, deed: Deed) -> bool:
        """Whether the office of a State, and not of the one that signs, wishes what is with us: `their court
        wants to borrow a man who sits in our jail`."""
        line, words = self._lines[number], self._lines[number].sentence.words
        theirs = any(
            deed.start <= it.mention.start < deed.verb and not line.signs(it) for it in line.of(*PLACES)
        )
        with_us = words[deed.verb + 1 : deed.verb + 2] != () and words[deed.verb + 1] in WITH_US
        with_us = with_us or any(
            words[at] in WITH_US and words[at - 1] in BY_US for at in range(deed.verb + 2, len(words))
        )
        nothing = not NO_WISH.isdisjoint(words[deed.verb + 1 : deed.verb + AFTER_VERB + 1])
        return theirs and with_us and not (deed.asked or nothing or words[deed.verb + 1] == "by")

    def _pleads(self, number: int, deed: Deed) -> bool:
        """Whether the office of a State writes, and what follows is what it begs of us."""
        sentence = self._lines[number].sentence
        ends = any(sentence.written[at].endswith(":") for at in range(max(0, deed.verb), deed.end))
        they = deed.whom and sentence.words[deed.start : deed.verb] == (THEY,)  # `they wrote us from there:`
        writes = they and sentence.words[deed.verb] in self._writes
        return deed.verb >= 0 and ends and sentence.pleads and (writes or self._says(number, deed))

    def _above(self, number: int, deed: Deed) -> bool:
        """Whether somebody above us wishes it, of no other State: `the minister wants that we send`."""
        sentence, places = self._lines[number].sentence, self._lines[number].of(*PLACES)
        placed = any(deed.start <= it.mention.start < deed.verb for it in places)
        led = sentence.run[max(0, sentence.raws[deed.start] - 1)].casefold()
        return sentence.words[deed.start] in self._superiors and not placed and led != THEIR

    def _says(self, number: int, deed: Deed) -> bool:
        """Whether an office of a State says something: `they write that it is theirs and want it`."""
        words, places = self._lines[number].sentence.words, self._lines[number].of(*PLACES)
        named = any(deed.start <= place.mention.start < deed.verb for place in places)
        return named and deed.who == OFFICE and words[deed.verb] in self._writes

    def _spoke_to_us(self, number: int, deed: Deed) -> bool:
        """Whether an office did something to us, or somebody spoke to us: no prisoner who served his time
        with us."""
        if deed.says != DID or not deed.whom:
            return False
        words = self._lines[number].sentence.words[deed.verb : deed.end]
        return deed.who == OFFICE or (deed.who == SOMEBODY and not self._speaking.isdisjoint(words))

    def office_before(self, number: int) -> bool:
        """Whether an office does something in a sentence or before it, or is named before it, so that `he`
        may be of that office."""
        before = (word for line in self._lines[:number] for word in line.sentence.words)
        acted = any(deed.who == OFFICE for deeds in self.deeds[: number + 1] for deed in deeds)
        return acted or not self._offices.isdisjoint(before)

    def wishing(self) -> Iterator[int]:
        """The numbers of the sentences in which we wish something, or say that it must be."""
        for number, deeds in enumerate(self.deeds):
            if any(
                deed.who == US
                and deed.says in (WISHES, MUST_BE)
                and not (deed.denied or deed.if_so or self._asked_before(number, deed))
                for deed in deeds
            ):
                yield number

    def wish_elsewhere(self, kinds: Collection[str]) -> tuple[int, Deed] | None:
        """The first clause in which we wish something that stands there with a measure and a State, where
        nothing in that sentence tells who asks whom otherwise. kinds: those that are told otherwise."""
        for number, line in enumerate(self._lines):
            asked = any(not set(kinds).isdisjoint(phrase.mention.targets) for phrase in line.of(KIND))
            for phrase in line.of(MEASURE) if not asked and line.of(*PLACES) else ():
                wishes = [deed for deed in self.of(number, phrase) if deed.who == US and deed.says == WISHES]
                if self.of_our_own_wish(number, phrase) and wishes:
                    return number, wishes[0]
        return None

    def adds_to_wish(self, number: int, place: int) -> bool:
        """Whether a sentence only adds one more thing to what we wish in the one before: `Also his bank
        statements`. place: where the thing is named."""
        sentence, wishing = self._lines[number].sentence, set(self.wishing())
        first = self.deeds[number][0]
        parts = sentence.parts
        apart = place < first.verb and parts[place] < parts[first.verb]
        bare = place < first.end if first.verb < 0 else apart
        adds = bare and not (self._adds.isdisjoint(sentence.words[:1]) or number in wishing)
        return adds and bool(number) and number - 1 in wishing

    def first_wish(self) -> tuple[int, Deed] | None:
        """The first clause in which we wish something, with the number of its sentence; one in which we asked
        for it already only where there is no other."""
        wishes = [
            (number, deed)
            for number, deeds in enumerate(self.deeds)
            for deed in deeds
            if deed.who == US and deed.says == WISHES and not (deed.denied or deed.if_so)
        ]
        return min(wishes, key=lambda wish: self._asked_before(*wish), default=None)


def _wished(deed: Deed) -> bool:
    ours = deed.says in (WISHES, MUST_BE) and deed.who != SOMEBODY
    return ours or deed.of_wish or deed.verb < 0


def _of_others(deed: Deed) -> bool:
    if deed.of_wish or deed.verb < 0:
        return False
    if deed.who == SOMEBODY:
        return deed.says in (DID, PLANS, WISHES, IS)
    if deed.who == OFFICE:
        return (deed.says == DID and not deed.whom) or deed.asked
    return deed.who == US and deed.says == DID
