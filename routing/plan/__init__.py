"""Findings become a plan."""
