"""Who holds what a story asks for: a bank, a company that works in many States, an office."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from routing.core.domain import ANSWER
from routing.rulebook.model import Rulebook
from routing.rulebook.words import KIND
from routing.story.lines import HOLDER
from routing.story.needs import Holder
from routing.story.whereabouts import Discourse, only_state

BY_WHICH = frozenset({"by", "via", "over", "through", "on"})
IN, MESSAGE = "in", (("message",), ("call",), ("text",))


def holders_of(rulebook: Rulebook, discourse: Discourse) -> Iterator[Holder]:
    """Who holds something, but for those of our own State, which our own orders reach."""
    story = rulebook.words.story
    companies, leading = story.get("companies", ()), story.get("holders", ())
    for number, line in enumerate(discourse.lines):
        asked = any(ANSWER in kind.mention.targets for kind in line.of(KIND))
        for phrase in line.of(HOLDER):
            everywhere = phrase.mention.phrase in companies
            then = line.sentence.words[phrase.mention.end : phrase.mention.end + 1]
            if (
                everywhere
                and then in MESSAGE
                and line.sentence.before(phrase.mention.start) in (*BY_WHICH, IN)
            ):
                continue  # `offered it in a WhatsApp message`
            if asked and line.sentence.before(phrase.mention.start) in BY_WHICH:
                continue  # `their police ask us by WhatsApp`
            state = only_state(discourse.states_near(rulebook, phrase, number, near=everywhere))
            if not state and not everywhere:
                if line.sentence.about_us(phrase.mention.start):
                    continue
                state = discourse.state_else(rulebook, number)
            for value in (target for target in phrase.mention.targets if target in leading):
                yield Holder(number, phrase, value, line.sentence.quoted(phrase.mention), everywhere, state)


def holder_of(
    rulebook: Rulebook, measures: Iterable[str], number: int, holders: Iterable[Holder]
) -> Holder | None:
    """Who holds what a measure asks for, where the story names one of whom it is usual."""
    usual = {rulebook.measures[name].presumes.get(HOLDER) for name in measures}
    fitting = [holder for holder in holders if holder.value in usual]
    return min(
        fitting,
        key=lambda holder: (holder.line != number, holder.everywhere and not holder.state, holder.line),
        default=None,
    )
