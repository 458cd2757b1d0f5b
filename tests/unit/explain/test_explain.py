"""Why and why not: complete, true and in words a lawyer would use."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import product

import pytest
from click.testing import CliRunner
from explained import DAY, ROOT, SAMPLE, case_of, each_need, findings, for_every_kept_case, in_folder, planned
from shipped import router
from sweeps import each

from routing.analyse.whatif.changed_case import case_data
from routing.case.facts import facts_for
from routing.cli import main
from routing.explain.counterfactuals import FIXED, outcome
from routing.explain.tree import Reason, tree_text
from routing.explain.why import why
from routing.explain.why_not import WhyNot, why_not
from routing.phrasing.of_facts import in_words
from routing.render.reasons import why_not_text, why_text

# What only the evaluators say.
ENGINE = re.compile(
    r"\b(fired|available|delivers|primary|chosen|main|lead|step|none|is|tie):[a-z]|\batoms?\b|\brails?\b|\bTrue\b|\bFalse\b|\bHolds\b"
)
WHY_NOT = [
    "cloud-content-about-to-vanish/base:content",
    "police-tip-and-the-death-penalty/base:records",
    "owner-consents-place-unknown/base:hold",
    "incoming-tax-charge/base:" + case_of("incoming-tax-charge/base").needs[0].id,
]


def answer(name: str, pathway: str) -> WhyNot:
    case, found = findings(name)
    return why_not(case, found.facts.need.id, pathway, router().judge, router().law, case.as_of or DAY)


def every(reason: Reason) -> Iterator[Reason]:
    yield reason
    for part in reason.parts:
        yield from every(part)


def main_step_is_explained_down_to_facts_and_provisions(name: str) -> None:
    _, plan = planned(name)
    primary = plan.answer.primary.pathway
    reason = why(plan.findings, router().law, primary)
    assert reason is not None and reason.parts
    text = why_text("need", reason)
    assert not ENGINE.search(text), ENGINE.search(text)
    route = router().rulebook.routes[plan.answer.primary.route]
    assert route.says.split(".")[0][:40] in " ".join(text.split())
    assert any(part.basis for part in every(reason))


def supporting_steps_are_explained_by_the_rule_that_called_each(name: str) -> int:
    _, plan = planned(name)
    seen = 0
    for draft in plan.drafts:
        if draft.pathway == plan.answer.primary.pathway or draft.certainty != "confirmed":
            continue
        reason = why(plan.findings, router().law, draft.pathway)
        assert reason is not None and "supporting step" in reason.says
        assert set(draft.why) & {part.rule for part in every(reason)}
        seen += 1
    return seen


def test_main_and_supporting_steps_are_explained() -> None:
    each_need(main_step_is_explained_down_to_facts_and_provisions, SAMPLE)
    assert each_need(supporting_steps_are_explained_by_the_rule_that_called_each, SAMPLE) > 10


@for_every_kept_case
def test_every_step_of_every_kept_case_is_explained(folder: str) -> None:
    each_need(main_step_is_explained_down_to_facts_and_provisions, in_folder(folder))
    each_need(supporting_steps_are_explained_by_the_rule_that_called_each, in_folder(folder))


def test_what_is_no_part_of_the_answer_has_no_why() -> None:
    _, found = findings("cloud-content-about-to-vanish/base:content")
    assert why(found, router().law, "witness_relocation") is None


def pathway_has_a_why_not(of: tuple[str, str]) -> None:
    name, pathway = of
    found = answer(name, pathway)
    text = why_not_text("need", found)
    assert found.verdict and not ENGINE.search(text), ENGINE.search(text)
    assert found.reasons or "nothing in its way" in found.verdict
    case, _ = findings(name)
    for opening in found.openings:
        assert opening.changes and opening.leads_to
        if opening.changes[0].group == "measure":
            continue
        # The change is made in the case as a person would write it, and the case is routed anew.
        data = case_data(case)
        need = next(need for need in data["needs"] if need["id"] == found.need)
        for change in opening.changes:
            word = change.to.split(" or ")[0].replace(" ", "_") if not change.to.isdigit() else change.to
            if change.fact.startswith("tie:"):
                data.setdefault("assume", {}).setdefault("ties", {})[change.fact[4:]] = word
            else:
                fact = router().rulebook.facts[change.fact]
                value = (
                    [part.strip("_") for part in change.to.split(" or ")[0].replace(" ", "_").split(",")]
                    if fact.type == "many"
                    else word
                )
                (data if fact.of == "case" else need)[change.fact] = value
        other = router().read(data)
        changed_need = next(need for need in other.needs if need.id == found.need)
        after = router().judge.findings(
            facts_for(other, changed_need, router().rulebook, router().law, case.as_of or DAY)
        )
        assert (
            after.surely(f"delivers:{pathway}")
            or after.surely(f"primary:{pathway}")
            or after.surely(f"chosen:{pathway}")
        )


def test_how_much_is_left_out_of_what_a_channel_serves_is_told() -> None:
    told = why_not_text("need", answer("cloud-content-about-to-vanish/base:content", "fiu_exchange"))
    assert re.search(r"it serves: .+? and \d+ more\. ", " ".join(told.split()))
    assert "..." not in told


def test_a_pathway_of_the_catalogue_has_a_why_not() -> None:
    each(pathway_has_a_why_not, list(product(WHY_NOT[:2], sorted(router().rulebook.pathways)))[::12])


@pytest.mark.when_changed("rules", "tests/scenarios")
@pytest.mark.parametrize("name", WHY_NOT[:2])
def test_every_pathway_of_the_catalogue_has_a_why_not(name: str) -> None:
    each(pathway_has_a_why_not, product([name], sorted(router().rulebook.pathways)))


def test_a_change_that_does_not_lead_there_is_not_offered() -> None:
    case, found = findings("cloud-content-about-to-vanish/base:content")
    asked = (case, "content", router().judge, router().law, DAY)
    goals = [
        outcome(asked[0], asked[1], goal, *asked[2:])
        for goal in ("primary:mla", "primary:european_investigation_order", "delivers:extradition")
    ]
    assert found.surely("primary:mla") and goals == ["Mutual legal assistance", "", ""]


def test_an_authorisation_is_obtained_a_state_cannot_be_changed() -> None:
    tip = answer("police-tip-and-the-death-penalty/base:records", "police_to_police")
    assert [change.group for change in tip.openings[0].changes] == ["obtain"] and tip.smallest
    order = answer("cloud-content-about-to-vanish/base:content", "european_investigation_order")
    assert order.fixed_only and order.openings[0].changes[0].group == FIXED
    assert "Nothing that one can find out or obtain is enough" in why_not_text("need", order)


def test_a_rule_that_goes_before_is_named() -> None:
    texts = [
        " ".join(why_not_text("n", answer(name, way)).split())
        for name in WHY_NOT
        for way in findings(name)[1].ways
        if findings(name)[1].surely(f"delivers:{way}") and not findings(name)[1].surely(f"primary:{way}")
    ]
    assert texts and all("goes before it" in text for text in texts)


def test_the_tree_is_indented_by_depth() -> None:
    lines = list(tree_text(Reason("a", parts=(Reason("b", ("X art. 1",), "r.one", (Reason("c"),)),))))
    assert lines == ["a", "  b [X art. 1] (r.one)", "    c"]


def test_the_command_explains_in_text_and_json() -> None:
    path = str(ROOT / "tests/scenarios/cloud-content-about-to-vanish/base.yaml")
    run = CliRunner().invoke(main, ["explain", path, "--why", "mla", "--need", "content"])
    assert run.exit_code == 0 and run.stdout.startswith("Why, for content")
    run = CliRunner().invoke(main, ["explain", path, "--why-not", "eio", "--format", "json"])
    assert run.exit_code == 0 and set(json.loads(run.stdout)) == {
        need.id for need in case_of("cloud-content-about-to-vanish/base").needs
    }
    for wrong in (
        ["--why", "telepathy"],
        ["--why", ""],
        ["--why-not", ""],
        ["--why", "mla", "--why-not", "mla"],
        ["--need", "nothing"],
    ):
        assert CliRunner().invoke(main, ["explain", path, *wrong]).exit_code == 2


def test_the_words_of_a_code_keep_the_capitals_of_names() -> None:
    assert [in_words(router().rulebook, code) for code in ("fiu_type", "requested_is_eu", "coercive")] == [
        "FIU type",
        "requested is EU",
        "coercive",
    ]
