"""The report and the ledger as files: Excel and PDF."""

from collections.abc import Callable, Mapping
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from service.core import clock
from service.core.db import Db
from service.core.errors import NotFound
from service.core.text import N_
from service.recordation.api_filings import download
from service.report.access import Reader
from service.report.asking import AskedOfQuery
from service.report.books import ledger_book, report_book
from service.report.domain import Report
from service.report.models import StationReport
from service.report.papers import ledger_paper, report_paper
from service.report.repository import Issued
from service.report.usecases.issuing import issued_report
from service.report.usecases.ledger import hidden_in, whole_ledger
from service.report.usecases.reporting import make_report
from service.ui.documents.pdf import pdf

router = APIRouter(include_in_schema=False)
PDF = "application/pdf"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAKES: Mapping[str, tuple[str, Callable[[Report, StationReport | None], bytes]]] = {
    "report.xlsx": (SHEET, lambda report, _: report_book(report)),
    "report.pdf": (PDF, lambda report, issued: pdf(report_paper(report, issued))),
}
LEDGERS = frozenset({"ledger.xlsx", "ledger.pdf"})


@router.get("/report/files/{name}")
def report_file(name: str, actor: Reader, database: Db, asked: AskedOfQuery) -> Response:
    """Give the report or the work ledger of a period as a workbook or a PDF."""
    with database.read() as session:
        scope = asked.scope(session, actor)
        if name in LEDGERS:
            entries = list(whole_ledger(session, actor, scope))
            hidden = hidden_in(session, actor, scope)
        else:
            report = make_report(session, actor, scope)
    if name == "ledger.xlsx":
        made, media = ledger_book(entries, str(scope.period)), SHEET
    elif name == "ledger.pdf":
        made, media = pdf(ledger_paper(entries, scope.period, hidden, clock.now())), PDF
    else:
        made, media = _made(name, report, None)
    return download(made, media, f"{scope.period}-{name}")


@router.get("/report/issues/{report_id}/{name}")
def issued_file(report_id: UUID, name: str, actor: Reader, database: Db) -> Response:
    """Give an issued report as a workbook or a PDF: always the same figures."""
    with database.read() as session:
        row = Issued(session, actor).get(report_id)
        report = issued_report(row)
        session.expunge(row)
    made, media = _made(name, report, row)
    return download(made, media, f"{row.period}-{row.edition}-{name}")


def _made(name: str, report: Report, issued: StationReport | None) -> tuple[bytes, str]:
    if name not in MAKES:
        raise NotFound(N_("There is no such paper."))
    media, make = MAKES[name]
    return make(report, issued), media
