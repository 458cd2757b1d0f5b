"""What one would pick instead of this program, given the same rules: generated Python, numpy, GoRules, CLIPS.

Each is given a network and gives back a function from the message of a need to the conclusions that hold; for
numpy, of many needs at once. Rego, the language of OPA, was tried by its binding regopy and is left out: one
need took it two minutes, and of a larger network it told an error alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, count, pairwise
from typing import Any

from routing.evaluate.engine.compiler import Network, NetworkPart
from routing.evaluate.engine.rule_sets import OWN, Term, named

Holding = frozenset[str]
"""The conclusions of one need that hold, with their rail, as `primary:mla+s`."""
Decide = Callable[[Mapping[str, bool]], Holding]


def alternatives(parts: Iterable[NetworkPart]) -> Iterator[tuple[str, Term]]:
    """What the clauses conclude on each rail, with each alternative: literals that all have to be as
    expected. A clause that says `unless` concludes it where any of its literals is not."""
    for clause in (clause for part in parts for clause in part.clauses):
        for own, other in (("+s", "+p"), ("+p", "+s")):
            when = [(named(key) + (own if key.endswith(OWN) else other), value) for key, value in clause.when]
            for term in [((key, not value),) for key, value in when] if clause.unless else [tuple(when)]:
                yield clause.head + own, term


class Names(dict[str, str]):
    """Short names for the keys of a message, each given when it is first asked for."""

    def __missing__(self, key: str) -> str:
        name = self[key] = f"k{len(self)}"
        return name


def told(heads: Iterable[str]) -> list[str]:
    """The conclusions that are no part of another."""
    return [head for head in heads if not head.startswith("part:")]


def written(
    parts: Iterable[NetworkPart], names: Names, both: str, turned: str, true: str
) -> dict[str, list[str]]:
    """By what they conclude, the alternatives of the clauses, written as a language writes them."""
    heads: dict[str, list[str]] = {}
    for head, term in alternatives(parts):
        said = both.join(names[key] if value else turned + names[key] for key, value in term)
        heads.setdefault(head, []).append(said or true)
    return heads


def generated_python(network: Network) -> Decide:
    """One function for the network, all of its rules in the order of their layers."""
    lines, named = _assignments(network, " and ", " or ", "not ", true="True", absent="False")
    said = [f" if {name}: found.append({head!r})" for head, name in named.items()]
    return _function([*lines, " found = []", *said, " return frozenset(found)"])


def bare_numpy(network: Network) -> Callable[[Mapping[str, Any]], Mapping[str, Any]]:
    """The same function over arrays, a byte for the truth of each need: from message keys to conclusions."""
    lines, named = _assignments(network, " & ", " | ", "~", true="~none", absent="none")
    found = ", ".join(f"{head!r}: {name}" for head, name in named.items())
    return _function([" none = m['none']", *lines, f" return {{{found}}}"])


def _assignments(
    network: Network, both: str, either: str, turned: str, true: str, absent: str
) -> tuple[list[str], dict[str, str]]:
    """A line for each key that is read and each conclusion, and the names of the conclusions "
    "that are told."""
    names = Names()
    heads = written(chain.from_iterable(network.layers), names, both, turned, true)
    lines = [
        f" {names[head]} = {either.join(f'({term})' for term in alternatives)}"
        for head, alternatives in heads.items()
    ]
    read = [f" {name} = m.get({key!r}, {absent})" for key, name in names.items() if key not in heads]
    return [*read, *lines], {head: names[head] for head in told(heads)}


def _function(lines: list[str]) -> Any:
    space: dict[str, Any] = {}
    exec("\n".join(["def decide(m):", *lines]), space)
    return space["decide"]


def zen(network: Network) -> Decide:
    """A decision graph of GoRules, an expression node for each layer."""
    from zen import ZenEngine

    names = Names()
    nodes: list[dict[str, Any]] = [{"id": "in", "type": "inputNode", "name": "in"}]
    concluded: set[str] = set()
    for number, layer in enumerate(network.layers):
        heads = written(layer, names, " and ", "not ", "true")
        expressions = [
            {
                "id": names[head],
                "key": names[head],
                "value": " or ".join(f"({term})" for term in alternatives),
            }
            for head, alternatives in heads.items()
        ]
        concluded |= heads.keys()
        nodes.append(
            {
                "id": f"n{number}",
                "type": "expressionNode",
                "name": f"n{number}",
                "content": {"expressions": expressions, "passThrough": True},
            }
        )
    nodes.append({"id": "out", "type": "outputNode", "name": "out"})
    edges = [
        {"id": f"e{place}", "type": "edge", "sourceId": one["id"], "targetId": other["id"]}
        for place, (one, other) in enumerate(pairwise(nodes))
    ]
    decision = ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))
    inputs = [key for key in names if key not in concluded]
    outputs = [(names[head], head) for head in told(concluded)]

    def decide(said: Mapping[str, bool]) -> Holding:
        result = decision.evaluate({names[key]: said.get(key, False) for key in inputs})["result"]
        return frozenset(head for name, head in outputs if result.get(name))

    return decide


def clips(network: Network) -> Decide:
    """CLIPS, a rule for each, earlier layers with the higher salience."""
    from clips import Environment, Symbol

    environment = Environment()
    environment.build("(deftemplate h (slot k (type SYMBOL)))")
    names, numbers = Names(), count()
    heads: set[str] = set()
    for depth, layer in enumerate(network.layers):
        for head, term in alternatives(layer):
            heads.add(head)
            parts = [
                f"(h (k {names[key]}))" if value else f"(not (h (k {names[key]})))" for key, value in term
            ]
            environment.build(
                f"(defrule r{next(numbers)} (declare (salience {9000 - depth * 10})) {' '.join(parts)} "
                f"=> (assert (h (k {names[head]}))))"
            )
    template = environment.find_template("h")
    named = {names[head]: head for head in told(heads)}

    def decide(said: Mapping[str, bool]) -> Holding:
        environment.reset()
        for key, value in said.items():
            if value and key in names:
                template.assert_fact(k=Symbol(names[key]))
        environment.run()
        found = (str(fact["k"]) for fact in environment.facts() if fact.template.name == "h")
        return frozenset(named[name] for name in found if name in named)

    return decide
