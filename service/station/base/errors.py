"""What can go wrong at the base. Every problem names the way out."""

from service.core.errors import Conflict, Invalid, Problem
from service.core.text import N_


class EventFull(Conflict):
    """Every seat is taken."""

    code = "event-full"
    title = N_("No seat is left")


class EventOver(Conflict):
    """Nobody can sign up for it, or withdraw, any more."""

    code = "event-over"
    title = N_("Signing up is over")


class SheetRefused(Invalid):
    """The file is no sheet, or lacks the columns that are needed."""

    code = "attendance-sheet-unreadable"
    title = N_("The sign-in sheet cannot be read")


class GroundGone(Conflict):
    """What the draft was to be made from is not there, or not any more."""

    code = "warning-ground-gone"
    title = N_("There is nothing to warn of")


class Unredacted(Conflict):
    """The check finds what is neither mended nor justified."""

    code = "typical-case-unredacted"
    title = N_("The text may tell whose case it is")


class ConsentMissing(Conflict):
    """The enterprise has not agreed to be checked up."""

    code = "check-up-no-consent"
    title = N_("The enterprise has not agreed")


class CheckUpDamaged(Problem):
    """What is kept of a check-up is not what was made."""

    code = "check-up-damaged"
    title = N_("The check-up is damaged")
