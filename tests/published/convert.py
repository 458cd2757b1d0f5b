"""Write published cases as case files, through `mapping.yaml` and nothing else.

    python tests/published/convert.py PUBLISHED.yaml [OUT]

reads the `cases` of PUBLISHED.yaml (`id` and `facts` of each) and writes OUT/<id>.yaml. Every fact that the
mapping has no word for is named on standard error and left out. Needs PyYAML only.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
RULES = HERE.parents[1] / "rules"
STATE = re.compile(r"[A-Z]{2,3}")
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # written in C, ten times as fast
Value = str | list[str]


def read(path: Path) -> Any:
    """Every scalar as text, so that `NO` stays Norway."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)


class Vocabulary:
    """Our facts, measures and their values, as far as the mapping needs them."""

    def __init__(self, rules: Path = RULES) -> None:
        self.facts: dict[str, dict[str, Any]] = {}
        for path in sorted((rules / "facts").glob("*.yaml")):
            self.facts.update(read(path)["facts"])
        self.measures = set(read(rules / "measures.yaml")["measures"])

    def accepts(self, fact: str, value: Value) -> bool:
        """Whether a case may state this value of this fact."""
        if fact == "measure":
            return value in self.measures
        if fact == "kind":
            return value in ("request", "answer", "share", "use")
        form = self.facts.get(fact)
        if form is None or "asks" not in form:
            return False
        if form.get("type") in ("number", "date", "state", "text"):
            return True
        allowed = {*form["values"], "unknown"}
        return all(one in allowed for one in (value if isinstance(value, list) else [value]))

    def of_case(self, fact: str) -> bool:
        return fact in self.facts and self.facts[fact]["of"] == "case"


class Converter:
    def __init__(self, mapping: dict[str, Any], vocabulary: Vocabulary) -> None:
        self.mapping = mapping
        self.vocabulary = vocabulary

    def convert(self, published: dict[str, str]) -> tuple[dict[str, Any], list[str]]:
        """The case as a tree, and what of the published facts found no home."""
        told = self._with_comparisons(published)
        facts, used = self._by_rows(told)
        left = []
        for name, value in published.items():
            if (
                not self._by_word(name, value, told, facts)
                and name not in used
                and not self._structural(name)
            ):
                left.append(f"{name}: {value}")
        if "measure" not in facts:
            left.append(f"no measure of ours for `{published.get('measure')}`")
        return self._case(published, facts), left

    def _structural(self, name: str) -> bool:
        sides = {side[key] for side in self.mapping["sides"].values() for key in ("state", "with")}
        return name in (
            *sides,
            *self.mapping["more_states"],
            *self.mapping["route_states"],
            *self.mapping["silent"],
        )

    def _with_comparisons(self, published: dict[str, str]) -> dict[str, str]:
        told = dict(published)
        asking, asked = published.get("requesting_state"), published.get("requested_state")
        for name in self.mapping["compared_with_states"]:
            place = published.get(name, "")
            if STATE.fullmatch(place):
                told[name] = (
                    "requested" if place == asked else "requesting" if place == asking else "elsewhere"
                )
        for name, state in (("requesting_is_eu", asking), ("requested_is_eu", asked)):
            if state:
                told[name] = "yes" if state in self.mapping["eu"] else "no"
        told["both_states_named"] = "yes" if asking and asked else "no"
        return told

    def _by_rows(self, told: dict[str, str]) -> tuple[dict[str, Value], set[str]]:
        facts: dict[str, Value] = {}
        used: set[str] = set()
        for row in self.mapping["rows"]:
            if self._fits(row["when"], told) and not ("unless" in row and self._fits(row["unless"], told)):
                used.update(row["when"])
                for name, value in row["set"].items():
                    facts.setdefault(name, value)
        return facts, used

    @staticmethod
    def _fits(when: dict[str, Value], told: dict[str, str]) -> bool:
        return all(
            told.get(name) in (wanted if isinstance(wanted, list) else [wanted])
            for name, wanted in when.items()
        )

    def _by_word(self, name: str, value: str, told: dict[str, str], facts: dict[str, Value]) -> bool:
        """Whether the fact was understood; a fact that a row has set stays as the row set it."""
        mapping = self.mapping
        if name in mapping["dates"]:
            facts.setdefault(mapping["dates"][name], value)
        elif name in mapping["numbers"]:
            form = mapping["numbers"][name]
            if value == "unknown":
                facts.setdefault(form["fact"], value)
            elif re.fullmatch(r"\d+(\.\d+)?", value):
                facts.setdefault(form["fact"], str(round(float(value) * int(form["times"]))))
            else:
                return False
        elif name in mapping["places"]:
            form = mapping["places"][name]
            found = form["compared"].get(told[name]) or form["words"].get(value)
            if found is None:
                return False
            facts.setdefault(form["fact"], found)
        elif name in mapping["words"] and (
            value == "unknown"
            or value in mapping["words"][name]["words"]
            or "otherwise" in mapping["words"][name]
        ):
            form = mapping["words"][name]
            facts.setdefault(
                form["fact"],
                "unknown" if value == "unknown" else form["words"].get(value, form.get("otherwise")),
            )
        elif name == "measure" and value in self.vocabulary.measures:
            facts.setdefault("measure", value)
        elif name in self.vocabulary.facts and self.vocabulary.accepts(name, value):
            facts.setdefault(name, value)
        else:
            return False
        return True

    def _case(self, published: dict[str, str], facts: dict[str, Value]) -> dict[str, Any]:
        side = self.mapping["sides"][published["direction"]]
        state = published.get(side["state"])
        partners = [published.get(side["with"])]
        for name in self.mapping["more_states"]:
            others = [one.strip() for one in published.get(name, "").split(",") if one.strip()]
            if others:
                partners = [one for one in others if one != state]
        case: dict[str, Any] = {}
        if state:
            case["state"] = state
        if "as_of" in facts:
            case["as_of"] = facts["as_of"]
        case.update({name: value for name, value in facts.items() if self.vocabulary.of_case(name)})
        none = self.mapping["no_treaty_with_unnamed_state"]
        if self._fits(none["when"], published) and not (state and all(partners)):
            case["assume"] = {"ties": dict.fromkeys(none["none"], "none")}
        case["needs"] = [
            self._need(number, side["kind"], partner, published, facts)
            for number, partner in enumerate(partners, 1)
        ]
        return case

    def _need(
        self, number: int, kind: str, partner: str | None, published: dict[str, str], facts: dict[str, Value]
    ) -> dict[str, Any]:
        need: dict[str, Any] = {
            "id": f"need-{number}",
            "kind": facts.get("kind", kind),
            "measure": facts.get("measure", ""),
        }
        if partner:
            need["with"] = partner
        for name in self.mapping["route_states"]:
            crossed = [one.strip() for one in published.get(name, "").split(",") if one.strip()]
            if crossed:
                need["via"] = dict.fromkeys(crossed, "unknown")
        for name, value in facts.items():
            if name not in ("measure", "kind", "as_of") and not self.vocabulary.of_case(name):
                need[name] = value
        return need


def text(case: dict[str, Any], title: str) -> str:
    """The case file as a person would write it: one fact a line, lists and blocks within a line."""
    lines = [f"title: {title}"]
    for name, value in case.items():
        if name == "needs":
            lines.append("needs:")
            for need in value:
                for number, (key, one) in enumerate(need.items()):
                    lines.append(f"  {'-' if number == 0 else ' '} {key}: {_inline(one)}")
        elif name == "assume":
            lines += ["assume:", "  ties:", *(f"    {key}: {one}" for key, one in value["ties"].items())]
        else:
            lines.append(f"{name}: {_inline(value)}")
    return "\n".join(lines) + "\n"


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {one}" for key, one in value.items()) + "}"
    return "[" + ", ".join(value) + "]" if isinstance(value, list) else str(value)


def main(source: str, out: str = str(HERE / "cases")) -> int:
    converter = Converter(read(HERE / "mapping.yaml"), Vocabulary())
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    homeless = 0
    for published in read(Path(source))["cases"]:
        case, left = converter.convert(published["facts"])
        (folder / f"{published['id']}.yaml").write_text(text(case, published["id"]), encoding="utf-8")
        homeless += len(left)
        for one in left:
            print(f"{published['id']}: {one}", file=sys.stderr)
    return 1 if homeless else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
