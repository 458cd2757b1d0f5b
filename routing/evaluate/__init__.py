"""Two independent evaluators, their comparison, and the findings both agree on."""
