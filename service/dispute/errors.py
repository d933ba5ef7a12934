"""What can go wrong with cases and tracks."""

from service.core.errors import Conflict, Invalid
from service.core.text import N_


class TrackUnfit(Invalid):
    """This way is not open to a dispute of this kind."""

    code = "track-unfit"
    title = N_("This way is not open here")


class PaperUnfit(Invalid):
    """This paper does not belong here, or is not made by the one who asks for it."""

    code = "paper-unfit"
    title = N_("This document is not made here")


class BodyNotAccredited(Conflict):
    """The roster of the station does not say that the body may give appraisal opinions today."""

    code = "body-not-accredited"
    title = N_("This body gives no appraisal opinion")


class PaperNotReady(Conflict):
    """The case does not know what the paper must say; `missing` leads to where it is entered."""

    code = "paper-not-ready"
    title = N_("Something is missing for this document")


class PaperSettled(Conflict):
    """A signature that stands already, or on a version that was made again."""

    code = "paper-settled"
    title = N_("This signature cannot be noted")
