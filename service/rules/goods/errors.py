"""Problems of goods."""

from http import HTTPStatus

from service.core.errors import Problem
from service.core.text import N_


class UnreadableGoods(Problem):
    """A value of `--goods` says neither a class, an HS code, a group nor words."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "goods-unreadable"
    title = N_("Goods not understood")
