"""The needs that words for who asks whom tell alone: that we tell another State something, or use what it
gave."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from routing.core.domain import USE
from routing.rulebook.measures_meant import only_measure_of
from routing.rulebook.model import Rulebook
from routing.story.kinds import Kinds
from routing.story.lines import HOLDER
from routing.story.needs import Want
from routing.story.whereabouts import Discourse, only_state


def with_those_of_a_kind(
    rulebook: Rulebook, discourse: Discourse, kinds: Kinds, wanted: tuple[Want, ...]
) -> tuple[Want, ...]:
    """The needs of a story, and after them those that its kinds tell alone, which stand for such as it only
    may need."""
    by_direction = tuple(_by_direction_alone(rulebook, discourse, kinds, wanted))
    sure = {(it.measures, it.kind) for it in by_direction if not it.asked}
    kept = (it for it in wanted if not (it.asked and (it.measures, it.kind) in sure))
    return (*kept, *by_direction)


def _by_direction_alone(
    rulebook: Rulebook, discourse: Discourse, kinds: Kinds, wanted: Collection[Want]
) -> Iterator[Want]:
    """Those of kinds that no other need is of, and in which one measure is offered that is in no other kind;
    none where a need may be that, whose kind is open. A story of the use of material alone needs that."""
    if any(not want.kind for want in wanted if want.measures and not want.asked):
        return
    of_use = kinds.governing == {USE} and not any(want.measures and not want.asked for want in wanted)
    told_alone = kinds.alone({want.kind for want in wanted if not want.asked})
    for kind, (number, phrase) in kinds.first(USE) if wanted and of_use else told_alone:
        only = only_measure_of(rulebook, kind.kind)
        if only is not None:
            states = discourse.states_near(rulebook, phrase, number, near=False)
            before = {it.state for it in discourse.places[number - 1]} - discourse.ours if number else set()
            state = only_state(states) or discourse.state_else(rulebook, number) or only_state(before)
            holder = only.presumes.get(HOLDER, "")
            yield Want(
                kind.words,
                (only.id,),
                "",
                holder,
                "",
                state,
                asked=not kinds.wished(kind.kind),
                kind=kind.kind if kinds.several else "",
                kind_words=kind.words if kinds.several else "",
            )
