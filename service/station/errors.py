"""What can go wrong at the station. Every problem names the way out."""

from service.core.errors import Conflict, Invalid
from service.core.text import N_


class IntakePromoted(Conflict):
    """The matter is a case already; it goes on there."""

    code = "intake-promoted"
    title = N_("This matter is a case already")


class MessageUnreadable(Invalid):
    """The file is kept and sealed, but is no message that can be read."""

    code = "intake-message-unreadable"
    title = N_("The message cannot be read")


class NoWayUp(Invalid):
    """No protection centre stands above this station, or no such station below it."""

    code = "station-no-way"
    title = N_("There is nobody to pass it to")


class ExpertInConflict(Conflict):
    """The expert stands on the other side of this matter."""

    code = "expert-in-conflict"
    title = N_("The expert is in a conflict of interest")
