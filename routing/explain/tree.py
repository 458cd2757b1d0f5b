"""Reasons as a tree: a sentence, the provisions it rests on, and what it follows from."""

from __future__ import annotations

from collections.abc import Iterator

from routing.core.lines import lines_of
from routing.core.records import Record

WIDTH = 110


class Reason(Record):
    """says: one sentence. basis: provisions. rule: the rule's id, where one says it. parts: what it follows
    from."""

    says: str
    basis: tuple[str, ...] = ()
    rule: str = ""
    parts: tuple[Reason, ...] = ()

    def data(self) -> dict[str, object]:
        """The same in plain words and lists, for JSON."""
        return {
            "says": self.says,
            "basis": list(self.basis),
            "rule": self.rule,
            "parts": [part.data() for part in self.parts],
        }


def tree_text(reason: Reason, depth: int = 0) -> Iterator[str]:
    """The tree as indented lines."""
    basis = f" [{'; '.join(reason.basis)}]" if reason.basis else ""
    rule = f" ({reason.rule})" if reason.rule else ""
    lead = "  " * depth
    yield from lines_of(reason.says + basis + rule, max(WIDTH, len(lead) + 40), lead, 4)
    for part in reason.parts:
        yield from tree_text(part, depth + 1)
