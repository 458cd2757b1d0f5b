"""Papers: drafts of the letter, form or note that carries a step of a plan.

A draft says only what the plan, the case, the law data and the officer say. What nobody has said stands as a
marked blank, and is listed first.
"""
