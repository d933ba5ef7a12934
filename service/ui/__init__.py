"""How pages look; knows no IP law."""
