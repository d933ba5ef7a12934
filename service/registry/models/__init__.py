"""Tables of the registry: marks, what was imported, and what organisations hold."""

from service.registry.models.columns import Codes
from service.registry.models.holdings import (
    Document,
    Product,
    ProductPicture,
    Right,
    Share,
    StoredFile,
)
from service.registry.models.imports import (
    Edition,
    ImportRemark,
    ImportRun,
    Register,
    SheetHeading,
)
from service.registry.models.marks import (
    ChangeCounter,
    Mark,
    MarkClass,
    MarkCustoms,
    MarkParty,
    Party,
)
from service.registry.models.penalties import Penalty
from service.registry.models.refreshes import ConnectorMemory, Refresh

__all__ = [
    "ChangeCounter",
    "Codes",
    "ConnectorMemory",
    "Document",
    "Edition",
    "ImportRemark",
    "ImportRun",
    "Mark",
    "MarkClass",
    "MarkCustoms",
    "MarkParty",
    "Party",
    "Penalty",
    "Product",
    "ProductPicture",
    "Refresh",
    "Register",
    "Right",
    "Share",
    "SheetHeading",
    "StoredFile",
]
