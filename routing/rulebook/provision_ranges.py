"""Places in an instrument: all of it, an article, a run of its paragraphs, or one provision in words."""

from __future__ import annotations

import re
from functools import lru_cache

PLACE = re.compile(r"(\S+)(?: (\d+)(?:\((\d+)\)-\((\d+)\))?)?")
PROVISION = re.compile(r"(\S+)(?: (\d+)(?:\((\d+)\))?)?")
OTHER_WORDING = re.compile(r" of \d{4}$")


@lru_cache(maxsize=4096)
def within(ref: str, place: str) -> bool:
    """Whether a provision lies in a place, as `treaty 18(15)(d)` does in `treaty`, `treaty 18` and `treaty
    18(9)-(29)`; a provision named in words lies in itself, and one as it read in another year (`treaty 18(15)
    of 1959`) in no run of paragraphs, which counts those of today."""
    if ref == place:
        return True
    inner, outer = PROVISION.match(ref), PLACE.fullmatch(place)
    if inner is None or outer is None or inner[1] != outer[1]:
        return False
    if outer[2] is None or inner[2] != outer[2]:
        return outer[2] is None
    if outer[3] is None or inner[3] is None or OTHER_WORDING.search(ref):
        return outer[3] is None
    return int(outer[3]) <= int(inner[3]) <= int(outer[4])
