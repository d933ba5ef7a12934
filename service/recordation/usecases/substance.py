"""Entering the substance once: rights from the registry, holders, contacts, representatives."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.core import clock
from service.core.errors import FieldError, Invalid
from service.core.text import N_
from service.identity.auditing import note
from service.identity.models import Organisation
from service.identity.permissions import Actor, Permission
from service.recordation.domain import ContactRole, HolderKind
from service.recordation.errors import AssetExists
from service.recordation.models import Agent, Asset, Contact, Holder
from service.recordation.repository import Agents, Assets, Holders, check_acts_for, usable_file
from service.recordation.usecases.changes import notice_changes
from service.registry.domain import MarkStatus, RightStatus
from service.registry.domain import RightKind as HeldKind
from service.registry.holdings import Rights
from service.registry.models import Right
from service.registry.records import StoredMark
from service.registry.repository import Marks
from service.rules.authorities import RightKind
from service.rules.markets import offices

KINDS: Mapping[HeldKind, RightKind] = {
    HeldKind.TRADEMARK: RightKind.TRADEMARK,
    HeldKind.PATENT_INVENTION: RightKind.PATENT_INVENTION,
    HeldKind.UTILITY_MODEL: RightKind.UTILITY_MODEL,
    HeldKind.DESIGN: RightKind.DESIGN,
    HeldKind.COPYRIGHT: RightKind.COPYRIGHT,
}
"""A trade secret is not among them: customs records none, and none is written down for it."""
ENDED = {MarkStatus.EXPIRED, MarkStatus.CANCELLED, MarkStatus.WITHDRAWN}


def take_right(session: Session, actor: Actor, right_id: UUID) -> Asset:
    """Take a right of the registry into the substance, in one click.

    Raises:
        Invalid: customs records no right of this kind.
        AssetExists: it is there already.
    """
    actor.need(Permission.RECORDATION_WRITE)
    right = Rights(session, actor).get(right_id)
    if right.kind not in KINDS:
        raise Invalid(N_("Customs authorities record no right of this kind."))
    check_acts_for(session, actor, right.organisation_id)
    _check_new(session, actor, Asset.right_id == right.id)
    mark = Marks(session).by_id(right.mark_id) if right.mark_id else None
    values = _of_mark(mark) if mark else {}
    return _add(session, actor, right.organisation_id, {**values, **of_right(right)})


def of_right(right: Right) -> dict[str, Any]:
    """Return what the registry's right says, for the substance."""
    return {
        "right_id": right.id,
        "kind": KINDS[right.kind],
        "title": right.title,
        "territory": right.territory,
        "office": _office(right.territory),
        "number": right.number or right.application_number,
        "filed_on": right.filed_on,
        "registered_on": right.granted_on,
        "expires_on": right.expires_on,
        "status": right.status,
    }


def take_mark(
    session: Session, actor: Actor, office_code: str, number: str, *, for_id: UUID | None = None
) -> Asset:
    """Take a mark of a loaded register into the substance of the actor or of one it files for."""
    actor.need(Permission.RECORDATION_WRITE)
    owner = for_id or owner_of(actor)
    check_acts_for(session, actor, owner)
    mark = Marks(session).get(office_code, number)
    _check_new(session, actor, Asset.mark_id == mark.id, Asset.organisation_id == owner)
    return _add(session, actor, owner, _of_mark(mark))


def _of_mark(mark: StoredMark) -> dict[str, Any]:
    record = mark.record
    return {
        "mark_id": mark.id,
        "kind": RightKind.TRADEMARK,
        "title": record.text or record.number,
        "territory": record.office,
        "office": _office(record.office),
        "number": record.registration_number or record.number,
        "filed_on": record.filed_on,
        "registered_on": record.registered_on,
        "expires_on": record.expires_on,
        "status": status_of(mark),
        "classes": tuple(str(one.nice) for one in record.classes if one.nice),
        "goods_text": "\n".join(one.goods for one in record.classes if one.goods),
        "madrid_number": record.madrid_number,
        "designations": record.designations,
    }


def status_of(mark: StoredMark) -> RightStatus:
    """Return how a mark of a register stands, as rights are kept here."""
    record = mark.record
    if record.status is MarkStatus.REFUSED:
        return RightStatus.REFUSED
    if record.status in ENDED or not mark.is_live(clock.today()):
        return RightStatus.LAPSED
    registered = record.status is MarkStatus.REGISTERED
    return RightStatus.IN_FORCE if registered else RightStatus.APPLIED


def _office(code: str) -> str:
    found = offices().get(code)
    return f"{found.name.zh} {found.name.en}" if found else code


def _check_new(session: Session, actor: Actor, *where: Any) -> None:
    there = Assets(session, actor).all(*where)
    if there:
        raise AssetExists(
            N_("This right is in the recordation substance already."), asset=str(there[0].id)
        )


def _add(session: Session, actor: Actor, owner: UUID, values: dict[str, Any]) -> Asset:
    now = clock.now()
    holder = holder_for(session, actor, owner)
    asset = Asset(
        organisation_id=owner, holder_id=holder.id, created_at=now, updated_at=now, **values
    )
    if asset.mark_id:
        asset.checked_at, asset.check_source = now, N_("loaded register")
    Assets(session, actor).add(asset)
    note(session, actor, "recordation-right.added", ("recordation-right", asset.id))
    return asset


def holder_for(session: Session, actor: Actor, owner: UUID) -> Holder:
    """Return the owner's first right holder, made of its organisation where there is none."""
    holders = Holders(session, actor)
    there = holders.all(Holder.organisation_id == owner)
    if there:
        return there[0]
    organisation, now = session.get_one(Organisation, owner), clock.now()
    return holders.add(
        Holder(
            organisation_id=owner,
            name_zh=organisation.name_zh,
            name_en=organisation.name_en,
            kind=HolderKind.ENTITY,
            country=organisation.country,
            address_zh=organisation.address,
            address_en=organisation.address_en,
            uscc=organisation.uscc or "",
            eori=organisation.eori,
            iec=organisation.iec,
            tax_id=organisation.tax_number,
            customs_code=organisation.customs_code,
            created_at=now,
            updated_at=now,
        )
    )


def change_asset(
    session: Session,
    actor: Actor,
    asset: Asset,
    values: Mapping[str, Any],
    *,
    on: date | None = None,
) -> Asset:
    """Change what the forms ask of a right; a change of a filed one opens its task by itself."""
    actor.need(Permission.RECORDATION_WRITE)
    holder_id = values.get("holder_id")
    if holder_id:
        Holders(session, actor).get(holder_id)
    _check_files(session, actor, values.get("image_file_id"), asset.organisation_id)
    _put(asset, values)
    session.flush()
    note(session, actor, "recordation-right.changed", ("recordation-right", asset.id))
    notice_changes(session, actor, [asset.id], on=on)
    return asset


def check_status(
    session: Session, actor: Actor, asset: Asset, *, status: RightStatus, source: str
) -> Asset:
    """Note that somebody checked the legal status today, where, and what it is."""
    actor.need(Permission.RECORDATION_WRITE)
    if not source.strip():
        detail = N_("Say where the status was checked.")
        raise Invalid(detail, errors=[FieldError("source", detail)])
    asset.checked_at, asset.check_source = clock.now(), source.strip()
    _put(asset, {"status": status})
    session.flush()
    note(session, actor, "recordation-right.checked", ("recordation-right", asset.id))
    notice_changes(session, actor, [asset.id])
    return asset


def change_holder(
    session: Session,
    actor: Actor,
    holder: Holder,
    values: Mapping[str, Any],
    *,
    on: date | None = None,
) -> Holder:
    """Change a right holder."""
    actor.need(Permission.RECORDATION_WRITE)
    _put(holder, values)
    session.flush()
    note(session, actor, "recordation-holder.changed", ("recordation-holder", holder.id))
    _noticed(session, actor, holder.organisation_id, on)
    return holder


def save_contact(
    session: Session, actor: Actor, holder: Holder, role: ContactRole, values: Mapping[str, Any]
) -> Contact:
    """Set who is asked about what; the contact of a role is replaced."""
    actor.need(Permission.RECORDATION_WRITE)
    there = [one for one in Holders(session, actor).contacts([holder.id]) if one.role is role]
    contact = there[0] if there else Contact(holder_id=holder.id, role=role)
    for name, value in values.items():
        setattr(contact, name, value)
    session.add(contact)
    session.flush()
    note(session, actor, "recordation-contact.saved", ("recordation-holder", holder.id))
    _noticed(session, actor, holder.organisation_id, None)
    return contact


def save_agent(
    session: Session,
    actor: Actor,
    owner: UUID,
    authority: str,
    values: Mapping[str, Any],
    *,
    on: date | None = None,
) -> Agent:
    """Set the representative before one authority, or before all with an empty code."""
    actor.need(Permission.RECORDATION_WRITE)
    check_acts_for(session, actor, owner)
    _check_files(session, actor, values.get("poa_file_id"), owner)
    agents = Agents(session, actor)
    there = agents.all(Agent.organisation_id == owner, Agent.authority == authority)
    agent = there[0] if there else Agent(organisation_id=owner, authority=authority, name="")
    for name, value in values.items():
        setattr(agent, name, value)
    agents.add(agent)
    note(session, actor, "recordation-agent.saved", ("recordation-agent", agent.id))
    _noticed(session, actor, owner, on)
    return agent


def owner_of(actor: Actor) -> UUID:
    """Return the actor's organisation."""
    if actor.organisation_id is None:
        raise Invalid(N_("Say for which organisation."))
    return actor.organisation_id


def _noticed(session: Session, actor: Actor, owner: UUID, on: date | None) -> None:
    assets: Sequence[Asset] = Assets(session, actor).all(Asset.organisation_id == owner)
    notice_changes(session, actor, [asset.id for asset in assets], on=on)


def _check_files(session: Session, actor: Actor, file_id: UUID | None, owner: UUID) -> None:
    if file_id is not None:
        usable_file(session, actor, file_id, owner)


def _put(row: Asset | Holder, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.updated_at = clock.now()
