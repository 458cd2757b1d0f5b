"""The shape of the files of documents: what each paper must contain."""

from __future__ import annotations

from routing.core.domain import MARKS
from routing.rulebook.documents import TEMPLATES, WEIGHTS
from routing.yaml.schema import TEXT, Block, Listed, MapOf, Word, WordOrList

_STEPS = {key: WordOrList() for key in ("pathways", "measures", "kinds", "instruments")}
_GOES_WITH = Listed(Block("what a document goes with", {**_STEPS, "ahead": TEXT}))
_WITHOUT = Listed(Block("steps without a paper", {**_STEPS, "says": TEXT}, ("says",)))
_FIELDS = Listed(
    Block(
        "a field of a document",
        {
            **dict.fromkeys(("id", "name", "says", "ask", "when"), TEXT),
            **{key: WordOrList() for key in ("from", "hint", "asked_by", "choices", "choices_of")},
            "weight": Word(WEIGHTS),
            "story": Word(("yes",)),
            "by_hand": Word(("yes",)),
        },
        ("id", "name"),
    )
)
_SECTION = Block(
    "a section of a document",
    {
        **dict.fromkeys(("id", "name", "when", "says"), TEXT),
        "weight": Word(WEIGHTS),
        "mark": Word(MARKS),
        "use": WordOrList(),
        "asked_by": WordOrList(),
        "applies": MapOf(WordOrList()),
        "fields": _FIELDS,
    },
    ("id", "name", "weight", "mark"),
)
DOCUMENTS = Block(
    "a file of documents",
    {
        "lists": MapOf(WordOrList()),
        "without": _WITHOUT,
        "blocks": MapOf(_FIELDS),
        "documents": MapOf(
            Block(
                "a document",
                {
                    **dict.fromkeys(("name", "source", "signs", "attach", "back"), TEXT),
                    "for": _GOES_WITH,
                    "beside": _GOES_WITH,
                    "template": Word(TEMPLATES),
                    "mark": Word(MARKS),
                    "notes": WordOrList(),
                    "sections": Listed(_SECTION),
                },
                ("name", "source", "mark", "signs", "sections"),
            )
        ),
    },
)
