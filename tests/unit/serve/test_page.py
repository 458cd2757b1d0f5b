"""The page without a browser: who may come in, and that every story leads to what the library says."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from browser import KEY
from starlette.testclient import TestClient
from when_changed import WHOLE_PROGRAM

from routing.core.grouping import grouped
from routing.opened import Router
from routing.serve.app import page
from routing.serve.gate import LARGEST
from routing.story.readings import readings

pytestmark = WHOLE_PROGRAM

EXAMPLES = Path(__file__).parents[3] / "examples"
MAILBOX = EXAMPLES / "cloud-mailbox" / "case.yaml"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}"


def opened(client: TestClient, case: Path = MAILBOX) -> str:
    answer = client.post("/open", files={"file": ("case.yaml", case.read_bytes())})
    assert answer.status_code == 200, answer.text
    return answer.url.path.rpartition("/")[2]


def test_only_who_has_the_key_comes_in(router: Router) -> None:
    app = page(router, KEY, 8000)
    with TestClient(app, "http://127.0.0.1:8000") as stranger:
        assert stranger.get("/").status_code == 401
        assert stranger.get("/", params={"key": "another"}).status_code == 401
        assert stranger.get("/law").status_code == 401
    with TestClient(app, "http://127.0.0.1:8000") as known:
        welcome = known.get("/", params={"key": KEY}, follow_redirects=False)
        assert (
            "HttpOnly" in welcome.headers["set-cookie"] and "SameSite=Strict" in welcome.headers["set-cookie"]
        )
        assert welcome.headers["location"] == "/"
        assert known.get("/").status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example:8000", "127.0.0.1:9000", "127.0.0.1.evil.example:8000", "", "8000"]
)
def test_another_host_is_refused(router: Router, host: str) -> None:
    with TestClient(page(router, KEY, 8000), "http://127.0.0.1:8000") as client:
        assert client.get("/", params={"key": KEY}, headers={"host": host}).status_code == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:9000"])
def test_what_another_site_sends_is_refused(client: TestClient, origin: str) -> None:
    assert client.post("/begin", data={}, headers={"origin": origin}).status_code == 403
    assert client.post("/begin", data={}, headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_every_answer_holds_the_browser_to_these_pages(client: TestClient) -> None:
    for path in ("/", "/law", "/nothing", "/static/app.css"):
        headers = client.get(path).headers
        assert headers["cache-control"] == "no-store"
        policy = headers["content-security-policy"]
        assert (
            "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
        )
    first, second = (client.get("/").headers["content-security-policy"] for _ in range(2))
    assert first != second  # each answer has a nonce of its own
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", client.get("/").text)


def test_a_request_that_is_too_large_is_refused(client: TestClient) -> None:
    assert client.post("/told", data={"story": "x" * (LARGEST + 1)}).status_code == 413


def test_two_sessions_do_not_see_each_other(router: Router) -> None:
    app = page(router, KEY)
    with TestClient(app, "http://127.0.0.1") as first, TestClient(app, "http://127.0.0.1") as second:
        for client in (first, second):
            client.get("/", params={"key": KEY})
        name = opened(first)
        assert first.get(f"/plan/{name}").status_code == 200
        for path in (f"/plan/{name}", f"/plan/{name}/case.yaml", f"/form/{name}", f"/plan/{name}/papers"):
            assert second.get(path).status_code == 404


def test_the_printed_address_opened_again_loses_no_case(client: TestClient) -> None:
    name = opened(client)
    client.get("/", params={"key": KEY})
    assert client.get(f"/plan/{name}").status_code == 200


@pytest.mark.parametrize("case", sorted(EXAMPLES.glob("*/case.yaml")), ids=lambda path: path.parent.name)
def test_the_page_gives_the_plan_of_the_library(client: TestClient, router: Router, case: Path) -> None:
    name = opened(client, case)
    assert client.get(f"/plan/{name}/plan.json").text == router.route(case).json_text()


def test_what_is_saved_can_be_opened_again(client: TestClient, tmp_path: Path) -> None:
    name = opened(client)
    saved = tmp_path / "case.yaml"
    saved.write_bytes(client.get(f"/plan/{name}/case.yaml").content)
    again = opened(client, saved)
    assert client.get(f"/plan/{again}/plan.json").text == client.get(f"/plan/{name}/plan.json").text
    assert client.get(f"/plan/{name}/plan.ics").text.startswith("BEGIN:VCALENDAR")
    assert client.get(f"/plan/{name}/receipt.json").json()["format"].startswith("routing-receipt/")


def test_a_changed_fact_is_shown_beside_and_leaves_the_old_plan(client: TestClient) -> None:
    name = opened(client)
    before = client.get(f"/plan/{name}/plan.json").text
    change = {"fact": "dual_criminality", "need": "mailbox", "type": "choice", "value": "no"}
    beside = client.post(f"/plan/{name}", data=change)
    assert beside.url.path.startswith(f"/changed/{name}/")
    assert client.get(f"/plan/{name}/plan.json").text == before
    kept = beside.url.path.rpartition("/")[2]
    assert client.get(f"/plan/{kept}/plan.json").text != before


def test_nothing_told_is_taken_without_a_tick(client: TestClient) -> None:
    told = client.post("/told", data={"story": "Ransomware in France; the provider is in the United States."})
    assert "You wrote “United States”" in told.text
    assert not re.findall(r"type=\"checkbox\"[^>]*checked", told.text)
    asked = client.post("/confirm", data={"S:FRA": "own", "S:USA": "with"})
    name = asked.url.path.rpartition("/")[2]
    form = client.get(f"/form/{name}").text
    assert 'name="state" value="France"' in form and 'name="n1.with" value="United States"' in form
    assert "selected>extortion" not in form


def test_we_are_not_the_united_states(router: Router) -> None:
    def states(story: str) -> set[str]:
        return {item.value for item in readings(router, story) if item.fact == "state"}

    assert states("Spain asks us for the records of a bank") == {"ESP"}
    assert states("The US asks for the records, and the UAE has the money") == {"USA", "ARE"}


def test_a_story_longer_than_what_is_searched_at_once_is_read_whole(router: Router) -> None:
    found = readings(
        router, "nothing is known of it yet, " * 60 + "but it is about money laundering in Ghana"
    )
    assert {"GHA", "money_laundering"} <= {item.value for item in found}


def test_the_first_question_after_the_start_page_is_the_first_and_has_nothing_to_go_back_to(
    client: TestClient,
) -> None:
    """What was told on the start page is not asked again by going back."""
    first = client.post(
        "/begin",
        data={
            "as_of": "2026-11-24",
            "group": "answer|Hear somebody, or hand over court papers",
            "danger": "none",
        },
        follow_redirects=True,
    )
    assert "Question 1" in first.text and 'value="back"' not in first.text
    fact = re.search(r'name="fact" value="(\w+)"', first.text)
    need = re.search(r'name="need" value="([\w-]*)"', first.text)
    assert fact and need
    second = client.post(first.url.path, data={"fact": fact[1], "need": need[1], "value": "unknown"})
    assert "Question 2" in second.text and 'value="back"' in second.text


def test_an_interview_goes_on_and_back(client: TestClient) -> None:
    first = client.post("/begin", data={"as_of": "2026-11-24"})
    second = client.post(
        first.url.path, data={"fact": "danger", "need": "need-1", "type": "many", "value": "none"}
    )
    assert "Question 2" in second.text and "Who asks whom?" in second.text
    back = client.post(second.url.path, data={"do": "back"})
    assert "Question 1" in back.text
    assert "Question 2" in client.get(second.url.path).text  # a second tab, or reload, shows what it showed
    assert re.search(r'value="none"[^>]*checked', back.text)  # what was answered is still ticked
    assert not re.search(r'value="none"[^>]*checked', first.text)


def test_a_state_that_was_typed_is_there_again_after_back(client: TestClient) -> None:
    at = client.post("/begin", data={"as_of": "2026-11-24", "danger": "none"})
    for fact, value in (("kind", "request"), ("group", "emails"), ("state", "Ghana")):
        at = client.post(at.url.path, data={"fact": fact, "need": "need-1", "value": value})
    back = client.post(at.url.path, data={"do": "back"})
    assert 'name="value"' in back.text and 'value="Ghana"' in back.text
    on = client.post(back.url.path, data={"fact": "state", "need": "need-1", "value": "Kenya"})
    assert 'value="Ghana" autocomplete' not in on.text  # it is not carried to the next question


class Fields(HTMLParser):
    """What a browser would send of a form that nobody touched."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.said: list[tuple[str, str]] = []
        self.chooses = ""
        self.action = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form" and not self.action:
            self.action = given.get("action") or ""
        name = given.get("name") or ""
        if tag == "input" and name and (given.get("type") not in ("checkbox", "radio") or "checked" in given):
            self.said.append((name, given.get("value") or ""))
        elif tag == "select":
            self.chooses = name
        elif tag == "option" and "selected" in given:
            self.said.append((self.chooses, given.get("value") or ""))


CASE_OF_ALL = """
title: Child in danger
state: KEN
emergency: threat_to_life
assume: {ties: {budapest: in_force}}
needs:
  - {id: boy, measure: subscriber_data, with: USA, via: {FRA: yes}}
  - {id: money, measure: bank_records, with: FRA, emergency: none}
"""


def test_a_form_that_nobody_touched_changes_nothing(client: TestClient, tmp_path: Path) -> None:
    """What the case says of all its needs, and what the form does not ask for, is as it was."""
    case = tmp_path / "case.yaml"
    case.write_text(CASE_OF_ALL)
    name = opened(client, case)
    before = client.get(f"/plan/{name}/plan.json").json()
    page = Fields(client.get(f"/form/{name}").text)
    sent = grouped(page.said)
    answer = client.post(page.action, data=sent)
    after = client.get(f"{answer.url.path}/plan.json").json()
    assert answer.url.path.startswith("/plan/") and after == before
    kept = client.get(f"{answer.url.path}/case.yaml").text
    assert "via:" in kept and "budapest" in kept and kept.count("threat_to_life") == 1


def test_a_form_names_a_state_that_the_case_has_by_its_code(client: TestClient, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(CASE_OF_ALL)
    said = Fields(client.get(f"/form/{opened(client, case)}").text).said
    assert ("state", "Kenya") in said and ("n2.with", "France") in said


def test_an_emptied_field_of_a_form_is_empty(client: TestClient, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(CASE_OF_ALL)
    page = Fields(client.get(f"/form/{opened(client, case)}").text)
    sent = grouped((key, "" if key.endswith(".emergency") else value) for key, value in page.said)
    kept = client.get(f"{client.post(page.action, data=sent).url.path}/case.yaml").text
    assert "threat_to_life" not in kept and "via:" in kept


def test_what_is_left_out_to_share(client: TestClient, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(MAILBOX.read_text().replace("id: mailbox", "id: smith-mailbox").replace("Cloud", "Smith"))
    shared = client.get(f"/shared/{opened(client, case)}").text
    assert "smith" not in shared.casefold() and "Preserve the data" in shared


def test_hostile_text_stays_text(client: TestClient) -> None:
    pages = [client.post("/told", data={"story": HOSTILE})]
    fields = dict.fromkeys(
        ("title", "state", "as_of", "n1.with", "n1.measure", "n1.kind", "offence"), HOSTILE
    )
    pages.append(client.post("/form", data=fields))
    pages.append(client.post("/open", files={"file": ("x", f"title: '{HOSTILE}'".encode())}))
    pages.append(
        client.post("/begin", data={"danger": HOSTILE, "group": f"{HOSTILE}|{HOSTILE}", "as_of": HOSTILE})
    )
    case = MAILBOX.read_text().replace(
        "Cloud mailbox about to be deleted", "<b>x</b><script>alert(1)</script>"
    )
    pages.append(client.post("/open", files={"file": ("x", case.encode())}))
    for query in (
        "/law/rules?words=",
        "/law/between?a=",
        "/law/provision?ref=",
        "/law/instrument/",
        "/law/rule/",
    ):
        pages.append(client.get(query + HOSTILE))
    for answer in pages:
        assert answer.status_code < 500
        assert (
            "<script>alert" not in answer.text
            and "<img src=x" not in answer.text
            and "<b>x" not in answer.text
        )


@pytest.mark.parametrize("written", ["", "a: [", "just text", "needs: 5", "&a [*a, *a]"])
def test_what_is_no_case_is_told_in_words(client: TestClient, written: str) -> None:
    answer = client.post("/open", files={"file": ("case.yaml", written.encode())})
    assert answer.status_code == 422 or "/ask/" in answer.url.path
    assert "Traceback" not in answer.text


def test_the_law_leads_from_rule_to_provision_to_source(client: TestClient, router: Router) -> None:
    for rule in router.rulebook.rules[:: len(router.rulebook.rules) // 25]:
        text = client.get(f"/law/rule/{rule.id}").text
        for ref in rule.basis:
            if ref in router.rulebook.provisions:
                assert "/law/provision?ref=" in text
    text = client.get("/law/provision", params={"ref": "untoc 18(9)"}).text
    assert "https://treaties.un.org" in text and "Rules that rest on it" in text
    for pathway in router.rulebook.pathways:
        assert client.get(f"/law/pathway/{pathway}").status_code == 200
    for path in (
        "/law",
        "/law/terms",
        "/law/pathways",
        "/law/state?code=CAN",
        "/law/who?state=CAN&pathway=mla",
    ):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/law/world", "/law/who", "/law/provision", "/law/who?state=Atlantis"])
def test_an_address_that_lacks_something_is_told_on_a_page(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 422 and answer.headers["content-type"].startswith("text/html")
    assert 'role="alert"' in answer.text and "Field required" not in answer.text


def test_what_depends_on_an_answer_is_not_said_as_if_it_were_so(client: TestClient, router: Router) -> None:
    text = client.get(f"/plan/{opened(client)}").text
    plan = router.route(MAILBOX)
    missing = text[text.index('id="missing"') : text.index('id="picture"')]
    assert plan.unknowns and missing.count("It depends on the answer:") == len(plan.unknowns)
    for unknown in plan.unknowns:  # and each leads to the rules that wait for it
        assert all(f"/law/rule/{id}" in missing for id in unknown.why)


def test_a_law_that_is_cited_with_its_mark_leads_to_it_too(client: TestClient) -> None:
    asked = {"need": "mailbox", "pathway": "direct_access_agreement"}
    text = client.get(f"/plan/{opened(client)}/why-not", params=asked).text
    for cited in re.findall(r'<span class="law">(.*?)</span>', text):
        for one in cited.split("; "):
            assert "/law/provision" in one, one


def test_a_measure_has_a_map(client: TestClient) -> None:
    text = client.get("/law/world?measure=stored_content").text
    assert 'src="/law/world.svg?measure=stored_content"' in text
    picture = client.get("/law/world.svg?measure=stored_content")
    assert picture.headers["content-type"] == "image/svg+xml"
    assert "Canada: " in picture.text and "stored content such as messages and files" in picture.text


def test_nothing_that_is_not_known_is_printed_as_a_word_of_the_program(client: TestClient) -> None:
    for path in ("/law/state?code=CAN", "/law/who?state=CHE", "/law/instrument/budapest", "/law/pathway/mla"):
        assert not re.search(r">\s*None\b(?! of)", client.get(path).text), path


def test_a_paper_takes_what_only_the_officer_knows(client: TestClient) -> None:
    name = opened(client)
    papers = re.findall(rf'href="(/plan/{name}/paper/[^"]+)"', client.get(f"/plan/{name}/papers").text)
    assert papers
    key = re.search(r'<textarea id="k-[^"]*" name="([^"]+)"', client.get(papers[0]).text)
    assert key
    assert "File 12/2026" not in client.get(f"{papers[0]}/md").text.replace("\\", "")
    client.post(papers[0], data={f"shown.{key[1]}": "", key[1]: "File 12/2026"})
    assert "File 12/2026" in client.get(f"{papers[0]}/md").text.replace("\\", "")


def test_who_asks_for_the_head_alone_gets_the_head(router: Router, client: TestClient) -> None:
    whole, head = client.get("/health"), client.head("/health")
    assert (head.status_code, head.text) == (200, "") and whole.text
    assert client.head("/").status_code == 200
    assert TestClient(page(router, KEY), base_url="http://127.0.0.1").head("/").status_code == 401
    refused = client.put("/")
    assert refused.status_code == 405 and refused.headers["allow"] == "GET"


def test_a_failure_is_a_sentence_for_who_reads_and_for_who_runs_it(
    router: Router, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    application = page(router, KEY)

    async def fails(scope: object, receive: object, send: object) -> None:
        raise KeyError("a name out of a case")

    monkeypatch.setattr(application, "app", fails)
    visitor = TestClient(application, base_url="http://127.0.0.1", headers={"Authorization": f"Bearer {KEY}"})
    answer = visitor.get("/")
    assert answer.status_code == 500 and "the program failed" in answer.text
    told = capfd.readouterr().err
    assert "internal failure (KeyError)" in told and "a name" not in told and "Traceback" not in told


def test_a_case_in_everyday_lines_can_be_opened(client: TestClient) -> None:
    text = "today: 24 Nov 2026\nour country: Kenya\nother country: France\nwhat we need: bank records\ncrime: fraud\n"
    answer = client.post("/open", files={"file": ("case.yaml", text.encode())})
    assert answer.status_code == 200 and answer.url.path.startswith("/plan/")
    assert "24 Nov 2026" in answer.text and "France" in answer.text


def test_each_step_of_several_needs_tells_for_what_it_is_and_a_question_stands_once(
    client: TestClient, tmp_path: Path
) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(
        "state: AUS\nas_of: 2026-11-24\nactor: police\noffence: [terrorism]\nemergency: threat_to_life\nneeds:\n"
        "  - {id: q-warn, kind: share, measure: early_warning, with: IDN}\n"
        "  - {id: q-log, kind: answer, measure: police_database_check, with: MYS, emergency: none}\n"
    )
    opened_plan = opened(client, case)
    for address in (f"/plan/{opened_plan}", f"/shared/{opened_plan}"):
        shown = client.get(address).text
        steps = shown.split('<li class="card" id="step-')[1:]
        assert steps
        for step in steps:
            assert re.search(r'<span class="hint">For [^<]*, (?:to Indonesia|for Malaysia)\.</span>', step)
        assert "q-warn" not in shown.split("Change a fact")[0] if "/shared/" in address else True
        assert shown.count("Telephone now; confirm in writing today.") <= 2
        asked = re.findall(r"<h3>([^<]*\?)", shown)
        assert asked
        assert all(f"<li>{asks} It depends" not in shown for asks in asked)


def test_a_plan_beside_another_names_its_own_states(client: TestClient) -> None:
    name = opened(client, EXAMPLES / "three-needs-two-states" / "case.yaml")
    need = re.search(
        r'name="fact" value="with"><input type="hidden" name="need" value="([^"]+)"',
        client.get(f"/plan/{name}").text,
    )
    assert need
    change = {"fact": "with", "need": need[1], "type": "state", "value": "Iceland"}
    beside = client.post(f"/plan/{name}", data=change).text
    before, after = beside.split('id="After"')[0], beside.split('id="After"')[1].split("The differences")[0]
    assert "Iceland" not in before.partition('id="Before"')[2]
    assert re.search(r'class="hint">[^<]*Iceland', after)


def test_the_channels_that_serve_stand_before_the_others(client: TestClient) -> None:
    asked = client.get(f"/plan/{opened(client)}").text.partition('id="whynot"')[2].partition("</form>")[0]
    groups = re.findall(r'optgroup label="([^"]+)"', asked)
    assert groups[0] == "Channels for what you need" and len(groups) > 5
    first = asked.partition("</optgroup>")[0]
    assert "European Investigation Order" in first and "Nordic" not in first
    assert "Nordic arrest warrant" in asked


def test_no_fact_of_a_plan_is_told_by_its_id(router: Router) -> None:
    unnamed = [fact.id for fact in router.rulebook.facts.values() if fact.looked_up and not fact.name]
    assert not unnamed


def test_days_are_written_as_people_write_them(client: TestClient) -> None:
    """In what a plan rests on and in a chain of reasons, beside the sentences of the steps."""
    name = opened(client)
    shown = client.get(f"/plan/{name}").text.partition('id="facts"')[0]
    why = client.get(f"/plan/{name}/why", params={"pathway": "mla", "need": "mailbox"}).text
    for text in (shown, why):
        words = re.sub(r"https?://\S+|<[^>]+>", " ", text)
        assert not re.findall(r"(?<![\w-])\d{4}-\d\d-\d\d(?![\w-])", words)
