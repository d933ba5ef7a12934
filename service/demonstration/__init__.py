"""The demonstration: an invented district and register in a database made for nothing else."""
