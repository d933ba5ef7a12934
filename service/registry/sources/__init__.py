"""Register files of offices and people, read record by record into `MarkRecord`s."""

from service.registry.sources.base import Item, Limits, Position, Scope, Source
from service.registry.sources.opening import open_source

__all__ = ["Item", "Limits", "Position", "Scope", "Source", "open_source"]
