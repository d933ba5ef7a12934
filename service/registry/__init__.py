"""Marks, other rights, owners and products; `sources` reads what offices publish."""
