"""A rulebook loads whole or not at all: every fault is told at once, with file, line, words and fix."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from rule_folders import read_rulebook
from small_rules import FILES, line_of, replaced, write_rules

from routing.core.errors import Problem, RulebookProblems
from routing.rulebook.load import examine, load_checked

RULES, PATHWAYS, NEEDS, CASE = (
    "reasoning/rules.yaml",
    "pathways/all.yaml",
    "facts/need.yaml",
    "facts/case.yaml",
)


def faults(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(RulebookProblems) as raised:
        read_rulebook(folder)
    return raised.value.problems


@dataclass(frozen=True)
class Fault:
    """One change of the small rulebook, and what is said of it.

    old is replaced by new in the file; the line told must be the one on which `at` stands.
    """

    file: str
    old: str
    new: str
    at: str
    message: str
    fix: str


# The line told is that of the block or the rule where the words have no line of their own.
FAULTS = {
    "a fact that is not declared": Fault(
        RULES, "when: {consent: given}", "when: {consnt: given}", "when: {consnt", "`consnt` is not a fact", "did you mean `consent`? allowed: "),
    "a value that is not declared": Fault(
        RULES, "when: {consent: given}", "when: {consent: givn}", "when: {consent: givn", "`givn` is not a value of `consent`",
        "did you mean `given`? allowed: given, not_sought, refused"),
    "a measure that is not declared": Fault(
        RULES, "when: {consent: given}", "when: {measure: find_persn}", "when: {measure", "`find_persn` is not a value of `measure`", "did you mean `find_person`?"),
    "a kind of need that does not exist": Fault(
        RULES, "when: {consent: given}", "when: {kind: reqest}", "when: {kind", "`reqest` is not a value of `kind`", "did you mean `request`?"),
    "a line whose words tell nothing else": Fault(
        NEEDS, "asks: Who consented?", "asks: Who consented?\n    told_by: {stage: all}", "consent:", "`stage` in `told_by` of `consent` is not a line whose words may tell something else",
        "allowed: measure, needed, offence, person_role, purpose"),
    "words for a measure that there is not": Fault(
        NEEDS, "asks: Who consented?", "asks: Who consented?\n    told_by: {measure: [find_persn]}", "consent:", "`find_persn` in `told_by` of `consent` is neither a measure, a kind of need nor `all`",
        "did you mean `find_person`?"),
    "a value that tells nothing there is": Fault(
        NEEDS, "asks: Who consented?", "asks: Who consented?\n    tells: {consent=givn: [given]}", "consent:", "`consent=givn` in `tells` of `consent` is not a fact and a value of it",
        "did you mean `consent=given`?"),
    "a value that tells and is none": Fault(
        NEEDS, "asks: Who consented?", "asks: Who consented?\n    tells: {consent=given: [givn]}", "consent:", "`givn` in `tells` of `consent` is not one of its values",
        "did you mean `given`?"),
    "a test for unknown": Fault(
        RULES, "when: {consent: given}", "when: {consent: unknown}", "when: {consent: unk", "`consent` may not be tested for `unknown`",
        "write what must be true; what is unknown leaves the rule undecided"),
    "a bound on what is not a number": Fault(
        RULES, "when: {consent: given}", "when: {consent: {at_least: 3}}", "when: {consent: {at", "`consent` is not a number", "give one of its values"),
    "a bound that is none": Fault(
        RULES, "{below: 30}", "{below: thirty}", "{below: thirty}", "`below: thirty` is not a bound", "write `at_least: 48` or `below: 48`"),
    "an instrument that has no entry": Fault(
        PATHWAYS, "opens: {in_force: alpha}, lead: [alpha 3]", "opens: {in_force: alfa}, lead: [alpha 3]", "opens: {in_force: alfa", "`alfa` is not an instrument",
        "did you mean `alpha`? allowed: alpha, club, paper"),
    "a pathway that is not declared, in a condition": Fault(
        RULES, "when: {consent: given}", "when: {open: polise}", "when: {open: polise", "`polise` is not a pathway", "did you mean `police`?"),
    "a pathway that is not declared, as a target": Fault(
        RULES, "  bar: police\n", "  bar: polise\n", "  bar: polise", "`polise` is not a pathway or route", "did you mean `police`?"),
    "a condition that is a word": Fault(
        RULES, "when: {consent: given}", "when: given", "when: given", "`given` is not a condition", "write `fact: value`"),
    "a list of alternatives that is not a list": Fault(
        RULES, "when: {consent: given}", "when: {any: {consent: given}}", "when: {any: {consent", "`any` takes a list of conditions", "start each with `- `"),
    "a count without a number": Fault(
        RULES, "when: {consent: given}", "when: {count: {of: [{consent: given}]}}", "when: {count", "`count` takes a number `at_least` and a list `of` conditions", ""),
    "a key that no rule has": Fault(
        RULES, "  if_none: nothing_keeps_it", "  if_non: nothing_keeps_it", "  if_non: nothing_keeps_it", "`if_non` is not part of a rule", "did you mean `if_none`?"),
    "a form that does not exist": Fault(
        RULES, "  warn: consent_was_given", "  warm: consent_was_given", "  warm: consent_was_given", "`warm` is not part of a rule", "did you mean `warn`?"),
    "two conclusions": Fault(
        RULES, "  close: formal\n", "  close: formal\n  warn: may_be_refused\n", "- id: assistance.grave-penalty",
        "`assistance.grave-penalty` must have one conclusion; it has `close` and `warn`", "split the rule, one conclusion each"),
    "no conclusion": Fault(
        RULES, "  close: formal\n", "", "- id: assistance.grave-penalty", "`assistance.grave-penalty` must have one conclusion; it has none", ""),
    "an id that is none": Fault(
        RULES, "- id: police.tell-early", "- id: Tell_Early", "- id: Tell_Early", "`Tell_Early` is not a rule id", "write `topic.what-it-says` in lower case"),
    "a rule defined twice": Fault(
        RULES, "- id: police.tell-early", "- id: preserve.first  # again", "# again", "rule `preserve.first` is defined twice, first in rules/reasoning/rules.yaml:", "give it another id"),
    "a rule with the id of one that has rows": Fault(
        RULES, "- id: guard.informal-ways", "- id: warn.by-route  # again", "# again", "rule `warn.by-route` is defined twice, first in rules/reasoning/rules.yaml:", "give it another id"),
    "a rule that says nothing": Fault(
        RULES, "  says: Tell police early.\n", "", "- id: police.tell-early", "a rule has no `says`", "add `says:`"),
    "a rule without a basis": Fault(
        RULES, "  warn: consent_was_given\n  defeats: [assistance.grave-penalty]\n  basis: [alpha 5]\n", "  warn: consent_was_given\n  defeats: [assistance.grave-penalty]\n",
        "- id: assistance.assurance", "rule `assistance.assurance` has no basis", "cite a provision or a practice source, or say `standing: design`"),
    "a citation that does not resolve": Fault(
        RULES, "  basis: [alpha 2]", "  basis: [alpha 1(3)]", "- id: offence.grave", "`alpha 1(3)` in rule `offence.grave` is not a provision", "did you mean `alpha 1(2)`?"),
    "a citation of an instrument that has no entry": Fault(
        RULES, "  basis: [alpha 2]", "  basis: [alfa 2]", "- id: offence.grave", "`alfa 2` in rule `offence.grave` is not a provision", "allowed: alpha, club, paper"),
    "a paragraph of the paper that is not there": Fault(
        RULES, "  basis: [alpha 2]", "  basis: [alpha 2]\n  paper: [9]", "- id: offence.grave", "`paper 9` in rule `offence.grave` is not a provision", ""),
    "a citation of a route that does not resolve": Fault(
        PATHWAYS, "support: [alpha 1(2)]", "support: [alpha 7]", "support: [alpha 7]", "`alpha 7` in route `assistance/alpha` is not a provision", "allowed: alpha 1(1), alpha 1(2)"),
    "a standing that does not exist": Fault(
        RULES, "  standing: contested", "  standing: disputed", "standing: disputed", "`disputed` is not a `standing`", "allowed: contested, design, practice, settled"),
    "a contested rule without its views": Fault(
        RULES, "  views: {a: letters first, b: treaty first, default: a}\n", "", "- id: prefer.letters-on-trial",
        "contested rule `prefer.letters-on-trial` does not give both views", "add `views: {a: ..., b: ..., default: ...}`"),
    "a contested rule with one view": Fault(
        RULES, "  views: {a: letters first, b: treaty first, default: a}", "  views: {a: letters first, default: a}", "- id: prefer.letters-on-trial",
        "contested rule `prefer.letters-on-trial` does not give both views", "add `views:"),
    "a warning that has no sentence": Fault(
        RULES, "  warn: consent_was_given", "  warn: consent_is_given", "- id: assistance.assurance", "`consent_is_given` is not a warn code", "did you mean `consent_was_given`?"),
    "a duty that has no sentence": Fault(RULES, "  duty: say_why", "  duty: say_how", "- id: duty.say-why", "`say_how` is not a duty code", "did you mean `say_why`?"),
    "a limit that has no sentence": Fault(
        RULES, "  limit: only_this_case", "  limit: only_that", "- id: limit.only-this-case", "`only_that` is not a limit code", "allowed: only_this_case"),
    "a last warning that has no sentence": Fault(
        RULES, "  if_none: nothing_keeps_it", "  if_none: nothing_kept_it", "- id: preserve.first", "`nothing_kept_it` is not a warning code", "did you mean `nothing_keeps_it`?"),
    "a warning of a row that has no sentence": Fault(
        RULES, "{on: assistance/alpha, warn: may_be_refused", "{on: assistance/alpha, warn: may_be_refuse", "warn: may_be_refuse,", "`may_be_refuse` is not a warn code", "did you mean"),
    "a rule that defeats nothing": Fault(
        RULES, "  defeats: [assistance.grave-penalty]", "  defeats: [assistance.grave-penalties]", "- id: assistance.assurance",
        "`assistance.grave-penalties`, which `assistance.assurance` defeats, is not a rule", "did you mean `assistance.grave-penalty`?"),
    "a fact concluded that is not derived": Fault(
        RULES, "  is: grave", "  is: coercive", "- id: offence.grave", "`coercive` is not a derived fact", "declare it under facts with `derived: yes`"),
    "a part in the plan that does not exist": Fault(RULES, "  as: preserve", "  as: keep", "- id: preserve.first", "`keep` in `preserve.first` is not a role", "allowed: deliver, inform, preserve"),
    "a preference over nothing": Fault(
        RULES, "  over: assistance\n  standing: contested", "  standing: contested", "- id: prefer.letters-on-trial", "`prefer.letters-on-trial` does not say over or before what",
        "add `over: [pathway]`"),
    "a guard that is violated": Fault(
        RULES, "  bar: police\n", "  close: [police]\n  unless: {dual_criminality: yes}\n", "- id: police.no-compulsion",
        "rule `police.no-compulsion` closes `police` because of `dual_criminality`, which `guard.informal-ways` forbids", "remove that pathway or that condition"),
    "a guard that is violated by a need": Fault(
        RULES, "  on: formal\n  when: {coercive: yes}\n  needs:", "  on: [police]\n  when: {coercive: yes}\n  needs:", "- {dual_criminality: yes, how: curable}",
        "rule `assistance.dual-criminality/1` closes `police` because of `dual_criminality`, which `guard.informal-ways` forbids", ""),
    "a ring of two rules": Fault(
        RULES, "when: {risk_of_penalty: yes}", "when: {open: letters}", "- id: assistance.grave-penalty", "conclusions depend on one another in a ring: ",
        "let one of these rules ask something else"),
    "a fact that leads to itself": Fault(
        RULES, "when: {any: [{max_penalty_months: {at_least: 48}}, {offence: [trafficking]}]}", "when: {grave: yes}", "- id: offence.grave",
        "conclusions depend on one another in a ring: ", ""),
    "a pathway without a route": Fault(
        PATHWAYS, "    routes:\n      - {id: police/custom, opens: {}, lead: [paper 1], kind: practice, says: Police talk.}\n", "    routes: []\n", "  police:\n",
        "pathway `police` has no route", "add `routes:`, one for each legal basis"),
    "a word that is said first and has no sentence": Fault(
        PATHWAYS, "    routes:\n      - {id: police/custom,", "    manners: [{when: {kind: request}, first: act_soon}]\n    routes:\n      - {id: police/custom,", "  police:\n",
        "`act_soon` is not in `firsts` (pathway `police`)", "write a sentence"),
    "a route named after another pathway": Fault(
        PATHWAYS, "id: letters/comity", "id: letter/comity", "id: letter/comity", "`letter/comity` does not begin with `letters/`", "write `letters/basis`"),
    "a route without a lead": Fault(
        PATHWAYS, "lead: [club 4], ", "", "id: assistance/club", "a route has no `lead`", "add `lead:`"),
    "a family that does not exist": Fault(
        PATHWAYS, "family: preservation", "family: preserving", "  preservation:\n    name", "`preserving` is not a family (pathway `preservation`)", "did you mean `preservation`?"),
    "a measure with an unknown way": Fault(
        "measures.yaml", "    ways: [assistance, letters]\n", "    ways: [asistance, letters]\n", "  take_statement:", "`asistance` is not a pathway", "did you mean `assistance`?"),
    "a measure that presumes what is not a fact": Fault(
        "measures.yaml", "    presumes: {coercive: no}\n    has", "    presumes: {coercife: no}\n    has", "coercife", "`coercife` is not a fact", "did you mean `coercive`?"),
    "a measure that has a value that does not exist": Fault(
        "measures.yaml", "has: {police_can_give: yes}", "has: {police_can_give: often}", "often", "`often` is not a value of `police_can_give`", "allowed: no, yes"),
    "a key that no fact has": Fault(
        NEEDS, "    nature: fixed\n  consent:", "    natur: fixed\n  consent:", "    natur: fixed", "`natur` is not part of a fact", "did you mean `nature`?"),
    "a type of fact that does not exist": Fault(CASE, "type: many", "type: meny", "type: meny", "`meny` is not a `type`", "did you mean `many`?"),
    "a scope that does not exist": Fault(
        NEEDS, "of: pair\n    values: {yes: , no: }\n    looked_up: {member_of", "of: pear\n    values: {yes: , no: }\n    looked_up: {member_of", "of: pear",
        "`pear` is not a `of`", "did you mean `pair`?"),
    "a fact without values": Fault(
        NEEDS, "    values: {given: , refused: , not_sought: }\n    presumed: not_sought\n    because: Consent must be shown.\n", "", "  consent:\n", "fact `consent` has no values",
        "add `values: {yes: , no: }`"),
    "a presumption without a reason": Fault(
        CASE, "    because: Most cases are under investigation.\n", "", "  stage:\n", "fact `stage` is presumed without a reason", "add `because:`"),
    "a presumption of a value that does not exist": Fault(
        CASE, "presumed: investigation", "presumed: appeal", "  stage:\n", "`appeal` is not a value of `stage`", "allowed: investigation, trial"),
    "a presumption that hangs on another presumption": Fault(
        NEEDS, "presumed_unless: {penalty_kept: yes}", "presumed_unless: {stage: trial}", "  risk_of_penalty:\n",
        "`presumed_unless` of `risk_of_penalty` asks about something derived or presumed", ""),
    "a level of warning that does not exist": Fault(
        "wording/all.yaml", "level: stop", "level: halt", "level: halt", "`halt` is not a `level`", "allowed: caution, note, stop"),
    "an anchor": Fault(RULES, "when: {consent: given}", "when: &x {consent: given}", "when: &x", "anchors and aliases (`&`, `*`) are not allowed", ""),
    "a key given twice": Fault(RULES, "  as: preserve\n", "  as: preserve\n  as: inform\n", "  as: inform\n  if_none", "`as` is given twice, first on line ", "keep one of them"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_told_with_its_file_its_line_and_its_fix(tmp_path: Path, fault: Fault) -> None:
    changed = replaced(fault.file, fault.old, fault.new)
    problems = faults(write_rules(tmp_path / "rules", changed))
    told = [problem for problem in problems if problem.message.startswith(fault.message)]
    assert len(told) == 1, [str(problem) for problem in problems]
    assert told[0].file == f"rules/{fault.file}"
    assert told[0].line == line_of(changed[fault.file], fault.at)
    assert (told[0].fix or "").startswith(fault.fix) or fault.fix in (told[0].fix or "")


def test_the_small_rulebook_itself_loads(small_rules: Path) -> None:
    rulebook = read_rulebook(small_rules)
    assert rulebook.version == "1.2.3"
    assert {rule.form for rule in rulebook.rules} >= {
        "is",
        "close",
        "bar",
        "first_open",
        "include",
        "prefer",
        "before",
        "duty",
        "warn",
        "limit",
        "never",
    }
    assert rulebook.last_resort == "refer"


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    together = ["a fact that is not declared", "a citation that does not resolve", "two conclusions", "a duty that has no sentence", "a contested rule without its views",
                "a rule that says nothing", "a guard that is violated", "a key that no fact has", "a type of fact that does not exist", "a measure with an unknown way",
                "a level of warning that does not exist", "a citation of a route that does not resolve", "an instrument that has no entry"]  # fmt: skip
    changed = dict(FILES)
    for name in together:
        fault = FAULTS[name]
        assert changed[fault.file].count(fault.old) == 1
        changed[fault.file] = changed[fault.file].replace(fault.old, fault.new)
    problems = faults(write_rules(tmp_path / "rules", changed))
    for name in together:
        fault = FAULTS[name]
        told = [problem for problem in problems if problem.message.startswith(fault.message)]
        assert [(problem.file, problem.line) for problem in told] == [
            (f"rules/{fault.file}", line_of(changed[fault.file], fault.at))
        ], name


def test_a_file_that_is_no_yaml_does_not_hide_the_faults_of_the_others(tmp_path: Path) -> None:
    changes = {
        **replaced("measures.yaml", "ways: [preservation, assistance]", "wayz: [preservation, assistance]"),
        "wording/broken.yaml": "warnings: [x\n",
    }
    problems = faults(write_rules(tmp_path / "rules", changes))
    told = {(problem.file, problem.message.split(":")[0]) for problem in problems}
    assert ("rules/wording/broken.yaml", "not readable as YAML") in told
    assert ("rules/measures.yaml", "`wayz` is not part of a measure") in told


@pytest.mark.parametrize("file", [name for name in FILES if name.endswith(".yaml")])
def test_what_others_name_of_a_file_that_cannot_be_read_is_no_fault_of_theirs(
    tmp_path: Path, file: str
) -> None:
    folder = write_rules(tmp_path / "rules", {file: FILES[file] + "\n  - : x [\n"})
    told = examine(folder)[2]
    assert [(fault.id, f"/{fault.file}".endswith(f"/rules/{file}")) for fault in told] == [
        ("file.unreadable", True)
    ]


def test_a_fact_or_a_code_defined_in_two_files_is_told_where_it_comes_again(tmp_path: Path) -> None:
    again = {
        "facts/z.yaml": "facts:\n  stage: {asks: x, of: case, values: {a: , b: }}\n",
        "wording/z.yaml": "duties:\n  say_why: {says: x}\n",
    }
    problems = faults(write_rules(tmp_path / "rules", again))
    assert [(p.message, p.file, p.line) for p in problems] == [
        ("`stage` is defined twice", "rules/facts/z.yaml", 2), ("`say_why` is defined twice", "rules/wording/z.yaml", 2)]  # fmt: skip


@pytest.mark.parametrize(
    ("count", "new"), [(0, "    action: Refer\n"), (2, "    last_resort: yes\n    action: Refer\n")]
)
def test_there_is_exactly_one_last_resort(tmp_path: Path, count: int, new: str) -> None:
    changes = replaced(PATHWAYS, "    last_resort: yes\n    action: Refer\n", new)
    if count == 2:
        changes[PATHWAYS] = changes[PATHWAYS].replace(
            "    action: Preserve\n", "    action: Preserve\n    last_resort: yes\n"
        )
    (told,) = [
        problem
        for problem in faults(write_rules(tmp_path / "rules", changes))
        if "last resort" in problem.message
    ]
    assert told.message == f"{count} pathways are the last resort"
    assert told.fix == "give exactly one `last_resort: yes`"
    assert (told.file, told.line) == (
        f"rules/{PATHWAYS}",
        line_of(changes[PATHWAYS], "  police:\n" if count == 0 else "  refer:\n"),
    )


def test_a_rule_file_that_is_no_list_is_told(tmp_path: Path) -> None:
    (told,) = faults(write_rules(tmp_path / "rules", {"reasoning/z.yaml": "id: a.b\n"}))
    assert (told.file, told.line, told.message) == ("rules/reasoning/z.yaml", 1, "`this file` takes a list")
    (told,) = faults(write_rules(tmp_path / "rules", {"reasoning/z.yaml": "- just words\n"}))
    assert (told.file, told.line, told.message) == (
        "rules/reasoning/z.yaml",
        1,
        "a rule takes a block of `key: value` lines",
    )


SILENT = {
    "a list of no values": (RULES, "when: {consent: given}", "when: {consent: []}", "condition.empty"),
    "a bound that bounds nothing": (RULES, "{days_left: {below: 30}}", "{days_left: {}}", "condition.empty"),
    "alternatives of which there is none": (
        RULES,
        "when: {consent: given}",
        "when: {any: []}",
        "condition.empty",
    ),
    "a condition without a line": (RULES, "when: {consent: given}", "when: {}", "condition.empty"),
    "a conclusion of nothing": (RULES, "  warn: consent_was_given", "  warn: []", "shape.empty"),
    "a rule on nothing": (RULES, "  on: formal\n  duty", "  on: []\n  duty", "shape.empty"),
    "a way of closing that there is not": (RULES, "how: curable", "how: mended", "shape.choice"),
    "a guard because of what is not a fact": (
        RULES,
        "because_of: dual_criminality",
        "because_of: dual_crime",
        "condition.unknown-fact",
    ),
    "a guard because of nothing": (RULES, "  because_of: dual_criminality\n", "", "rule.guard-without-facts"),
    "a closing of one route that a guard shields": (
        RULES,
        "  bar: police\n",
        "  bar: police/custom\n  unless: {dual_criminality: yes}\n",
        "rule.guard-broken",
    ),
    "a way of looking up that there is not": (
        NEEDS,
        "{days_until: keep_until}",
        "{days_to: keep_until}",
        "fact.looked-up",
    ),
    "a side that there is not": (
        NEEDS,
        "{member_of: club, who: requested}",
        "{member_of: club, who: them}",
        "fact.looked-up",
    ),
    "a list that there is not": (
        NEEDS,
        "{member_of: club, who: requested}",
        "{member_of: clib, who: requested}",
        "condition.unknown-instrument",
    ),
    "a day counted from what is not a date": (
        NEEDS,
        "{days_until: keep_until}",
        "{days_until: remark}",
        "fact.looked-up",
    ),
    "a key that no measure has": (
        "measures.yaml",
        "    ways: [preservation, assistance]",
        "    way: [preservation, assistance]",
        "shape.key",
    ),
    "no measures": ("measures.yaml", FILES["measures.yaml"], "measures: [find_person]\n", "shape.block"),
    "a code without its sentence": (
        "wording/all.yaml",
        "{says: Say why it is needed.}",
        "{conveys: [x]}",
        "shape.missing",
    ),
    "a route that says not when it is open": (PATHWAYS, "opens: {in_club: yes}, ", "", "shape.missing"),
}


@pytest.mark.parametrize(("file", "old", "new", "finding"), SILENT.values(), ids=SILENT.keys())
def test_what_would_change_an_answer_in_silence_is_a_fault(
    tmp_path: Path, file: str, old: str, new: str, finding: str
) -> None:
    told = [
        problem
        for problem in faults(write_rules(tmp_path / "rules", replaced(file, old, new)))
        if problem.id == finding
    ]
    assert [problem.file for problem in told] == [f"rules/{file}"]
    assert told[0].line


def test_a_list_of_members_that_is_gone_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(RulebookProblems, match=r"there is no file `membership/club.csv`"):
        load_checked(write_rules(tmp_path / "rules", {"membership/club.csv": None}))


def test_a_rule_file_that_is_gone_or_new_is_named(tmp_path: Path) -> None:
    folder = write_rules(tmp_path / "rules")
    (folder / RULES).rename(folder / "reasoning" / "renamed.yaml")
    assert [(problem.id, problem.message) for problem in faults(folder)] == [
        ("file.missing", f"there is no file `{RULES}`, which `files` names"),
        ("file.unlisted", "`reasoning/renamed.yaml` is not named under `files`"),
    ]


def test_a_provision_without_a_mark_is_told(tmp_path: Path) -> None:
    changes = replaced(
        "instruments/alpha.yaml", "says: What is grave., mark: secondary", "says: What is grave."
    )
    problems = faults(write_rules(tmp_path / "rules", changes))
    assert [p.message for p in problems if p.file == "rules/instruments/alpha.yaml"] == ["`2` has no `mark`"]
    assert [p.message for p in problems if p.file == f"rules/{RULES}"] == [
        "`alpha 2` in rule `offence.grave` is not a provision"
    ]


def test_a_folder_without_a_rulebook_is_told(tmp_path: Path) -> None:
    problems = faults(write_rules(tmp_path / "rules", {"rulebook.yaml": None}))
    assert (
        problems[0].file == "rules/rulebook.yaml"
        and problems[0].message == "there is no file `rulebook.yaml`"
    )


def test_what_is_wrong_in_a_part_of_a_condition_is_told_wherever_it_stands(tmp_path: Path) -> None:
    """In alternatives, opposites, counts, rows, exceptions and needs alike."""
    wrong = "{consnt: given}"
    places = [
        replaced(RULES, "when: {consent: given}", f"when: {{any: [{wrong}, {{coercive: yes}}]}}"),
        replaced(RULES, "when: {consent: given}", f"when: {{all: [{wrong}]}}"),
        replaced(RULES, "when: {consent: given}", f"when: [{wrong}, {{coercive: yes}}]"),
        replaced(RULES, "when: {consent: given}", f"when: {{not: {wrong}}}"),
        replaced(RULES, "when: {consent: given}", f"when: {{count: {{at_least: 1, of: [{wrong}]}}}}"),
        replaced(RULES, "when: {consent: given}", f"unless: {wrong}"),
        replaced(RULES, "- {dual_criminality: yes, how: curable}", f"- {wrong}"),
        replaced(RULES, "when: {coercive: yes}, warn", f"when: {wrong}, warn"),
        replaced(RULES, "when: {dual_criminality: no}\n  table", f"when: {wrong}\n  table"),
        replaced(PATHWAYS, "opens: {in_club: yes}", f"opens: {wrong}"),
    ]
    for number, changes in enumerate(places):
        told = [
            p
            for p in faults(write_rules(tmp_path / str(number) / "rules", changes))
            if p.message == "`consnt` is not a fact"
        ]
        (name,) = changes
        assert {(p.file, p.line) for p in told} == {(f"rules/{name}", line_of(changes[name], "consnt"))}, (
            changes
        )
