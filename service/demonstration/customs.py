"""The demonstration at customs: a right, its goods, an officer card, detentions, who is called on.

Made once, in one transaction, by the same use cases people use; days count back from the day it
is made, so that the three working days of the detention under way are still running.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from service.core import clock
from service.core.db import Database
from service.core.files import Files, Stored
from service.core.settings import Settings
from service.demonstration.detentions import hold_goods
from service.demonstration.drawing import carton, plate, scooter
from service.demonstration.files import CATALOGUE, DATA, read_rows
from service.demonstration.repository import Demonstration
from service.identity.permissions import Actor, console
from service.recordation.domain import ContactRole, FeatureKind, PictureKind, Relation, Scope, Way
from service.recordation.models import Asset, Goods
from service.recordation.outreach.domain import ContactChannel, Result
from service.recordation.outreach.usecases.calling import add_contact
from service.recordation.repository import Holders
from service.recordation.usecases.cards import make_card
from service.recordation.usecases.filings import begin_filing
from service.recordation.usecases.goods import (
    add_feature,
    add_picture,
    goods_of_product,
    link_goods,
)
from service.recordation.usecases.mandates import give_mandate
from service.recordation.usecases.substance import change_asset, save_contact, take_right
from service.recordation.usecases.users import add_user
from service.registry.domain import RightKind, RightStatus
from service.registry.usecases.files import note_file
from service.registry.usecases.penalties import load_penalties
from service.registry.usecases.rights import add_right

PENALTIES = DATA / "penalties.csv"
PRODUCT = 4
"""The fifth product of the enterprise that signs in: nothing was made to meet its names."""
CARD_DAYS = 180
CALLS = (
    ("V003", 21, ContactChannel.PHONE, Result.INFORMED, "已告知被控侵权风险，请其备齐授权书。", 7),
    ("P058", 14, ContactChannel.VISIT, Result.WILL_RECORD, "拟就自有商标办理海关备案。", 30),
    ("V006", 9, ContactChannel.EVENT, Result.INFORMED, "参加园区海关知识产权宣讲。", None),
    ("V008", 3, ContactChannel.PHONE, Result.NOT_REACHED, "", 0),
)
"""Enterprise, days ago, channel, result, note, and in how many days it is to be called again."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who acts in the demonstration at customs, and the pictures that were stored before."""

    owner: Actor
    filer: Actor
    customs_id: UUID
    pictures: Mapping[str, Stored]
    brand: Mapping[str, str]
    """The row of the catalogue."""

    def file(self, session: Session, name: str) -> UUID:
        """Note a stored picture as a file of the exporter."""
        stored = self.pictures[name]
        row = note_file(session, self.owner, stored, name=f"{name}.png", media_type="image/png")
        return row.id


def load_decisions(database: Database, settings: Settings) -> None:
    """Load the published penalty decisions; a second time nothing changes."""
    digest = hashlib.sha256(PENALTIES.read_bytes()).hexdigest()
    with database.write() as session:
        load_penalties(session, console(), settings, PENALTIES, name=PENALTIES.name, sha256=digest)


def fill_customs(database: Database, settings: Settings) -> str:
    """Make right, goods, card, detentions and contacts once; return the path of the new card.

    Nothing is made, and nothing returned, where they are there, or where somebody who acts is no
    longer among the people.
    """
    with database.read() as session:
        demonstration = Demonstration(session)
        people = demonstration.people()
        if demonstration.at_customs() or not {"exporter", "filer", "customs"} <= set(people):
            return ""
    row = read_rows(CATALOGUE.name)[PRODUCT]
    files = Files(settings.files_folder)
    drawn = {name: files.put([made], limit=1 << 20) for name, made in _drawn(row).items()}
    with database.write() as session:
        people = Demonstration(session).people()
        owner, filer = (people[login] for login in ("exporter", "filer"))
        customs_id = people["customs"].organisation_id
        cast = Cast(
            Actor(owner.id, owner.organisation_id, owner.role),
            Actor(filer.id, filer.organisation_id, filer.role),
            customs_id,
            drawn,
            row,
        )
        return _fill(session, cast)


def _drawn(row: Mapping[str, str]) -> Mapping[str, bytes]:
    brand = row["name_latin"]
    return {
        "goods": scooter(brand),
        "carton": carton(brand),
        "plate-genuine": plate(brand),
        "plate-counterfeit": plate(brand, genuine=False),
        "wheel-genuine": scooter("", genuine=True),
        "wheel-counterfeit": scooter("", genuine=False),
    }


def _fill(session: Session, cast: Cast) -> str:
    for taker in (cast.customs_id, cast.filer.organisation_id):
        assert taker is not None
        give_mandate(session, cast.owner, to_id=taker, scope=Scope.CHECK, valid_from=clock.today())
    asset = _right(session, cast)
    goods = _goods(session, cast, asset)
    begin_filing(session, cast.owner, asset, "gacc")
    office = "演示海关 Demonstration Customs House"
    _, path = make_card(session, cast.owner, goods, office=office, days=CARD_DAYS)
    hold_goods(session, cast.owner, cast.filer, asset, cast.pictures["goods"])
    _call(session, cast.filer)
    return path


def _right(session: Session, cast: Cast) -> Asset:
    """Enter the exporter's own mark, who is asked about it, and who may use it."""
    title = f"{cast.brand['name_zh']} {cast.brand['name_latin']}"
    right = add_right(
        session,
        cast.owner,
        {
            "kind": RightKind.TRADEMARK,
            "status": RightStatus.IN_FORCE,
            "title": title,
            "creators": (),
            "territory": "CN",
            "number": "演示-000005",
            "filed_on": date(2022, 3, 1),
            "granted_on": date(2023, 1, 14),
            "expires_on": date(2033, 1, 13),
        },
    )
    asset = take_right(session, cast.owner, right.id)
    change_asset(
        session,
        cast.owner,
        asset,
        {"classes": ("12",), "goods_text": "电动滑板车 electric scooters"},
    )
    assert asset.holder_id is not None
    holder = Holders(session, cast.owner).get(asset.holder_id)
    for role, name, phone in (
        (ContactRole.LEGAL, "演示·法务", "0000-0001"),
        (ContactRole.TECHNICAL, "演示·鉴定", "0000-0002"),
        (ContactRole.AFTER_HOURS, "演示·值班", "0000-0003"),
    ):
        values = {"name": name, "phone": phone, "mail": "", "hours": "24h"}
        save_contact(session, cast.owner, holder, role, values)
    user = {"name": "演示市骁昊骐配件有限公司", "relation": Relation.OEM, "direction": Way.EXPORT}
    term = {"valid_from": clock.today(), "valid_to": clock.today() + timedelta(days=60)}
    add_user(session, cast.owner, asset, {**user, **term})
    return asset


def _goods(session: Session, cast: Cast, asset: Asset) -> Goods:
    product = Demonstration(session).product(cast.owner.organisation_id, cast.brand["sku"])
    goods = goods_of_product(session, cast.owner, product)
    for name, kind in (("goods", PictureKind.GOODS), ("carton", PictureKind.PACKAGE)):
        add_picture(session, cast.owner, goods, cast.file(session, name), kind)
    for part, told in FEATURES.items():
        pair = {
            f"{which}_file_id": cast.file(session, f"{part}-{which}")
            for which in ("genuine", "counterfeit")
        }
        add_feature(session, cast.owner, goods, {"kind": FeatureKind.OVERT, **told, **pair})
    covert = {"part": "立管内侧 inside the stem", "kind": FeatureKind.COVERT}
    add_feature(
        session,
        cast.owner,
        goods,
        {**covert, "description_zh": "紫外灯下可见暗记", "description_en": "shows under UV light"},
    )
    link_goods(session, cast.owner, goods, [asset.id])
    return goods


FEATURES: Mapping[str, Mapping[str, str]] = {
    "plate": {
        "part": "车架铭牌 frame plate",
        "description_zh": "双线边框，下方有激光雕刻的车架号。",
        "description_en": "A double frame, and a laser-engraved frame number below the name.",
        "check_zh": "看铭牌：无内框或无车架号即为假。",
        "check_en": "Look at the plate: without the inner frame or the number it is not genuine.",
    },
    "wheel": {
        "part": "前轮 front wheel",
        "description_zh": "前后轮直径相同。",
        "description_en": "Front and rear wheel have the same diameter.",
        "check_zh": "并排比较：前轮明显较小即为假。",
        "check_en": "Compare the wheels: a front wheel plainly smaller is not genuine.",
    },
}
"""Overt features of the goods, by the name of their pair of pictures."""


def _call(session: Session, filer: Actor) -> None:
    enterprises, today = Demonstration(session).enterprises(), clock.today()
    codes = {row["code"]: row["uscc"] for row in read_rows("organisations.csv")}
    for code, ago, channel, result, text, again in CALLS:
        add_contact(
            session,
            filer,
            enterprises[codes[code]],
            on=today - timedelta(days=ago),
            channel=channel,
            result=result,
            text=text,
            again_on=None if again is None else today + timedelta(days=again),
        )
