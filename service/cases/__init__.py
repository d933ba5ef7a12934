"""What recordation and dispute share: the thread of a matter, its timeline, deadlines, moves."""
