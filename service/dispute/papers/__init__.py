"""Papers of a case: what kinds there are, what is written on them, and how they are set."""
