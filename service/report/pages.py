"""Pages of the report: figures, the rows behind one, the work ledger."""

from collections.abc import Iterable, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from service.cases.reckoning import local_day
from service.cases.showing import thread_path
from service.core import clock
from service.core.db import DbSession
from service.core.pagination import CursorOfQuery
from service.core.text import N_
from service.dispute.domain import PARTY_ROLES
from service.identity.domain import BRANCHES_OF, OrganisationKind
from service.identity.names import BRANCH_NAMES
from service.identity.permissions import Actor, Permission
from service.report.access import Reader
from service.report.asking import Asked, AskedOfQuery, BehindOfQuery
from service.report.domain import (
    COMPARED,
    DIMENSIONS,
    PERIOD_KINDS,
    Dimension,
    Period,
    PeriodKind,
    Report,
)
from service.report.measures import MEASURES, How
from service.report.models import StationReport
from service.report.repository import Reach
from service.report.showing import Address, beside, path_of, said, sections, title_of, written
from service.report.usecases.ledger import ledger_page
from service.report.usecases.listing import Behind, rows_behind
from service.report.usecases.reporting import make_report
from service.report.words import ending_of, label, market_name, step_said
from service.rules.markets import markets
from service.ui.forms import Form
from service.ui.i18n import Translator, language_of, translator
from service.ui.navigation import Entry, Group
from service.ui.render import page
from service.ui.views import Option

router = APIRouter(include_in_schema=False)
NAVIGATION: Sequence[Entry] = (
    Entry("/report", N_("Station report"), Group.CASES, Permission.REPORT_READ.value),
)
OFFERED = {PeriodKind.MONTH: 24, PeriodKind.QUARTER: 8, PeriodKind.YEAR: 4}
"""How many periods of each kind are offered to choose from."""


@router.get("/report")
def report_page(
    request: Request, actor: Reader, session: DbSession, asked: AskedOfQuery
) -> Response:
    """Show the figures of a period."""
    scope = asked.scope(session, actor)
    found = make_report(session, actor, scope)
    address = Address("/report/rows", asked.query)
    return shown(request, actor, session, found, address, asked=asked)


def shown(
    request: Request,
    actor: Actor,
    session: Session,
    found: Report,
    address: Address,
    *,
    asked: Asked | None = None,
    issued: StationReport | None = None,
) -> Response:
    """Show a report, as it is now or as it was issued."""
    words = translator(language_of(request))
    period = found.scope.period
    return page(
        request,
        "report/report.html",
        report=found,
        period=period,
        running=clock.now() < period.until,
        kind=PERIOD_KINDS[period.kind],
        compared=[(at, COMPARED[at], one) for at, one in period.compared().items()],
        sections=sections(found, words, address),
        address=address,
        measures=MEASURES,
        share=How.SHARE,
        dimensions=DIMENSIONS,
        written=lambda key, figure: written(key, figure, words),
        beside=lambda key, figure: beside(key, figure, words),
        names=[found.names[one] for one in found.scope.stations],
        issued=issued,
        issues=actor.can(Permission.REPORT_ISSUE),
        files=_files(found, asked, issued),
        **_filters(actor, session, words, period, asked),
    )


def _files(found: Report, asked: Asked | None, issued: StationReport | None) -> str:
    """Return the address of the report's files, without their ending; `{}` is put in its place."""
    if issued is not None:
        return f"/report/issues/{issued.id}/report.{{}}"
    return "/report/files/report.{}?" + _query(found.scope.period, asked)


def _query(period: Period, asked: Asked | None) -> str:
    return Address("", asked.query if asked else ()).whole(period)


def _filters(
    actor: Actor, session: Session, words: Translator, period: Period, asked: Asked | None
) -> dict[str, Any]:
    if asked is None:
        return {"form": Form.blank(), "choices": None}
    reach = Reach(session, actor)
    told = {key.value: value for key, value in asked.narrowed.items()}
    station = str(asked.station or "")
    return {
        "form": Form.blank(period=str(period), station=station, **told),
        "choices": {
            "period": _periods(period, words),
            "station": _named((str(one.id), one.name_zh) for one in reach.all()),
            "park": _named((one, one) for one in reach.parks()),
            "industry": [
                Option(one.value, BRANCH_NAMES[one])
                for one in BRANCHES_OF[OrganisationKind.EXPORTER]
            ],
            "market": _named((code, market_name(code, words)) for code in markets()),
        },
    }


def _named(pairs: Iterable[tuple[str, str]]) -> list[Option]:
    return [Option(value, text, data=True) for value, text in pairs]


def _periods(asked: Period, words: Translator) -> list[Option]:
    """Return the running period of each kind and those before it, and the one asked for."""
    today = local_day(clock.now())
    found = []
    for kind, count in OFFERED.items():
        one = Period.of(today, kind)
        for _ in range(count):
            found.append(one)
            one = one.before()
    if asked not in found:
        found.insert(0, asked)
    return [
        Option(str(one), f"{one} {words.text(PERIOD_KINDS[one.kind])}", data=True) for one in found
    ]


@router.get("/report/rows")
def rows_page(
    request: Request,
    actor: Reader,
    session: DbSession,
    asked: AskedOfQuery,
    behind: BehindOfQuery,
    cursor: CursorOfQuery,
) -> Response:
    """Show the rows behind a figure."""
    whole = asked.scope(session, actor)
    found = rows_behind(session, actor, behind.measure, behind.narrow(whole), cursor)
    back = "/report?" + _query(whole.period, asked)
    names = {str(one.id): one.name_zh for one in Reach(session, actor).all()}
    told = split_name(request, behind.by, behind.key, names)
    return listed(request, found, back=back, period=str(whole.period), told=told)


def split_name(
    request: Request, dimension: str, key: str, names: dict[str, str]
) -> tuple[str, str] | None:
    """Return by what a figure is told apart, and which line of it is meant."""
    if not dimension:
        return None
    one = Dimension(dimension)
    return DIMENSIONS[one], label(one, key, translator(language_of(request)), names)


def listed(
    request: Request, found: Behind, *, back: str, period: str, told: tuple[str, str] | None
) -> Response:
    """Show the rows behind a figure, and how many may not be opened."""
    words = translator(language_of(request))
    measure = MEASURES[found.key]
    return page(
        request,
        "report/rows.html",
        found=found,
        measure=measure,
        back=back,
        period=period,
        told=told,
        title_of=lambda row: title_of(row, words),
        said=lambda row: said(measure.source, row, words),
        path_of=lambda row: path_of(measure.source, row),
    )


@router.get("/report/ledger")
def ledger(
    request: Request,
    actor: Reader,
    session: DbSession,
    asked: AskedOfQuery,
    cursor: CursorOfQuery,
) -> Response:
    """Show the work ledger 工作台账."""
    words = translator(language_of(request))
    scope = asked.scope(session, actor)
    sheet = ledger_page(session, actor, scope, cursor)
    return page(
        request,
        "report/ledger.html",
        sheet=sheet,
        period=scope.period,
        query=_query(scope.period, asked),
        path_of=lambda one: thread_path(one.thread),
        day_of=local_day,
        step_name=step_said,
        roles=PARTY_ROLES,
        ending_of=ending_of,
        label=lambda name, one: label(Dimension(name), one.keys[Dimension(name)], words, {}),
        **_filters(actor, session, words, scope.period, asked),
    )
