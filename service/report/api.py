"""The report as JSON: figures, the rows behind them, the ledger, issued reports."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from service.cases.reckoning import local_day
from service.core.db import DbSession
from service.core.pagination import CursorOfQuery, Page
from service.identity.permissions import Permission, require
from service.identity.replay import OnceRoute
from service.report.access import Issuer, Reader
from service.report.asking import AskedOfQuery, BehindOfQuery
from service.report.domain import At, Dimension, Report
from service.report.measures import MEASURES
from service.report.papers import pair
from service.report.repository import Issued
from service.report.schemas import (
    CountOut,
    EntryOut,
    FigureOut,
    IssuedOut,
    IssuedWhole,
    IssueIn,
    LedgerOut,
    LineOut,
    MeasureOut,
    PeriodOut,
    ReportOut,
    RowOut,
    RowsOut,
    StepOut,
)
from service.report.showing import path_of, said, title_of
from service.report.usecases.issuing import issue_report, issued_report, rows_issued
from service.report.usecases.ledger import Entry, ledger_page
from service.report.usecases.listing import Behind, rows_behind
from service.report.usecases.reporting import make_report
from service.ui.i18n import language_of, translator

router = APIRouter(prefix="/api/v1", tags=["report"], route_class=OnceRoute)


@router.get("/report/measures", dependencies=[Depends(require(Permission.REPORT_READ))])
def measures() -> list[MeasureOut]:
    """List the measures: what each is called in both languages, and how it is counted."""
    return [
        MeasureOut(
            key=key,
            part=one.part,
            name=pair(one.name),
            meaning=pair(one.meaning),
            how=one.how,
            rows=one.source,
            tables=list(one.tables),
            whole=one.whole,
            by=list(one.by),
        )
        for key, one in MEASURES.items()
    ]


@router.get("/report")
def report(actor: Reader, session: DbSession, asked: AskedOfQuery) -> ReportOut:
    """Give the figures of a period, with the period before and the year before beside them."""
    return _report(make_report(session, actor, asked.scope(session, actor)))


@router.get("/report/rows")
def rows(
    request: Request,
    actor: Reader,
    session: DbSession,
    asked: AskedOfQuery,
    behind: BehindOfQuery,
    cursor: CursorOfQuery,
) -> RowsOut:
    """List the rows behind a figure; those the caller may not open are counted only."""
    scope = behind.narrow(asked.scope(session, actor))
    return _rows(request, rows_behind(session, actor, behind.measure, scope, cursor))


@router.get("/report/ledger")
def ledger(
    actor: Reader, session: DbSession, asked: AskedOfQuery, cursor: CursorOfQuery
) -> LedgerOut:
    """List the work ledger: every matter and case opened in the period, newest first."""
    sheet = ledger_page(session, actor, asked.scope(session, actor), cursor)
    return LedgerOut(
        total=sheet.total,
        hidden=sheet.hidden,
        items=[_entry(one) for one in sheet.entries],
        next=sheet.following,
    )


@router.get("/report/issues")
def issues(actor: Reader, session: DbSession, cursor: CursorOfQuery) -> Page[IssuedOut]:
    """List issued reports, newest first."""
    found, following = Issued(session, actor).page(cursor)
    return Page(items=[IssuedOut.model_validate(row) for row in found], next=following)


@router.post("/report/issues", status_code=201)
def issue(body: IssueIn, response: Response, actor: Issuer, session: DbSession) -> IssuedOut:
    """Issue the report of a period that is over; a further edition says what it corrects."""
    row = issue_report(session, actor, **body.model_dump())
    response.headers["Location"] = f"/api/v1/report/issues/{row.id}"
    return IssuedOut.model_validate(row)


@router.get("/report/issues/{report_id}")
def issued(report_id: UUID, actor: Reader, session: DbSession) -> IssuedWhole:
    """Give an issued report with its figures as they were, verified against its hash."""
    row = Issued(session, actor).get(report_id)
    issued_report(row)
    return IssuedWhole.model_validate(row)


@router.get("/report/issues/{report_id}/rows")
def issued_rows(
    report_id: UUID,
    request: Request,
    actor: Reader,
    session: DbSession,
    behind: BehindOfQuery,
    cursor: CursorOfQuery,
    at: Annotated[At, Query(description="Which of its periods.")] = At.NOW,
) -> RowsOut:
    """List the rows that lay behind a figure when the report was issued."""
    row = Issued(session, actor).get(report_id)
    told = (behind.measure, at, behind.by, behind.key, cursor)
    return _rows(request, rows_issued(session, actor, row, *told))


def _report(found: Report) -> ReportOut:
    return ReportOut(
        periods={
            at: PeriodOut(period=str(one), first=one.first, last=one.last)
            for at, one in found.scope.period.compared().items()
        },
        stations=found.names,
        narrowed=found.scope.narrowed,
        made_at=found.made_at,
        lines=[
            LineOut(
                measure=line.key,
                figures={at: FigureOut.model_validate(f) for at, f in line.figures.items()},
                by={
                    one.dimension: [CountOut(key=key, count=n) for key, n in one.counts]
                    for one in line.breakdowns
                },
            )
            for line in found.lines
        ],
    )


def _rows(request: Request, found: Behind) -> RowsOut:
    words, source = translator(language_of(request)), MEASURES[found.key].source
    return RowsOut(
        measure=found.key,
        total=found.total,
        hidden=found.hidden,
        items=[
            RowOut(
                id=row.id,
                thread_id=row.thread.id if row.thread else None,
                number=row.thread.number if row.thread else "",
                title=title_of(row, words),
                href=path_of(source, row),
                person=row.person,
                said=said(source, row, words),
            )
            for row in found.rows
        ],
        next=found.following,
    )


def _entry(one: Entry) -> EntryOut:
    keys: dict[str, Any] = {
        "way": one.keys[Dimension.WAY],
        "service_line": one.keys[Dimension.LINE],
        "market": one.keys[Dimension.MARKET],
        "industry": one.keys[Dimension.INDUSTRY],
        "park": one.keys[Dimension.PARK],
    }
    return EntryOut(
        thread_id=one.thread.id,
        number=one.number,
        on=local_day(one.opened_at),
        title=str(one.thread.title_values.get("name", "")),
        parties=[party.name for party in one.parties],
        steps=[
            StepOut(on=local_day(s.at), verb=s.verb, source=s.source, target=s.target)
            for s in one.steps
        ],
        outcome=one.case.outcome.value if one.case and one.case.outcome else "",
        person=one.person,
        **keys,
    )
