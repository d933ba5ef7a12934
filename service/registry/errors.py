"""What can be wrong with a register file as a whole.

A single bad record is no problem but a `Reject`; the rest of the file goes in.
"""

from service.core.errors import Conflict, Invalid, Problem, TooLarge, Unavailable
from service.core.text import N_


class SourceProblem(Invalid):
    """A register file cannot be read. `member` names the part of an archive, where there is one."""

    code = "source-unreadable"
    title = N_("The register file cannot be read")


class UnknownSource(SourceProblem):
    """The content is none of the formats we read."""

    code = "source-unknown-format"
    title = N_("The file is in no format that is known here")


class BrokenSource(SourceProblem):
    """The file is damaged or cut off; what was read before the damage stands."""

    code = "source-broken"
    title = N_("The file is damaged or incomplete")


class UnreadableText(SourceProblem):
    """The bytes are no text in any encoding we read."""

    code = "source-encoding"
    title = N_("The encoding of the file cannot be read")


class UnsafeSource(SourceProblem):
    """The file holds what no register file needs: entities, an archive inside an archive."""

    code = "source-unsafe"
    title = N_("The file is refused for safety")


class SheetColumnsMissing(SourceProblem):
    """A sheet lacks columns we need; `headings` are those found, `missing` the fields wanted."""

    code = "source-columns"
    title = N_("Columns of the sheet are missing")


class SourceTooLarge(TooLarge):
    """The file, or one record in it, unpacks to more than the limit allows."""

    code = "source-too-large"
    title = N_("The register file is too large")


SOURCE_PROBLEMS: tuple[type[Problem], ...] = (SourceProblem, SourceTooLarge)
"""Everything that opening or reading a source may raise."""


class OfficeChanged(Unavailable):
    """An office answers in a way this release does not read; nothing of it was taken in."""

    code = "office-changed"
    title = N_("An office's answers have changed")


class OfficeRefused(Unavailable):
    """An office said no: credentials, permission, or a question it does not take."""

    code = "office-refused"
    title = N_("An office refused the request")


class NoCredentials(Conflict):
    """The connector needs credentials that the settings do not have."""

    code = "connector-credentials"
    title = N_("The connector has no credentials")
