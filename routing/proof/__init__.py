"""Proofs of a plan, and their checker, which uses neither evaluator."""
