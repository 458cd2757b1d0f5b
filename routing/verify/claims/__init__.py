"""What is claimed of a rulebook as a whole, one module for each kind of claim."""
