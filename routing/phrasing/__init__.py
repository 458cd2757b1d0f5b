"""Sentences for people, made in one place: of facts, conditions and provisions, and of what a plan holds."""
