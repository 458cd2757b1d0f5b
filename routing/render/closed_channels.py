"""The channels of a plan that are closed, as its page shows them: each reason once, with its law."""

from __future__ import annotations

from collections.abc import Iterable

from routing.core.grouping import grouped
from routing.phrasing.of_plans import sentence
from routing.plan.model import Exclusion
from routing.render.page import Forbidden
from routing.render.placement import Placement


class ClosedChannels:
    """What a plan excludes, and no step of it does."""

    def __init__(self, placement: Placement) -> None:
        self.placement = placement
        self.plan, self.words, self.rulebook = placement.plan, placement.words, placement.rulebook

    def shown(self) -> tuple[Forbidden, ...]:
        """Channels that are closed, each with its need; those closed for one reason together, said once.

        Those that could have brought what is sought, or that people try first, stand before the rest; where
        the page has several needs, what would be an act or an order before a call that merely brings less.
        """
        closed = [item for item in self.plan.excluded if self.placement.step_by(item) is None]
        beside = {item: self._beside(item) for item in closed}
        named = {item: self._with_basis(item) for item in closed}
        ways = {way.pathway for need in self.plan.needs for way in need.alternatives}
        ordered = sorted(closed, key=lambda item: (beside[item], *self._mild(item)))
        groups = grouped((item.says, item) for item in ordered)
        return tuple(
            Forbidden(
                names=tuple(dict.fromkeys(named[item] for item in items)),
                says=sentence(items[0].says),
                law=self.words.law_of(
                    items[0].basis,
                    "law",
                    self.placement.kinds(item.need for item in items),
                    unsettled=_in_all(items),
                ),
                needs=tuple(dict.fromkeys(item.need for item in items)) if self.placement.many else (),
                rules=items[0].why,
                because=tuple(self.words.is_so(fact.fact, fact.value) for fact in items[0].because),
                views_differ=any(map(self.placement.views_differ, items[0].why[:1])),
                far=all(
                    beside[item] or self.words.outside_circles(item.pathway, self._states(item))
                    for item in items
                ),
                few=tuple(
                    dict.fromkeys(
                        named[item] if item.pathway in ways else self.words.pathway(item.pathway)
                        for item in items
                        if not beside[item]
                    )
                ),
            )
            for items in groups.values()
        )

    def _mild(self, item: Exclusion) -> tuple[bool, int]:
        """How little harm a closed channel does on a page of several needs: whether it is a call that
        merely brings less, and its place among the ways that people think of first."""
        if not self.placement.many:
            return False, 0
        (sought,) = (need.measure for need in self.plan.needs if need.id == item.need)
        ways = self.rulebook.measures[sought].ways
        place = ways.index(item.pathway) if item.pathway in ways else len(ways)
        return self.rulebook.pathways[item.pathway].informal, place

    def _with_basis(self, item: Exclusion) -> str:
        """The channel, with the basis of it that is closed where another may be open."""
        closed = f" ({self.words.route_name(item.route)})" if item.route else ""
        return self.words.pathway(item.pathway) + closed

    def _beside(self, item: Exclusion) -> bool:
        """Whether nobody would think of a channel for what is sought, or the reason says nothing of use."""
        in_full = self.rulebook.page.get("told_in_full", ())
        tried = self.rulebook.groups.get("police_channels", ())
        measures = [self.rulebook.measures[n.measure] for n in self.plan.needs if n.id == item.need]
        usual = {way for measure in measures for way in (*measure.ways, *measure.not_by)}
        reasons = [id for rule in item.why[:1] for id in (rule, self.rulebook.rule[rule].parent)]
        unthought = item.pathway not in (*tried, *usual)
        return unthought or not set(in_full).isdisjoint(reasons) or self._between_the_same(item)

    def _between_the_same(self, item: Exclusion) -> bool:
        """Whether a step of the need runs between the same two: the page would forbid what it says."""
        ends = (self.rulebook.pathways[item.pathway].sender, self.rulebook.pathways[item.pathway].receiver)
        steps = (step for step in self.plan.steps if item.need in step.needs and step.when == "now")
        return any((step.sender.role, step.receiver.role) == ends for step in steps)

    def _states(self, item: Exclusion) -> tuple[str, ...]:
        """The States that a need concerns, as far as they are named."""
        partners = [need.partner for need in self.plan.needs if need.id == item.need]
        return tuple(state for state in (self.plan.state, *partners) if state)


def _in_all(items: Iterable[Exclusion]) -> frozenset[str]:
    """The provisions that each of some exclusions leaves open."""
    items = tuple(items)
    return frozenset(items[0].unsettled).intersection(*(item.unsettled for item in items))
