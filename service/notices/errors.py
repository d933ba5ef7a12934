"""What can be wrong with a notice or an endpoint."""

from service.core.errors import Invalid
from service.core.text import N_


class EndpointRefused(Invalid):
    """The address is not HTTPS, or lies in a private network."""

    code = "webhook-address-refused"
    title = N_("This address takes no webhooks")


class HoursWrong(Invalid):
    """Working hours that end before they begin, or a zone or calendar that is not known."""

    code = "notice-hours-wrong"
    title = N_("These working hours cannot be kept")
