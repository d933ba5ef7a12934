"""Register files of offices and people, read record by record into `MarkRecord`s."""

from service.registry.sources.base import Item, Limits, Position, Source
from service.registry.sources.opening import open_source

__all__ = ["Item", "Limits", "Position", "Source", "open_source"]
