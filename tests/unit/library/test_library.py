"""The library: its public names, what it accepts, what it answers and how it fails."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click
import jsonschema
import pytest
from jsonschema.validators import validator_for
from places import ROOT
from when_changed import WHOLE_PROGRAM

import routing
from routing.core.records import names
from routing.json_schema import case_schema, plan_schema

pytestmark = WHOLE_PROGRAM

EXAMPLES = ROOT / "examples"
CASE = {
    "as_of": "2026-11-24",
    "state": "KEN",
    "needs": [{"measure": "locate_person", "with": "FRA", "purpose": "locate"}],
}


def test_the_public_names_are_these() -> None:
    assert sorted(routing.__all__) == [
        "Assumptions",
        "Case",
        "CaseProblems",
        "ChangeAnswer",
        "Comparison",
        "Difference",
        "Draft",
        "EngineFailure",
        "EvaluatorsDisagree",
        "Interview",
        "LawDelta",
        "LimitReached",
        "Limits",
        "Need",
        "NoAnswer",
        "Plan",
        "Problem",
        "Problems",
        "ProofFails",
        "Question",
        "Reason",
        "Replay",
        "Router",
        "RoutingError",
        "RulebookProblems",
        "Standing",
        "WhyNot",
        "__version__",
        "draft",
        "load_rulebook",
        "route",
    ]
    offered = [name for name in dir(routing.Router) if not name.startswith("_")]
    assert offered == [
        "batch",
        "between",
        "change",
        "compare",
        "coverage",
        "coverage_by_state",
        "draft",
        "instruments",
        "interview",
        "law",
        "missing",
        "open",
        "papers",
        "parties",
        "pathway",
        "read",
        "receipt",
        "render",
        "replay",
        "route",
        "rulebook",
        "schema",
        "show",
        "stage",
        "stale",
        "standing",
        "state",
        "template",
        "term",
        "told",
        "verify_proof",
        "what_if",
        "who",
        "why",
        "why_not",
        "written",
    ]
    for name in routing.__all__:
        assert getattr(routing, name) is not None


def test_the_methods_and_arguments_of_the_public_classes_are_these() -> None:
    """A name that is taken away, or an argument that moves, breaks programs: it needs a new version."""
    interview = [name for name in vars(routing.Interview) if not name.startswith("_")]
    assert interview == [
        "remarks",
        "case",
        "next_question",
        "answer",
        "back",
        "left_out",
        "plan",
        "file_text",
    ]
    assert names(routing.Comparison) == ("before", "after", "differences", "law")
    given = {
        name: list(inspect.signature(getattr(routing.Router, name)).parameters)
        for name in (
            "open",
            "route",
            "read",
            "render",
            "interview",
            "papers",
            "stage",
            "replay",
            "verify_proof",
            "template",
            "told",
            "between",
            "who",
            "coverage",
            "missing",
            "coverage_by_state",
            "stale",
            "why",
            "why_not",
            "change",
            "what_if",
            "compare",
            "draft",
            "written",
            "receipt",
            "batch",
            "pathway",
            "term",
        )
    }
    assert given == {
        "open": ["rules", "overlays", "limits", "isolate", "strict_dates"],
        "route": ["self", "case", "as_of", "strict_dates", "in_part"],
        "read": ["self", "case", "name", "as_of", "in_part"],
        "render": ["self", "plan", "form", "full"],
        "interview": ["self", "case", "as_of", "story"],
        "papers": ["self", "case", "as_of"],
        "stage": ["self", "case", "stage", "as_of"],
        "replay": ["self", "receipt"],
        "verify_proof": ["self", "receipt"],
        "template": ["self", "measures", "kind", "everything"],
        "told": ["self", "story", "as_of"],
        "between": ["self", "state", "other_state", "as_of", "everything"],
        "who": ["self", "state", "as_of", "pathway", "asking"],
        "coverage": ["self", "as_of"],
        "missing": ["self", "role", "as_of"],
        "coverage_by_state": ["self", "as_of"],
        "stale": ["self", "as_of", "older_than"],
        "why": ["self", "case", "pathway", "need", "as_of"],
        "why_not": ["self", "case", "pathway", "need", "as_of"],
        "change": ["self", "case", "pathway", "need", "as_of"],
        "what_if": ["self", "case", "settings", "as_of"],
        "compare": ["self", "case", "first", "second"],
        "draft": ["self", "case", "step", "document", "answers", "as_of"],
        "written": ["self", "draft", "form"],
        "receipt": ["self", "case", "as_of"],
        "batch": ["self", "as_of", "what"],
        "pathway": ["self", "word", "full"],
        "term": ["self", "word"],
    }
    for function, parameters in (
        (routing.route, ["case", "rulebook", "as_of", "strict_dates", "in_part"]),
        (routing.draft, ["case", "step", "document", "answers", "rulebook", "as_of"]),
        (routing.load_rulebook, ["rules"]),
    ):
        assert list(inspect.signature(function).parameters) == parameters


def test_what_a_method_returns_can_be_imported_and_is_described() -> None:
    """A record of this program that a public method gives has a public name."""
    public = {getattr(routing, name) for name in routing.__all__}
    for name in (*routing.__all__, "Reason"):
        item = getattr(routing, name)
        if isinstance(item, type):
            assert item.__doc__, name
    for method in ("why", "why_not", "change", "standing", "replay", "draft", "route", "read", "compare"):
        written = str(inspect.signature(getattr(routing.Router, method)).return_annotation)
        assert written.removesuffix(" | None").strip("'") in {
            item.__name__ for item in public if isinstance(item, type)
        }


def test_strict_dates_hold_for_every_question_to_a_router() -> None:
    strict = routing.Router.open(strict_dates=True)
    assert strict.law.strict_dates
    later = "2031-01-01"
    plan = strict.route(CASE, later)
    assert plan == routing.route(CASE, as_of=later, strict_dates=True) != routing.route(CASE, as_of=later)
    assert strict.compare(CASE, later, later).before == plan
    assert strict.interview(CASE, later).plan().strict_dates


def test_look_ups_of_the_command_line_are_in_the_library() -> None:
    router = routing.load_rulebook()
    ids = [entry["id"] for entry in router.instruments()]
    assert len(ids) == len(set(ids)) > 50
    parties = router.parties("untoc", "2026-11-24")
    assert parties["counts"]["in_force"] > 100
    with pytest.raises(routing.Problems, match="no list of members"):
        router.parties(next(id for id in ids if router.law.members(id) is None), "2026-11-24")
    assert router.coverage("2026-11-24")[-1]["region"] == "all"
    meaning = router.term("dual criminality")
    assert meaning is not None and meaning["says"] and router.term("xyzzy") is None
    assert router.pathway("mla")["id"] == "mla"
    assert router.schema() == case_schema(router.rulebook) and router.schema("plan") == plan_schema()
    with pytest.raises(routing.Problems, match="has no schema"):
        router.schema("page")  # type: ignore[arg-type]


def test_a_receipt_is_written_and_replayed() -> None:
    router = routing.load_rulebook()
    receipt = router.receipt(CASE)
    assert router.replay(receipt).same
    with pytest.raises(routing.Problems):
        router.replay(receipt.replace("KEN", "FRA", 1))


@pytest.mark.parametrize("name", ["my case.yaml", "it's mine, 2:3 [draft].yaml", "plain.json"])
def test_a_path_as_text_may_have_any_letters(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(json.dumps(CASE))
    assert routing.route(str(path)) == routing.route(CASE)


def test_a_document_of_one_line_that_ends_like_a_path_is_a_document() -> None:
    with pytest.raises(routing.CaseProblems, match=r"title|needs"):
        routing.route("title: see the case.yaml")


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no `rout`"):
        getattr(routing, "rout")  # noqa: B009 - the name is not there, which a checker of types would say


def test_a_dictionary_a_document_a_file_and_a_case_give_the_same_plan(tmp_path: Path) -> None:
    plan = routing.route(CASE)
    file = tmp_path / "case.json"
    file.write_text(json.dumps(CASE))
    router = routing.load_rulebook()
    assert routing.route(json.dumps(CASE)) == plan
    assert routing.route(json.dumps(CASE).encode()) == plan
    assert routing.route(file) == plan
    assert routing.route(router.read(CASE)) == plan


def test_the_day_passed_in_goes_before_the_case_s_own() -> None:
    assert routing.route(CASE, as_of=date(2020, 1, 1)).as_of == date(2020, 1, 1)


def test_a_case_without_a_day_is_refused_because_the_library_has_no_clock() -> None:
    with pytest.raises(routing.CaseProblems, match="no day is given"):
        routing.route({"needs": CASE["needs"]})


def test_every_fault_of_a_case_is_told_at_once() -> None:
    with pytest.raises(routing.CaseProblems) as caught:
        routing.route(
            {
                "as_of": "11/12/2026",
                "state": "Kenja",
                "needs": [{"measure": "locate_prson", "coercive": "perhaps"}],
            }
        )
    told = "\n".join(str(problem) for problem in caught.value.problems)
    assert len(caught.value.problems) == 4
    for words in (
        "`11/12/2026` is not a date",
        "`Kenja` is not a State",
        "did you mean `locate_person`",
        "`perhaps` is not a value of `coercive`",
    ):
        assert words in told


CONTRACT = {
    "plan": "format rulebook as_of status assumptions needs steps excluded warnings obligations questions notice",
    "rulebook": "version hash source overlays",
    "need": "id measure with status primary alternatives",
    "primary": "pathway route family certainty",
    "step": "id needs pathway route family action sender receiver basis why because limits deadline after together certainty waits_for",
    "party": "role state name",
    "basis": "provision instrument article role kind in_force_since mark",
    "because": "fact value origin",
    "limit": "code says basis",
    "deadline": "date limit source",
    "exclusion": "pathway route need why because",
    "warning": "code level says why",
    "question": "fact asks why answers",
}
"""The fields that other programs may count on, by the part of a plan they stand in."""


def parts(plan: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every part of a plan with the name of its kind."""
    yield from (("plan", plan), ("rulebook", plan["rulebook"]))
    for need in plan["needs"]:
        yield from (("need", need), ("primary", need["primary"]))
    for step in plan["steps"]:
        yield from (("step", step), ("party", step["sender"]), ("party", step["receiver"]))
        for kind, key in (("basis", "basis"), ("because", "because"), ("limit", "limits")):
            yield from ((kind, part) for part in step[key])
        yield from (("deadline", part) for part in [step["deadline"]] if part)
    for exclusion in plan["excluded"]:
        yield from (("exclusion", exclusion), *(("because", part) for part in exclusion["because"]))
    yield from (("warning", part) for part in plan["warnings"])
    yield from (("question", part) for part in plan["questions"])


def test_every_part_of_every_plan_keeps_its_contract() -> None:
    router = routing.load_rulebook()
    asking = {
        **CASE,
        "needs": [{"measure": "locate_person", "with": "FRA", "purpose": "locate", "coercive": "unknown"}],
    }
    plans = [router.route(case) for case in [asking, *sorted(EXAMPLES.glob("*/case.yaml"))]]
    seen = set()
    for plan in plans:
        for kind, part in parts(json.loads(plan.json_text())):
            seen.add(kind)
            assert set(CONTRACT[kind].split()) <= part.keys(), kind
    assert seen == set(CONTRACT)


def test_the_status_of_a_plan_is_the_worst_of_its_needs_and_a_refusal_is_a_referral() -> None:
    router = routing.load_rulebook()
    statuses = ["routed", "conditional", "undecided", "no_lawful_route"]
    for file in sorted(EXAMPLES.glob("*/case.yaml")):
        plan = router.route(file)
        assert plan.status == max((need.status for need in plan.needs), key=statuses.index), file
        for need in plan.needs:
            refused = need.status == "no_lawful_route"
            assert (need.primary.pathway, need.primary.family) == (
                "refer",
                "refuse_or_adapt",
            ) or not refused, file


def test_every_example_keeps_the_schema_of_a_case_and_of_a_plan() -> None:
    import yaml

    router = routing.load_rulebook()
    case_check, plan_check = (
        validator_for(schema)(schema).validate for schema in (case_schema(router.rulebook), plan_schema())
    )
    files = sorted(EXAMPLES.glob("*/case.yaml"))
    assert len(files) >= 8
    for file in files:
        data = yaml.load(file.read_text(), Loader=yaml.BaseLoader)
        case_check(data)
        plan_check(json.loads(router.route(file).json_text()))


def test_a_schema_refuses_what_the_program_refuses() -> None:
    schema = case_schema(routing.load_rulebook().rulebook)
    for wrong in (
        {"needs": []},
        {"needs": [{"measure": "nothing"}]},
        {"needs": CASE["needs"], "measur": "x"},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema)
        with pytest.raises(routing.CaseProblems):
            routing.route({"as_of": "2026-11-24", **wrong})


def test_the_order_of_needs_facts_and_lists_does_not_matter() -> None:
    one = {
        "id": "one",
        "measure": "bank_records",
        "with": "CHE",
        "purpose": "evidence",
        "dual_criminality": "yes",
    }
    two = {
        "id": "two",
        "measure": "locate_person",
        "with": "MDA",
        "purpose": "locate",
        "person_role": "suspect",
    }
    first = {
        "as_of": "2026-11-24",
        "state": "SRB",
        "offence": ["fraud", "money_laundering"],
        "needs": [one, two],
    }
    second = {
        "needs": [dict(reversed(two.items())), dict(reversed(one.items()))],
        "offence": ["money_laundering", "fraud"],
        "state": "SRB",
        "as_of": "2026-11-24",
    }
    a, b = routing.route(first), routing.route(second)
    assert {need.id: need for need in a.needs} == {need.id: need for need in b.needs}
    assert a.steps == b.steps
    assert set(a.warnings) == set(b.warnings)


def test_a_kept_rulebook_is_the_one_that_was_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from routing.core.paths import rules_folder
    from routing.rulebook.cache import open_rulebook

    folder = rules_folder()
    fresh, _ = open_rulebook(folder, tmp_path)
    with monkeypatch.context() as patch:  # what is kept answers: nothing is read again
        patch.setattr(
            "routing.rulebook.cache._loaded", lambda _: pytest.fail("the kept rulebook is not used")
        )
        kept, _ = open_rulebook(folder, tmp_path)
    for field in names(type(fresh)):
        if field not in ("provisions", "facts"):
            assert getattr(kept, field) == getattr(fresh, field), field
    assert dict(kept.facts) == dict(fresh.facts)
    assert dict(kept.provisions) == dict(fresh.provisions) and list(kept.provisions) == list(fresh.provisions)
    assert (
        len(kept.provisions) == len(fresh.provisions)
        and "untoc" not in kept.provisions
        and "nothing 1" not in kept.provisions
    )


def test_damage_to_the_cache_is_repaired(tmp_path: Path, small_rules: Path) -> None:
    from routing.rulebook.cache import open_rulebook

    place = tmp_path / "cache"
    fresh, _ = open_rulebook(small_rules, place)
    for entry in list(place.iterdir()):
        entry.write_bytes(entry.read_bytes()[:-20] + b"x" * 20)
    again, _ = open_rulebook(small_rules, place)
    assert again.plain == fresh.plain and again == fresh


def test_words_of_stories_are_read_anew_where_their_entry_went_after_opening(
    tmp_path: Path, small_rules: Path
) -> None:
    from routing.rulebook.cache import open_rulebook

    place = tmp_path / "cache"
    fresh, _ = open_rulebook(small_rules, place)
    kept, _ = open_rulebook(small_rules, place)
    for entry in place.glob("*.entry"):
        entry.unlink()
    assert dict(kept.words.story) == dict(fresh.words.story) and dict(kept.words.clues) == dict(
        fresh.words.clues
    )


def test_a_cache_folder_that_cannot_be_written_is_no_fault(tmp_path: Path, small_rules: Path) -> None:
    from routing.rulebook.cache import open_rulebook

    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    rulebook, law = open_rulebook(small_rules, blocked)
    assert rulebook.rules and law.instruments


def test_a_text_with_half_a_character_is_told_and_no_traceback() -> None:
    with pytest.raises(
        routing.CaseProblems, match=r"case:2: character U\+D800 cannot be seen and is not allowed"
    ):
        routing.load_rulebook().read("title: a case\nstate: \ud800KEN\n")


@pytest.mark.parametrize("written", ["ß", "\ud800", "ﬁ", "İ", ""])
def test_what_is_no_code_in_any_case_of_letters_finds_no_state(written: str) -> None:
    assert routing.load_rulebook().law.states.find(written) is None


def test_a_pathway_is_explained_by_any_of_its_names() -> None:
    router = routing.load_rulebook()
    plan = router.route(CASE)
    reason = router.why(CASE)
    assert reason is not None and reason == router.why(CASE, plan.needs[0].primary.pathway)
    assert "is the main step" in reason.says
    answer = router.why_not(CASE, "mla")
    assert answer.pathway == "mla" and answer.reasons
    with pytest.raises(routing.Problems, match="`pigeon` is not a pathway"):
        router.why(CASE, "pigeon")


def test_a_need_is_named_where_there_are_several() -> None:
    router = routing.load_rulebook()
    twice = {**CASE, "needs": [{**need, "id": id} for id in ("one", "two") for need in CASE["needs"]]}  # type: ignore[dict-item]
    assert router.why(twice, need="two") == router.why(CASE)
    for wrong in (None, "three"):
        with pytest.raises(routing.CaseProblems, match="pass `need=`"):
            router.why_not(twice, "mla", need=wrong)


def test_a_change_of_facts_is_shown_as_what_differs_and_leads_where_the_smallest_change_says() -> None:
    router = routing.load_rulebook()
    assert router.what_if(CASE, []).differences == ()
    other = router.what_if(CASE, ["coercive=yes"])
    assert other.before == router.route(CASE)
    assert other.after == router.route({**CASE, "coercive": "yes"}) and other.differences
    answer = router.change(CASE, "mla")
    assert not answer.already and answer.ways
    assert router.change(CASE, other.before.needs[0].primary.pathway).already


def test_two_days_are_compared_with_the_law_between_them() -> None:
    router = routing.load_rulebook()
    same = router.compare(CASE, "2026-11-24", date(2026, 11, 24))
    assert same.before == same.after and same.differences == () and same.law == ()
    assert router.compare(CASE, "2000-01-01", "2026-11-24").before.as_of == date(2000, 1, 1)


def test_an_interview_leads_to_the_plan_of_its_case() -> None:
    router = routing.load_rulebook()
    interview = router.interview(as_of="2026-11-24")
    with pytest.raises(routing.CaseProblems, match="there is no plan"):
        interview.plan()
    opening = (
        ("danger", "none"),
        ("kind", "request"),
        ("group", "find a person"),
        ("state", "KEN"),
        ("with", "FRA"),
    )
    for fact, value in opening:
        question = interview.next_question()
        assert question is not None and question.fact == fact
        interview.answer(fact, value)
    assert isinstance(interview.case, routing.Case)
    assert interview.plan() == router.route(interview.case) == router.route(interview.file_text())
    assert interview.back() and interview.case is not None and interview.case.needs[0].partner is None
    resumed = router.interview(CASE)
    assert resumed.plan().needs == router.route(CASE).needs


@pytest.mark.parametrize("form", ["text", "markdown", "json", "mermaid", "svg", "ics"])
def test_a_plan_is_rendered_as_the_command_line_renders_it(form: Any) -> None:
    from routing.opened import shared_router
    from routing.render import rendered

    router, inner = routing.load_rulebook(), shared_router()
    made = router.render(router.route(CASE), form)
    assert made == click.unstyle(rendered(inner.route(CASE), inner, form))
    assert "\x1b" not in made  # the colours of a terminal are for terminals


def test_a_format_that_is_none_is_told() -> None:
    router = routing.load_rulebook()
    with pytest.raises(routing.Problems, match="did you mean `json`"):
        router.render(router.route(CASE), "jsn")  # type: ignore[arg-type]


def test_law_is_looked_up_by_the_names_that_people_write() -> None:
    router = routing.load_rulebook()
    ties = router.between("Kenya", "FR", "2026-11-24")
    assert [state["code"] for state in ties["states"]] == ["KEN", "FRA"]
    assert {tie["status"] for tie in ties["ties"]} <= {"in_force", "signed", "unknown"}
    one = ties["ties"][0]["instrument"]
    assert router.standing(one, "Kenya", date(2026, 11, 24)).status == ties["ties"][0]["sides"][0]["status"]
    assert router.who("France", "2026-11-24", asking="KEN")["from"] == "KEN"
    assert router.who("France", "2026-11-24", "mla")["pathway"] == "mla"
    assert router.state("France", "2026-11-24")["state"] == "FRA"
    assert router.show(one)["id"] == one  # type: ignore[call-overload]
    with pytest.raises(routing.Problems):
        router.between("Atlantis", "FRA", "2026-11-24")


def test_a_batch_over_the_same_rules_answers_as_they_do() -> None:
    arrow = pytest.importorskip("pyarrow")
    router = routing.load_rulebook()
    row = {"state": "KEN", "measure": "locate_person", "with": "FRA", "purpose": "locate"}
    answers = router.batch("2026-11-24").evaluate(arrow.Table.from_pylist([row])).to_pylist()
    assert answers[0]["primary"] == router.route(CASE).needs[0].primary.pathway


def test_overlays_are_laid_over_the_rules() -> None:
    folder = EXAMPLES / "your-own-data"
    overlay = next(file for file in sorted(folder.glob("*.yaml")) if file.name != "case.yaml")
    router = routing.Router.open(overlays=[str(overlay)])
    assert router.route(CASE).rulebook.overlays
    with pytest.raises(routing.RulebookProblems):
        routing.Router.open(overlays=["no-such-file.yaml"])


def test_every_error_is_in_one_tree_that_its_docstring_draws_and_can_be_pickled() -> None:
    import pickle

    from routing.core import errors

    tree = {item for item in vars(errors).values() if isinstance(item, type) and issubclass(item, Exception)}
    assert all(issubclass(item, routing.RoutingError) for item in tree)
    for item in tree:
        assert item.__name__ in (errors.__doc__ or "") and hasattr(routing, item.__name__)
        raised = (
            item([routing.Problem("wrong", "case", 3)]) if issubclass(item, routing.Problems) else item("x")
        )
        again = pickle.loads(pickle.dumps(raised))
        assert type(again) is item and str(again) == str(raised)
