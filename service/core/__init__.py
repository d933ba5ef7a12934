"""What every module stands on: settings, database, problems, files. No IP law."""
