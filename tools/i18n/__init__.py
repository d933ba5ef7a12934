"""Keeping the Chinese catalogues whole: what code and templates say, and what is translated."""
