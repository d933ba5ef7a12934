"""Why an index cannot be searched or built; the caller turns them into its own problems."""


class IndexProblem(Exception):
    """Something is wrong with the index as a whole; nothing was searched."""


class IndexMissing(IndexProblem):
    """No set of segments was ever completed in the folder."""


class IndexForeign(IndexProblem):
    """The set was built from another database or for other forms or another engine."""


class IndexDamaged(IndexProblem):
    """A file of the set is absent, cut short or fails its checksum."""


class IndexBusy(IndexProblem):
    """Another process is building or merging this index."""


class IndexBehind(IndexProblem):
    """The caller needs a change number that the index has not been told of."""
