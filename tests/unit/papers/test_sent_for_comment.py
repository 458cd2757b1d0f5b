"""A draft that goes to the other side for comment is a draft of the request, not of the letter around it."""

from __future__ import annotations

from pathlib import Path

from routing.library import load_rulebook

MAILBOX = Path(__file__).parents[3] / "examples" / "cloud-mailbox" / "case.yaml"
NO_REQUEST = "It goes for comment only: it is not yet the request."


def test_the_draft_for_comment_says_what_the_request_says_and_that_it_is_none_yet() -> None:
    router = load_rulebook()
    shared = router.draft(MAILBOX, 3, "mla_request")
    request = router.draft(MAILBOX, 4, "mla_request")
    assert shared.sections == request.sections and shared.missing == request.missing
    basis = [each for section in shared.sections for each in section.fields if each.key == "basis"]
    assert basis[0].lines and "Share a draft" in shared.step
    assert shared.doubtful[0] == NO_REQUEST and NO_REQUEST not in request.doubtful


def test_a_paper_beside_a_step_still_speaks_of_that_step() -> None:
    note = load_rulebook().draft(MAILBOX, 1, "handling_note")
    assert "Preserve the data" in note.step and NO_REQUEST not in note.doubtful
