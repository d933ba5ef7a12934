"""A message at the desk: the original sealed as evidence, what it says proposed, then confirmed."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import BinaryIO
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.domain import Audience, EvidenceKind, Obtained
from service.cases.models_evidence import Evidence
from service.cases.repository import Threads
from service.cases.schemas_evidence import EvidenceForm
from service.cases.usecases.deadlines import open_deadline
from service.cases.usecases.evidence import put_under_seal
from service.cases.usecases.taking import take_in as take_file_in
from service.cases.usecases.telling import tell
from service.core import clock
from service.core.errors import FieldError, Invalid
from service.core.files import Files
from service.core.settings import Settings
from service.core.text import N_
from service.dispute.models import Party
from service.dispute.repository import Cases, parties_of
from service.identity.permissions import Actor, Permission
from service.rules.errors import FactRefused
from service.station.domain import FindingState
from service.station.errors import MessageUnreadable
from service.station.extracting import DAYS, Found, extract, senders
from service.station.models import Intake, MailFinding
from service.station.reading import read_letter
from service.station.repository import Intakes, MailFindings
from service.station.usecases.taking import ROLES, to_change

PURPOSE = "收到的原始邮件或文书 The message or paper as it was received"


def receive_message(
    session: Session,
    settings: Settings,
    files: Files,
    actor: Actor,
    intake_id: UUID,
    stream: BinaryIO,
    name: str,
) -> tuple[Evidence, list[MailFinding]]:
    """Take a message in: sealed as it came, and what the patterns read proposed for confirmation.

    `session` must not have been used yet: the file is hashed and scanned before its first
    statement. A file that cannot be read stays sealed evidence, with nothing proposed.

    Raises:
        TooLarge, FileKindRefused, FileInfected, ScannerSilent: the file is not taken.
        NotFound, PermissionDenied, ThreadClosed, IntakePromoted: not the actor's to add to.
    """
    actor.need(Permission.INTAKE_WRITE)
    form = EvidenceForm(
        title=name[:200] or "message",
        purpose=PURPOSE,
        kind=EvidenceKind.ELECTRONIC,
        obtained=Obtained.RECEIVED,
    )
    item = take_file_in(session, settings, files, actor, intake_id, stream, name, form)
    row = to_change(session, actor, intake_id)
    put_under_seal(session, actor, item, number=f"{row.number}-{item.number}")
    try:
        read = extract(read_letter(files.path(item.sha256), item.media_type))
    except MessageUnreadable:
        read = []
    thread = Threads(session, actor).get(intake_id)
    found = [_proposed(session, actor, item, one) for one in read]
    tell(session, actor, thread, "intake.mail_read", count=len(found), href=f"/evidence/{item.id}")
    return item, found


def _proposed(session: Session, actor: Actor, item: Evidence, one: Found) -> MailFinding:
    return MailFindings(session, actor).add(
        MailFinding(
            thread_id=item.thread_id,
            part_id=item.thread_id,
            audience=Audience.OWNER,
            made_at=clock.now(),
            made_by=actor.person_id,
            evidence_id=item.id,
            sender=one.sender,
            field=one.field,
            value=one.value,
            excerpt=one.excerpt,
            state=FindingState.PROPOSED,
        )
    )


def confirm_finding(
    session: Session, actor: Actor, intake_id: UUID, finding_id: UUID, *, value: str = ""
) -> MailFinding:
    """Confirm what was read, as it stands or corrected; it then becomes part of the matter.

    A confirmed day of a notice or of service starts the clock of its rule, where one is known.

    Raises:
        NotFound: no such finding in this matter.
        Invalid: it was decided already, or a day is none.
    """
    actor.need(Permission.INTAKE_DESK)
    row, finding = _undecided(session, actor, intake_id, finding_id)
    said = value.strip()[:300] or finding.value
    if finding.field in DAYS:
        said = _day(said)
    finding.value, finding.state = said, FindingState.CONFIRMED
    finding.decided_at, finding.decided_by = clock.now(), actor.person_id
    put = PLACES.get(finding.field)
    if put is not None:
        put(session, actor, row, said)
    session.flush()
    thread = Threads(session, actor).get(intake_id)
    tell(session, actor, thread, "intake.finding_confirmed", value=said)
    _start_clock(session, actor, finding)
    return finding


def dismiss_finding(
    session: Session, actor: Actor, intake_id: UUID, finding_id: UUID
) -> MailFinding:
    """Say that what was read is wrong or of no use; it stays on record as dismissed."""
    actor.need(Permission.INTAKE_DESK)
    _, finding = _undecided(session, actor, intake_id, finding_id)
    finding.state = FindingState.DISMISSED
    finding.decided_at, finding.decided_by = clock.now(), actor.person_id
    session.flush()
    tell(session, actor, Threads(session, actor).get(intake_id), "intake.finding_dismissed")
    return finding


def _undecided(
    session: Session, actor: Actor, intake_id: UUID, finding_id: UUID
) -> tuple[Intake, MailFinding]:
    Intakes(session, actor).get(intake_id)
    row = to_change(session, actor, intake_id)
    finding = MailFindings(session, actor).get_in(intake_id, finding_id)
    if finding.state is not FindingState.PROPOSED:
        detail = N_("This was decided already.")
        raise Invalid(detail, errors=[FieldError("value", detail)])
    return row, finding


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        detail = N_("Enter a date as year-month-day, such as 2026-01-31.")
        raise Invalid(detail, errors=[FieldError("value", detail)]) from None


def _start_clock(session: Session, actor: Actor, finding: MailFinding) -> None:
    wanted = senders()[finding.sender].clock
    if wanted is None or wanted.field != finding.field:
        return
    thread = Threads(session, actor).get(finding.thread_id)
    try:
        open_deadline(
            session,
            actor,
            thread,
            wanted.rule,
            trigger=date.fromisoformat(finding.value),
            event=f"{finding.sender}:{finding.value}",
            proof=str(finding.evidence_id),
        )
    except FactRefused as problem:
        raise Invalid(problem.detail, errors=[FieldError("value", problem.detail)]) from None


Put = Callable[[Session, Actor, Intake, str], None]


def _to_references(_session: Session, _actor: Actor, row: Intake, value: str) -> None:
    row.references = [*row.references, value] if value not in row.references else row.references


def _to_rights(_session: Session, _actor: Actor, row: Intake, value: str) -> None:
    row.rights = [*row.rights, value] if value not in row.rights else row.rights


def _to_parties(session: Session, actor: Actor, row: Intake, value: str) -> None:
    if value not in {party.name for party in parties_of(session, row.id)}:
        theirs = ROLES[row.side][1]
        Cases(session, actor).add(Party(thread_id=row.id, role=theirs, name=value[:200]))


PLACES: Mapping[str, Put] = {
    "complaint_number": _to_references,
    "listing": _to_references,
    "docket": _to_references,
    "alias": _to_references,
    "right_number": _to_rights,
    "complainant": _to_parties,
}
"""Where a confirmed value goes; what is not named here stays with the message."""
