"""Making the Word templates that are committed with the project."""
