"""What the law data and the rules say, for programs: who is bound, how an authority is reached, what a
provision says, what a pathway and a word mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from routing.law import Law
from routing.library.arguments import Day, checked_arguments, needed_day, number_of_days
from routing.opened import Router as Opened
from routing.rulebook.model import Rulebook

if TYPE_CHECKING:
    from routing.law import Standing


@checked_arguments
class LawLookUps:
    """The look-ups of a router.

    Of every method: state, other_state and asking are names of States, as people write them, or ISO 3166
    codes of two or three letters. as_of is the day of the answer. Raises CaseProblems for what is no day and
    Problems for a name that is not known.
    """

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    @property
    def rulebook(self) -> Rulebook:
        """The rules: facts, measures, pathways, routes and rules by id."""
        return self._opened.rulebook

    @property
    def law(self) -> Law:
        """The law data: instruments, lists of members, declarations, profiles and offices."""
        return self._opened.law

    def between(self, state: str, other_state: str, as_of: Day, everything: bool = False) -> dict[str, Any]:
        """What ties two States, state and other_state, on a day. everything: also what does not bind them."""
        from routing.look_ups.ties import between

        pair = (self._state(state), self._state(other_state))
        return between(self.law, pair, needed_day(as_of), everything)

    def standing(self, instrument: str, state: str, as_of: Day) -> Standing:
        """What an instrument, by its id, is to one State on a day, and where that is known from."""
        return self.law.standing(instrument, self._state(state), needed_day(as_of))

    def who(
        self, state: str, as_of: Day, pathway: str | None = None, asking: str | None = None
    ) -> dict[str, Any]:
        """How the authorities of a State are reached: office, way and language for each kind of help.

        pathway: one channel only, by id, name or a usual word. asking: the State that asks; else any.
        """
        from routing.look_ups.states import who

        asks = None if asking is None else self._state(asking)
        return who(self._opened, self._state(state), pathway, asks, needed_day(as_of))

    def state(self, state: str, as_of: Day) -> dict[str, Any]:
        """What is known of a State and changes a route, gaps included."""
        from routing.look_ups.states import state as state_data

        return state_data(self._opened, self._state(state), needed_day(as_of))

    def show(self, reference: str) -> dict[str, Any] | list[dict[str, Any]]:
        """An instrument, or the provisions of an article.

        reference: the id or the name of an instrument, alone or with an article, as `INSTRUMENT 18(9)`.
        """
        from routing.look_ups.instruments import show
        from routing.look_ups.plain import as_json

        shown: dict[str, Any] | list[dict[str, Any]] = as_json(show(self.law, reference))
        return shown

    def instruments(self) -> list[dict[str, Any]]:
        """Every instrument: id, names, kind, the day it applies from, and its list of members."""
        from routing.look_ups.instruments import instruments

        return instruments(self.law)

    def parties(self, instrument: str, as_of: Day) -> dict[str, Any]:
        """Who is bound by an instrument on a day, beside the total that is published.

        instrument: by its id. Raises Problems also for one that has no list.
        """
        from routing.look_ups.instruments import parties

        return parties(self.law, self.law.instrument(instrument), needed_day(as_of))

    def coverage(self, as_of: Day) -> list[dict[str, Any]]:
        """For how many States offices and languages are held, by region; the last row is of all."""
        from routing.look_ups.coverage import coverage

        return coverage(self.law, needed_day(as_of))

    def missing(self, role: str, as_of: Day) -> list[str]:
        """The States, by code, for which no office of a role is held.

        role: a kind that `coverage` counts, as `central_authority_mla`, or a kind and an instrument, as its
        `of_states_bound` has them. Raises Problems, naming them all, for another.
        """
        from routing.look_ups.coverage import missing

        return missing(self.law, role, needed_day(as_of))

    def coverage_by_state(self, as_of: Day) -> dict[str, dict[str, list[str]]]:
        """For each State that an order of the Union or a like instrument binds, by code: the offices that are
        held, those of which there is a lead only, and those that are missing, in words."""
        from routing.look_ups.coverage import coverage_by_state

        return coverage_by_state(self.law, needed_day(as_of))

    def stale(self, as_of: Day, older_than: int = 180) -> list[dict[str, Any]]:
        """What of the law data was last seen too long before a day, oldest first. older_than: in days."""
        from routing.look_ups.freshness import stale

        return stale(self.rulebook, self.law, number_of_days(older_than), needed_day(as_of))

    def term(self, word: str | None = None) -> dict[str, Any] | None:
        """What a word means: a term of art, the name of an instrument or a word of a case file; None for
        others. Without one, every term of the glossary with what it means."""
        from routing.phrasing.of_terms import term_data, terms_in_short

        return terms_in_short(self.rulebook) if word is None else term_data(self.rulebook, word)

    def pathway(self, word: str | None = None, full: bool = False) -> dict[str, Any]:
        """What a pathway is, when it is right and on what basis.

        word: id, name or a usual word; without it, the name of every pathway by its id. full: of each rule
        that acts on the pathway also what it says. Raises Problems for a word that is not a pathway.
        """
        from routing.render.pathway import pathway_data, pathways_by_name

        if word is None:
            return pathways_by_name(self.rulebook)
        return pathway_data(self.rulebook, self.rulebook.pathways[self._pathway(word)], full)

    def _pathway(self, word: str) -> str:
        from routing.rulebook.pathway_names import pathway_of

        return pathway_of(self.rulebook, word)

    def _state(self, written: str) -> str:
        from routing.look_ups.named import state_code

        return state_code(self._opened, written)[0]
