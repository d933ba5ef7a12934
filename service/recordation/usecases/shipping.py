"""The ship-safe check: what customs and registers say of goods before they are declared."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from service.core import clock
from service.core.db import Database
from service.core.errors import FieldError, Invalid
from service.core.settings import Settings
from service.core.text import N_
from service.core.types import new_id
from service.identity.auditing import note
from service.identity.models import Organisation
from service.identity.permissions import Actor, OrganisationKind, Permission
from service.recordation.models import ShippingCheck
from service.recordation.repository import ShippingChecks
from service.recordation.schemas_shipping import PartyIn, PartyOut, ShippingIn, ShippingOut
from service.recordation.shipping import Declared, Light, Party, folded, worst
from service.recordation.usecases.shipping_answer import (
    Known,
    elements_of,
    market_of,
    owners_at_home,
    papers_of,
    place_of,
)
from service.recordation.usecases.shipping_lists import own_recordations
from service.recordation.usecases.substance import owner_of
from service.registry.finder import Finder
from service.registry.holdings import Products
from service.registry.models import Product
from service.screening.domain import BrandRole
from service.screening.schemas import RouteIn, ScreeningIn, ScreeningOut
from service.screening.usecases.remembering import with_decisions
from service.screening.usecases.screening import answer_screening, store

HOME = "CN"


@dataclass(frozen=True, slots=True)
class Shipment:
    """What was asked, completed from the product and the exporter's own particulars."""

    asked: ShippingIn
    product: Product | None
    screening: ScreeningIn
    known: Mapping[Party, Known]


def read_shipment(session: Session, actor: Actor, asked: ShippingIn) -> Shipment:
    """Complete what was asked from the product and the actor's organisation.

    Raises:
        Invalid: the actor sees no product of this SKU.
    """
    actor.need(Permission.SCREENING_RUN)
    product = _product(session, actor, asked.sku)
    ours = session.get(Organisation, actor.organisation_id) if actor.organisation_id else None
    names = asked.names or list(product.brands if product else ())
    goods = asked.goods or _goods(product) or ([f"hs:{asked.code}"] if asked.code else [])
    given = asked.brand_role or (product.brand_role.value if product else "own")
    screening = ScreeningIn(
        names=names or [""],
        goods=goods,
        route=_route(asked.route, product),
        brand_role=BrandRole(given),
        customs_mode=asked.customs_mode,
        reference=asked.sku,
    )
    return Shipment(asked, product, screening, _parties(asked, ours))


def _product(session: Session, actor: Actor, sku: str) -> Product | None:
    if not sku:
        return None
    actor.need(Permission.PRODUCT_READ)
    found = Products(session, actor).of_sku(sku)
    if found is None:
        detail = N_("There is no product with this SKU.")
        raise Invalid(detail, errors=[FieldError("sku", detail)])
    return found


def _goods(product: Product | None) -> list[str]:
    if product is None:
        return []
    return [f"hs:{code}" for code in product.hs_codes] + list(product.goods)


def _route(asked: RouteIn, product: Product | None) -> RouteIn:
    if product is None or asked.destinations or asked.warehouse:
        return asked
    way = product.route
    return RouteIn(
        origin=way.get("origin") or "CN",
        exit_port=asked.exit_port or way.get("exit_port", ""),
        transit=asked.transit or list(way.get("transit", ())),
        destinations=list(product.markets),
        warehouse=next(iter(way.get("warehouses", ())), ""),
    )


def _parties(asked: ShippingIn, ours: Organisation | None) -> dict[Party, Known]:
    given = {
        Party.CONSIGNOR: asked.consignor,
        Party.MAKER: asked.maker,
        Party.DECLARANT: asked.declarant,
    }
    exporter = ours if ours is not None and ours.kind is OrganisationKind.EXPORTER else None
    if exporter and not (asked.consignor.name or asked.consignor.code):
        given[Party.CONSIGNOR] = PartyIn(name=exporter.name_zh, code=exporter.uscc or "")
    return {party: _known(one, exporter) for party, one in given.items()}


def _known(given: PartyIn, ours: Organisation | None) -> Known:
    """Return under what a party is known: our own organisation under all its names and codes."""
    names = folded((given.name, given.code))
    told = (ours.name_zh, ours.name_en, ours.uscc, ours.customs_code, ours.eori) if ours else ()
    mine = folded(name for name in told if name)
    return Known(given.name.strip(), given.code.strip(), names | mine if names & mine else names)


def check_shipping(
    database: Database, settings: Settings, finder: Finder, actor: Actor, asked: ShippingIn
) -> tuple[ScreeningOut, ShippingOut]:
    """Work a check out without keeping it: the screening it rests on, and what it says.

    Raises:
        PermissionDenied, Invalid: see `read_shipment`.
        NoName, NoMarket, UnknownMarket, IndexBuilding, …: see `answer_screening`.
    """
    with database.read() as session:
        shipment = read_shipment(session, actor, asked)
    fresh = answer_screening(database, settings, finder, shipment.screening)
    with database.read() as session:
        screening = with_decisions(session, actor, fresh)
        own = own_recordations(session, actor, screening.input.names)
    role = screening.input.brand_role
    places = [place_of(one, own, shipment.known, role) for one in screening.borders]
    markets = [market_of(code, screening) for code in screening.markets]
    at_home = any(one.territory == HOME and one.passage == "starts" for one in places)
    elements = elements_of(_declared(shipment, screening)) if at_home else []
    lights = [*(one.light for one in places), *(one.light for one in markets)]
    if any(one.warnings for one in elements):
        lights.append(Light.AMBER)
    answer = ShippingOut(
        check_id=new_id(),
        at=screening.at,
        screening_id=screening.screening_id,
        product_id=shipment.product.id if shipment.product else None,
        sku=asked.sku,
        names=screening.input.names,
        light=worst(lights),
        parties=[
            PartyOut(party=party, name=one.name, code=one.code)
            for party, one in shipment.known.items()
        ],
        places=places,
        markets=markets,
        elements=elements,
        papers=papers_of(places, screening),
        not_searched=screening.not_searched,
        disclaimer=screening.disclaimer,
    )
    return screening, answer


def _declared(shipment: Shipment, screening: ScreeningOut) -> Declared:
    asked, owners = shipment.asked, owners_at_home(screening)
    holders = folded(name for name, _ in owners)
    makers = shipment.known[Party.CONSIGNOR].names | shipment.known[Party.MAKER].names
    return Declared(
        code=asked.code,
        brand_type=asked.brand_type,
        brand=asked.brand.strip(),
        model=asked.model.strip(),
        names=tuple(screening.input.names),
        product_codes=shipment.product.hs_codes if shipment.product else (),
        role=screening.input.brand_role,
        owners=tuple(owners),
        ours=bool(holders & makers),
    )


def keep_check(
    session: Session, actor: Actor, screening: ScreeningOut, answer: ShippingOut
) -> ShippingCheck:
    """Keep a check as it was answered, with the screening it rests on."""
    store(session, actor, screening)
    row = ShippingCheck(
        id=answer.check_id,
        organisation_id=owner_of(actor),
        person_id=actor.person_id,
        screening_id=answer.screening_id,
        product_id=answer.product_id,
        sku=answer.sku,
        names=tuple(_one_line(answer.names)),
        light=answer.light,
        answer=answer.model_dump(mode="json"),
        created_at=clock.now(),
    )
    ShippingChecks(session, actor).add(row)
    note(session, actor, "shipping.checked", ("shipping-check", row.id), light=row.light.value)
    return row


def _one_line(names: Iterable[str]) -> Sequence[str]:
    return [" ".join(name.split()) for name in names]


def answer_of(row: ShippingCheck) -> ShippingOut:
    """Return what was answered."""
    return ShippingOut.model_validate(row.answer)
