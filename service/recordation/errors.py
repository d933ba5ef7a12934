"""The problems of customs recordation. Every one names the way out."""

from service.core.errors import Conflict, Invalid, PermissionDenied
from service.core.text import N_


class MandateMissing(PermissionDenied):
    """The organisation acts for an exporter without a power of attorney that is in force."""

    code = "mandate-missing"
    title = N_("No power of attorney in force")


class OfficerOnlyChecks(PermissionDenied):
    """A customs officer checks, returns and guides; preparing and filing is not theirs."""

    code = "customs-officer-only-checks"
    title = N_("A customs officer does not file")


class FilingExists(Conflict):
    """The right has a filing with this authority that is not over; `filing` names it."""

    code = "filing-exists"
    title = N_("There is a filing already")


class FilingFrozen(Conflict):
    """The filing is with the authority or decided: its answers are not changed in place."""

    code = "filing-frozen"
    title = N_("The filing is frozen")


class RightNotRecordable(Conflict):
    """The authority does not record rights of this kind."""

    code = "right-not-recordable"
    title = N_("Not recorded there")


class AssetExists(Conflict):
    """The right is in the recordation substance already; `asset` names it."""

    code = "asset-exists"
    title = N_("This right is there already")


class SheetUnreadable(Invalid):
    """The sheet of authorised users is no workbook or CSV with the columns that are needed."""

    code = "user-sheet-unreadable"
    title = N_("The sheet cannot be read")


class FeatureHidden(PermissionDenied):
    """Covert features are for people who were named."""

    code = "feature-hidden"
    title = N_("These features are not shown to you")
