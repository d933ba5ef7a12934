"""What the report does."""
