"""What can be wrong with a backup, or with the place it goes to."""

from service.core.errors import Conflict, Invalid
from service.core.text import N_


class BackupUnreadable(Invalid):
    """Not one of our backups, cut short, changed, or of another database or release."""

    code = "backup-unreadable"
    title = N_("The backup cannot be used")


class PlaceTaken(Conflict):
    """The file, home or database already holds something, or is in use."""

    code = "backup-place-taken"
    title = N_("There is something already")
