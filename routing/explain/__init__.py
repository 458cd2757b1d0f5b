"""Why, why not: proofs, their independent checker, and reasons in legal words."""
