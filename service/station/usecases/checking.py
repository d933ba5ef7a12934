"""The check of duplicates and conflicts of interest 重复与利益冲突审查, before acceptance.

Held against every matter of the station, those the checker may not open among them: of these it
is told that they are there, and nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.domain import Audience
from service.cases.models import Thread
from service.cases.repository import Threads
from service.cases.usecases.telling import tell
from service.core import clock
from service.core.errors import FieldError, Invalid
from service.core.text import N_
from service.dispute.domain import PartyRole, Side
from service.dispute.models import Party
from service.identity.permissions import Actor, Permission
from service.identity.repository import Organisations
from service.station.alike import Pair, marks_alike, names_alike, numbers_equal
from service.station.domain import Conflict, Likely, Likeness
from service.station.models import Intake
from service.station.repository import Intakes, Matters
from service.station.usecases.taking import to_change

CLIENT: Mapping[Side, PartyRole] = {
    Side.HOLDER: PartyRole.APPLICANT,
    Side.ACCUSED: PartyRole.RESPONDENT,
}
"""Which party we act for; in a neutral matter nobody."""
GRAVITY = (Likeness.CONFLICT, Likeness.DUPLICATE, Likeness.RELATED)
Pairs = Mapping[str, Pair]


@dataclass(slots=True)
class Sketch:
    """What a matter is held against others by."""

    clients: set[str] = field(default_factory=set)
    """Whom the station acts for."""
    others: set[str] = field(default_factory=set)
    """Who stands on the other side."""
    neutral: set[str] = field(default_factory=set)
    marks: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)

    @property
    def everybody(self) -> set[str]:
        """All parties."""
        return self.clients | self.others | self.neutral

    def add_party(self, party: Party, side: Side) -> None:
        """Put a party where it stands, seen from whom we act for."""
        client = CLIENT.get(side)
        if client is None or party.role is PartyRole.THIRD:
            self.neutral.add(party.name)
        else:
            (self.clients if party.role is client else self.others).add(party.name)


@dataclass(frozen=True, slots=True)
class Near:
    """Which names, marks and numbers of all other matters are like ours, by where ours stand."""

    clients: Pairs
    others: Pairs
    everybody: Pairs
    marks: Pairs
    numbers: Pairs

    @classmethod
    def of(cls, ours: Sketch, sketches: Sequence[Sketch]) -> "Near":
        """Hold ours against everything of the other matters, each kind once."""
        names = {name for one in sketches for name in one.everybody}
        return cls(
            names_alike(ours.clients, names),
            names_alike(ours.others, names),
            names_alike(ours.everybody, names),
            marks_alike(ours.marks, {mark for one in sketches for mark in one.marks}),
            numbers_equal(ours.numbers, {each for one in sketches for each in one.numbers}),
        )


def likely(session: Session, thread: Thread) -> list[Likely]:
    """Return the matters of the thread's station that are like it, the gravest first."""
    if thread.station_id is None:
        return []
    matters = Matters(session, thread.station_id)
    threads = matters.threads(thread.id)
    sketches = _sketches(session, matters, [thread, *threads])
    ours = sketches.pop(thread.id)
    everybody = [sketches[one.id] for one in threads if one.id in sketches]
    near = Near.of(ours, everybody)
    found = [
        one
        for thread_id, theirs in sketches.items()
        if (one := _compared(thread_id, theirs, near)) is not None
    ]
    return sorted(found, key=lambda one: (GRAVITY.index(one.likeness), -one.similarity))


def _compared(thread_id: UUID, theirs: Sketch, near: Near) -> Likely | None:
    """Say how one other matter stands to ours."""
    across = _best(near.clients, theirs.others) or _best(near.others, theirs.clients)
    if across:
        return _likely(thread_id, Likeness.CONFLICT, across)
    if number := _best(near.numbers, theirs.numbers):
        return _likely(thread_id, Likeness.DUPLICATE, number)
    parties = [near.everybody[one] for one in theirs.everybody if one in near.everybody]
    mark = _best(near.marks, theirs.marks)
    both = len({pair.ours for pair in parties}) > 1
    if parties and (both or mark):
        return _likely(thread_id, Likeness.DUPLICATE, parties[0])
    found = parties[0] if parties else mark
    return _likely(thread_id, Likeness.RELATED, found) if found else None


def _best(pairs: Pairs, theirs: set[str]) -> Pair | None:
    found = [pairs[one] for one in sorted(theirs) if one in pairs]
    return max(found, key=lambda pair: pair.similarity, default=None)


def _likely(thread_id: UUID, likeness: Likeness, pair: Pair) -> Likely:
    return Likely(thread_id, likeness, pair.ours, pair.theirs, pair.similarity)


def sketch_of(session: Session, thread: Thread) -> Sketch:
    """Return what one matter is held against others by."""
    matters = Matters(session, thread.station_id or thread.organisation_id)
    return _sketches(session, matters, [thread])[thread.id]


def _sketches(session: Session, matters: Matters, threads: Sequence[Thread]) -> dict[UUID, Sketch]:
    ids = [one.id for one in threads]
    found = {thread_id: Sketch() for thread_id in ids}
    sides: dict[UUID, Side] = {}
    for case in matters.cases(ids):
        sides[case.id] = case.side
        found[case.id].numbers.update(case.rights)
    for intake in matters.intakes(ids):
        sides.setdefault(intake.id, intake.side)
        found[intake.id].marks.update(intake.marks)
        found[intake.id].numbers.update([*intake.rights, *intake.references])
    for party in matters.parties(ids):
        found[party.thread_id].add_party(party, sides.get(party.thread_id, Side.NEUTRAL))
    names = Organisations(session).names({one.organisation_id for one in threads})
    for one in threads:
        if one.organisation_id != one.station_id:
            found[one.id].clients.add(names[one.organisation_id])
    return found


def check_intake(session: Session, actor: Actor, intake_id: UUID) -> list[Likely]:
    """Run the check and note what it found; a related matter alone needs no clearing.

    Raises:
        NotFound, PermissionDenied, ThreadClosed, IntakePromoted: not the actor's to check.
    """
    actor.need(Permission.INTAKE_DESK)
    row = to_change(session, actor, intake_id)
    thread = Threads(session, actor).to_change(intake_id)
    found = likely(session, thread)
    grave = [one for one in found if one.likeness is not Likeness.RELATED]
    row.conflict = Conflict.FOUND if grave else Conflict.NONE
    row.checked_at, row.checked_by = clock.now(), actor.person_id
    session.flush()
    tell(session, actor, thread, "intake.checked", audience=Audience.STAFF, count=len(grave))
    return found


def clear_check(session: Session, actor: Actor, intake_id: UUID, *, note: str) -> Intake:
    """Write down why what the check found does not stand in the way.

    Raises:
        Invalid: no reason is given, or nothing was found.
    """
    actor.need(Permission.CASE_ACCEPT)
    row = to_change(session, actor, intake_id)
    thread = Intakes(session, actor).get(intake_id)[0]
    if row.conflict is not Conflict.FOUND or not note.strip():
        detail = N_("Say why.") if note.strip() == "" else N_("Check first: nothing was found.")
        raise Invalid(detail, errors=[FieldError("note", detail)])
    row.conflict, row.conflict_note = Conflict.CLEARED, note.strip()
    session.flush()
    tell(session, actor, thread, "intake.cleared", audience=Audience.STAFF, note=note.strip())
    return row
