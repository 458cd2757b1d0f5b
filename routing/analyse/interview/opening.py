"""The first questions: is anybody in danger, what is needed and by whom, from which State, and anything else.

Groups of measures, dangers and what is offered beside what stand in the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from routing.analyse.interview.question import Option, Question
from routing.case.doubt import says_unknown
from routing.core.domain import NO, SAYS_OF_KIND, UNKNOWN, YES, Fact, Measure
from routing.core.errors import CaseProblems, quoted
from routing.plan.questions import STATES
from routing.rulebook.measures_meant import ASKED_OF_A_STATE, offered
from routing.rulebook.model import Rulebook
from routing.rulebook.spelling import tidy

DANGER, GROUP, KEEP, MORE = "danger", "group", "keep", "more"
PARTS = ("kind", "measure", "state", "with")
NONE = "none"
FEW = 8  # so many measures are offered without asking for their group

WHAT = {
    "request": "What do you need?",
    "answer": "What do they need?",
    "share": "What do you want to tell?",
    "use": "What do you want to use?",
}
MORE_ASKS = {
    "request": "Do you need anything else, from this State or another?",
    "answer": "Do they need anything else?",
    "share": "Do you want to tell anything else, this State or another?",
    "use": "Do you want to use anything else?",
}
EXACTLY = {kind: asks.replace("What", "What exactly") for kind, asks in WHAT.items()}


def danger(rulebook: Rulebook, need: str) -> Question | None:
    """Whether anybody is in danger or something is about to be lost; None where the rules name no such
    facts."""
    options = tuple(Option(value, means) for _, value, means in dangers(rulebook))
    if not options:
        return None
    facts = tuple(fact.id for fact in _urgent(rulebook))
    return Question(
        DANGER,
        need,
        "Is anybody in danger, or is something about to be lost?",
        "many",
        (Option(NONE, "no"), *options),
        ("danger and loss decide what is done first, before anything else is known",),
        also=facts,
    )


def dangers(rulebook: Rulebook) -> Iterator[tuple[str, str, str]]:
    """Every fact that tells of danger or loss, with its value and what it means."""
    for fact in _urgent(rulebook):
        for value in fact.urgent:
            yield fact.id, value, fact.values[value]


def _urgent(rulebook: Rulebook) -> list[Fact]:
    """The facts that tell of danger or loss, the one with most to tell first."""
    return sorted(
        (fact for fact in rulebook.facts.values() if fact.urgent), key=lambda fact: -len(fact.urgent)
    )


def dangers_meant(rulebook: Rulebook, words: Iterable[str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The facts that an answer to the question of danger states, with remarks on what was read otherwise.

    Danger goes before `no`, and of several values of one fact the one that the rules name first. Raises
    CaseProblems for words that no fact knows.
    """
    meant = [_danger_meant(rulebook, word) for word in words]
    named = [(id, value) for id, value in meant if value in rulebook.facts[id].urgent]
    remarks: list[str] = []
    if named and any(value == NONE for _, value in meant):
        meant = [item for item in meant if item[1] != NONE]
        dangers_named = ", ".join(rulebook.facts[id].values[value] for id, value in named)
        remarks.append(f"you said no and also named a danger; the danger is taken: {dangers_named}")
    stated = dict(meant)
    for fact in _urgent(rulebook):
        first, *rest = [value for value in fact.urgent if (fact.id, value) in named] or [""]
        if first:
            stated[fact.id] = first
        if rest:
            left = ", ".join(fact.values[value] for value in rest)
            remarks.append(
                f"a case names one such danger; the plan goes by {fact.values[first]}, not by: {left}"
            )
    return stated, tuple(remarks)


def _danger_meant(rulebook: Rulebook, word: str) -> tuple[str, str]:
    """The fact that a word of danger speaks of, and its value."""
    key = word.strip().lower().replace(" ", "_")
    for fact in _urgent(rulebook):
        if key in fact.values or says_unknown(word):
            return fact.id, key if key in fact.values else UNKNOWN
        meant = rulebook.words.read(fact.id, word)
        if len(meant) == 1:
            return fact.id, meant[0]
    choices = ", ".join(value.replace("_", " ") for _, value, _ in dangers(rulebook))
    raise CaseProblems.of(f"{quoted(word)} is not a danger that is known here", fix=f"none, or {choices}")


def kind(need: str) -> Question:
    return Question(
        "kind",
        need,
        "Who asks whom?",
        "choice",
        tuple(Option(name, means) for name, means in SAYS_OF_KIND.items()),
    )


def groups(rulebook: Rulebook, kind: str | None) -> dict[str, tuple[Measure, ...]]:
    """The groups of what is offered in a kind of need, by their words."""
    among = offered(rulebook, kind)
    among_groups = {
        words: tuple(measure for measure in measures if measure in among)
        for words, measures in rulebook.in_groups().items()
    }
    return {words: measures for words, measures in among_groups.items() if measures}


def group(rulebook: Rulebook, need: str, kind: str | None) -> Question:
    """What is needed, in plain groups."""
    options = tuple(
        Option(words, ", ".join(measure.name for measure in measures))
        for words, measures in groups(rulebook, kind).items()
    )
    asks = f"{WHAT.get(str(kind), WHAT['request'])} Choose a group, or say it in your own words."
    return Question(GROUP, need, asks, "choice", options, also=("measure",))


def measure(need: str, kind: object, measures: Iterable[Measure]) -> Question:
    """The choice among some measures, those first that are offered in few kinds of need."""
    ordered = sorted(measures, key=lambda m: len(m.kinds or ASKED_OF_A_STATE))
    options = tuple(Option(m.id, m.name) for m in ordered)
    return Question("measure", need, EXACTLY.get(str(kind), EXACTLY["request"]), "choice", options)


def state(name: str, need: str, named: Mapping[str, str]) -> Question:
    """Which State. named: the names of the States that were named for other needs, by their code."""
    again = tuple(Option(code, state) for code, state in named.items())
    hint = "its name or its code" + ("; several with commas" if name == "with" else "")
    return Question(name, need, STATES[name], "state", again, ("the law that applies depends on it",), hint)


def keep(need: str) -> Question:
    """Whether what may be deleted is saved first."""
    return Question(
        KEEP,
        need,
        "Shall the data be saved first, so that they are not deleted while you ask?",
        "choice",
        (Option(YES, "also ask that they be kept"), Option(NO, "they are safe, or saved already")),
        ("a provider deletes data after days or months, and a formal request takes longer",),
    )


def more(rulebook: Rulebook, need: str, kind: str | None) -> Question:
    """Whether there is anything else."""
    return Question(
        MORE,
        need,
        MORE_ASKS.get(str(kind), MORE_ASKS["request"]),
        "choice",
        (
            Option(NO, "that is all"),
            *(Option(words) for words in groups(rulebook, str(kind) if kind else None)),
        ),
        ("what is asked together is planned together",),
    )


def group_meant(words: str, named: Iterable[str]) -> str | None:
    """The group that an answer names: its whole words, or some of them that no other group has."""
    wanted = tidy(words)
    exact = [name for name in named if tidy(name) == wanted]
    if exact:
        return exact[0]
    within = [name for name in named if wanted and f" {wanted} " in f" {tidy(name)} "]
    return within[0] if len(within) == 1 else None
