"""What can be wrong with a document."""

from service.core.errors import Invalid, Problem
from service.core.text import N_


class TemplateRefused(Problem):
    """A template asks for what the data does not hold, or reaches for the system."""

    code = "template-refused"
    title = N_("The template of the document is not usable")


class TemplateUnfit(Invalid):
    """A template that is not ours fetches, runs or embeds something, or does not fill."""

    code = "template-unfit"
    title = N_("This template is not taken")


class PictureUnreadable(Invalid):
    """The content is no picture of a kind we read, or it is damaged."""

    code = "picture-unreadable"
    title = N_("The picture cannot be read")


class PictureTooLarge(Invalid):
    """The picture has too many points, or cannot be made as small as the form asks."""

    code = "picture-too-large"
    title = N_("The picture is too large")
