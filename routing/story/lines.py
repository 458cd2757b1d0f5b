"""The sentences of a story, each with the phrases in it that tell something, and what it denies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from routing.core.domain import ANSWER, SHARE, USE
from routing.core.records import Record
from routing.rulebook.mentions import Mention, standing
from routing.rulebook.model import Rulebook
from routing.rulebook.words import AGENCY, KIND, MEASURE, NATIONALITY, OUTSIDE, SAME, STATE, TOWN
from routing.story.coreference import COUNTRY, Meant
from routing.story.phrases_in import is_idle, is_named, is_town, phrases_in, phrases_of
from routing.story.sentences import Phrase, Sentence, sentences
from routing.story.signatures import OFFENCE, OTHERS, PLACES, WE, learned, only_greets, signed, towns, which

if TYPE_CHECKING:
    from routing.api import Router

HOLDER = "data_holder"
FOR, NEAR_DENIAL = "for", 3  # words of `not wanted for`
IF = frozenset({"if", "whether"})
KNOWS, MUST = "knows", frozenset({"must", "shall", "should"})
THAT, US_TOO = "that", frozenset({"we", "i"})
THEIRS = frozenset({"colleague", "partner", "counterpart", "friend", "contact", "embassy", "consul"})
NOTHING, US_AFTER = (("nothing",), ("nobody",)), (("us",), ("me",))
WHO_DO = (("people", "who"), ("men", "who"), ("those", "who"))
WHAT, THEN = "what", "if"
ASKS, HAVE = frozenset({"ask", "asked", "want", "wanted"}), frozenset({"have", "had", "already"})
FIRST = frozenset({"we", "us", "our", "ours", "i", "my", "me", "mine", "here"})
OWN_OFFICE = 3  # words of `our court in`
OWN, MINE = 2, frozenset({"my", "our"})  # words of `my boss`
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
        must = not MUST.isdisjoint(sentence.words)
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

    def of_whom(self, phrase: Phrase) -> bool:
        """Whether a phrase only says what kind of people somebody is: `the people who open it`."""
        words, start = self.sentence.words, phrase.mention.start
        return words[max(0, start - 2) : start] in WHO_DO

    def of(self, *topics: str) -> tuple[Phrase, ...]:
        return tuple(phrase for phrase in self.phrases if phrase.topic in topics)


def lines(router: Router, text: str) -> tuple[Line, ...]:
    """The sentences of a story with what is found in each."""
    rulebook, phrases = router.rulebook, phrases_of(router)
    topics = _topics(rulebook)
    told = tuple(sentences(text, rulebook.words.story))
    meant = Meant(rulebook.words.story, rulebook.words.by_topic.get(SAME, {}), told)
    looked = [
        (sentence, phrases_in(rulebook, phrases, sentence, topics, meant.of(number), meant.things_of(number)))
        for number, sentence in enumerate(told)
    ]
    sure = {phrase.mention.targets for _, every in looked for phrase in every if phrase.topic in PLACES}
    looked = [(sentence, tuple(which(phrase, sure) for phrase in every)) for sentence, every in looked]
    named = towns(rulebook, looked)
    looked = [(sentence, (*every, *learned(sentence, every, named))) for sentence, every in looked]
    last = len(told) - 1
    first = next(
        (at for at, it in enumerate(told) if not only_greets(rulebook, it, range(len(it.words)))), 0
    )  # `Dear colleague,`
    you = any(not YOU.isdisjoint(sentence.words) for sentence in told)
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
                bool(number and told[number - 1].asks),
                _goes_on(told[number + 1]) if number < last else "",
                number == first and not you,
            ),
        )
        for number, (sentence, every) in enumerate(looked)
    )


def _goes_on(then: Sentence) -> str:
    """With which word a story goes on: `we` where a sentence speaks of us, and of none who may ask us."""
    words = set(then.words)
    ours = not FIRST.isdisjoint(words) and words.isdisjoint((*OTHERS, "us", "them", "their"))
    return US_ALL if ours else " ".join(then.words[:1])


def _topics(rulebook: Rulebook) -> tuple[str, ...]:
    unread = rulebook.words.story.get("not_read", ())
    told = (name for name, fact in rulebook.facts.items() if fact.told and name not in unread)
    return (KIND, MEASURE, OUTSIDE, *told)


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
    kept = [
        phrase
        for phrase in every
        if _told(rulebook, sentence, phrase, signed) and not _of_crime(rulebook, sentence, phrase, every)
        if phrase.topic in kept_within
        or not any(
            phrase.within(other) or (phrase.topic not in kept_cut and phrase.cut_by(other))
            for other in every
            if other.topic != phrase.topic and other.topic in whole
            if phrase.topic not in of_offices or other.topic not in named
        )
    ]
    wished = sentence.asks or sentence.wishes or sentence.pleads or not MUST.isdisjoint(sentence.words)
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
            for _, start, end in standing(sentence.words[: mention.start], besides)
        )
        or any(sentence.leads_to(it.mention, mention) for it in undoing)
    )


def _came(rulebook: Rulebook, phrase: Phrase, every: Iterable[Phrase]) -> bool:
    """Whether a measure is a part of what came to us: `a Brazilian red notice`."""
    received = rulebook.words.story.get("of_answers", ())
    return any(other.topic in received and phrase.within(other) for other in every)


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
    crimes = [other.mention for other in every if other.topic == OFFENCE]
    above = rulebook.words.story.get("above_crimes", ())
    if phrase.topic == OFFENCE and any(
        other.topic in above and set(phrase.places) <= set(other.places) for other in every
    ):
        return True
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
    told = (other.mention for other in every if other.topic not in (OUTSIDE, *PLACES))
    return (
        phrase.topic == OUTSIDE
        and rulebook.words.undoing(phrase.mention)
        and not any(mention.start <= place < mention.end for mention in told)
    )


def _told(rulebook: Rulebook, sentence: Sentence, phrase: Phrase, signed: frozenset[int]) -> bool:
    """Whether a phrase tells something where it stands."""
    story, mention = rulebook.words.story, phrase.mention
    written = sentence.quoted(mention)
    if phrase.topic == KIND and mention.phrase.startswith(COUNTRY) and _not_who(rulebook, sentence, mention):
        return False
    breaks = set(story.get("parts", ())).isdisjoint(mention.phrase.split())
    if phrase.topic == KIND and breaks and sentence.parts[mention.start] != sentence.parts[mention.end - 1]:
        return False  # one part says who, and another what
    if phrase.topic == KIND and ANSWER in mention.targets and _asks_at_home(sentence, mention):
        return False
    if phrase.topic == KIND and USE in mention.targets and _at_ours(sentence, mention):
        return False  # `our court in Tirana gave him seven years`
    of_us = [sentence.before(mention.start)] in WE and mention.phrase.startswith(COUNTRY)
    if phrase.topic == KIND and ANSWER in mention.targets and of_us:
        return False  # `we Lima police need`
    after = mention.end + (sentence.words[mention.end : mention.end + 1] in US_AFTER)
    if phrase.topic == KIND and sentence.words[after : after + 1] in NOTHING:
        return False  # `they ask nothing`, `they asked us nothing`
    if phrase.topic == KIND and ANSWER in mention.targets and _as_we_wish(sentence, mention):
        return False
    if phrase.topic == MEASURE and _of_two(rulebook, sentence, mention):
        return False
    if phrase.topic in (KIND, MEASURE) and _of_theirs(rulebook, sentence, mention):
        return False
    if phrase.topic == MEASURE and sentence.written[mention.start].casefold() == KNOWS:
        return False  # `a man there, who knows who they are`
    if phrase.topic == STATE and not is_named(phrase, sentence):
        return False
    if phrase.topic == AGENCY and not written[:1].isupper():
        return False
    if phrase.topic == TOWN and not is_town(rulebook, sentence, phrase):
        return False
    if mention.phrase in story.get("capital", ()) and not written[:1].isupper():
        return False  # `turkey` is a bird
    spoken = sentence.follows(mention.start) and sentence.before(mention.start) in story.get("languages", ())
    if phrase.topic == NATIONALITY and spoken:
        return False  # `in Spanish`, not `in the Spanish files`
    if phrase.topic in story.get("in_phrases", ()) and phrase.words < 2:
        return False
    if is_idle(sentence, mention):
        return False
    if set(mention.phrase.split()) <= set(story.get("denies", ())):
        return False  # `no` answers a question that nobody asked
    who = sentence.says_who(mention.start) or sentence.part_of(mention) in signed
    who = who or _says_more(rulebook, sentence, mention) or _we_want(sentence, mention)
    return who or phrase.topic not in story.get("only_ours", ())


def _of_two(rulebook: Rulebook, sentence: Sentence, mention: Mention) -> bool:
    """Whether the words of a phrase stand in two parts of which the second begins with somebody else: `nude
    pictures, the seller uses Snapchat`."""
    story = rulebook.words.story
    people = {*story.get("people", ()), *story.get("companies", ())} - OTHERS
    begins = (
        sentence.words[place]
        for place in range(mention.start + 1, mention.end)
        if sentence.parts[place] != sentence.parts[place - 1]
    )
    return not people.isdisjoint(word for word in begins if word not in mention.phrase.split())


def _of_theirs(rulebook: Rulebook, sentence: Sentence, mention: Mention) -> bool:
    """Whether a phrase begins with what somebody else wishes, who is no office: `the owner wants it`."""
    private = {*rulebook.words.story.get("people", ()), *rulebook.words.story.get("of_things", ())}
    private -= {*rulebook.words.story.get("authorities", ()), *rulebook.words.story.get("signs", ()), *OTHERS}
    return mention.start in sentence.wishes and sentence.before(mention.start) in private


def _asks_at_home(sentence: Sentence, mention: Mention) -> bool:
    """Whether who asks is one of us: `my boss asks if we may`, but not `our colleague in Lima asks`."""
    said = mention.phrase.split()
    if COUNTRY in said and (said[0] == COUNTRY or said[0] in THEIRS):
        return False  # `our colleague in Lima asks`, but not `our judge in Lima asked`
    led = [word for word in sentence.words[max(0, mention.start - OWN) : mention.start] if word not in HAVE]
    if said[0] in ASKS and led[-1:] and (led[-1],) in (("we",), ("i",)):
        return True  # `we have asked our own bank`
    part, before = sentence.part_of(mention), range(max(0, mention.start - OWN), mention.start)
    return any(sentence.words[at] in MINE and sentence.parts[at] == part for at in before)


def _at_ours(sentence: Sentence, mention: Mention) -> bool:
    """Whether the State that a phrase begins with is only where an office of our own is."""
    start, part = mention.start, sentence.part_of(mention)
    led = [at for at in range(max(0, start - OWN_OFFICE), start) if sentence.parts[at] == part]
    ours = [at for at in led if sentence.words[at] in MINE]
    named = {sentence.words[at] for at in led if ours and at > ours[-1]}
    return bool(ours) and mention.phrase.startswith(COUNTRY) and THEIRS.isdisjoint(named)


def _as_we_wish(sentence: Sentence, mention: Mention) -> bool:
    """Whether another State does it as we wish: `we want that the Swedes ask him`."""
    said = sentence.words[: mention.start]
    wished = [wish for wish in sentence.wishes if wish < mention.start]
    return said[-1:] == (THAT,) and bool(wished) and not US_TOO.isdisjoint(said[: wished[-1]])


def _says_more(rulebook: Rulebook, sentence: Sentence, mention: Mention) -> bool:
    """Whether a part names an office and nothing else, after one that says who we are: `I am from Dakar,
    gendarmerie`."""
    part, offices = sentence.part_of(mention), rulebook.words.story.get("signs", ())
    words = {place: word for place, word in enumerate(sentence.words) if sentence.parts[place] == part}
    told = {sentence.parts[place] for place in sentence.selves}
    return part - 1 in told and all(
        word in offices or place in range(mention.start, mention.end) for place, word in words.items()
    )


def _we_want(sentence: Sentence, mention: Mention) -> bool:
    """Whether an office of our own wants something: `our financial unit asks for`."""
    return sentence.before(mention.start) in MINE and mention.end in sentence.wishes


def _not_who(rulebook: Rulebook, sentence: Sentence, mention: Mention) -> bool:
    """Whether a State is not who does something: `could one ask`, or where somebody is who does it, and no
    office there: `a victim in one gave us`."""
    story, before = rulebook.words.story, mention.start - 1
    within = before > 0 and sentence.words[before] in story.get("within", ())
    wished = sentence.before(mention.start) in story.get("wished_of", ())
    private = set(story.get("people", ())) - set(story.get("authorities", ()))
    office = set(story.get("signs", ())) - private  # not `the family in that town asks`
    return wished or (within and sentence.before(before) not in office)
