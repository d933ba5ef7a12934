"""Pages of issued reports: the list, one of them, the rows behind its figures."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from service.cases.reckoning import local_day
from service.core import clock
from service.core.db import DbSession
from service.core.errors import Problem
from service.core.pagination import Cursor, CursorOfQuery
from service.identity.permissions import Actor, Permission
from service.identity.repository import names_of
from service.report.access import Issuer, Reader
from service.report.asking import BehindOfQuery
from service.report.domain import At, Period, PeriodKind
from service.report.pages import listed, shown, split_name
from service.report.repository import Issued
from service.report.schemas import IssueIn
from service.report.showing import Address
from service.report.usecases.issuing import issue_report, issued_report, rows_issued
from service.ui.forms import Form, PostedForm, read_form
from service.ui.render import page

router = APIRouter(include_in_schema=False)
SEE_OTHER = 303


@router.get("/report/issues")
def issues_page(
    request: Request, actor: Reader, session: DbSession, cursor: CursorOfQuery
) -> Response:
    """Show the issued reports, and the form to issue one."""
    last = Period.of(local_day(clock.now()), PeriodKind.MONTH).before()
    return _issues(request, actor, session, cursor, Form.blank(period=str(last)))


def _issues(
    request: Request,
    actor: Actor,
    session: Session,
    cursor: Cursor,
    form: Form,
    status: int = 200,
) -> Response:
    rows, following = Issued(session, actor).page(cursor)
    people = [row.issued_by for row in rows if row.issued_by]
    return page(
        request,
        "report/issues.html",
        status=status,
        rows=rows,
        following=following,
        names=names_of(session, people, [row.station_id for row in rows]),
        issues=actor.can(Permission.REPORT_ISSUE),
        form=form,
    )


@router.post("/report/issues")
def issue(request: Request, actor: Issuer, session: DbSession, sent: PostedForm) -> Response:
    """Issue the report of a period that is over."""
    try:
        row = issue_report(session, actor, **read_form(IssueIn, sent).model_dump())
    except Problem as problem:
        form = Form.after(problem, sent)
        return _issues(request, actor, session, Cursor(), form, problem.status)
    return RedirectResponse(f"/report/issues/{row.id}", SEE_OTHER)


@router.get("/report/issues/{report_id}")
def issued_page(request: Request, report_id: UUID, actor: Reader, session: DbSession) -> Response:
    """Show a report as it was issued."""
    row = Issued(session, actor).get(report_id)
    address = Address(f"/report/issues/{row.id}/rows", frozen=True)
    return shown(request, actor, session, issued_report(row), address, issued=row)


@router.get("/report/issues/{report_id}/rows")
def issued_rows(
    request: Request,
    report_id: UUID,
    actor: Reader,
    session: DbSession,
    behind: BehindOfQuery,
    cursor: CursorOfQuery,
    at: Annotated[At, Query()] = At.NOW,
) -> Response:
    """Show the rows that lay behind a figure when the report was issued."""
    row = Issued(session, actor).get(report_id)
    report = issued_report(row)
    told = (behind.measure, at, behind.by, behind.key, cursor)
    found = rows_issued(session, actor, row, *told)
    names = {str(key): name for key, name in report.names.items()}
    return listed(
        request,
        found,
        back=f"/report/issues/{row.id}",
        period=str(report.scope.period.compared().get(at, report.scope.period)),
        told=split_name(request, behind.by, behind.key, names),
    )
