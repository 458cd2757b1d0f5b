"""Why, and why not: reasons in legal words."""
