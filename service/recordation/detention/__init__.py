"""Goods held at a border: the notice, its clocks for both sides, the answers, what became of it."""
