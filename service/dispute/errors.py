"""What can go wrong with cases and tracks."""

from service.core.errors import Invalid
from service.core.text import N_


class TrackUnfit(Invalid):
    """This way is not open to a dispute of this kind."""

    code = "track-unfit"
    title = N_("This way is not open here")
