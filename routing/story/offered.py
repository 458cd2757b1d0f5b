"""What a story offers to confirm: the page shows it to be ticked, a case file holds it as lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from routing.case.danger_lines import tells_no_danger
from routing.case.denied_lines import answer_in
from routing.case.under_a_name import told_under_a_name
from routing.core.domain import ANSWER, NO, REQUEST, USE
from routing.core.grouping import grouped
from routing.core.printable import in_quotes
from routing.core.records import Record, replace
from routing.rulebook.mentions import Mention
from routing.rulebook.words import KIND, MEASURE, NATIONALITY, STATE, TOWN
from routing.story.dangers_met import near_danger
from routing.story.day_of_writing import without_day_of_writing
from routing.story.deadline import due, due_by_name, with_own_times
from routing.story.dealing import Dealing, dealing_of
from routing.story.direction import directions_in
from routing.story.lined_story import LinedStory, story_of_lines
from routing.story.lines import Line, lines
from routing.story.mentioned import Mentioned, mentioned
from routing.story.needs import Want
from routing.story.people_places import went_there
from routing.story.person_told import OfPerson, told_of_person
from routing.story.places import places_of
from routing.story.questions import asked_of_the_way, questions
from routing.story.reader import Story, story_of
from routing.story.readings import Reading, split_readings, who_asks
from routing.story.sides import OWN, THEIRS, Side, named_sides, sides_of
from routing.story.sure_needs import unsure_needs
from routing.story.unread import Frame, leaves_wish, passed_over, unread, unread_wishes
from routing.story.written import LONGEST_STORY, as_far_as_read

if TYPE_CHECKING:
    from routing.opened import Router


WITH = "with"
"""The part of a need that names the other State, as a case file calls it."""
SHOWN_OF_REST = 60  # letters of what is not read, so that one sees where it begins
CITIZEN = "Of which State is the person a citizen?"
CITIZENS = frozenset({"citizen", "national", "nationality"})


class Offered(Record):
    """What a story offers.

    states: the States it names; sides: on which side those stand of which it says so; wants: what it
    needs, or may need; facts: what else it tells; people: of which States somebody is a citizen; mentioned:
    what it names in doubt, as past or of something else; unread, passed_over: the words that were not
    understood, and those that were and are not used; away: States that are not ours, as somebody went there,
    is there, or is of there; questions: what the story asks of the way itself, which a plan answers; asked:
    its other questions, which no plan answers in words; rest: what was not read, as the story is too long;
    dealing: who deals with whom, None where lines say it; unsure: the words of needs that are not surely
    read; wishes_unread: the sentences of which no more is read than that we wish something; leaves_wish:
    whether what was not used asks something, or says that we wish something; near_danger: the words that may
    tell of a danger, where none is read; told_of: what it tells of the person sought.
    """

    states: tuple[Reading, ...]
    sides: tuple[Side, ...]
    wants: tuple[Want, ...]
    facts: tuple[Reading, ...]
    people: tuple[Reading, ...]
    mentioned: tuple[Mentioned, ...]
    unread: tuple[str, ...]
    passed_over: tuple[str, ...]
    away: frozenset[str] = frozenset()
    questions: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    rest: str = ""
    dealing: Dealing | None = None
    unsure: frozenset[str] = frozenset()
    wishes_unread: tuple[str, ...] = ()
    leaves_wish: bool = False
    near_danger: str = ""
    told_of: OfPerson = OfPerson()

    @property
    def own(self) -> str:
        """Our State; empty where the story does not say."""
        return next((it.state for it in self.sides if it.side == OWN), "")

    @property
    def partner(self) -> str:
        """The one other State; empty where the story does not say."""
        others = [it.state for it in self.sides if it.side == THEIRS]
        return others[0] if len(others) == 1 else ""

    @property
    def cut_off(self) -> str:
        """That a part of the story was not read, and which; empty where all was."""
        if not self.rest:
            return ""
        begins = self.rest if len(self.rest) <= SHOWN_OF_REST else f"{self.rest[:SHOWN_OF_REST]}..."
        return (
            f"No more than the first {LONGEST_STORY:,} letters of a story are read. Not read, of this one:"
            f" {in_quotes(begins)} ({len(self.rest):,} letters). Shorten the story, and tell dangers first."
        )

    @property
    def needed(self) -> tuple[Want, ...]:
        """What the story says is needed, where it says what that is."""
        return tuple(want for want in self.wants if want.measures and not want.asked)

    @property
    def perhaps(self) -> tuple[Want, ...]:
        """What it may need, and does not say."""
        return tuple(want for want in self.wants if want.measures and want.asked)

    @property
    def left(self) -> dict[str, list[str]]:
        """The words of each wish of ours that no need answers, with the measures that it may mean."""
        needed = {name for want in self.needed for name in want.measures}
        wished = (it for it in self.perhaps if it.wished and needed.isdisjoint(it.measures))
        named = grouped((want.phrase, name) for want in wished for name in want.measures)
        return {**named, **{words: [] for words in self.wishes_unread}}

    def beside(self, open_to: Collection[str] = ()) -> tuple[Reading, ...]:
        """The States that it names and that are on no side and of no need. open_to: those that are asked
        about."""
        to_partner = not self.needed or any(not (it.state or it.anywhere) for it in self.needed)
        partner = {self.partner} if to_partner else set[str]()
        used = {self.own, *partner, *(want.state for want in self.wants), *open_to}
        return tuple(it for it in self.states if it.value not in used)

    def phrases(self) -> dict[tuple[str, str], str]:
        """The words for each value of a fact, and of a part of a case, that is read."""
        states = {item.value: item.phrase for item in self.states}
        return {
            **{(item.fact, item.value): item.phrase for item in self.facts},
            **{(WITH, state): phrase for state, phrase in states.items()},
            **{(STATE, it.state): it.phrase or states.get(it.state, "") for it in self.sides},
            **{(MEASURE, it.measures[0]): it.phrase for it in self.needed},
        }


def offered_by(router: Router, text: str, day: date) -> Offered:
    """What a story offers, or a file of lines.

    day: from which times are counted.
    """
    needed = router.rulebook.clocks.needed
    unnamed = partial(tells_no_danger, router.rulebook)
    words = router.rulebook.words
    seen, rest = as_far_as_read(without_day_of_writing(words.story, told_under_a_name(words, text)))
    lined = story_of_lines(seen, router.rulebook.words, router.law.states, unnamed, needed)
    story = story_of(router, lined.text, day)
    is_open = len(lined.kinds) > 1
    sides = () if is_open else _with_known(sides_of(router.rulebook, story), lined.sides)
    own, words_for_own = next(((it.state, it.phrase) for it in sides if it.side == OWN), ("", ""))
    dealing = (
        None if lined.kinds else dealing_of(words.story, story.analysis, own, in_words=bool(words_for_own))
    )
    read, yielded = split_readings(
        router, story, dealing.kind if dealing and dealing.kind in (USE, ANSWER) else ""
    )
    beside = mentioned(router, story, read, yielded)
    shown = {item.phrase for item in beside}
    facts = tuple(item for item in read if item.fact != STATE)
    if is_open or not any(item.fact == KIND for item in facts):
        facts = (*who_asks(lined.who, lined.kinds), *(item for item in facts if item.fact != KIND))
    times = _due(router, lined, story, day)
    wants = tuple(with_own_times(router.rulebook, story.lines, story.wants, times, day))
    asked = tuple(
        it for line in story.lines for it in asked_of_the_way(router.rulebook.words.story, line.sentence)
    )
    if any(it.side == THEIRS for it in named_sides(story)):  # also of what a company has that works in many
        wants = tuple(replace(want, anywhere=False) for want in wants)
    unsure = (
        frozenset[str]() if lined.of_case else frozenset(unsure_needs(router.rulebook, story.lines, wants))
    )
    read_times = (*(it.phrase for it in times), *(it.due for it in wants if it.due), *asked)
    of_wants, frame = _words_of(wants), _frame(router)
    needs = [it.phrase for it in wants if it.measures and not it.asked and it.phrase not in unsure]
    own_wish = directions_in(story.lines) <= {REQUEST}
    not_used = unread(story.lines, story.analysis.acts, read_times, of_wants, frame)
    return Offered(
        tuple(item for item in read if item.fact == STATE),
        sides,
        tuple(replace(want, state="") for want in wants) if is_open else wants,
        (*facts, *times),
        tuple(_people(router, story.lines)),
        beside,
        not_used,
        tuple(phrase for phrase in passed_over(story.lines) if phrase not in {*shown, *asked}),
        frozenset(_away(router, story)),
        asked,
        tuple(questions((line.sentence for line in story.lines), needs, asked)),
        rest,
        dealing,
        unsure,
        tuple(unread_wishes(story.lines, story.analysis.acts, read_times, of_wants, frame))
        if own_wish
        else (),
        leaves_wish((it for it in not_used if it not in asked), words.story.get("wishing", ())),
        "" if tells_danger(router, facts) else near_danger(router.rulebook.words.story, story.lines),
        told_of_person(router.rulebook, story.lines, day),
    )


def tells_danger(router: Router, facts: Iterable[Reading]) -> bool:
    """Whether a danger is told that presses."""
    by_id = router.rulebook.facts
    return any(it.fact in by_id and it.value in by_id[it.fact].urgent for it in facts)


def _words_of(wants: Iterable[Want]) -> tuple[str, ...]:
    return tuple(words for want in wants for words in (want.phrase, want.held_by) if words)


def _frame(router: Router) -> Frame:
    """What a wish may have without saying what is wished."""
    story = router.rulebook.words.story
    keys = ("wishing", "fill", "greetings", "empty_wishes")
    words = frozenset(word for key in keys for word in story.get(key, ()))
    return Frame(words, frozenset(story.get("only_names", ())))


def _due(router: Router, lined: LinedStory, story: Story, day: date) -> tuple[Reading, ...]:
    """By when something must be there, as the lines say that are called so; where none tells a time, as the
    story does. One that denies it denies it for all."""
    rulebook = router.rulebook
    named = [says for name, says in lined.of_case if name == rulebook.clocks.needed]
    if any(answer_in(rulebook.words, says)[0] == NO for says in named):
        return ()
    of_name = [it for says in named for it in lines(router, says)]
    times = due_by_name(rulebook, of_name, day, story.lines)
    return times or due(rulebook, story.lines, day)


def _with_known(sides_of_story: Collection[Side], sides_of_lines: Collection[Side]) -> tuple[Side, ...]:
    """The sides of States, those that are known before those that the story tells."""
    sides, states = {side.side for side in sides_of_lines}, {side.state for side in sides_of_lines}
    return (
        *sides_of_lines,
        *(side for side in sides_of_story if side.side not in sides and side.state not in states),
    )


def _away(router: Router, story: Story) -> Iterator[str]:
    """The States in which a story tells that somebody is who is not of ours, or where he went, or where a
    company is; those that only tell of which somebody is; of a town that several States have, each."""
    for line, named in zip(story.lines, story.analysis.places, strict=True):
        yield from (it.state for it in named if it.home or it.citizen or it.of_person or it.of_a_firm)
        for phrase in line.of(TOWN):
            targets = phrase.mention.targets
            if len(targets) > 1 and went_there(router.rulebook.words.story, line.sentence, phrase.mention):
                yield from targets


def _people(router: Router, lines: Iterable[Line]) -> Iterator[Reading]:
    """The States of which somebody is a citizen, each with its words."""
    for line in lines:
        for place in places_of(router.rulebook, line):
            then = line.sentence.words[place.end : place.end + 1]
            if place.citizen or place.of_person or not CITIZENS.isdisjoint(then):
                phrase = line.sentence.quoted(Mention("", (), place.start, place.end))
                name = router.law.states.name(place.state)
                yield Reading(phrase, NATIONALITY, place.state, CITIZEN, name)
