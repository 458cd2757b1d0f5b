"""Law look-ups: what binds two States, what a provision says, and how the authorities of a State are reached.

Each gives plain data, the same that the command line prints as JSON.
"""
