"""`python -m tests.bench`: how fast the index is, beside the alternatives, in one run."""
