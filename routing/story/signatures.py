"""Who tells a story, as what signs it, and the towns that it puts in a State itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from routing.case.deeds import COLLEAGUES
from routing.case.months import ENGLISH
from routing.core.domain import OFFENCE as OFFENCE
from routing.core.grouping import grouped
from routing.rulebook.mentions import Mention, matches
from routing.rulebook.model import Rulebook
from routing.rulebook.pronouns import OTHERS as OTHERS
from routing.rulebook.words import ACTOR, AGENCY, KIND, LINKING, MEASURE, NATIONALITY, STATE, TOWN
from routing.story.sentences import Phrase, Sentence

PLACES = (STATE, NATIONALITY, TOWN, AGENCY)
WE, IT_IS = (["we"], ["i"]), ["it", "is"]
US = (*WE, ["us"])
OUR, ASKED = ["our"], frozenset({"us", "me"})
I_AM = (["i", "am"], ["we", "are"])
QUESTIONS = frozenset(
    {"who", "how", "what", "where", "which", "can", "may", "could", "is", "do", "does", "doe"}
)
"""With which a question begins that an office asks: `Greek police, who has the number of Bern?`"""
WHO = 3  # words in which somebody says `we`: `what must we check`
AWAY = frozenset({"from", "to", "for", "with"})
TITLE = 3  # words that the title of an office has at least: `compliance officer at a bank`
SHORT = 6  # words of a part that only tells of a crime
MARKS = ".,;:!?()\"'"
OWNERS = frozenset({"my", "our"})
SPEAKS = frozenset({"here", "speaking"})
ON_DUTY = frozenset({"here", "duty"})


def which(phrase: Phrase, sure: Collection[tuple[str, ...]]) -> Phrase:
    """What was found; a town of several States is of the one that the story names elsewhere."""
    states = [state for state in phrase.mention.targets if (state,) in sure]
    if phrase.topic != TOWN or len(phrase.mention.targets) < 2 or len(states) != 1:
        return phrase
    mention = phrase.mention
    return Phrase(TOWN, Mention(mention.phrase, (states[0],), mention.start, mention.end))


def towns(
    rulebook: Rulebook, looked: Iterable[tuple[Sentence, tuple[Phrase, ...]]]
) -> dict[str, tuple[str, ...]]:
    """The towns that a story itself puts in a State (a town, a comma, its State), each with that State."""
    toward = rulebook.words.story.get("toward", ())
    return {
        sentence.words[start - 1]: phrase.mention.targets
        for sentence, every in looked
        for phrase in every
        for start in (phrase.mention.start,)
        if phrase.topic == STATE and sentence.of_town(start) and sentence.words[start - 1] not in ENGLISH
        if start > 1 and sentence.before(start - 1) in toward
    }


def learned(
    sentence: Sentence, every: Iterable[Phrase], towns: Mapping[str, tuple[str, ...]]
) -> Iterator[Phrase]:
    """Where such towns stand in a sentence, and are not known anyhow."""
    placed = {place for it in every if it.topic in PLACES for place in it.places}
    for place, word in enumerate(sentence.words):
        if word in towns and place not in placed:
            yield Phrase(TOWN, Mention(word, towns[word], place, place + 1))


def signed(
    rulebook: Rulebook,
    sentence: Sentence,
    every: tuple[Phrase, ...],
    first: bool,
    last: bool,
    answers: bool,
    next_word: str = "",
    greeted_first: bool = False,
) -> frozenset[int]:
    """The parts of a sentence in which somebody signs, with an office and its State, names and nothing else:
    as a sentence, but not as the answer to a question; at the end of a story; before or after `we`. A State
    or a town alone signs as the first or the last sentence.

    A first sentence that names an office, its State and nothing that it does signs as a whole (`Customs post
    in this town, that side`); one that says that it writes does where the story then goes on with `we`
    (next_word: the first word of the next sentence).

    A part with a place alone belongs to the office beside it: a court, its town, its State."""
    sure = set(rulebook.words.story.get("signs", ()))
    offices = sure.union(rulebook.words.story.get("signs_too", ()))
    named = {
        place
        for start, end in ((it.mention.start, it.mention.end) for it in every if it.topic in PLACES)
        for place in range(start - sentence.of_town(start), end)
        if place >= start or sentence.words[place] not in sure
    }
    agencies = {place for it in every if it.topic == AGENCY for place in it.places}
    titles = {place for it in every if it.topic == ACTOR and it.words >= TITLE for place in it.places}
    parts = grouped((part, place) for place, part in enumerate(sentence.parts))
    lead, *others = parts or (0,)
    if greeted_first and others and only_greets(rulebook, sentence, parts[lead]):
        del parts[lead]
        lead = others[0]
    aside = {OFFENCE, *(fact.id for fact in rulebook.facts.values() if fact.urgent)}
    crimes = {place for it in every if it.topic in aside for place in it.places}
    busy = {sentence.parts[place] for it in every if it.topic in (KIND, MEASURE) for place in it.places}
    asks_us = {
        sentence.part_of(it.mention)
        for it in every
        if it.topic == KIND and not ASKED.isdisjoint(it.mention.phrase.split()[-1:])
    }  # `one asks us (we are police in another)`
    greets = rulebook.words.story.get("addressed", ())
    greeted = {sentence.parts[start] for _, start, _ in matches(sentence.words, greets)}
    names = rulebook.words.story.get("called", ())
    called = {it for _, start, end in matches(sentence.words, names) for it in range(start, end)}
    opens = set(rulebook.words.story.get("opens", ()))
    run: list[int] = []
    signing: set[int] = set()
    before: list[str] = []
    greeting = 0
    office: set[int] = set()
    skipped = 0
    for number, (part, places) in enumerate(parts.items()):
        words = [sentence.words[place] for place in places]
        speaks = not SPEAKS.isdisjoint(words)  # `my colleague from Tbilisi here`
        left_out = LINKING | (SPEAKS | OWNERS | COLLEAGUES if speaks else set())
        rest = {place for place in places if place not in named | crimes | called}
        rest -= {place for place in places if sentence.words[place] in left_out}
        if run and crimes.intersection(places) and _only_crime(words, part, places, busy, named, not rest):
            crimes.update(places)
            skipped += 1
            continue  # `Dutch police, cargo theft`
        of_office = {place for place in rest if sentence.words[place] in offices or place in titles}
        signs = (
            OTHERS.isdisjoint(words)
            and part not in asks_us
            and all(_a_name(sentence, place) for place in rest - of_office)
            and not (part in greeted and named.intersection(places))  # `dear colleagues in ...`
        )
        if signs and (
            any(sentence.words[place] in sure for place in of_office)
            or agencies.intersection(places)
            or (part not in busy and _shortened(sentence, rest, places))
        ):
            office.add(part)
        ours = any([word] in WE for word in words[:WHO]) and OTHERS.isdisjoint(words[:WHO])
        ours = ours or (last and words[: len(IT_IS)] == IT_IS)  # `Dutch police, it is urgent`
        ours = ours or (sentence.asks and not sentence.raws[0] and words[0] in QUESTIONS)
        sure_run = not office.isdisjoint(run) or (first and words[: len(I_AM[0])] in I_AM)
        if ours and len(run) + skipped == number and sure_run:
            signing.update(run)  # `Dutch police, we want ...`, `X, I am the only detective`
        run = [*run, part] if signs else []
        here = not SPEAKS.isdisjoint(words) and crimes.isdisjoint(places)  # not `a man was shot here`
        ours = before[-1:] in US or here
        only_place = named.issuperset(places)
        alone_after_we = before[-1:] in WE and only_place
        if not (number or named.intersection(places)) and opens.intersection(words[:1]):
            greeting = 1  # `Good day, I am ...`
        second = number == 1 + greeting and part - 1 not in busy
        if second and only_place and _are_of(before, offices):
            signing.add(part)  # `I am at the cybercrime desk, Dhaka`
        if signs and (rest or speaks or alone_after_we) and ours and named.intersection(places):
            signing.add(part)
        before = words
    writes = set(rulebook.words.story.get("writes", ()))
    if first and (_busy(sentence, named, sure) or _calls(sentence, parts, office, writes)):
        signing.add(0)
    if greeted_first and parts and _we_after(sentence, parts[lead], named):
        signing.add(lead)
    if (
        first
        and (next_word or not ON_DUTY.isdisjoint(sentence.words))
        and not busy
        and not greeted
        and _opens(rulebook, sentence, named, crimes | called, next_word)
    ):
        signing.update(parts)
    alone = (
        crimes.issuperset(place for part, places in parts.items() if part not in run for place in places)
        and not answers
    )
    bare = (first or last) and alone and run == [lead]
    accounted = named | {
        place for part, places in parts.items() if part != lead for place in places if place in crimes
    }
    if first and AWAY.isdisjoint(sentence.words):  # not `a WARRANT from that town`
        accounted |= {place for place, raw in enumerate(sentence.written) if _is_short(raw.strip(MARKS))}
    bare = bare and all(
        place in accounted or sentence.words[place] in LINKING
        for places in parts.values()
        for place in places
    )
    placed = any(sentence.parts[place] in run for place in named)
    if (last or alone) and placed and (bare or not office.isdisjoint(run)):
        signing.update(run)
    return frozenset(signing)


def _is_short(written: str) -> bool:
    """Whether a word is the short name of an office: `NBI`."""
    return written.isupper() and written.isalpha() and len(written) in range(2, 7)


def only_greets(rulebook: Rulebook, sentence: Sentence, places: Iterable[int]) -> bool:
    """Whether words only greet: `dear colleagues`, `hola`."""
    greetings = rulebook.words.story.get("greetings", ())
    return all(sentence.words[place] in greetings for place in places)


def _are_of(words: Sequence[str], offices: Collection[str]) -> bool:
    """Whether a part says of which office we are, with nobody else in it."""
    return [*words[:1]] in WE and words[-1] in offices and OTHERS.isdisjoint(words)


def _only_crime(
    words: Iterable[str],
    part: int,
    places: Sequence[int],
    busy: Collection[int],
    named: Collection[int],
    whole: bool,
) -> bool:
    """Whether a part tells of a crime and nothing else: `cargo theft`, `fraud with used tractors`."""
    return whole or (
        len(places) <= SHORT
        and part not in busy
        and not set(named).intersection(places)
        and OTHERS.isdisjoint(words)
        and not any([word] in US for word in words)
    )


def _opens(
    rulebook: Rulebook, sentence: Sentence, named: Collection[int], aside: Collection[int], next_word: str
) -> bool:
    """Whether a story begins with a sentence that only says which office tells it."""
    story = rulebook.words.story
    offices = {word for key in ("signs", "authorities", "units", "signs_too") for word in story.get(key, ())}
    opens = set(story.get("opens", ()))
    rest = [
        place
        for place, word in enumerate(sentence.words)
        if place not in named and place not in aside and word not in LINKING
    ]
    unknown = [
        place for place in rest if sentence.words[place] not in offices and not _a_name(sentence, place)
    ]
    speaks = [sentence.words[place] for place in unknown]
    office = any(sentence.words[place] in offices for place in rest)
    writes = [next_word] in WE or [next_word] == OUR
    if not AWAY.isdisjoint(sentence.words):
        return False  # `a warning for the police in`
    return (
        bool(named)
        and office
        and opens.issuperset(speaks)
        and (writes or not speaks or not ON_DUTY.isdisjoint(speaks))
    )


def _calls(
    sentence: Sentence,
    parts: Mapping[int, Sequence[int]],
    office: Collection[int],
    writes: Collection[str],
) -> bool:
    """Whether a story begins with who speaks, and a colon: `Police of this town ask: ...`; one that writes
    and begs is another, who wrote to us."""
    if 0 not in office or 0 not in parts or not sentence.written[parts[0][-1]].endswith(":"):
        return False
    return not (sentence.pleads and sentence.words[parts[0][-1]] in writes)


def _we_after(sentence: Sentence, places: Sequence[int], named: Collection[int]) -> bool:
    """Whether a story begins with a place and a colon, and then speaks of us: `Belgrade: we follow ...`."""
    then = [*sentence.words[places[-1] + 1 : places[-1] + 2]]
    return then in WE and set(places) <= set(named) and sentence.written[places[-1]].endswith(":")


def _busy(sentence: Sentence, named: Collection[int], offices: Collection[str]) -> bool:
    """Whether a story begins with an office and what it is doing: `Canadian coast guard following a boat`."""
    words = sentence.words
    at = next((place for place in range(len(words)) if place not in named), len(words))
    end = next((place for place in range(at, len(words)) if words[place] not in offices), at)
    return 0 < at < end < len(words) and words[end].endswith("ing")


def _a_name(sentence: Sentence, place: int) -> bool:
    """Whether a word is written as a name; the first of a sentence is if it is all capitals."""
    written = sentence.written[place].strip(MARKS)
    return written[:1].isupper() and (bool(place) or written.isupper())


def _shortened(sentence: Sentence, rest: Iterable[int], places: Sequence[int]) -> bool:
    """Whether a part is an office in capitals and its place: `LPD Steiermark`."""
    short = [place for place in rest if sentence.written[place].strip(MARKS).isupper()]
    led = AWAY.isdisjoint(sentence.words[place] for place in places)
    return led and short == [places[0]] and len(sentence.words[places[0]]) > 1
