"""What a thread can undergo: opening, sharing, telling, reckoning, moving."""
