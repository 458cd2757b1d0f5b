"""The rule engine: plain rules compiled to a safe subset and run by durable_rules."""

from routing.evaluate.engine.compiler import Network, compile_network
from routing.evaluate.engine.driver import Engine

__all__ = ["Engine", "Network", "compile_network"]
