"""What identity does: signing in, people, keys, the first administrator."""
