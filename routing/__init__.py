"""Which channel of international cooperation, in which order, on what legal basis."""
