"""The sentences of a story with what was worked out of all of them once: who does what in each, the States
that each names, and our own as an office of ours tells it."""

from __future__ import annotations

from datetime import date

from routing.core.records import Record
from routing.rulebook.model import Rulebook
from routing.story.acts import Acts
from routing.story.corrections import corrected
from routing.story.firmness import firm_sentences
from routing.story.kinds import Kinds
from routing.story.lines import Line
from routing.story.own_state import home_of
from routing.story.passing_states import places_in
from routing.story.places import Place
from routing.story.presupposed import without_presupposed
from routing.story.same_person import of_same_person


class Analysis(Record):
    """A story sentence by sentence.

    acts: its clauses; places: the States of each sentence; home: our own State with the words by which an
    office of ours tells it, empty where none does; kinds: who asks whom for each need.
    """

    lines: tuple[Line, ...]
    acts: Acts
    places: tuple[tuple[Place, ...], ...]
    home: tuple[str, str]
    kinds: Kinds


def analysis_of(rulebook: Rulebook, read: tuple[Line, ...], day: date | None = None) -> Analysis:
    """The sentences of a story as they are read, weighed and worked out. day: of the answer, where it is
    known."""
    read = corrected(rulebook.words.story, read)
    acts = Acts(rulebook, read)
    story = rulebook.words.story
    lines = of_same_person(story, without_presupposed(story, firm_sentences(rulebook, read, acts, day)))
    acts = acts.weighed(lines)
    places = places_in(rulebook, lines, acts)
    home = home_of(rulebook, lines, places, acts)
    return Analysis(lines, acts, places, home, Kinds(rulebook, lines, acts, places))
