"""Two plans side by side: only what differs, and the rules that made it so."""

from __future__ import annotations

from collections.abc import Iterator

from routing.core.domain import DELIVER
from routing.core.records import Record
from routing.plan.model import NeedAnswer, Plan, Step


class Difference(Record):
    """One thing that two plans say otherwise.

    what: the part of the plan, in words. before, after: what each says; empty where it is missing. why: the
    ids of the rules behind it. need: the id of the need that it is of; empty for the whole case.
    """

    what: str
    before: str
    after: str
    why: tuple[str, ...] = ()
    need: str = ""

    def data(self) -> dict[str, object]:
        """The same in plain words and lists, for JSON."""
        return {
            "what": self.what,
            "need": self.need,
            "before": self.before,
            "after": self.after,
            "why": list(self.why),
        }


def differences(before: Plan, after: Plan) -> tuple[Difference, ...]:
    """Everything that the second plan says otherwise, main things first."""
    return (
        *_needs(before, after),
        *_steps(before, after),
        *_exclusions(before, after),
        *_terms(before, after),
        *_hanging(before, after),
    )


def _needs(first: Plan, second: Plan) -> Iterator[Difference]:
    if first.state != second.state:
        yield Difference("our State", first.state or "", second.state or "")
    before = {need.id: need for need in first.needs}
    for need in second.needs:
        old = before.get(need.id)
        if old is not None and old.kind != need.kind:
            yield Difference("kind of need", old.kind, need.kind, need=need.id)
        if old is not None and old.partner != need.partner:
            yield Difference("other State", old.partner or "", need.partner or "", need=need.id)
        if old is None:
            yield Difference("need", "", need.measure, need=need.id)
            continue
        if old.measure != need.measure:
            yield Difference("measure", old.measure, need.measure, need=need.id)
        if old.primary.pathway != need.primary.pathway:
            yield Difference(
                "main step",
                old.primary.pathway,
                need.primary.pathway,
                (*_against(first, second, old), *_against(second, first, need)),
                need.id,
            )
        elif old.primary.route != need.primary.route:
            yield Difference("leading basis", old.primary.route, need.primary.route, need=need.id)
        if old.status != need.status:
            yield Difference("status", old.status, need.status, need=need.id)
        yield from _alternatives(old, need)


def _alternatives(old: NeedAnswer, new: NeedAnswer) -> Iterator[Difference]:
    """What else could deliver; the main step of the other plan is told as such."""
    before, after = ({way.pathway: way.certainty for way in need.alternatives} for need in (old, new))
    for way in dict.fromkeys((*before, *after)):
        if way in before and way in after:
            if before[way] != after[way]:
                yield Difference(f"certainty of {way}", before[way], after[way], need=new.id)
        elif way not in (old.primary.pathway, new.primary.pathway):
            yield Difference(
                "also possible", way if way in before else "", way if way in after else "", need=new.id
            )


def _against(plan: Plan, against: Plan, need: NeedAnswer) -> tuple[str, ...]:
    """The rules that exclude in the other plan what is the main step of this one."""
    return tuple(
        rule
        for item in against.excluded
        if item.need == need.id and item.pathway == need.primary.pathway
        for rule in item.why
    )


def _steps(first: Plan, second: Plan) -> Iterator[Difference]:
    before, after = ({(step.pathway, step.needs): step for step in plan.steps} for plan in (first, second))
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        need = ", ".join(key[1])
        if old is None or new is None:
            step = old or new
            assert step is not None
            if step.role != DELIVER:  # the main step is told above
                yield Difference("step", key[0] if old else "", key[0] if new else "", step.why, need)
            continue
        for what, was, now in (
            ("basis of", _basis(old), _basis(new)),
            ("order of", _order(old, first), _order(new, second)),
            ("by when", _by(old), _by(new)),
            ("certainty of", old.certainty, new.certainty),
        ):
            if was != now:
                yield Difference(f"{what} {key[0]}", was, now, need=need)
        gone, come = {s.code for s in old.limits}, {s.code for s in new.limits}
        for limit in (*old.limits, *new.limits):
            if limit.code not in gone & come:
                yield Difference(
                    "limit",
                    limit.says if limit.code in gone else "",
                    limit.says if limit.code in come else "",
                    (limit.why,),
                    need,
                )


def _basis(step: Step) -> str:
    return "; ".join(
        f"{basis.instrument} {basis.article}" + ("" if basis.certainty == "confirmed" else " (if it applies)")
        for basis in step.basis
    )


def _order(step: Step, plan: Plan) -> str:
    """The pathways that a step comes after."""
    pathways = {each.id: each.pathway for each in plan.steps}
    return ", ".join(dict.fromkeys(pathways[id] for id in step.after))


def _by(step: Step) -> str:
    return step.deadline.date.isoformat() if step.deadline and step.deadline.date else "no day"


def _exclusions(first: Plan, second: Plan) -> Iterator[Difference]:
    before, after = (
        {(item.need, item.pathway, item.route): item for item in plan.excluded} for plan in (first, second)
    )
    for key in dict.fromkeys((*before, *after)):
        if (key in before) != (key in after):
            item = before.get(key) or after[key]
            name = item.route or item.pathway
            yield Difference(
                "not this way",
                name if key in before else "",
                name if key in after else "",
                item.why,
                item.need,
            )


def _terms(first: Plan, second: Plan) -> Iterator[Difference]:
    for what, old, new in (
        ("warning", first.warnings, second.warnings),
        ("duty", first.obligations, second.obligations),
    ):
        before, after = {item.code: item for item in old}, {item.code: item for item in new}
        for code in dict.fromkeys((*before, *after)):
            if (code in before) != (code in after):
                item = before.get(code) or after[code]
                yield Difference(
                    what,
                    item.says if code in before else "",
                    item.says if code in after else "",
                    (item.why,),
                    ", ".join(item.needs),
                )


def _hanging(first: Plan, second: Plan) -> Iterator[Difference]:
    before = {need.id: need for need in first.needs}
    for need in second.needs:
        old = before.get(need.id)
        if old is not None and set(old.waits_for) != set(need.waits_for):
            yield Difference(
                "needed to decide", ", ".join(old.waits_for), ", ".join(need.waits_for), need=need.id
            )
