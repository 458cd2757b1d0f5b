"""What would change an answer: what-if, counterfactuals and the interview."""
