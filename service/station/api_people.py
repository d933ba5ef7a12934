"""Stations, their roster, guidance of the bureau, and the people of a matter as JSON."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from service.cases.repository import Threads
from service.core.db import DbSession
from service.core.etags import check_match, set_tag
from service.dispute.repository import Cases
from service.identity.permissions import Actor
from service.identity.replay import OnceRoute
from service.station.access import (
    CaseReader,
    Decider,
    Desk,
    Guide,
    Manager,
    NoteReader,
    Referrer,
    StationReader,
)
from service.station.models import Expert, StationContact
from service.station.repository import GuidanceNotes, Roster, Stations
from service.station.schemas import LikelyOut
from service.station.schemas_people import (
    AssignIn,
    ContactIn,
    ContactOut,
    ExpertIn,
    ExpertOut,
    GrantOut,
    LetInIn,
    MatterPeople,
    NoteIn,
    NoteOut,
    PassIn,
    ReadIn,
    SecrecyIn,
    StandingOut,
    StationOut,
)
from service.station.showing import profile, shown
from service.station.usecases.checking import likely
from service.station.usecases.guiding import read_note, write_note
from service.station.usecases.passing import pass_matter
from service.station.usecases.sharing import end_grant, let_into, whole_thread
from service.station.usecases.staffing import assign_matter, save_entry, set_secrecy, standings

router = APIRouter(prefix="/api/v1", tags=["station"], route_class=OnceRoute)


@router.get("/stations")
def stations(actor: StationReader, session: DbSession) -> list[StationOut]:
    """List one's own station, those one guides, and those below one's centre."""
    rows = Stations(session, actor).all()
    return [StationOut(**profile(session, actor, row)) for row in rows]


@router.get("/experts")
def experts(actor: StationReader, session: DbSession) -> list[ExpertOut]:
    """List the roster: specialties, languages, duty hours, whom they act for."""
    return [ExpertOut.model_validate(row) for row in Roster(session, actor, Expert).all()]


@router.post("/experts", status_code=201)
def add_expert(body: ExpertIn, actor: Manager, session: DbSession) -> ExpertOut:
    """Add an expert to the roster of one's own station."""
    return ExpertOut.model_validate(save_entry(session, actor, Expert, body.model_dump()))


@router.get("/experts/{expert_id}")
def expert(
    expert_id: UUID, response: Response, actor: StationReader, session: DbSession
) -> ExpertOut:
    """Give an expert; the ETag is needed to change them."""
    row = Roster(session, actor, Expert).get(expert_id)
    set_tag(response, row.version)
    return ExpertOut.model_validate(row)


@router.put("/experts/{expert_id}")
def change_expert(
    expert_id: UUID,
    body: ExpertIn,
    request: Request,
    response: Response,
    actor: Manager,
    session: DbSession,
) -> ExpertOut:
    """Change what the roster says of an expert."""
    row = _changed(session, actor, Expert, expert_id, request, body.model_dump())
    set_tag(response, row.version)
    return ExpertOut.model_validate(row)


@router.get("/contacts")
def contacts(actor: StationReader, session: DbSession) -> list[ContactOut]:
    """List resident institutions and outside bodies."""
    rows = Roster(session, actor, StationContact).all()
    return [ContactOut.model_validate(row) for row in rows]


@router.post("/contacts", status_code=201)
def add_contact(body: ContactIn, actor: Manager, session: DbSession) -> ContactOut:
    """Add an institution to those of one's own station."""
    return ContactOut.model_validate(save_entry(session, actor, StationContact, body.model_dump()))


@router.get("/contacts/{contact_id}")
def contact(
    contact_id: UUID, response: Response, actor: StationReader, session: DbSession
) -> ContactOut:
    """Give an institution; the ETag is needed to change it."""
    row = Roster(session, actor, StationContact).get(contact_id)
    set_tag(response, row.version)
    return ContactOut.model_validate(row)


@router.put("/contacts/{contact_id}")
def change_contact(
    contact_id: UUID,
    body: ContactIn,
    request: Request,
    response: Response,
    actor: Manager,
    session: DbSession,
) -> ContactOut:
    """Change what is kept of an institution."""
    row = _changed(session, actor, StationContact, contact_id, request, body.model_dump())
    set_tag(response, row.version)
    return ContactOut.model_validate(row)


def _changed(
    session: Session,
    actor: Actor,
    model: type[Any],
    row_id: UUID,
    request: Request,
    values: dict[str, Any],
) -> Any:
    version = Roster(session, actor, model).own(row_id).version
    check_match(request, version)
    return save_entry(session, actor, model, values, row_id=row_id, version=version)


@router.get("/threads/{thread_id}/notes")
def notes(thread_id: UUID, actor: NoteReader, session: DbSession) -> list[NoteOut]:
    """List the notes of the bureau in a matter, and when the station read them."""
    whole_thread(session, actor, thread_id)
    return [NoteOut.model_validate(row) for row in GuidanceNotes(session, actor).of(thread_id)]


@router.post("/threads/{thread_id}/notes", status_code=201)
def add_note(thread_id: UUID, body: NoteIn, actor: Guide, session: DbSession) -> NoteOut:
    """Leave a note in a matter of a station one guides."""
    return NoteOut.model_validate(write_note(session, actor, thread_id, **body.model_dump()))


@router.post("/threads/{thread_id}/notes/{note_id}/receipt")
def receipt(
    thread_id: UUID, note_id: UUID, body: ReadIn, actor: Desk, session: DbSession
) -> NoteOut:
    """Note that a note was read, and answer it."""
    row = read_note(session, actor, thread_id, note_id, reply=body.reply)
    return NoteOut.model_validate(row)


@router.get("/threads/{thread_id}/people")
def people(thread_id: UUID, actor: CaseReader, session: DbSession) -> MatterPeople:
    """Say who works on a matter, who sees it in the station, and who was let in."""
    thread = whole_thread(session, actor, thread_id)
    return MatterPeople(
        handler_id=thread.handler_id,
        station_id=thread.station_id,
        confidentiality=thread.confidentiality,
        grants=[GrantOut.model_validate(row) for row in Threads(session, actor).grants(thread)],
    )


@router.get("/threads/{thread_id}/experts")
def beside(thread_id: UUID, actor: Desk, session: DbSession) -> list[StandingOut]:
    """List the station's experts beside a matter: load, duty, conflict of interest."""
    thread = whole_thread(session, actor, thread_id)
    return [
        StandingOut(
            id=one.expert.id,
            person_id=one.expert.person_id,
            name=one.expert.name,
            load=one.load,
            capacity=one.expert.capacity,
            on_duty=one.on_duty,
            free=one.free,
            in_conflict=one.conflict is not None or one.prior,
        )
        for one in standings(session, actor, thread)
    ]


@router.put("/threads/{thread_id}/handler")
def hand(thread_id: UUID, body: AssignIn, actor: Decider, session: DbSession) -> MatterPeople:
    """Name who works on a matter; an expert on its other side is refused."""
    assign_matter(session, actor, thread_id, body.person_id)
    return people(thread_id, actor, session)


@router.put("/threads/{thread_id}/confidentiality")
def secrecy(thread_id: UUID, body: SecrecyIn, actor: Decider, session: DbSession) -> MatterPeople:
    """Say who of the station sees a matter."""
    set_secrecy(session, actor, thread_id, body.confidentiality)
    return people(thread_id, actor, session)


@router.post("/threads/{thread_id}/grants", status_code=201)
def share(thread_id: UUID, body: LetInIn, actor: Referrer, session: DbSession) -> GrantOut:
    """Let a person or an organisation into a matter."""
    return GrantOut.model_validate(let_into(session, actor, thread_id, **body.model_dump()))


@router.delete("/threads/{thread_id}/grants/{grant_id}", status_code=204)
def unshare(thread_id: UUID, grant_id: UUID, actor: Referrer, session: DbSession) -> None:
    """End a grant."""
    end_grant(session, actor, thread_id, grant_id)


@router.post("/threads/{thread_id}/passing", status_code=204)
def pass_on(thread_id: UUID, body: PassIn, actor: Decider, session: DbSession) -> None:
    """Pass a matter up to the protection centre, or down to one of its stations."""
    pass_matter(session, actor, thread_id, **body.model_dump())


@router.get("/cases/{case_id}/conflicts")
def conflicts(case_id: UUID, actor: Desk, session: DbSession) -> list[LikelyOut]:
    """Hold a case's parties and rights against every other matter of its station."""
    thread, _ = Cases(session, actor).get(case_id)
    whole_thread(session, actor, case_id)
    return shown(session, actor, likely(session, thread))
