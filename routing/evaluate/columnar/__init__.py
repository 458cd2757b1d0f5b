"""A third evaluator: the plain rules compiled to operations on machine words, one bit for each need."""
