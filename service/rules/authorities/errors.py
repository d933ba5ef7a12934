"""The problems of the catalogue of authorities."""

from service.core.errors import Conflict, NotFound
from service.core.text import N_


class AuthorityUnknown(NotFound):
    """No authority has this code, and no market either; `authority` is what was asked for."""

    code = "authority-unknown"
    title = N_("No such customs authority")


class NoRecordal(Conflict):
    """Nothing can be filed there; `standing`: the law knows no recordal, or nobody has read it."""

    code = "authority-no-recordal"
    title = N_("Nothing can be recorded there")
