"""That no answer came to what we asked for, in any words: a request that waits, with since when."""

from __future__ import annotations

from datetime import date

import pytest

from routing.opened import Router
from routing.story.offered import offered_by
from routing.story.open_parts import completed

pytestmark = pytest.mark.when_changed("rules", "routing")

DAY = date(2026, 12, 1)


def sent(router: Router, text: str) -> str:
    """The words by which a request is read as sent and waiting; empty where none is."""
    offer = completed(router, offered_by(router, f"Kenya police. {text}", DAY))
    return next(
        (it.phrase for it in offer.facts if (it.fact, it.value) == ("request_already_sent", "yes")), ""
    )


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("In June we asked Ghana for the bank records of a firm. We have no answer.", "In June"),
        ("We sent a request for bank records to Ghana in March. Nobody answers.", "in March"),
        ("Our letter rogatory went to Ghana in May, still silent since.", "in May"),
        ("We wrote to Ghana for bank records, they are silent since five months.", "since five months"),
        ("We have asked Ghana for bank records four months ago. We did not get an answer.", "four months"),
        ("Our request for bank records is at Ghana since April and no reaction.", "since April"),
        ("We asked Ghana for bank records. It is eight weeks ago. No word from them.", ""),
        ("Bank records we requested from Ghana in January, but no reply arrives.", "in January"),
        ("We wait already 200 days for bank records that Ghana should send on our request.", "200 days"),
        ("Ghana got our request for bank records in February, never came anything back.", "in February"),
        (
            "Our MLA request to Ghana stays unanswered for seven months. It was for bank records.",
            "seven months",
        ),
        ("We reminded Ghana twice about our request for bank records and hear nothing.", ""),
        ("I sent to Ghana letter of request for bank records, and they keep quiet.", ""),
        ("We are still waiting for Ghana. The request was for bank records and went out in July.", "in July"),
    ],
)
def test_a_request_without_an_answer_waits(router: Router, text: str, since: str) -> None:
    phrase = sent(router, text)
    assert phrase and since in phrase


@pytest.mark.parametrize(
    "text",
    [
        "The man does not answer the phone. We need the bank records of a firm in Ghana.",
        "The suspect is silent since his arrest. We need the bank records of a firm in Ghana.",
        "Nobody answers the door of the house. We need the bank records of a firm in Ghana.",
        "We have no answer to who owns the account. We need the bank records of a firm in Ghana.",
        "We called the bank in Ghana and nobody answers. We need the bank records.",
        "Ghana asked us for bank records in May, we have not answered yet.",
    ],
)
def test_other_silence_is_no_request_that_waits(router: Router, text: str) -> None:
    assert not sent(router, text)


def test_silence_of_an_office_is_nobody_missing(router: Router) -> None:
    text = "Kenya police. We asked Ghana for bank records. It is eight weeks ago. No word from them."
    offer = completed(router, offered_by(router, text, DAY))
    assert [want.measures for want in offer.needed] == [("bank_records",)]
