"""The remarks in a document, which are not a part of its tree: each a line after `#`. What stands above its
first line is its heading, and no remark on the case."""

from __future__ import annotations

import re
from itertools import dropwhile

from routing.core.files import LARGEST, read_bounded
from routing.core.snapshot import Location

REMARK = re.compile(r"#+ *(\w.*)")
MOST_REMARKS = 3  # more are those of a form to fill in


def remarks_of(source: Location | str | bytes) -> tuple[str, ...]:
    """The remarks that somebody wrote in a document, each a line after `#`; none of a form, which has many,
    nor of what cannot be read."""
    if isinstance(source, bytes):
        text = source.decode("utf-8", "replace")
    elif isinstance(source, str):
        text = source
    else:
        text = read_bounded(source, LARGEST).decode("utf-8", "replace")
    below = dropwhile(lambda line: not line or line.startswith("#"), map(str.strip, text.splitlines()))
    remarks = tuple(match[1] for line in below if (match := REMARK.fullmatch(line)))
    return remarks if len(remarks) <= MOST_REMARKS else ()
