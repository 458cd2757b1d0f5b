"""The words a rulebook defines: facts, measures, pathways, routes, codes and provisions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal, get_args

from routing.core.conditions import Condition
from routing.core.kinds import TREATY
from routing.core.records import Record, field

UNKNOWN = "unknown"
YES, NO = "yes", "no"
OFFENCE = "offence"
"""The fact of which crime it is."""
ELSE = "anything else"  # the group of what stands in none
EVERY = "all"  # every measure and kind of need

Level = Literal["stop", "caution", "note"]
"""How grave a warning is."""
Weight = Literal["limit", "needed", "wanted", "usual", "spare", "routine"]
"""How much a duty, warning or limit weighs on a short page. `limit`: it limits an act, and is never cut.
`needed`: the step is not done well without it; it is cut only where the page would be too long with
nothing else left to cut. `wanted`: practitioners look for it, and of the rest it is cut last. `usual`: cut
for want of room. `spare`: told where there is room to spare. `routine`: the same in almost every plan, and
left to the full one."""
LEFT_OUT, DANGER_UNREAD = "not understood, and not used: ", "a danger may be told where none is read"
FIRST_OF_ALL = "first of all: "
"""How a note begins that says which lines of a case were left out, and one on a danger that nothing reads."""
KINDS_OF_NEED = REQUEST, ANSWER, SHARE, USE = ("request", "answer", "share", "use")
SAYS_OF_KIND = {
    REQUEST: "we need something from another State",
    ANSWER: "another State asks us",
    SHARE: "we want to tell another State something, unasked",
    USE: "we want to use what another State gave us",
}

BUILT_IN = ("measure", "kind")
"""What a rule may ask of the need itself, beside the facts of the rulebook."""
ASSUMED_MAIN_STEP, NO_STEP_ASSUMED = "taken", "nothing"
"""Among the facts, the pathway taken as the main step while the primary is open; its value where none is."""
FUTURE_CURE = "cured"
"""Among the facts, what is never known: whether somebody will remove what can be removed."""
NEED_FACTS = (*BUILT_IN, ASSUMED_MAIN_STEP, FUTURE_CURE)
"""The facts that no case tells and no rulebook defines."""
PRESERVE, CONSULT, DELIVER = "preserve", "consult", "deliver"
"""The roles of steps that the program knows: what keeps something from being lost, and what obtains it."""
Scope = Literal["case", "need", "pair"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
TypeOfFact = Literal["choice", "many", "number", "date", "state", "text", "instruments"]
TYPES_OF_FACTS: tuple[TypeOfFact, ...] = get_args(TypeOfFact)
NATURES = ("findable", "obtainable", "fixed")
STANDINGS = ("settled", "practice", "contested", "design")
Mark = Literal["text", "copy", "secondary", "unverified"]
TEXT: Mark = "text"
COPY: Mark = "copy"
IN_A_COPY = "in a private copy"
SAID_OF_MARK: dict[str, str] = {
    TEXT: "",
    COPY: f", read {IN_A_COPY}",
    "secondary": ", read in a summary",
    "unverified": ", not checked against the text",
}
"""How a provision or an entry of a profile is known, with what is said of it where it is cited. `copy`: its
text was read in a private copy, and no official one is known."""
MARKS: tuple[Mark, ...] = get_args(Mark)
READ = (TEXT, COPY)
"""The marks of what was read itself."""
NAMED_ONLY = "named_only"  # in the file of an instrument: why its entries have no text that could be read
LEVELS = ("stop", "caution", "note")
WEIGHTS = get_args(Weight)


class Presumption(Record):
    """The value presumed where nothing is said, and why.

    unless: a condition over looked-up facts under which it is not presumed; none or one.
    when: a condition that must surely hold for it to be presumed; none or one.
    """

    value: str
    because: str
    unless: tuple[Condition, ...] = ()
    when: tuple[Condition, ...] = ()


class Fact(Record):
    """Something that can be known of a case, a need or a pair of States.

    type: choice (one of values), many (a list of values), number (whole, in `unit`), date, state, text, or
    instruments (a list of instruments and of its own values). A derived fact is concluded by rules and
    never told; a looked-up fact is read from the law data. asked_in: the kinds of need in which a person is
    asked for it; it may be told in every kind. always_asked_in: those in which an interview asks for it in
    the end, also where it is presumed. asks_in: the question by the kind of need in which it is
    worded for the side that answers; else `asks`. urgent: the values that mean danger or loss, about which
    an interview asks first. name: the fact as a noun, where its id is not plain enough. common: the values
    that the short form shows; all, where it is empty. form: the measures, groups of measures and kinds of
    need in whose short form it has a line; where it is empty, the core facts have. told_by: the lines of a
    case whose words may tell the fact too, each with the measures or kinds of need for which they may, or
    EVERY. tells: what a case that states it tells besides, as `fact=value`, each with the values that do.
    groups: the plain groups in which many values are offered, each in words, with the values in it.
    usual: what is presumed in the usual case, by measure, kind, stage and the like: the first that fits,
    and before `presumed`, which fits always.
    """

    id: str
    asks: str
    of: str
    type: str
    values: Mapping[str, str]
    nature: str = "findable"
    unit: str | None = None
    derived: bool = False
    looked_up: Mapping[str, str] | None = None
    presumed: Presumption | None = None
    usual: tuple[Presumption, ...] = ()
    core: bool = False
    means: str | None = None
    asked_in: tuple[str, ...] = KINDS_OF_NEED
    always_asked_in: tuple[str, ...] = ()
    asks_in: Mapping[str, str] = field(default_factory=dict)
    urgent: tuple[str, ...] = ()
    name: str = ""
    common: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    told_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tells: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    line: int = 0
    file: str = ""

    def in_groups(self) -> dict[str, tuple[str, ...]]:
        """The values by the group in which they are offered; none, where the fact has no groups."""
        within = {value for values in self.groups.values() for value in values}
        rest = tuple(value for value in self.values if value not in within)
        return {**self.groups, ELSE: rest} if self.groups and rest else dict(self.groups)

    @property
    def statable(self) -> bool:
        """Whether a case file may state it."""
        return not self.derived

    def question(self, kind: str) -> str:
        """The question as a person is asked it in a kind of need, one of KINDS_OF_NEED."""
        return self.asks_in.get(kind, self.asks)


class Measure(Record):
    """What is sought: one kind of assistance.

    presumes: facts taken as given for this measure unless the case says otherwise.
    has: fixed properties of the measure, readable by rules as facts.
    ways: pathways that can deliver it, best first.
    not_by: pathways that people try for it in vain; a plan tells the rule that closes them.
    group: the plain group in which it is offered; empty where the rulebook has none.
    kinds: the kinds of need in which it is offered; none for those in which one State asks another.
    offered_with: the measures beside which an interview offers it.
    follows: the measures whose result comes first, where the same State is asked for them too.
    otherwise: the measure that it is read as in a kind of need, by kind: what we gave and they hold; or the
        kind of need in which it is sought instead.
    where: the word between the measure and the State that is asked: `from`, `in` or `with`.
    """

    id: str
    name: str
    presumes: Mapping[str, str]
    has: Mapping[str, str]
    ways: tuple[str, ...]
    not_by: tuple[str, ...] = ()
    because: str = ""
    group: str = ""
    kinds: tuple[str, ...] = ()
    offered_with: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    otherwise: Mapping[str, str] = field(default_factory=dict)
    where: str = "from"
    line: int = 0
    file: str = ""


class Route(Record):
    """A pathway under one legal basis."""

    id: str
    pathway: str
    opens: Condition
    lead: tuple[str, ...]
    support: tuple[str, ...] = ()
    kind: str = TREATY
    says: str = ""
    line: int = 0
    file: str = ""


class Pathway(Record):
    """A channel: what it is, who sends to whom, and the routes that carry it."""

    id: str
    name: str
    family: str
    informal: bool
    role: str
    card: Mapping[str, object]
    routes: tuple[Route, ...]
    line: int = 0
    file: str = ""

    @property
    def sender(self) -> str:
        return str(self.card.get("sender", "competent_authority"))

    @property
    def receiver(self) -> str:
        return str(self.card.get("receiver", "competent_authority"))


class Code(Record):
    """A warning, a duty or a limit on use, with the sentence that is printed.

    says_in: the sentence in a kind of need of its own, one of KINDS_OF_NEED.
    outside: the instrument of whose list it is told which of the two States is not on it, and of which day it
    is. weight: how much it weighs on a short page. finds_out: the fact that it has one find out: where the
    case states that fact, it is not said.
    """

    id: str
    says: str
    level: Level = "caution"
    conveys: tuple[str, ...] = ()
    says_in: Mapping[str, str] = field(default_factory=dict)
    outside: str = ""
    weight: Weight = "usual"
    finds_out: str = ""

    def wording(self, kind: str) -> str:
        """The sentence as it reads in a kind of need."""
        return self.says_in.get(kind, self.says)


class Provision(Record):
    """One paragraph of one instrument, as `instrument 18(9)`.

    anchor: four to eight consecutive words found in the text, which fix the place.
    obstacle: what stands in the way of reading the text, where it was not read.
    bilateral: the kind of help of the treaty of two States that it stands for, which a step cites by name.
    for_measures: by measure, the reference of the provision that names it, which a step for that measure
        cites too, or in its place where it is a paragraph of it.
    """

    ref: str
    instrument: str
    article: str
    says: str
    mark: str
    in_force_from: str | None = None
    in_force_until: str | None = None
    read_at: str | None = None
    checked: str | None = None
    anchor: str | None = None
    obstacle: str | None = None
    bilateral: str | None = None
    for_measures: Mapping[str, str] = field(default_factory=dict)


BINDS = ("both", "either", "acting", "own")
"""Whom an instrument must bind: the two States together, one of them, the State that acts, or our State
alone."""


class CitedInstrument(Record):
    """A treaty, a law, an agreement, a network or a source of practice, as rules cite it.

    Who is bound, and since when, is told by the `Instrument` of the law data under the same id; a source that
    is only cited has none.
    belongs_to: the State whose own law or practice it is, by its code. binds: whom it must bind to speak in a
    case, one of BINDS. through: the instrument without which it does not speak. short_in: its short name in a
    kind of need where it has another, as the law of the State that acts is ours where we give.
    on_requests_received: the articles of a State's own law that speak only to what it is asked for, not to
    what it asks of others.
    """

    id: str
    short: str
    name: str
    kind: str
    article: str = "{}"
    details: Mapping[str, str] = field(default_factory=dict)
    belongs_to: str = ""
    binds: str = "both"
    through: str = ""
    short_in: Mapping[str, str] = field(default_factory=dict)
    on_requests_received: tuple[str, ...] = ()

    def of_requests_received(self, article: str) -> bool:
        """Whether an article, or the one that it is a part of, speaks only to what the State is asked for."""
        return any(article == it or article.startswith(f"{it}(") for it in self.on_requests_received)

    def short_for(self, kinds: Collection[str]) -> str:
        """Its short name for needs of these kinds: that of a kind where all share it."""
        names = {self.short_in.get(kind, self.short) for kind in kinds}
        return names.pop() if len(names) == 1 else self.short
