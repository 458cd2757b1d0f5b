"""The rules folder read, checked, written out as plain rules, and kept for the next start."""
