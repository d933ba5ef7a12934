"""What the matching engine is worth, measured: `make quality`, or `python -m tests.quality --short`."""
