"""What happened, in somebody's own words, read as facts and needs to confirm.

Only the words of the rulebook are known. Nothing is taken: each reading is shown with the words it comes
from, and the person says which of them are right. What a story denies is not offered; where a fact has an
answer for that, the answer is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from routing.core.domain import NO, Fact
from routing.core.grouping import grouped
from routing.core.records import Record
from routing.core.remembered import MadeOf
from routing.rulebook.measures_meant import offered
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
    Words,
    tidy,
)
from routing.serve.meant import (
    COUNTRY,
    Meant,
    Tokens,
    at,
    tokens_of,
    with_offices,
    with_same,
    with_states,
    without_fill,
    words_of,
)
from routing.serve.sentences import Found, Phrases, Sentence, sentences
from routing.serve.signed import OFFENCE, PLACES, WE, learned, signed, towns, which

if TYPE_CHECKING:
    from routing.api import Router

SHORT_NAME = 3  # letters of a State's name that is written in capitals
SHORTEST = 5  # letters of a word for a value that tells something by itself
HOLDER = "data_holder"
REQUEST, ANSWER, USE = "request", "answer", "use"
NONE = "none"


class Reading(Record):
    """A phrase and one thing it may mean.

    fact: `state`, `kind` or a fact. asks: what the fact is about; says: what the value means.
    """

    phrase: str
    fact: str
    value: str
    asks: str
    says: str


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


def readings(router: Router, text: str) -> tuple[Reading, ...]:
    """Every State, kind of need and fact that a story tells, States first; needs are read by `wants_of`."""
    return readings_of(router, lines(router, text))


def readings_of(router: Router, told: Sequence[Line]) -> tuple[Reading, ...]:
    """The same of sentences that were looked through."""
    rulebook = router.rulebook
    meanings: dict[tuple[str, str], Reading] = {}
    ours = {found.mention.targets for line in told for found in line.of(*PLACES) if line.signs(found)}
    for line in told:
        for found in _kinds(line.found):
            topic = STATE if found.topic in PLACES else found.topic
            targets = (REQUEST,) if _asks_as_ours(line, found, ours) else found.mention.targets
            for value in targets if topic not in (MEASURE, HOLDER) else ():
                _add(router, meanings, line.sentence.quoted(found.mention), topic, value)
    if not any(found.topic == KIND for line in told for found in (*line.found, *line.denied)):
        asked_of_a_state = {measure.id for measure in offered(rulebook, REQUEST)}
        for line in filter(_asked_for, told):
            for found in line.of(MEASURE):
                if not asked_of_a_state.isdisjoint(found.mention.targets):
                    _add(router, meanings, line.sentence.quoted(found.mention), KIND, REQUEST)
    read = {fact for fact, _ in meanings}
    for line in told:
        for found in line.denied:
            negative = _negative(rulebook.facts.get(found.topic), found.mention.targets)
            tells = found.topic not in rulebook.words.story.get("denied_tells_nothing", ())
            if negative and tells and found.topic not in read:
                _add(router, meanings, line.sentence.quoted(found.mention), found.topic, negative)
    meanings = {key: read for key, read in meanings.items() if not _yields(rulebook, read, meanings)}
    order = {topic: place for place, topic in enumerate((STATE, KIND, *rulebook.facts))}
    return tuple(sorted(meanings.values(), key=lambda item: order[item.fact]))


def _asks_as_ours(line: Line, found: Found, ours: Collection[tuple[str, ...]]) -> bool:
    """Whether one State asks another, and is our own: `Dutch police want to know`, signed by them."""
    asker = (it.mention.targets for it in line.of(*PLACES) if it.mention.start == found.mention.start)
    return found.topic == KIND and ANSWER in found.mention.targets and any(state in ours for state in asker)


def _asked_for(line: Line) -> bool:
    """Whether a sentence wishes for something, begins with it, or asks a question, but not what we may do."""
    sentence = line.sentence
    ours = any([word] in WE for word in sentence.words[1:2])
    begins = any(not found.mention.start for found in line.of(MEASURE))
    return bool(sentence.wishes) or sentence.pleads or begins or (sentence.asks and not ours)


def _yields(rulebook: Rulebook, read: Reading, meanings: Iterable[tuple[str, str]]) -> bool:
    """Whether a word tells something only where nothing else tells of that fact: who is a fugitive."""
    weak = tidy(read.phrase) in rulebook.words.story.get("yields", ())
    return weak and any(fact == read.fact and value != read.value for fact, value in meanings)


def lines(router: Router, text: str) -> tuple[Line, ...]:
    """The sentences of a story with what is found in each."""
    rulebook, phrases = router.rulebook, _phrases(router)
    topics = _topics(rulebook)
    told = tuple(sentences(text, rulebook.words.story))
    meant = Meant(rulebook.words.story, rulebook.words.by_topic.get(SAME, {}), told)
    looked = [
        (sentence, _found(rulebook, phrases, sentence, topics, meant.of(number), meant.things_of(number)))
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


def _found(
    rulebook: Rulebook,
    phrases: Phrases,
    sentence: Sentence,
    topics: tuple[str, ...],
    meant: Iterable[Tokens],
    things: frozenset[int],
) -> tuple[Found, ...]:
    """The phrases of a sentence; `country` in one stands also for the name of a State. meant: the sentence
    with `it` as the thing that it stands for; things: where `them` stands for things."""
    every = phrases.found(sentence.words, PLACES)
    states = {
        found.mention.start: found.mention.targets
        for found in every
        if found.topic == STATE and _named(found, sentence)
    }
    places = tuple(
        found
        for found in every
        if not any(found.within(other) for other in every)
        if found.topic != TOWN
        or states.get(found.mention.end, found.mention.targets) == found.mention.targets
    )
    named = {
        found.mention.start: found.mention.end
        for found in places
        if (_town(rulebook, sentence, found) if found.topic == TOWN else _named(found, sentence))
    }
    story = rulebook.words.story
    plain = with_states(tokens_of(sentence), named)
    same = with_same(phrases, plain)
    rest: list[Found] = []
    _add_found(rest, phrases, plain, topics)
    if any(found.topic == AGENCY for found in places):  # what it is called may tell also what it is
        own = tuple(topic for topic in topics if topic not in (KIND, MEASURE))
        _add_found(rest, phrases, tokens_of(sentence), own)
    where = {*story.get("within", ()), *story.get("sources", ())}
    bare = _without_places(plain, where)
    if len(bare) < len(plain):  # `hand him in one over to us`
        _add_found(rest, phrases, bare, (MEASURE,))
    read = tuple(topic for topic in topics if topic not in story.get("as_told", ()))
    _add_found(rest, phrases, same, read)
    _add_found(rest, phrases, _without_places(same, where), (MEASURE, OFFENCE))
    _add_found(rest, phrases, without_fill(story, same), read)
    rest = [found for found in rest if not _of_things(rulebook, found, things)]
    _add_found(rest, phrases, with_offices(story, same), (KIND,))
    for reworded in meant:
        found = _in(phrases, with_same(phrases, with_states(reworded, named)), (MEASURE,))
        rest.extend(it for it in found if it.words > 1 and not any(it.overlaps(other) for other in rest))
    return tuple(sorted((*places, *rest), key=lambda found: found.mention.start))


def _add_found(rest: list[Found], phrases: Phrases, tokens: Tokens, topics: tuple[str, ...]) -> None:
    """What is found in the words of a sentence, or in others for them, beside what is found already; what
    says more of a topic takes the place of what says less."""
    for found in _in(phrases, tokens, topics):
        others = [other for other in rest if found.overlaps(other)]
        if all(found.words > other.words for other in others):
            rest[:] = [other for other in rest if other not in others]
            rest.append(found)


def _in(phrases: Phrases, tokens: Tokens, topics: tuple[str, ...]) -> tuple[Found, ...]:
    return tuple(at(found, tokens) for found in phrases.found(words_of(tokens), topics))


def _of_things(rulebook: Rulebook, found: Found, things: frozenset[int]) -> bool:
    """Whether what is done with people is said of things: `send them back`, after `bicycles`."""
    if found.topic != MEASURE or things.isdisjoint(found.places):
        return False
    of_people = rulebook.words.story.get("of_people", ())
    return all(rulebook.measures[name].group in of_people for name in found.mention.targets)


def _without_places(tokens: Tokens, where: Collection[str]) -> Tokens:
    words = words_of(tokens)
    return tuple(
        token
        for place, token in enumerate(tokens)
        if not (token[0] == COUNTRY and place and words[place - 1] in where)
        if not (token[0] in where and words[place + 1 : place + 2] == (COUNTRY,))
    )


def _named(found: Found, sentence: Sentence) -> bool:
    """Whether it is written as the name of a State: `us` is we, and `state` is a word."""
    written = sentence.quoted(found.mention)
    return not _idle(sentence, found.mention) and (len(written) > SHORT_NAME or written.isupper())


def _idle(sentence: Sentence, mention: Mention) -> bool:
    return all(place in sentence.idle for place in range(mention.start, mention.end))


def _topics(rulebook: Rulebook) -> tuple[str, ...]:
    unread = rulebook.words.story.get("not_read", ())
    told = (name for name, fact in rulebook.facts.items() if fact.told and name not in unread)
    return (KIND, MEASURE, OUTSIDE, *told)


def _line(rulebook: Rulebook, sentence: Sentence, every: tuple[Found, ...], signed: frozenset[int]) -> Line:
    facts = rulebook.facts.values()
    kept_within = {*PLACES, HOLDER, KIND, *(fact.id for fact in facts if fact.urgent)}
    named, kept_cut = (rulebook.words.story.get(key, ()) for key in ("only_ours", "kept_cut"))
    whole = {MEASURE, *named, *(fact.id for fact in facts if fact.groups)}
    kept = [
        found
        for found in every
        if _told(rulebook, sentence, found, signed) and not _of_crime(rulebook, found, every)
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
        if found.topic != MEASURE or not _only_named(rulebook, sentence, found)
        if wished or not found.mention.asked
    ]
    denied = tuple(found for found in kept if found.topic not in (STATE, TOWN) and sentence.denied(found))
    return Line(sentence, tuple(found for found in kept if found not in denied), denied, signed)


def _only_named(rulebook: Rulebook, sentence: Sentence, found: Found) -> bool:
    """Whether a word only names a thing that may be had, and the sentence wishes for nothing: `a chat`."""
    named = set(rulebook.words.story.get("if_wished", ()))
    return found.words <= 2 and named >= set(found.mention.targets) and not sentence.wishes


def _past(rulebook: Rulebook, sentence: Sentence, found: Found, undoing: Iterable[Found]) -> bool:
    """Whether a measure is told as what was done, or is undone: `was frozen`, `during a search`."""
    mention = found.mention
    return (
        sentence.was_done(mention)
        or sentence.before(mention.start) in rulebook.words.story.get("besides", ())
        or any(sentence.leads_to(it.mention, mention) for it in undoing)
    )


def _of_crime(rulebook: Rulebook, found: Found, every: Iterable[Found]) -> bool:
    """Whether a thing is told as what a crime was done with or to: `steal boats`, `the car hit a boy`."""
    crimes = (other.mention for other in every if other.topic == OFFENCE)
    place = found.mention.start
    return found.topic in rulebook.words.story.get("of_crimes", ()) and any(
        crime.start <= place <= crime.end for crime in crimes
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
    if found.topic == STATE and not _named(found, sentence):
        return False
    if found.topic == AGENCY and not written[:1].isupper():
        return False
    if found.topic == TOWN and not _town(rulebook, sentence, found):
        return False
    if mention.phrase in story.get("capital", ()) and not written[:1].isupper():
        return False  # `turkey` is a bird
    spoken = sentence.follows(mention.start) and sentence.before(mention.start) in story.get("languages", ())
    if found.topic == NATIONALITY and spoken:
        return False  # `in Spanish`, not `in the Spanish files`
    if found.topic in story.get("in_phrases", ()) and found.words < 2:
        return False
    if _idle(sentence, mention):
        return False
    if set(mention.phrase.split()) <= set(story.get("denies", ())):
        return False  # `no` answers a question that nobody asked
    who = sentence.says_who(mention.start) or sentence.part_of(mention) in signed
    return who or found.topic not in story.get("only_ours", ())


def _not_who(rulebook: Rulebook, sentence: Sentence, mention: Mention) -> bool:
    """Whether a State is not who does something: `could one ask`, or where somebody is who does it, and no
    office there: `a victim in one gave us`."""
    story, before = rulebook.words.story, mention.start - 1
    within = before > 0 and sentence.words[before] in story.get("within", ())
    wished = sentence.before(mention.start) in story.get("wished_of", ())
    return wished or (within and sentence.before(before) not in story.get("signs", ()))


def _town(rulebook: Rulebook, sentence: Sentence, found: Found) -> bool:
    """Whether a phrase names a town, of one State or of several: not where a person or another thing has the
    name."""
    story, mention = rulebook.words.story, found.mention
    before, written = sentence.before(mention.start), sentence.quoted(mention)
    if not written[:1].isupper() or before in story.get("shortened", ()):
        return False
    if " ".join(sentence.words[mention.end : mention.end + 1]) in story.get("not_towns", ()):
        return False  # a convention named after the town
    return mention.phrase not in story.get("also_names", ()) or before in story.get("toward", ())


def _kinds(every: Iterable[Found]) -> Iterator[Found]:
    """What was found, without `we need` where the sentence says who asks whom in words of more weight."""
    every = tuple(every)
    kinds = {value for found in every if found.topic == KIND for value in found.mention.targets}
    for found in every:
        if found.topic != KIND or found.mention.targets != (REQUEST,) or kinds == {REQUEST}:
            yield found


def _negative(fact: Fact | None, denied: tuple[str, ...]) -> str:
    """What is so of a fact where a value of it is denied; empty where the fact has no such value."""
    if fact is None or fact.type != "choice":
        return ""
    return next((value for value in (NONE, NO) if value in fact.values and value not in denied), "")


def known_words(router: Router) -> Words:
    """The words of the rulebook, with the names of States and measures, and the words for values.

    A word for values of several facts is left out: it tells nothing of any of them.
    """
    rulebook, states = router.rulebook, router.law.states
    told = [fact for fact in rulebook.facts.values() if fact.told]
    owners = grouped((value, fact) for fact in told for value in fact.values)
    tables = {topic: dict(table) for topic, table in rulebook.words.by_topic.items()}
    named = [(STATE, states.name(place.alpha3), place.alpha3) for place in states]
    named += [
        (MEASURE, words, measure.id)
        for measure in rulebook.measures.values()
        for words in (measure.id.replace("_", " "), measure.name)
    ]
    named += [
        (fact.id, value.replace("_", " "), value)
        for fact in told
        for value in (fact.values if fact.core else ())
        if len(value) >= SHORTEST and _owner(owners[value]) is fact
    ]
    for topic, phrase, value in named:
        tables.setdefault(topic, {}).setdefault(tidy(phrase), (value,))
    words = rulebook.words
    return Words(tables, apart=words.apart, story=words.story, patterns=words.patterns)


_phrases: MadeOf[Router, Phrases] = MadeOf(2, lambda router: Phrases(known_words(router)))


def _owner(facts: list[Fact]) -> Fact | None:
    """The fact that a word for a value tells something of: the only one, or the only main one."""
    asked = [fact for fact in facts if fact.core] or facts
    return asked[0] if len(asked) == 1 else None


def _add(
    router: Router, meanings: dict[tuple[str, str], Reading], phrase: str, topic: str, value: str
) -> None:
    says = _says(router, topic, value)
    if says:
        asks = _asks(router.rulebook.facts, topic)
        meanings.setdefault((topic, value), Reading(phrase, topic, value, asks, says))


def _asks(facts: Mapping[str, Fact], topic: str) -> str:
    if topic in facts:
        return facts[topic].asks
    return {STATE: "Which State is it?", KIND: "Who asks whom?"}[topic]


def _says(router: Router, topic: str, value: str) -> str:
    from routing.analyse.interview.opening import KINDS

    if topic == STATE:
        return router.law.states.name(value) if value in router.law.states else ""
    if topic == KIND:
        return KINDS.get(value, "")
    values = router.rulebook.facts[topic].values
    return (values[value] or value.replace("_", " ")) if value in values else ""
