"""What changes in the plans between two rulebooks or two days."""
