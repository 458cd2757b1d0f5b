"""What one would pick instead of this program, given the same rules: generated Python, numpy, GoRules, CLIPS, Rego.

Each is given a network and gives back a function from the message of a need to the conclusions that hold; for
numpy, of many needs at once.
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
    lines, heads = _assignments(network, " and ", " or ", "not ", "True")
    said = [f" if {name}: found.append({head!r})" for head, name in heads.items()]
    return _function([*lines, " found = []", *said, " return frozenset(found)"])  # type: ignore[return-value]


def bare_numpy(network: Network) -> Callable[[Mapping[str, Any]], Mapping[str, Any]]:
    """The same function over arrays, a byte for the truth of each need: from message keys to conclusions."""
    lines, heads = _assignments(network, " & ", " | ", "~", "~none")
    found = ", ".join(f"{head!r}: {name}" for head, name in heads.items())
    return _function([" none = m['none']", *lines, f" return {{{found}}}"])


def _assignments(
    network: Network, both: str, either: str, turned: str, true: str
) -> tuple[list[str], dict[str, str]]:
    """A line for each key that is read and each conclusion, and the names of the conclusions that are told."""
    keys: dict[str, str] = {}

    def name(key: str) -> str:
        return keys.setdefault(key, f"k{len(keys)}")

    heads: dict[str, list[str]] = {}
    for layer in network.layers:
        for ruleset in layer:
            for clause in ruleset.clauses:
                for term in terms(clause):
                    said = both.join(name(key) if value else turned + name(key) for key, value in term)
                    heads.setdefault(clause.head, []).append(said or true)
    lines = [
        f" {name(head)} = {either.join(f'({term})' for term in alternatives)}"
        for head, alternatives in heads.items()
    ]
    absent = "m['none']" if both == " & " else "False"
    read = [f" {keys[key]} = m.get({key!r}, {absent})" for key in keys if key not in heads]
    return [*read, *lines], {head: keys[head] for head in heads if not head.startswith("part:")}


def _function(lines: list[str]) -> Callable[[Mapping[str, Any]], Any]:
    space: dict[str, Any] = {}
    exec("\n".join(["def decide(m):", *lines]), space)
    return space["decide"]  # type: ignore[no-any-return]


def rego(network: Network) -> Decide:
    """Rego, the language of OPA, as rego-cpp runs it: a rule for each alternative, all of them asked for."""
    from regopy import Interpreter

    keys: dict[str, str] = {}
    heads = {clause.head for layer in network.layers for part in layer for clause in part.clauses}

    def name(key: str) -> str:
        known = keys.setdefault(key, f"k{len(keys)}")
        return known if key in heads else f"input.{known}"

    rules = [
        f"{name(clause.head)} if {{ {'; '.join(name(key) if value else f'not {name(key)}' for key, value in term) or 'true'} }}"
        for layer in network.layers
        for part in layer
        for clause in part.clauses
        for term in terms(clause)
    ]
    maker = Interpreter()
    maker.add_module("rules", "\n".join(["package rules", "import rego.v1", *rules]))
    bundle = maker.build("holding=data.rules")
    told = {keys[head]: head for head in heads if not head.startswith("part:")}

    def decide(said: Mapping[str, bool]) -> Holding:
        interpreter = Interpreter()
        interpreter.set_input({keys[key]: value for key, value in said.items() if key in keys})
        holding = json.loads(str(interpreter.query_bundle(bundle)))["bindings"]["holding"]
        return frozenset(told[key] for key, holds in holding.items() if holds and key in told)

    return decide


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
