"""Problems of the report."""

from http import HTTPStatus

from service.core.errors import Problem
from service.core.text import N_


class PeriodRunning(Problem):
    """A period that is not over cannot be issued: its figures still change."""

    status = HTTPStatus.CONFLICT
    code = "period-running"
    title = N_("The period is not over")


class ReportDamaged(Problem):
    """An issued report no longer has the hash it was issued with."""

    code = "report-damaged"
    title = N_("An issued report was changed")
