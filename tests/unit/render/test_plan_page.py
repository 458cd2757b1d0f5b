"""The plan on a terminal: what it shows first, what it cuts to fit a page, and what it never cuts."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import click
import pytest
from places import ROOT
from scenario_check import in_each_folder, kept_plan, named, plan_named, sample
from sweeps import each
from when_changed import KEPT_CASES, WHOLE_PROGRAM

from routing.core.domain import DELIVER
from routing.core.printable import sentences
from routing.core.records import replace
from routing.opened import Router, shared_router
from routing.phrasing.of_plans import Wording, sentence
from routing.plan.last_seen import PAST_HORIZON
from routing.plan.model import Plan, Warned
from routing.render.markdown import markdown
from routing.render.page import Page
from routing.render.sections import sections
from routing.render.step_text import REST_OF_REMARK
from routing.render.text import FURTHER, PAGE, text

EXAMPLES = ROOT / "examples"
ORDER = ["STOP", "Do not use", "Ask", "Not known", "ASSUMED", "Own data", "--full adds"]


def page(plan: Plan, router: Router, full: bool = False) -> list[str]:
    return click.unstyle(text(plan, router, full=full, width=100)).splitlines()


def joined(lines: list[str]) -> str:
    """The words of a page on one line, as a reader takes them in."""
    return re.sub(r"(?<=\w)- (?=\w)", "-", " ".join(" ".join(lines).split()))


# What holds of the page of every scenario. Each gives how much it looked at, where a sample has to show some.


@lru_cache(maxsize=64)
def page_of(name: str) -> list[str]:
    return page(plan_named(name), shared_router())


@lru_cache(maxsize=64)
def parts_of(name: str) -> Page:
    return sections(plan_named(name), Wording(shared_router()))


def plan_for_one_need_fits_a_page(name: str) -> None:
    plan = plan_named(name)
    lines = len(page_of(name))
    assert PAGE == 45
    assert lines <= PAGE * len(plan.needs), lines


def what_the_line_at_the_top_says_goes_before_nothing_else(name: str) -> int:
    plan, router, found = plan_named(name), shared_router(), 0
    topped = any(need.first for need in plan.needs)
    for step in parts_of(name).steps:
        for said in step.remarks:
            if said.code in router.rulebook.page["said_at_top"]:
                found += 1
                assert said.weight == ("routine" if topped else "limit")
    return found


def page_fits_the_terminal(name: str, width: int = 80) -> None:
    for full in (False, True):
        shown = click.unstyle(text(plan_named(name), shared_router(), full=full, width=width)).splitlines()
        assert max(map(len, shown)) <= width


def page_names_for_every_step_who_receives_it_and_what_it_rests_on(name: str) -> None:
    plan, router = plan_named(name), shared_router()
    shown = REST_OF_REMARK.sub("", joined(page_of(name)))
    for step in sections(plan, Wording(router, sources=False)).steps:
        assert joined([step.who]) in shown, step.id
        in_practice = step.how.endswith(" (practice).") and step.what.split(". ")[0].rstrip(".") in shown
        assert in_practice or REST_OF_REMARK.sub("", joined([step.how])) in shown, step.id
        assert step.title in shown, step.id


def page_says_for_every_step_what_to_do(name: str) -> None:
    """At the least the first sentence of each main step and of each that starts now, also where room is shortest."""
    plan = plan_named(name)
    shown = joined(page_of(name))
    for step in sections(plan, Wording(shared_router(), sources=False)).steps:
        pressing = step.role == DELIVER or step.when == "Now"
        if pressing and step.what and not step.needs:  # of several needs each may have a part of its own
            assert joined([sentences(step.what)[0].rstrip(".")]) in shown, step.id


def what_limits_an_act_is_never_cut_and_names_its_law(name: str) -> int:
    plan, limits = plan_named(name), 0
    shown, made = joined(page_of(name)), parts_of(name)
    said = [*made.stops, *(item for step in made.steps for item in step.remarks)]
    for item in said:
        assert item.law, item.code
        if item.weight == "limit":
            limits += 1
            assert joined([item.says]) in shown, item.code
    stops = {warning.code for warning in plan.warnings if warning.level == "stop"}
    assert stops <= {item.code for item in made.stops}
    return limits


def every_duty_warning_and_limit_stands_once(name: str) -> None:
    plan, router = plan_named(name), shared_router()
    made = parts_of(name)
    shown = [*made.stops, *(s for step in made.steps for s in step.remarks)]
    codes = [item.code for item in shown]
    told = {
        item.code
        for item in (
            *plan.warnings,
            *plan.obligations,
            *(limit for s in plan.steps for limit in s.limits),
        )
    }
    told -= {PAST_HORIZON} if made.outdated else set()
    # What is said otherwise of another kind of need is said of each.
    known = [(item.code, item.says) for item in shown if not item.code.startswith("not_last:")]
    assert len(known) == len(set(known))
    says = {s.says for step in made.steps for s in step.remarks} | {s.says for s in made.stops}
    said = {code.id for code in router.rulebook.warnings.values() if sentence(code.says) in says}
    assert (told - set(codes)) & router.rulebook.warnings.keys() <= said


def channel_of_the_plan_is_not_among_those_not_to_use(name: str) -> None:
    plan, words = plan_named(name), Wording(shared_router())
    for item in parts_of(name).forbidden:
        needs = set(item.needs) or {need.id for need in plan.needs}
        taken = {words.pathway(s.pathway) for s in plan.steps if needs <= set(s.needs)}
        assert not taken & set(item.names), item.names


def parts_of_a_page_stand_in_one_order(name: str) -> None:
    lines = page_of(name)
    labels = [label for line in lines for label in ORDER if re.match(rf"{label}( {{2,}}|$)", line)]
    assert labels == sorted(labels, key=ORDER.index)
    assert "--full adds" in " ".join(lines)


def what_is_only_signed_names_its_state(name: str) -> int:
    plan = plan_named(name)
    said = [item.status for item in plan.future] if len({need.partner for need in plan.needs}) > 1 else []
    assert all(status.startswith("signed, not in force with ") for status in said)
    return len(said)


CHECKS: dict[Callable[[str], int | None], int] = {
    plan_for_one_need_fits_a_page: 0,
    what_the_line_at_the_top_says_goes_before_nothing_else: 1,
    page_fits_the_terminal: 0,
    page_names_for_every_step_who_receives_it_and_what_it_rests_on: 0,
    page_says_for_every_step_what_to_do: 0,
    what_limits_an_act_is_never_cut_and_names_its_law: 5,
    every_duty_warning_and_limit_stands_once: 0,
    channel_of_the_plan_is_not_among_those_not_to_use: 0,
    parts_of_a_page_stand_in_one_order: 0,
    what_is_only_signed_names_its_state: 0,
}
"""Each thing that holds of every page, and how much of it a sample has at least to show."""
WIDTHS = (40, 57, 72, 100, 133, 200)


@WHOLE_PROGRAM
@KEPT_CASES
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_it_holds_of_a_page(check: Callable[[str], int | None]) -> None:
    assert each(check, sample()) >= CHECKS[check]


@in_each_folder
def test_everything_holds_of_the_page_of_every_scenario(folder: str) -> None:
    for check in CHECKS:
        each(check, named(folder))
    for width in WIDTHS:
        each(lambda name, width=width: page_fits_the_terminal(name, width), named(folder)[:2])


@WHOLE_PROGRAM
@KEPT_CASES
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_fits_a_terminal(width: int) -> None:
    each(lambda name: page_fits_the_terminal(name, width), sample())


# What a signatory must read on the page itself, not only in full: of each case, words that it holds.
ON_THE_PAGE = {
    "container-and-its-source": ["UNTOC 18(4)", "Show no source", "Usually up to 1 day"],
    "papers-of-zurich": ["Tax fraud by false papers", "supplementary request"],
    "book-keeper-in-bishkek": ["Cite the Chisinau Convention (2002)"],
    "girl-taken-in-winnipeg": ["for what averts the danger and is not content"],
    "mailbox-in-dublin": ["could be ordered in a like case at home"],
    "user-in-houston": ["sufficient for a warrant", "who the suspect is"],
    "officer-to-rotterdam": ["who directs the officer"],
    "rifles-and-papers": [
        "eTrace",
        "Do not cite the Firearms Protocol",
        "Treaty on cooperation for mutual legal assistance",
    ],
    "insults-from-auckland": ["reaches no case without an organised group"],
    "account-and-clerk-in-dublin": [
        "(for video) our judicial authority -> Central Authority for Mutual Assistance"
    ],
    "certificate-from-marseille": [
        "do not ask whether it is an offence here",
        "until a confiscation order that follows is answered",
        "contest it",
    ],
    "question-of-a-contact-point": ["Refuse only on a ground of the Directive"],
    "record-before-sentence": ["twenty working days", "Use the record only for the purpose"],
}


@pytest.mark.parametrize("name", ON_THE_PAGE)
def test_what_a_signatory_must_read_stands_on_the_page(name: str, router: Router) -> None:
    shown = joined(page(plan_named(f"points-of-a-signatory/{name}"), router))
    assert [words for words in ON_THE_PAGE[name] if words not in shown] == []
    assert "(Bilateral agreement)" not in shown


def test_channels_closed_for_one_reason_are_told_together(router: Router) -> None:
    plan = kept_plan("traffic-data-of-a-union-provider", "base")
    assert len({item.says for item in plan.excluded}) < len(plan.excluded)
    told = [item.says for item in sections(plan, Wording(router)).forbidden]
    assert len(told) == len(set(told))


def test_stipulated_ties_are_named_by_what_was_stipulated(router: Router) -> None:
    plan = kept_plan("gun-trace", "base")
    short, full = (joined(page(plan, router, full)).partition("ASSUMED")[2] for full in (False, True))
    assert re.match(r" in force: Firearms Protocol, UNTOC; none: \d+ others", short)
    assert "WAPCCO" not in short and "WAPCCO" in full


def test_no_stop_is_ever_cut(router: Router) -> None:
    plan = kept_plan("gun-trace", "base")
    stops = tuple(
        Warned(code=f"stop_{n}", level="stop", says=f"Stop for reason {n}", why="some.rule")
        for n in range(30)
    )
    lines = page(replace(plan, warnings=stops + plan.warnings), router)
    assert [n for n in range(30) if not any(f"Stop for reason {n}." in line for line in lines)] == []


def test_words_read_otherwise_are_all_said(router: Router) -> None:
    plan = router.route(EXAMPLES / "cloud-mailbox" / "case.yaml")
    plan = replace(plan, notes=tuple(f"word {n} was read as another word" for n in range(20)))
    said = " ".join(page(plan, router))
    assert all(f"Word {n} was read as another word." in said for n in range(20))


def test_markdown_leaves_nothing_of_the_plan_out_and_shows_words(router: Router) -> None:
    plan = router.route(EXAMPLES / "three-needs-two-states" / "case.yaml")
    plan = replace(plan, notes=("UK was taken as GB",))
    said = markdown(plan, router)
    for words in (
        "UK was taken as GB",
        "Other ways: regional police network, INTERPOL message",
        f"{plan.future[0].instrument}: {plan.future[0].status}",
        "Lists checked: ",
        *(sentence(warning.says) for warning in plan.warnings),
        *(sentence(duty.says) for duty in plan.obligations),
        plan.notice,
    ):
        assert words in said, words
    assert "()" not in said
    ids = [id for id in router.rulebook.provisions if id in said and id.split()[0].islower()]
    assert [id for id in ids if re.search(rf"\({re.escape(id)}", said)] == []
    assert [name for name in router.rulebook.facts if "_" in name and re.search(rf"\b{name}\b", said)] == []
    assert [rule.id for rule in router.rulebook.rules if rule.id in said] == []
    presumed = [
        line for line in said.splitlines() if line.startswith("- force or an order in the requested State: ")
    ]
    assert presumed and all("[" in line for line in presumed), "with its need"


def test_the_way_that_people_try_in_vain_is_told(router: Router) -> None:
    plan = router.route(EXAMPLES / "cloud-mailbox" / "case.yaml")
    told = {item.pathway: item for item in plan.excluded}["provider_voluntary_disclosure"]
    assert told.why[0] == "provider.non-content-only"
    assert ("data_category", "content") in [(fact.fact, fact.value) for fact in told.because]
    assert any(line.startswith("Do not use   Voluntary disclosure by") for line in page(plan, router))
    assert "provider.non-content-only" in joined(page(plan, router, full=True))


def test_what_is_not_known_says_what_it_does_not_stop(router: Router) -> None:
    plan = router.route(EXAMPLES / "cloud-mailbox" / "case.yaml")
    (unknown,) = plan.unknowns
    spared = {said.why: said for said in unknown.does_not_stop}["preservation.dual-criminality-never-bars"]
    assert spared.basis[0] == "budapest 29(3)"
    assert "budapest_preservation" in {step.pathway for step in plan.steps}
    rules = router.rulebook.rules
    for said in unknown.does_not_stop:
        (guard,) = (rule for rule in rules if rule.id == said.why)
        assert (
            set(guard.targets) & {step.pathway for step in plan.steps} and "dual_criminality" in guard.values
        )
    whole = joined(page(plan, router, full=True))  # the page has no room for it
    assert "Preservation is possible even if the conduct is not a crime there" in whole
    assert spared.says in markdown(plan, router)


def test_a_treaty_that_applies_if_it_covers_the_case_is_named_on_the_page(router: Router) -> None:
    """Where nothing but the law there carries the request, a reader must see the treaty that would, and when."""
    case = {"title": "Romance fraud", "state": "IRL", "offence": "fraud", "as_of": "2026-11-24"}
    asked = {**case, "needs": [{"measure": "bank_records", "with": "NGA"}]}
    shown = joined(page(router.route(asked), router))
    assert (
        "UNTOC 18(1) (if it applies; needed to decide: organised criminal group, highest prison term" in shown
    )
    told = {
        **asked,
        "organised_group": "yes",
        "max_penalty_months": 84,
        "transnational": ["effects_elsewhere"],
    }
    shown = joined(page(router.route(told), router))
    assert "UNTOC 18(1)" in shown and "if it applies; needed" not in shown


def test_the_limit_on_material_waits_for_the_treaty_of_its_origin(router: Router) -> None:
    shown = joined(page(kept_plan("sixteen-requests", "swiss-papers-for-the-tax-office"), router))
    assert "needed to decide: treaty under which the material was given" in shown
    assert "organised criminal group" not in shown


def test_coins_are_held_by_the_exchange_before_all_else(router: Router) -> None:
    shown = joined(page(kept_plan("sixteen-requests", "coins-at-an-exchange"), router))
    assert (
        "First of all: ask the exchange's own desk for authorities, and of a token such as USDT its issuer, to hold it."
        in shown
    )
    assert "in the bank" not in shown


def test_who_tells_sets_limits_and_asks_for_none(router: Router) -> None:
    shown = joined(page(kept_plan("sixteen-requests", "unit-tells-unit"), router))
    assert "consent sought" not in shown and "will be used for" not in shown
    assert "not as evidence" in shown


def test_an_answer_that_leaves_the_way_open_leads_to_the_next_question(router: Router) -> None:
    shown = " ".join(
        " ".join(page(plan_named("held-lost-and-led-astray/killer-in-addis-ababa"), router)).split()
    )
    assert "no: then ask: Does the law of the requested State make a treaty a condition" in shown
    assert "sets how long it lasts. Usually 0" not in shown


RANSOM = "held-lost-and-led-astray/ransom-account"
"""Three needs in danger, of two States."""


def test_page_of_three_needs_stands_on_two_screens_and_says_nothing_twice() -> None:
    plan = shared_router().route(EXAMPLES / "three-needs-two-states" / "case.yaml")
    assert len(page(plan, shared_router())) <= PAGE + 2 * FURTHER < 80
    shown = page_of(RANSOM)
    assert sum(line.startswith("Our own police go to the person in danger first.") for line in shown) == 1
    paragraphs = re.split(r" (?=(?:Who|How|What|Do|Watch) {2,})", " ".join(line.strip() for line in shown))
    told = [part for part in paragraphs if part.startswith("What") and len(part) > 100]
    assert len(told) > 5
    assert len(told) == len(set(told))
    assert any(line.split()[:4] == ["What", "as", "in", "step"] for line in shown)


def test_what_an_answer_waits_for_is_not_told_again_in_the_title_of_its_step(router: Router) -> None:
    case = {"as_of": "2026-11-24", "state": "GBR", "actor": "central_authority", "stage": "trial"}
    need = {"kind": "answer", "measure": "surrender", "with": "VNM", "own_national": "unknown"}
    plan = router.route({**case, "offence": ["fraud"], "max_penalty_months": "60", "needs": [need]})
    shown = joined(page(plan, router))
    assert shown.count("extradition treaty between the two States") == 1
    assert "Only if available. Also needed to decide: person a citizen of the requested State." in shown
    assert joined(page(plan, router, full=True)).count("extradition treaty between the two States,") > 1
