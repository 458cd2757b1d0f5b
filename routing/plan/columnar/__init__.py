"""The answers of plans for many needs at once, read from the columnar evaluator."""
