"""The rule engine: plain rules compiled to a safe subset and run by durable_rules."""

from routing.evaluate.engine.compiler import Network, Networks, compile_network, compile_networks
from routing.evaluate.engine.driver import Engine

__all__ = ["Engine", "Network", "Networks", "compile_network", "compile_networks", "new_engine"]


def new_engine(isolate: bool = False) -> Engine:
    """An engine, in a process of its own where that is asked for."""
    if not isolate:
        return Engine()
    from routing.evaluate.engine.isolated import IsolatedEngine  # few ask for it

    return IsolatedEngine()
