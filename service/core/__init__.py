"""What every module stands on: settings, database, problems, clock, audit, files. Knows no IP law."""
