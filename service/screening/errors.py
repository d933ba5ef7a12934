"""What can be wrong with a screening."""

from service.core.errors import Conflict, Invalid, Problem
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
    """More names, goods, markets or hits than one screening takes."""

    code = "screening-too-many"
    title = N_("Too many at once")


class NoMarket(Invalid):
    """No destination was named."""

    code = "screening-no-market"
    title = N_("No market named")


class ScreeningDamaged(Problem):
    """A kept answer is no longer the one that was given."""

    code = "screening-damaged"
    title = N_("A kept answer is damaged")


class DecisionWrong(Invalid):
    """A decision whose scope or expiry does not fit its hit."""

    code = "decision-wrong"
    title = N_("This decision does not fit the hit")


class CatalogueColumns(Invalid):
    """The catalogue has no column of names."""

    code = "catalogue-columns"
    title = N_("The columns of the catalogue are not known")


class CatalogueTooLong(Invalid):
    """The catalogue has more rows than one run takes."""

    code = "catalogue-too-long"
    title = N_("The catalogue is too long")


class CatalogueRunning(Conflict):
    """The organisation runs as many catalogues as it may."""

    code = "catalogue-running"
    title = N_("A catalogue is running already")


class CatalogueUnfinished(Conflict):
    """What was asked for is made when every row is done."""

    code = "catalogue-unfinished"
    title = N_("The catalogue is not finished yet")
