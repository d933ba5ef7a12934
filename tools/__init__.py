"""Programs for people who change the code; nothing here is shipped or imported."""
