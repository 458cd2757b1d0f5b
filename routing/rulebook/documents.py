"""Documents: the papers that carry a step, as data of the rulebook.

They stand in `documents/` of the rules folder and are read only when a paper is drafted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, TypeVar

from routing.core.records import Record, field

Weight = Literal["required", "if", "expected", "optional"]
WEIGHTS: tuple[Weight, ...] = ("required", "if", "expected", "optional")
"""How much a blank matters: demanded by the provision cited; demanded under a condition; usual; free."""
TEMPLATES = ("letter", "form")

OFFICE = ("name", "unit", "state", "role", "declared_under", "ask")
SOURCES = {
    "sender": OFFICE,
    "receiver": OFFICE,
    "step": (
        "action",
        "tells",
        "via",
        "language",
        "translation",
        "basis",
        "deadline",
        "limits",
        "dates",
        "put_in",
        "hold_ends",
        "term",
        "follow_up",
        "after",
        "urgent",
    ),
    "need": ("measures", "kinds"),
    "plan": ("as_of", "title", "data_date", "warnings", "duties"),
}
"""Where a value can come from: `sender.name`, `step.basis`, ...; and `fact.ID`, a fact that the case states.
"""


class DocumentField(Record, kw_only=True):
    """One thing that a paper says.

    says: a fixed sentence, printed as it stands. sources: what the value is taken from, the first that gives
    one. ask: the question to the officer, where no source gives it. hint: sources shown beside the blank,
    never filled in. choices: boxes of which the officer ticks one or more; no box is ticked for him.
    story: whether what somebody told of the case in their own words can stand here. by_hand: whether it is
    written by hand when the paper is issued, as a signature; so it is never missing. asked_by: further
    provisions.
    """

    id: str
    name: str
    says: str = ""
    sources: tuple[str, ...] = ()
    ask: str = ""
    hint: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    story: bool = False
    by_hand: bool = False
    weight: Weight | None = None
    when: str = ""
    asked_by: tuple[str, ...] = ()


class DocumentSection(Record, kw_only=True):
    """A section of a paper, in the order and under the mark of its primary form.

    asked_by: the provisions that demand it. when: in words, the condition under which it is demanded.
    applies: measures, or values of facts, without which the section is left unused; all have to hold.
    """

    id: str
    name: str
    weight: Weight
    mark: str
    fields: tuple[DocumentField, ...] = ()
    when: str = ""
    asked_by: tuple[str, ...] = ()
    applies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    says: str = ""
    line: int = 0


class GoesWith(Record, kw_only=True):
    """The steps that a paper goes with. Every list that is not empty has to hold.

    ahead: where the paper goes out with this step before its own, what its reader must know of that; it then
    says what it will say with its own step.
    """

    pathways: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    ahead: str = ""

    def fits(
        self, pathway: str, measures: Iterable[str], kinds: Iterable[str], instruments: Iterable[str]
    ) -> bool:
        return (
            (not self.pathways or pathway in self.pathways)
            and (not self.measures or not set(self.measures).isdisjoint(measures))
            and (not self.kinds or not set(self.kinds).isdisjoint(kinds))
            and (not self.instruments or not set(self.instruments).isdisjoint(instruments))
        )

    @property
    def exactness(self) -> int:
        """How many of the lists restrict it: of two papers that fit, the more exact one is drafted."""
        return sum(map(bool, (self.pathways, self.measures, self.kinds, self.instruments)))


def exactness(
    entries: Iterable[GoesWith],
    pathway: str,
    measures: Iterable[str],
    kinds: Iterable[str],
    instruments: Iterable[str],
) -> int:
    """How exactly the best of some entries fits a step; -1 where none does."""
    situation = (pathway, tuple(measures), tuple(kinds), tuple(instruments))
    return max((entry.exactness for entry in entries if entry.fits(*situation)), default=-1)


class Document(Record, kw_only=True):
    """A paper. carries: the steps it is the paper of. beside: the steps it can go with. notes: what its user
    must know."""

    id: str
    name: str
    carries: tuple[GoesWith, ...] = ()
    beside: tuple[GoesWith, ...] = ()
    template: str = "letter"
    source: str = ""
    mark: str = "unverified"
    signs: str = ""
    attach: str = ""
    back: str = ""
    notes: tuple[str, ...] = ()
    sections: tuple[DocumentSection, ...] = ()
    file: str = ""
    line: int = 0


class StepPaper(Record):
    """What a plan says of a paper without reading it: the steps it is the paper of, what goes with it and who
    signs.

    name: of a form, as a certificate has one; empty where the paper is a letter. attach, signs: as in the
    document.
    """

    carries: tuple[GoesWith, ...]
    name: str = ""
    attach: str = ""
    signs: str = ""


def step_papers(documents: Iterable[Document]) -> tuple[StepPaper, ...]:
    """What plans say of the papers that carry a step."""
    return tuple(
        StepPaper(
            carries=each.carries,
            name=each.name if each.template == "form" else "",
            attach=each.attach,
            signs=each.signs,
        )
        for each in documents
        if each.carries
    )


Carrier = TypeVar("Carrier", Document, StepPaper)


def carrying(
    papers: Iterable[Carrier],
    pathway: str,
    measures: Iterable[str],
    kinds: Iterable[str],
    instruments: Iterable[str],
) -> tuple[Carrier, ...]:
    """Those of some papers that can carry a step, the most exact first."""
    situation = (pathway, tuple(measures), tuple(kinds), tuple(instruments))
    ranked = [(exactness(paper.carries, *situation), paper) for paper in papers]
    return tuple(paper for rank, paper in sorted(ranked, key=lambda pair: -pair[0]) if rank >= 0)


class Without(Record, kw_only=True):
    """Steps that no paper of ours carries. says: what serves in its place."""

    steps: GoesWith
    says: str
    file: str = ""
    line: int = 0


def story_fields(documents: Iterable[Document]) -> frozenset[str]:
    """The keys of the fields in which what somebody told of the case in their own words can stand."""
    return frozenset(
        each.id
        for document in documents
        for section in document.sections
        for each in section.fields
        if each.story
    )
