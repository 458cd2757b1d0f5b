"""Files that somebody typed: every way to name the lines with every way to say them, and noise between. None
is refused, nothing is lost, our State is never the other one, a danger is never turned round."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from routing.case.model import Case
from routing.opened import Router
from routing.render.case_told import case_told

DAY = date(2026, 11, 30)

# For each way to write a file: how a line stands, and the names for our State, the other one, what is sought,
# the crime, a danger.
SHAPES = {
    "plain": ("{key}: {says}", ("we", "they", "need", "crime", "danger")),
    "equals": ("{key} = {says}", ("our country", "other country", "we need", "crime", "danger")),
    "bullets": ("- {key}: {says}", ("us", "them", "want", "offence", "danger")),
    "numbers": ("{number}. {key}: {says}", ("We", "Other", "Need", "Crime", "Danger")),
    "capitals": ("{key}: {says}", ("WHO ASKS", "WHO IS ASKED", "WHAT", "CRIME", "DANGER")),
}
DANGERS = {
    "no": "none",
    "none": "none",
    "non": "none",
    "n/a": "none",
    "0": "none",
    "not really": "none",
    "nobody": "none",
    "no, the shop is closed": "none",
    "?": "unknown",
    "no idea": "unknown",
    "YES YES": "unknown",
    "the crew perhaps, who can say": "unknown",
    "threat to life": "threat_to_life",
}
NOISE = (
    ("", ()),
    ("Parcels in spring\n", ()),
    ("boats\n", ()),
    ("Parcels in spring\nzorble thing: grune flimp\n", ("zorble thing",)),
    ("status of the file: ?\nzorble: YES\n", ("zorble",)),
)


def typed(shape: str, danger: str, noise: str) -> str:
    form, names = SHAPES[shape]
    values = ("Kenya", "Portugal", "bank statements", "fraud", danger)
    lines = (
        form.format(number=number, key=key, says=says)
        for number, (key, says) in enumerate(zip(names, values, strict=True), 1)
    )
    return noise + "\n".join(lines) + "\n"


def told(case: Case) -> str:
    return " ".join(note for note in case.notes if note.startswith("not understood, and not used"))


FILES = [
    (shape, says, danger, *noise)
    for at, (shape, (says, danger), noise) in enumerate(product(SHAPES, DANGERS.items(), NOISE))
    if at % 4 == 0  # every fourth: each name, each value and each noise is met
]


@pytest.mark.parametrize(("shape", "says", "danger", "noise", "unread"), FILES)
def test_a_typed_file_is_read_and_what_is_not_read_is_told(
    router: Router, shape: str, says: str, danger: str, noise: str, unread: tuple[str, ...]
) -> None:
    case, _ = router.read_in_part(typed(shape, says, noise), as_of=DAY)
    assert (case.state, {need.partner for need in case.needs}) == ("KEN", {"PRT"})
    assert {need.measure for need in case.needs} == {"bank_records"}
    assert case.facts.get("emergency") == danger
    assert all(words in told(case) for words in unread)
    if danger == "unknown" and says not in ("?", "no idea"):
        assert says in told(case)


@pytest.mark.parametrize("we", ["the Bobbies", "Squad 7", "???", "our unit at the harbour"])
@pytest.mark.parametrize(("own", "other"), [("we", "they"), ("us", "them"), ("we are", "other country")])
def test_the_other_state_is_never_ours_where_ours_is_not_understood(
    router: Router, we: str, own: str, other: str
) -> None:
    case, _ = router.read_in_part(f"{own}: {we}\n{other}: Ghana\nneed: bank records\n", as_of=DAY)
    assert (case.state, case.needs[0].partner) == (None, "GHA")


def test_a_service_with_a_place_in_its_name_is_of_its_state(router: Router) -> None:
    text = "we: FBI Cleveland field office\nthey: Latvia\nneed: keep the data\n"
    case, _ = router.read_in_part(text, as_of=DAY)
    assert (case.state, case.needs[0].partner) == ("USA", "LVA")


def test_a_line_for_a_danger_says_none_by_its_name(router: Router) -> None:
    text = "we: Kenya\nthey: Ghana\nneed: find a man\ndanger to persons: 0\n"
    case, _ = router.read_in_part(text, as_of=DAY)
    assert case.facts["emergency"] == "none"


@pytest.mark.parametrize("line", ["danger for the crew: 0", "7. Danger: no", "danger: none, all is quiet"])
def test_a_story_of_lines_tells_no_danger_that_a_line_denies(router: Router, line: str) -> None:
    told = case_told(router, f"we: Kenya\nthey: Ghana\nneed: bank statements\n{line}\n", DAY)
    assert "threat to life" not in told


def test_a_word_that_denies_another_is_no_answer(router: Router) -> None:
    text = "we: Kenya\nthey: Ghana\nneed: bank records\ndanger: nobody knows what he does next\n"
    case, _ = router.read_in_part(text, as_of=DAY)
    assert case.facts["emergency"] == "unknown" and "nobody knows" in told(case)


def test_two_states_under_one_name_are_two(router: Router) -> None:
    text = "we: Slovenia\nthem:\n  first: Croatia\n  second: Austria\nneed: bank records\n"
    case, _ = router.read_in_part(text, as_of=DAY)
    assert [need.partner for need in case.needs] == ["HRV", "AUT"]


@pytest.mark.parametrize(
    ("says", "days"),
    [
        ("21 ENE 2027", 52),
        ("11.1.27", 42),
        ("4. 12. 2026", 4),
        ("same day as our searches, 10/12/2026 at 06:00", 10),
        ("hearing 21 janvier 2027", 52),
    ],
)
def test_a_day_is_read_in_other_forms_and_among_other_words(router: Router, says: str, days: int) -> None:
    text = f"we: Kenya\nthey: Ghana\nneed: bank records\nwhen: {says}\n"
    case, _ = router.read_in_part(text, as_of=DAY)
    assert {**case.facts, **case.needs[0].facts}["days_until_needed"] == days
