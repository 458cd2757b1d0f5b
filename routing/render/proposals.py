"""What is said of the channels that were proposed: the verdict and its reason, each reason once on a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from routing.core.grouping import grouped
from routing.core.printable import day
from routing.phrasing.of_plans import Wording, sentence
from routing.plan.model import NeedAnswer, Proposed, Verdict

STERNEST: tuple[Verdict, ...] = ("not_as_proposed", "depends", "as_proposed")
VERDICTS: dict[Verdict, str] = {"as_proposed": "yes", "not_as_proposed": "no", "depends": "it depends"}


class Proposal(NamedTuple):
    """Channels that were proposed and are answered alike. reason: with its law."""

    channels: tuple[str, ...]
    verdict: str
    reason: str


class Proposals:
    """The proposals of a page. law: the provisions behind what is said of some needs, in words."""

    def __init__(self, words: Wording, law: Callable[[Proposed, Iterable[str]], str]) -> None:
        self.words, self.law = words, law
        self._first_of: dict[str, str] = {}
        self._needs_of: dict[Proposal, list[str]] = {}

    def of(self, need: NeedAnswer) -> tuple[Proposal, ...]:
        """What was proposed for a need: what is no way first, then what hangs on terms, then what is one."""
        answers = (need.proposed, *need.also_proposed) if need.proposed else ()
        answers = tuple(sorted(answers, key=lambda it: STERNEST.index(it.answer)))
        alike = grouped((self._answer(proposed, need.id), self._channel(proposed)) for proposed in answers)
        proposals = [Proposal(tuple(dict.fromkeys(channels)), *answer) for answer, channels in alike.items()]
        for proposal in proposals:
            self._needs_of.setdefault(proposal, []).append(need.id)
        return tuple(proposals)

    def text(self, proposals: Iterable[Proposal], needs: Sequence[str]) -> str:
        """The answer to each that was not told yet, with all needs for which it was proposed; a reason that
        was told of another proposal names the needs of that one instead."""
        return " ".join(
            self._sentence(proposal, needs) for proposal in proposals if self._needs_of[proposal][0] in needs
        )

    def _sentence(self, proposal: Proposal, needs: Sequence[str]) -> str:
        named = ", ".join(needs)
        first = self._first_of.setdefault(proposal.reason, named)
        further = [need for need in self._needs_of[proposal] if need not in needs]
        also = f"; also for {', '.join(further)}" if further else ""
        answer = f"As proposed ({'; '.join(proposal.channels)}{also}): {proposal.verdict}"
        return f"{answer}. {proposal.reason}" if first == named else f"{answer}, as for {first}."

    def _channel(self, proposed: Proposed) -> str:
        if proposed.pathway is None:
            return proposed.channel.replace("_", " ")
        return self.words.inside(self.words.pathway(proposed.pathway))

    def _answer(self, proposed: Proposed, need: str) -> tuple[str, str]:
        """The verdict on a channel that was proposed, and its reason with its law."""
        from_day = f" It can serve from {day(proposed.serves_from)}." if proposed.serves_from else ""
        reason = with_law(proposed.says, self.law(proposed, (need,)))
        return VERDICTS[proposed.answer], f"{reason}{from_day}"


def with_law(says: str, law: str) -> str:
    """A sentence with its law."""
    return sentence(says) + (f" ({law})" if law else "")
