"""Bodies of the registry API, one file for each kind of thing."""
