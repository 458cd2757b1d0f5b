"""What is made before the first answer, beside what is served."""

from __future__ import annotations

from threading import Lock

import pytest
from starlette.testclient import TestClient

from routing.analyse.interview import Interview
from routing.core.errors import Problems
from routing.opened import Router
from routing.serve import warm as module
from routing.serve.app import page
from routing.serve.cases import Cases
from routing.serve.store import CaseDraft
from routing.serve.warm import warm


class Counted:
    """A lock that counts how often it was held."""

    def __init__(self) -> None:
        self.lock, self.held = Lock(), 0

    def __enter__(self) -> None:
        assert self.lock.acquire(timeout=60)
        self.held += 1

    def __exit__(self, *told: object) -> None:
        self.lock.release()


def test_a_case_of_each_group_is_decided_once_and_the_lock_given_back_between(
    router: Router, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided: list[str] = []

    def desk(case: dict[str, list[dict[str, str]]], router: Router) -> None:
        decided.append(case["needs"][0]["measure"])
        if len(decided) == 1:
            raise Problems.of("this one cannot be decided")

    monkeypatch.setattr(module, "Desk", desk)
    monkeypatch.setattr(module, "LEFT", module.MadeOf(4, module._first_of_each_group))
    lock, made = Counted(), []
    warm(router, lock, lambda: made.append("templates")).join(60)
    groups = router.rulebook.in_groups().values()
    assert decided == [measures[0].id for measures in groups] and lock.held == len(decided)
    warm(router, lock, lambda: made.append("templates")).join(60)
    assert lock.held == len(decided) and made == ["templates", "templates"]


def test_an_answer_is_worked_out_once_for_the_form_and_the_page_that_follows(
    router: Router, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every answer before it was read anew, once to take it and once to show what comes next."""
    client = TestClient(page(router, "a-key"), "http://127.0.0.1")
    client.get("/?key=a-key")
    first = client.post("/begin", data={"as_of": "2026-11-24", "danger": "none"})
    made: list[CaseDraft] = []
    interview = Cases.interview

    def counted(cases: Cases, draft: CaseDraft) -> Interview:
        made.append(draft)
        return interview(cases, draft)

    monkeypatch.setattr(Cases, "interview", counted)
    second = client.post(first.url.path, data={"fact": "kind", "need": "need-1", "value": "request"})
    assert "Question 2" in second.text and len(made) == 1
