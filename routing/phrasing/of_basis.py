"""What the basis of a step says of itself: whether it was read, how it is cited, which ties it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from routing.core.conditions import All, Any, Condition, Is, Not, leaf_tests
from routing.core.domain import COPY, IN_A_COPY, SAID_OF_MARK
from routing.core.kinds import TREATY
from routing.law.standing import IN_FORCE
from routing.plan.model import Basis
from routing.rulebook.parse.conditions import TIE


def ties_needed(condition: Condition) -> Iterator[str]:
    """The instruments that a condition asks to bind both."""
    ties = dict.fromkeys(leaf.fact for leaf in leaf_tests(condition) if isinstance(leaf, Is))
    return (tie.removeprefix(TIE) for tie in ties if tie.startswith(TIE) and all(signs(condition, tie, True)))


def signs(condition: Condition, tie: str, sign: bool) -> Iterator[bool]:
    """For each test of a tie in a condition, whether it asks that the tie binds both."""
    if isinstance(condition, (All, Any)):
        for part in condition.parts:
            yield from signs(part, tie, sign)
    elif isinstance(condition, Not):
        yield from signs(condition.part, tie, not sign)
    elif isinstance(condition, Is) and condition.fact == tie:
        yield sign == (IN_FORCE in condition.values)


def basis_if_it_covers(basis: Basis) -> bool:
    """Whether a treaty binds both States, and is a basis if it covers the case."""
    if basis.kind != TREATY or basis.certainty == "confirmed" or not bare(basis):
        return False
    return not any(name.startswith(TIE) for name in basis.waits_for)


def nobody_checked(basis: Iterable[Basis]) -> bool:
    """Whether it rests on law alone that nobody checked: no provision was read, not even in a summary."""
    return {item.mark for item in basis} == {"unverified"}


def in_a_copy(marks: Iterable[str]) -> str:
    """What is said after provisions of which one was read in a private copy; else nothing."""
    return SAID_OF_MARK[COPY] if COPY in marks else ""


def how_read(mark: str) -> str:
    """A mark as people read it."""
    return IN_A_COPY if mark == COPY else mark


def bare(basis: Basis) -> str:
    """The place of a provision without its instrument, where it is one that is cited."""
    article = basis.provision.split(" ", 1)[1]
    return article if quotable(article) else ""


def names_a_text(basis: Basis) -> bool:
    """Whether it names a text: an article, or a treaty of the two States by its title."""
    return bool(bare(basis) or basis.source)


def quotable(article: str) -> bool:
    """Whether a place has a number by which it is cited, as an article, a recital or a protocol has."""
    return any(character.isdigit() for character in article)
