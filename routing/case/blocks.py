"""The blocks of a case that are no needs: the States that are crossed, and ties that are assumed."""

from __future__ import annotations

from routing.case.measure_words import MeasureReader
from routing.case.model import Assumptions
from routing.case.values import TRI
from routing.core.domain import NO, UNKNOWN, YES
from routing.core.errors import one_of, quoted
from routing.rulebook.parse.conditions import TIE_VALUES
from routing.yaml.tree import Mapping, Node

CONSENT = (YES, NO, "requested", "not_asked", UNKNOWN)
NOT_ASKED = frozenset({"not_asked_yet", "not_yet_asked", "unasked", "not_yet", "to_be_asked"})


class BlockReader(MeasureReader):
    """Reads the blocks of a case that are no needs."""

    def via(self, node: Node | None) -> dict[str, str]:
        if node is None:
            return {}
        if not isinstance(node, Mapping):
            self.problem(
                "`via` lists the States crossed, each with its consent",
                node.line,
                "write `via: {STATE: yes, STATE: requested}` with the code of each",
            )
            return {}
        states: dict[str, str] = {}
        for key, value in node.entries:
            before = len(self.problems)
            code = self.state(key)
            word = (self.single_word(f"via: {key.value}", value) or "").lower()
            if not word:
                continue
            word = TRI.get(word, "_".join(word.split()))
            word = "not_asked" if word in NOT_ASKED else word
            if word not in CONSENT:
                self.problem(f"{quoted(word)} is not a consent", value.line, one_of(word, CONSENT))
            elif code in states:
                self.problem(f"{quoted(key.value)} is crossed twice", key.line, "keep one of them")
            elif code:
                states[code] = word
            elif len(self.problems) == before:
                self.problem(
                    f"{quoted(key.value)} names no State that is crossed",
                    key.line,
                    "leave it out until the State is known",
                )
        return states

    def assume(self, node: Node | None) -> Assumptions:
        if node is None:
            return Assumptions()
        ties_node = node.get("ties") if isinstance(node, Mapping) else None
        if not isinstance(node, Mapping) or not isinstance(ties_node, Mapping) or len(node.entries) != 1:
            example = next(iter(self.rulebook.instruments), "instrument")
            self.problem(
                "`assume` takes `ties`", node.line, f"write `assume: {{ties: {{{example}: in_force}}}}`"
            )
            return Assumptions()
        ties: dict[str, str] = {}
        for key, value in ties_node.entries:
            word = self.single_word(key.value, value) if key.value in self.rulebook.instruments else UNKNOWN
            if word is None:
                continue
            if key.value not in self.rulebook.instruments:
                self.problem(
                    f"{quoted(key.value)} is not an instrument",
                    key.line,
                    one_of(key.value, self.rulebook.instruments),
                )
            elif word not in (*TIE_VALUES, UNKNOWN):
                self.problem(
                    f"{quoted(word)} is not a status of an instrument",
                    value.line,
                    one_of(word, [*TIE_VALUES, UNKNOWN]),
                )
            else:
                ties[key.value] = word
        return Assumptions(ties=ties)
