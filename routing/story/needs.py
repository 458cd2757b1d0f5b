"""What a story needs, as it is read: with its words, its State, and who holds what is sought."""

from __future__ import annotations

from routing.core.domain import ANSWER
from routing.core.records import Record
from routing.law.providers import Provider
from routing.rulebook.patterns import APART
from routing.rulebook.words import KIND
from routing.story.lines import Line
from routing.story.sentences import Phrase

OURS = "ours"


class Want(Record):
    """A need that a story tells of.

    phrase: its words; measures: what it may be, one or several, and none where only a holder is named; group:
    the plain group in which what the holder has is offered, for want of a measure; holder: a value of
    `data_holder`; held_by: the words for the holder; state: where it is, empty where the story does not say;
    asked: whether the story does not say that it is needed, so that the person is asked whether it is;
    kind: of which kind it is, with the words for that, where a story tells of several; empty where it is of
    the kind of the story, or the story does not say; anywhere: whether the holder works in many States, so
    that the State is none of those told, unless the story says so; provider: whose seat the State is
    presumed to be, where the story says only the service; None where it says the State, or neither; wished:
    whether we wish it in a clause of which no other need is surely read; by_clues: whether no words for it
    stand in the story, and only clues of it meet; days: in how many days it must be
    there, with the words for that (due), where its own sentence says so and the story as a whole another
    time; else empty.
    """

    phrase: str
    measures: tuple[str, ...]
    group: str
    holder: str
    held_by: str
    state: str
    asked: bool = False
    kind: str = ""
    kind_words: str = ""
    anywhere: bool = False
    provider: Provider | None = None
    wished: bool = False
    by_clues: bool = False
    days: str = ""
    due: str = ""

    @property
    def where_named(self) -> str:
        """The words for who holds what is sought, else those for the need itself."""
        return self.held_by or self.phrase


class Needed(Record):
    """A need with who holds what is sought, what its part of the story says, how many words name it, and
    where these stand: in which sentence, and at which of its words."""

    want: Want
    holder: Holder | None
    says: int
    words: int
    line: int
    place: int


class Holder(Record):
    """Somebody who holds something. line: the number of the sentence; everywhere: it works in many States."""

    line: int
    phrase: Phrase
    value: str
    words: str
    everywhere: bool
    state: str


def of_ours(phrase: Phrase, line: Line) -> bool:
    """Whether a measure is one of our own, as `our wiretap`; what somebody asks us for may be ours."""
    asked = any(ANSWER in kind.mention.targets for kind in line.of(KIND))
    mention, before = phrase.mention, line.sentence.written[phrase.mention.start - 1].casefold()
    return (
        mention.start - 1 in line.sentence.own
        and before != OURS
        and APART not in mention.phrase
        and not asked
    )
