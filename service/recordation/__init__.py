"""Customs recordation: from a right to filings with many authorities, and keeping them alive."""
