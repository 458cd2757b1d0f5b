"""What a story asks for: each need with who holds what is sought and with its State, to be confirmed.

A State is taken from the words beside a need. Where a company works in many States, nothing is guessed: the
person is asked where it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import partial

from routing.core.domain import ANSWER, REQUEST, SHARE, USE
from routing.core.records import replace
from routing.rulebook.measures_meant import ASKED_OF_A_STATE, offered
from routing.rulebook.model import Rulebook
from routing.rulebook.words import KIND, MEASURE
from routing.story.acts import Acts
from routing.story.analysis import Analysis
from routing.story.asked_needs import (
    NO_MORE,
    MayNeed,
    in_question,
    is_needed,
    of_each_wish,
    perhaps_needed,
    plainly_asked,
)
from routing.story.clauses import IS_SO, WANTED, Clauses
from routing.story.direction import directions_in, only_shares, open_who_asks
from routing.story.heard_as import asked_abroad, heard_as
from routing.story.holders import BY_WHICH, holder_of, holders_of
from routing.story.kinds import Kinds, OfKind
from routing.story.lines import HOLDER, Line
from routing.story.needs import Holder, Needed, Want, of_ours
from routing.story.needs_by_direction import with_those_of_a_kind
from routing.story.places import Place
from routing.story.repeated_needs import with_the_same
from routing.story.requesting_state import asker_of
from routing.story.sentences import Phrase
from routing.story.signatures import OFFENCE, WE
from routing.story.whereabouts import Discourse, only_state
from routing.story.wished import with_wishes

ACCOUNT, SUBSCRIBER = "account", "subscriber"
SHORT = 2  # words that may be there by chance
NEGATED = 3  # words of `we do not`, before `want`


def wants_of(rulebook: Rulebook, read: Analysis, may: MayNeed = NO_MORE) -> tuple[Want, ...]:
    """The needs that the sentences of a story tell of, in its order, and after them those that it may need.
    may: what it may need where it does not say so."""
    lines, places, acts = read.lines, read.places, read.acts
    named = [place for of_line in places for place in of_line]
    express = frozenset(place.state for place in named if place.own_words)
    ours = express or frozenset(place.state for place in named if place.ours)
    ours |= {state for state in read.home[:1] if state}
    asker = asker_of(lines, places, ours)
    elsewhere = frozenset(number for number, named_there in enumerate(places) if _left_out(named_there, ours))
    if any(not place.aside and place.state not in ours for place in named):
        places = tuple(tuple(place for place in of_line if not place.aside) for of_line in places)
        named = [place for of_line in places for place in of_line]
    others = {place.state for place in named} - ours
    homes = {place.state for place in named if place.home} - ours
    discourse = Discourse(lines, places, ours, only_state(others), only_state(homes), asker, elsewhere)
    holders = tuple(holders_of(rulebook, discourse))
    clauses = Clauses(rulebook, lines)
    needs = tuple(_measured(rulebook, discourse, holders, clauses, acts, read.kinds))
    needs = tuple(heard_as(rulebook, lines, needs))
    by_deeds = frozenset(rulebook.words.story.get("told_by_deeds", ()))
    measured = tuple(_of_what_is_wanted(needs, clauses.wanting, places, by_deeds))
    measured = tuple(_where_it_adds(acts, measured, places))
    wanted: dict[tuple[object, ...], Want] = {}
    unsure = open_who_asks(lines)
    needed = [
        need if is_needed(acts, lines, need, measured, by_deeds) else in_question(rulebook, discourse, need)
        for need in measured
    ]
    firm = any(not (it.want.asked or acts.if_it_is_so(it.line, it.place)) for it in needed)
    needed = [
        in_question(rulebook, discourse, it) if firm and acts.if_it_is_so(it.line, it.place) else it
        for it in needed
    ]
    measure = partial(
        _measured, rulebook, holders=holders, clauses=clauses, acts=acts, kinds=read.kinds, met=True
    )
    needed += perhaps_needed(rulebook, discourse, may, needed, measure)
    needed += of_each_wish(rulebook, discourse, may, needed, acts, measure)
    needed = plainly_asked(acts, lines, measured, needed, by_deeds, may)
    needed = asked_abroad(rulebook, discourse, [*with_the_same(rulebook, discourse, needed)], holders)
    of_needs = {id(need.holder) for need in needed}
    there = {(need.want.holder, need.want.state) for need in needed}
    bare = (
        holder
        for holder in holders
        if id(holder) not in of_needs and _leads(discourse, holder)
        if holder.everywhere or (holder.value, holder.state) not in there
        if holder.words.casefold() not in {need.want.held_by.casefold() for need in needed}
    )
    denied = _denied(lines)
    needed = [need for need in needed if not need.want.asked or denied.isdisjoint(need.want.measures)]
    needed = [*with_wishes(acts, lines, needed)]
    for want in (*(need.want for need in needed), *(_bare(rulebook, holder) for holder in bare)):
        if unsure:
            want = replace(want, state="")  # it is there or there, as we are asked or ask
        key = (want.measures, want.state) if want.measures else (want.held_by.casefold(), want.state)
        same = wanted.get(key)
        if same and want.kind and same.kind and want.kind != same.kind:
            key = (*key, want.kind)  # they ask us for the same that we ask them for
            same = wanted.get(key)
        if same is None or (same.asked and not want.asked):
            wanted[key] = want
        elif want.kind and not same.kind:
            wanted[key] = replace(same, kind=want.kind, kind_words=want.kind_words)
    return with_those_of_a_kind(rulebook, discourse, read.kinds, tuple(wanted.values()))


def _denied(lines: Iterable[Line]) -> frozenset[str]:
    """The measures that we say are not wanted: none of them is a guess at what we may need."""
    ours = (it for it in lines if it.sentence.pleads or _we_wish(it))
    phrases = (phrase for line in ours for phrase in line.denied if phrase.topic == MEASURE)
    return frozenset(measure for phrase in phrases for measure in phrase.mention.targets)


def _we_wish(line: Line) -> bool:
    """Whether a sentence tells of a wish of ours, also of what we do not want."""
    words = line.sentence.words
    return any([word] in WE for wish in line.sentence.wishes for word in words[max(0, wish - NEGATED) : wish])


def _left_out(named: tuple[Place, ...], ours: frozenset[str]) -> bool:
    """Whether a sentence names a State, and beside our own none but such of which nothing is wanted."""
    others = [place for place in named if place.state not in ours]
    return bool(others) and all(place.left_out for place in others)


def _measured(
    rulebook: Rulebook,
    discourse: Discourse,
    holders: tuple[Holder, ...],
    clauses: Clauses,
    acts: Acts,
    kinds: Kinds,
    met: bool = False,
) -> Iterator[Needed]:
    """The needs for which the story names a measure, each with who holds what is sought. met: whether what is
    found are clues that meet."""
    companies, open_to = rulebook.words.story.get("companies", ()), _open(rulebook, discourse)
    asked_of = discourse.asked_of(rulebook)
    else_than = (
        frozenset()
        if _of_children(rulebook, discourse)
        else frozenset(rulebook.words.story.get("of_children", ()))
    )
    asked_us = any(ANSWER in kind.mention.targets for line in discourse.lines for kind in line.of(KIND))
    by_deeds = set(rulebook.words.story.get("told_by_deeds", ()))
    told_only = only_shares(discourse.lines)
    for number, line in enumerate(discourse.lines):
        sentence = line.sentence
        asks = not told_only or sentence.wishes or sentence.asks or sentence.pleads
        for phrase in line.of(MEASURE) if asks else ():
            meant = (
                _of_account(rulebook, line, phrase, _until(holders, phrase, number)) or phrase.mention.targets
            )
            measures = tuple(name for name in meant if name in open_to)
            measures = tuple(name for name in measures if name not in else_than) or measures
            if (
                not measures
                or (of_ours(phrase, line) and not met)
                or line.describes_people(phrase)
                or _names_a_company(phrase, line, companies)
            ):
                continue
            kind = kinds.of(number, phrase, measures)
            measures = kinds.offered(measures, kind)
            holder = holder_of(rulebook, measures, number, holders)
            group = rulebook.measures[measures[0]].group
            of_person = group in rulebook.words.story.get("of_people", ())
            near = not of_person and any(it.everywhere and it.line == number for it in holders)
            near = near and (holder is None or holder.everywhere)
            elsewhere = _not_asked_of_us(rulebook, discourse, acts, number, phrase, kind, kinds.several)
            asked = "" if elsewhere else discourse.asker
            states = (asked,) if asked else discourse.states_near(rulebook, phrase, number, near, of_person)
            if each := discourse.each_of_them(rulebook, phrase, number):
                states = each
            if not states:
                has_place = holder is not None and (holder.state or holder.everywhere)
                states = (
                    holder.state
                    if holder and has_place
                    else discourse.state_elsewhere(rulebook, phrase, number, near, of_person),
                )
            wished = line.wishes or acts.of_our_wish(number, phrase)
            if not (asked or wished) and asked_of and asked_of.isdisjoint(states):
                states = (only_state(asked_of),)  # `prints on a knife in this town. Is he known in that one?`
            if holder and holder.everywhere and not any(states):
                states = (discourse.seat_of_company,)
            left = number in discourse.elsewhere and not asked
            within = any(place.start in phrase.places for place in discourse.places[number])
            seat = of_person and not (asked or within)  # not `where the phone is in that State`
            seat = seat and not discourse.only_of_firms.isdisjoint(states)
            if left or seat:
                states = ("",)  # no other State has what is told of one that is no party
            for state in states:
                want = Want(
                    line.sentence.quoted(phrase.mention),
                    measures,
                    "",
                    holder.value if holder else rulebook.measures[measures[0]].presumes.get(HOLDER, ""),
                    holder.words if holder else "",
                    state,
                    kind=kind.kind,
                    kind_words=kind.words,
                    anywhere=seat or (holder is not None and holder.everywhere),
                )
                ours = asked_us and _of_what_we_may(rulebook, line, phrase)
                theirs = acts.only_theirs(number, phrase) and by_deeds.isdisjoint(measures)
                theirs = theirs and not (asked_us and acts.of_pronoun(number, phrase))
                office = not asked_us and acts.of_an_office(number, phrase, discourse.ours)
                office = office or left
                says = (
                    IS_SO
                    if ours or theirs or office or acts.they_may(number, phrase)
                    else clauses.of(number, phrase)
                )
                words = 0 if ours else max(phrase.words, SHORT + 1) if office else phrase.words
                yield Needed(want, holder, says, words, number, phrase.mention.start)


def _not_asked_of_us(
    rulebook: Rulebook,
    discourse: Discourse,
    acts: Acts,
    number: int,
    phrase: Phrase,
    kind: OfKind,
    several: bool,
) -> bool:
    """Whether a need is not one that the other State asks of us: of another kind, or what we wish ourselves.

    phrase: what tells the need, in the sentence of this number. kind: of the need. several: whether a story
    tells of needs of several kinds.
    """
    if kind.kind:
        return kind.kind != ANSWER
    if several and discourse.states_near(rulebook, phrase, number, near=False):
        return True  # who asks whom is open, and the words beside it say where it is
    request = any(REQUEST in it.mention.targets for it in discourse.lines[number].of(KIND))
    return request or (bool(discourse.places[number]) and acts.of_our_own_wish(number, phrase))


def _of_what_is_wanted(
    needs: tuple[Needed, ...],
    wanting: bool,
    places: tuple[tuple[Place, ...], ...],
    by_deeds: frozenset[str],
) -> Iterator[Needed]:
    """The needs without those that are only mentioned where another part of a story says what is wanted: the
    same, which then is sought where the other part says, or another where few words name this one. What is
    wanted in one sentence that names no State is wanted of the same. by_deeds: measures that are told
    only by what was done, which stay where no measure is wanted."""
    wanted = [need for need in needs if need.says == WANTED]
    aside = [need for need in needs if need.says != WANTED and (wanted or wanting)]
    for need in needs:
        same = [it for it in aside if not set(it.want.measures).isdisjoint(need.want.measures)]
        states = {it.want.state for it in same if it.want.state}
        if need not in aside:
            state = need.want.state or ("" if need.want.anywhere else only_state(states))
            if not (state or need.want.anywhere or places[need.line]):
                state = only_state({it.want.state for it in wanted if it.line == need.line and it.want.state})
            yield replace(need, want=replace(need.want, state=state))
            continue
        named = any(not set(it.want.measures).isdisjoint(need.want.measures) for it in wanted)
        done = not wanted and not by_deeds.isdisjoint(need.want.measures)
        if done or (need.words > SHORT and not named):
            yield need


def _where_it_adds(
    acts: Acts, needs: tuple[Needed, ...], places: tuple[tuple[Place, ...], ...]
) -> Iterator[Needed]:
    """The needs, where one that a sentence only adds is sought where those of the sentence before are: `Also
    his bank statements`."""
    for need in needs:
        adds = not (need.want.state or places[need.line]) and acts.adds_to_wish(need.line, need.place)
        state = only_state({it.want.state for it in needs if it.line == need.line - 1}) if adds else ""
        yield replace(need, want=replace(need.want, state=state)) if state else need


def _of_what_we_may(rulebook: Rulebook, line: Line, phrase: Phrase) -> bool:
    """Whether a sentence asks what we ourselves may or must do with what came, which is not what we are asked
    for: `can I send it back?`"""
    sentence = line.sentence
    came = set(rulebook.words.story.get("what_came", ()))
    pointed = not came.isdisjoint(sentence.words[phrase.mention.start : phrase.mention.end])
    return pointed and sentence.asks and any([word] in WE for word in sentence.words[1:2])


def _of_children(rulebook: Rulebook, discourse: Discourse) -> bool:
    """Whether a story tells of a child, or of somebody else who cannot come back alone."""
    telling = rulebook.words.story.get("tells_of_children", ())
    return any(line.of(*telling) for line in discourse.lines)


def _names_a_company(phrase: Phrase, line: Line, companies: Collection[str]) -> bool:
    """Whether words only name a company, or by which of its services something is done: `by Proton mail`."""
    place = phrase.mention.start
    led = line.sentence.words[max(0, place - 2) : place]
    by = phrase.words == 1 and len(led) == 2 and led[0] in BY_WHICH and led[1] in companies
    return by or phrase.mention.phrase in companies


def _until(holders: Iterable[Holder], phrase: Phrase, number: int) -> Iterator[Holder]:
    """Those who are named before the end of a phrase of a sentence."""
    last = (number, phrase.mention.end)
    return (holder for holder in holders if (holder.line, holder.phrase.mention.start) < last)


def _of_account(rulebook: Rulebook, line: Line, phrase: Phrase, before: Iterable[Holder]) -> tuple[str, ...]:
    """The measure by which one asks who has an account, of the holder that was named last: `the coins went to
    an exchange. Who is behind the account?` None where it is the one of whom this is asked anyhow."""
    asked = [rulebook.measures[name] for name in phrase.mention.targets]
    words = line.sentence.words[phrase.mention.start : phrase.mention.end]
    names = frozenset(rulebook.words.story.get("of_accounts", ()))
    if ACCOUNT not in words or any(
        it.presumes.get("data_category") != SUBSCRIBER and it.id not in names for it in asked
    ):
        return ()
    of_accounts = {rulebook.measures[name].presumes.get(HOLDER): (name,) for name in sorted(names)}
    if len(asked) > 1:  # the words leave open of whom, so that each that may be meant is asked for
        of_accounts |= {it.presumes.get(HOLDER): (it.id,) for it in asked}
    usual = {it.presumes.get(HOLDER) for it in asked}
    named = [holder.value for holder in before if holder.value in usual.union(of_accounts)]
    own = line.of(HOLDER) if len(asked) == 1 and asked[0].id in names else ()
    if any(phrase.mention.targets[0] in of_accounts for phrase in own):
        return ()  # `the bank records and the holder of the wallet`: the sentence says itself of whom
    return of_accounts.get(named[-1], ()) if named else ()


def _open(rulebook: Rulebook, discourse: Discourse) -> frozenset[str]:
    """The measures that are offered in a kind of need that the story tells of; where it tells of none, those
    that one State asks of another."""
    kinds = directions_in(discourse.lines)
    asked: set[str] = set() if kinds == {USE} else set(ASKED_OF_A_STATE)
    if not kinds:
        asked.add(SHARE)  # nothing says yet who tells whom
    return frozenset(measure.id for kind in kinds | asked for measure in offered(rulebook, kind))


def _leads(discourse: Discourse, holder: Holder) -> bool:
    """Whether a holder leads to a need by itself: not where it is a part of what a measure or a crime is
    called: `the robbery of a bank`; nor one in a State that is only told something, or told as what was."""
    line = discourse.lines[holder.line]
    in_name = any(holder.phrase.within(it) for it in line.of(MEASURE, OFFENCE))
    return holder.everywhere or not (in_name or only_shares(discourse.lines) or line.was(holder.phrase))


def _bare(rulebook: Rulebook, holder: Holder) -> Want:
    return Want(holder.words, (), _group(rulebook, holder.value), holder.value, holder.words, holder.state)


def _group(rulebook: Rulebook, holder: str) -> str:
    """The plain group in which most is offered that such a holder has."""
    groups = Counter(
        measure.group for measure in rulebook.measures.values() if measure.presumes.get(HOLDER) == holder
    )
    best = groups.most_common(1)
    return rulebook.measure_groups.get(best[0][0], "") if best else ""
