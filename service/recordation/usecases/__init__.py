"""What recordation does."""
