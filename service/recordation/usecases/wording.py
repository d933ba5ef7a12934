"""Values that stand on papers and in snapshots, in both languages."""

from service.rules.authorities.showing import RIGHT_NAMES
from service.ui.i18n import Language, translator

Pair = dict[str, str]
__all__ = ["RIGHT_NAMES", "Pair", "both"]


def both(message: str) -> Pair:
    """Return a message id with its Chinese, as papers print pairs."""
    return {"zh": translator(Language.ZH_HANS).text(message), "en": message}
