"""What kinds of instruments, and of bases that a route has, there are, and what each kind does."""

from __future__ import annotations

from typing import Literal, get_args

TREATY, LAW, AGREEMENT, NETWORK = "treaty", "law", "agreement", "network"
ARRANGEMENT = "arrangement"
"""What two States or offices do without an instrument; a basis of a route only."""
PRACTICE, POLICY, REFERENCE = "practice", "policy", "reference"

OfInstrument = Literal["treaty", "law", "agreement", "network", "practice", "policy", "reference"]
OF_INSTRUMENTS: tuple[OfInstrument, ...] = get_args(OfInstrument)
OF_CITED = TREATY
"""The kind of what is only cited, in a file of its own that gives none."""
OF_ROUTES = (TREATY, LAW, ARRANGEMENT, PRACTICE, POLICY)

AGREED = (TREATY, AGREEMENT)
"""What States agreed with one another."""
BINDING = (TREATY, LAW, AGREEMENT)
"""What binds a State, unless the instrument says otherwise."""
TYING = (*BINDING, NETWORK)
"""What ties one State to another."""
TIELESS = (PRACTICE, POLICY, REFERENCE)
"""What is read, cited or counted, and ties no State to another."""
GENERAL = (TREATY, *TIELESS)
"""What is nobody's own law."""
