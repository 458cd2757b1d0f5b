"""A case with facts set as a person writes them: `fact=value`, `need.fact=value`,
`ties.instrument=in_force`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from routing.analyse.whatif.changed_case import case_data
from routing.case.model import Case
from routing.core.errors import CaseProblems, Problem, closest_spelling

if TYPE_CHECKING:
    from routing.opened import Router

OF_A_NEED = ("measure", "kind", "with")


def with_settings(case: Case, settings: Iterable[str], router: Router) -> Case:
    """The case with the settings made.

    An empty value takes a fact out. Without the name of a need a setting counts for the whole
    case, whatever single needs say. Raises CaseProblems in the writer's words.
    """
    data = case_data(case)
    problems: list[Problem] = []
    for setting in settings:
        try:
            _set(data, setting, router)
        except CaseProblems as error:
            problems += error.problems
    if problems:
        raise CaseProblems(problems)
    return router.read(data, "--set")


def _set(data: dict[str, Any], setting: str, router: Router) -> None:
    key, sign, word = setting.partition("=")
    key, word = key.strip(), word.strip()
    if not sign or not key:
        raise _problem(f"`{setting[:80]}` sets nothing", "write `fact=value`, or `need.fact=value`")
    scope, dot, name = key.rpartition(".")
    if scope == "ties":
        data.setdefault("assume", {}).setdefault("ties", {})[name] = word
        return
    needs = {need["id"]: need for need in data["needs"]}
    if dot and scope not in needs:
        raise _problem(f"`{scope[:60]}` is not a need of this case", f"its needs: {', '.join(needs)}")
    fact = router.rulebook.facts.get(name)
    if fact is None and name not in (*OF_A_NEED, "state", "as_of", "title"):
        near = closest_spelling(name, [*router.rulebook.facts, *OF_A_NEED, "state", "as_of"])
        raise _problem(
            f"`{name[:60]}` is not a fact",
            f"did you mean `{near}`?" if near else "`routing schema case` lists the facts",
        )
    value: Any = (
        [part.strip() for part in word.strip("[]").split(",") if part.strip()]
        if fact is not None and fact.type in ("many", "instruments")
        else word
    )
    targets = [needs[scope]] if dot else list(needs.values())
    if name in OF_A_NEED:
        for need in targets:
            _put(need, name, value)
    elif dot:
        _put(needs[scope], name, value)
    else:
        for need in targets:
            need.pop(name, None)
        _put(data, name, value)


def _put(where: dict[str, Any], name: str, value: Any) -> None:
    if value in ("", []):
        where.pop(name, None)
    else:
        where[name] = value


def _problem(message: str, fix: str) -> CaseProblems:
    return CaseProblems.of(message, "--set", None, fix)
