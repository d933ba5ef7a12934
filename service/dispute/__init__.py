"""Dispute cases: one matter, several tracks side by side, each a flat table of moves."""
