"""What can go wrong at the base. Every problem names the way out."""

from service.core.errors import Conflict, Invalid
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
