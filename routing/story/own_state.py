"""Our own State where a story does not say it, but tells it by the way: what an office of ours did (`the
court in Oslo has ordered it, I want him found`), the place that heads it (`Malmö: a boy of 15`), or what is
ours there (`our jail in`, `we want it back to`)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from routing.case.deeds import COLLEAGUES, DID, OFFICE, Deed
from routing.core.domain import ANSWER, REQUEST, SHARE
from routing.rulebook.mentions import Mention
from routing.rulebook.model import Rulebook
from routing.rulebook.words import KIND
from routing.story.acts import Acts
from routing.story.coreference import spans_of
from routing.story.direction import directions_in
from routing.story.lines import FIRST, Line
from routing.story.places import Place
from routing.story.signatures import AWAY, MARKS

PASSIVE = frozenset({"was", "were", "is", "are", "been"})
MOST = 3  # words of a verb: `has already ordered`
HEADED_BY = ("-", "/", "|", "\u2013", "\u2014")
GREETING = 2  # words with which a story begins that greets somebody
SPEAKS_HERE = (("here",), ("we",), ("i",), ("our",), ("my",))
BOTH = 2  # States of a case
QUESTION = frozenset({"question", "query", "enquiry"})
LONGEST_OFFICE = 6  # words of `from the district prosecutor's office in`
LONGEST_TITLE = 12  # words of a first sentence without a verb, which ends with a place


def home_of(
    rulebook: Rulebook, lines: Sequence[Line], places: Sequence[Sequence[Place]], acts: Acts
) -> tuple[str, str]:
    """Our own State with the words that tell it by the way; empty where a story says itself which is ours."""
    if any(place.own_words for named in places for place in named):
        return "", ""
    headed = _headed(rulebook, lines, places, acts) or _greets_from(rulebook, lines, places)
    if any(place.ours for named in places for place in named):
        return headed or ("", "")
    return (
        headed
        or _by_its_office(rulebook, lines, places, acts)
        or _of_our_firm(rulebook, lines, places)
        or _where_ours_is(rulebook, lines, places, acts)
        or _of_the_crime(lines, places)
        or ("", "")
    )


def _greets_from(
    rulebook: Rulebook, lines: Sequence[Line], places: Sequence[Sequence[Place]]
) -> tuple[str, str] | None:
    """The State from which a story greets, or from whose office it brings a question of ours: `Good evening
    from Cusco.`, `Question from the rechtbank Rotterdam.`"""
    story = rulebook.words.story
    if not places or not places[0]:
        return None
    sentence, place = lines[0].sentence, places[0][0]
    led, end = sentence.words[: place.start], place.end
    greets = {*story.get("greetings", ()), *story.get("opens", ())}
    ends = end == len(sentence.words) or sentence.parts[end] != sentence.parts[end - 1]
    source = next((at for at, word in enumerate(led) if word in story.get("sources", ())), 0)
    if not ends or not source:
        return None
    writes = any(not FIRST.isdisjoint(line.sentence.words) for line in lines)
    asks = writes and greets.issuperset(led[: source - 1]) and led[source - 1] in QUESTION
    if not asks and (source < len(led) - 1 or not greets.issuperset(led[:source])):
        return None
    if len(led) - source > LONGEST_OFFICE:
        return None
    return place.state, sentence.quoted(Mention("", (), 0, end))


def _of_our_firm(
    rulebook: Rulebook, lines: Sequence[Line], places: Sequence[Sequence[Place]]
) -> tuple[str, str] | None:
    """The State of the firm that tells the story, or for which somebody does: `we are a Dutch company`."""
    phrases = rulebook.words.story.get("our_firm", ())
    for line, named in zip(lines, places, strict=True):
        for start, end in spans_of(line.sentence, named, phrases):
            for place in named:
                if start <= place.start < end:
                    return place.state, line.sentence.quoted(Mention("", (), start, end))
    return None


def _of_the_crime(lines: Sequence[Line], places: Sequence[Sequence[Place]]) -> tuple[str, str] | None:
    """The State in which the crime was, where we ask for something and somebody is now in the only other one:
    `murder in Maputo, he is in Nelspruit, we want his calls`. No words say that it is ours."""
    if directions_in(lines) != {REQUEST}:
        return None
    named = [place for of_line in places for place in of_line]
    there = {place.state for place in named if place.home}
    crimes = [place for place in named if place.scene and place.state not in there]
    if len({place.state for place in named}) != BOTH or len(there) != 1 or not crimes:
        return None
    return crimes[0].state, ""


def _headed(
    rulebook: Rulebook, lines: Sequence[Line], places: Sequence[Sequence[Place]], acts: Acts
) -> tuple[str, str] | None:
    """The State of the place by which a story is headed as a report is: alone before a mark (`Malmö: a boy`),
    with a word by which one calls (`Suva calling.`), or at the end of a first sentence that has no verb
    (`Loan fraud, Bengaluru.`)."""
    story = rulebook.words.story
    number = next((at for at, named in enumerate(places) if named), None)
    if number is None or (number and len(lines[0].sentence.words) > MOST):
        return None
    line, named = lines[number], places[number]
    sentence = line.sentence
    if not set(story.get("greetings", ())).isdisjoint(sentence.words[:GREETING]):
        return None  # `hola, Buenos Aires` may be whom the story is written to
    opens = {*story.get("opens", ()), *story.get("signs", ()), *story.get("units", ())}
    if not number and _speaks_of_us(lines):
        opens |= {*story.get("sources", ())}  # `From Quito: we got papers`
    parts = sorted({sentence.parts[it.start] for it in named})
    for part in (parts[0], parts[-1]):
        at = [place for place, of in enumerate(sentence.parts) if of == part]
        there = [it for it in named if it.part == part]
        rest = [sentence.words[place] for place in at if not any(it.start <= place < it.end for it in there)]
        if len({it.state for it in there}) != 1 or not opens.issuperset(rest):
            continue
        if all(it.only_of for it in there):
            continue
        raw = sentence.raws[at[-1]]
        ended = sentence.written[at[-1]].rstrip(MARKS.replace(":", "").replace(",", ""))
        whole = at[-1] + 1 == len(sentence.words)
        marked = ended.endswith(":") or not set(sentence.run[raw + 1 : raw + 2]).isdisjoint(HEADED_BY)
        marked |= ended.endswith(",") and sentence.words[at[-1] + 1 : at[-1] + 2] in SPEAKS_HERE
        marked |= ended.endswith(",") and not number and not at[0] and _speaks_of_us(lines)
        heads = not at[0] and (marked or (whole and bool(rest) and not sentence.asks))
        writes = not set(rest).isdisjoint(story.get("writes", ()))
        if writes and not (ended.endswith(":") and _speaks_of_us(lines)):
            continue  # `Ankara writes: arrest him` may be they
        if heads or (whole and at[0] and _is_title(line, acts.deeds[number])):
            return there[0].state, sentence.quoted(Mention("", (), at[0], at[-1] + 1))
    return None


def _speaks_of_us(lines: Sequence[Line]) -> bool:
    """Whether a story speaks of us, and of nobody who asks us."""
    asked = any(ANSWER in it.mention.targets for line in lines for it in line.of(KIND))
    return not asked and any(not FIRST.isdisjoint(line.sentence.words) for line in lines)


def _is_title(line: Line, deeds: Sequence[Deed]) -> bool:
    """Whether a sentence only names what it is about and where, as a title does: it has no verb."""
    words = line.sentence.words
    bare = all(deed.verb < 0 for deed in deeds) and not (line.sentence.asks or line.wishes)
    return bare and len(words) <= LONGEST_TITLE and AWAY.isdisjoint(words)


def _where_ours_is(
    rulebook: Rulebook, lines: Sequence[Line], places: Sequence[Sequence[Place]], acts: Acts
) -> tuple[str, str] | None:
    """The one State of which words say that what is there is ours, or that we want it brought there, where
    nobody asks us."""
    story, asked = rulebook.words.story, ANSWER in directions_in(lines)
    wishing, quotes = frozenset(acts.wishing()), dict[str, str]()
    for number, (line, named) in enumerate(zip(lines, places, strict=True)):
        wanted = (number in wishing or line.sentence.asks) and not asked
        phrases = (*story.get("ours_there", ()), *(story.get("wanted_there", ()) if wanted else ()))
        for place, start in _ends_in(rulebook, line, named, phrases):
            quotes.setdefault(place.state, line.sentence.quoted(Mention("", (), start, place.end)))
    return next(iter(quotes.items())) if len(quotes) == 1 else None


def _ends_in(
    rulebook: Rulebook, line: Line, named: Collection[Place], phrases: Sequence[str]
) -> Iterator[tuple[Place, int]]:
    """The States with which phrases end, each with where its phrase begins; none of which only somebody or a
    company is (`our London partner`)."""
    sentence, story = line.sentence, rulebook.words.story
    others = {*story.get("people", ()), *story.get("firms", ()), *COLLEAGUES}
    for start, end in spans_of(sentence, named, phrases):
        goes_on = sentence.parts[end : end + 1] == (sentence.parts[end - 1],)
        if not (goes_on and sentence.words[end] in others):
            yield from ((it, start) for it in named if it.end == end and not it.only_of)


def _by_its_office(
    rulebook: Rulebook, lines: Sequence[Line], places: Sequence[Sequence[Place]], acts: Acts
) -> tuple[str, str] | None:
    """The one State whose office did what only ours does where we ask another for something or tell it what
    we found; None where somebody asks us or gave us something, or where offices of several States did such a
    thing."""
    kinds, story = directions_in(lines), rulebook.words.story
    if kinds - {REQUEST, SHARE}:
        return None
    ours = {*story.get("our_acts", ()), *(story.get("our_finds", ()) if SHARE in kinds else ())}
    quotes: dict[str, str] = {}
    for line, named, deeds in zip(lines, places, acts.deeds, strict=True):
        words = line.sentence.words
        for deed in deeds:
            verb = words[deed.verb : min(deed.verb + MOST, deed.end)]
            if deed.who == OFFICE and deed.says == DID and not deed.whom and not ours.isdisjoint(verb):
                for place in named:  # not `a citizen of it was convicted`
                    person = place.of_person or place.citizen or PASSIVE.intersection(verb)
                    in_place = place.start == deed.verb + 2 and not PASSIVE.intersection(verb)  # `found in`
                    if deed.start <= place.start and (place.start < deed.verb or in_place) and not person:
                        quoted = line.sentence.quoted(Mention("", (), deed.start, place.end))
                        quotes.setdefault(place.state, quoted)
    return next(iter(quotes.items())) if len(quotes) == 1 else _beside_a_company(lines, places)


def _beside_a_company(lines: Sequence[Line], places: Sequence[Sequence[Place]]) -> tuple[str, str] | None:
    """The one State whose office a story tells of, where all else that it tells is where a company is."""
    named = [(line, place) for line, of_line in zip(lines, places, strict=True) for place in of_line]
    firms = {place.state for _, place in named if place.of_a_firm}
    left = [(line, place) for line, place in named if place.state not in firms]
    offices = [(line, place) for line, place in left if place.office]
    if not firms or not offices or len({place.state for _, place in left}) != 1:
        return None
    line, place = offices[0]
    return place.state, line.sentence.quoted(Mention("", (), place.start, place.end))
