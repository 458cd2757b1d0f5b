"""The stories under examples/."""

from __future__ import annotations

from places import ROOT

EXAMPLES = ROOT / "examples"


STORIES = sorted(folder.name for folder in EXAMPLES.iterdir() if folder.is_dir())
