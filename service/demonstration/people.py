"""The demonstration's sign-ins: one for each group of users, with passwords drawn at random."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from service.core.settings import Settings
from service.core.text import N_
from service.identity.permissions import Role


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who can sign in to the demonstration."""

    login: str
    role: Role
    organisation: str
    """Code in `organisations.csv`."""
    name: str
    who: str
    """Message id: what the person comes to do."""


GUESTS = (
    Guest("exporter", Role.EXPORTER_OWNER, "V001", "演示·企业", N_("Exporter: screens its brands")),
    Guest("agent", Role.EXPORTER_AGENT, "V001", "演示·代理", N_("The exporter's agent")),
    Guest("clerk", Role.STATION_CLERK, "STATION", "演示·窗口", N_("Station clerk: the counter")),
    Guest("worker", Role.STATION_CASE_WORKER, "STATION", "演示·承办", N_("Station case worker")),
    Guest("lawyer", Role.STATION_LAWYER, "STATION", "演示·律师", N_("Resident lawyer")),
    Guest(
        "finance",
        Role.STATION_FINANCE_ADVISER,
        "STATION",
        "演示·金融",
        N_("Resident finance adviser"),
    ),
    Guest(
        "technical", Role.STATION_TECHNICAL_EXPERT, "STATION", "演示·技术", N_("Technical expert")
    ),
    Guest("conciliator", Role.STATION_MEDIATOR, "STATION", "演示·调解员", N_("Station mediator")),
    Guest(
        "expert", Role.STATION_EXPERT, "STATION", "演示·专家", N_("Station expert: gives advice")
    ),
    Guest(
        "filer", Role.STATION_LIAISON, "STATION", "演示·备案", N_("Station: files for exporters")
    ),
    Guest("lead", Role.STATION_LEAD, "STATION", "演示·站长", N_("Station lead: leads the station")),
    Guest("bureau", Role.BUREAU_GUIDE, "BUREAU", "演示·指导", N_("Bureau: guides and reads")),
    Guest("customs", Role.CUSTOMS_LIAISON, "CUSTOMS", "演示·关员", N_("Customs liaison")),
    Guest("court", Role.BODY_CONTACT, "COURT", "演示·法官", N_("Court")),
    Guest(
        "arbitration", Role.BODY_CONTACT, "ARBITRATION", "演示·仲裁", N_("Arbitration commission")
    ),
    Guest("mediator", Role.BODY_CONTACT, "MEDIATION", "演示·调解", N_("Mediation committee")),
    Guest("procurator", Role.BODY_CONTACT, "PROCURATORATE", "演示·检察", N_("Procuratorate")),
    Guest("appraiser", Role.BODY_CONTACT, "APPRAISAL", "演示·鉴定", N_("Appraisal institution")),
    Guest("park", Role.BODY_CONTACT, "PARK", "演示·园区", N_("Park management centre")),
    Guest("auditor", Role.AUDITOR, "OPERATOR", "演示·审计", N_("Auditor: reads everything")),
    Guest("admin", Role.ADMINISTRATOR, "OPERATOR", "演示·管理员", N_("Administrator")),
)


def sign_ins_file(settings: Settings) -> Path:
    """Return where the sign-ins are kept: readable by the owner of the installation only."""
    return settings.home / "demonstration-sign-ins.txt"


def kept_passwords(settings: Settings) -> dict[str, str]:
    """Return the passwords kept from an earlier run, by login."""
    path = sign_ins_file(settings)
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return dict(line.split("\t", 1) for line in lines if "\t" in line)


def keep_passwords(settings: Settings, passwords: Mapping[str, str]) -> None:
    """Keep the passwords for the next run to print, in a file of mode 0600."""
    path = sign_ins_file(settings)
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.writelines(f"{login}\t{password}\n" for login, password in passwords.items())
    part.replace(path)


def new_password() -> str:
    """Return 72 random bits that are easy to copy."""
    return "-".join(secrets.token_hex(3) for _ in range(3))
