"""What the base does."""
