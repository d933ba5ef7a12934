"""The problems of detentions. Every one names the way out."""

from service.core.errors import Conflict
from service.core.text import N_


class PaperUnfit(Conflict):
    """That authority sends no such paper, or not to that side."""

    code = "detention-paper-unfit"
    title = N_("This paper does not fit")


class SecurityUnknown(Conflict):
    """Nobody researched how much security that authority asks."""

    code = "security-not-researched"
    title = N_("No amount of security is known")


class CaseLinked(Conflict):
    """The detention has a dispute case already; `case` names it."""

    code = "detention-case-exists"
    title = N_("There is a case for it already")
