"""Rules as solver terms: encoding, sessions, and the smallest case that a model stands for."""
