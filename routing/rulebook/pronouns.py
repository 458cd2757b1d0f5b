"""The pronouns of English, each set once: who is meant is worked out where they are read."""

from __future__ import annotations

SPEAKERS = frozenset({"we", "i"})
PERSON = frozenset({"he", "she"})
OTHERS = PERSON | {"it", "they"}
"""Who is spoken of, as the subject of a clause."""
PERSON_ACTED_ON = frozenset({"him", "her"})
ACTED_ON = PERSON_ACTED_ON | {"it", "them"}
"""The same, as what something is done with."""
POSSESSIVE = frozenset({"his", "her", "their"})
"""Whose something is."""
SUBJECTS = SPEAKERS | OTHERS | {"who"}
"""Whoever may do something in a clause."""
