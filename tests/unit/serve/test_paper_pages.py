"""What is typed into a paper on the page is kept with the case, and only there."""

from __future__ import annotations

import html
import re
from pathlib import Path

from browser import KEY
from starlette.testclient import TestClient
from when_changed import WHOLE_PROGRAM

from routing.opened import Router
from routing.serve.app import page

pytestmark = WHOLE_PROGRAM

EXAMPLES = Path(__file__).parents[3] / "examples"
MAILBOX = EXAMPLES / "cloud-mailbox" / "case.yaml"
OFFICE = "addressee_office"
PAPER = "mla_request"


def opened(client: TestClient, text: bytes = MAILBOX.read_bytes()) -> str:
    answer = client.post("/open", files={"file": ("case.yaml", text)})
    assert answer.url.path.startswith("/plan/"), answer.text
    return answer.url.path.rpartition("/")[2]


def paper_of(client: TestClient, name: str, document: str = PAPER) -> str:
    listed = client.get(f"/plan/{name}/papers").text
    return next(re.finditer(rf'href="(/plan/{name}/paper/\d+/{document})"', listed))[1]


def changed(client: TestClient, name: str, fact: str, value: str, need: str = "mailbox") -> str:
    data = {"fact": fact, "need": need, "type": "choice", "value": value}
    beside = client.post(f"/plan/{name}", data=data)
    assert beside.url.path.startswith("/changed/"), beside.text
    return beside.url.path.rpartition("/")[2]


def box(text: str, key: str) -> str:
    """What the box of a field shows."""
    found = re.search(rf'<textarea id="k-{key}"[^>]*>\n?(.*?)</textarea>', text, re.S)
    assert found, key
    return html.unescape(found[1])


def shown(text: str, key: str) -> str:
    found = re.search(rf'name="shown\.{key}" value="([^"]*)"', text)
    assert found, key
    return found[1]


def put(client: TestClient, paper: str, do: str = "", **typed: str) -> str:
    """Type into a page of a paper and put it in, with everything else as it is shown. Gives the page that follows."""
    text = client.get(paper).text
    data = {
        key: value
        for field in re.findall(r'name="shown\.([^"]+)"', text)
        for key, value in (
            (f"shown.{field}", shown(text, field)),
            *([(field, box(text, field))] if f'id="k-{field}"' in text else []),
        )
    }
    return client.post(paper, data={**data, **typed, "do": do}).text


def test_what_was_typed_comes_back_when_the_paper_is_opened_again(client: TestClient) -> None:
    name = opened(client)
    paper = paper_of(client, name)
    put(client, paper, file_no="12/2026", facts_summary="First line.\nSecond line.")
    client.get(f"/plan/{name}")
    again = client.get(paper_of(client, name)).text
    assert box(again, "file_no") == "12/2026" and box(again, "facts_summary") == "First line.\nSecond line."
    assert "12/2026" in client.get(f"{paper}/md").text


def test_it_comes_back_after_a_fact_was_changed_and_from_the_old_plan(client: TestClient) -> None:
    name = opened(client)
    put(client, paper_of(client, name), file_no="12/2026")
    later = changed(client, name, "dual_criminality", "yes")
    assert box(client.get(paper_of(client, later)).text, "file_no") == "12/2026"
    put(client, paper_of(client, later), file_no="13/2026")
    assert box(client.get(paper_of(client, name)).text, "file_no") == "13/2026"
    elsewhere = changed(client, later, "with", "Denmark, Japan")
    assert box(client.get(paper_of(client, elsewhere)).text, "file_no") == "13/2026"


def test_it_comes_back_after_the_whole_form_was_changed(client: TestClient) -> None:
    name = opened(client)
    put(client, paper_of(client, name), file_no="12/2026")
    form = {
        "title": "Another",
        "state": "GHA",
        "as_of": "2026-11-24",
        "n1.measure": "stored_content",
        "n1.with": "CAN",
    }
    later = client.post(f"/form/{name}", data=form).url.path.rpartition("/")[2]
    assert box(client.get(paper_of(client, later)).text, "file_no") == "12/2026"


def test_another_case_and_another_browser_know_nothing_of_it(router: Router) -> None:
    app = page(router, KEY)
    with TestClient(app, "http://127.0.0.1") as one, TestClient(app, "http://127.0.0.1") as other:
        for client in (one, other):
            client.get("/", params={"key": KEY})
        name = opened(one)
        put(one, paper_of(one, name), file_no="12/2026")
        for client in (one, other):
            assert box(client.get(paper_of(client, opened(client))).text, "file_no") == ""


def test_it_is_in_nothing_that_is_saved_or_shared_but_the_paper(client: TestClient) -> None:
    name = opened(client)
    put(client, paper_of(client, name), file_no="secret-word", addressee_office="secret-word")
    for path in (f"/plan/{name}", f"/shared/{name}", f"/plan/{name}/papers", f"/form/{name}"):
        assert "secret-word" not in client.get(path).text, path
    for file in ("case.yaml", "plan.md", "plan.txt", "plan.json", "plan.ics", "plan.mmd", "receipt.json"):
        assert "secret-word" not in client.get(f"/plan/{name}/{file}").text, file


def test_two_tabs_do_not_undo_each_other(client: TestClient) -> None:
    paper = paper_of(client, opened(client))
    before = client.get(paper).text
    put(client, paper, file_no="from the first tab")
    stale = {
        key: value
        for each in ("file_no", "facts_summary")
        for key, value in ((f"shown.{each}", shown(before, each)), (each, ""))
    }
    client.post(paper, data={**stale, "facts_summary": "from the second tab"})
    now = client.get(paper).text
    assert box(now, "file_no") == "from the first tab" and box(now, "facts_summary") == "from the second tab"


def test_what_is_sent_while_typing_is_kept_without_a_page(client: TestClient) -> None:
    paper = paper_of(client, opened(client))
    sent = client.post(paper, data={"do": "keep", "shown.file_no": "", "file_no": "12/2026"})
    assert sent.status_code == 204 and not sent.content
    assert box(client.get(paper).text, "file_no") == "12/2026"
    client.post(paper, data={"do": "keep", "shown.file_no": "", "file_no": ""})
    assert box(client.get(paper).text, "file_no") == ""


def test_what_is_put_in_can_be_saved_in_the_same_step(client: TestClient) -> None:
    paper = paper_of(client, opened(client))
    text = put(client, paper, "md", file_no="12/2026")
    assert "12/2026" in text and text.startswith("**DRAFT")
    answers = client.get(f"{paper}/yaml")
    assert 'file_no: "12/2026"' in answers.text.splitlines()
    assert "mla_request-answers.yaml" in answers.headers["content-disposition"]


def test_what_is_too_long_is_told_and_not_lost(client: TestClient) -> None:
    paper = paper_of(client, opened(client))
    long = "word " * 5_000
    answer = client.post(
        paper,
        data={"shown.facts_summary": "", "facts_summary": long, "shown.file_no": "", "file_no": "12/26"},
    )
    assert answer.status_code == 422 and "longer than" in answer.text
    assert box(answer.text, "facts_summary") == long.strip() and box(answer.text, "file_no") == "12/26"
    assert shown(answer.text, "facts_summary") == ""  # so that it is taken when it is sent again


# Corrections


def test_each_value_that_the_program_filled_in_has_a_box(client: TestClient) -> None:
    text = client.get(paper_of(client, opened(client))).text
    filled = text[text.index('id="filled"') :]
    assert box(filled, OFFICE) and box(filled, "sender_state") and "From: " in filled
    assert "Your own words" not in text


def test_a_correction_is_marked_and_can_be_taken_back(client: TestClient) -> None:
    paper = paper_of(client, opened(client))
    program = box(client.get(paper).text, OFFICE)
    text = put(client, paper, addressee_office="Directorate of Assistance")
    assert box(
        text, OFFICE
    ) == "Directorate of Assistance" and f"The program has: {program}" in html.unescape(text)
    assert text.count("Your own words") >= 2
    assert "the officer's own words" in client.get(f"{paper}/md").text
    text = put(client, paper, addressee_office=program)
    assert box(text, OFFICE) == program and "Your own words" not in text


def test_an_emptied_box_leaves_a_blank(client: TestClient) -> None:
    paper = paper_of(client, opened(client))
    program = box(client.get(paper).text, OFFICE)
    text = put(client, paper, addressee_office="")
    assert box(text, OFFICE) == "" and f"The program has: {program}" in html.unescape(text)
    markdown = client.get(f"{paper}/md").text
    assert "left blank by the officer" in markdown and text.count("Left blank by you") == 2


def test_a_correction_holds_only_while_the_program_says_what_was_corrected(client: TestClient) -> None:
    """The office of one State is not written on a letter to another."""
    name = opened(client)
    put(client, paper_of(client, name), addressee_office="Office in the old State", file_no="12/26")
    later = changed(client, name, "with", "Japan")
    text = client.get(paper_of(client, later)).text
    assert box(text, OFFICE) != "Office in the old State"
    assert "You wrote earlier, for another step or plan: Office in the old State" in text
    assert box(text, "file_no") == "12/26"


def test_the_office_of_one_step_is_not_written_on_the_paper_of_another(client: TestClient) -> None:
    name = opened(client)
    first = paper_of(client, name, "preservation_request")
    put(client, first, file_no="12/26", addressee_office="Night desk", way="by secure mail")
    text = client.get(paper_of(client, name)).text
    assert box(text, "file_no") == "12/26" and box(text, OFFICE) != "Night desk"
    assert box(text, "way") != "by secure mail"


def test_an_office_is_corrected_once_for_all_steps_that_go_there(client: TestClient) -> None:
    """The draft that is shared and the request itself go to the same office."""
    name = opened(client)
    listed = client.get(f"/plan/{name}/papers").text
    first, second = re.findall(rf'href="(/plan/{name}/paper/\d+/{PAPER})"', listed)
    put(client, first, addressee_office="Directorate of Assistance")
    assert box(client.get(second).text, OFFICE) == "Directorate of Assistance"


TOLD = (
    "A barn in Namur was burgled. We are the prosecutor in Belgium and need a search of a house in Portugal."
)


def from_a_story(client: TestClient, **more: str) -> str:
    """The name of the plan of a story whose search was confirmed."""
    told = client.post("/told", data={"story": TOLD})
    name = told.url.path.rpartition("/")[2]
    want = re.search(r'name="want" value="(\d+\|search\|[^"]*)"', told.text)
    assert want and f'name="tell" value="{name}">' in told.text
    fact = ["kind=request", "actor=prosecutor"]
    states = {"S:BEL": "own", "S:PRT": "with", "from1": "Portugal"}
    asked = client.post(
        "/confirm", data={"want": want[1], "fact": fact, **states, **more, "tell": more.get("tell", name)}
    )
    return asked.url.path.rpartition("/")[2]


def test_what_was_told_at_the_start_stands_in_the_facts_until_it_is_changed(client: TestClient) -> None:
    name = from_a_story(client)
    address = paper_of(client, name, "investigation_order")
    text = client.get(address).text
    assert box(text, "facts_summary") == TOLD and "This is what you told at the start." in text
    sheet = client.get(f"{address}/md").text
    assert TOLD in sheet and "as told at the start of the case, and not changed since" in sheet
    assert TOLD not in client.get(f"/plan/{name}/case.yaml").text
    shown_there = {"shown.facts_summary": shown(text, "facts_summary")}
    changed_there = client.post(address, data={**shown_there, "facts_summary": "A barn was burgled."}).text
    assert box(changed_there, "facts_summary") == "A barn was burgled."
    assert "told at the start" not in changed_there
    shown_there = {"shown.facts_summary": shown(changed_there, "facts_summary")}
    emptied = client.post(address, data={**shown_there, "facts_summary": ""}).text
    assert box(emptied, "facts_summary") == "" and TOLD not in emptied


def test_a_story_that_is_not_wanted_there_stands_in_no_paper(client: TestClient) -> None:
    name = from_a_story(client, tell="")
    assert box(client.get(paper_of(client, name, "investigation_order")).text, "facts_summary") == ""


def test_a_step_without_a_paper_says_what_serves_in_its_place(client: TestClient) -> None:
    told = b"state: ESP\nas_of: 2026-11-24\nneeds: [{measure: video_hearing, with: DEU, purpose: evidence, person_role: suspect}]\n"
    name = opened(client, told)
    listed = client.get(f"/plan/{name}/papers").text
    assert "The record of the consent is the paper" in listed
    assert "No paper of its own." not in listed
