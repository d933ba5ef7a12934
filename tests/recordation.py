"""A right with everything the forms ask for, and the way of its filings, for tests."""

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from PIL import Image
from sqlalchemy.orm import Session

from service.core.db import Database
from service.core.files import Files
from service.identity.permissions import Actor, Role
from service.recordation.domain import ContactRole, FeatureKind, PictureKind, Relation, Way
from service.recordation.models import Asset, Filing
from service.recordation.repository import Filings, Holders
from service.recordation.usecases.cases import case_of
from service.recordation.usecases.filings import add_paper, begin_filing, save_answers
from service.recordation.usecases.goods import add_feature, add_goods, add_picture, link_goods
from service.recordation.usecases.leads import add_lead
from service.recordation.usecases.moving import take_step
from service.recordation.usecases.readiness import is_needed
from service.recordation.usecases.substance import (
    change_holder,
    check_status,
    save_contact,
    take_right,
)
from service.recordation.usecases.users import add_user
from service.recordation.usecases.writing import Entry
from service.registry.domain import RightKind, RightStatus
from service.registry.usecases.files import note_file
from service.registry.usecases.rights import add_right
from service.rules.authorities import authority
from tests.builders import Someone, make_person

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
TODAY = NOW.date()
NOBODY = UUID(int=0)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
MARK: dict[str, Any] = {
    "kind": RightKind.TRADEMARK,
    "status": RightStatus.IN_FORCE,
    "title": "雅迪 YADEA",
    "creators": (),
    "territory": "CN",
    "number": "12345678",
    "filed_on": date(2019, 3, 1),
    "granted_on": date(2021, 5, 21),
    "expires_on": date(2031, 5, 20),
}


def png(colour: str = "steelblue", size: tuple[int, int] = (240, 160)) -> bytes:
    """Return a small picture."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


@dataclass
class Shop:
    """An exporter with one right, complete for every form."""

    database: Database
    files: Files
    exporter: Someone
    asset_id: UUID = NOBODY

    @property
    def actor(self) -> Actor:
        """The exporter."""
        return self.exporter.actor

    def file(self, session: Session, content: bytes = PDF, name: str = "paper.pdf") -> UUID:
        """Store a file of the exporter."""
        stored = self.files.put([content], limit=1 << 24)
        kind = "application/pdf" if content is PDF else "image/png"
        return note_file(session, self.actor, stored, name=name, media_type=kind).id

    def asset(self, session: Session) -> Asset:
        """Return the right."""
        return session.get_one(Asset, self.asset_id)


def make_shop(
    database: Database, files: Files, *, right: dict[str, Any] | None = None, full: bool = True
) -> Shop:
    """Make an exporter and its right; `full`: with goods, users, contacts and leads."""
    shop = Shop(database, files, make_person(database, Role.EXPORTER_OWNER))
    with database.write() as session:
        asset = take_right(session, shop.actor, _right(session, shop, right or {}))
        shop.asset_id = asset.id
        if full:
            complete_substance(session, shop, asset)
    return shop


def _right(session: Session, shop: Shop, values: dict[str, Any]) -> UUID:
    return add_right(session, shop.actor, {**MARK, **values}).id


def complete_substance(session: Session, shop: Shop, asset: Asset) -> None:
    """Fill in what the forms of all authorities ask for."""
    actor = shop.actor
    asset.classes, asset.goods_text = ("12",), "电动自行车 electric bicycles"
    asset.image_file_id = shop.file(session, png("white"), "mark.png")
    asset.designations = ("US", "EM", "GB", "TR", "IN", "JP", "KR")
    holder = Holders(session, actor).get(asset.holder_id)  # type: ignore[arg-type]
    change_holder(
        session,
        actor,
        holder,
        {
            "name_en": "Wuxi Test Vehicles Co., Ltd.",
            "address_zh": "江苏省无锡市锡山区1号",
            "address_en": "1 Xishan Road, Wuxi, Jiangsu",
            "uscc": "91320200MA1ABCDE2X",
            "eori": "CN91320200MA1ABCD",
        },
    )
    for role in (ContactRole.LEGAL, ContactRole.TECHNICAL):
        save_contact(
            session, actor, holder, role, {"name": "李四", "phone": "0510-1", "mail": "li@x.cn"}
        )
    goods = add_goods(
        session,
        actor,
        {
            "name_zh": "电动自行车",
            "name_en": "electric bicycle",
            "hs_codes": ("8711.60",),
            "origin_place": "无锡 Wuxi",
            "manufacturers": ("无锡测试车业有限公司",),
            "ports": ("上海海关",),
            "traders": ("无锡测试车业有限公司",),
            "price_customs": "USD 300-500",
            "sku": "EB-20",
            "transport": "海运 by sea",
            "packaging": "纸箱 carton",
        },
    )
    add_picture(
        session, actor, goods, shop.file(session, png("red"), "bike.png"), PictureKind.GOODS
    )
    add_picture(
        session, actor, goods, shop.file(session, png("tan"), "box.png"), PictureKind.PACKAGE
    )
    pair = {
        "genuine_file_id": shop.file(session, png("green"), "ok.png"),
        "counterfeit_file_id": shop.file(session, png("grey"), "fake.png"),
    }
    overt = {"part": "车架号 frame number", "kind": FeatureKind.OVERT, "description_zh": "激光雕刻"}
    add_feature(session, actor, goods, {**overt, "description_en": "laser engraved", **pair})
    covert = {"part": "隐形墨 ink", "kind": FeatureKind.COVERT, "description_zh": "紫外可见暗记"}
    add_feature(session, actor, goods, covert)
    link_goods(session, actor, goods, [asset.id])
    user = {"name": "无锡代工厂", "uscc": "91320200MA1ABCDE3X", "relation": Relation.OEM}
    ends = min(date(2030, 12, 31), asset.expires_on or date.max)
    term = {"direction": Way.EXPORT, "valid_from": date(2026, 1, 1), "valid_to": ends}
    add_user(session, actor, asset, {**user, **term})
    add_lead(
        session,
        actor,
        asset,
        {
            "suspect": "某侵权厂",
            "role": "maker",
            "infringement": "counterfeit",
            "reliability": "likely",
            "ports": ("宁波海关",),
            "features": "无激光雕刻 no engraving",
        },
    )
    check_status(session, actor, asset, status=RightStatus.IN_FORCE, source="sbj.cnipa.gov.cn")


def begun(session: Session, shop: Shop, code: str, procedure: str = "") -> Filing:
    """Begin a filing and give it its own answers and every paper asked for."""
    filing = begin_filing(session, shop.actor, shop.asset(session), code, procedure)
    answers = {
        "prima_facie": "鉴定意见 expert opinion",
        "ports": ["INNSA1"],
        "small_consignments": "yes",
        "gray_market": "no",
        "undertaking": "yes",
        "costs_undertaking": "yes",
        "data_consent": "yes",
    }
    one = authority(code)
    for group in one.groups:
        own = {need.key: answers[need.key] for need in group.fields if need.key in answers}
        states = ["DE"] if any(need.key == "member_states" for need in group.fields) else None
        if own or states:
            save_answers(
                session, shop.actor, filing, group.key, own, version=filing.version, states=states
            )
    case = case_of(session, shop.actor, filing)
    for need in one.documents:
        if is_needed(case, need.when):
            add_paper(session, shop.actor, filing, need.key, shop.file(session))
    return filing


def step(session: Session, shop: Shop, filing: Filing, event: str, **entry: Any) -> Filing:
    """Take a step as the exporter."""
    return take_step(session, shop.actor, filing, event, Entry(**entry), version=filing.version)


def granted(session: Session, shop: Shop, code: str, *, on: date = TODAY) -> Filing:
    """Take a filing from its draft to in force."""
    filing = begun(session, shop, code)
    step(session, shop, filing, "complete")
    step(session, shop, filing, "submit", when=on, receipt_no=f"R-{code}")
    step(session, shop, filing, "accept", when=on, application_no=f"A-{code}")
    paper = shop.file(session)
    step(session, shop, filing, "grant", when=on, decision_file_id=paper)
    return step(session, shop, filing, "enter", recordation_no=f"N-{code}", effective_on=on)


def later(days: int) -> datetime:
    """Return a moment some days after `NOW`."""
    return NOW + timedelta(days=days)


def rounds(session: Session, shop: Shop, filing: Filing) -> list[Any]:
    """Return what was sent."""
    return list(Filings(session, shop.actor).rounds(filing.id))
