"""The shape of each file of the law data that is a tree."""

from __future__ import annotations

from routing.core.domain import BINDS, MARKS, NAMED_ONLY
from routing.core.kinds import OF_INSTRUMENTS
from routing.law.bilateral import KINDS as KINDS_OF_TREATY
from routing.law.confidence import CONFIDENCES
from routing.law.instruments import CIRCLE_MARKS, UNSET
from routing.law.partial_dates import parse_partial
from routing.yaml.schema import DAY, FLAG, NUMBER, TEXT, Block, Listed, MapOf, NameOrBlock, Word, WordOrList


def _start(text: str) -> None:
    if text != UNSET:
        parse_partial(text)


def _address(text: str) -> None:
    if not text.startswith(("https://", "http://")):
        raise ValueError(text)


ADDRESS = Word(form=_address, like="an address that begins with https://")
SOME_DAY = Word(form=parse_partial, like="a year, a month or a day, as 2013-05-17")
INSTRUMENTS = Block(
    "the file of instruments",
    {
        "instruments": MapOf(
            Block(
                "an instrument",
                {
                    "short": TEXT,
                    "name": TEXT,
                    "kind": Word(OF_INSTRUMENTS),
                    "binding": FLAG,
                    "belongs_to": TEXT,
                    "binds": Word(BINDS),
                    "through": TEXT,
                    "depositary": TEXT,
                    "citation": TEXT,
                    "published_total": TEXT,
                    "notes": TEXT,
                    "source": TEXT,
                    "confidence": Word(CONFIDENCES),
                    "checked": DAY,
                    "adopted": SOME_DAY,
                    "in_force": SOME_DAY,
                    "applies_from": Word(form=_start, like="a year, a month or a day, or `unknown`"),
                    "ended": SOME_DAY,
                    "not_in_force_as_last_seen": DAY,
                    "last_seen": DAY,
                    "rows": NUMBER,
                    "reaches": SOME_DAY,
                    "force_after_deposit_days": NUMBER,
                    "horizon_days": NUMBER,
                    "look_up": TEXT,
                    "members_called": TEXT,
                    "text_url": ADDRESS,
                    "no_list": TEXT,
                    "no_text": TEXT,
                    "complete": Block(
                        "the days of a complete list", {"from": DAY, "to": DAY}, ("from", "to")
                    ),
                    "circle": Block(
                        "a circle",
                        {
                            "says": TEXT,
                            "groups": WordOrList(),
                            "members_of": WordOrList(),
                            "states": WordOrList(),
                            "mark": Word(CIRCLE_MARKS),
                        },
                        ("says", "mark"),
                    ),
                    "hub": Block("a hub", {"side": TEXT, "outside": WordOrList()}, ("side",)),
                },
                ("name", "checked"),
            )
        )
    },
    ("instruments",),
)

PROVISIONS = Block(
    "a file of provisions",
    {
        "instrument": TEXT,
        "article": TEXT,
        "read_at": TEXT,
        "text_url": ADDRESS,
        "look_up": TEXT,
        "no_list": TEXT,
        "no_text": TEXT,
        "checked": DAY,
        "kind": Word(OF_INSTRUMENTS),
        "belongs_to": TEXT,
        "binds": Word(BINDS),
        "through": TEXT,
        "name": TEXT,
        "short": TEXT,
        "short_in": MapOf(TEXT),
        "on_requests_received": WordOrList(),
        "note": TEXT,
        "stands_in_the_way": TEXT,
        NAMED_ONLY: TEXT,
        "provisions": MapOf(
            Block(
                "a provision",
                {
                    "says": TEXT,
                    "mark": Word(MARKS),
                    "from": SOME_DAY,
                    "until": SOME_DAY,
                    "read_at": TEXT,
                    "checked": DAY,
                    "anchor": TEXT,
                    "note": TEXT,
                    "stands_in_the_way": TEXT,
                    "bilateral": Word(KINDS_OF_TREATY),
                    "for_measures": MapOf(WordOrList()),
                },
                ("says", "mark"),
            )
        ),
    },
    ("instrument", "provisions"),
)

GROUPS = Block(
    "the file of groups",
    {
        "groups": MapOf(
            Block("a group", {"says": TEXT, "states": WordOrList()}, ("says", "states")), blank=True
        )
    },
    ("groups",),
)

TIES = Block(
    "the file of ties",
    {
        "ties": MapOf(
            NameOrBlock(Block("a tie", {"says": TEXT, "any_of": WordOrList(), "asked": TEXT})), blank=True
        )
    },
    ("ties",),
)

KEYS = Block("the file of keys", {"keys": MapOf(TEXT, blank=True)}, ("keys",))

_ENTRY = MapOf(
    Block(
        "an entry of a profile",
        {
            "value": TEXT,
            "says": TEXT,
            "basis": TEXT,
            "source": TEXT,
            "mark": Word(MARKS),
            "checked": DAY,
            "anchor": TEXT,
        },
        ("value", "mark", "checked"),
    ),
    blank=True,
)
PROFILE = Block(
    "a profile",
    {
        "facts": _ENTRY,
        "known": _ENTRY,
        "cites": Listed(
            Block(
                "a citation",
                {"pathway": TEXT, "provision": TEXT, "measures": WordOrList()},
                ("pathway", "provision"),
            ),
            blank=True,
        ),
    },
)
