"""The page in a real browser: stories to the end, axe, back and reload, two tabs, hostile text, sizes and themes.

They run where Chromium is found; CI demands it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from browser import BROWSER, DEMANDED, KEY, chromium, served
from when_changed import WHOLE_PROGRAM

from routing.opened import shared_router

pytestmark = [
    pytest.mark.skipif(BROWSER is None and not DEMANDED, reason="no Chromium is installed"),
    pytest.mark.xdist_group("browser"),  # so that there is one browser, and one server
    WHOLE_PROGRAM,
]
CASE = Path(__file__).parents[3] / "examples" / "cloud-mailbox" / "case.yaml"
HOSTILE = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>"
LAW = (
    "/law",
    "/law/between?a=FRA&b=DEU",
    "/law/state?code=CAN",
    "/law/instrument/budapest",
    "/law/provision?ref=untoc+18(9)",
    "/law/pathway/mla",
    "/law/rules?words=secrecy",
    "/law/terms",
    "/law/who?state=CHE",
    "/law/world?measure=stored_content",
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(shared_router()) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def tab(browser: Any, address: str) -> Iterator[Any]:
    context = browser.new_context()
    tab = context.new_page()
    faults: list[str] = []
    tab.on(
        "console", lambda message: faults.append(message.text) if "Security Policy" in message.text else None
    )
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.goto(f"{address}/?key={KEY}")
    assert KEY not in tab.url
    yield tab
    assert not faults
    context.close()


def open_case(tab: Any, address: str) -> str:
    tab.goto(address)
    tab.set_input_files("#file", CASE)
    tab.get_by_role("button", name="Open it").click()
    tab.wait_for_url("**/plan/*")
    return str(tab.url)


WCAG = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""The rules of WCAG that a theme can break: it changes colours and nothing else."""


def broken_rules(tab: Any, rules: Mapping[str, object]) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    tab.wait_for_load_state("load")  # before the style sheet is there nothing has its size
    found = Axe().run(tab, options={"runOnly": rules, "resultTypes": ["violations"]})
    return [f"{item['id']}: {item['nodes'][0]['html'][:200]}" for item in found.response["violations"]]


def test_from_the_first_page_to_the_downloaded_paper(tab: Any) -> None:
    tab.get_by_label("Somebody is about to escape.").uncheck()
    tab.get_by_label("No", exact=True).check()
    tab.get_by_role("button", name="Ask me the questions").click()
    tab.get_by_label("we need something from another State").check()
    tab.get_by_role("button", name="Answer", exact=True).click()
    tab.get_by_label("Or in your own words").fill("emails")
    tab.get_by_role("button", name="Answer", exact=True).click()
    for place in ("Ghana", "Canada"):
        tab.locator("#value").fill(place)
        tab.get_by_role("button", name="Answer", exact=True).click()
        tab.wait_for_load_state()
    for _ in range(40):
        if "/ask/" not in tab.url:
            break
        tab.get_by_role("button", name="I do not know").click()
        tab.wait_for_load_state()
    assert "/plan/" in tab.url
    tab.get_by_role("link", name="Draft the papers").click()
    tab.locator("main section a").first.click()
    with tab.expect_download() as saved:
        tab.get_by_role("link", name="Save for Word (.docx)").click()
    assert Path(saved.value.path()).read_bytes().startswith(b"PK")


def test_a_fact_is_changed_in_place_and_back_leads_to_the_old_plan(tab: Any, address: str) -> None:
    plan = open_case(tab, address)
    form = tab.locator("form.fact", has_text="offence in the other State").first
    form.locator("select").select_option("no")
    form.get_by_role("button").click()
    tab.wait_for_url("**/changed/**")
    assert tab.get_by_role("heading", name="Before").is_visible()
    tab.get_by_role("link", name="Keep the change").click()
    assert tab.url != plan
    tab.go_back()
    tab.go_back()
    assert tab.url == plan
    tab.reload()
    assert tab.get_by_role("heading", name="What to do").is_visible()


def test_two_tabs_go_their_own_way(tab: Any, address: str) -> None:
    tab.get_by_role("button", name="Ask me the questions").click()
    tab.wait_for_url("**/ask/*")
    other = tab.context.new_page()
    other.goto(tab.url)
    other.get_by_role("button", name="I do not know").click()
    other.wait_for_load_state()
    tab.reload()
    assert tab.get_by_text("Question 1").is_visible() and other.get_by_text("Question 2").is_visible()


def paper_of(tab: Any, plan: str, document: str) -> str:
    tab.goto(f"{plan}/papers")
    tab.locator(f"a[href$='/{document}']").first.click()
    tab.wait_for_url(f"**/{document}")
    return str(tab.url)


def test_what_is_typed_is_kept_when_the_page_is_left(tab: Any, address: str) -> None:
    plan = open_case(tab, address)
    paper = paper_of(tab, plan, "mla_request")
    tab.locator("#k-file_no").fill("12/2026")
    tab.locator("#k-facts_summary").press_sequentially("Orders lie in the mailbox.")
    tab.goto(plan)  # without saving, and with the cursor still in the box
    tab.go_back()
    assert tab.locator("#k-facts_summary").input_value() == "Orders lie in the mailbox."
    tab.goto(paper)
    tab.reload()
    assert tab.locator("#k-file_no").input_value() == "12/2026"
    other = tab.context.new_page()
    other.goto(paper)
    other.locator("#k-official").fill("A. Mensah")
    other.get_by_role("button", name="Put it in", exact=True).first.click()
    other.wait_for_load_state()
    tab.locator("#k-paper_date").fill("24 Nov 2026")
    tab.get_by_role("button", name="Put it in", exact=True).first.click()
    tab.wait_for_load_state()
    kept = {key: tab.locator(f"#k-{key}").input_value() for key in ("file_no", "official", "paper_date")}
    assert kept == {"file_no": "12/2026", "official": "A. Mensah", "paper_date": "24 Nov 2026"}


def test_a_file_has_what_was_typed_a_moment_before(tab: Any, address: str) -> None:
    paper_of(tab, open_case(tab, address), "mla_request")
    tab.locator("#k-file_no").press_sequentially("12/2026")
    with tab.expect_download() as saved:
        tab.get_by_role("link", name="Save as Markdown").click()
    assert "12/2026" in Path(saved.value.path()).read_text(encoding="utf-8")


def test_a_paper_works_without_scripts(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{address}/?key={KEY}")
    paper = paper_of(tab, open_case(tab, address), "mla_request")
    tab.locator("#k-file_no").fill("12/2026")
    tab.locator("#filled summary").click()
    tab.locator("#k-addressee_office").fill("Directorate of Assistance")
    tab.get_by_role("button", name="Put it in", exact=True).first.click()
    tab.goto(paper)
    assert tab.locator("#k-file_no").input_value() == "12/2026"
    assert tab.locator("#k-addressee_office").input_value() == "Directorate of Assistance"
    assert tab.locator("article").get_by_text("Your own words").is_visible()
    context.close()


def test_no_and_a_danger_exclude_each_other(tab: Any, address: str) -> None:
    for path in ("", "ask"):
        tab.goto(address)
        if path:
            tab.get_by_role("button", name="Ask me the questions").click()
            tab.wait_for_url("**/ask/*")
        boxes = tab.locator("input[type=checkbox]")
        none, life = tab.locator("[value=none]"), tab.locator("[value=threat_to_life]")
        none.check()
        life.check()
        assert not none.is_checked() and life.is_checked()
        tab.locator("[value=imminent_loss]").check()
        assert life.is_checked()
        none.check()
        assert sum(boxes.nth(place).is_checked() for place in range(boxes.count())) == 1


def test_the_picture_follows_a_dark_screen(tab: Any, address: str) -> None:
    plan = open_case(tab, address)
    corners = set()
    for theme in ("light", "dark"):
        tab.emulate_media(color_scheme=theme)
        tab.goto(plan)
        picture = tab.locator("section img")
        picture.evaluate("image => image.decode().then(() => image.scrollIntoView())")
        box = picture.bounding_box()
        assert box
        corners.add(tab.screenshot(clip={"x": box["x"] + 3, "y": box["y"] + 3, "width": 4, "height": 4}))
    assert len(corners) == 2


def test_hostile_text_does_nothing(tab: Any, address: str) -> None:
    tab.fill("#story", HOSTILE)
    tab.get_by_role("button", name="Read it").click()
    assert "taken" not in tab.title()
    tab.goto(f"{address}/form")
    for field in tab.locator("main input:visible").all():
        field.fill(HOSTILE)
    tab.get_by_role("button", name="Make the plan").click()
    tab.wait_for_load_state()
    assert tab.get_by_role("alert").is_visible() and tab.title() != "taken"


def test_another_site_cannot_use_the_page(tab: Any, address: str) -> None:
    stranger = tab.context.new_page()
    stranger.route(
        "http://evil.example/",
        lambda route: route.fulfill(
            content_type="text/html",
            body=f'<form method="post" action="{address}/begin"><button>go</button></form>',
        ),
    )
    stranger.goto("http://evil.example/")
    with stranger.expect_response(f"{address}/begin") as answer:
        stranger.get_by_role("button").click()
    assert answer.value.status in (401, 403)


def give_a_wrong_answer(tab: Any, address: str) -> None:
    tab.goto(address)
    tab.get_by_label("No", exact=True).check()
    tab.get_by_role("button", name="Ask me the questions").click()
    tab.get_by_label("we need something from another State").check()
    tab.get_by_role("button", name="Answer", exact=True).click()
    tab.get_by_label("Or in your own words").fill("a ride on a boat")
    tab.get_by_role("button", name="Answer", exact=True).click()
    tab.wait_for_selector("#fault")


def make_a_wrong_change(tab: Any, plan: str) -> None:
    tab.goto(plan)
    form = tab.locator("form.fact", has_text="Which is the other State?").first
    form.locator("input[list]").fill("Atlantiss")
    form.get_by_role("button").click()
    tab.wait_for_selector("#fault")


def test_a_wrong_answer_keeps_what_was_typed(tab: Any, address: str) -> None:
    give_a_wrong_answer(tab, address)
    field = tab.get_by_label("Or in your own words")
    assert field.input_value() == "a ride on a boat"
    tab.wait_for_selector("#own:focus")
    make_a_wrong_change(tab, open_case(tab, address))
    assert tab.locator("[aria-invalid=true]").input_value() == "Atlantiss"


@pytest.mark.parametrize(("theme", "rules"), [("light", WCAG), ("dark", OF_COLOURS)], ids=["light", "dark"])
def test_wcag_holds_on_every_page(tab: Any, address: str, theme: str, rules: Mapping[str, object]) -> None:
    tab.emulate_media(color_scheme=theme)
    found: dict[str, list[str]] = {}
    plan = open_case(tab, address)
    need = "need=mailbox&pathway=european_investigation_order"
    pages = [
        address,
        plan,
        f"{plan}/papers",
        paper_of(tab, plan, "mla_request"),
        f"{plan}/why-not?{need}",
        f"{address}/form",
        *(address + path for path in LAW),
    ]
    for page in pages:
        answer = tab.goto(page)
        assert answer and answer.status == 200, page  # a page of faults has no fault
        tab.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        found[page] = broken_rules(tab, rules)
    tab.goto(address)
    tab.get_by_role("button", name="Ask me the questions").click()
    tab.wait_for_url("**/ask/*", wait_until="load")
    found["ask"] = broken_rules(tab, rules)
    give_a_wrong_answer(tab, address)
    found["wrong answer"] = broken_rules(tab, rules)
    make_a_wrong_change(tab, plan)
    found["wrong change"] = broken_rules(tab, rules)
    assert not {page: broken for page, broken in found.items() if broken}


def test_it_fits_a_telephone_and_two_hundred_per_cent(tab: Any, address: str) -> None:
    plan = open_case(tab, address)
    tab.set_viewport_size({"width": 320, "height": 640})  # also 1280 pixels at 400 per cent
    paper = paper_of(tab, plan, "mla_request")
    for page in (
        address,
        plan,
        f"{plan}/papers",
        paper,
        f"{address}/form",
        *(address + path for path in LAW),
    ):
        tab.goto(page)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320, page


def test_a_table_of_law_is_read_on_a_telephone_without_moving_it(tab: Any, address: str) -> None:
    tab.set_viewport_size({"width": 320, "height": 640})
    tab.goto(f"{address}/law/between?a=FRA&b=DEU")
    widest = (
        "Math.max(...[...document.querySelectorAll('.stack td')].map(td => td.getBoundingClientRect().right))"
    )
    assert tab.evaluate(widest) <= 320


def test_a_group_of_measures_tells_all_of_it_once_it_is_chosen(tab: Any, address: str) -> None:
    tab.get_by_label("No", exact=True).check()
    tab.get_by_role("button", name="Ask me the questions").click()
    tab.get_by_label("we need something from another State").check()
    tab.get_by_role("button", name="Answer", exact=True).click()
    cut = "means => means.scrollHeight > means.clientHeight + 1"
    means = tab.locator(".brief .means").first
    assert means.evaluate(cut)
    tab.locator(".brief input").first.check()
    assert not means.evaluate(cut)


def test_what_is_printed_has_no_words_that_only_a_screen_can_follow(tab: Any, address: str) -> None:
    plan = open_case(tab, address)
    tab.emulate_media(media="print")
    tab.goto(plan)
    assert tab.get_by_role("heading", name="What to do").is_visible()
    for words in ("Rule", "Draft the paper", "Basis and reasons", "Compare"):
        shown = tab.get_by_text(words, exact=True)
        assert not any(shown.nth(place).is_visible() for place in range(shown.count())), words
    tab.evaluate("document.querySelector('.steps details').open = true")
    assert tab.get_by_role("heading", name="Legal basis").first.is_visible()
    assert tab.locator(".steps details a.rule").first.is_visible()


def test_the_keyboard_is_enough(tab: Any, address: str) -> None:
    tab.goto(address)
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("Enter")
    tab.get_by_role("button", name="Ask me the questions").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/ask/*")
