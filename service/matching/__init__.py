"""How alike two marks are, and finding every mark that is alike. Pure: no database, no web."""
