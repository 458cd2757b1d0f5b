"""The shape of the files of what is proved of the rules: constraints, expectations and invariants."""

from __future__ import annotations

from routing.core.domain import STANDINGS
from routing.yaml.schema import FLAG, TEXT, Block, Listed, Open, Schema, Word, WordOrList

_STATED: dict[str, Schema] = {"id": TEXT, "basis": WordOrList()}
CONSTRAINTS = Listed(
    Block(
        "a constraint",
        {**_STATED, "says": TEXT, "holds": Open(), "excludes": Open(), "standing": Word(STANDINGS)},
        ("id", "says", "holds", "excludes"),
    ),
    blank=True,
)
EXPECTATIONS = Listed(
    Block(
        "an expectation",
        {**_STATED, "claim": TEXT, "because": TEXT, "when": Open(), "items": WordOrList()},
        ("id", "claim", "because"),
    ),
    blank=True,
)
INVARIANTS = Listed(
    Block(
        "an invariant",
        {
            **_STATED,
            "says": TEXT,
            "measures": WordOrList(),
            "in_order": WordOrList(),
            "unless": Open(),
            "change": Block(
                "a change", {"fact": TEXT, "from": WordOrList(), "to": WordOrList(), "rises": FLAG}, ("fact",)
            ),
            **{
                key: Open()
                for key in (
                    "surely",
                    "possibly",
                    "then_surely",
                    "then_possibly",
                    "keeps",
                    "keeps_possible",
                    "never_gains",
                    "same",
                )
            },
        },
        ("id", "says"),
    ),
    blank=True,
)
