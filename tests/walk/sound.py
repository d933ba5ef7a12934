"""Whether all that a step writes is there together: nothing half-done, and no chain broken."""

import hashlib
from collections import Counter
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.cases.custody import faults_of
from service.cases.models import TimelineEntry
from service.cases.models_evidence import CustodyEvent, Evidence
from service.core import audit
from service.core.audit import AuditEvent
from service.core.db import Database
from service.core.files import Files
from service.core.migrate import import_every_model
from service.dispute.models import DisputeCase, PaperVersion, Track
from service.recordation.detention.models import Detention

MOVED: tuple[Any, ...] = (Detention, DisputeCase, Track)
NAMED = {"thread", "audit_event", "audit_head", "notice", "delivery", "replay", "job"}
BELONGS = {"thread_id", "detention_id", "evidence_id", "track_id", "paper_id", "version_id"}
"""Tables that a step of a case writes: these, and what names one of those things."""


def state(database: Database) -> dict[str, str]:
    """Return a hash of the rows of every table that a step writes."""
    found = {}
    with database.read() as session:
        for name, table in import_every_model().tables.items():
            if name in NAMED or BELONGS & set(table.columns.keys()):
                rows = sorted(map(repr, session.execute(sa.select(table))))
                found[name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def faults(database: Database, files: Files) -> list[str]:
    """Return whatever is half-done."""
    with database.read() as session:
        return [
            *(f"audit {fault.number}: {fault.what}" for fault in audit.verify(session)),
            *_statuses(session),
            *_audited(session),
            *_kept(session, files),
        ]


def _statuses(session: Session) -> list[str]:
    """Compare each status with the last step its timeline tells."""
    last: dict[UUID, str] = {}
    entries = sa.select(TimelineEntry).where(TimelineEntry.target != "").order_by(TimelineEntry.id)
    for entry in session.scalars(entries):
        last[entry.part_id] = entry.target
    return [
        f"{model.__tablename__} {row.id} is {row.status}, its timeline says {last[row.id]}"
        for model in MOVED
        for row in session.scalars(sa.select(model))
        if last.get(row.id, row.status) != row.status
    ]


def _audited(session: Session) -> list[str]:
    """Ask that every entry of a timeline has its audit row, and one only."""
    told = {str(key) for key in session.scalars(sa.select(TimelineEntry.id))}
    details = session.scalars(sa.select(AuditEvent.detail))
    noted = Counter(detail["entry"] for detail in details if "entry" in detail)
    return [
        *(f"entry {key} has no audit row" for key in told - noted.keys()),
        *(f"audit row of entry {key}" for key, n in noted.items() if n > 1 or key not in told),
    ]


def _kept(session: Session, files: Files) -> list[str]:
    """Follow every custody chain, and look for every file that is named."""
    found = []
    for item in session.scalars(sa.select(Evidence)):
        chain = sa.select(CustodyEvent).where(CustodyEvent.evidence_id == item.id)
        events = session.scalars(chain.order_by(CustodyEvent.number))
        found += [f"evidence {item.number}: {fault}" for fault in faults_of(item, events)]
        if not files.path(item.sha256).is_file():
            found.append(f"evidence {item.number} has no file")
    for version in session.scalars(sa.select(PaperVersion)):
        if not all(files.path(one).is_file() for one in (version.pdf, version.word)):
            found.append(f"paper {version.paper_id} has no file")
    return found
