"""What we sent to a firm, which is no request to a State: `we wrote to the bank, and got no reply`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from routing.rulebook.mentions import matches
from routing.story.lines import Line


def sent_to_a_firm(story: Mapping[str, tuple[str, ...]], lines: Sequence[Line], number: int) -> bool:
    """Whether what a sentence says that we sent went to a firm, by that sentence or the one before it.
    number: of the sentence."""
    return any(
        any(matches(line.sentence.words, story.get("wrote_to_a_firm", ())))
        for line in lines[max(0, number - 1) : number + 1]
    )
