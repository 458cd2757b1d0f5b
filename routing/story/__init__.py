"""What happened, told in somebody's own words, read as facts and needs to confirm. Nothing is taken of it."""
