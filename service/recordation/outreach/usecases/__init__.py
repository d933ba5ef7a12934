"""What the outreach queue does."""
