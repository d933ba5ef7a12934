"""Typical cases: drafted from a closed case, checked for what they must not tell, approved."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.errors import MoveNotAllowed
from service.cases.repository import Threads
from service.core import clock
from service.core.errors import Conflict, FieldError, Invalid, NotFound
from service.core.text import N_
from service.dispute.domain import DISPUTE_KINDS, OUTCOMES
from service.dispute.repository import Cases
from service.identity.auditing import note as audit
from service.identity.permissions import Actor, Permission
from service.notices.domain import Message
from service.notices.topics import Topic
from service.notices.usecases.telling import notify
from service.station.base.domain import in_both
from service.station.base.errors import Unredacted
from service.station.base.models import TypicalCase
from service.station.base.redaction import Finding, anonymised, findings
from service.station.base.repository import own_station, served_by
from service.station.base.repository_cases import TypicalCases, behind
from service.station.base.secrets import secrets_of
from service.station.base.tables import TYPICAL
from service.station.base.usecases.stepping import check_version, take_step
from service.station.knowledge import entries
from service.ui.documents.pairs import Pair, both

CHECKED = ("title", "text", "lesson")


def draft_typical_case(
    session: Session, actor: Actor, case_id: UUID, *, hides_marks: bool
) -> TypicalCase:
    """Draft a typical case from a closed case of the actor's station, its names replaced.

    Raises:
        NotFound: no such case, or the actor does not see the whole of it.
        Conflict: it is not closed.
    """
    actor.need(Permission.BASE_WRITE)
    station_id = own_station(session, actor)
    thread, case = Cases(session, actor).get(case_id)
    if thread.station_id != station_id or not Threads(session, actor).sight(thread).whole:
        raise NotFound(N_("There is no such case."))
    if thread.closed_at is None:
        raise Conflict(N_("Only a closed case becomes a typical case."))
    secrets = secrets_of(behind(session, thread.id), hides_marks=hides_marks)
    kind = both(DISPUTE_KINDS[case.dispute_kind])
    ended = both(OUTCOMES[case.outcome]) if case.outcome else {"zh": "", "en": ""}
    parts = [case.facts, ended["zh"], case.outcome_reason]
    row = TypicalCase(
        station_id=station_id,
        case_id=thread.id,
        status=TYPICAL.table.start,
        title={"zh": anonymised(case.title, secrets), "en": kind["en"]},
        text={"zh": anonymised("\n\n".join(one for one in parts if one), secrets), "en": ""},
        lesson={"zh": "", "en": ""},
        hides_marks=hides_marks,
        justified={},
        created_at=clock.now(),
        author_id=actor.person_id,
    )
    TypicalCases(session, actor).add(row)
    audit(session, actor, "typical_case.drafted", ("typical_case", row.id))
    return row


def check(session: Session, row: TypicalCase) -> list[Finding]:
    """Return every place of a typical case that perhaps tells what it must not."""
    secrets = secrets_of(behind(session, row.case_id), hides_marks=row.hides_marks)
    pairs: list[Pair] = [getattr(row, name) for name in CHECKED]
    texts = [text for pair in pairs for text in pair.values() if text]
    return findings("\n".join(texts), secrets)


def open_findings(session: Session, row: TypicalCase) -> list[Finding]:
    """Return the findings that nobody has justified."""
    return [one for one in check(session, row) if one.key not in row.justified]


def change_typical_case(
    session: Session, actor: Actor, typical_id: UUID, values: Mapping[str, Any], *, version: int
) -> TypicalCase:
    """Edit a draft; whoever does is its author now, and somebody else approves it.

    Raises:
        NotFound, PermissionDenied: not of the actor's station.
        Stale: somebody changed it meanwhile.
        MoveNotAllowed: it is no draft.
        Invalid: no such entry of the knowledge base.
    """
    actor.need(Permission.BASE_WRITE)
    row = _draft(session, actor, typical_id, version)
    if values["guidance"] and values["guidance"] not in entries():
        detail = N_("Choose one of the answers offered.")
        raise Invalid(detail, errors=[FieldError("guidance", detail)])
    for name, value in values.items():
        setattr(row, name, value)
    row.author_id = actor.person_id
    session.flush()
    audit(session, actor, "typical_case.changed", ("typical_case", row.id))
    return row


def justify(
    session: Session, actor: Actor, typical_id: UUID, key: str, *, reason: str, version: int
) -> TypicalCase:
    """Say why a finding of the check stays in the text.

    Raises:
        NotFound, PermissionDenied: not of the actor's station; no such finding now.
        Stale, MoveNotAllowed: as when it is edited.
        Invalid: there is no reason.
    """
    actor.need(Permission.BASE_WRITE)
    row = _draft(session, actor, typical_id, version)
    if not reason.strip():
        raise Invalid(N_("Say why it stays."))
    if key not in {one.key for one in check(session, row)}:
        raise NotFound(N_("The check does not find this any more."))
    row.justified = {**row.justified, key: reason.strip()[:2000]}
    row.author_id = actor.person_id
    session.flush()
    audit(session, actor, "typical_case.justified", ("typical_case", row.id))
    return row


def _draft(session: Session, actor: Actor, typical_id: UUID, version: int) -> TypicalCase:
    row = TypicalCases(session, actor).own(typical_id)
    check_version(row, version)
    if row.status != TYPICAL.table.start:
        raise MoveNotAllowed(N_("Only a draft can be changed."))
    return row


def move_typical_case(
    session: Session, actor: Actor, typical_id: UUID, event: str, *, version: int, note: str = ""
) -> TypicalCase:
    """Take a step of a typical case. It is checked anew before it is handed in and published.

    Raises:
        NotFound, PermissionDenied: not of the actor's station; and whatever `take_step` raises.
        Unredacted: the check finds what is neither mended nor justified.
        Conflict: its author would approve it.
    """
    row = TypicalCases(session, actor).own(typical_id)
    step = TYPICAL.table.find(row.status, event)
    actor.need(step.permission)
    if event in {"hand_in", "publish"}:
        left = open_findings(session, row)
        if left:
            raise Unredacted(
                N_("The check finds {count} places. Mend or justify each."), count=len(left)
            )
    if event == "publish" and actor.person_id == row.author_id:
        raise Conflict(N_("Somebody else than its author approves it."))
    take_step(session, actor, row, TYPICAL, event, version=version, note=note)
    if event == "publish":
        row.approved_by, row.published_at = actor.person_id, clock.now()
        session.flush()
        _tell(session, actor, row)
    return row


def _tell(session: Session, actor: Actor, row: TypicalCase) -> None:
    served = [one.id for one in served_by(session, row.station_id)]
    for organisation_id in (*served, *TypicalCases(session, actor).bodies(row.station_id)):
        notify(
            session,
            event_id=f"typical_case.published:{row.id}",
            topic=Topic.TYPICAL_CASE_PUBLISHED,
            title=Message(N_("A typical case: {title}"), {"title": in_both(row.title)}),
            link=f"/typical-cases/{row.id}",
            subject=("typical_case", row.id),
            organisation_id=organisation_id,
            permission=Permission.BASE_JOIN,
        )
