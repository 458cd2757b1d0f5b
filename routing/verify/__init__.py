"""Claims about the whole rulebook, proved by a solver or tried on random cases."""
