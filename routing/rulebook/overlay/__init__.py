"""A user's own data and rules, laid over a rules folder."""
