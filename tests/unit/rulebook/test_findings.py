"""Every finding of the check of the rules has a page, whose bad example gives it and whose good example does not."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from places import ROOT
from rule_faults import everything_wrong
from small_rules import FILES, write_rules
from small_rules_more import MORE

from routing.cli import main
from routing.core.errors import RulebookProblems
from routing.rulebook.overlay.merge import apply_overlays
from routing.rulebook.validate.diagnostics import Diagnostic, pages

PAGES = pages()
ROOT = ROOT / "routing"
# The code that can find a fault in the rules.
FINDERS = [
    *(ROOT / "rulebook").rglob("*.py"),
    *(ROOT / "law").glob("*.py"),
    ROOT / "yaml" / "schema.py",
    ROOT / "verify" / "statements.py",
]


def ids_in_code() -> set[str]:
    topics = "|".join({id.split(".")[0] for id in PAGES})
    found = {
        id
        for path in FINDERS
        for id in re.findall(rf'"((?:{topics})\.[a-z-]+)"', path.read_text(encoding="utf-8"))
    }
    return {id for id in found if not id.endswith((".yaml", ".csv"))}


def with_example(folder: Path, page: Diagnostic, example: str) -> Path:
    """The small rulebook with an example in its file: added to what is there, or in the place of what has its key."""
    if page.file == "overlay":
        # The one rule that the small rulebook has of the kind is called protected here.
        rules = FILES["reasoning/rules.yaml"].replace(
            "- id: police.no-compulsion\n", "- id: police.no-compulsion\n  protected: yes\n"
        )
        write_rules(folder, {**MORE, "reasoning/rules.yaml": rules})
        own = folder.parent / "mine.yaml"
        own.write_text(example, encoding="utf-8")
        return apply_overlays(folder, [own], folder.parent / "cache")
    base = {**FILES, **MORE}.get(page.file, "")
    if page.file.endswith(".csv"):
        head, _, rows = example.partition("\n")
        text = base + rows if base.startswith(head) else example
    elif page.file == "rulebook.yaml":
        key = example.split(":")[0]
        text = (re.sub(rf"^{key}:.*\n(?:[ -].*\n)*", "", base, flags=re.M) if key else base) + example
    elif example.startswith("- ") or not base:
        text = base + example
    else:
        key, _, entries = example.partition("\n")
        text = re.sub(rf"^{key}\n", f"{key}\n{entries}", base, flags=re.M)
        assert text != base
    return write_rules(folder, {**MORE, page.file: text})


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_what_a_page_says_to_avoid_gives_the_finding_and_what_it_prefers_does_not(
    tmp_path: Path, page: Diagnostic
) -> None:
    try:
        bad = everything_wrong(with_example(tmp_path / "bad" / "rules", page, page.avoid))
    except RulebookProblems as told:  # an overlay that is none is not laid over anything
        bad = list(told.problems)
    good = everything_wrong(with_example(tmp_path / "good" / "rules", page, page.prefer))
    assert page.id in {fault.id for fault in bad}, [str(fault) for fault in bad]
    # These are about what else is there: a list of files, a list of members.
    allowed = (
        {"file.unlisted", "file.missing"}
        if page.id.startswith("file.") or page.id == "instrument.complete"
        else set()
    )
    assert {fault.id for fault in good} <= allowed - {page.id}, [str(fault) for fault in good]


def test_every_finding_has_a_page_and_every_page_a_finding() -> None:
    assert ids_in_code() == set(PAGES)


def test_a_page_is_printed_and_all_are_listed() -> None:
    runner = CliRunner()
    page = runner.invoke(main, ["rules", "finding", "rule.no-basis"])
    assert page.exit_code == 0
    assert [part for part in ("rule.no-basis", "Avoid, in", "Prefer, in") if part not in page.output] == []
    assert {line.split()[0] for line in runner.invoke(main, ["rules", "finding"]).output.splitlines()} == set(
        PAGES
    )
    wrong = runner.invoke(main, ["rules", "finding", "rule.no-bases"])
    assert wrong.exit_code == 2 and "did you mean `rule.no-basis`?" in wrong.output


def test_a_check_names_the_finding_of_each_fault_in_text_and_in_json(tmp_path: Path) -> None:
    folder = with_example(tmp_path / "rules", PAGES["rule.no-basis"], PAGES["rule.no-basis"].avoid)
    runner = CliRunner()
    text = runner.invoke(main, ["--rules", str(folder), "rules", "check"])
    assert text.exit_code == 5
    assert "[rule.no-basis]" in text.output and "\n1 fault;" in text.output
    (told,) = json.loads(
        runner.invoke(main, ["--rules", str(folder), "rules", "check", "--format", "json"]).output
    )
    assert (told["id"], told["file"], told["line"]) == ("rule.no-basis", "rules/reasoning/example.yaml", 1)


def test_a_check_reads_the_statements_of_the_proofs(tmp_path: Path) -> None:
    folder = with_example(tmp_path / "rules", PAGES["statement.no-basis"], PAGES["statement.no-basis"].avoid)
    assert (
        "[statement.no-basis]" in CliRunner().invoke(main, ["--rules", str(folder), "rules", "check"]).output
    )
