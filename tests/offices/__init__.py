"""Offices as they answer over the web, on this machine, and as badly as offices sometimes do."""
