"""Coverage-guided fuzzing of one target: `python tests/fuzz/fuzz.py TARGET [--gate] [libFuzzer options]`.

`--gate` tries a fixed number of inputs from a fixed seed, so that the same tree gives the same answer twice.

Inputs that reach new code go to `.fuzz/TARGET`; the few that are worth keeping stand in `corpus/TARGET`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from shutil import rmtree

import atheris

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent / "support"), str(HERE)]

with atheris.instrument_imports(include=["routing"]):
    import targets


def main() -> None:
    name, *options = sys.argv[1:]
    found = HERE.parents[1] / ".fuzz" / name
    if "--gate" in options:
        options = [f"-runs={targets.GATE[name]}", "-seed=1"]
        rmtree(found, ignore_errors=True)  # what an earlier run found would lead this one elsewhere
    found.mkdir(parents=True, exist_ok=True)
    if name == "story":
        targets.run(
            name, b"We are the police of Malta. We need bank records from Lima."
        )  # what is made once is made
    else:
        targets.router()
    for seed, data in targets.seeds(name).items():
        (found / f"seed-{seed}").write_bytes(data)
    if words := targets.words(name):
        listed = found.with_suffix(".words")
        listed.write_text("".join(f"{json.dumps(f' {word} ')}\n" for word in words))
        options.append(f"-dict={listed}")
    atheris.Setup(
        [sys.argv[0], f"-artifact_prefix={found}/crash-", "-max_len=16384", "-timeout=60", *options,
         str(found), str(HERE / "corpus" / name)],
        lambda data: targets.run(name, data),
    )  # fmt: skip
    atheris.Fuzz()


if __name__ == "__main__":
    main()
