"""Values that stand on papers and in snapshots, in both languages."""

from service.rules.authorities.showing import RIGHT_NAMES
from service.ui.documents.pairs import Pair, both

__all__ = ["RIGHT_NAMES", "Pair", "both"]
