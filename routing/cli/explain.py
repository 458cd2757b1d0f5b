"""`routing explain`: why a pathway is the answer, or why it is not."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from routing.cli.exit_codes import guarded
from routing.cli.options import as_of_option, format_option
from routing.cli.outputs import print_json

if TYPE_CHECKING:
    from routing.case.model import Case, Need
    from routing.opened import Router


@click.command()
@click.argument("case", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--why", metavar="PATHWAY", help="The chain from facts through rules to this pathway.")
@click.option(
    "--why-not",
    metavar="PATHWAY",
    help="What stands in the way of this pathway, and the least that would change that.",
)
@click.option("--need", "need_id", metavar="ID", help="For this need only.")
@as_of_option
@format_option
@click.pass_obj
def explain(
    obj: dict[str, Path],
    case: Path,
    why: str | None,
    why_not: str | None,
    need_id: str | None,
    as_of: str | None,
    form: str,
) -> None:
    """Why a pathway is, or is not, the answer for the needs in CASE.

    PATHWAY is a pathway's id or name, or a word for it. Without --why and --why-not the main
    step of every need is explained.
    """
    with guarded():
        from routing.cli.cases import opened

        if why is not None and why_not is not None:
            raise click.UsageError("give --why or --why-not, not both")
        router, read, day = opened(obj, case, as_of)
        needs = chosen_needs(read, need_id)
        data, texts = {}, []
        for need in needs:
            reasons, text = (
                _not(router, read, need, named(router, why_not), day)
                if why_not is not None
                else _why(router, read, need, named(router, why) if why is not None else None, day)
            )
            data[need.id] = reasons
            texts.append(text)
        if form == "json":
            print_json(data)
        else:
            click.echo("\n".join(texts), nl=False)


def _why(
    router: Router, case: Case, need: Need, pathway: str | None, day: date
) -> tuple[dict[str, object], str]:
    from routing.explain.tree import Reason
    from routing.explain.why import why as reasons_for
    from routing.plan.build import findings_of
    from routing.render.reasons import why_text

    findings, primary, _ = findings_of(case, need, router.judge, router.law, day)
    reason = reasons_for(findings, router.law, pathway or primary)
    if reason is None:
        name = router.rulebook.pathways[pathway or primary].name
        reason = Reason(
            f"{name} is not part of the answer for this need; --why-not tells what stands in its way"
        )
    return {"pathway": pathway or primary, "why": reason.data()}, why_text(need_words(router, need), reason)


def _not(router: Router, case: Case, need: Need, pathway: str, day: date) -> tuple[dict[str, object], str]:
    from routing.explain.why_not import why_not as reasons_against
    from routing.render.reasons import why_not_text

    answer = reasons_against(case, need.id, pathway, router.judge, router.law, day)
    return answer.data(), why_not_text(need_words(router, need), answer)


def chosen_needs(case: Case, need_id: str | None) -> tuple[Need, ...]:
    """The need that was asked for, or all of them."""
    from routing.core.errors import one_of

    if need_id is None:
        return case.needs
    chosen = tuple(need for need in case.needs if need.id == need_id)
    if not chosen:
        raise click.BadParameter(
            f"`{need_id}` is not a need of this case; {one_of(need_id, [need.id for need in case.needs])}",
            param_hint="--need",
        )
    return chosen


def named(router: Router, word: str) -> str:
    """The pathway a person means."""
    from routing.core.errors import one_of
    from routing.rulebook.pathway_names import resolve_pathway

    pathway = resolve_pathway(router.rulebook, word)
    if pathway is None:
        raise click.UsageError(f"`{word}` is not a pathway; {one_of(word, router.rulebook.pathways, 8)}")
    return pathway


def need_words(router: Router, need: Need) -> str:
    """A need in words, as `content: stored content, from` and the State."""
    join = {"request": "from", "answer": "asked by", "share": "to", "use": "from"}[need.kind]
    partner = router.law.states.name(need.partner) if need.partner else "a State not named"
    return f"{need.id}: {router.rulebook.measures[need.measure].name}, {join} {partner}"
