"""Several offices that are competent side by side, as they stand in a step."""

from __future__ import annotations

from typing import Any

from routing.law.confidence import weaker
from routing.law.office_records import Office


def as_one_office(offices: tuple[Office, ...]) -> dict[str, Any]:
    """Several offices as one: every name and unit, the first source, the least that is sure."""
    first = offices[0]
    return {
        "name": "; ".join(dict.fromkeys(office.name for office in offices)),
        "remark": "; ".join(dict.fromkeys(office.remark for office in offices if office.remark)) or None,
        "unit": "; ".join(dict.fromkeys(office.unit for office in offices if office.unit)) or None,
        "source": first.source or None,
        "read_at": first.read_at or None,
        "confidence": weaker(*(office.confidence for office in offices)),
        "text_of": _year(offices),
        "checked": min(office.checked for office in offices),
    }


def _year(offices: tuple[Office, ...]) -> int | None:
    """The year of the newest text, where each of them is old."""
    years = [office.old for office in offices]
    dated = [year for year in years if year is not None]
    return max(dated) if dated and len(dated) == len(years) else None
