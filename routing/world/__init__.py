"""Where in the world a route exists: every ordered pair of States for every measure."""
