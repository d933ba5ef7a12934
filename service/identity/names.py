"""What organisations, roles and permissions are called on pages: message ids."""

from collections.abc import Mapping

from service.core.text import N_
from service.identity.domain import Branch, Link
from service.identity.permissions import OrganisationKind, Permission, Role

KIND_NAMES: Mapping[OrganisationKind, str] = {
    OrganisationKind.EXPORTER: N_("Exporter"),
    OrganisationKind.STATION: N_("IP protection station"),
    OrganisationKind.BUREAU: N_("Bureau"),
    OrganisationKind.CUSTOMS: N_("Customs house"),
    OrganisationKind.BODY: N_("Outside body"),
    OrganisationKind.OPERATOR: N_("Operator of this installation"),
}

BRANCH_NAMES: Mapping[Branch, str] = {
    Branch.VEHICLE_MAKER: N_("Vehicle maker"),
    Branch.PARTS_MAKER: N_("Parts maker"),
    Branch.TRADER: N_("Trading company"),
    Branch.WORKSTATION: N_("Workstation in a park"),
    Branch.PROTECTION_CENTRE: N_("City protection centre"),
    Branch.COURT: N_("Court"),
    Branch.ARBITRATION: N_("Arbitration commission"),
    Branch.PEOPLES_MEDIATION: N_("People's mediation committee"),
    Branch.INDUSTRY_MEDIATION: N_("Industry mediation committee"),
    Branch.PROCURATORATE: N_("Procuratorate"),
    Branch.PARK: N_("Park management centre"),
}

LINK_NAMES: Mapping[Link, str] = {
    Link.PARENT: N_("Protection centre above it"),
    Link.OPERATOR: N_("Park management centre that runs it"),
    Link.SUPERVISOR: N_("Bureau that guides it"),
    Link.SERVED_BY: N_("Station that serves it"),
}

ROLE_NAMES: Mapping[Role, str] = {
    Role.EXPORTER_OWNER: N_("Exporter: person in charge"),
    Role.EXPORTER_STAFF: N_("Exporter: staff"),
    Role.EXPORTER_AGENT: N_("Exporter: agent"),
    Role.STATION_CLERK: N_("Station: clerk"),
    Role.STATION_CASE_WORKER: N_("Station: case worker"),
    Role.STATION_LAWYER: N_("Station: resident lawyer"),
    Role.STATION_FINANCE_ADVISER: N_("Station: resident finance adviser"),
    Role.STATION_TECHNICAL_EXPERT: N_("Station: technical expert"),
    Role.STATION_MEDIATOR: N_("Station: mediator"),
    Role.STATION_LIAISON: N_("Station: customs liaison"),
    Role.STATION_EXPERT: N_("Station: expert"),
    Role.STATION_LEAD: N_("Station: lead"),
    Role.BUREAU_GUIDE: N_("Bureau: guide"),
    Role.CUSTOMS_LIAISON: N_("Customs: liaison"),
    Role.BODY_CONTACT: N_("Outside body: contact"),
    Role.AUDITOR: N_("Auditor"),
    Role.ADMINISTRATOR: N_("Administrator"),
}

PERMISSION_NAMES: Mapping[Permission, str] = {
    Permission.ACCOUNT_EDIT: N_("Change one's own language and password"),
    Permission.AUDIT_READ: N_("Read the audit chain"),
    Permission.CALENDAR_MANAGE: N_("Enter calendar years"),
    Permission.CASE_ACCEPT: N_("Accept cases, or pass them on"),
    Permission.CASE_CLOSE: N_("Close cases and open them again"),
    Permission.CASE_READ: N_("Read cases"),
    Permission.CASE_REFER: N_("Refer tracks to outside bodies"),
    Permission.CASE_WRITE: N_("Open cases and work on them"),
    Permission.EVIDENCE_EXPORT: N_("Seal and export evidence"),
    Permission.EVIDENCE_READ: N_("Read evidence"),
    Permission.EVIDENCE_WRITE: N_("Take evidence in"),
    Permission.GUIDANCE_WRITE: N_("Guide a station in writing"),
    Permission.KNOWLEDGE_READ: N_("Read the knowledge base"),
    Permission.INTAKE_DESK: N_("Receive matters at the intake desk"),
    Permission.INTAKE_READ: N_("Read matters taken in"),
    Permission.INTAKE_WRITE: N_("Bring matters to a station"),
    Permission.STATION_MANAGE: N_("Manage a station and its roster"),
    Permission.STATION_READ: N_("See a station and its roster"),
    Permission.MEDIATION_CONDUCT: N_("Conduct mediations"),
    Permission.TRACK_MOVE: N_("Take steps of tracks"),
    Permission.DEADLINE_READ: N_("See deadlines"),
    Permission.DEADLINE_WAIVE: N_("Waive deadlines"),
    Permission.DEADLINE_WRITE: N_("Meet, confirm and correct deadlines"),
    Permission.DECISION_READ: N_("Read decisions on hits"),
    Permission.DECISION_WRITE: N_("Decide on hits"),
    Permission.FILING_CHECK: N_("Check filings and return them"),
    Permission.FILING_FILE: N_("File with customs and record decisions"),
    Permission.IMPORT_READ: N_("See imports"),
    Permission.IMPORT_RUN: N_("Import register files"),
    Permission.INTELLIGENCE_READ: N_("Read infringement leads"),
    Permission.INTELLIGENCE_WRITE: N_("Write down infringement leads"),
    Permission.KEY_MANAGE: N_("Make and revoke API keys"),
    Permission.MANDATE_GIVE: N_("Give mandates and name readers of hidden features"),
    Permission.MARK_READ: N_("Read marks"),
    Permission.MARK_WRITE: N_("Correct marks"),
    Permission.NOTICE_MANAGE: N_("Manage webhooks and working hours"),
    Permission.NOTICE_READ: N_("Read one's notices"),
    Permission.ORGANISATION_EDIT: N_("Change the particulars of one's organisation"),
    Permission.ORGANISATION_MANAGE: N_("Manage organisations"),
    Permission.ORGANISATION_READ: N_("Read the particulars of one's organisation"),
    Permission.PERSON_ERASE: N_("Erase people"),
    Permission.PERSON_MANAGE: N_("Manage people"),
    Permission.PRODUCT_READ: N_("Read products"),
    Permission.PRODUCT_WRITE: N_("Enter products"),
    Permission.RECORDATION_READ: N_("Read recordations"),
    Permission.RECORDATION_WRITE: N_("Prepare recordations"),
    Permission.REGISTER_READ: N_("See registers and their freshness"),
    Permission.RIGHT_READ: N_("Read rights"),
    Permission.RIGHT_WRITE: N_("Enter rights"),
    Permission.SCREENING_READ: N_("Read screenings"),
    Permission.SCREENING_RUN: N_("Screen names"),
    Permission.SCREENING_SHARE: N_("Share screenings with a station"),
    Permission.WATCH_READ: N_("Read watches and alerts"),
    Permission.WATCH_WRITE: N_("Watch names and close alerts"),
}
