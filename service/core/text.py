"""Marking sentences for translation."""


def N_(message: str) -> str:  # noqa: N802  gettext's own name, which extractors look for
    """Mark an English sentence as a message id; it is translated when it is shown."""
    return message
