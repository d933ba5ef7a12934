"""The substance as the forms ask for it: one value for each source an authority's field names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.core import clock
from service.core.text import N_
from service.identity.permissions import Actor
from service.recordation.domain import (
    HOLDER_KINDS,
    LICENCES,
    RELATIONS,
    WAYS,
    ContactRole,
    FeatureKind,
    LicenceKind,
    PictureKind,
    Relation,
)
from service.recordation.models import Agent, Asset, AuthorisedUser, Contact, Goods, Holder
from service.recordation.repository import Agents, Assets, GoodsShelf, Holders, Leads, Users
from service.recordation.usecases.wording import RIGHT_NAMES, Pair, both
from service.registry.domain import RightStatus
from service.registry.models import StoredFile

Facts = Mapping[str, Any]
"""By source (`holder.name_zh`): a text, a pair of languages, a list of texts, or pictures."""
STATUS_NAMES = {
    RightStatus.APPLIED: N_("Applied for"),
    RightStatus.IN_FORCE: N_("In force"),
    RightStatus.LAPSED: N_("Lapsed"),
    RightStatus.REFUSED: N_("Refused"),
    RightStatus.INVALIDATED: N_("Invalidated"),
}
TRADERS = frozenset({Relation.IMPORTER, Relation.EXPORTER, Relation.DISTRIBUTOR})


@dataclass(frozen=True, slots=True)
class Substance:
    """Everything a filing rests on, read once."""

    asset: Asset
    holder: Holder | None
    contacts: Sequence[Contact]
    agent: Agent | None
    users: Sequence[AuthorisedUser]
    goods: Sequence[Goods]
    facts: Facts


def substance_of(session: Session, actor: Actor, asset: Asset, authority: str) -> Substance:
    """Read what a filing of a right with an authority rests on."""
    holders, shelf = Holders(session, actor), GoodsShelf(session, actor)
    holder = holders.get(asset.holder_id) if asset.holder_id else None
    contacts = holders.contacts([holder.id]) if holder else ()
    agent = Agents(session, actor).before(asset.organisation_id, authority)
    users = valid_users(Users(session, actor).all(AuthorisedUser.asset_id == asset.id))
    goods = shelf.of_asset(asset.id)
    facts = {
        **_right(asset, _files(session, [asset.image_file_id])),
        **_holder(holder),
        **_contacts(contacts),
        **_agent(agent),
        **_users(users),
        **_goods(goods),
        **_pictures(session, shelf, goods),
        **_leads(session, actor, asset),
    }
    return Substance(asset, holder, contacts, agent, users, goods, facts)


def valid_users(users: Iterable[AuthorisedUser], today: date | None = None) -> list[AuthorisedUser]:
    """Return the users whose authorisation holds today."""
    day = today or clock.today()
    return [
        user
        for user in users
        if user.valid_from <= day
        and (user.valid_to is None or user.valid_to >= day)
        and (user.ended_on is None or user.ended_on > day)
    ]


def _right(asset: Asset, files: dict[UUID, StoredFile]) -> dict[str, Any]:
    image = files.get(asset.image_file_id) if asset.image_file_id else None
    return {
        "right.kind": both(RIGHT_NAMES[asset.kind]),
        "right.title": asset.title,
        "right.image": [picture(image, asset.title, asset.title)] if image else [],
        "right.number": asset.number,
        "right.office": asset.office,
        "right.filed_on": _day(asset.filed_on),
        "right.registered_on": _day(asset.registered_on),
        "right.expires_on": _day(asset.expires_on),
        "right.status": both(STATUS_NAMES[asset.status]),
        "right.classes": list(asset.classes),
        "right.goods_text": asset.goods_text,
        "right.colour_claim": asset.colour_claim,
        "right.disclaimers": asset.disclaimers,
        "right.madrid_number": asset.madrid_number,
    }


def _holder(holder: Holder | None) -> dict[str, Any]:
    plain = ("name_zh", "name_en", "country", "address_zh", "address_en", "uscc", "eori", "iec")
    names = (*plain, "tax_id", "customs_code")
    found: dict[str, Any] = {
        f"holder.{name}": getattr(holder, name) if holder else "" for name in names
    }
    found["holder.kind"] = both(HOLDER_KINDS[holder.kind]) if holder else ""
    found["holder.affiliates"] = list(holder.affiliates) if holder else []
    return found


def _contacts(contacts: Sequence[Contact]) -> dict[str, Any]:
    found = dict.fromkeys((f"contacts.{role.value}" for role in ContactRole), "")
    for each in contacts:
        parts = (each.name, each.phone, each.mail, each.language, each.hours)
        found[f"contacts.{each.role.value}"] = ", ".join(part for part in parts if part)
    return found


def _agent(agent: Agent | None) -> dict[str, Any]:
    names = ("name", "address", "phone", "mail")
    found = {f"agent.{name}": getattr(agent, name) if agent else "" for name in names}
    return {**found, "agent.valid_to": _day(agent.valid_to) if agent else ""}


def _users(users: Sequence[AuthorisedUser]) -> dict[str, Any]:
    return {
        "users.all": [_user(user) for user in users],
        "users.licensees": [
            _user(user)
            for user in users
            if user.relation is Relation.LICENSEE or user.licence is not LicenceKind.NONE
        ],
        "users.traders": [_user(user) for user in users if user.relation in TRADERS],
    }


def _user(user: AuthorisedUser) -> Pair:
    """Return a user on one line, in each language."""
    words = [both(RELATIONS[user.relation])]
    words += [both(LICENCES[user.licence])] if user.licence is not LicenceKind.NONE else []
    words += [both(WAYS[user.direction])]
    term = f"{user.valid_from.isoformat()} – {_day(user.valid_to)}".strip()
    lines = {}
    for tag, name in (("zh", user.name), ("en", user.name_en or user.name)):
        told = [each[tag] for each in words]
        parts = [name, user.uscc or user.customs_code, *told, term, user.goods_scope]
        lines[tag] = " · ".join(part for part in parts if part)
    return lines


def _goods(goods: Sequence[Goods]) -> dict[str, Any]:
    return {
        "goods.names_zh": _each(one.name_zh for one in goods),
        "goods.names_en": _each(one.name_en for one in goods),
        "goods.models": _each(one.model for one in goods),
        "goods.hs_codes": _each(code for one in goods for code in one.hs_codes),
        "goods.identifiers": _each(
            " · ".join(part for part in (one.gtin, one.sku, one.serial_rule) if part)
            for one in goods
        ),
        "goods.origins": _each(one.origin_place for one in goods),
        "goods.manufacturers": _each(name for one in goods for name in one.manufacturers),
        "goods.ports": _each(name for one in goods for name in one.ports),
        "goods.traders": _each(name for one in goods for name in one.traders),
        "goods.prices": _each(_price(one) for one in goods),
        "goods.transport": "\n".join(_each(one.transport for one in goods)),
        "goods.packaging": "\n".join(_each(one.packaging for one in goods)),
    }


def _price(one: Goods) -> str:
    prices = (("出厂", one.price_works), ("申报", one.price_customs), ("零售", one.price_retail))
    return " / ".join(f"{word} {price}" for word, price in prices if price)


def _pictures(session: Session, shelf: GoodsShelf, goods: Sequence[Goods]) -> dict[str, Any]:
    """Return pictures and overt features; hidden ones never go into a form."""
    ids = [one.id for one in goods]
    features = [one for one in shelf.features(ids) if one.kind is FeatureKind.OVERT]
    shown = shelf.pictures(ids)
    names = {one.id: one for one in goods}
    wanted = [row.file_id for row in shown] + [one.counterfeit_file_id for one in features]
    files = _files(session, wanted)
    by_kind: dict[PictureKind, list[dict[str, Any]]] = {kind: [] for kind in PictureKind}
    for row in shown:
        one = names[row.goods_id]
        by_kind[row.kind].append(picture(files[row.file_id], one.name_zh, one.name_en))
    return {
        "goods.pictures": by_kind[PictureKind.GOODS],
        "goods.packages": by_kind[PictureKind.PACKAGE],
        "goods.features": [
            _feature(one.part, one.description_zh, one.description_en) for one in features
        ],
        "goods.fakes": [
            picture(files[one.counterfeit_file_id], one.part, one.part)
            for one in features
            if one.counterfeit_file_id
        ],
    }


def _feature(part: str, zh: str, en: str) -> str:
    return f"{part}: " + " / ".join(text for text in (zh, en) if text)


def _leads(session: Session, actor: Actor, asset: Asset) -> dict[str, Any]:
    """Return what the exporter itself wrote of infringers; others' leads stay with them."""
    leads = [
        lead
        for lead in Leads(session, actor).of([asset.id])
        if lead.organisation_id == asset.organisation_id
    ]
    return {
        "intelligence.suspects": _each(lead.suspect for lead in leads),
        "intelligence.ports": _each(port for lead in leads for port in lead.ports),
        "intelligence.features": _each(lead.features for lead in leads),
        "intelligence.prices": _each(lead.price for lead in leads),
    }


def picture(file: StoredFile, zh: str, en: str) -> dict[str, Any]:
    """Return a picture as snapshots keep it."""
    return {
        "file_id": str(file.id),
        "sha256": file.sha256,
        "name": file.name,
        "size": file.size,
        "caption": {"zh": zh or en, "en": en or zh},
    }


def _files(session: Session, ids: Iterable[UUID | None]) -> dict[UUID, StoredFile]:
    wanted = [one for one in ids if one]
    rows = session.scalars(sa.select(StoredFile).where(StoredFile.id.in_(wanted)))
    return {row.id: row for row in rows}


def _each(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def asset_of(session: Session, actor: Actor, asset_id: UUID) -> Asset:
    """Return a right the actor may see."""
    return Assets(session, actor).get(asset_id)
