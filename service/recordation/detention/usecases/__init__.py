"""What is done about goods that are held."""
