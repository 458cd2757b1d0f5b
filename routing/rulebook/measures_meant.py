"""Which measure may be meant: by a word for it, or by what is said of a need that names none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from routing.core.domain import KINDS_OF_NEED, REQUEST, UNKNOWN, Measure
from routing.core.errors import Problems, one_of, quoted
from routing.core.printable import either_of, small_first
from routing.rulebook.by_meaning import asked_back, may_mean, surely_meant
from routing.rulebook.denial import denies
from routing.rulebook.model import Rulebook
from routing.rulebook.spelling import as_id, tidy
from routing.rulebook.words import KIND, MEASURE

ASKED_OF_A_STATE = ("request", "answer")
"""The kinds of need in which a measure is offered that names none."""
OTHERWISE = "say in other words what you need"
"""How the fix begins where nothing is near to what was said."""

CHANNEL, UNASKED = "material_channel", ("spontaneous",)


def offered(rulebook: Rulebook, kind: str | None) -> tuple[Measure, ...]:
    """The measures that are offered in a kind of need; all, while the kind is not known."""
    measures = tuple(rulebook.measures.values())
    if kind in (None, UNKNOWN):
        return measures
    return tuple(m for m in measures if kind in (m.kinds or ASKED_OF_A_STATE)) or measures


def came_unasked(rulebook: Rulebook, words: str) -> bool:
    """Whether words for a measure name what came without a request, so that nobody waits for an answer."""
    return rulebook.words.whole(CHANNEL, words) == UNASKED


def only_offered(rulebook: Rulebook, kind: str) -> str | None:
    """The one measure of a kind of need that is about nothing else, as the use of material held is."""
    measures = offered(rulebook, kind)
    return measures[0].id if len(measures) == 1 else None


def measures_meant(
    rulebook: Rulebook, stated: Mapping[str, object], slack: int = 0, among: Iterable[Measure] | None = None
) -> tuple[str, ...]:
    """The measures for which most of what was said is usual.

    A measure presumes what is usual for it: who holds what is sought, what it serves, whether it compels. It
    scores 1 for all of that which was said, and loses 1 for what was said otherwise.
    slack: by how much a measure may score less than the best. 0: nothing of it may have been said otherwise.
    among: the measures that come into question; all, where none are given.
    """
    left = tuple(rulebook.measures.values() if among is None else among)
    fit: dict[str, int] = {}
    for measure in left:
        presumed = {
            fact: value for fact, value in measure.presumes.items() if stated.get(fact, UNKNOWN) != UNKNOWN
        }
        same = sum(stated[fact] == value for fact, value in presumed.items())
        if slack or same == len(presumed):
            fit[measure.id] = 2 * same - len(presumed)
    best = max(fit.values(), default=0)
    return tuple(id for id, score in fit.items() if score >= best - slack) or tuple(m.id for m in left)


def value_meant(
    rulebook: Rulebook,
    topic: str,
    word: str,
    allowed: Collection[str],
    what: str,
    several: str,
    otherwise: Callable[[], str],
) -> str:
    """The one value of a topic that a word stands for. Raises Problems, with the cure, for none or several.

    several: what to do where it could mean several. otherwise: the cure where nothing is near.
    """
    key, words = as_id(word), rulebook.words
    if key in allowed:
        return key
    beyond = words.outside(word) if topic == MEASURE else None
    if beyond is not None:
        raise Problems.of(f"{quoted(word)} is not covered", fix=rulebook.warnings[beyond].says)
    meant = words.read(topic, word)
    if len(meant) == 1:
        return meant[0]
    asked = words.asked(topic, word)
    tokens = tidy(asked).split()
    mentions = [it for it in words.mentions(topic, asked) if not denies(tokens[: it.start])]
    mentioned = dict.fromkeys((*meant, *(name for mention in mentions for name in mention.targets)))
    near = None if mentioned or denies(tokens) else words.closest_spelling(topic, asked, allowed)
    by_meaning = () if mentioned or near else may_mean(words, topic, word, allowed)
    sure = surely_meant(by_meaning)
    if len(sure) == 1:
        return sure[0]
    mentioned = mentioned or dict.fromkeys(sure)
    if len(mentioned) == 1:
        fix = f"did you mean `{next(iter(mentioned))}`?"
    elif mentioned:
        fix = f"it could mean {either_of(mentioned)}: {several}"
    else:
        fix = f"did you mean `{near}`?" if near else asked_back(by_meaning) or otherwise()
    raise Problems.of(f"{quoted(word)} is not a {what}", fix=fix)


def kind_meant(rulebook: Rulebook, word: str) -> str:
    """The kind of need that a word stands for. Raises Problems for none or several."""
    return value_meant(
        rulebook, KIND, word, KINDS_OF_NEED, KIND, "give one", lambda: one_of("", KINDS_OF_NEED)
    )


def measure_meant(rulebook: Rulebook, words: str, several: str) -> str:
    """The measure that words stand for. Raises Problems for none or several. several: what to do then."""
    return value_meant(
        rulebook,
        MEASURE,
        words,
        tuple(rulebook.measures),
        MEASURE,
        several,
        lambda: in_plain_groups(rulebook),
    )


def needs_meant(
    rulebook: Rulebook, kind: str | None, measures: Mapping[str, str]
) -> tuple[tuple[tuple[str, str | None], ...], tuple[str, ...]]:
    """The needs of which somebody asks for a case to fill in, as kind and measure, with what is to be said of
    how they were read.

    kind: as it was given. measures: the words for each, with what they mean.
    """
    notes: list[str] = []
    wanted = list(measures.values())
    if kind == "answer" and measures and all(came_unasked(rulebook, words) for words in measures):
        notes.append("nobody waits for an answer to what came unasked: its kind is `use`")
        kind = "use"
    only = only_offered(rulebook, kind or "request")
    if only is not None and any(measure != only for measure in wanted):
        notes.append(f"a need of kind `{kind}` is about {only.replace('_', ' ')}")
        wanted = [only]
    needs: list[tuple[str, str | None]] = []
    for measure in wanted:
        kinds = rulebook.measures[measure].kinds
        alone = kind is None and len(kinds) == 1 and "request" not in kinds
        if alone:
            notes.append(f"{measure.replace('_', ' ')}: its kind is `{kinds[0]}`")
        needs.append((kinds[0] if alone else kind or "request", measure))
    return tuple(needs) or ((kind or "request", None),), tuple(notes)


def in_plain_groups(rulebook: Rulebook) -> str:
    """What there is to ask for, and how to see each measure: the fix where none is near to what was said."""
    groups = "; ".join(map(small_first, rulebook.in_groups()))
    return f"{OTHERWISE} ({groups}); `routing new` and `routing ask` list the measures"


def only_measure_of(rulebook: Rulebook, kind: str) -> Measure | None:
    """The one measure that is offered in needs of a kind alone, as what we tell another State; None where
    there is none such, and of a request, in which any may be asked for."""
    only = [it for it in rulebook.measures.values() if it.kinds == (kind,)]
    return only[0] if len(only) == 1 and kind != REQUEST else None
