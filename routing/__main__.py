"""`python -m routing` is the command."""

from routing.cli import run

run()
