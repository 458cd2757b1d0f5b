"""Whoever answers an interview: a person at a terminal, or answers that were written before."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING

import click

from routing.core.printable import printable

if TYPE_CHECKING:
    from routing.analyse.interview import Question

STOP, BACK, PLAN, WHY = "stop", "back", "plan", "?"
"""What is said to the interview in place of an answer; it asks the same question again but after `stop`."""
LEFT_OUT = {"kind": "request", "danger": "none", "more": "no", "keep": "no"}
"""What a case file says that leaves something out; else `unknown`."""


class Person(ABC):
    """Whoever answers. patient: whether a wrong answer may be given again."""

    patient = True

    @abstractmethod
    def answer(self, question: Question) -> str | None:
        """The answer to a question; None to stop."""

    def unasked(self) -> list[str]:
        """Answers, as `fact: value`, to what was not asked; each is given once."""
        return []

    def left_over(self) -> list[str]:
        """Answers that no question took."""
        return []

    @abstractmethod
    def correction(self) -> str:
        """What to change of the assumptions that were shown; nothing to leave them."""


class Terminal(Person):
    def answer(self, question: Question) -> str | None:
        word = typed_line()
        return STOP if word is None else word or WHY

    def correction(self) -> str:
        return typed_line() or ""


def typed_line() -> str | None:
    """What somebody types at the terminal; None where they stop."""
    try:
        return str(click.prompt("  ", prompt_suffix=" > ", err=True, default="", show_default=False)).strip()
    except click.Abort:
        return None


class WrittenAnswers(Person):
    """Answers from a file or from standard input: in turn, or by the name of the fact."""

    patient = False

    def __init__(self, path: Path | None) -> None:
        from routing.cli.cases import bytes_in

        data = bytes_in(path)
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise click.UsageError("the answers are not UTF-8 text; save them as UTF-8") from None
        lines = [line.split("#")[0].strip() for line in text.splitlines()]
        self.named: dict[str, str] = {}
        self.turns: list[str] = []
        for line in filter(None, lines):
            fact, sign, value = line.rpartition(":")
            if sign:
                self.named[fact.strip()] = _answer_in(line, value.strip().strip("[]"))
            else:
                self.turns.append(line)
        self.only_named = bool(self.named) and not self.turns
        self.left = dict(self.named)

    def answer(self, question: Question) -> str | None:
        for fact in (question.fact, *question.also):
            for key in (f"{question.need}.{fact}", fact):
                if key in self.named:
                    word = self.named.pop(key) if key != fact else self.named[key]
                    self.left.pop(key, None)
                    return self._echoed(word)
        if self.only_named:
            return self._echoed(LEFT_OUT.get(question.fact, "unknown"))
        return self._echoed(self.turns.pop(0)) if self.turns else None

    @staticmethod
    def _echoed(word: str) -> str:
        click.echo(f"   > {printable(word)}", err=True)
        return word

    def unasked(self) -> list[str]:
        lines = [f"{fact}: {value}" for fact, value in self.left.items()]
        self.left = {}
        for line in lines:
            self._echoed(line)
        return lines

    def left_over(self) -> list[str]:
        return self.turns

    def correction(self) -> str:
        return ""


def _answer_in(line: str, word: str) -> str:
    """The answer that stands beside the name of a fact; said to the interview there, a word would be said for
    ever."""
    if word in (STOP, BACK, PLAN, WHY):
        raise click.UsageError(
            f"`{line}`: `{word}` asks the interview for something; write an answer there, or `{word}` on a "
            "line of its own"
        )
    return word
