"""What happened, in somebody's own words, read as facts and needs to confirm.

Only the words of the rulebook are known. Nothing is taken: each reading is shown with the words it comes
from, and the person says which of them are right. What a story denies is not offered; where a fact has an
answer for that, the answer is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from routing.core.domain import ANSWER, NO, REQUEST, SAYS_OF_KIND, SHARE, USE, Fact
from routing.core.records import Record
from routing.rulebook.measures_meant import offered
from routing.rulebook.mentions import stands_in
from routing.rulebook.model import Rulebook
from routing.rulebook.spans import NUMBERS
from routing.rulebook.spelling import tidy
from routing.rulebook.words import KIND, MEASURE, STATE
from routing.story.children import children_of_others
from routing.story.direction import directions_in, open_who_asks
from routing.story.kinds import asks_as_ours, kinds_in, own_states
from routing.story.lines import HOLDER
from routing.story.manners import ENDED
from routing.story.needs import Want
from routing.story.plain_denials import NONE
from routing.story.reader import Story, story_of
from routing.story.signatures import OFFENCE, PLACES

if TYPE_CHECKING:
    from routing.opened import Router

WHERE_WE_ARE = {REQUEST: "here", ANSWER: "there"}
"""How what is not in the State that is asked is told, by who asks whom."""


class Reading(Record):
    """A phrase and one thing it may mean.

    fact: `state`, `kind` or a fact. asks: what the fact is about; says: what the value means.
    """

    phrase: str
    fact: str
    value: str
    asks: str
    says: str


def readings(router: Router, text: str) -> tuple[Reading, ...]:
    """Every State, kind of need and fact that a story tells, States first; needs are its wants."""
    return readings_of(router, story_of(router, text))


def readings_of(router: Router, story: Story) -> tuple[Reading, ...]:
    """The same of a story that was read."""
    return split_readings(router, story)[0]


def split_readings(
    router: Router, story: Story, kind: str = ""
) -> tuple[tuple[Reading, ...], tuple[Reading, ...]]:
    """The same, and beside it what yields to something firmer that is told of the same fact. kind: who deals
    with whom, where marks of the whole story tell it."""
    rulebook, lines = router.rulebook, story.lines
    meanings: dict[tuple[str, str], Reading] = {}
    ours = own_states(lines, story.analysis.places)
    given = not directions_in(lines).isdisjoint({SHARE, USE})
    unsure = open_who_asks(lines)
    for line in lines:
        for phrase in kinds_in(line):
            topic = STATE if phrase.topic in PLACES else phrase.topic
            targets = phrase.mention.targets
            if asks_as_ours(line, phrase, ours):
                targets = () if given else (REQUEST,)  # what we were given is asked for by another of us
            elif phrase.topic == KIND and unsure and ANSWER in targets:
                targets = (REQUEST, ANSWER)  # it may be ours: both are offered
            for value in targets if topic not in (MEASURE, HOLDER) else ():
                _add(router, meanings, line.sentence.quoted(phrase.mention), topic, value)
    for want in story.wants:
        if want.kind:  # also where the sentence tells another in words of more weight
            _add(router, meanings, want.kind_words, KIND, want.kind)
    if not any(phrase.topic == KIND for line in lines for phrase in (*line.phrases, *line.denied)):
        asked_of_a_state = {measure.id for measure in offered(rulebook, REQUEST)}
        acts, by_deeds = story.analysis.acts, set(rulebook.words.story.get("told_by_deeds", ()))
        for number, line in enumerate(lines):
            for phrase in line.of(MEASURE) if line.asks or line.begins else ():
                named = acts.only_theirs(number, phrase) and not acts.of_pronoun(number, phrase)
                if named and by_deeds.isdisjoint(phrase.mention.targets):
                    continue  # what somebody wishes who is no office is not yet what we ask for
                if not asked_of_a_state.isdisjoint(phrase.mention.targets):
                    _add(router, meanings, line.sentence.quoted(phrase.mention), KIND, REQUEST)
    read = {fact for fact, _ in meanings}
    for line in lines:
        for phrase in line.denied:
            negative = _negative(rulebook.facts.get(phrase.topic), phrase.mention.targets)
            tells = phrase.topic not in rulebook.words.story.get("denied_tells_nothing", ())
            if (
                negative
                and tells
                and phrase.topic not in read
                and not line.sentence.prevented(phrase.mention)
            ):
                _add(router, meanings, line.sentence.quoted(phrase.mention), phrase.topic, negative)
    roles = frozenset(rulebook.words.story.get("roles_of_people", ()))
    kinds = {kind} - {""} or {value for fact, value in meanings if fact == KIND}
    used = kinds == {USE}
    nothing = roles if used or not _done_with_somebody(rulebook, story.wants) else _counted(story, roles)
    if _only_of_who_did_it(rulebook, story.wants):
        nothing |= frozenset(rulebook.words.story.get("never_sought", ()))  # `the victim will give evidence`
    elsewhere = _of_other_needs(rulebook, kinds) | _of_other_measures(rulebook, story.wants, given)
    by_crime = dangers_by_crime(rulebook, story)
    fitting = [it for it in meanings.values() if it.fact not in elsewhere and it.value not in nothing]
    fitting = [it for it in fitting if not (it.phrase in by_crime and _is_danger(rulebook, it))]
    fitting = [it for it in fitting if not _is_of_who_asks(rulebook, it, kinds)]
    others = children_of_others(rulebook, story.lines, story.analysis.acts, story.wants)
    fitting = [it for it in fitting if (it.fact, it.phrase) not in others]
    order = {topic: place for place, topic in enumerate((STATE, KIND, *rulebook.facts))}
    fitting.sort(key=lambda item: order[item.fact])
    firm = tuple(it for it in fitting if not _yields(rulebook, it, meanings))
    return firm, tuple(it for it in fitting if it not in firm)


def _only_of_who_did_it(rulebook: Rulebook, wants: Iterable[Want]) -> bool:
    """Whether all that is wished is sought of whoever did it, as an arrest is."""
    measures = {measure for want in wants if not want.asked for measure in want.measures}
    return bool(measures) and measures <= set(rulebook.words.story.get("of_who_did_it", ()))


def _is_danger(rulebook: Rulebook, read: Reading) -> bool:
    return read.fact in rulebook.facts and read.value in rulebook.facts[read.fact].urgent


def gravest(fact: Fact, readings: Iterable[Reading]) -> list[Reading]:
    """Of several dangers that are told the gravest, in a list; an empty one where none is told."""
    grave = [it for it in readings if it.value in fact.urgent]
    return sorted(grave, key=lambda it: fact.urgent.index(it.value))[:1]


def dangers_by_crime(rulebook: Rulebook, story: Story) -> tuple[str, ...]:
    """The words for a danger that are those for a crime, where a story tells that such a danger is over, or
    that there is none, and tells of none in other words: `kidnapping, the victim is back home`, but not
    `armed men took him, the voice is that of another kidnapping, nobody was hurt there`."""
    words, facts = rulebook.words, rulebook.facts
    cues = (*words.story.get(ENDED, ()), *words.story.get("ended_before", ()))
    dangers = [
        (line.sentence.quoted(phrase.mention), phrase)
        for line in story.lines
        for phrase in line.phrases
        if phrase.topic in facts and facts[phrase.topic].urgent
    ]
    of_crime = [(quoted, phrase) for quoted, phrase in dangers if words.whole(OFFENCE, quoted)]
    named = {(it.topic, value) for _, it in of_crime for value in it.mention.targets}
    safe = any(
        any((it.topic, value) in named for it in line.denied for value in it.mention.targets)
        or stands_in(line.sentence.words, cues)
        for line in story.lines
    )
    goes_on = any(
        (it.topic, value) in named
        for quoted, it in dangers
        if (quoted, it) not in of_crime
        for value in it.mention.targets
    )
    return tuple(quoted for quoted, _ in of_crime if safe and not goes_on)


def who_asks(phrase: str, kinds: Iterable[str]) -> tuple[Reading, ...]:
    """What a phrase tells of who asks whom; several where it may mean each of them."""
    return tuple(Reading(phrase, KIND, kind, _asks({}, KIND), SAYS_OF_KIND[kind]) for kind in kinds)


def _of_other_needs(rulebook: Rulebook, kinds: Collection[str]) -> frozenset[str]:
    """The facts that are only of kinds of need of which a story has none: how a request came is of an answer,
    unless it does not tell its kind; how material came is of its use."""
    story = rulebook.words.story
    only = ((ANSWER, "of_answers", bool(kinds)), (USE, "of_uses", True))
    return frozenset(
        fact for kind, key, sure in only if sure and kind not in kinds for fact in story.get(key, ())
    )


def _is_of_who_asks(rulebook: Rulebook, read: Reading, kinds: Collection[str]) -> bool:
    """Whether what would tell of the State that is asked is said of the one that asks: `charged here`, where
    we ask; `charged there`, where they do."""
    sides = {WHERE_WE_ARE[kind] for kind in kinds if kind in WHERE_WE_ARE}
    told_of = rulebook.words.story.get("of_the_asked_state", ())
    return len(sides) == 1 and read.fact in told_of and not sides.isdisjoint(tidy(read.phrase).split())


def _of_other_measures(rulebook: Rulebook, wants: Iterable[Want], given: bool) -> frozenset[str]:
    """The facts that are only of some kinds of measures of which a story needs none: a house is property
    where it is to be frozen, not where somebody in it is to be arrested. given: whether something was
    or is to be given, not asked for."""
    wanted = {name for want in wants for name in want.measures}
    groups = {rulebook.measures[name].group for name in wanted}
    return frozenset(
        fact
        for fact in rulebook.words.story.get("of_measures", ())
        if (wanted or given)
        and groups.isdisjoint(
            rulebook.measures[name].group for name in rulebook.facts[fact].told_by.get(MEASURE, ())
        )
    )


def _done_with_somebody(rulebook: Rulebook, wants: Iterable[Want]) -> bool:
    """Whether something is needed that is done with somebody, or nothing that a story tells."""
    groups = {rulebook.measures[name].group for want in wants for name in want.measures}
    return not groups or not groups.isdisjoint(rulebook.words.story.get("of_people", ()))


def _counted(story: Story, roles: Collection[str]) -> frozenset[str]:
    """Those of some roles that a story only tells of people whom it counts, of whom none is the one that is
    sought: `61 victims`, `victims 2 boys`."""
    needs = " ".join(want.phrase.casefold() for want in story.wants)
    met = [(line.sentence, phrase) for line in story.lines for phrase in line.phrases]
    counted = {
        role: all(
            any(
                word.isdecimal() or word in NUMBERS
                for word in sentence.words[max(0, at.start - 1) : at.end + 1]
            )
            and sentence.quoted(at).casefold() not in needs
            for sentence, at in ((sentence, it.mention) for sentence, it in met if role in it.mention.targets)
        )
        for role in roles
    }
    return frozenset(role for role, only in counted.items() if only)


def _yields(rulebook: Rulebook, read: Reading, meanings: Iterable[tuple[str, str]]) -> bool:
    """Whether a word tells something only where nothing else tells of that fact: who is a fugitive; or
    a value does, as the court that asks where its letter came by an embassy."""
    story = rulebook.words.story
    weak = tidy(read.phrase) in story.get("yields", ()) or read.value in story.get("values_yield", ())
    return weak and any(fact == read.fact and value != read.value for fact, value in meanings)


def _negative(fact: Fact | None, denied: tuple[str, ...]) -> str:
    """What is so of a fact where a value of it is denied; empty where the fact has no such value."""
    if fact is None or fact.type != "choice":
        return ""
    return next((value for value in (NONE, NO) if value in fact.values and value not in denied), "")


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
    if topic == STATE:
        return router.law.states.name(value) if value in router.law.states else ""
    if topic == KIND:
        return SAYS_OF_KIND.get(value, "")
    values = router.rulebook.facts[topic].values
    return (values[value] or value.replace("_", " ")) if value in values else ""
