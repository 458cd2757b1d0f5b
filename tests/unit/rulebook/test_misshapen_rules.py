"""Whatever shape a file of rules takes, reading it ends in faults that say where, never in a traceback.

Each place of each file is replaced in turn by a wrong shape. CI looks at a fixed sample of the variants of the
small rulebook; `ROUTING_FUZZ=all` looks at every one of them, and `ROUTING_FUZZ=rules` at every one of the real
rules as well, which takes hours.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from places import ROOT
from rule_faults import everything_wrong
from small_rules import FILES, named, write_rules
from small_rules_more import MORE

RULES = ROOT / "rules"
HOW_MUCH = os.environ.get("ROUTING_FUZZ", "sample")
SAMPLE, SEED = 220, 20261124


@dataclass(frozen=True)
class Variant:
    """A file with one place changed. hopeless: no file may have that there."""

    file: str
    line: int
    put: str
    text: str
    hopeless: bool


# Text that no place takes; and shapes that some places take and others do not.
NOWHERE = {"a list of lists": "[[[zzz]]]", "a block of blocks": "{zzz: {zzz: {zzz: zzz}}}"}
SOMEWHERE = {"nothing": "", "no text": "''", "an empty list": "[]", "an empty block": "{}", "a number": "-7", "a large number": "9" * 5000,
             "a word": "zzz", "a list of words": "[zzz, zzz]", "a block": "{zzz: zzz}"}  # fmt: skip


def variants(file: str, text: str) -> Iterator[Variant]:
    """Every place of a file changed, taken out and doubled."""

    def cut(start: yaml.Mark, end: yaml.Mark, new: str) -> str:
        """The text with a span replaced; what follows a block begins on a line of its own."""
        tail = text[end.index :]
        return (
            text[: start.index]
            + new
            + (
                f"\n{' ' * end.column}{tail}"
                if end.column == 0
                or not text[start.index : end.index].strip()
                or "\n" in text[start.index : end.index]
                else tail
            )
        )

    def walk(node: yaml.Node) -> Iterator[Variant]:
        for shapes, hopeless in ((NOWHERE, True), (SOMEWHERE, False)):
            for put, new in shapes.items():
                yield Variant(
                    file, node.start_mark.line + 1, put, cut(node.start_mark, node.end_mark, new), hopeless
                )
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                entry = text[key.start_mark.index : value.end_mark.index].rstrip()
                joint = ", " if node.flow_style else f"\n{' ' * key.start_mark.column}"
                line = key.start_mark.line + 1
                yield Variant(
                    file,
                    line,
                    "a key twice",
                    cut(key.start_mark, value.end_mark, entry + joint + entry),
                    True,
                )
                yield Variant(
                    file,
                    line,
                    "no key",
                    cut(key.start_mark, value.end_mark, "" if not node.flow_style else "zzz: zzz"),
                    False,
                )
                yield from walk(value)
        elif isinstance(node, yaml.SequenceNode):
            for item in node.value:
                yield from walk(item)

    yield from walk(yaml.compose(text))


def every_variant() -> list[Variant]:
    files = {name: text for name, text in {**FILES, **MORE}.items() if name.endswith(".yaml")}
    files["rulebook.yaml"] += named({**FILES, **MORE})
    return [variant for name, text in sorted(files.items()) for variant in variants(name, text)]


def told(folder: Path, variant: Variant, original: str) -> list[str]:
    """What is wrong with how a variant is met; nothing if it is met well."""
    path = folder / variant.file
    path.write_text(variant.text, encoding="utf-8")
    where = f"{variant.file}:{variant.line} {variant.put}"
    try:
        faults = everything_wrong(folder)
    except Exception as error:
        return [f"{where}: {type(error).__name__}: {error}"]
    finally:
        path.write_text(original, encoding="utf-8")
    if not faults and variant.hopeless:
        return [f"{where}: accepted"]
    return [
        f"{where}: without id, file or line: {fault}"
        for fault in faults
        if not (fault.id and fault.file and fault.line)
    ]


def test_every_misshapen_variant_ends_in_faults_that_say_where(tmp_path: Path) -> None:
    folder = write_rules(tmp_path / "rules", MORE)
    assert not everything_wrong(folder), "what is varied must be right as it stands"
    drawn = every_variant()
    assert len(drawn) > 5000
    if HOW_MUCH == "sample":
        drawn = random.Random(SEED).sample(drawn, SAMPLE)
    originals = {variant.file: (folder / variant.file).read_text(encoding="utf-8") for variant in drawn}
    wrong = [line for variant in drawn for line in told(folder, variant, originals[variant.file])]
    assert not wrong, f"{len(wrong)} of {len(drawn)}:\n" + "\n".join(wrong[:60])


@pytest.mark.parametrize("file", sorted({**FILES, **MORE}))
def test_a_file_that_is_gone_is_named(tmp_path: Path, file: str) -> None:
    folder = write_rules(tmp_path / "rules", MORE)
    (folder / file).unlink()
    assert [
        fault
        for fault in everything_wrong(folder)
        if fault.id == "file.missing" and Path(file).name in str(fault)
    ]


if HOW_MUCH == "rules":

    def test_the_real_rules_in_every_wrong_shape(tmp_path: Path) -> None:
        folder = shutil.copytree(RULES, tmp_path / "rules")
        wrong = []
        for path in sorted(folder.glob("**/*.yaml")):
            original = path.read_text(encoding="utf-8")
            for variant in variants(path.relative_to(folder).as_posix(), original):
                wrong += told(folder, variant, original)
        assert not wrong, "\n".join(wrong[:60])
