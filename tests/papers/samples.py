"""Papers of the fictional Calder Vale Police, one of each sort we make, for tests and for looking at."""
