"""What of a story stands in a clause that cannot tell it: what somebody else did or wishes, what we did or
can do ourselves, what may only come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from routing.case.deeds import IS, NOT_TOLD, US, Deed
from routing.core.domain import ANSWER, REQUEST, SHARE
from routing.rulebook.pronouns import PERSON, POSSESSIVE
from routing.rulebook.words import KIND, MEASURE
from routing.story.acts import WITH_US, Acts
from routing.story.clause_of_measure import TO, of_its_use, of_two_clauses, ours_alone
from routing.story.clauses import WANTED
from routing.story.coreference import COUNTRY
from routing.story.lines import HOLDER, Line
from routing.story.manners import HEARSAY, Weighed
from routing.story.sent_to_firms import sent_to_a_firm
from routing.story.sentences import Phrase
from routing.story.signatures import QUESTIONS

KNOW, BOYS = "know", "boys"


def done_by_others(
    story: Mapping[str, tuple[str, ...]], lines: Sequence[Line], acts: Acts, every: Sequence[Weighed]
) -> Iterator[Weighed]:
    """What somebody else did or wishes, which is asked of nobody: `he wiped his phone, we want him found`;
    but for what is told only by what was done, as that a child was taken away."""
    by_deeds, clues = set(story.get("told_by_deeds", ())), set(story.get("clues", ()))
    measures = [it for it in every if it.phrase.topic == MEASURE]
    asked = any(it.phrase.topic == KIND and ANSWER in it.phrase.mention.targets for it in every)
    of_others = [
        it
        for it in measures
        if acts.of_others(it.line, it.phrase)
        and not _asked_what(lines[it.line], acts.deeds[it.line], it.phrase)
        and not _asked_of_us(story, lines[it.line], it.phrase)
        and not (asked and acts.of_pronoun(it.line, it.phrase))
        and by_deeds.isdisjoint(it.phrase.mention.targets)
        and clues.isdisjoint(lines[it.line].sentence.words[place] for place in it.phrase.places)
    ]
    wanted = [
        it
        for it in measures
        if it.says == WANTED or acts.of_our_wish(it.line, it.phrase)
        if not any(it is foreign for foreign in of_others)
    ]
    asked_for = {target for it in wanted for target in it.phrase.mention.targets}
    for it in of_others:
        unasked = bool(wanted) and not asked_for.issuperset(it.phrase.mention.targets)
        if unasked or acts.feared(it.line, it.phrase) or ours_alone(lines[it.line], acts, it.line, it.phrase):
            yield it


def _asked_what(line: Line, deeds: Sequence[Deed], phrase: Phrase) -> bool:
    """Whether a phrase stands in what we wish to know, a question right after our wish, or listed after it:
    `also need who registered the lines`, `we need now: who uses it, is he known there`."""
    sentence, start = line.sentence, phrase.mention.start
    wishes = [
        wish
        for wish in sentence.wishes
        if wish < start and all(it.who in (US, NOT_TOLD) for it in deeds if it.start <= wish < it.end)
    ]
    asks = {at for at, word in enumerate(sentence.words) if word in QUESTIONS}
    clauses = (it for it in deeds if it.start <= start < it.end)
    return bool(wishes) and any(
        not asks.isdisjoint((it.start - 1, it.start, wishes[-1] + 1)) for it in clauses
    )


def _asked_of_us(story: Mapping[str, tuple[str, ...]], line: Line, phrase: Phrase) -> bool:
    """Whether a phrase says what they ask us to do: `a letter came, asking us to hear the driver`."""
    words, asking = line.sentence.words, story.get("asking", ())
    return any(
        words[place] in asking and words[place + 1] in WITH_US and words[place + 2] == TO
        for place in range(phrase.mention.start - 2)
    )


def of_another_act(
    story: Mapping[str, tuple[str, ...]], lines: Sequence[Line], acts: Acts, every: Sequence[Weighed]
) -> Iterator[Weighed]:
    """What stands in a clause that cannot tell it: who asks whom where somebody else is asked, what something
    is for where we tell what we do ourselves (`we will arrest him`), a stage where it may only come."""
    only_wished, if_so = set(story.get("only_wished", ())), set(story.get("not_if_so", ()))
    of_whom = set(story.get("of_whom", ()))
    ours_got = set(story.get("not_of_ours_got", ()))
    roles = {
        it.phrase.topic for it in every if it.phrase.topic in of_whom and acts.of_our_wish(it.line, it.phrase)
    }
    asked = any(it.phrase.topic == KIND and ANSWER in it.phrase.mention.targets for it in every)
    others = any(it.phrase.topic == MEASURE and not acts.we_may(it.line, it.phrase) for it in every)
    children = set(story.get("tells_of_children", ()))
    sent = set(story.get("of_what_we_sent", ()))
    for it in every:
        topic, targets = it.phrase.topic, it.phrase.mention.targets
        if topic == MEASURE and it.phrase.mention.asked and acts.done(it.line, it.phrase):
            if not lines[it.line].asks:
                yield it  # a phrase that tells something only where it is wished
        elif topic == MEASURE and asked and others and acts.we_may(it.line, it.phrase):
            yield it  # `they want him, we can take the case here`
        elif topic == MEASURE and (
            of_its_use(lines[it.line], acts, it.line, it.phrase)
            or of_two_clauses(story, lines[it.line], acts, it.line, it.phrase)
        ):
            yield it  # `we would like to use it in court`
        elif topic in sent and sent_to_a_firm(story, lines, it.line):
            yield it  # `we wrote to the bank, and got no reply`
        elif topic in children:
            if _beside_the_case(lines[it.line], acts, it):
                yield it
        elif topic == HOLDER and acts.somebody_wishes(it.line, it.phrase) and not lines[it.line].asks:
            yield it
        elif topic in roles and not acts.wished(it.line, it.phrase):
            yield it  # `hear the parents as witnesses; the suspect is in custody`
        elif topic == KIND and ANSWER in targets:
            named = it.phrase.mention.phrase.startswith(COUNTRY) and HEARSAY not in it.manners
            if acts.asks_another(it.line, it.phrase) and not (named and acts.of_somebody(it.line, it.phrase)):
                yield it
            elif it.phrase.mention.phrase.split()[0] in PERSON and not acts.office_before(it.line):
                yield it  # `he asks to serve the rest at home`: no office was named that `he` may be
        elif topic == KIND and targets == (SHARE,) and acts.may_only_be(it.line, it.phrase):
            if KNOW in it.phrase.mention.phrase.split():
                yield it  # `their colleagues may know the car`
        elif topic == KIND and targets == (REQUEST,):
            if acts.ours(it.line, it.phrase) and not lines[it.line].asks:
                yield it
        elif (
            (topic in only_wished and acts.done(it.line, it.phrase) and not lines[it.line].asks)
            or (topic in if_so and acts.only_if_so(it.line, it.phrase))
            or (topic in ours_got and ours_alone(lines[it.line], acts, it.line, it.phrase))
            or (topic in ours_got and acts.asks_another(it.line, it.phrase))
        ):
            yield it


def _beside_the_case(line: Line, acts: Acts, it: Weighed) -> bool:
    """Whether a child is only one that somebody has (`her boy is six`), or a word for men (`the boys who did
    it`): not one to whom something is done, or of whom something is wished."""
    sentence, start = line.sentence, it.phrase.mention.start
    raw = sentence.raws[start]
    led = [word.casefold() for word in sentence.run[max(0, raw - 2) : raw]]
    clauses = acts.of(it.line, it.phrase)
    if led[-1:] == ["the"] and sentence.run[raw].casefold() == BOYS and it.phrase.words == 1:
        return led[:1] == ["of"] or [*sentence.words[start + 1 : start + 2]] == ["who"]
    measured = any(
        clause.start < it.mention.end and it.mention.start < clause.end
        for it in line.of(MEASURE)
        for clause in clauses
    )
    owned = led[-1:] != [] and led[-1] in POSSESSIVE
    return owned and not measured and all(clause.says == IS for clause in clauses)
