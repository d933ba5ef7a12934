"""The seeded generator of the demonstration register, district and catalogue."""
