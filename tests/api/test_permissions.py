"""Who may call what: every role on every route, every stranger's id, every form without its token.

The routes come from the application, so that a new one is under test the day it is added; who may
do what is written here by hand.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx2 as httpx
import pytest
from fastapi import FastAPI

from service.cases.domain import FeedScope
from service.cases.repository import Threads
from service.cases.usecases.deadlines import open_deadline
from service.cases.usecases.feeding import make_feed
from service.identity.guard import COOKIE, RateLimit
from service.identity.permissions import OrganisationKind, Permission, Role
from tests.builders import Someone, make_organisation, make_person
from tests.client import Browser, Program
from tests.db.notices.telling import tell
from tests.lint.routes import OPEN, SIGNED_IN, Access, every_access
from tests.register import load
from tests.screening_alerts import make_alert

ROOT = Path(__file__).resolve().parents[2]
EXPORTERS = {Role.EXPORTER_OWNER, Role.EXPORTER_STAFF}
PREPARERS = EXPORTERS | {Role.EXPORTER_AGENT}
STATION = {
    Role.STATION_CLERK,
    Role.STATION_CASE_WORKER,
    Role.STATION_LAWYER,
    Role.STATION_FINANCE_ADVISER,
    Role.STATION_TECHNICAL_EXPERT,
    Role.STATION_MEDIATOR,
    Role.STATION_LIAISON,
    Role.STATION_EXPERT,
    Role.STATION_LEAD,
}
SCREENERS = PREPARERS | STATION | {Role.CUSTOMS_LIAISON}
LIAISONS = {Role.CUSTOMS_LIAISON, Role.STATION_LIAISON}
OFFICE = {Role.ADMINISTRATOR, Role.AUDITOR}
CASE_WORKERS = SCREENERS - {Role.CUSTOMS_LIAISON}
CASE_RUNNERS = {
    Role.STATION_CASE_WORKER,
    Role.STATION_LAWYER,
    Role.STATION_MEDIATOR,
    Role.STATION_EXPERT,
    Role.STATION_LEAD,
}
MAY: Mapping[str, set[Role]] = {
    OPEN: set(Role),
    SIGNED_IN: set(Role),
    "account:edit": set(Role),
    "audit:read": OFFICE,
    "base:approve": {Role.STATION_CASE_WORKER, Role.STATION_LEAD},
    "base:consent": EXPORTERS,
    "base:join": PREPARERS | {Role.BUREAU_GUIDE, Role.CUSTOMS_LIAISON, Role.BODY_CONTACT},
    "base:read": set(Role) - {Role.ADMINISTRATOR},
    "base:write": {Role.STATION_CLERK, Role.STATION_CASE_WORKER, Role.STATION_LEAD},
    "calendar:manage": {Role.ADMINISTRATOR},
    "case:accept": CASE_RUNNERS,
    "case:assign": {Role.STATION_LEAD},
    "case:close": {Role.STATION_LEAD},
    "case:read": set(Role) - {Role.ADMINISTRATOR},
    "case:refer": CASE_RUNNERS | {Role.EXPORTER_OWNER},
    "case:write": CASE_WORKERS,
    "document:make": CASE_WORKERS | {Role.BODY_CONTACT},
    "document:sign": (CASE_WORKERS - {Role.EXPORTER_AGENT}) | {Role.BODY_CONTACT},
    "evidence:export": CASE_RUNNERS | {Role.EXPORTER_OWNER},
    "evidence:read": set(Role) - {Role.ADMINISTRATOR},
    "detention:act": PREPARERS | {Role.STATION_LIAISON, Role.STATION_LAWYER},
    "detention:close": {Role.EXPORTER_OWNER, Role.STATION_LIAISON, Role.STATION_LEAD},
    "detention:enter": SCREENERS,
    "detention:read": SCREENERS | {Role.BUREAU_GUIDE, Role.AUDITOR},
    "evidence:write": CASE_WORKERS | {Role.BODY_CONTACT, Role.CUSTOMS_LIAISON},
    "mediation:conduct": CASE_RUNNERS | {Role.BODY_CONTACT},
    "station:manage": {Role.STATION_LEAD},
    "station:read": STATION | {Role.BUREAU_GUIDE, Role.AUDITOR},
    "template:manage": {Role.ADMINISTRATOR},
    "track:move": CASE_WORKERS | {Role.BODY_CONTACT, Role.CUSTOMS_LIAISON},
    "deadline:read": set(Role) - {Role.ADMINISTRATOR},
    "deadline:waive": {Role.EXPORTER_OWNER, Role.STATION_LEAD},
    "deadline:write": SCREENERS,
    "decision:read": SCREENERS | {Role.AUDITOR},
    "decision:write": SCREENERS,
    "equivalent:read": SCREENERS | {Role.AUDITOR},
    "equivalent:write": STATION,
    "filing:check": {Role.CUSTOMS_LIAISON, Role.STATION_LIAISON},
    "filing:file": PREPARERS | {Role.STATION_LIAISON},
    "guidance:write": {Role.BUREAU_GUIDE},
    "import:read": OFFICE,
    "import:run": {Role.ADMINISTRATOR},
    "intake:desk": STATION,
    "intake:read": PREPARERS | STATION | {Role.BUREAU_GUIDE, Role.AUDITOR},
    "intake:write": PREPARERS | STATION,
    "intelligence:read": EXPORTERS | LIAISONS | {Role.AUDITOR},
    "intelligence:write": EXPORTERS | LIAISONS,
    "key:manage": EXPORTERS | {Role.STATION_LEAD, Role.ADMINISTRATOR},
    "knowledge:read": set(Role),
    "mandate:give": EXPORTERS,
    "mark:read": set(Role),
    "mark:write": {Role.ADMINISTRATOR},
    "notice:manage": {Role.EXPORTER_OWNER, Role.STATION_LEAD, Role.ADMINISTRATOR},
    "notice:read": set(Role),
    "organisation:edit": {Role.EXPORTER_OWNER, Role.STATION_LEAD, Role.ADMINISTRATOR},
    "organisation:manage": {Role.ADMINISTRATOR},
    "organisation:read": set(Role),
    "outreach:read": STATION | {Role.BUREAU_GUIDE, Role.CUSTOMS_LIAISON, Role.AUDITOR},
    "outreach:write": STATION | {Role.CUSTOMS_LIAISON},
    "person:erase": {Role.ADMINISTRATOR},
    "person:manage": {Role.EXPORTER_OWNER, Role.STATION_LEAD, Role.ADMINISTRATOR},
    "product:read": SCREENERS | {Role.AUDITOR},
    "product:write": PREPARERS,
    "recordation:read": SCREENERS | {Role.AUDITOR},
    "recordation:write": PREPARERS | {Role.STATION_LIAISON},
    "register:read": set(Role),
    "report:issue": {Role.STATION_LEAD},
    "report:read": STATION | {Role.BUREAU_GUIDE, Role.AUDITOR, Role.BODY_CONTACT},
    "right:read": SCREENERS | {Role.AUDITOR},
    "right:write": PREPARERS,
    "screening:read": SCREENERS | {Role.AUDITOR},
    "screening:run": SCREENERS,
    "screening:share": EXPORTERS,
    "watch:read": SCREENERS | {Role.AUDITOR},
    "watch:write": SCREENERS,
}
REFUSED = {401, 403}
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
PARAMETER = re.compile(r"{(\w+)(?::\w+)?}")
OF_NOBODY: Mapping[str, str] = {
    "office": "XX",
    "number": "1",
    "digest": "0",
    "name": "x.css",
    "code": "not-found",
    "run_id": str(uuid4()),
    "token": "unknown",
    "calendar": "cn",
    "year": "2027",
    "authority_code": "gacc",
    "connector": "euipo",
    "refresh_id": str(uuid4()),
    "paper": "ORC1",
    "group": "declarations",
    "event": "complete",
    "task_id": str(uuid4()),
    "kind": "csv",
    "station_id": str(uuid4()),
    "event_id": str(uuid4()),
    "equivalent_id": str(uuid4()),
    "line_id": str(uuid4()),
    "material_id": str(uuid4()),
    "warning_id": str(uuid4()),
    "typical_id": str(uuid4()),
    "checkup_id": str(uuid4()),
    "consent_id": str(uuid4()),
    "entry": "udrp",
    "contact_id": str(uuid4()),
    "expert_id": str(uuid4()),
    "finding_id": str(uuid4()),
    "grant_id": str(uuid4()),
    "note_id": str(uuid4()),
    "template_id": str(uuid4()),
    "report_id": str(uuid4()),
}
"""Parameters that name what belongs to no organisation: registers, their imports, the program."""
PRODUCT = {
    "sku": "EB-20",
    "name_zh": "电动自行车",
    "brands": ["雅迪"],
    "hs_codes": ["8711.60"],
    "markets": ["US"],
}
PRODUCT_FORM = {"sku": "EB-20", "name_zh": "车", "brands": "雅迪", "markets": "US", "origin": "CN"}
RIGHT = {"kind": "design", "status": "in_force", "title": "车架", "territory": "CN"}
MARK = {"kind": "trademark", "status": "in_force", "title": "雅迪", "territory": "CN"}
SCREENING = {"names": ["雅迪"], "route": {"origin": "XX", "destinations": ["XX"]}}
SHIPPING = {"names": ["雅迪"], "route": {"origin": "XX", "destinations": ["XX"]}}
WEBHOOK = {"url": "https://93.184.216.34/", "topics": ["watch.alert"]}
DECISION = {"hit_id": "1", "kind": "consent_held", "reason": "They wrote to us"}
PERSON = {"name": "王芳", "role": "exporter_staff"}
CASE = {
    "title": "YADEA held at the port",
    "service_line": "legal_service",
    "side": "accused",
    "dispute_kind": "customs_hold",
    "right_kind": "trademark",
    "source": "customs",
    "facts": "goods of ours were held",
}
INTAKE = {
    "channel": "web",
    "service_line": "mediation",
    "title": "YADEA copied",
    "visitor": "Yadea",
    "side": "holder",
    "dispute_kind": "infringement",
    "right_kind": "trademark",
}
DOCUMENT = {"kind": "aid_application", "entries": {"aid_wanted": "指导应诉"}}
EVIDENCE: Mapping[str, Any] = {
    "data": {"title": "A", "kind": "document", "obtained": "received"},
    "files": {"file": ("a.pdf", b"%PDF-1.7", "application/pdf")},
}
DETENTION = {
    "authority": "gacc",
    "side": "holder",
    "goods": "电动自行车",
    "paper": {"kind": "status_request", "served_at": "2026-09-30T16:40:00+08:00"},
}
CONTACT = {"kind": "customs", "name": "王关员"}
COST = {"kind": "storage", "amount": "1200"}
_TRACK = "/cases/{case_id}/tracks/{track_id}"
_PARTY = {"role": "third", "name": "B"}
_AGREEMENT = {"clauses": "一"}
_PROPOSAL = {"by": "A", "text": "B"}
_SESSION = {"at": "2030-01-01T09:00:00+08:00", "place": "301"}
_RECORD = {"record": "R", "attendees": [{"name": "A", "identity_checked": True}]}
CASE_BODIES: Mapping[str, Mapping[str, Any]] = {
    "PUT /api/v1/cases/{case_id}": {"json": {"facts": "held"}},
    "POST /api/v1/cases/{case_id}/moves": {"json": {"event": "accept"}},
    "PUT /api/v1/cases/{case_id}/outcome": {"json": {"outcome": "settled"}},
    "POST /api/v1/cases/{case_id}/parties": {"json": _PARTY},
    "POST /api/v1/cases/{case_id}/tracks": {"json": {"kind": "civil"}},
    f"PUT /api/v1{_TRACK}": {"json": {"number": "7"}},
    f"POST /api/v1{_TRACK}/moves": {"json": {"event": "invite"}},
    f"POST /api/v1{_TRACK}/referral": {"json": {"body_id": str(uuid4())}},
    f"POST /api/v1{_TRACK}/sessions": {"json": _SESSION},
    f"PUT /api/v1{_TRACK}/sessions/{{session_id}}/record": {"json": _RECORD},
    f"POST /api/v1{_TRACK}/proposals": {"json": _PROPOSAL},
    f"PUT /api/v1{_TRACK}/agreement": {"json": _AGREEMENT},
    f"POST /api/v1{_TRACK}/agreement/signatures": {
        "json": {"party": str(uuid4()), "on": "2026-09-30"}
    },
    "POST /api/v1/screenings/{screening_id}/cases": {"json": {}},
    "POST /api/v1/threads/{thread_id}/evidence": EVIDENCE,
    "POST /api/v1/threads/{thread_id}/evidence/checks": {
        "json": {"evidence": [], "recipient": "A", "answers": {}}
    },
    "POST /api/v1/threads/{thread_id}/evidence/bundle": {
        "json": {"evidence": [], "destination": "domestic"}
    },
    "POST /api/v1/evidence/{evidence_id}/custody": {"json": {"event": "copied"}},
    "POST /api/v1/cases/{case_id}/documents": {"json": {"kind": "transfer_letter"}},
    "POST /cases/{case_id}/documents": {"data": {"kind": "transfer_letter"}},
    "GET /cases/{case_id}/documents/new": {"params": {"kind": "transfer_letter"}},
    "POST /api/v1/documents/{document_id}/versions": {"json": {}},
    "POST /api/v1/documents/{document_id}/signatures": {
        "json": {"signature_id": str(uuid4()), "on": "2026-09-30", "proof": "A"}
    },
    "POST /screenings/{screening_id}/case": {"data": {"title": "A"}},
    "POST /cases/{case_id}/tracks": {"data": {"kind": "civil"}},
}
MESSAGE: Mapping[str, Any] = {"files": {"file": ("a.pdf", b"%PDF-1.7", "application/pdf")}}
FOLLOW_UP = {"on": "2026-01-02", "way": "phone", "spoke_with": "A"}
STATION_BODIES: Mapping[str, Mapping[str, Any]] = {
    "PUT /api/v1/intakes/{intake_id}": {"json": INTAKE},
    "POST /api/v1/intakes/{intake_id}/moves": {"json": {"event": "accept"}},
    "POST /api/v1/intakes/{intake_id}/check/clearance": {"json": {"note": "A"}},
    "POST /api/v1/intakes/{intake_id}/case": {"json": {}},
    "POST /api/v1/alerts/{alert_id}/cases": {"json": {}},
    "POST /api/v1/intakes/{intake_id}/answers": {"json": {"text": "A"}},
    "POST /api/v1/intakes/{intake_id}/messages": MESSAGE,
    "POST /api/v1/intakes/{intake_id}/findings/{finding_id}": {"json": {"confirmed": False}},
    "POST /intakes/{intake_id}/messages": MESSAGE,
    "PUT /api/v1/experts/{expert_id}": {"json": {"name": "A"}},
    "PUT /api/v1/contacts/{contact_id}": {"json": {"name": "A", "kind": "resident"}},
    "POST /api/v1/threads/{thread_id}/notes": {"json": {"text": "A"}},
    "POST /api/v1/threads/{thread_id}/notes/{note_id}/receipt": {"json": {}},
    "PUT /api/v1/threads/{thread_id}/handler": {"json": {"person_id": str(uuid4())}},
    "PUT /api/v1/threads/{thread_id}/confidentiality": {"json": {"confidentiality": "open"}},
    "POST /api/v1/threads/{thread_id}/grants": {"json": {"organisation_id": str(uuid4())}},
    "POST /api/v1/threads/{thread_id}/passing": {"json": {"direction": "up", "note": "A"}},
    "POST /threads/{thread_id}/guidance": {"data": {"text": "A"}},
    "POST /alerts/{alert_id}/case": {"data": {"title": "A"}},
    "POST /api/v1/threads/{thread_id}/follow-ups": {"json": FOLLOW_UP},
    "POST /threads/{thread_id}/follow-ups": {"data": FOLLOW_UP},
    "GET /api/v1/report/issues/{report_id}/rows": {"params": {"measure": "case.begun"}},
    "GET /report/issues/{report_id}/rows": {"params": {"measure": "case.begun"}},
}
_HOLD = "/api/v1/detentions/{detention_id}"
DETENTION_BODIES: Mapping[str, Mapping[str, Any]] = {
    f"PUT {_HOLD}": {"json": {"goods": "车"}},
    f"POST {_HOLD}/papers": {"json": DETENTION["paper"]},
    f"POST {_HOLD}/steps": {"json": {"event": "apply"}},
    f"POST {_HOLD}/contacts": {"json": CONTACT},
    f"POST {_HOLD}/contacts/{{contact_id}}/answer": {"json": {}},
    f"PUT {_HOLD}/inspection": {"json": {"at": "2030-01-01T09:00:00+08:00", "place": "A"}},
    f"POST {_HOLD}/costs": {"json": COST},
    f"PUT {_HOLD}/costs/{{cost_id}}": {"json": {}},
}
BODIES: Mapping[str, Mapping[str, Any]] = {
    **CASE_BODIES,
    **STATION_BODIES,
    **DETENTION_BODIES,
    "PUT /api/v1/organisations/{organisation_id}": {"json": {"name_zh": "甲"}},
    "POST /api/v1/organisations/{organisation_id}/documents": {
        "json": {"kind": "business_licence", "file_id": str(uuid4())}
    },
    "PUT /api/v1/people/{person_id}": {"json": PERSON},
    "PUT /api/v1/products/{product_id}": {"json": PRODUCT},
    "PUT /api/v1/rights/{right_id}": {"json": RIGHT},
    "POST /api/v1/rights/{right_id}/documents": {
        "json": {"kind": "filing_receipt", "file_id": str(uuid4())}
    },
    "POST /api/v1/deadlines/{deadline_id}/acts": {"json": {"act": "confirm"}},
    "POST /deadlines/{deadline_id}": {"data": {"act": "confirm", "version": "1"}},
    "PUT /api/v1/calendar-years/{calendar}/{year}": {"json": {"notice": "N", "closed": []}},
    "POST /api/v1/products/{product_id}/shares": {"json": {"organisation_id": str(uuid4())}},
    "POST /api/v1/rights/{right_id}/shares": {"json": {"organisation_id": str(uuid4())}},
    "POST /api/v1/screenings/{screening_id}/shares": {"json": {"organisation_id": str(uuid4())}},
    "POST /products/{product_id}": {"data": PRODUCT_FORM},
    "POST /api/v1/papers/{paper_id}/got": {"json": {"file_id": str(uuid4())}},
    "PUT /api/v1/recordation/rights/{asset_id}": {"json": {"title": "雅迪"}},
    "POST /api/v1/recordation/rights/{asset_id}/leads": {"json": {"suspect": "某厂"}},
    "POST /api/v1/recordation/rights/{asset_id}/authorised-users": {
        "json": {"name": "甲", "relation": "oem", "valid_from": "2026-01-01"}
    },
    "POST /api/v1/recordation/rights/{asset_id}/authorised-users/imports": {
        "files": {"file": ("u.csv", b"name\n", "text/csv")}
    },
    "PUT /api/v1/recordation/holders/{holder_id}": {"json": {"name_zh": "甲"}},
    "PUT /api/v1/recordation/holders/{holder_id}/contacts": {
        "json": {"role": "legal", "name": "甲"}
    },
    "PUT /api/v1/recordation/holders/{holder_id}/agents": {"json": {"name": "甲"}},
    "POST /api/v1/recordation/goods/{goods_id}/cards": {"json": {"office": "洋山海关"}},
    "POST /api/v1/outreach/{enterprise_id}/contacts": {
        "json": {"on": "2026-01-02", "channel": "phone", "result": "informed"}
    },
    "PUT /api/v1/filings/{filing_id}/answers": {"json": {"group": "x", "answers": {}}},
    "POST /api/v1/filings/{filing_id}/steps": {"json": {"event": "complete", "version": 1}},
    "POST /screenings/{screening_id}/share": {"data": {"station": str(uuid4())}},
}
"""What a call must carry to come as far as the thing it is about."""


def calls(app: FastAPI) -> list[Access]:
    return [each for each in every_access(app) if not each.path.startswith("/static")]


def address(path: str, values: Mapping[str, str]) -> str:
    return PARAMETER.sub(lambda match: values.get(match.group(1), str(uuid4())), path)


class Caller:
    """Somebody who calls routes: as a program under the interface, as a browser on the pages."""

    def __init__(self, app: FastAPI, who: Someone | None = None) -> None:
        app.state.rate_limit = RateLimit(1_000_000)  # every route is asked, in less than a minute
        self._app, self._who = app, who
        self._program = Program(app, who)
        self._browser = Browser(app, who)

    def call(self, access: Access, values: Mapping[str, str]) -> httpx.Response:
        """Call a route with these values in its address and what it needs in its body."""
        options = dict(BODIES.get(f"{access.method} {access.path}", {}))
        client, path = self._program.client, address(access.path, values)
        if not access.path.startswith("/api/"):
            client = self._browser.client
            if access.method in UNSAFE:
                options["data"] = {"csrf_token": self._browser.csrf, **options.get("data", {})}
        answer = client.request(access.method, path, follow_redirects=False, **options)
        if COOKIE in answer.headers.get("set-cookie", ""):  # signed out, or in anew
            self._browser = Browser(self._app, self._who)
        return answer


@dataclass(frozen=True, slots=True)
class Owner:
    """An exporter with one thing of every kind, by the parameter that names it in addresses."""

    someone: Someone
    things: Mapping[str, str]


@pytest.fixture
def owner(app: FastAPI) -> Owner:
    load(app.state.database, app.state.settings)
    someone = make_person(app.state.database, Role.EXPORTER_OWNER)
    program = Program(app, someone)

    def made(path: str, **body: Any) -> dict[str, Any]:
        answer: dict[str, Any] = program.call("POST", path, status=201, **body).json()
        return answer

    png = b"\x89PNG\r\n\x1a\n" + b"0" * 32
    key = {"name": "ERP", "scopes": ["screening:run"]}
    screening = made("/api/v1/screenings", json=SCREENING)
    ruling = DECISION | {"screening_id": screening["screening_id"]}
    things = {
        "screening_id": screening["screening_id"],
        "catalogue_id": program.call(
            "POST",
            "/api/v1/catalogues",
            status=202,
            files={"file": ("p.csv", b"name,to\nYADEA,XX\n", "text/csv")},
        ).json()["id"],
        "decision_id": made("/api/v1/decisions", json=ruling)["id"],
        "watch_id": made("/api/v1/watches", json={"names": ["YADEA"]})["id"],
        "alert_id": str(make_alert(app.state.database, someone).id),
        "paper_id": Program(app, someone).call("GET", "/api/v1/papers").json()[0]["id"],
        "product_id": made("/api/v1/products", json=PRODUCT)["id"],
        "right_id": made("/api/v1/rights", json=RIGHT)["id"],
        "file_id": made("/api/v1/files", files={"file": ("a.png", png, "image/png")})["id"],
        "key_id": made("/api/v1/keys", json=key)["id"],
        "notice_id": notice_of(app, someone),
        "webhook_id": made("/api/v1/webhooks", json=WEBHOOK)["id"],
        "organisation_id": str(someone.organisation_id),
        "enterprise_id": str(someone.organisation_id),
        "person_id": made("/api/v1/people", json=PERSON | {"login": "wangfang"})["id"],
        "mark_right_id": made("/api/v1/rights", json=MARK)["id"],
    }
    right = made("/api/v1/recordation/rights", json={"right_id": things["mark_right_id"]})
    user = {"name": "甲", "relation": "oem", "valid_from": "2026-01-01"}
    users = f"/api/v1/recordation/rights/{right['id']}/authorised-users"
    filing = made("/api/v1/filings", json={"asset_id": right["id"], "authority": "gacc"})
    goods = made("/api/v1/recordation/goods", json={"name_zh": "车"})
    customs = make_organisation(app.state.database, OrganisationKind.CUSTOMS)
    mandate = {"to_id": str(customs.id), "valid_from": "2026-01-01"}
    cards = f"/api/v1/recordation/goods/{goods['id']}/cards"
    things |= {
        "asset_id": right["id"],
        "holder_id": right["holder_id"],
        "user_id": made(users, json=user)["id"],
        "goods_id": goods["id"],
        "mandate_id": made("/api/v1/recordation/mandates", json=mandate)["id"],
        "card_id": made(cards, json={"office": "洋山海关"})["id"],
        "check_id": made("/api/v1/shipping-checks", json=SHIPPING)["check_id"],
        "filing_id": filing["id"],
    }
    hold = made("/api/v1/detentions", json=DETENTION)["id"]
    things |= {
        "detention_id": hold,
        "contact_id": made(f"/api/v1/detentions/{hold}/contacts", json=CONTACT)["id"],
        "cost_id": made(f"/api/v1/detentions/{hold}/costs", json=COST)["id"],
    }
    things |= make_matter(app, someone)
    station = make_organisation(app.state.database, OrganisationKind.STATION)
    place = {"station_id": str(station.id)}
    things["intake_id"] = made("/api/v1/intakes", json=INTAKE | place)["id"]
    return Owner(someone, things)


def notice_of(app: FastAPI, someone: Someone) -> str:
    with app.state.database.write() as session:
        tell(session, people=[someone.person_id])
    return str(Program(app, someone).call("GET", "/api/v1/notices").json()["items"][0]["id"])


def make_matter(app: FastAPI, someone: Someone) -> dict[str, str]:
    """Give somebody a case with a mediation, evidence and a clock; and a calendar feed."""
    program = Program(app, someone)
    parties = [{"role": "respondent", "name": "Acme"}, {"role": "applicant", "name": "甲"}]
    case = program.call("POST", "/api/v1/cases", status=201, json=CASE | {"parties": parties})
    case_id = case.json()["id"]
    place = f"/api/v1/cases/{case_id}"
    track = program.call("POST", f"{place}/tracks", status=201, json={"kind": "mediation"})
    named = program.call("GET", f"{place}/parties", status=200).json()[0]
    item = program.call("POST", f"/api/v1/threads/{case_id}/evidence", status=201, **EVIDENCE)
    letter = program.call("POST", f"{place}/documents", status=201, json=DOCUMENT).json()
    with app.state.database.write() as session:
        thread = Threads(session, someone.actor).get(UUID(case_id))
        deadline = open_deadline(
            session,
            someone.actor,
            thread,
            "cn-gacc-notice-response",
            trigger=date(2026, 9, 30),
            event="notice",
        )
        feed, _ = make_feed(session, someone.actor, FeedScope.MINE)
        return {
            "case_id": case_id,
            "thread_id": case_id,
            "track_id": track.json()["id"],
            "party_id": named["id"],
            "session_id": str(uuid4()),
            "evidence_id": item.json()["id"],
            "document_id": letter["id"],
            "signature_id": letter["versions"][0]["signatures"][0]["id"],
            "deadline_id": str(deadline.id),
            "feed_id": str(feed.id),
        }


def test_every_permission_has_its_line_in_the_table() -> None:
    assert set(MAY) == {OPEN, SIGNED_IN} | {permission.value for permission in Permission}


@pytest.mark.parametrize("role", Role)
def test_a_role_passes_just_where_the_table_lets_it(app: FastAPI, role: Role) -> None:
    caller = Caller(app, make_person(app.state.database, role))
    # Whoever is refused is so before the route's first query, alike on every database.
    refusals = app.state.database.is_sqlite

    wrong = []
    for access in calls(app):
        allowed = all(role in MAY[need] for need in access.needs)
        if not (allowed or refusals):
            continue
        status = caller.call(access, OF_NOBODY).status_code
        if (status not in REFUSED) is not allowed or status == 500:
            wrong.append((access.method, access.path, status))

    assert wrong == []


def test_nobody_comes_in_without_signing_in(app: FastAPI) -> None:
    nobody = Caller(app)

    wrong = [
        (access.method, access.path)
        for access in calls(app)
        if access.needs != (OPEN,) and nobody.call(access, OF_NOBODY).status_code != 401
    ]

    assert wrong == []


def test_a_key_does_no_more_than_its_scopes(app: FastAPI, owner: Owner) -> None:
    secret = Program(app, owner.someone).call(
        "POST", "/api/v1/keys", status=201, json={"name": "ERP", "scopes": ["mark:read"]}
    )
    program = Program(app)
    program.client.headers["Authorization"] = f"Bearer {secret.json()['secret']}"

    wrong = []
    for access in calls(app):
        if not access.path.startswith("/api/v1"):
            continue
        path = address(access.path, {**OF_NOBODY, **owner.things})
        refused = program.call(access.method, path).status_code == 403
        if refused is not (access.needs not in {(SIGNED_IN,), ("mark:read",)}):
            wrong.append((access.method, access.path))

    assert wrong == []


def test_every_parameter_of_an_address_is_owned_or_belongs_to_nobody(
    app: FastAPI, owner: Owner
) -> None:
    found = {name for access in every_access(app) for name in PARAMETER.findall(access.path)}

    assert found - owner.things.keys() - OF_NOBODY.keys() == set()


@pytest.mark.parametrize("role", [Role.EXPORTER_OWNER, Role.STATION_LEAD, Role.CUSTOMS_LIAISON])
def test_a_strangers_thing_looks_absent_on_every_route(
    app: FastAPI, owner: Owner, role: Role
) -> None:
    stranger = Caller(app, make_person(app.state.database, role))

    wrong = []
    for access in calls(app):
        ours = owner.things.keys() & set(PARAMETER.findall(access.path))
        if not ours or not all(role in MAY[need] for need in access.needs):
            continue
        status = stranger.call(access, {**OF_NOBODY, **owner.things}).status_code
        if status != 404:
            wrong.append((access.method, access.path, status))

    assert wrong == []


def test_a_strangers_call_changes_nothing(app: FastAPI, owner: Owner) -> None:
    program = Program(app, owner.someone)
    reads = (
        "screenings/{screening_id}",
        "products/{product_id}",
        "rights/{right_id}",
        "organisations/{organisation_id}",
        "people/{person_id}",
        "keys",
    )
    paths = [address(f"/api/v1/{path}", owner.things) for path in reads]
    before = [program.call("GET", path, status=200).content for path in paths]
    stranger = Caller(app, make_person(app.state.database, Role.EXPORTER_OWNER))

    for access in calls(app):
        if access.method in UNSAFE and owner.things.keys() & set(PARAMETER.findall(access.path)):
            stranger.call(access, owner.things)

    assert [program.call("GET", path, status=200).content for path in paths][:5] == before[:5]


LISTINGS = ("screenings", "products", "rights", "keys", "people")


def test_a_strangers_lists_are_empty(app: FastAPI, owner: Owner) -> None:
    stranger = make_person(app.state.database, Role.EXPORTER_OWNER)

    found = {}
    for listing in LISTINGS:
        mine = Program(app, owner.someone).call("GET", f"/api/v1/{listing}", status=200).text
        theirs = Program(app, stranger).call("GET", f"/api/v1/{listing}", status=200).text
        seen = [name for name, value in owner.things.items() if value in theirs]
        found[listing] = seen, any(value in mine for value in owner.things.values())

    assert found == dict.fromkeys(LISTINGS, ([], True))


@pytest.mark.parametrize("token", ["", "wrong"])
def test_no_page_changes_anything_without_the_token_of_its_session(
    app: FastAPI, owner: Owner, token: str
) -> None:
    people = [owner.someone, make_person(app.state.database, Role.ADMINISTRATOR)]

    wrong = []
    for someone in people:
        browser = Browser(app, someone)
        for access in calls(app):
            if access.path.startswith("/api/") or access.method not in UNSAFE:
                continue
            path = address(access.path, {**OF_NOBODY, **owner.things})
            answer = browser.client.request(
                access.method, path, data={"csrf_token": token}, follow_redirects=False
            )
            if answer.status_code != 403:
                wrong.append((access.method, access.path, answer.status_code))

    assert wrong == []


def test_no_cookie_changes_anything_under_the_interface_without_its_token(
    app: FastAPI, owner: Owner
) -> None:
    browser = Browser(app, owner.someone)

    wrong = []
    for access in calls(app):
        if access.path.startswith("/api/") and access.method in UNSAFE:
            path = address(access.path, {**OF_NOBODY, **owner.things})
            answer = browser.client.request(access.method, path, json={})
            if answer.status_code != 403:
                wrong.append((access.method, access.path, answer.status_code))

    assert wrong == []


HAND_READ = re.compile(r"""sent(?:\.get(?:list)?\(|\[)"(\w+)\"""")


def test_nonsense_in_a_form_is_no_fault_of_ours(app: FastAPI, owner: Owner) -> None:
    sources = (ROOT / "service").rglob("pages*.py")
    names = {name for path in sources for name in HAND_READ.findall(path.read_text("utf-8"))}
    browser = Browser(app, owner.someone)

    wrong = []
    for access in calls(app):
        if access.path.startswith("/api/") or access.method not in UNSAFE:
            continue
        path = address(access.path, {**OF_NOBODY, **owner.things})
        form = dict.fromkeys(names, "nonsense") | {"csrf_token": browser.csrf}
        answer = browser.client.request(access.method, path, data=form, follow_redirects=False)
        if answer.status_code >= 500:
            wrong.append((access.method, access.path))
        if COOKIE in answer.headers.get("set-cookie", ""):
            browser = Browser(app, owner.someone)

    assert len(names) > 20
    assert wrong == []


def test_no_form_is_taken_from_another_site(app: FastAPI) -> None:
    client = Browser(app).client
    client.headers["Sec-Fetch-Site"] = "cross-site"

    wrong = [
        access.path
        for access in calls(app)
        if access.method in UNSAFE
        and not access.path.startswith("/api/")
        and client.request(access.method, address(access.path, OF_NOBODY)).status_code != 403
    ]

    assert wrong == []
