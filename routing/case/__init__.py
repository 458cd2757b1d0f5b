"""The case: its model, the reader of case files, and the facts known for each need."""
