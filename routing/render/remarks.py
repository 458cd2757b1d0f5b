"""Limits, duties and warnings of a step as one paragraph, with nothing said twice in it.

What is said of no need in particular comes first. What is said of the same needs follows once they are named,
and what rests on the same law and belongs to the same further steps has both behind it once. Where one
warning differs only in its end, as in a day, its beginning is said once for all needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from routing.core.grouping import grouped
from routing.core.kinds import PRACTICE
from routing.core.printable import sentences
from routing.core.records import replace
from routing.render.page import Remark


def remarks(items: Iterable[Remark], brief: bool = False) -> str:
    """What is said at a step under one label. brief: whether what is practice stands without that name, and
    what limits no act without the further steps it belongs to."""
    by_needs = grouped((item.needs, item) for item in _parted(map(_briefly, items) if brief else items))
    listed = sorted(by_needs.items(), key=lambda group: bool(group[0]))
    return " ".join(for_needs(_with_law(group), needs) for needs, group in listed)


def _briefly(item: Remark) -> Remark:
    law = "" if item.law == PRACTICE and not item.views_differ else item.law
    return replace(item, law=law, also=item.also if item.weight == "limit" else ())


def for_needs(words: str, needs: tuple[str, ...]) -> str:
    """Words of some needs, which are named before them."""
    return f"For {', '.join(needs)}: {words}" if needs else words


def remark(item: Remark) -> str:
    """What is said, with its law and the further steps it belongs to."""
    return _with_law((item,))


def _with_law(items: Sequence[Remark]) -> str:
    """What is said, in its order, with the law and the further steps behind all that share them."""
    behind = grouped(((item.law, item.views_differ, item.also), item) for item in items)
    return " ".join(
        f"{' '.join(item.says for item in group)} {_law_of(group[0])}".strip() for group in behind.values()
    )


def _law_of(item: Remark) -> str:
    also = f" (also {item.also_at})" if item.also else ""
    views = "; views differ" if item.views_differ else ""
    law = f"({item.law}{views})" if item.law else ""
    return f"{law}{also}".strip()


def _parted(items: Iterable[Remark]) -> Iterator[Remark]:
    """Each as it is; what begins alike for several needs in its beginning, of all, and the rest, of each."""
    alike = grouped(((item.code, item.law, item.also), item) for item in items)
    for group in alike.values():
        every = [sentences(item.says) for item in group]
        shared = [first for first, *_ in takewhile(lambda it: len({*it}) == 1, zip(*every, strict=False))]
        if len(group) == 1 or not shared or len(shared) == min(map(len, every)):
            yield from group
            continue
        needs = tuple(dict.fromkeys(need for item in group for need in item.needs))
        yield replace(group[0], says=" ".join(shared), needs=needs)
        for item, each in zip(group, every, strict=True):
            yield replace(item, says=" ".join(each[len(shared) :]))
