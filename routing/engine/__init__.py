"""The rule engine: plain rules compiled to a safe subset and run by durable_rules."""

from routing.engine.compiler import Network, compile_network
from routing.engine.driver import Engine

__all__ = ["Engine", "Network", "compile_network"]
