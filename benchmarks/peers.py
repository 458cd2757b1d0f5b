"""What one would pick instead of this program, given the same rules: a generated function, GoRules, CLIPS.

Each is given a network and gives back a function from the message of a need to the conclusions that hold.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Mapping
from typing import Any

from routing.evaluate.engine.compiler import Network
from routing.evaluate.engine.rule_sets import Implicant, Term

Holding = frozenset[str]
"""The conclusions of one need that hold, with their rail, as `primary:mla+s`."""
Decide = Callable[[Mapping[str, bool]], Holding]


def terms(clause: Implicant) -> list[Term]:
    """The alternatives of a clause, each of literals that all have to be as expected: one that says `unless`
    is concluded where any of its literals is not."""
    return [((key, not value),) for key, value in clause.when] if clause.unless else [clause.when]


def generated_python(network: Network) -> Decide:
    """One function for the network, all of its rules in the order of their layers."""
    keys: dict[str, str] = {}

    def name(key: str) -> str:
        return keys.setdefault(key, f"k{len(keys)}")

    heads: dict[str, list[str]] = {}
    for layer in network.layers:
        for ruleset in layer:
            for clause in ruleset.clauses:
                for term in terms(clause):
                    said = " and ".join(name(key) if value else f"not {name(key)}" for key, value in term)
                    heads.setdefault(clause.head, []).append(said or "True")
    lines = [f" {name(head)} = {' or '.join(f'({term})' for term in terms)}" for head, terms in heads.items()]
    inputs = [key for key in keys if key not in heads]
    read = [f" {keys[key]} = m.get({key!r}, False)" for key in inputs]
    said = [f" if {keys[head]}: found.append({head!r})" for head in heads if not head.startswith("part:")]
    space: dict[str, Any] = {}
    exec(
        "\n".join(["def decide(m):", *read, *lines, " found = []", *said, " return frozenset(found)"]), space
    )
    return space["decide"]  # type: ignore[no-any-return]


def zen(network: Network) -> Decide:
    """A decision graph of GoRules, an expression node for each layer."""
    from zen import ZenEngine

    keys: dict[str, str] = {}

    def name(key: str) -> str:
        return keys.setdefault(key, f"k{len(keys)}")

    nodes: list[dict[str, Any]] = [{"id": "in", "type": "inputNode", "name": "in"}]
    concluded: set[str] = set()
    for number, layer in enumerate(network.layers):
        heads: dict[str, list[str]] = {}
        for ruleset in layer:
            for clause in ruleset.clauses:
                for term in terms(clause):
                    said = " and ".join(name(key) if value else f"not {name(key)}" for key, value in term)
                    heads.setdefault(clause.head, []).append(said or "true")
        expressions = [
            {"id": name(head), "key": name(head), "value": " or ".join(f"({term})" for term in terms)}
            for head, terms in heads.items()
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
        for place, (one, other) in enumerate(itertools.pairwise(nodes))
    ]
    decision = ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))
    inputs = [key for key in keys if key not in concluded]
    outputs = [(keys[head], head) for head in concluded if not head.startswith("part:")]

    def decide(said: Mapping[str, bool]) -> Holding:
        result = decision.evaluate({keys[key]: said.get(key, False) for key in inputs})["result"]
        return frozenset(head for key, head in outputs if result.get(key))

    return decide


def clips(network: Network) -> Decide:
    """CLIPS, a rule for each, earlier layers with the higher salience."""
    from clips import Environment

    environment = Environment()
    environment.build("(deftemplate h (slot k (type SYMBOL)))")
    keys: dict[str, str] = {}

    def name(key: str) -> str:
        return keys.setdefault(key, f"k{len(keys)}")

    heads: dict[str, str] = {}
    number = 0
    for depth, layer in enumerate(network.layers):
        for ruleset in layer:
            for clause in ruleset.clauses:
                for term in terms(clause):
                    parts = [
                        f"(h (k {name(key)}))" if value else f"(not (h (k {name(key)})))"
                        for key, value in term
                    ]
                    heads[name(clause.head)] = clause.head
                    environment.build(
                        f"(defrule r{number} (declare (salience {9000 - depth * 10})) {' '.join(parts)} "
                        f"=> (assert (h (k {name(clause.head)}))))"
                    )
                    number += 1
    template = environment.find_template("h")
    from clips import Symbol

    def decide(said: Mapping[str, bool]) -> Holding:
        environment.reset()
        for key, value in said.items():
            if value and key in keys:
                template.assert_fact(k=Symbol(keys[key]))
        environment.run()
        found = (str(fact["k"]) for fact in environment.facts() if fact.template.name == "h")
        return frozenset(heads[key] for key in found if key in heads and not heads[key].startswith("part:"))

    return decide
