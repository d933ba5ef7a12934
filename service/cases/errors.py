"""What can go wrong with threads, moves and deadlines. Every one names the way out."""

from service.core.errors import Conflict, Invalid, Problem
from service.core.text import N_


class ThreadClosed(Conflict):
    """The matter is closed; nothing is added to it."""

    code = "thread-closed"
    title = N_("This matter is closed")


class MoveNotAllowed(Conflict):
    """The table of moves has no such step from here; `allowed` lists the steps there are."""

    code = "move-not-allowed"
    title = N_("This step cannot follow")


class MoveNotReady(Conflict):
    """Something the step needs is missing; `errors` names each, `missing` leads to it."""

    code = "move-not-ready"
    title = N_("Something is missing for this step")


class MoveIncomplete(Invalid):
    """The step needs a day, a note or a fact that was not given."""

    code = "move-incomplete"
    title = N_("This step needs one more entry")


class ClockRunsOn(Conflict):
    """The law as researched lets nobody stop or extend this clock."""

    code = "deadline-runs-on"
    title = N_("This clock cannot be stopped")


class DeadlineSettled(Conflict):
    """The deadline is met, missed or waived already, or has no date yet."""

    code = "deadline-settled"
    title = N_("This deadline is settled")


class MissedStays(Conflict):
    """A missed fatal deadline is never waived away: what was done late is recorded as late."""

    code = "deadline-missed"
    title = N_("A missed deadline stays on record")


class FileKindRefused(Invalid):
    """The content is of no kind that is taken as evidence, whatever its name says."""

    code = "evidence-kind"
    title = N_("This kind of file is not taken")


class EvidenceDamaged(Problem):
    """Content or custody chain is not what was taken in; nothing of it is given out."""

    code = "evidence-damaged"
    title = N_("Evidence does not hold")


class EvidenceSealed(Conflict):
    """The item is under seal."""

    code = "evidence-sealed"
    title = N_("The evidence is sealed")


class ExportUnchecked(Conflict):
    """Nothing goes to a court or authority abroad without a recorded check."""

    code = "evidence-export-unchecked"
    title = N_("The export was not checked")
