"""What a look-up is of: a State, an instrument or a provision, as people write it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from routing.core.errors import Problems
from routing.law.provisions import split_ref

if TYPE_CHECKING:
    from routing.law import Law
    from routing.opened import Router

MARK = re.compile(
    r"^(?:art|arts|article|articles|para|paras|paragraph|section|recommendation)\.? +(?=[0-9])", re.IGNORECASE
)


def coded_state(law: Law, written: str) -> tuple[str, str] | None:
    """The code of a State that is written as the law data write it, and what it was taken for; else None."""
    place = law.states.find(written)
    return (place.place.alpha3, place.note or "") if place else None


def state_code(router: Router, written: str) -> tuple[str, str]:
    """The code of a State written as a code or as people name it, and a note on what it was taken for. Raises
    Problems for what names no State."""
    from routing.rulebook.state_names import suggest_state
    from routing.rulebook.words import STATE

    states, words = router.law.states, router.rulebook.words
    if coded := coded_state(router.law, written):
        return coded
    named = states.named(written) or words.read(STATE, written)
    if len(named) == 1:
        return named[0], ""
    raise Problems.of(f"`{written[:60]}` is not a State", fix=suggest_state(written[:60], words, states))


def named_provision(law: Law, written: str) -> tuple[str, str | None]:
    """The id and the article meant: as the files write them, or by its short name, as answers print them."""
    text = " ".join(written.split())
    names = {
        name.casefold(): entry.id
        for entry in (*law.cited().values(), *law.instruments.values())
        for name in (entry.short, entry.id)
    }
    for name in sorted(names, key=len, reverse=True):
        if text.casefold() == name or text.casefold().startswith(name + " "):
            article = MARK.sub("", text[len(name) :].strip())
            return names[name], article or None
    return split_ref(text)
