"""The sentences of a story, each with the phrases in it that tell something, and what it denies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from routing.core.domain import SHARE, USE
from routing.core.limits import check_limits
from routing.core.records import Record
from routing.rulebook.mentions import matches
from routing.rulebook.model import Rulebook
from routing.rulebook.words import KIND, MEASURE, OUTSIDE, SAME, STATE, TOWN
from routing.story.coreference import Meant
from routing.story.dangers_met import dangers_met
from routing.story.dealing_sentences import kind_said
from routing.story.in_context import tells_something
from routing.story.numbers_of_states import numbers_of_states
from routing.story.openings import presents
from routing.story.passive import says_shall_be
from routing.story.phrases_in import phrases_in, phrases_of
from routing.story.sentences import Phrase, Sentence, sentences
from routing.story.signatures import (
    MARKS,
    OFFENCE,
    OTHERS,
    PLACES,
    WE,
    learned,
    only_greets,
    signed,
    towns,
    which,
)
from routing.story.way_questions import way_questions, without_the_way

if TYPE_CHECKING:
    from routing.opened import Router

HOLDER = "data_holder"
FOR, NEAR_DENIAL = "for", 3  # words of `not wanted for`
IF = frozenset({"if", "whether"})
MUST = frozenset({"must", "shall", "should"})
WHO_DO = (("people", "who"), ("men", "who"), ("those", "who"))
WHAT, THEN = "what", "if"
FIRST = frozenset({"we", "us", "our", "ours", "i", "my", "me", "mine", "here"})
US_ALL, YOU = "we", frozenset({"you", "your"})


class Line(Record):
    """A sentence with what was found in it that may be so, and what it denies.

    signed: the parts of the sentence in which somebody signs, as `Norwegian police` at the end; aside: what
    it names and does not tell, as what is only possible.
    """

    sentence: Sentence
    phrases: tuple[Phrase, ...]
    denied: tuple[Phrase, ...]
    signed: frozenset[int] = frozenset()
    aside: tuple[Phrase, ...] = ()

    def signs(self, phrase: Phrase) -> bool:
        """Whether a phrase stands in a part in which somebody signs."""
        return self.sentence.part_of(phrase.mention) in self.signed

    def was(self, phrase: Phrase) -> bool:
        """Whether a phrase is of what was done, or was given to us: `a bank told us`."""
        given = (it for it in self.of(KIND) if USE in it.mention.targets)
        return self.sentence.was_done(phrase.mention) or any(
            phrase.mention.start in it.places for it in given
        )

    @property
    def wishes(self) -> bool:
        """Whether a sentence asks a question, or says that something is wished for or must be."""
        sentence = self.sentence
        must = not MUST.isdisjoint(sentence.words) or says_shall_be(sentence.words)
        return sentence.asks or sentence.pleads or bool(sentence.wishes) or must

    @property
    def asks(self) -> bool:
        """Whether a sentence wishes for something, begins with it, or asks a question, not what we may."""
        sentence = self.sentence
        ours = any([word] in WE for word in sentence.words[1:2])
        begins = self.begins and sentence.parts[0] not in sentence.tells
        return bool(sentence.wishes or sentence.pleads or begins or (sentence.asks and not ours))

    @property
    def begins(self) -> bool:
        """Whether a sentence begins with words for a measure, as one that names what is needed does."""
        return any(not phrase.mention.start for phrase in self.of(MEASURE))

    @property
    def calls(self) -> bool:
        """Whether what a sentence names may be needed: it asks, says who asks whom, or what must be."""
        return self.asks or self.wishes or any(SHARE not in it.mention.targets for it in self.of(KIND))

    def describes_people(self, phrase: Phrase) -> bool:
        """Whether a phrase only says what kind of people somebody is: `the people who open it`."""
        words, start = self.sentence.words, phrase.mention.start
        return words[max(0, start - 2) : start] in WHO_DO

    def of(self, *topics: str) -> tuple[Phrase, ...]:
        return tuple(phrase for phrase in self.phrases if phrase.topic in topics)


def lines(router: Router, text: str) -> tuple[Line, ...]:
    """The sentences of a story with what is found in each."""
    rulebook, phrases = router.rulebook, phrases_of(router)
    topics = _topics(rulebook)
    parsed = tuple(sentences(text, rulebook.words.story))
    meant = Meant(rulebook.words.story, rulebook.words.by_topic.get(SAME, {}), parsed)
    looked = []
    for number, sentence in enumerate(parsed):
        check_limits()
        every = phrases_in(rulebook, phrases, sentence, topics, meant.of(number), meant.things_of(number))
        if kind_said(sentence):
            every = tuple(it for it in every if it.topic == KIND)
        looked.append((sentence, every))
    looked = [
        (
            sentence,
            (
                *every,
                *_told_by_clues(rulebook, parsed, number, every),
                *numbers_of_states(rulebook.words.story, router.law.states, sentence),
            ),
        )
        for number, (sentence, every) in enumerate(looked)
    ]
    sure = {phrase.mention.targets for _, every in looked for phrase in every if phrase.topic in PLACES}
    looked = [(sentence, tuple(which(phrase, sure) for phrase in every)) for sentence, every in looked]
    named = towns(rulebook, looked)
    looked = [(sentence, (*every, *learned(sentence, every, named))) for sentence, every in looked]
    last = len(parsed) - 1
    first = next(
        (at for at, it in enumerate(parsed) if not only_greets(rulebook, it, range(len(it.words)))), 0
    )  # `Dear colleague,`
    you = any(not YOU.isdisjoint(sentence.words) for sentence in parsed)
    return tuple(
        _line(
            rulebook,
            sentence,
            every,
            signed(
                rulebook,
                sentence,
                every,
                number == first,
                number == last,
                bool(number and parsed[number - 1].asks),
                _goes_on(parsed[number + 1]) if number < last else "",
                number == first and not you,
            )
            | (presents(rulebook, sentence, every) if number == first and number < last else frozenset()),
        )
        for number, (sentence, every) in enumerate(looked)
    )


def _told_by_clues(
    rulebook: Rulebook, parsed: Sequence[Sentence], number: int, every: Iterable[Phrase]
) -> Iterator[Phrase]:
    """The dangers that a sentence tells with no word for one, or in more words than that: `cut a finger`
    alone may be of no danger where `if they do not pay` leads to it."""
    for phrase in dangers_met(rulebook.words.story, parsed, number):
        within = range(phrase.mention.start, phrase.mention.end + 1)
        in_words = {
            (it.topic, value)
            for it in every
            for value in it.mention.targets
            if it.mention.start not in within or it.mention.end not in within
        }
        if in_words.isdisjoint((phrase.topic, value) for value in phrase.mention.targets):
            yield phrase


def _goes_on(then: Sentence) -> str:
    """With which word a story goes on: `we` where a sentence speaks of us, and of none who may ask us."""
    words = set(then.words)
    ours = not FIRST.isdisjoint(words) and words.isdisjoint((*OTHERS, "us", "them", "their"))
    return US_ALL if ours else " ".join(then.words[:1])


def _topics(rulebook: Rulebook) -> tuple[str, ...]:
    unread = rulebook.words.story.get("not_read", ())
    statable = (name for name, fact in rulebook.facts.items() if fact.statable and name not in unread)
    return (KIND, MEASURE, OUTSIDE, *statable)


def _line(rulebook: Rulebook, sentence: Sentence, every: tuple[Phrase, ...], signed: frozenset[int]) -> Line:
    facts = rulebook.facts.values()
    named, inside, kept_cut = (
        rulebook.words.story.get(key, ()) for key in ("only_ours", "kept_inside", "kept_cut")
    )
    kept_within = {*PLACES, HOLDER, KIND, *inside, *(fact.id for fact in facts if fact.urgent)}
    of_offices = rulebook.words.story.get(
        "of_offices", ()
    )  # `the fraud squad` tells of a crime, if nothing else
    whole = {MEASURE, *named, *(fact.id for fact in facts if fact.groups)}
    every = tuple(without_the_way(every, way_questions(rulebook.words.story, sentence)))
    kept = [
        phrase
        for phrase in every
        if tells_something(rulebook, sentence, phrase, signed)
        and not _of_crime(rulebook, sentence, phrase, every)
        if phrase.topic in kept_within
        or not any(
            phrase.within(longer) or (phrase.topic not in kept_cut and phrase.cut_by(longer))
            for longer in every
            if longer.topic != phrase.topic and longer.topic in whole
            if phrase.topic not in of_offices or longer.topic not in named
        )
    ]
    wished = sentence.asks or sentence.wishes or sentence.pleads or not MUST.isdisjoint(sentence.words)
    wished = wished or says_shall_be(sentence.words)
    wished = wished or (
        sentence.words[:1] != () and sentence.words[0] in rulebook.words.story.get("orders", ())
    )
    not_signed = {KIND, *rulebook.words.story.get("of_answers", ())}
    undoing = [phrase for phrase in every if _undoes(rulebook, phrase, every)]
    kept = [
        phrase
        for phrase in kept
        if phrase.topic != OUTSIDE
        if phrase.topic not in not_signed or sentence.part_of(phrase.mention) not in signed
        if phrase.topic != MEASURE or not _past(rulebook, sentence, phrase, undoing)
        if not _has_to(rulebook, sentence, phrase)
        if not _only_names(rulebook, sentence, phrase)
        if phrase.topic != MEASURE or not _came(rulebook, phrase, every)
        if phrase.topic != OFFENCE or not _supposed(sentence, phrase)
        if wished or not phrase.mention.asked
    ]
    denied = tuple(
        phrase for phrase in kept if phrase.topic not in (STATE, TOWN) and _denied(sentence, phrase)
    )
    return Line(sentence, tuple(phrase for phrase in kept if phrase not in denied), denied, signed)


def _denied(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a sentence denies a phrase; what something is not done for is no denial of a crime: `they
    would not allow it for theft`."""
    since = phrase.mention.start - NEAR_DENIAL if sentence.before(phrase.mention.start) == FOR else 0
    return sentence.denied(phrase, since if phrase.topic == OFFENCE else 0)


def _past(rulebook: Rulebook, sentence: Sentence, phrase: Phrase, undoing: Iterable[Phrase]) -> bool:
    """Whether a measure is told as what was done, or is undone: `was frozen`, `during a search`."""
    mention, besides = phrase.mention, rulebook.words.story.get("besides", ())
    return (
        sentence.was_done(mention)
        or any(
            end == mention.start and sentence.before(start) not in IF
            for _, start, end in matches(sentence.words[: mention.start], besides)
        )
        or any(sentence.leads_to(it.mention, mention) for it in undoing)
    )


def _has_to(rulebook: Rulebook, sentence: Sentence, phrase: Phrase) -> bool:
    """Whether what somebody would do to get away is what he has to do: `he must leave the country`."""
    away = rulebook.words.story.get("only_of_people", ())
    return set(phrase.mention.targets) <= set(away) and sentence.before(phrase.mention.start) in MUST


def _only_names(rulebook: Rulebook, sentence: Sentence, phrase: Phrase) -> bool:
    """Whether words name what would have to bind both States, in a sentence that does not say that both are
    bound: `a warrant of that treaty`, `they say it is signed`. That there is none is told by itself."""
    story = rulebook.words.story
    if phrase.topic not in story.get("binds_both", ()) or rulebook.instruments.keys().isdisjoint(
        phrase.mention.targets
    ):
        return False
    if any(matches(sentence.words, story.get("hearsay", ()))):
        return True
    return not any(matches(sentence.words, story.get("both_bound", ())))


def _came(rulebook: Rulebook, phrase: Phrase, every: Iterable[Phrase]) -> bool:
    """Whether a measure is a part of what came to us: `a Brazilian red notice`."""
    received = rulebook.words.story.get("of_answers", ())
    return any(answer.topic in received and phrase.within(answer) for answer in every)


def _supposed(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a crime is what might happen to somebody, and not what is investigated: `what if they kill
    him`."""
    start = phrase.mention.start
    return any(
        word == WHAT
        and sentence.words[place + 1 : place + 2] == (THEN,)
        and sentence.parts[place] == sentence.parts[start]
        for place, word in enumerate(sentence.words[:start])
    )


def _of_crime(rulebook: Rulebook, sentence: Sentence, phrase: Phrase, every: Iterable[Phrase]) -> bool:
    """Whether a thing is told as what a crime was done with or to: `steal boats`, `the car hit a boy`; or
    an urgency as what somebody is tried for: `they want to try him for murder`."""
    crimes = [it.mention for it in every if it.topic == OFFENCE]
    above, grave = (rulebook.words.story.get(key, ()) for key in ("above_crimes", "above_all"))
    if phrase.topic == OFFENCE and any(
        around.topic in above and set(phrase.places) <= set(around.places) for around in every
    ):
        return True
    if phrase.topic in (KIND, MEASURE) and any(
        around.topic in grave and phrase.mention.start in around.places for around in every
    ):
        return True  # who is to be executed is no order that is
    fact, last = rulebook.facts.get(phrase.topic), phrase.mention.end - 1
    if fact and fact.urgent and sentence.before(last) == FOR and FOR not in phrase.mention.phrase.split():
        return any(crime.start <= last < crime.end for crime in crimes)
    place = phrase.mention.start
    return phrase.topic in rulebook.words.story.get("of_crimes", ()) and any(
        crime.start <= place <= crime.end and sentence.parts[place] <= sentence.parts[crime.end - 1]
        for crime in crimes
    )


def _undoes(rulebook: Rulebook, phrase: Phrase, every: tuple[Phrase, ...]) -> bool:
    """Whether a phrase undoes the measure after it; one in the words for something else does not."""
    place = phrase.mention.start
    mentions = (it.mention for it in every if it.topic not in (OUTSIDE, *PLACES))
    return (
        phrase.topic == OUTSIDE
        and rulebook.words.undoing(phrase.mention)
        and not any(mention.start <= place < mention.end for mention in mentions)
    )


def of_a_third(line: Line, verb: int) -> bool:
    """Whether a verb is that of somebody else, though it is compared without its ending: `it gives the names`
    is no order."""
    written = line.sentence.written[verb].strip(MARKS).casefold()
    return verb >= 0 and written == f"{line.sentence.words[verb]}s"
