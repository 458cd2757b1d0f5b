"""YAML as a tree that remembers lines, and schemas that report every fault at once."""
