"""The sentences of `offices/wording.csv`: which there must be, and what fills each."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from routing.core.errors import Problem, one_of
from routing.core.kinds import OF_INSTRUMENTS
from routing.core.snapshot import Location
from routing.law.office_rows import WORDING
from routing.law.tables import read_table

WAY = "way."
NEEDED: dict[str, tuple[str, ...]] = {
    "language.short": ("languages",),
    "language.short.due": ("languages",),
    **dict.fromkeys(
        (
            "language.short.unknown",
            "language.short.unknown.official",
            "language.short.unknown.shared",
            "language.short.unread",
            "language.short.unread.official",
            "language.short.unread.shared",
            "language.short.probably",
        ),
        ("languages", "under", "state"),
    ),
    **dict.fromkeys(
        (
            "language.no_translation",
            "language.translate_one",
            "language.translate",
            "language.translate_all",
        ),
        ("languages", "state"),
    ),
    "language.official": ("languages",),
    "language.of_requests": (),
    "language.elsewhere": ("languages", "under"),
    "language.unknown": ("state",),
    "ask.confirm": ("under",),
    "ask.other_help": ("help", "state"),
    **dict.fromkeys(
        ("ask.by_treaty", "ask.by_treaty_unread", "ask.by_treaty_confirmed", "ask.by_treaty_other"),
        ("treaty", "office", "state", "under"),
    ),
}
"""What is said wherever it applies, and what each sentence can be filled with."""
MAY_BE: dict[str, tuple[str, ...] | None] = {
    "ask.own": None,
    "ask.territory": ("state", "parent"),
    "ask.its_state": ("state",),
    "duty.code": None,
    "duty.rule": None,
}
"""What is said only where the table has it; None: as it stands."""
FILLINGS = {**NEEDED, **MAY_BE}
OF_A_PROVISION: dict[str, tuple[str, ...]] = {
    "language.official": ("state", "languages"),
    "language.unknown": ("state",),
    **{key: filled for key, filled in NEEDED.items() if key.startswith("language.short.u")},
    "language.short.probably": NEEDED["language.short.probably"],
}
"""What a provision may have said in its own words: the key, a point and its reference."""
OF_A_ROLE = "ask.other_help."
"""Before a role whose office is asked who is competent, where that is said in other words than of all."""
OF_A_KIND = ("no_list.", "no_text.")
"""Before a kind of instruments: why one of it has no list, or no text, of its own."""


def wording_problems(folder: Location) -> Iterator[Problem]:
    """Sentences that are missing, stand twice or under no known key, and gaps that nothing fills.

    folder: that of the offices. Raises RulebookProblems for what is not a table.
    """
    path, seen = folder / "wording.csv", dict[str, int]()
    for line, (key, says) in read_table(path, WORDING):
        if key in seen:
            message = f"`{key}` stands twice, first on line {seen[key]}"
            yield Problem(message, str(path), line, "keep one of them", "table.twice")
        seen.setdefault(key, line)
        if key.startswith(WAY):
            continue
        try:
            fillings = _fillings(key)
        except KeyError:
            fix = one_of(key, FILLINGS)
            yield Problem(f"`{key}` is not a key of wording", str(path), line, fix, "table.choice")
            continue
        wrong = _unfilled(says, fillings) if fillings is not None else None
        if wrong is not None:
            fix = "put in: " + ", ".join(f"{{{name}}}" for name in fillings or ())
            yield Problem(f"nothing fills `{wrong}` of `{key}`", str(path), line, fix, "table.choice")
    for key in NEEDED:
        if key not in seen:
            fix = f"write a line that begins with `{key},`"
            yield Problem(f"there are no words for `{key}`", str(path), 1, fix, "table.choice")


def _fillings(key: str) -> tuple[str, ...] | None:
    """What the sentence of a key can be filled with; None: it stands as it is. Raises KeyError for what is no
    key."""
    if key.startswith(OF_A_KIND) and key.partition(".")[2] in OF_INSTRUMENTS:
        return ()
    if key.startswith(OF_A_ROLE):
        return NEEDED[OF_A_ROLE.removesuffix(".")]
    return FILLINGS[key] if key in FILLINGS else OF_A_PROVISION[_general(key)]


def _general(key: str) -> str:
    """The key whose sentence a provision has in its own words; empty for other keys."""
    fitting = (general for general in OF_A_PROVISION if key.startswith(f"{general}.") and " " in key)
    return max(fitting, key=len, default="")


def _unfilled(says: str, fillings: tuple[str, ...]) -> str | None:
    """What of a sentence cannot be filled in; None where all can."""
    try:
        parts = list(Formatter().parse(says))
    except ValueError:
        return says
    for _, name, form, conversion in parts:
        if name is not None and (name not in fillings or form or conversion):
            return f"{{{name}}}"
    return None
