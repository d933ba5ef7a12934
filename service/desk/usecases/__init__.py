"""What the desk does: a day, a queue, a calendar, a search."""
