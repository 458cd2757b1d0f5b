"""The phrases of the rulebook that a sentence of a story holds, whether or not they tell anything there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from routing.core.domain import Fact
from routing.core.grouping import grouped
from routing.core.records import replace
from routing.core.remembered import MadeOf
from routing.rulebook.mentions import Mention
from routing.rulebook.model import Rulebook
from routing.rulebook.spelling import tidy
from routing.rulebook.state_names import LONGEST_TOWN, answering_state
from routing.rulebook.words import ACTOR, AGENCY, KIND, MEASURE, STATE, TOWN, Words
from routing.story.coordinated import told_apart
from routing.story.coreference import (
    COUNTRY,
    Tokens,
    at,
    offices_as_states,
    tokens_of,
    with_same,
    with_states,
    without_fill,
    words_of,
)
from routing.story.passive import fewest_words, turned
from routing.story.phrase_table import Phrases
from routing.story.sentences import AND, Phrase, Sentence
from routing.story.signatures import OFFENCE, PLACES

if TYPE_CHECKING:
    from routing.opened import Router

OF_OFFICES = frozenset(
    {"a", "an", "the", "by", "on", "my", "our", "your", "this", "that", "last", "only", "us"}
)
OF_SOMEBODY = frozenset({"of", "address", "account", "provider", "data", "he", "she", "they", "between"})
SHORTEST = 5  # letters of a word for a value that tells something by itself
SHORTEST_AMOUNT = 3  # digits
ENDS, FEW = ".,;:!?()\"'", 1  # words that show how somebody writes
PRONOUNS, THEM = frozenset({"us", "it"}), "them"
BEFORE_A_NAME = frozenset({"for", "and"})  # before a person as well as before a place
OURS = frozenset({"our", "my"})  # `from our town`
OWNS = ("'s", "s'", "\u2019s", "s\u2019")
BRACKETS = "(\"'"
YEAR = re.compile(r"(?:19|20)\d\d")
APOSTROPHES = frozenset("'\u2019")
DIALLED = ("+", "00")
SHORTEST_NAME = 2  # letters of a State's name
SHORT_NAME = 3  # letters of a State's name that is written in capitals


def known_words(router: Router) -> Words:
    """The words of the rulebook, with the names of States and measures, and the words for values.

    A word for values of several facts is left out: it tells nothing of any of them. The name of a part of a
    State is one of that State, which answers for it.
    """
    rulebook, states = router.rulebook, router.law.states
    statable = [fact for fact in rulebook.facts.values() if fact.statable]
    owners = grouped((value, fact) for fact in statable for value in fact.values)
    tables = {topic: dict(table) for topic, table in rulebook.words.by_topic.items()}
    named = [(STATE, states.name(place.alpha3), place.alpha3) for place in states]
    named += [
        (MEASURE, words, measure.id)
        for measure in rulebook.measures.values()
        for words in (measure.id.replace("_", " "), measure.name)
    ]
    named += [
        (fact.id, value.replace("_", " "), value)
        for fact in statable
        for value in (fact.values if fact.core else ())
        if len(value) >= SHORTEST and _owner(owners[value]) is fact
    ]
    of_data = _of_data(rulebook)
    named = [*(row for row in named if (row[0], row[2]) not in of_data), *_said_of_data(rulebook)]
    for fact, value in of_data:
        tables.get(fact, {}).pop(tidy(value), None)
    for topic, phrase, value in named:
        tables.setdefault(topic, {}).setdefault(tidy(phrase), (value,))
    words = rulebook.words
    for topic in PLACES:
        tables[topic] = {
            phrase: tuple(dict.fromkeys(answering_state(code, words, states) for code in codes))
            for phrase, codes in tables.get(topic, {}).items()
        }
    return Words(tables, apart=words.apart, story=words.story, patterns=words.patterns)


def _of_data(rulebook: Rulebook) -> Collection[tuple[str, str]]:
    """The values, each with its fact, whose word tells of data only where it is said of them: a witness
    may be stable too."""
    return {(fact, value) for fact, value in map(str.split, rulebook.words.story.get("said_of_data", ()))}


def _said_of_data(rulebook: Rulebook) -> Iterator[tuple[str, str, str]]:
    """The words that say such a value of data: `the logs are stable`."""
    for fact, value in _of_data(rulebook):
        for noun in rulebook.words.story.get("data_kept", ()):
            yield from (
                (fact, f"{noun} {be}{value}", value) for be in ("", "is ", "are ", "remain ", "still ")
            )
            yield fact, f"{value} {noun}", value


def _owner(facts: list[Fact]) -> Fact | None:
    """The fact that a word for a value tells something of: the only one, or the only main one."""
    asked = [fact for fact in facts if fact.core] or facts
    return asked[0] if len(asked) == 1 else None


phrases_of: MadeOf[Router, Phrases] = MadeOf(2, lambda router: Phrases(known_words(router)))


def phrases_in(
    rulebook: Rulebook,
    phrases: Phrases,
    sentence: Sentence,
    topics: tuple[str, ...],
    meant: Iterable[Tokens],
    things: frozenset[int],
) -> tuple[Phrase, ...]:
    """The phrases of a sentence; `country` in one stands also for the name of a State. meant: the sentence
    with `it` as the thing that it stands for; things: where `them` stands for things."""
    every = tuple(
        phrase
        for phrase in (*phrases.in_words(sentence.words, PLACES), *_smaller_towns(rulebook, sentence))
        if not is_money(rulebook, sentence, phrase.mention)
    )
    states = {
        phrase.mention.start: phrase.mention.targets
        for phrase in every
        if phrase.topic == STATE and is_named(phrase, sentence)
    }
    places = tuple(
        phrase
        for phrase in every
        if not any(phrase.within(longer) for longer in every)
        if phrase.topic != TOWN
        or sentence.does(phrase.mention.end)
        or states.get(phrase.mention.end, phrase.mention.targets) == phrase.mention.targets
    )
    named = {
        phrase.mention.start: phrase.mention.end
        for phrase in places
        if (is_town(rulebook, sentence, phrase) if phrase.topic == TOWN else is_named(phrase, sentence))
    }
    story = rulebook.words.story
    plain = with_states(tokens_of(sentence), named)
    anew = frozenset(place for place in range(len(sentence.words)) if sentence.begins_anew(place))
    anew |= {
        wish for wish in sentence.wishes if sentence.before(wish) == AND
    }  # `the records and want it frozen`
    same = with_same(phrases, plain)
    rest: list[Phrase] = []
    _add_phrases(rest, phrases, plain, topics, anew)
    if any(phrase.topic == AGENCY for phrase in places):  # what it is called may tell also what it is
        own = tuple(topic for topic in topics if topic not in (KIND, MEASURE))
        _add_phrases(rest, phrases, tokens_of(sentence), own)
    where = {*story.get("within", ()), *story.get("sources", ())}
    bare = _without_places(plain, where)
    if len(bare) < len(plain):  # `hand him in one over to us`
        _add_phrases(rest, phrases, bare, (MEASURE,), anew)
    read = tuple(topic for topic in topics if topic not in story.get("as_told", ()))
    _add_phrases(rest, phrases, same, read, anew)
    _add_phrases(rest, phrases, _without_places(same, where), (MEASURE, OFFENCE), anew)
    _add_phrases(rest, phrases, without_fill(story, same), read, anew)
    rest = [phrase for phrase in rest if not _of_things(rulebook, phrase, things)]
    _add_phrases(rest, phrases, offices_as_states(story, same), (KIND,))
    urgent = tuple(topic for topic in topics if (fact := rulebook.facts.get(topic)) and fact.urgent)
    them = frozenset(place for place in things if sentence.words[place] == THEM)
    for reworded in meant:
        added = _in(phrases, with_same(phrases, with_states(reworded, named)), (MEASURE, *urgent), anew)
        added = tuple(it for it in added if it.words > 1 and not _of_things(rulebook, it, them))
        rest.extend(it for it in added if not any(it.overlaps(present) for present in rest))
    rest = told_apart(sentence, rest, same, lambda words: _in(phrases, words, (MEASURE,), anew))
    rest = [phrase for phrase in rest if not _of_owner(rulebook, sentence, phrase)]
    rest = [phrase for phrase in rest if not _calls_the_office(story, sentence, phrase, rest)]
    for reworded in turned(story, sentence, plain):
        rest = _with_active(rest, phrases, story, sentence, reworded)
    return tuple(sorted((*places, *rest), key=lambda phrase: phrase.mention.start))


def _calls_the_office(
    story: Mapping[str, tuple[str, ...]], sentence: Sentence, phrase: Phrase, every: Iterable[Phrase]
) -> bool:
    """Whether a word for a crime is what an office is called: `I am fiscal in Lima`, and not `fraud squad`,
    which says what the office is for."""
    offices = {*story.get("signs", ()), *story.get("units", ())}
    return phrase.topic == OFFENCE and any(
        phrase.within(it)
        and offices.isdisjoint(sentence.words[at] for at in it.places if at not in phrase.places)
        for it in every
        if it.topic == ACTOR
    )


def _add_phrases(
    rest: list[Phrase],
    phrases: Phrases,
    tokens: Tokens,
    topics: tuple[str, ...],
    anew: Collection[int] = (),
) -> None:
    """What is found in the words of a sentence, or in others for them, beside what is found already; what
    says more of a topic takes the place of what says less."""
    for phrase in _in(phrases, tokens, topics, anew):
        others = [overlapping for overlapping in rest if phrase.overlaps(overlapping)]
        if all(phrase.words > overlapping.words for overlapping in others):
            rest[:] = [overlapping for overlapping in rest if overlapping not in others]
            rest.append(phrase)


def _in(
    phrases: Phrases, tokens: Tokens, topics: tuple[str, ...], anew: Collection[int]
) -> tuple[Phrase, ...]:
    places = [number for number, (_, place, _) in enumerate(tokens) if place in anew]
    return tuple(at(phrase, tokens) for phrase in phrases.in_words(words_of(tokens), topics, places))


def _with_active(
    rest: Sequence[Phrase],
    phrases: Phrases,
    story: Mapping[str, Sequence[str]],
    sentence: Sentence,
    reworded: Tokens,
) -> list[Phrase]:
    """What is found in a sentence, with the need that one of its wishes tells in the passive: it stands
    before what names only the thing, or says less, and behind another that is whole before it (`we want him
    arrested and sent back`)."""
    same, where = with_same(phrases, reworded), {*story.get("within", ()), *story.get("sources", ())}
    end, fewest = reworded[0][2], fewest_words(reworded[0][0])
    best: Phrase | None = None
    for words in (same, _without_places(same, where), without_fill(story, same)):
        for phrase in phrases.in_words(words_of(words), (MEASURE,)):
            begins = phrase.words >= fewest and not phrase.mention.start  # it begins with what shall be done
            if begins and (best is None or phrase.words > best.words):
                best = at(phrase, words)
    if best is None:
        return list(rest)
    starts = {_after_and(sentence, it, best) for it in rest if best.overlaps(it)} - {0}
    if starts:
        best = replace(best, mention=best.mention.moved(max(starts), best.mention.end))
    others = [it for it in rest if best.overlaps(it)]
    if any(it.words >= best.words and it.mention.end >= end for it in others):
        return list(rest)
    return [*(it for it in rest if it not in others), best]


def _after_and(sentence: Sentence, phrase: Phrase, then: Phrase) -> int:
    """Where a need goes on behind another, which is whole before its `and`; 0 where it is not."""
    ands = [at for at in then.places if sentence.words[at] == AND and at >= phrase.mention.end]
    whole = phrase.topic == MEASURE and phrase.words > 1
    apart = set(phrase.mention.targets).isdisjoint(then.mention.targets)
    return ands[0] + 1 if ands and whole and apart else 0


def _of_things(rulebook: Rulebook, phrase: Phrase, things: frozenset[int]) -> bool:
    """Whether what is done with people is said of things: `send them back`, after `bicycles`."""
    if phrase.topic != MEASURE or things.isdisjoint(phrase.places):
        return False
    of_people = rulebook.words.story.get("of_people", ())
    return all(rulebook.measures[name].group in of_people for name in phrase.mention.targets)


def _of_owner(rulebook: Rulebook, sentence: Sentence, phrase: Phrase) -> bool:
    """Whether what is done with people ends at one whose thing is meant: `give us the man's phone`."""
    end, story = phrase.mention.end, rulebook.words.story
    if phrase.topic != MEASURE or not _is_owner(sentence, end):
        return False
    people = {*story.get("people", ()), *story.get("relatives", ())}
    of_people = story.get("of_people", ())
    return sentence.words[end] not in people and all(
        rulebook.measures[name].group in of_people for name in phrase.mention.targets
    )


def _is_owner(sentence: Sentence, end: int) -> bool:
    """Whether a word is written as that of whom the next one is: `the man's name`."""
    goes_on = end < len(sentence.words) and sentence.parts[end] == sentence.parts[end - 1]
    return goes_on and sentence.written[end - 1].casefold().endswith(OWNS)


def _smaller_towns(rulebook: Rulebook, sentence: Sentence) -> Iterable[Phrase]:
    """The smaller towns that a sentence names: the longest names of them."""
    towns, last, in_small = rulebook.words.smaller_towns, 0, _in_small_letters(sentence)
    for start, word in enumerate(sentence.written):
        if start < last or not (in_small or word.lstrip(BRACKETS)[:1].isupper()):
            continue
        for end in range(min(len(sentence.words), start + LONGEST_TOWN), start, -1):
            name = " ".join(sentence.words[start:end])
            if sentence.parts[start] == sentence.parts[end - 1] and name in towns:
                last = end
                yield Phrase(TOWN, Mention(name, (towns[name],), start, end))
                break


def _without_places(tokens: Tokens, where: Collection[str]) -> Tokens:
    words = words_of(tokens)
    return tuple(
        token
        for place, token in enumerate(tokens)
        if not (token[0] == COUNTRY and place and words[place - 1] in where)
        if not (token[0] in where and words[place + 1 : place + 2] == (COUNTRY,))
    )


def is_named(phrase: Phrase, sentence: Sentence) -> bool:
    """Whether it is written as the name of a State: `us` is we, `state` is a word, and one letter (`John K.`)
    is the name of a person, or the end of another (`Vava'u`)."""
    written = sentence.quoted(phrase.mention)
    if len(phrase.mention.phrase) == 1 and not APOSTROPHES.isdisjoint(written):
        return False
    if written.startswith(DIALLED):
        return True  # `+386 40 ...`
    if is_idle(sentence, phrase.mention) or sum(map(str.isalpha, written)) < SHORTEST_NAME:
        return False
    in_capitals = " ".join(sentence.run).isupper() and sentence.follows(phrase.mention.start)
    if in_capitals and sentence.words[phrase.mention.start] in PRONOUNS and phrase.words == 1:
        return False  # `FROM US`
    return len(written) > SHORT_NAME or written.isupper()


def is_money(rulebook: Rulebook, sentence: Sentence, mention: Mention) -> bool:
    """Whether the name of a State only says of which money an amount is: `90,000 US`, `US dollars`."""
    story, before = rulebook.words.story, sentence.before(mention.start)
    then = sentence.words[mention.end : mention.end + 1]
    number = before.isdigit() and len(before) >= SHORTEST_AMOUNT and not YEAR.fullmatch(before)
    number = number and sentence.parts[mention.start - 1] == sentence.parts[mention.start]
    amount = number or before in story.get("magnitudes", ())
    money = not set(story.get("currencies", ())).isdisjoint(then)
    persons = {*story.get("people", ()), *story.get("persons", ()), *story.get("authorities", ())}
    return money or (amount and persons.isdisjoint(then))


def is_idle(sentence: Sentence, mention: Mention) -> bool:
    return all(place in sentence.idle for place in range(mention.start, mention.end))


def is_town(rulebook: Rulebook, sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a phrase names a town, of one State or of several: not where a person or another thing has the
    name."""
    story, mention = rulebook.words.story, phrase.mention
    before, written = sentence.before(mention.start), sentence.quoted(mention)
    then = sentence.words[mention.end : mention.end + 1]
    if before in story.get("shortened", ()) or not set(then).isdisjoint(story.get("not_towns", ())):
        return False  # a convention named after the town
    signs = story.get("signs", ())
    follows = not set(then).isdisjoint(signs)  # `the police` of it
    led = before in story.get("toward", ())
    smaller = mention.phrase in rulebook.words.smaller_towns
    also = mention.phrase in story.get("also_names", ())
    if not written[:1].isupper():
        where = {*story.get("within", ()), *story.get("sources", ())}
        beside = (
            before in signs or (before in where and sentence.before(mention.start - 1) in signs) or follows
        )
        part = sentence.parts[mention.start]
        alone = sentence.parts.count(part) == mention.end - mention.start and not mention.start
        placed = not (smaller or also) and (before in where or alone)
        return _in_small_letters(sentence) and (beside or placed)
    office = not mention.start and follows  # `Sofia, police`
    office = office or (bool(mention.start) and before in signs)  # an office in capitals and its town
    headed = sentence.words[0] in signs and before in story.get("signs_too", ())
    office = office or headed  # `Specialised prosecution unit for corruption, Lima`
    office = office or sentence.of_an_office(mention.start)
    if smaller:
        of = sentence.says_of_what(mention.start)
        return office or follows or of or before in OURS or (led and before not in BEFORE_A_NAME)
    return not also or led or office


def _in_small_letters(sentence: Sentence) -> bool:
    """Whether somebody writes who uses no capital letters."""
    words = [word for word in sentence.run[1:] if len(word.strip(ENDS)) > 1]
    return len(words) >= FEW and not any(word.lstrip(BRACKETS)[:1].isupper() for word in words)


def is_letter(rulebook: Rulebook, sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a word stands for what offices write to each other, and not for what is sought: `we got an
    e-mail`, `only by mail`, but not `the mail of the suspect`."""
    if phrase.words > 1 or phrase.mention.phrase not in rulebook.words.story.get("letters", ()):
        return False
    raw = sentence.raws[phrase.mention.start]
    before, after = sentence.run[max(0, raw - 1) : raw], sentence.run[raw + 1 : raw + 2]
    alone = not sentence.run[raw].strip(".,;:!?()\"'").casefold().endswith("s")
    led = {word.casefold() for word in before}
    ends = sentence.run[raw].endswith((",", ".", ":", ";", "?", "!"))
    then = {word.casefold().strip(".,;:!?()\"'") for word in after if not ends}
    return alone and led <= OF_OFFICES and then.isdisjoint(OF_SOMEBODY)
