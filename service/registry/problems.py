"""What can go wrong in the registry itself; problems of files stand in `errors`."""

from service.core.errors import Conflict, Invalid
from service.core.text import N_


class ImportRunning(Conflict):
    """The file is being imported by another process at this moment."""

    code = "import-running"
    title = N_("The import is already running")


class MarkNewer(Conflict):
    """A correction of a mark is older than the state that the register holds."""

    code = "mark-newer"
    title = N_("The register holds a newer state")


class SkuTaken(Conflict):
    """Another product of the organisation has this SKU."""

    code = "product-sku-taken"
    title = N_("This SKU is already in use")


class ContentOfSecret(Invalid):
    """A file was offered for a trade secret, of which only metadata is kept."""

    code = "right-secret-content"
    title = N_("The content of a trade secret is never stored")


class DateAhead(Invalid):
    """A register file says that it tells a day which has not come."""

    code = "import-date-ahead"
    title = N_("The date of the file lies ahead")
