"""The sentences of a story, each with the phrases in it that tell something, and what it denies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from routing.core.records import Record
from routing.rulebook.model import Rulebook
from routing.rulebook.words import (
    AGENCY,
    KIND,
    MEASURE,
    NATIONALITY,
    OUTSIDE,
    SAME,
    STATE,
    TOWN,
    Mention,
)
from routing.serve.meant import COUNTRY, Meant
from routing.serve.phrases_in import is_idle, is_named, is_town, phrases_in, phrases_of
from routing.serve.sentences import Found, Sentence, sentences
from routing.serve.signed import OFFENCE, PLACES, learned, signed, towns, which

if TYPE_CHECKING:
    from routing.api import Router

HOLDER = "data_holder"
OWN, MINE = 2, frozenset({"my", "our"})  # words of `my boss`
REQUEST, ANSWER, USE = "request", "answer", "use"


class Line(Record):
    """A sentence with what was found in it that may be so, and what it denies.

    signed: the parts of the sentence in which somebody signs, as `Norwegian police` at the end.
    """

    sentence: Sentence
    found: tuple[Found, ...]
    denied: tuple[Found, ...]
    signed: frozenset[int] = frozenset()

    def signs(self, found: Found) -> bool:
        """Whether a phrase stands in a part in which somebody signs."""
        return self.sentence.part_of(found.mention) in self.signed

    def of(self, *topics: str) -> tuple[Found, ...]:
        return tuple(found for found in self.found if found.topic in topics)


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
    sure = {found.mention.targets for _, every in looked for found in every if found.topic in PLACES}
    looked = [(sentence, tuple(which(found, sure) for found in every)) for sentence, every in looked]
    named = towns(rulebook, looked)
    looked = [(sentence, (*every, *learned(sentence, every, named))) for sentence, every in looked]
    last = len(told) - 1
    return tuple(
        _line(
            rulebook,
            sentence,
            every,
            signed(
                rulebook,
                sentence,
                every,
                not number,
                number == last,
                bool(number and told[number - 1].asks),
            ),
        )
        for number, (sentence, every) in enumerate(looked)
    )


def _topics(rulebook: Rulebook) -> tuple[str, ...]:
    unread = rulebook.words.story.get("not_read", ())
    told = (name for name, fact in rulebook.facts.items() if fact.told and name not in unread)
    return (KIND, MEASURE, OUTSIDE, *told)


def _line(rulebook: Rulebook, sentence: Sentence, every: tuple[Found, ...], signed: frozenset[int]) -> Line:
    facts = rulebook.facts.values()
    named, inside, kept_cut = (
        rulebook.words.story.get(key, ()) for key in ("only_ours", "kept_inside", "kept_cut")
    )
    kept_within = {*PLACES, HOLDER, KIND, *inside, *(fact.id for fact in facts if fact.urgent)}
    whole = {MEASURE, *named, *(fact.id for fact in facts if fact.groups)}
    kept = [
        found
        for found in every
        if _told(rulebook, sentence, found, signed) and not _of_crime(rulebook, sentence, found, every)
        if found.topic in kept_within
        or not any(
            found.within(other) or (found.topic not in kept_cut and found.cut_by(other))
            for other in every
            if other.topic != found.topic and other.topic in whole
        )
    ]
    wished = sentence.asks or sentence.wishes or sentence.pleads
    undoing = [found for found in every if _undoes(rulebook, found, every)]
    kept = [
        found
        for found in kept
        if found.topic != OUTSIDE
        if found.topic != KIND or sentence.part_of(found.mention) not in signed
        if found.topic != MEASURE or not _past(rulebook, sentence, found, undoing)
        if wished or not found.mention.asked
    ]
    denied = tuple(found for found in kept if found.topic not in (STATE, TOWN) and sentence.denied(found))
    return Line(sentence, tuple(found for found in kept if found not in denied), denied, signed)


def _past(rulebook: Rulebook, sentence: Sentence, found: Found, undoing: Iterable[Found]) -> bool:
    """Whether a measure is told as what was done, or is undone: `was frozen`, `during a search`."""
    mention = found.mention
    return (
        sentence.was_done(mention)
        or sentence.before(mention.start) in rulebook.words.story.get("besides", ())
        or any(sentence.leads_to(it.mention, mention) for it in undoing)
    )


def _of_crime(rulebook: Rulebook, sentence: Sentence, found: Found, every: Iterable[Found]) -> bool:
    """Whether a thing is told as what a crime was done with or to: `steal boats`, `the car hit a boy`."""
    crimes = (other.mention for other in every if other.topic == OFFENCE)
    place = found.mention.start
    return found.topic in rulebook.words.story.get("of_crimes", ()) and any(
        crime.start <= place <= crime.end and sentence.parts[place] <= sentence.parts[crime.end - 1]
        for crime in crimes
    )


def _undoes(rulebook: Rulebook, found: Found, every: tuple[Found, ...]) -> bool:
    """Whether a phrase undoes the measure after it; one in the words for something else does not."""
    place = found.mention.start
    told = (other.mention for other in every if other.topic not in (OUTSIDE, *PLACES))
    return (
        found.topic == OUTSIDE
        and rulebook.words.undoing(found.mention)
        and not any(mention.start <= place < mention.end for mention in told)
    )


def _told(rulebook: Rulebook, sentence: Sentence, found: Found, signed: frozenset[int]) -> bool:
    """Whether a phrase tells something where it stands."""
    story, mention = rulebook.words.story, found.mention
    written = sentence.quoted(mention)
    if found.topic == KIND and mention.phrase.startswith(COUNTRY) and _not_who(rulebook, sentence, mention):
        return False
    breaks = set(story.get("parts", ())).isdisjoint(mention.phrase.split())
    if found.topic == KIND and breaks and sentence.parts[mention.start] != sentence.parts[mention.end - 1]:
        return False  # one part says who, and another what
    if found.topic == KIND and ANSWER in mention.targets and _asks_at_home(sentence, mention):
        return False
    if found.topic == STATE and not is_named(found, sentence):
        return False
    if found.topic == AGENCY and not written[:1].isupper():
        return False
    if found.topic == TOWN and not is_town(rulebook, sentence, found):
        return False
    if mention.phrase in story.get("capital", ()) and not written[:1].isupper():
        return False  # `turkey` is a bird
    spoken = sentence.follows(mention.start) and sentence.before(mention.start) in story.get("languages", ())
    if found.topic == NATIONALITY and spoken:
        return False  # `in Spanish`, not `in the Spanish files`
    if found.topic in story.get("in_phrases", ()) and found.words < 2:
        return False
    if is_idle(sentence, mention):
        return False
    if set(mention.phrase.split()) <= set(story.get("denies", ())):
        return False  # `no` answers a question that nobody asked
    who = sentence.says_who(mention.start) or sentence.part_of(mention) in signed
    who = who or _says_more(rulebook, sentence, mention)
    return who or found.topic not in story.get("only_ours", ())


def _asks_at_home(sentence: Sentence, mention: Mention) -> bool:
    """Whether who asks is one of us: `my boss asks if we may`, but not `our colleague in Lima asks`."""
    if COUNTRY in mention.phrase.split():
        return False
    led = sentence.words[max(0, mention.start - OWN) : mention.start]
    said = sentence.parts[mention.start - len(led)] == sentence.part_of(mention)
    return said and not MINE.isdisjoint(led)


def _says_more(rulebook: Rulebook, sentence: Sentence, mention: Mention) -> bool:
    """Whether a part names an office and nothing else, after one that says who we are: `I am from Dakar,
    gendarmerie`."""
    part, offices = sentence.part_of(mention), rulebook.words.story.get("signs", ())
    words = {place: word for place, word in enumerate(sentence.words) if sentence.parts[place] == part}
    told = {sentence.parts[place] for place in sentence.selves}
    return part - 1 in told and all(
        word in offices or place in range(mention.start, mention.end) for place, word in words.items()
    )


def _not_who(rulebook: Rulebook, sentence: Sentence, mention: Mention) -> bool:
    """Whether a State is not who does something: `could one ask`, or where somebody is who does it, and no
    office there: `a victim in one gave us`."""
    story, before = rulebook.words.story, mention.start - 1
    within = before > 0 and sentence.words[before] in story.get("within", ())
    wished = sentence.before(mention.start) in story.get("wished_of", ())
    return wished or (within and sentence.before(before) not in story.get("signs", ()))
