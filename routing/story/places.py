"""The States that a sentence of a story names, and what the words around each say of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from routing.case.deeds import COLLEAGUES
from routing.core.domain import ANSWER
from routing.core.records import Record
from routing.rulebook.mentions import Mention, matches
from routing.rulebook.model import Rulebook
from routing.rulebook.words import ACTOR, AGENCY, KIND, MEASURE, NATIONALITY
from routing.story.lines import Line
from routing.story.people_places import (
    a_citizen,
    a_townsman,
    by_papers,
    is_inside,
    is_there,
    of_a_number,
    of_a_relative,
    of_person,
    somebody_is,
    went_there,
    where_it_is_told,
    who_left,
)
from routing.story.sentences import Phrase, Sentence
from routing.story.signatures import OFFENCE, PLACES, WE

OURS = frozenset({"our", "ours", "my"})
US, WITH = "us", "with"
RELATIVE = frozenset({"who", "that", "which", "from", "with", "on", "because", "for"})
NEAR = 4  # words from a crime to the place of it
MOST_BETWEEN = frozenset(range(4))  # words between a State and what its office wants
EITHER = (("or",), ("or", "in"))
ADDRESSED = (("to",), ("attention",), ("attn",))
"""With which the line begins that names to whom a letter goes."""
BOTH = (("and",), ("and", "in"), ("and", "from"), ())
LONGEST_TOWN = 3  # words
LONGEST_OFFICE = 6  # words of `from the card fraud group in`
LED = 2  # words of `lives in`
NOUN = 2  # words of `we are`, and at most of what somebody is: `a bank clerk`


class Place(Record):
    """A State in a sentence.

    ours: whether the story speaks of it as our own; own_words: the words that say so expressly; home: whether
    somebody lives there; denied: whether it stands in a part that denies something; of_town: whether it
    follows its town and a comma; office: whether an office of it is named; of_person: whether somebody is of
    it, who may be anywhere; citizen: whether it stands for somebody of it (`a Moldovan`); scene: whether the
    crime or the court is there, or who tells of it; asks: whether its office wants something; feared: whether
    somebody only fears that something goes there; only_of: whether it only says of where a thing or somebody
    is (`Slovak plates`); of_a_relative: whether a relative of somebody is there; of_a_firm: whether only a
    company is (`the company is in`); passing:
    whether the story names it only in passing, as of another case; left_out: whether it says that nothing is
    wanted of it.
    """

    state: str
    start: int
    end: int
    part: int
    ours: bool
    own_words: str
    home: bool
    denied: bool
    of_town: bool
    office: bool
    of_person: bool
    citizen: bool
    scene: bool
    asks: bool
    feared: bool
    only_of: bool
    of_a_relative: bool = False
    of_a_firm: bool = False
    passing: bool = False
    left_out: bool = False

    @property
    def aside(self) -> bool:
        """Whether something is sought there only where no other State is told."""
        return self.of_person or self.citizen or self.scene or self.feared or self.passing


def places_of(rulebook: Rulebook, line: Line) -> Iterator[Place]:
    """The States of a sentence, in its order; not a town whose name towns of several States bear."""
    story, sentence = rulebook.words.story, line.sentence
    stays = {
        end
        for _, start, end in matches(sentence.words, story.get("stays", ()))
        if sentence.parts[start] == sentence.parts[end - 1]
    }
    feared = [start for _, start, _ in matches(sentence.words, story.get("feared", ()))]
    since = last = 0
    for phrase in line.of(*PLACES):
        mention, part = phrase.mention, sentence.part_of(phrase.mention)
        if sentence.words[last : mention.start] not in (*BOTH, *EITHER):
            since = last  # what is said of the State before is not said of this one
        last = mention.end
        state, *others = mention.targets
        if others:
            continue
        signs = story.get("signs", ())
        office = phrase.topic == AGENCY or " ".join(sentence.words[mention.end : mention.end + 1]) in signs
        before = mention.start - (sentence.before(mention.start) in story.get("within", ()))
        town = sentence.of_town(mention.start)
        theirs = sentence.before(mention.start) in signs and mention.start - 2 not in sentence.own
        named = (
            not theirs
            and any(sentence.about_us(place, since) for place in (mention.start, mention.start - town))
            if phrase.topic != NATIONALITY
            else office and sentence.says_who(mention.start)
        )
        is_in = somebody_is(story, sentence, mention.start)
        crime = not is_in and _near(rulebook, line, mention, _crimes(line))
        scene = crime or _near(rulebook, line, mention, _courts(rulebook, line))
        scene = scene or where_it_is_told(story, sentence, mention)
        ours = office or phrase.topic != NATIONALITY
        own_words = _own_words(rulebook, line, phrase, scene) if ours and not crime else ""
        relative = of_a_relative(story, sentence, mention)
        own_words = own_words or (_at_ours(story, line, mention) if crime else "")
        went = went_there(story, sentence, mention)
        lives = _led_to(story, sentence, mention.start) in story.get("lives", ())
        home = (lives or mention.start in stays or went or is_in) and not relative
        yield Place(
            state,
            mention.start,
            mention.end,
            part,
            named or bool(own_words),
            own_words,
            home,
            sentence.denied(phrase),
            town,
            office or sentence.before(before) in signs,
            (phrase.topic == NATIONALITY and of_person(rulebook, line, phrase))
            or a_townsman(story, sentence, phrase)
            or who_left(rulebook, sentence, mention)
            or by_papers(sentence, mention),
            phrase.topic == NATIONALITY and a_citizen(sentence, mention),
            scene and not own_words and not (home and not crime),
            office and not MOST_BETWEEN.isdisjoint(wish - mention.end for wish in sentence.wishes),
            any(start < mention.start for start in feared if sentence.parts[start] == part),
            (phrase.topic == NATIONALITY and not office) or of_a_number(sentence, mention),
            relative,
            of_a_number(sentence, mention)
            or is_there(sentence, mention.start, {*story.get("firms", ())}, {*story.get("people", ())}),
        )


def _led_to(story: Mapping[str, tuple[str, ...]], sentence: Sentence, start: int) -> str:
    """The words before a State, but for those that only fill."""
    fill = set(story.get("fill", ()))
    return " ".join([word for word in sentence.words[:start] if word not in fill][-LED:])


def _own_words(rulebook: Rulebook, line: Line, phrase: Phrase, scene: bool) -> str:
    """The words by which a story says that a State is our own: a phrase for it, and up to the State nothing
    but who we are; of the scene of a crime, nothing but offices. Empty where it does not say so."""
    story, sentence, mention = rulebook.words.story, line.sentence, phrase.mention
    part = sentence.part_of(mention)
    if part in line.signed and (_addressed(line, mention) or _is_posted(story, sentence, mention)):
        return ""
    if part in line.signed:
        places = [place for place, of in enumerate(sentence.parts) if of == part]
        return sentence.quoted(Mention("", (), places[0], places[-1] + 1))
    if ours := _of_our_own(story, line, mention):
        return ours
    offices = set(story.get("signs", ())) - set(story.get("wishes", ()))
    if [sentence.before(mention.start)] in WE and not offices.isdisjoint(
        sentence.words[mention.end : mention.end + 1]
    ):  # `we Lima police need`
        return sentence.quoted(Mention("", (), mention.start - 1, mention.end + 1))
    if sentence.before(mention.start) == US and _is_alone(sentence, mention):
        return sentence.quoted(
            Mention("", (), mention.start - 1, mention.end)
        )  # `they told us, in that State,`
    of_office = {place for place, word in enumerate(sentence.words) if word in offices}
    of_office |= {place for of in line.of(ACTOR) for place in of.places}
    office = {mention.start - 1} if sentence.of_an_office(mention.start) else set()
    town = set(_town_before(sentence, mention)) | office
    of_office |= town
    where = {*story.get("within", ()), *story.get("sources", ())}
    linking = {place for place, word in enumerate(sentence.words) if word in where} | office
    busy = {start for _, start, _ in matches(sentence.words, story.get("we_do", ()))}
    cues = (
        start
        for _, start, end in matches(sentence.words, story.get("own_state", ()))
        if sentence.parts[start] in {part, *(sentence.parts[place] for place in town)}
        and end <= mention.start
        if (start not in busy and _who_we_are(story, line, (start, end), phrase, linking))
        or not (strange := [place for place in range(end, mention.start) if place not in of_office | linking])
        or (
            not scene
            and start not in busy
            and _says_what(sentence, (start, end), strange, of_office, {*linking, mention.start})
        )
    )
    start = max(cues, default=mention.end)
    return sentence.quoted(Mention("", (), start, mention.end)) if start < mention.end else ""


def _is_alone(sentence: Sentence, mention: Mention) -> bool:
    """Whether nothing but the name of a State stands in its part of a sentence."""
    part = sentence.part_of(mention)
    places = [place for place, of in enumerate(sentence.parts) if of == part]
    return places == [*range(mention.start, mention.end)]


def _town_before(sentence: Sentence, mention: Mention) -> Iterator[int]:
    """The words of a town that a State follows, known here or not: `our judge in that town (the State)`."""
    for place in range(mention.start - 1, max(-1, mention.start - 1 - LONGEST_TOWN), -1):
        if not sentence.of_town(mention.start) or not sentence.written[place][:1].isupper():
            return
        yield place


def _is_posted(story: Mapping[str, tuple[str, ...]], sentence: Sentence, mention: Mention) -> bool:
    """Whether somebody whom another State has sent signs there: `FBI legat, in that town`."""
    return not set(story.get("posted", ())).isdisjoint(sentence.words[: mention.start])


def _addressed(line: Line, mention: Mention) -> bool:
    """Whether a State is the one that another writes to: `police of this town to police of that one`."""
    sentence = line.sentence
    if sentence.words[:1] in ADDRESSED and sentence.written[0].endswith(":"):
        return True  # `To: police of that town`
    before = [place for phrase in line.of(*PLACES) for place in phrase.places if place < mention.start]
    between = sentence.words[max(before, default=mention.start) + 1 : mention.start]
    return "to" in between and sentence.parts[max(before)] == sentence.part_of(mention)


def _of_our_own(story: Mapping[str, tuple[str, ...]], line: Line, mention: Mention) -> str:
    """The words for a thing of our own in a State, or for what we did there ourselves: `our jail in`, `we
    caught a courier at`; empty where there are none."""
    sentence, place = line.sentence, mention.start - 1
    if not is_inside(story, sentence, place):
        return ""
    starts = list(_things_of_ours(story, line, place))
    starts += _held_by_us(story, line, place)
    then = sentence.words[mention.end : mention.end + NEAR]
    lives = _led_to(story, sentence, mention.start) in story.get("lives", ())
    if then[:1] and then[0] in OURS and not lives and not _offices(story).isdisjoint(then):
        return sentence.quoted(Mention("", (), place, mention.end + 1))  # `in this town our officers read`
    for _, start, end in matches(sentence.words, (*story.get("we_did", ()), *story.get("we_work", ()))):
        if start == mention.end and end < len(sentence.words):
            return sentence.quoted(Mention("", (), place, end))  # `in this town we caught him`
    for _, start, end in matches(sentence.words, story.get("we_did", ())):
        got = not set(sentence.words[start:end]).isdisjoint(story.get("sources", ()))
        if end <= place < end + NEAR and RELATIVE.isdisjoint(sentence.words[end:place]) and not got:
            starts.append(start)  # not `we got an email from the cyber cell in`
    part = sentence.part_of(mention)
    same = [start for start in starts if sentence.parts[start] == part]
    return sentence.quoted(Mention("", (), max(same), mention.end)) if same else ""


def _held_by_us(story: Mapping[str, tuple[str, ...]], line: Line, place: int) -> Iterator[int]:
    """Where it begins that we hold somebody in the State that a word leads to: `we have in that town a man in
    the cell`."""
    sentence = line.sentence
    custody = {word for phrase in story.get("custody", ()) for word in phrase.split()}
    rest = (word for at, word in enumerate(sentence.words) if sentence.parts[at] == sentence.parts[place])
    if not custody.isdisjoint(rest):
        yield from (
            start for _, start, end in matches(sentence.words, story.get("we_hold", ())) if end == place
        )


def _at_ours(story: Mapping[str, tuple[str, ...]], line: Line, mention: Mention) -> str:
    """The words for a thing of our own in a State, also for one about a crime: `our bribery trial in`."""
    sentence, place = line.sentence, mention.start - 1
    starts = list(_things_of_ours(story, line, place)) if is_inside(story, sentence, place) else []
    return sentence.quoted(Mention("", (), max(starts), mention.end)) if starts else ""


def _things_of_ours(story: Mapping[str, tuple[str, ...]], line: Line, place: int) -> Iterator[int]:
    """Where `our` stands close before a thing that is ours, or an office, which stands before a place."""
    sentence = line.sentence
    agency = any(place - 1 in it.places for it in line.of(AGENCY, ACTOR))
    shortened = sentence.written[place - 1].isupper() and not " ".join(sentence.run).isupper()
    agency = agency or shortened  # `our DCI in`
    office = (agency or sentence.before(place) in _offices(story)) and (
        sentence.before(place) not in COLLEAGUES
    )
    if office or sentence.before(place) in story.get("at_ours", ()):
        own = (at for at, word in enumerate(sentence.words) if word in OURS)
        part = sentence.parts[place]
        yield from (at for at in own if 0 < place - at <= NEAR and sentence.parts[at] == part)


def _offices(story: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """The words for an office that may be ours."""
    return frozenset(word for key in ("signs", "authorities", "units", "crew") for word in story.get(key, ()))


def _says_what(
    sentence: Sentence, cue: tuple[int, int], strange: Sequence[int], of_office: set[int], linking: set[int]
) -> bool:
    """Whether words that are not known say what we are: one before an office (`from the river police in`), or
    after `we are a` before `in` (`a nurse in`)."""
    start, end = cue
    are = [sentence.words[start]] in WE and end - start == NOUN and not sentence.follows(end)
    then = strange[-1] + 1
    if _are_names(sentence, strange) and strange[0] - 1 in of_office and then in linking:
        return True  # `I am detective Phiri in`
    return (len(strange) == 1 and then in of_office) or (are and len(strange) <= NOUN and then in linking)


def _who_we_are(
    story: Mapping[str, tuple[str, ...]],
    line: Line,
    cue: tuple[int, int],
    named: Phrase,
    linking: Collection[int],
) -> bool:
    """Whether words say of which office we are, whatever it is called, up to a State: `I am from the cargo
    theft brigade of`, or to an office that is known (`counsel with EFCC`); nobody private is named there, and
    nothing that is done."""
    (start, end), sentence, place = cue, line.sentence, named.mention.start
    between = sentence.words[end:place]
    if any(end <= phrase.mention.start < place for phrase in line.of(*PLACES)):
        return False  # `at the consulate of one in another`
    titles = {*story.get("authorities", ()), *story.get("signs_too", ())}
    if between[:1] and between[0].endswith("ing") and between[0] not in titles:
        return False  # `we are asking the police in`
    offices = {word for key in ("signs", "authorities", "units") for word in story.get(key, ())}
    private = {*story.get("people", ()), *story.get("past", ())} - offices
    agency = named.topic == AGENCY
    led = place - 1 in linking or sentence.says_of_what(place) or (agency and sentence.before(place) == WITH)
    return (
        [sentence.words[start]] in WE
        and 0 < len(between) <= LONGEST_OFFICE
        and led
        and (agency or not offices.isdisjoint(between))
        and private.isdisjoint(between)
        and RELATIVE.difference(("from", "for", "with")).isdisjoint(between)
    )


def _are_names(sentence: Sentence, places: Sequence[int]) -> bool:
    return len(places) <= NOUN and all(sentence.written[place][:1].isupper() for place in places)


def _is_its_field(sentence: Sentence, crime: int, offices: Collection[str]) -> bool:
    """Whether a crime is only what an office deals with: `prosecutor for organised crime in`."""
    return sentence.words[crime - 1 : crime] == ("for",) and sentence.before(crime - 1) in offices


def _crimes(line: Line) -> Iterator[tuple[int, int]]:
    """Where a sentence tells of a crime."""
    return ((phrase.mention.start, phrase.mention.end) for phrase in line.of(OFFENCE))


def _courts(rulebook: Rulebook, line: Line) -> Iterator[tuple[int, int]]:
    """Where it tells of a court and what it does, but where another State asks us."""
    asked = any(ANSWER in phrase.mention.targets for phrase in line.of(KIND))
    scenes = () if asked else rulebook.words.story.get("scenes", ())
    return ((start, end) for _, start, end in matches(line.sentence.words, scenes))


def _near(rulebook: Rulebook, line: Line, mention: Mention, scenes: Iterable[tuple[int, int]]) -> bool:
    """Whether a scene stands close before `in` and a State, and no measure or other State between:
    `a burglary in this town`, `the trial is in that one`."""
    story, sentence, place = rulebook.words.story, line.sentence, mention.start - 1
    if not is_inside(story, sentence, place):
        return False
    offices = {*story.get("signs", ()), *story.get("units", ())}
    scenes = (it for it in scenes if not _is_its_field(sentence, it[0], offices))
    named = [phrase.mention.start for phrase in line.of(*PLACES)]
    measures = [phrase.mention for phrase in line.of(MEASURE)]
    return any(
        end <= place <= end + NEAR
        and offices.isdisjoint(sentence.words[end:place])
        and not any(end <= named_place < place for named_place in named)
        and sentence.parts[start] == sentence.parts[place]
        and not any(start <= it.start <= place or it.start < start < it.end <= place for it in measures)
        for start, end in scenes
    )
