"""Problems of markets and routes."""

from http import HTTPStatus

from service.core.errors import Problem
from service.core.text import N_


class UnknownMarket(Problem):
    """No market has this code or name; `closest` names those that come near."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "market-unknown"
    title = N_("Unknown market")


class UnknownCustomsMode(Problem):
    """No customs supervision mode 监管方式 has this code; `known` lists those there are."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "customs-mode-unknown"
    title = N_("Unknown customs mode")


class UnknownOffice(Problem):
    """No register has this code."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "office-unknown"
    title = N_("Unknown register")
