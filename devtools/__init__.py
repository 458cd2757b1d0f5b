"""What those who work on the program and the rules run; none of it is in the wheel."""
