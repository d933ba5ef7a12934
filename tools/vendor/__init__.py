"""Fetching the few third-party files that are committed with the project."""
