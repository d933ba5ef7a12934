"""Programs for the people who keep the goods tables."""
