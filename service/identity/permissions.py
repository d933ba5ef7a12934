"""What can be done (`thing:action`), who may do it, and the signed-in actor.

Writing never implies deleting or closing. A system administrator sees no case content by default.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request

from service.core.errors import NotSignedIn, PermissionDenied
from service.core.text import N_
from service.identity.domain import OrganisationKind as OrganisationKind  # used from here


class Permission(StrEnum):
    """`thing:action`, sorted."""

    ACCOUNT_EDIT = "account:edit"
    """One's own language and password."""
    AUDIT_READ = "audit:read"
    BASE_APPROVE = "base:approve"
    """The second person of a typical case; opens closed sheets again."""
    BASE_CONSENT = "base:consent"
    """Lets the station look into one's own for a check-up."""
    BASE_JOIN = "base:join"
    """Signs up for events, and is told of them."""
    BASE_READ = "base:read"
    """Events, warnings, typical cases and check-ups, as far as they were told to one."""
    BASE_WRITE = "base:write"
    CALENDAR_MANAGE = "calendar:manage"
    CASE_ACCEPT = "case:accept"
    CASE_ASSIGN = "case:assign"
    CASE_CLOSE = "case:close"
    CASE_READ = "case:read"
    CASE_REFER = "case:refer"
    CASE_WRITE = "case:write"
    DEADLINE_READ = "deadline:read"
    DEADLINE_WAIVE = "deadline:waive"
    DEADLINE_WRITE = "deadline:write"
    DECISION_READ = "decision:read"
    DECISION_WRITE = "decision:write"
    DETENTION_ACT = "detention:act"
    """Answer customs for the party, under its power of attorney."""
    DETENTION_CLOSE = "detention:close"
    DETENTION_ENTER = "detention:enter"
    """Enter notices and papers, contacts, inspections, costs."""
    DETENTION_READ = "detention:read"
    DOCUMENT_MAKE = "document:make"
    """Papers of cases and tracks; reading them goes with the case."""
    DOCUMENT_SIGN = "document:sign"
    """Note that somebody signed a paper."""
    EQUIVALENT_READ = "equivalent:read"
    """Names that stations entered as one to the public of a market."""
    EQUIVALENT_WRITE = "equivalent:write"
    EVIDENCE_EXPORT = "evidence:export"
    EVIDENCE_READ = "evidence:read"
    EVIDENCE_WRITE = "evidence:write"
    FILING_CHECK = "filing:check"
    FILING_FILE = "filing:file"
    GUIDANCE_WRITE = "guidance:write"
    """What a bureau advises the stations it guides."""
    IMPORT_READ = "import:read"
    IMPORT_RUN = "import:run"
    INTAKE_DESK = "intake:desk"
    """Works the desk: takes in for visitors, checks, asks for papers, answers."""
    INTAKE_READ = "intake:read"
    INTAKE_WRITE = "intake:write"
    INTELLIGENCE_READ = "intelligence:read"
    INTELLIGENCE_WRITE = "intelligence:write"
    KEY_MANAGE = "key:manage"
    KNOWLEDGE_READ = "knowledge:read"
    MANDATE_GIVE = "mandate:give"
    MARK_READ = "mark:read"
    MARK_WRITE = "mark:write"
    MEDIATION_CONDUCT = "mediation:conduct"
    NOTICE_MANAGE = "notice:manage"
    NOTICE_READ = "notice:read"
    ORGANISATION_EDIT = "organisation:edit"
    """The particulars of one's own."""
    ORGANISATION_MANAGE = "organisation:manage"
    ORGANISATION_READ = "organisation:read"
    OUTREACH_READ = "outreach:read"
    OUTREACH_WRITE = "outreach:write"
    """Calls on enterprises, and keeps what came of it."""
    PERSON_ERASE = "person:erase"
    PERSON_MANAGE = "person:manage"
    PRODUCT_READ = "product:read"
    PRODUCT_WRITE = "product:write"
    RECORDATION_READ = "recordation:read"
    RECORDATION_WRITE = "recordation:write"
    REGISTER_READ = "register:read"
    REPORT_ISSUE = "report:issue"
    """Issues the station's report: its figures are kept as they are."""
    REPORT_READ = "report:read"
    """Figures of one's station, or of those that report to one."""
    RIGHT_READ = "right:read"
    RIGHT_WRITE = "right:write"
    SCREENING_READ = "screening:read"
    SCREENING_RUN = "screening:run"
    SCREENING_SHARE = "screening:share"
    STATION_MANAGE = "station:manage"
    STATION_READ = "station:read"
    TEMPLATE_MANAGE = "template:manage"
    TRACK_MOVE = "track:move"
    WATCH_READ = "watch:read"
    WATCH_WRITE = "watch:write"


class Role(StrEnum):
    """What a person is within an organisation."""

    EXPORTER_OWNER = "exporter_owner"
    EXPORTER_STAFF = "exporter_staff"
    EXPORTER_AGENT = "exporter_agent"
    """Acts for the exporter by power of attorney: prepares, and opens nothing to others."""
    STATION_CLERK = "station_clerk"
    STATION_CASE_WORKER = "station_case_worker"
    STATION_LAWYER = "station_lawyer"
    STATION_FINANCE_ADVISER = "station_finance_adviser"
    STATION_TECHNICAL_EXPERT = "station_technical_expert"
    STATION_MEDIATOR = "station_mediator"
    STATION_LIAISON = "station_liaison"
    """Files with customs for exporters, under their power of attorney."""
    STATION_EXPERT = "station_expert"
    """A resident expert of any other kind."""
    STATION_LEAD = "station_lead"
    BUREAU_GUIDE = "bureau_guide"
    CUSTOMS_LIAISON = "customs_liaison"
    """A customs officer: checks, returns with reasons and guides, and files nothing."""
    BODY_CONTACT = "body_contact"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


P = Permission
_OWN = frozenset({P.ACCOUNT_EDIT, P.NOTICE_READ, P.ORGANISATION_READ})
_READ_REGISTER = _OWN | {P.MARK_READ, P.REGISTER_READ, P.KNOWLEDGE_READ}
_DECIDE = frozenset(
    {P.DECISION_READ, P.DECISION_WRITE, P.EQUIVALENT_READ, P.WATCH_READ, P.WATCH_WRITE}
)
_SCREEN = (
    _READ_REGISTER | _DECIDE | {P.SCREENING_RUN, P.SCREENING_READ, P.PRODUCT_READ, P.RIGHT_READ}
)
_PREPARE = _SCREEN | {P.PRODUCT_WRITE, P.RIGHT_WRITE}
_EXPORT = _PREPARE | {P.SCREENING_SHARE, P.KEY_MANAGE, P.BASE_CONSENT}
_SEE_RECORDS = frozenset({P.RECORDATION_READ})
_RECORD = frozenset({P.RECORDATION_READ, P.RECORDATION_WRITE, P.FILING_FILE})
_LEADS = frozenset({P.INTELLIGENCE_READ, P.INTELLIGENCE_WRITE})
_OPEN_RECORDS = _RECORD | _LEADS | {P.MANDATE_GIVE}
_CLOCKS = frozenset({P.DEADLINE_READ, P.DEADLINE_WRITE})
_SEE_CASES = frozenset({P.CASE_READ, P.EVIDENCE_READ})
_PAPERS = frozenset({P.DOCUMENT_MAKE, P.DOCUMENT_SIGN})
_WORK_CASES = _SEE_CASES | _PAPERS | {P.CASE_WRITE, P.TRACK_MOVE, P.EVIDENCE_WRITE}
_RUN_CASES = _WORK_CASES | {P.CASE_ACCEPT, P.CASE_REFER, P.EVIDENCE_EXPORT}
_SEE_HOLDS = frozenset({P.DETENTION_READ})
_ENTER_HOLDS = _SEE_HOLDS | {P.DETENTION_ENTER}
_ANSWER_HOLDS = _ENTER_HOLDS | {P.DETENTION_ACT}
_END_HOLDS = _ANSWER_HOLDS | {P.DETENTION_CLOSE}
_MEDIATE = frozenset({P.MEDIATION_CONDUCT})
_SEND_IN = frozenset({P.INTAKE_READ, P.INTAKE_WRITE})
_CALL_ON = frozenset({P.OUTREACH_READ, P.OUTREACH_WRITE})
_JOIN_BASE = frozenset({P.BASE_READ, P.BASE_JOIN})
_RUN_BASE = frozenset({P.BASE_READ, P.BASE_WRITE})
_LEAD_BASE = _RUN_BASE | {P.BASE_APPROVE}
_DESK = (
    _SEND_IN
    | _CALL_ON
    | {P.EQUIVALENT_WRITE, P.INTAKE_DESK, P.STATION_READ, P.BASE_READ, P.REPORT_READ}
)
_WATCH_DESK = frozenset(
    {P.INTAKE_READ, P.OUTREACH_READ, P.STATION_READ, P.BASE_READ, P.REPORT_READ}
)

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.EXPORTER_OWNER: _EXPORT
    | {P.PERSON_MANAGE, P.ORGANISATION_EDIT, P.NOTICE_MANAGE}
    | _CLOCKS
    | {P.DEADLINE_WAIVE}
    | _OPEN_RECORDS
    | _WORK_CASES
    | _SEND_IN
    | _JOIN_BASE
    | {P.CASE_REFER, P.EVIDENCE_EXPORT}
    | _END_HOLDS,
    Role.EXPORTER_STAFF: _EXPORT
    | _CLOCKS
    | _OPEN_RECORDS
    | _WORK_CASES
    | _SEND_IN
    | _JOIN_BASE
    | _ANSWER_HOLDS,
    Role.EXPORTER_AGENT: _PREPARE
    | _CLOCKS
    | _RECORD
    | (_WORK_CASES - {P.DOCUMENT_SIGN})
    | _SEND_IN
    | _JOIN_BASE
    | _ANSWER_HOLDS,
    Role.STATION_CLERK: _SCREEN
    | _DESK
    | _RUN_BASE
    | _CLOCKS
    | _SEE_RECORDS
    | _WORK_CASES
    | _ENTER_HOLDS,
    Role.STATION_CASE_WORKER: _SCREEN
    | _DESK
    | _LEAD_BASE
    | _CLOCKS
    | _SEE_RECORDS
    | _RUN_CASES
    | _MEDIATE
    | _ENTER_HOLDS,
    Role.STATION_LAWYER: _SCREEN
    | _DESK
    | _CLOCKS
    | _SEE_RECORDS
    | _RUN_CASES
    | _MEDIATE
    | _ANSWER_HOLDS,
    Role.STATION_FINANCE_ADVISER: _SCREEN
    | _DESK
    | _CLOCKS
    | _SEE_RECORDS
    | _WORK_CASES
    | _ENTER_HOLDS,
    Role.STATION_TECHNICAL_EXPERT: _SCREEN
    | _DESK
    | _CLOCKS
    | _SEE_RECORDS
    | _WORK_CASES
    | _ENTER_HOLDS,
    Role.STATION_MEDIATOR: _SCREEN
    | _DESK
    | _CLOCKS
    | _SEE_RECORDS
    | _RUN_CASES
    | _MEDIATE
    | _ENTER_HOLDS,
    Role.STATION_LIAISON: _SCREEN
    | _DESK
    | _CLOCKS
    | _RECORD
    | _LEADS
    | {P.FILING_CHECK}
    | _WORK_CASES
    | _END_HOLDS,
    Role.STATION_EXPERT: _SCREEN
    | _DESK
    | _CLOCKS
    | _SEE_RECORDS
    | _RUN_CASES
    | _MEDIATE
    | _ENTER_HOLDS,
    Role.STATION_LEAD: _SCREEN
    | _DESK
    | _LEAD_BASE
    | _CLOCKS
    | {P.PERSON_MANAGE, P.ORGANISATION_EDIT, P.KEY_MANAGE, P.NOTICE_MANAGE, P.DEADLINE_WAIVE}
    | _SEE_RECORDS
    | _RUN_CASES
    | _MEDIATE
    | {P.CASE_ASSIGN, P.CASE_CLOSE, P.STATION_MANAGE, P.REPORT_ISSUE}
    | _ENTER_HOLDS
    | {P.DETENTION_CLOSE},
    Role.BUREAU_GUIDE: _READ_REGISTER
    | {P.DEADLINE_READ, P.GUIDANCE_WRITE}
    | _SEE_CASES
    | _WATCH_DESK
    | _JOIN_BASE
    | _SEE_HOLDS,
    Role.CUSTOMS_LIAISON: _SCREEN
    | _JOIN_BASE
    | _CLOCKS
    | _LEADS
    | _CALL_ON
    | {P.RECORDATION_READ, P.FILING_CHECK}
    | _SEE_CASES
    | {P.TRACK_MOVE}
    | _ENTER_HOLDS
    | {P.EVIDENCE_WRITE},
    Role.BODY_CONTACT: _READ_REGISTER
    | _JOIN_BASE
    | {P.DEADLINE_READ, P.REPORT_READ}
    | _SEE_CASES
    | _MEDIATE
    | _PAPERS
    | {P.TRACK_MOVE, P.EVIDENCE_WRITE},
    Role.AUDITOR: _READ_REGISTER
    | {
        P.SCREENING_READ,
        P.PRODUCT_READ,
        P.RIGHT_READ,
        P.IMPORT_READ,
        P.AUDIT_READ,
        P.DEADLINE_READ,
        P.DECISION_READ,
        P.EQUIVALENT_READ,
        P.INTELLIGENCE_READ,
        P.RECORDATION_READ,
        P.WATCH_READ,
    }
    | _SEE_CASES
    | _WATCH_DESK
    | _SEE_HOLDS,
    Role.ADMINISTRATOR: _READ_REGISTER
    | {
        P.AUDIT_READ,
        P.CALENDAR_MANAGE,
        P.IMPORT_READ,
        P.IMPORT_RUN,
        P.KEY_MANAGE,
        P.MARK_WRITE,
        P.NOTICE_MANAGE,
        P.ORGANISATION_EDIT,
        P.ORGANISATION_MANAGE,
        P.PERSON_ERASE,
        P.PERSON_MANAGE,
        P.TEMPLATE_MANAGE,
    },
}

ROLES_OF: dict[OrganisationKind, frozenset[Role]] = {
    OrganisationKind.EXPORTER: frozenset(
        {Role.EXPORTER_OWNER, Role.EXPORTER_STAFF, Role.EXPORTER_AGENT}
    ),
    OrganisationKind.STATION: frozenset(
        {
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
    ),
    OrganisationKind.BUREAU: frozenset({Role.BUREAU_GUIDE}),
    OrganisationKind.CUSTOMS: frozenset({Role.CUSTOMS_LIAISON}),
    OrganisationKind.BODY: frozenset({Role.BODY_CONTACT}),
    OrganisationKind.OPERATOR: frozenset({Role.ADMINISTRATOR, Role.AUDITOR}),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person in one organisation, by session or by API key."""

    person_id: UUID | None
    """None for the console (`console()`), which acts with the rights of an administrator."""
    organisation_id: UUID | None
    role: Role
    scopes: frozenset[Permission] | None = None
    """What an API key is cut down to; None means all that the role grants."""
    reads_all: bool = False
    """An auditor or the console reads every organisation's rows."""
    until: datetime | None = None
    """When the API key that acts ends: no key it makes lives longer."""

    def can(self, permission: Permission) -> bool:
        """Say whether role and, for a key, scope grant `permission`."""
        return permission in GRANTS[self.role] and (
            self.scopes is None or permission in self.scopes
        )

    def need(self, permission: Permission) -> None:
        """Raise `PermissionDenied` unless `can(permission)`."""
        if not self.can(permission):
            raise PermissionDenied(
                N_("This needs the permission {permission}."), permission=permission.value
            )


def console(organisation_id: UUID | None = None, role: Role = Role.ADMINISTRATOR) -> Actor:
    """Return the actor of the command line: whoever can run it holds the database anyway."""
    return Actor(person_id=None, organisation_id=organisation_id, role=role, reads_all=True)


def current_actor_or_none(request: Request) -> Actor | None:
    """Return the signed-in actor, or None: for the few pages that are for everybody."""
    actor: Actor | None = getattr(request.state, "actor", None)
    return actor


# Dependencies that wait for nothing are `async`: a plain one is sent to a thread and back.


async def current_actor(request: Request) -> Actor:
    """Return the signed-in actor, or raise `NotSignedIn`."""
    actor = current_actor_or_none(request)
    if actor is None:
        raise NotSignedIn(N_("Sign in, or send an API key as `Authorization: Bearer …`."))
    return actor


def require(permission: Permission) -> Callable[[Actor], Awaitable[Actor]]:
    """Make a dependency that yields the actor, or raises `NotSignedIn` or `PermissionDenied`."""

    async def check(actor: Annotated[Actor, Depends(current_actor)]) -> Actor:
        actor.need(permission)
        return actor

    check.permission = permission  # type: ignore[attr-defined]  # read by the table test of routes
    return check
