"""How firmly the parts of a story say what they say, and what of it is then told.

`Maybe he deals in drugs too, there is no proof of it` names no crime where another is told, `his wife says
that they will arrest him` is no wish of ours, `freezing can come later` is not needed now. A danger is told
also by who fears it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from routing.case.deeds import OFFICE, WISHES, Deed
from routing.core.domain import ANSWER, REQUEST, SHARE, USE
from routing.core.records import replace
from routing.rulebook.measures_meant import offered
from routing.rulebook.mentions import Mention, matches, stands_in
from routing.rulebook.model import Rulebook
from routing.rulebook.words import KIND, MEASURE
from routing.story.acts import THEIR, Acts
from routing.story.clauses import PAST, WANTED, Clauses
from routing.story.direction import directions_in, only_shares
from routing.story.lines import FIRST, Line
from routing.story.manners import (
    ASIDE,
    CONDITIONAL,
    DOUBTED,
    ENDED,
    HAD,
    HEARSAY,
    LATER,
    LONG_PAST,
    TAKEN_BACK,
    Weighed,
    manners_of,
)
from routing.story.material_held import material_held, near_words
from routing.story.other_acts import done_by_others, of_another_act
from routing.story.past_dangers import of_who_asks, over
from routing.story.plain_denials import not_plainly_denied
from routing.story.sentences import Phrase, Sentence
from routing.story.signatures import MARKS, OFFENCE, OTHERS, PLACES, US
from routing.story.transfers import transfers

THAT, OUR_WISH, THEIR_WISH = "that", "we want", "they want"
ANTI = "anti"
IF_WE = frozenset({"do", "can", "shall", "will", "would", "could", "should", "may", "must", "if", "whether"})
FEARED = frozenset({MEASURE, "purpose"})
CARRIED = frozenset({"with", "has", "had", "have", "by"})
BEGINS = 2  # words at the beginning of a part, of which one is who speaks


def firm_sentences(
    rulebook: Rulebook, lines: tuple[Line, ...], acts: Acts, day: date | None = None
) -> tuple[Line, ...]:
    """The sentences of a story with what each tells; what it names without telling it is put aside.
    acts: their clauses; day: of the answer, where it is known."""
    story = rulebook.words.story
    clauses = Clauses(rulebook, lines)
    manners = manners_of(story, lines)
    every = [
        Weighed(number, phrase, frozenset().union(*(manners[number][place] for place in phrase.places)), says)
        for number, line in enumerate(lines)
        for phrase in line.phrases
        for says in (clauses.of(number, phrase),)
    ]
    aside = {
        id(it.phrase)
        for it in (
            *_not_told(story, lines, every),
            *_given_away(rulebook, lines, every),
            *done_by_others(story, lines, acts, every),
            *of_another_act(story, lines, acts, every),
            *over(rulebook, lines, acts, every, day),
            *of_who_asks(rulebook, lines, every),
        )
    }
    aside |= {id(it) for it in not_plainly_denied(rulebook, lines)}
    firm = tuple(
        replace(
            line,
            phrases=tuple(phrase for phrase in line.phrases if id(phrase) not in aside),
            denied=tuple(phrase for phrase in line.denied if id(phrase) not in aside),
            aside=tuple(phrase for phrase in (*line.phrases, *line.denied) if id(phrase) in aside),
        )
        for line in lines
    )
    return material_held(story, _with_our_wish(story, acts, firm))


def _with_our_wish(
    story: Mapping[str, tuple[str, ...]], acts: Acts, lines: tuple[Line, ...]
) -> tuple[Line, ...]:
    """The same, where nothing tells who asks whom, but we wish something for which a measure is told: a
    request; or somebody who told us so wishes something: an answer."""
    theirs = _asked_of_us(story, acts, lines)
    wish, kind = (
        (theirs, ANSWER) if theirs else (_verb_of(acts.first_wish() or _home_wish(acts, lines)), REQUEST)
    )
    calls = story.get("calls", ())  # `whom do we call` tells of no direction where a wish does
    said_of = [
        phrase
        for line in lines
        for phrase in (*line.phrases, *line.denied, *line.aside)
        if not (phrase.topic == KIND and stands_in(phrase.mention.phrase.split(), calls))
    ]
    kinds = {kind for phrase in said_of if phrase.topic == KIND for kind in phrase.mention.targets}
    both = theirs is not None and REQUEST in kinds and ANSWER not in kinds  # they want something, and we do
    answers = [it for it in said_of if it.topic == KIND and ANSWER in it.mention.targets]
    both = both or (
        theirs is not None and bool(answers) and all(map(_by_us, answers))
    )  # `they want him, we want to say no`
    no_request = kinds and REQUEST not in kinds
    if no_request and (elsewhere := acts.wish_elsewhere(kinds)):  # the same, told the other way round
        wish, theirs, kind, both = _verb_of(elsewhere), None, REQUEST, True
    named_there = theirs is not None and any(ANSWER in it.mention.targets for it in lines[theirs[0]].of(KIND))
    if (
        named_there
        or (kinds and not both)
        or wish is None
        or not (theirs or any(line.of(MEASURE) for line in lines))
    ):
        return lines
    number, start, end = wish
    words = THEIR_WISH if theirs else OUR_WISH
    direction = Phrase(KIND, Mention(words, (kind,), start, end))
    return tuple(
        replace(
            line,
            phrases=(
                *(it for it in line.phrases if it.topic != KIND or any(it is kept for kept in said_of)),
                *((direction,) if order == number else ()),
            ),
        )
        for order, line in enumerate(lines)
    )


def _asked_of_us(
    story: Mapping[str, tuple[str, ...]], acts: Acts, lines: Sequence[Line]
) -> tuple[int, int, int] | None:
    """The number of a sentence and its words in which an office abroad wishes something of us, or a request
    of theirs came to us."""
    if wish := _verb_of(acts.their_wish()):
        return wish
    came = ((it.line, it.start, it.end) for it in transfers(story, lines) if it.request)
    return next(came, None) or next(_write_if_we(story, lines), None)


def _write_if_we(
    story: Mapping[str, tuple[str, ...]], lines: Sequence[Line]
) -> Iterator[tuple[int, int, int]]:
    """Where an office abroad writes whether we do something: `the Austrians wrote do we take him`."""
    writes = {*story.get("writes", ()), *story.get("asking", ())}
    for number, line in enumerate(lines):
        words = line.sentence.words
        ends = {it.mention.end: it.mention.start for it in line.of(*PLACES) if not line.signs(it)}
        for verb, start in ends.items():
            asks = words[verb + 1 : verb + 2] != () and words[verb + 1] in IF_WE
            wrote = words[verb : verb + 1] != () and words[verb] in writes
            if wrote and asks and words[verb + 2 : verb + 3] == ("we",):
                yield number, start, verb + 1


def _home_wish(acts: Acts, lines: Sequence[Line]) -> tuple[int, Deed] | None:
    """The first clause in which an office of no State that is told wishes something, where we tell the story:
    our own judge, who `wants to see it`."""
    told_by_us = any(not FIRST.isdisjoint(line.sentence.words) for line in lines)
    for number, line in enumerate(lines if told_by_us else ()):
        for deed in acts.deeds[number]:
            if not (deed.who == OFFICE and deed.says == WISHES and deed.named):
                continue  # among them what has no words at all, as a sentence `The.`
            placed = any(deed.start <= it.mention.start < deed.verb for it in line.of(*PLACES))
            led = line.sentence.run[max(0, line.sentence.raws[deed.start] - 1)].casefold()
            if not (placed or deed.of_wish or deed.denied or led == THEIR):
                return number, deed
    return None


def _verb_of(wish: tuple[int, Deed] | None) -> tuple[int, int, int] | None:
    """The number of the sentence of a wish, and the words of its verb with who says it."""
    if wish is None:
        return None
    number, deed = wish
    return number, max(deed.start, deed.verb - 1), deed.verb + 1


def _by_us(phrase: Phrase) -> bool:
    """Whether the words themselves say that we ask."""
    return any([word] in US for word in phrase.mention.phrase.split())


def _not_told(
    story: Mapping[str, tuple[str, ...]], lines: Sequence[Line], every: Sequence[Weighed]
) -> Iterator[Weighed]:
    """The phrases that tell nothing where they stand, or yield to others."""
    never = {
        manner: frozenset(story.get(f"never_{manner}", ()))
        for manner in (DOUBTED, HEARSAY, LATER, ASIDE, HAD, ENDED, LONG_PAST)
    }
    yielding = {
        manner: frozenset(story.get(f"yields_{manner}", ()))
        for manner in (DOUBTED, HEARSAY, LATER, ASIDE, CONDITIONAL, LONG_PAST)
    }
    named = frozenset(story.get("not_in_names", ()))
    tellers = frozenset(story.get("not_of_tellers", ()) if only_shares(lines) else ())
    of_others = [it for it in every if _of_somebody_else(story, lines, it, tellers)]
    not_ours = {id(it) for it in of_others}
    told_by = {(it.phrase.topic, it.phrase.mention.phrase) for it in of_others if it.phrase.topic in tellers}
    back = frozenset(story.get("never_taken_back", ()))
    weak: list[Weighed] = []
    office: list[Weighed] = []
    gone: list[Weighed] = []
    for it in every:
        topic = it.phrase.topic
        if (
            any(topic in never.get(manner, ()) for manner in it.manners)
            or (TAKEN_BACK in it.manners and topic in back)
            or id(it) in not_ours
            or (topic in FEARED and _is_feared(story, lines[it.line].sentence, it.phrase))
            or (topic, it.phrase.mention.phrase) in told_by
            or (topic in named and _in_name(lines[it.line].sentence, it.phrase))
        ):
            gone.append(it)
        elif any(topic in yielding.get(manner, ()) for manner in it.manners) or (
            topic == OFFENCE and _is_a_tool(story, lines[it.line].sentence, it.phrase)
        ):
            weak.append(it)
        elif _of_office(story, lines[it.line].sentence, it.phrase):
            office.append(it)
    yield from gone
    firm = [it for it in every if not any(it is left_out for left_out in (*gone, *weak, *office))]
    yield from (it for it in office if any(_stands_for(it, stronger) for stronger in firm))
    yield from (it for it in weak if any(_stands_for(it, stronger) for stronger in (*firm, *office)))
    yield from _kinds_not_told(story, lines, firm)


def _given_away(rulebook: Rulebook, lines: Sequence[Line], every: Sequence[Weighed]) -> Iterator[Weighed]:
    """What is to be given to another State, where a story only tells one something: `give them the invoices`
    asks for none."""
    gives = rulebook.words.story.get("gives", ())
    shared = {measure.id for measure in offered(rulebook, SHARE)} - {
        measure.id for measure in offered(rulebook, REQUEST)
    }
    kinds = directions_in(lines)
    for it in every if SHARE in kinds and ANSWER not in kinds else ():
        sentence, mention = lines[it.line].sentence, it.phrase.mention
        before = sentence.words[sentence.parts.index(sentence.part_of(mention)) : mention.end]
        if it.phrase.topic == MEASURE and shared.isdisjoint(mention.targets) and any(matches(before, gives)):
            yield it


def _of_somebody_else(
    story: Mapping[str, tuple[str, ...]], lines: Sequence[Line], it: Weighed, tellers: frozenset[str]
) -> bool:
    """Whether what tells only of people is said of a thing (`the container will leave`), or is of one who
    only tells us what we tell another State."""
    sentence, mention = lines[it.line].sentence, it.phrase.mention
    part = sentence.part_of(mention)
    same = [word for place, word in enumerate(sentence.words) if sentence.parts[place] == part]
    if it.phrase.topic in tellers:
        first = sentence.parts.index(part)
        begins = mention.start - first < BEGINS
        return ASIDE in it.manners or (begins and not set(story.get("says", ())).isdisjoint(same))
    people = {*story.get("people", ()), *story.get("persons", ())}
    since = max((at + 1 for at in range(mention.start) if sentence.words[at] == THAT), default=0)
    led = [sentence.words[at] for at in range(since, mention.start) if sentence.parts[at] == part]
    own = sentence.words[mention.start : mention.end]
    things = set(story.get("things", ()))
    return (
        not set(story.get("only_of_people", ())).isdisjoint(mention.targets)
        and not things.isdisjoint(led)
        and people.isdisjoint((*led, *own))
        and things.isdisjoint(own)
    )


def _stands_for(weak: Weighed, firm: Weighed) -> bool:
    """Whether something is told of the same topic, so that what is said of it in doubt is not needed; a
    measure only where it is wanted."""
    return weak.phrase.topic == firm.phrase.topic and (firm.phrase.topic != MEASURE or firm.says == WANTED)


def _kinds_not_told(
    story: Mapping[str, tuple[str, ...]], lines: Sequence[Line], firm: Sequence[Weighed]
) -> Iterator[Weighed]:
    """Who asked whom, where that is settled and another part tells of now; and what is asked of what we hold
    already: `may I hand them over` is no answer, `must we ask them again` no request."""
    kinds = [it for it in firm if it.phrase.topic == KIND]
    settled = story.get("settles", ())
    old = [
        it
        for it in kinds
        if ANSWER in it.phrase.mention.targets
        and (it.says == PAST or any(matches(lines[it.line].sentence.words, settled)))
    ]
    now = [
        it
        for it in kinds
        if it.says == WANTED
        and ANSWER not in it.phrase.mention.targets
        and it.line not in {each.line for each in old}
    ]
    over = [it for it in old if any(matches(lines[it.line].sentence.words, settled))]
    if now:
        yield from old
    elif any(ANSWER in it.phrase.mention.targets and it not in over for it in kinds):
        yield from over  # another request is still open
    governing = {kind for it in kinds for kind in it.phrase.mention.targets}
    theirs = {*story.get("authorities", ())} | OTHERS
    for it in kinds if ANSWER in governing else ():
        before = lines[it.line].sentence.before(it.phrase.mention.start)
        if it.phrase.mention.targets == (REQUEST,) and before in theirs and not _by_us(it.phrase):
            yield it  # `the court wants to know which`
    asked = {it.line for it in firm if it.phrase.topic == MEASURE}
    calls = story.get("calls", ())  # `may they follow it, and who do we call?` tells of no direction
    wanted = {
        it.line for it in firm if it.phrase.topic == MEASURE and it.says == WANTED and lines[it.line].wishes
    }
    yield from (
        it
        for it in kinds
        if (wanted or it.line in asked) and any(matches(it.phrase.mention.phrase.split(), calls))
    )
    ours = (it for it in kinds if it.phrase.mention.targets == (REQUEST,) and _by_us(it.phrase))
    if not any(it.line in asked for it in ours):
        governing.discard(REQUEST)  # `nobody asked us, we want to tell them`
    for stronger in (USE, ANSWER, SHARE, REQUEST):
        for it in kinds if stronger in governing else ():
            weaker = stronger not in it.phrase.mention.targets
            if weaker and near_words(story, lines[it.line].sentence, it.phrase, stronger):
                yield it


def _in_name(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a word is a part of a name: `European Investigation Order`, but not where all is written so."""
    if phrase.words > 1 or not phrase.mention.start:
        return False
    at = sentence.raws[phrase.mention.start]
    near = [sentence.run[place] for place in (at - 1, at + 1) if 0 < place < len(sentence.run)]
    small = any(raw[:1].islower() for raw in sentence.run)
    return small and _named(sentence.run[at]) and any(map(_named, near))


def _named(raw: str) -> bool:
    bare = raw.strip(MARKS)
    return bare[:1].isupper() and len(bare) > 1


def _is_a_tool(story: Mapping[str, tuple[str, ...]], sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a thing that a crime may be about is what another was done with: `robbed with a gun`."""
    alone = phrase.words == 1 and phrase.mention.phrase in story.get("weapons", ())
    return alone and sentence.before(phrase.mention.start) in CARRIED


def _is_feared(story: Mapping[str, tuple[str, ...]], sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a measure is what somebody else fears: `he is afraid they arrest him`."""
    start, part, fears = phrase.mention.start, sentence.part_of(phrase.mention), story.get("fearing", ())
    led = [at for at in range(start) if sentence.parts[at] == part and sentence.words[at] in fears]
    return bool(led) and not any(led[-1] < wish < start for wish in sentence.wishes)


def _of_office(story: Mapping[str, tuple[str, ...]], sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a word only says which office somebody is of: `the murder squad`, `anti-corruption people`."""
    if phrase.topic in story.get("of_offices", ()) and sentence.before(phrase.mention.start) == ANTI:
        return True
    end = phrase.mention.end
    return (
        phrase.topic in story.get("of_offices", ())
        and sentence.parts[end : end + 1] == (sentence.parts[end - 1],)
        and sentence.raws[end] == sentence.raws[end - 1] + 1  # not `killing a policeman`
        and sentence.words[end] in story.get("units", ())
    )
