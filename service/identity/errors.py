"""What can go wrong when people sign in or are managed."""

from service.core.errors import Conflict, Invalid, NotSignedIn, PermissionDenied, TooMany
from service.core.text import N_


class WrongPassword(NotSignedIn):
    """The login is unknown or the password wrong: the two look the same on purpose."""

    code = "wrong-password"
    title = N_("Login or password is wrong")


class TooManyTries(TooMany):
    """Too many failed sign-ins of this account or from this address."""

    code = "too-many-tries"
    title = N_("Too many failed sign-ins")


class CrossSite(PermissionDenied):
    """A request that changes something did not come from our own page."""

    code = "cross-site"
    title = N_("This request did not come from our page")


class WeakPassword(Invalid):
    """The password is too short or too common."""

    code = "weak-password"
    title = N_("Choose a longer password")


class LoginTaken(Conflict):
    """Another person has this login."""

    code = "login-taken"
    title = N_("This login is taken")


class OrganisationTaken(Conflict):
    """Another organisation has this unified social credit code."""

    code = "organisation-taken"
    title = N_("This organisation is there already")


class LinkClosed(Conflict):
    """The one-time link is used, replaced, wrong or too old."""

    code = "link-closed"
    title = N_("This link no longer works")


class LastKeeper(Conflict):
    """Nobody else could manage the people of the organisation, or the installation."""

    code = "last-keeper"
    title = N_("Somebody must be left who manages people")


class OwnAccount(Conflict):
    """People do not lock, demote or reset themselves."""

    code = "own-account"
    title = N_("Not on your own account")


class SetupClosed(Conflict):
    """There is an administrator already, or the token is used, wrong or too old."""

    code = "setup-closed"
    title = N_("Setup is closed")


class RoleUnfit(Invalid):
    """This kind of organisation does not have that role."""

    code = "role-unfit"
    title = N_("This organisation does not have that role")


class ScopeTooWide(Invalid):
    """A key cannot do more than the person who makes it."""

    code = "scope-too-wide"
    title = N_("A key cannot do more than you")


class KeyReused(Conflict):
    """An `Idempotency-Key` came again with another request."""

    code = "idempotency-key-reused"
    title = N_("This idempotency key belongs to another request")


class DemonstrationOpen(Conflict):
    """Demonstration accounts exist, so the service must not be reachable from outside."""

    code = "demonstration-open"
    title = N_("Demonstration accounts are open")
