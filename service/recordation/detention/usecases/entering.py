"""Entering a detention: one short form, a paper, photographs — and the clocks run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.contents import Kept, keep_file
from service.cases.domain import Audience, EvidenceKind, Obtained, ThreadKind
from service.cases.models import Thread
from service.cases.usecases.evidence import add_evidence
from service.cases.usecases.threads import let_in, open_thread
from service.core import clock
from service.core.errors import FieldError, Invalid
from service.core.files import Files
from service.core.settings import Settings
from service.core.text import N_
from service.identity.models import Organisation
from service.identity.permissions import Actor, OrganisationKind, Permission
from service.identity.repository import Organisations
from service.notices.domain import Message
from service.notices.topics import Topic
from service.notices.usecases.telling import notify
from service.recordation.detention.domain import ContactKind
from service.recordation.detention.entries import PaperEntry
from service.recordation.detention.errors import PaperUnfit
from service.recordation.detention.models import Detention, DetentionContact
from service.recordation.detention.papers import FIRST
from service.recordation.detention.repository import Detentions, clients_of
from service.recordation.detention.tables import table_of
from service.recordation.detention.usecases.receiving import receive_paper
from service.recordation.domain import ContactRole
from service.recordation.models import Asset, Holder
from service.recordation.repository import Assets, Holders, Mandates
from service.rules.authorities import authority

TITLE = N_("Goods held at {office}: {goods}")
TOLD = N_("Customs holds goods: {goods}")
WHERE = N_("{authority}, {office}")
PICTURES = ("image/",)
CONTACT_KINDS: Mapping[ContactRole, ContactKind] = {
    ContactRole.LEGAL: ContactKind.HOLDER,
    ContactRole.AFTER_HOURS: ContactKind.HOLDER,
    ContactRole.TECHNICAL: ContactKind.EXPERT,
}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that was stored and looked at, not yet evidence of anything."""

    name: str
    kept: Kept


def keep_attachment(settings: Settings, files: Files, stream: BinaryIO, name: str) -> Attachment:
    """Stream a file into the store, told apart by content; before any transaction.

    Raises:
        TooLarge, FileKindRefused, FileInfected, ScannerSilent: the file is not taken.
    """
    return Attachment(name, keep_file(settings, files, stream))


def enter_detention(
    session: Session,
    actor: Actor,
    paper: PaperEntry,
    values: Mapping[str, Any],
    *,
    owner_id: UUID | None = None,
    attachments: Sequence[Attachment] = (),
) -> Detention:
    """Enter goods that are held with the first paper: who, where, what, and how it was served.

    `values`: Columns of `Detention` but its ids, status and times.
    `owner_id`: The exporter a station or customs enters it for; its own where an exporter does.

    Raises:
        AuthorityUnknown: no such authority.
        Invalid: no owner, a paper nothing begins with, a date out of order.
        PaperUnfit: the paper does not come from there to this side.
    """
    actor.need(Permission.DETENTION_ENTER)
    owner, station_id = places(session, actor, owner_id)
    one = authority(values["authority"])
    asset = _asset(session, actor, owner, values.get("asset_id"))
    if paper.kind not in FIRST:
        raise PaperUnfit(N_("Nothing begins with this paper. Choose the first one that came."))
    thread = open_thread(
        session,
        actor,
        kind=ThreadKind.DETENTION,
        title=TITLE,
        organisation_id=owner.id,
        station_id=station_id,
        handler_id=actor.person_id if actor.organisation_id in {owner.id, station_id} else None,
        number=paper.number[:64],
        office=values.get("office") or one.short,
        goods=str(values["goods"])[:100],
    )
    row = Detention(
        **values,
        id=thread.id,
        organisation_id=owner.id,
        status=table_of(values["side"]).start,
        created_at=clock.now(),
    )
    Detentions(session, actor).add(row)
    _let_in(session, actor, thread)
    _add_contacts(session, actor, row, asset)
    receive_paper(session, actor, row, paper, version=row.version)
    for each in attachments:
        attach(session, actor, thread, each)
    _announce(session, thread, row)
    return row


def places(
    session: Session, actor: Actor, owner_id: UUID | None
) -> tuple[Organisation, UUID | None]:
    """Return whose goods they are, and the station that handles it.

    Raises:
        Invalid: no enterprise is named, or one that neither is served nor gave a mandate.
    """
    own = Organisations(session).get(actor.organisation_id) if actor.organisation_id else None
    if own is not None and own.kind is OrganisationKind.EXPORTER:
        return own, own.served_by_id
    clients = clients_of(session, own.id) if own is not None else ()
    owner = next((one for one in clients if one.id == owner_id), None)
    if own is None or owner is None:
        detail = N_("Choose an enterprise that you serve, or that gave you a mandate.")
        raise Invalid(detail, errors=[FieldError("owner_id", detail)])
    return owner, own.id if own.kind is OrganisationKind.STATION else owner.served_by_id


def _asset(
    session: Session, actor: Actor, owner: Organisation, asset_id: UUID | None
) -> Asset | None:
    if asset_id is None:
        return None
    asset = Assets(session, actor).get(asset_id)
    if asset.organisation_id != owner.id:
        detail = N_("Choose a right of this enterprise.")
        raise Invalid(detail, errors=[FieldError("asset_id", detail)])
    return asset


def _let_in(session: Session, actor: Actor, thread: Thread) -> None:
    """Let in whoever has a mandate of the owner, and whoever enters it."""
    mandated = {one.to_id for one in Mandates(session, actor).held(thread.organisation_id)}
    wanted = mandated | ({actor.organisation_id} if actor.organisation_id else set())
    for organisation_id in sorted(wanted - {thread.organisation_id, thread.station_id}, key=str):
        let_in(
            session,
            actor,
            thread,
            organisation_id=organisation_id,
            audience=Audience.OWNER,
            writes=True,
        )


def _add_contacts(session: Session, actor: Actor, row: Detention, asset: Asset | None) -> None:
    """Put the holder's contacts on call, where the right is one of the owner's own."""
    if asset is None or asset.holder_id is None:
        return
    holders = Holders(session, actor)
    holder: Holder = holders.get(asset.holder_id)
    for contact in holders.contacts([holder.id]):
        Detentions(session, actor).add(
            DetentionContact(
                detention_id=row.id,
                kind=CONTACT_KINDS[contact.role],
                name=contact.name,
                phone=contact.phone,
                mail=contact.mail,
                hours=contact.hours,
            )
        )


def attach(session: Session, actor: Actor, thread: Thread, one: Attachment) -> None:
    """Take a stored file in as evidence of a detention."""
    picture = one.kept.media_type.startswith(PICTURES)
    add_evidence(
        session,
        actor,
        thread.id,
        one.kept.stored,
        media_type=one.kept.media_type,
        scan=one.kept.scan,
        name=one.name,
        values={
            "title": one.name[:200],
            "purpose": "",
            "kind": EvidenceKind.AUDIOVISUAL if picture else EvidenceKind.DOCUMENT,
            "obtained": Obtained.RECEIVED,
            "source": "",
        },
    )


def _announce(session: Session, thread: Thread, row: Detention) -> None:
    """Tell the owner, and the station that handles it, at night too: the clock runs in days."""
    one = authority(row.authority)
    for house in dict.fromkeys((thread.organisation_id, thread.station_id)):
        if house is None:
            continue
        notify(
            session,
            event_id=f"detention.notified:{row.id}:{house}",
            topic=Topic.DETENTION_NOTIFIED,
            title=Message(TOLD, {"goods": row.goods[:120]}),
            text=Message(WHERE, {"authority": one.short, "office": row.office or one.short}),
            link=f"/detentions/{row.id}",
            subject=("detention", row.id),
            people=[],
            organisation_id=house,
            permission=Permission.DETENTION_ENTER,
            urgent=True,
        )
