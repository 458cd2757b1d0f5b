"""Faults that only show when the whole rulebook is seen together, and their help pages."""
