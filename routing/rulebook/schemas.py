"""The shape of each file of rules. README.md of the rules teaches what the keys mean."""

from __future__ import annotations

from routing.core.domain import (
    KINDS_OF_NEED,
    LEVELS,
    MARKS,
    NATURES,
    NO,
    SCOPES,
    STANDINGS,
    TYPES_OF_FACTS,
    WEIGHTS,
    YES,
)
from routing.core.kinds import OF_ROUTES
from routing.core.records import names
from routing.rulebook.model import FORMS, Clocks, PassedOn
from routing.rulebook.story_keys import STORY
from routing.yaml.schema import DAY, FLAG, NUMBER, TEXT, Block, Listed, MapOf, Open, Schema, Word, WordOrList

WHERE = ("from", "in", "with", "to")
PASSED_ON = names(PassedOn)[2:]  # its facts
COUNTED, TESTED = names(Clocks)[:3], names(Clocks)[3:]  # by facts, and by tests of facts
HOW = ("fixed", "curable")
FOLDERS = ("facts", "pathways", "reasoning", "wording", "words", "instruments", "states", "documents")

NAMES = MapOf(TEXT)
_SIDE: dict[str, Schema] = {
    "action": TEXT,
    "tells": TEXT,
    "sender": TEXT,
    "receiver": TEXT,
    "put_in": WordOrList(),
}
_ROW_OF_A_MANNER: dict[str, Schema] = {
    **_SIDE,
    "when": MapOf(WordOrList()),
    "first": TEXT,
    "called": TEXT,
    "stands": TEXT,
    "elsewhere": FLAG,
    "over_others": FLAG,
    "least_days": NUMBER,
    "most_days": NUMBER,
    "limit": TEXT,
    "basis": WordOrList(),
}
_MANNER = Block("a manner of a pathway", _ROW_OF_A_MANNER, ("when",))
_SHARED_MANNER = Block(
    "a manner of several pathways", {**_ROW_OF_A_MANNER, "on": WordOrList()}, ("on", "when")
)
RULEBOOK = Block(
    "a rulebook",
    {
        "version": TEXT,
        "name": TEXT,
        "data_date": DAY,
        "roles": NAMES,
        "role_order": Listed(WordOrList(at=2)),
        "families": NAMES,
        "parties": NAMES,
        "firsts": NAMES,
        "groups": MapOf(WordOrList()),
        "proper_names": WordOrList(),
        "lanes": NAMES,
        "manners": Listed(_SHARED_MANNER),
        "horizon_days": MapOf(NUMBER),
        "reach": MapOf(WordOrList()),
        "passed_on": Block(
            "what is passed on",
            {"kinds": WordOrList(KINDS_OF_NEED), "measures": WordOrList(), **dict.fromkeys(PASSED_ON, TEXT)},
            ("kinds", "measures", *PASSED_ON),
        ),
        "graver": NAMES,
        "own_of_needs": WordOrList(),
        "told_beside": Listed(
            Block(
                "what needs tell one another",
                {
                    "fact": TEXT,
                    "by": WordOrList(),
                    "of": WordOrList(),
                    "duty": TEXT,
                    "not_if": TEXT,
                    "same_state": Word((YES, NO)),
                    "only_if": TEXT,
                    "named_in": TEXT,
                    "denied": Word((YES,)),
                },
                ("fact",),
            )
        ),
        "clocks": Block(
            "what times are counted by",
            {**dict.fromkeys(COUNTED, TEXT), **dict.fromkeys(TESTED, MapOf(WordOrList()))},
            (*COUNTED, *TESTED),
        ),
        "style": Block(
            "how sentences are written",
            {"most_words": NUMBER, "most_sentences": NUMBER, "avoid": NAMES, "but": WordOrList()},
        ),
        "page": Block(
            "what a page shows",
            dict.fromkeys(
                ("said_at_top", "turning", "practice", "told_in_full"),
                WordOrList(),
            ),
        ),
        "files": MapOf(WordOrList()),
    },
    ("version", "name", "data_date", "roles", "families", "parties", "files"),
)

FACTS = Block(
    "a file of facts",
    {
        "facts": MapOf(
            Block(
                "a fact",
                {
                    "asks": TEXT,
                    "says": TEXT,
                    "of": Word(SCOPES),
                    "type": Word(TYPES_OF_FACTS),
                    "values": MapOf(Word(blank=True), blank=True),
                    "nature": Word(NATURES),
                    "unit": TEXT,
                    "derived": FLAG,
                    "looked_up": MapOf(WordOrList()),
                    "presumed": TEXT,
                    "because": TEXT,
                    "presumed_unless": Open(),
                    "usual": Listed(
                        Block(
                            "a usual value",
                            {"value": TEXT, "because": TEXT, "when": Open()},
                            ("value", "because", "when"),
                        )
                    ),
                    "core": FLAG,
                    "means": TEXT,
                    "asked_in": WordOrList(KINDS_OF_NEED),
                    "always_asked_in": WordOrList(KINDS_OF_NEED),
                    "asks_in": MapOf(TEXT),
                    "urgent": WordOrList(),
                    "name": TEXT,
                    "common": WordOrList(),
                    "groups": MapOf(WordOrList()),
                    "form": WordOrList(),
                    "told_by": MapOf(WordOrList()),
                    "tells": MapOf(WordOrList()),
                },
            )
        )
    },
    ("facts",),
)

MEASURES = Block(
    "the file of measures",
    {
        "groups": NAMES,
        "measures": MapOf(
            Block(
                "a measure",
                {
                    "name": TEXT,
                    "presumes": NAMES,
                    "has": NAMES,
                    "ways": WordOrList(),
                    "not_by": WordOrList(),
                    "because": TEXT,
                    "group": TEXT,
                    "kinds": WordOrList(KINDS_OF_NEED),
                    "offered_with": WordOrList(),
                    "follows": WordOrList(),
                    "otherwise": NAMES,
                    "where": Word(WHERE),
                },
                ("name", "ways"),
            )
        ),
    },
    ("measures",),
)

_ROW = Block(
    "a time limit",
    {
        "days": NUMBER,
        "hours": NUMBER,
        "says": TEXT,
        "from": TEXT,
        "runs_from": TEXT,
        "when": MapOf(WordOrList()),
        "basis": WordOrList(),
    },
)
_ROUTES = Listed(
    Block(
        "a route",
        {
            "id": TEXT,
            "opens": Open(),
            "lead": WordOrList(),
            "support": WordOrList(),
            "kind": Word(OF_ROUTES),
            "says": TEXT,
        },
        ("id", "opens", "lead"),
    )
)
ROUTES = Block("a file of further routes", {"routes": MapOf(_ROUTES)}, ("routes",))
PATHWAYS = Block(
    "a file of pathways",
    {
        "pathways": MapOf(
            Block(
                "a pathway",
                {
                    **_SIDE,
                    "action_of_several": TEXT,
                    "name": TEXT,
                    "family": TEXT,
                    "informal": FLAG,
                    "role": TEXT,
                    "answering": Block("an answering side", _SIDE),
                    "sharing": Block("a sharing side", _SIDE),
                    "manners": Listed(_MANNER),
                    "is": TEXT,
                    "right_when": TEXT,
                    "safeguards": WordOrList(),
                    "not_for": Listed(
                        Block("a line of `not_for`", {"what": TEXT, "rule": TEXT}, ("what", "rule")),
                        blank=True,
                    ),
                    "time": Block(
                        "the time of a pathway",
                        {
                            "least_days": NUMBER,
                            "most_days": NUMBER,
                            "limit": TEXT,
                            "runs_from": TEXT,
                            "holds_days": NUMBER,
                            "prolonged_days": NUMBER,
                            "holds_basis": WordOrList(),
                            "basis": WordOrList(),
                            "mark": Word(MARKS),
                            "answers": Listed(_ROW),
                            "objections": Listed(_ROW),
                            "may_end": Listed(_ROW),
                            "ends": Listed(_ROW),
                            "wished_from_days": NUMBER,
                            "wished_says": TEXT,
                        },
                    ),
                    "last_resort": FLAG,
                    "at_home": FLAG,
                    "elsewhere": FLAG,
                    "as_main": FLAG,
                    "one_for_all": FLAG,
                    "unasked": FLAG,
                    "waits": FLAG,
                    "routes": _ROUTES,
                },
                ("name", "family", "role", "sender", "receiver", "action", "routes"),
            )
        )
    },
    ("pathways",),
)

_RULE: dict[str, Schema] = {
    "id": TEXT,
    "says": TEXT,
    "when": Open(),
    "unless": Open(),
    "basis": WordOrList(),
    "paper": WordOrList(),
    "standing": Word(STANDINGS),
    "views": Block("the views of a rule", {"a": TEXT, "b": TEXT, "default": TEXT}),
    "defeats": WordOrList(),
    "formerly": WordOrList(),
    "checked": DAY,
    "protected": FLAG,
    "stays": FLAG,
    "on": WordOrList(),
    "how": Word(HOW),
    "as": TEXT,
    "if_none": TEXT,
    "over": WordOrList(),
    "because_of": WordOrList(),
    "note": TEXT,
    **{form: WordOrList() for form in FORMS if form != "needs"},
    "needs": Listed(MapOf(Open())),
}
RULES = Listed(
    Block(
        "a rule",
        {**_RULE, "table": Listed(Block("a row of a rule", {k: v for k, v in _RULE.items() if k != "id"}))},
        ("id", "says"),
    ),
    blank=True,
)

_CODE: dict[str, Schema] = {
    "says": TEXT,
    "says_in": Block("a sentence for each kind of need", dict.fromkeys(KINDS_OF_NEED, TEXT)),
    "conveys": WordOrList(),
    "outside": TEXT,
    "finds_out": TEXT,
    "weight": Word(WEIGHTS),
}
_CODES = MapOf(Block("a code", _CODE, ("says",)))
WORDING = Block(
    "a file of wording",
    {
        "warnings": MapOf(Block("a warning", {**_CODE, "level": Word(LEVELS)}, ("says",))),
        "duties": _CODES,
        "limits": _CODES,
    },
)

WORDS = Block(
    "a file of words",
    {
        "words": MapOf(MapOf(WordOrList())),
        "times": MapOf(WordOrList()),
        "otherwise": MapOf(NAMES),
        "story": Block("how a story is read", {key: WordOrList() for key in STORY}),
        "clues": MapOf(WordOrList()),
        "may_need": MapOf(WordOrList()),
    },
)

GLOSSARY = Block(
    "the glossary",
    {
        "terms": MapOf(
            Block(
                "a term",
                {
                    "says": TEXT,
                    "also": WordOrList(),
                    "source": WordOrList(),
                    "usage": TEXT,
                    "mark": TEXT,
                    "see": WordOrList(),
                },
                ("says",),
            )
        ),
        "names": NAMES,
        **{key: WordOrList() for key in ("watch", "heads", "ordinary", "plain")},
    },
    ("terms",),
)
PAPER_MAP = Block(
    "the map of the paper",
    {
        "rows": MapOf(
            Block(
                "a row of the map",
                {
                    "says": TEXT,
                    "context": TEXT,
                    **{key: WordOrList() for key in ("rules", "also", "pathways", "data", "files")},
                },
                ("says",),
            )
        )
    },
    ("rows",),
)
