"""The library in three functions, for who keeps no router: open rules, route, draft."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from routing.core.errors import RulebookProblems
from routing.core.paths import rules_folder
from routing.core.remembered import Remembered
from routing.library.arguments import CaseSource, Day, check_argument
from routing.library.router import Router
from routing.model.plan import Plan
from routing.opened import shared_router

if TYPE_CHECKING:
    from routing.papers.model import Draft

_shared: Remembered[Path, Router] = Remembered(8)


def load_rulebook(rules: Path | str | None = None) -> Router:
    """The router for a rules folder. A second call in the process gives the same router while the folder says
    the same, and opens it anew after an edit.

    rules: the folder; else the rules that come with the program. Raises RulebookProblems.
    """
    check_argument("rules", rules, "Path | str | None")
    opened = shared_router(rules)
    folder = Path(opened.rulebook.folder)
    kept = _shared.get(folder)
    return kept if kept is not None and kept._opened is opened else _shared.keep(folder, Router(opened))


def _own_rules() -> Router:
    """The rules that come with the program, which no program edits: they are opened once and not looked at
    again."""
    return _shared.get(rules_folder(None)) or load_rulebook()


def _given(rulebook: Router | None) -> Router:
    if rulebook is not None and not isinstance(rulebook, Router):
        message = f"`rulebook` takes what load_rulebook() gives, and this is {type(rulebook).__name__}"
        raise RulebookProblems.of(message, fix="pass `rulebook=load_rulebook(FOLDER)`")
    return rulebook or _own_rules()


def route(
    case: CaseSource,
    *,
    rulebook: Router | None = None,
    as_of: Day | None = None,
    strict_dates: bool = False,
    in_part: bool = False,
) -> Plan:
    """The plan for a case: which channel, in which order, on what basis, and what is open.

    case: as for `Router`. rulebook: from load_rulebook(); by default the rules that come with the program.
    as_of, strict_dates, in_part: as for `Router.route`. Raises CaseProblems when the case cannot be read,
    RulebookProblems when the rules cannot be used, EvaluatorsDisagree, ProofFails and EngineFailure when
    there is no answer to trust.
    """
    return _given(rulebook).route(case, as_of, strict_dates, in_part)


def draft(
    case: CaseSource,
    *,
    step: str | int | None = None,
    document: str | None = None,
    answers: Path | str | Mapping[str, object] | None = None,
    rulebook: Router | None = None,
    as_of: Day | None = None,
) -> Draft:
    """The draft of the paper that carries a step of the plan.

    case, step, document, answers, as_of: as for `Router.draft`. rulebook: as for `route`. Raises what these
    raise.
    """
    return _given(rulebook).draft(case, step, document, answers, as_of)
