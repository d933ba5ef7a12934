"""What can stop the demonstration."""

from service.core.errors import Conflict
from service.core.text import N_


class ForeignDatabase(Conflict):
    """The database was not made by the demonstration, so it is left alone."""

    code = "demonstration-foreign-database"
    title = N_("Not a demonstration database")
