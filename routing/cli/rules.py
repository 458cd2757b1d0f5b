"""`routing rules`: list, show and check the rules."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from routing.cli.diff import diff
from routing.cli.exit_codes import BAD_RULES, guarded, tell
from routing.cli.options import format_option
from routing.cli.outputs import print_json
from routing.cli.prove import prove
from routing.cli.rules_compare import compare
from routing.cli.rules_finding import finding
from routing.cli.rules_index import index
from routing.cli.rules_pack import pack, use, verify
from routing.core.errors import Problem, RulebookProblems, one_of
from routing.core.records import asdict


@click.group()
def rules() -> None:
    """The rules: what they say, what they rest on, and whether they hold together."""


rules.add_command(finding)
rules.add_command(index)
rules.add_command(prove)
rules.add_command(compare)
rules.add_command(diff)
rules.add_command(pack)
rules.add_command(verify)
rules.add_command(use)


@rules.command()
@click.option(
    "--by",
    type=click.Choice(["topic", "paper", "pathway", "instrument", "fact"]),
    default="topic",
    show_default=True,
)
@click.option("--unchecked", is_flag=True, help="Only rules that nobody has read a second time.")
@format_option
@click.pass_obj
def list(obj: dict[str, Path], by: str, unchecked: bool, form: str) -> None:
    """Every rule in one line, grouped."""
    with guarded():
        from routing.opened import Router
        from routing.render.rules import index

        rulebook = Router.open(obj["rules"]).rulebook
        grouped = index(rulebook, by)
        if unchecked:
            waiting = {rule.parent for rule in rulebook.rules if not rule.checked}
            grouped = {
                heading: left
                for heading, entries in grouped.items()
                if (left := [entry for entry in entries if entry["id"] in waiting])
            }
        if form == "json":
            print_json(grouped)
            return
        for heading, entries in grouped.items():
            click.secho(heading, bold=True)
            for entry in entries:
                click.echo(f"  {entry['id']:<44} {entry['says']}")


@rules.command()
@click.argument("rule_id", metavar="ID")
@click.option("--compiled", is_flag=True, help="Show the plain rules that both evaluators run.")
@format_option
@click.pass_obj
def show(obj: dict[str, Path], rule_id: str, compiled: bool, form: str) -> None:
    """One rule as a lawyer would write it."""
    with guarded():
        from routing.cli.checkout import exercising
        from routing.opened import Router
        from routing.render.rules import (
            WAYS,
            cases_text,
            compiled_lines,
            rule_data,
            rule_text,
            ways_data,
            ways_text,
        )

        router = Router.open(obj["rules"])
        rulebook = router.rulebook
        rules = [rule for rule in rulebook.rules if rule_id in (rule.id, rule.parent)]
        measure = rulebook.measures.get(rule_id.removeprefix(WAYS)) if rule_id.startswith(WAYS) else None
        if measure is not None:
            if form == "json":
                print_json(ways_data(rulebook, measure))
            else:
                click.echo(ways_text(rulebook, measure))
            return
        if not rules:
            ids = {rule.parent for rule in rulebook.rules}
            click.echo(str(Problem(f"`{rule_id}` is not a rule", fix=one_of(rule_id, ids, 6))), err=True)
            sys.exit(2)
        if compiled:
            click.echo("\n".join(compiled_lines(rulebook, rules)))
            return
        cases = exercising(router, rules, date.fromisoformat(rulebook.data_date))
        if form == "json":
            print_json([{**rule_data(rulebook, rule), "cases": cases or []} for rule in rules])
        else:
            exercised_by = "" if cases is None else cases_text(cases)
            click.echo(rule_text(rulebook, rules) + exercised_by, nl=False)


@rules.command()
@format_option
@click.pass_obj
def check(obj: dict[str, Path], form: str) -> None:
    """Read every file of the rules and of the law data and report every fault."""
    with guarded():
        from routing.rulebook.load import examine
        from routing.rulebook.parse.sources import unread
        from routing.rulebook.validate.style import style_in
        from routing.verify.statements import read_statements

        rulebook, _, faults = examine(obj["rules"])
        about = [] if unread(faults) else read_statements(rulebook)[1]
        problems = [*faults, *about, *style_in(rulebook.source)]
        if form == "json":
            print_json([asdict(problem) for problem in problems])
        if problems:
            if form == "text":
                tell(RulebookProblems(problems))
                click.echo(
                    f"{len(problems)} {'fault' if len(problems) == 1 else 'faults'}; `routing rules finding"
                    " ID` tells more",
                    err=True,
                )
            sys.exit(BAD_RULES)
        if form == "text":
            click.echo(
                f"the rules hold together: {len({r.parent for r in rulebook.rules})} rules"
                f" ({len(rulebook.rules)} with their rows), {len(rulebook.plain)} plain rules,"
                f" {len(rulebook.facts)} facts, {len(rulebook.measures)} measures, {len(rulebook.pathways)}"
                f" pathways, {len(rulebook.routes)} routes, {len(rulebook.provisions)} provisions"
            )
