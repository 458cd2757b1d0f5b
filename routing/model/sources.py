"""Where the value of each field of a case and of a plan comes from, told once and said with each field."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

WRITER = "whoever writes the case"
ASKER = "whoever asks"
READER = "the reader, never the file"
CASE = "the case"
RULES = "the rulebook"
RULES_READ = "the rulebook, for what the case tells"
LAW = "the law data"
OFFICES = "the law data, `rules/offices/`"
LANGUAGES = "the law data, `rules/offices/languages.csv` and `official.csv`"
WORKED_OUT = "worked out from the case, the rulebook and the law data"
PROGRAM = "the program"
SNAPSHOT = "the files of rules and law data that were read"
SAYS_OF_ORIGIN = (
    "Where the value comes from: `case`, what the need itself is; `told` by the user; `measure`, "
    "what the measure is by definition; `looked_up` in the law data; `presumed` by the rulebook; "
    "`stipulated`, assumed for this question."
)

_EACH: Mapping[str, tuple[str, Mapping[str, str]]] = MappingProxyType(
    {
        "Case": (WRITER, {"notes": READER, "as_of": f"{WRITER}, or {ASKER}"}),
        "Need": (WRITER, {"awaits": READER, "line": READER}),
        "Assumptions": (ASKER, {}),
        "Plan": (
            WORKED_OUT,
            {
                "format": PROGRAM,
                "title": CASE,
                "rulebook": SNAPSHOT,
                "as_of": f"{ASKER}, else the case",
                "state": CASE,
                "contested": RULES_READ,
                "future": LAW,
                "data_reach": LAW,
                "data_sources": LAW,
                "strict_dates": ASKER,
                "notes": "the reader of the case",
                "notice": PROGRAM,
            },
        ),
        "RulebookMark": (
            SNAPSHOT,
            {"version": "`rules/rulebook.yaml`", "overlays": f"{ASKER}, by their files"},
        ),
        "Primary": (WORKED_OUT, {"family": RULES}),
        "Alternative": (WORKED_OUT, {"family": RULES}),
        "Proposed": (WORKED_OUT, {"channel": CASE, "pathway": "the rulebook, by the words of the case"}),
        "NeedAnswer": (WORKED_OUT, dict.fromkeys(("id", "kind", "measure", "partner"), CASE)),
        "Exclusion": (WORKED_OUT, {"need": CASE, "says": RULES}),
        "Warned": (WORKED_OUT, {"code": RULES, "level": RULES, "says": RULES}),
        "Answer": (WORKED_OUT, {"value": RULES}),
        "Question": (WORKED_OUT, {"asks": RULES}),
        "Unknown": (WORKED_OUT, {"asks": RULES, "does_not_stop": RULES}),
        "Assumption": (
            "presumptions of the rulebook, and what lists of the law data last showed",
            {"needs": CASE, "as_last_seen": LAW, "seen_in": LAW, "origin": WORKED_OUT},
        ),
        "Contested": (RULES, {}),
        "Future": (LAW, {}),
        "SupportingFact": (WORKED_OUT, {"fact": RULES}),
        "Basis": (
            "the instrument, in the law data",
            {"role": RULES_READ, "certainty": WORKED_OUT, "waits_for": WORKED_OUT, "states": CASE},
        ),
        "LikelyOffice": (OFFICES, {"says": PROGRAM}),
        "Party": (OFFICES, {"role": RULES_READ, "state": CASE, "likely": OFFICES}),
        "Via": (OFFICES, {"unsettled": WORKED_OUT}),
        "RequestLanguage": (LANGUAGES, {"translate": WORKED_OUT, "into": WORKED_OUT}),
        "CodedTerm": (WORKED_OUT, {"code": RULES, "says": RULES, "needs": CASE}),
        "Deadline": (WORKED_OUT, {"limit": RULES, "source": RULES, "expected": RULES, "runs_from": RULES}),
        "DerivedDate": (WORKED_OUT, {"limit": RULES, "source": RULES, "runs_from": RULES}),
        "Act": (RULES_READ, {"needs": CASE}),
        "Step": (
            WORKED_OUT,
            {
                "needs": CASE,
                "pathway": RULES_READ,
                "route": RULES_READ,
                "family": RULES,
                "role": RULES_READ,
                "called": RULES_READ,
                "action": RULES_READ,
                "tells": RULES_READ,
                "acts": RULES_READ,
                "also_to": OFFICES,
                "sender": OFFICES,
                "receiver": OFFICES,
                "via": OFFICES,
                "language": LANGUAGES,
                "put_in": RULES_READ,
            },
        ),
    }
)


def source_of(model: str, field: str) -> str:
    """Where the value of a field comes from; empty for a model that is no part of a case or of a plan."""
    usual, others = _EACH.get(model, ("", {}))
    return others.get(field, usual)


def fields_named() -> frozenset[tuple[str, str]]:
    """Every model and field that has a source of its own."""
    return frozenset((model, field) for model, (_, others) in _EACH.items() for field in others)


def models_named() -> frozenset[str]:
    """The models whose fields have their sources here."""
    return frozenset(_EACH)
