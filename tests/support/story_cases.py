"""The kept stories, and how each is expected to be read."""

from __future__ import annotations

from typing import Any

from places import TESTS

from routing.yaml.tree import plain, read_file

STORIES: list[dict[str, Any]] = plain(read_file(TESTS / "unit" / "story" / "stories.yaml"))["stories"]
