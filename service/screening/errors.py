"""What can be wrong with a screening."""

from service.core.errors import Invalid, Unavailable
from service.core.text import N_


class NoName(Invalid):
    """No name was given, or nothing in it can be compared."""

    code = "screening-no-name"
    title = N_("Nothing to compare")


class NameTooLong(Invalid):
    """A name is longer than the limit."""

    code = "screening-name-too-long"
    title = N_("The name is too long")


class TooManyAsked(Invalid):
    """More names, goods or markets than one screening takes."""

    code = "screening-too-many"
    title = N_("Too many at once")


class NoMarket(Invalid):
    """No destination was named."""

    code = "screening-no-market"
    title = N_("No market named")


class Busy(Unavailable):
    """As many searches run as this machine takes, and the queue is full."""

    code = "screening-busy"
    title = N_("Too many searches at once")


class CatalogueColumns(Invalid):
    """The catalogue has no column of names."""

    code = "catalogue-columns"
    title = N_("The columns of the catalogue are not known")


class CatalogueTooLong(Invalid):
    """The catalogue has more rows than one run takes."""

    code = "catalogue-too-long"
    title = N_("The catalogue is too long")
