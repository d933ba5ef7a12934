"""What roles and permissions are called on pages: message ids."""

from collections.abc import Mapping

from service.core.text import N_
from service.identity.permissions import Permission, Role

ROLE_NAMES: Mapping[Role, str] = {
    Role.EXPORTER_OWNER: N_("Exporter: person in charge"),
    Role.EXPORTER_STAFF: N_("Exporter: staff"),
    Role.STATION_CLERK: N_("Station: clerk"),
    Role.STATION_EXPERT: N_("Station: expert"),
    Role.STATION_LEAD: N_("Station: lead"),
    Role.BUREAU_GUIDE: N_("Bureau: guide"),
    Role.CUSTOMS_LIAISON: N_("Customs: liaison"),
    Role.BODY_CONTACT: N_("Outside body: contact"),
    Role.AUDITOR: N_("Auditor"),
    Role.ADMINISTRATOR: N_("Administrator"),
}

PERMISSION_NAMES: Mapping[Permission, str] = {
    Permission.AUDIT_READ: N_("Read the audit chain"),
    Permission.IMPORT_READ: N_("See imports"),
    Permission.IMPORT_RUN: N_("Import register files"),
    Permission.KEY_MANAGE: N_("Make and revoke API keys"),
    Permission.MARK_READ: N_("Read marks"),
    Permission.MARK_WRITE: N_("Correct marks"),
    Permission.ORGANISATION_MANAGE: N_("Manage organisations"),
    Permission.PERSON_ERASE: N_("Erase people"),
    Permission.PERSON_MANAGE: N_("Manage people"),
    Permission.PRODUCT_READ: N_("Read products"),
    Permission.PRODUCT_WRITE: N_("Enter products"),
    Permission.REGISTER_READ: N_("See registers and their freshness"),
    Permission.RIGHT_READ: N_("Read rights"),
    Permission.RIGHT_WRITE: N_("Enter rights"),
    Permission.SCREENING_READ: N_("Read screenings"),
    Permission.SCREENING_RUN: N_("Screen names"),
    Permission.SCREENING_SHARE: N_("Share screenings with a station"),
}
