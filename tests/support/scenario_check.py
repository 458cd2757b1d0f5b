"""Compares a plan with what a scenario expects of it, and names every difference in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from explained import APART, by_folder
from explained import plan_of as plan_as_written
from places import ROOT, TESTS
from plan_codes import codes
from shipped import router

from routing.opened import Router
from routing.plan.model import NeedAnswer, Plan, Step

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # written in C, ten times as fast
HERE = TESTS / "scenarios"
RULES = ROOT / "rules"


def read(path: Path) -> Any:
    """Every scalar as text, as the program reads it."""
    return yaml.load(path.read_bytes(), Loader=LOADER)


def scenarios() -> list[tuple[str, str]]:
    return [
        (path.parent.name, name)
        for path in sorted(HERE.glob("*/expected.yaml"))
        for name in expectations(path.parent.name)
    ]


def complete(case: dict[str, Any]) -> dict[str, Any]:
    """The case with what holds in every scenario that stipulates its ties."""
    if "assume" not in case:
        return case
    facts, ties = stipulated()
    return {**facts, **case, "assume": {"ties": {**ties, **case["assume"]["ties"]}}}


@cache
def stipulated() -> tuple[dict[str, Any], dict[str, str]]:
    """The facts and the ties that hold in every scenario which stipulates its ties."""
    defaults = read(HERE / "defaults.yaml")
    ties = {
        name: defaults["ties_not_named"]
        for name, form in forms_of_instruments().items()
        if form["kind"] in defaults["kinds"] and name not in defaults["but"]
    }
    return defaults["facts"], ties


@cache
def forms_of_instruments() -> dict[str, Any]:
    return dict(read(RULES / "instruments.yaml")["instruments"])


@cache
def expectations(folder: str) -> dict[str, Any]:
    """What is expected of each case of a folder."""
    return dict(read(HERE / folder / "expected.yaml"))


def named(folder: str) -> list[str]:
    """The scenarios of a folder, each called `folder/name`."""
    return [f"{folder}/{name}" for name in expectations(folder)]


@cache
def sample() -> tuple[str, ...]:
    """Some of the scenarios, at which a test looks whatever has changed."""
    return tuple(f"{folder}/{name}" for folder, name in scenarios())[::APART]


def in_each_folder(test: Callable[..., None]) -> Callable[..., None]:
    """A test of the scenarios of one `folder` after the other, only where rules, scenarios or code changed since
    it passed."""
    grouped = by_folder(sorted({path.parent.name for path in HERE.glob("*/expected.yaml")}))
    return pytest.mark.when_changed("rules", "tests/scenarios")(grouped(test))


def plan_named(name: str) -> Plan:
    """The plan of a scenario, called `folder/name`."""
    folder, _, file = name.partition("/")
    return kept_plan(folder, file)


def plan_of(folder: str, name: str, router: Router) -> Plan:
    return router.route(complete(read(HERE / folder / f"{name}.yaml")))


@cache
def kept_plan(folder: str, name: str) -> Plan:
    """The plan of a scenario by the rules as they stand, made once in a process."""
    if complete(case := read(HERE / folder / f"{name}.yaml")) == case:
        return plan_as_written(f"{folder}/{name}")
    return plan_of(folder, name, router())


def matches(provision: str, wanted: str) -> bool:
    """Whether a provision is the one wanted or a part of it: `untoc 27` is met by `untoc 27(1)(b)`."""
    return provision == wanted or (provision.startswith(wanted) and not provision[len(wanted)].isalnum())


def instrument(provision: str) -> str:
    return provision.partition(" ")[0]


class Comparison:
    def __init__(self, plan: Plan, expected: Mapping[str, Any]) -> None:
        self.plan = plan
        self.expected = expected
        self.needs: dict[str, NeedAnswer] = {need.id: need for need in plan.needs}
        self.steps = {step.id: step for step in plan.steps}
        self.faults: list[str] = []

    def differences(self) -> list[str]:
        for key, value in self.expected.items():
            if key not in ("text", "may"):
                getattr(self, f"_{key}")(value)
        return self.faults

    def _say(self, said: str) -> None:
        self.faults.append(said)

    def _of(self, pathway: str) -> list[Step]:
        return [step for step in self.plan.steps if step.pathway == pathway]

    def _cited(self, pathway: str) -> list[str]:
        return [basis.provision for step in self._of(pathway) for basis in step.basis]

    # Main pathways

    def _primary(self, wanted: Mapping[str, str | list[str]]) -> None:
        for need, pathways in wanted.items():
            pathway = self.needs[need].primary.pathway
            if pathway not in _list(pathways):
                self._say(f"primary of {need}: expected {_or(pathways)}, found {pathway}")

    def _certainty(self, wanted: Mapping[str, str]) -> None:
        for need, certainty in wanted.items():
            actual = self.needs[need].primary.certainty
            if actual != certainty:
                waits = (
                    f" (waits for {', '.join(self.needs[need].waits_for)})"
                    if self.needs[need].waits_for
                    else ""
                )
                self._say(f"certainty of {need}: expected {certainty}, found {actual}{waits}")

    def _status(self, wanted: str) -> None:
        if self.plan.status != wanted:
            self._say(f"status: expected {wanted}, found {self.plan.status}")

    def _not_primary(self, pathways: list[str]) -> None:
        for need in self.plan.needs:
            if need.primary.pathway in pathways:
                self._say(f"{need.primary.pathway} delivers {need.id}")

    def _not_confirmed(self, pathways: list[str]) -> None:
        for need in self.plan.needs:
            if need.primary.pathway in pathways and need.primary.certainty == "confirmed":
                self._say(f"{need.primary.pathway} is confirmed for {need.id}")

    def _alternatives(self, wanted: Mapping[str, list[str]]) -> None:
        for need, pathways in wanted.items():
            shown = {alternative.pathway for alternative in self.needs[need].alternatives}
            shown |= {step.pathway for step in self.plan.steps if need in step.needs}
            for pathway in pathways:
                if pathway not in shown:
                    self._say(f"{pathway} is not shown for {need}")

    def _waits_for(self, wanted: Mapping[str, list[str]]) -> None:
        for need, facts in wanted.items():
            for fact in facts:
                if fact not in self.needs[need].waits_for:
                    self._say(f"{need} does not wait for {fact}")

    def _proposed(self, wanted: Mapping[str, str]) -> None:
        for need, answer in wanted.items():
            proposed = self.needs[need].proposed
            if proposed is None or proposed.answer != answer:
                self._say(
                    f"proposed channel of {need}: expected {answer}, found {proposed.answer if proposed else 'nothing'}"
                )

    # Steps and their order

    def _steps(self, wanted: list[str | list[str]]) -> None:
        for pathways in wanted:
            if not any(self._of(pathway) for pathway in _list(pathways)):
                self._say(f"no step {_or(pathways)}")

    def _absent(self, pathways: list[str]) -> None:
        for pathway in pathways:
            if self._of(pathway):
                self._say(f"step {pathway} should not be there")

    def _now(self, pathways: list[str]) -> None:
        for pathway in pathways:
            if not any(step.when == "now" for step in self._of(pathway)):
                self._say(f"{pathway} does not begin at once")

    def _not_now(self, pathways: list[str]) -> None:
        for pathway in pathways:
            if any(step.when == "now" for step in self._of(pathway)):
                self._say(f"{pathway} begins at once")

    def _earlier(self, step: Step) -> set[str]:
        seen: set[str] = set()
        todo = list(step.after)
        while todo:
            id = todo.pop()
            if id not in seen:
                seen.add(id)
                todo += self.steps[id].after
        return seen

    def _before(self, wanted: list[list[str]]) -> None:
        for first, second in wanted:
            ordered, told = False, len(self.faults)
            for step in self._of(second):
                for before in self._of(first):
                    earlier = before.id in self._earlier(step)
                    ordered |= earlier
                    if not earlier and set(before.needs) & set(step.needs):
                        self._say(f"{first} does not come before {second} ({', '.join(step.needs)})")
            if self._of(first) and self._of(second) and not ordered and len(self.faults) == told:
                self._say(f"no {first} comes before a {second}")

    def _together(self, wanted: list[list[str]]) -> None:
        for first, second in wanted:
            for left in self._of(first):
                for right in self._of(second):
                    if left.id in self._earlier(right) or right.id in self._earlier(left):
                        self._say(f"{first} and {second} do not start together")

    def _language(self, wanted: Mapping[str, str]) -> None:
        for pathway, language in wanted.items():
            found = {step.language.short if step.language else "" for step in self._of(pathway)}
            if found != {language}:
                self._say(f"language of {pathway}: expected {language}, found {_or(sorted(found))}")

    def _between(self, wanted: Mapping[str, list[str]]) -> None:
        for pathway, roles in wanted.items():
            found = {(step.sender.role, step.receiver.role) for step in self._of(pathway)}
            if found != {tuple(roles)}:
                self._say(f"{pathway}: expected from and to {roles}, found {sorted(found)}")

    def _first_to_own(self, role: str) -> None:
        if not any(
            step.receiver.role == role and step.sender.state == step.receiver.state
            for step in self.plan.steps
        ):
            self._say(f"no step goes to our own {role}")

    def _deadlines(self, wanted: Mapping[str, str | list[str] | dict[str, str]]) -> None:
        for pathway, limit in wanted.items():
            deadlines = [step.deadline for step in self._of(pathway) if step.deadline]
            days = [deadline.date for deadline in deadlines if deadline.date]
            if not isinstance(limit, dict):
                words = "; ".join(f"{deadline.limit} {deadline.expected}" for deadline in deadlines)
                if not any(word in words for word in _list(limit)):
                    self._say(f"deadline of {pathway}: {_or(limit)} is not in `{words}`")
            elif "by" in limit and date.fromisoformat(limit["by"]) not in days:
                self._say(
                    f"deadline of {pathway}: expected {limit['by']}, found {_or([str(day) for day in days])}"
                )
            elif "no_later_than" in limit and not any(
                day <= date.fromisoformat(limit["no_later_than"]) for day in days
            ):
                self._say(
                    f"deadline of {pathway}: expected by {limit['no_later_than']}, found {_or([str(day) for day in days])}"
                )

    def _ends(self, wanted: Mapping[str, dict[str, str]]) -> None:
        for pathway, days in wanted.items():
            found = {item.what: str(item.date) for step in self._of(pathway) for item in step.dates}
            for what, day in days.items():
                if found.get(what) != day:
                    self._say(f"{pathway} {what}: expected {day}, found {found.get(what)}")

    def _titles(self, wanted: Mapping[str, str]) -> None:
        for pathway, title in wanted.items():
            titles = [step.action for step in self._of(pathway)]
            if title not in titles:
                self._say(f"title of {pathway}: expected {title}, found {_or(titles)}")

    def _tells(self, wanted: Mapping[str, str]) -> None:
        for pathway, words in wanted.items():
            if not any(words in step.tells for step in self._of(pathway)):
                self._say(f"{pathway} does not say `{words}`")

    # Exclusions, bases, terms

    def _excluded(self, pathways: list[str]) -> None:
        named = {exclusion.pathway for exclusion in self.plan.excluded}
        for pathway in pathways:
            if pathway not in named:
                self._say(f"{pathway} is not named among the exclusions")

    def _not_excluded(self, pathways: list[str]) -> None:
        named = {exclusion.pathway for exclusion in self.plan.excluded}
        for pathway in pathways:
            if pathway in named:
                self._say(f"{pathway} is named among the exclusions")

    def _basis(self, wanted: Mapping[str, list[str]]) -> None:
        for pathway, provisions in wanted.items():
            for provision in provisions:
                if not any(matches(cited, provision) for cited in self._cited(pathway)):
                    self._say(f"{pathway} does not cite {provision}")

    def _basis_any(self, wanted: Mapping[str, list[str]]) -> None:
        for pathway, provisions in wanted.items():
            if self._of(pathway) and not any(
                matches(cited, provision) for cited in self._cited(pathway) for provision in provisions
            ):
                self._say(f"{pathway} cites none of {', '.join(provisions)}")

    def _lead(self, wanted: Mapping[str, str | list[str]]) -> None:
        for pathway, instruments in wanted.items():
            for step in self._of(pathway):
                leads = {instrument(basis.provision) for basis in step.basis if basis.role == "lead"}
                if not leads & set(_list(instruments)):
                    self._say(f"{pathway} is led by {_or(sorted(leads))}, not by {_or(instruments)}")

    def _not_cited(self, unwanted: Mapping[str, list[str]]) -> None:
        for pathway, instruments in unwanted.items():
            for cited in self._cited(pathway):
                if instrument(cited) in instruments:
                    self._say(f"{pathway} cites {cited}")

    def _no_basis(self, instruments: list[str]) -> None:
        for step in self.plan.steps:
            for basis in step.basis:
                if instrument(basis.provision) in instruments:
                    self._say(f"{step.pathway} cites {basis.provision}")

    def _warnings(self, wanted: list[str | list[str]]) -> None:
        for code in wanted:
            if not set(_list(code)) & codes(self.plan):
                self._say(f"nothing says {_or(code)}")

    def _no_warnings(self, unwanted: list[str]) -> None:
        for code in unwanted:
            if code in codes(self.plan):
                self._say(f"{code} is said")

    def _terms_rest_on(self) -> list[str]:
        said = [ref for warning in self.plan.warnings for ref in warning.basis]
        said += [ref for duty in self.plan.obligations for ref in duty.basis]
        return said + [ref for step in self.plan.steps for limit in step.limits for ref in limit.basis]

    def _duties(self, wanted: list[str | list[str]]) -> None:
        said = self._terms_rest_on()
        for provisions in wanted:
            if not any(matches(ref, provision) for ref in said for provision in _list(provisions)):
                self._say(f"no duty, warning or limit rests on {_or(provisions)}")

    def _no_duties(self, unwanted: list[str]) -> None:
        for ref in dict.fromkeys(self._terms_rest_on()):
            for provision in unwanted:
                if instrument(ref) == provision or (" " in provision and matches(ref, provision)):
                    self._say(f"a duty, warning or limit rests on {ref}")

    def _questions(self, facts: list[str]) -> None:
        asked = {question.fact for question in self.plan.questions}
        for fact in facts:
            if fact not in asked:
                self._say(f"{fact} is not asked for")

    def _contested(self, wanted: list[str | list[str]]) -> None:
        text = " ".join(
            f"{point.rule} {point.a} {point.b} {point.default}" for point in self.plan.contested
        ).lower()
        for words in wanted:
            if not any(word in text for word in _list(words)):
                self._say(f"no contested point speaks of {_or(words)}")

    def _future(self, instruments: list[str]) -> None:
        forms = forms_of_instruments()
        listed = {basis.instrument for basis in self.plan.future}
        for name in instruments:
            if not {name, forms[name]["short"]} & listed:
                self._say(f"{name} is not listed as a future basis")


def _list(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


def _or(value: str | Iterable[str]) -> str:
    return value if isinstance(value, str) else " or ".join(value) or "nothing"
