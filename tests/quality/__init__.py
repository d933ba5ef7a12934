"""What the matching engine is worth, measured: `python -m tests.quality [--short]`."""
