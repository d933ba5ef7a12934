"""Markpass: cross-border IP risk screening, customs recordation and dispute work."""

__version__ = "0.1.0"
