"""Three detentions of the demonstration: one under way, one closed, one abroad."""

from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from service.cases.contents import Kept
from service.cases.domain import Scan
from service.cases.reckoning import local_day
from service.core import clock
from service.core.files import Stored
from service.identity.permissions import Actor
from service.recordation.detention.domain import CostKind, Ground, Mode, Side
from service.recordation.detention.entries import PaperEntry, StepEntry
from service.recordation.detention.models import Detention
from service.recordation.detention.papers import PaperKind
from service.recordation.detention.repository import Detentions
from service.recordation.detention.usecases.acting import take_step
from service.recordation.detention.usecases.entering import Attachment, enter_detention
from service.recordation.detention.usecases.keeping import add_cost, note_contact
from service.recordation.detention.usecases.receiving import receive_paper
from service.recordation.models import Asset

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OFFICE = "演示海关 Demonstration Customs House"


def hold_goods(session: Session, owner: Actor, filer: Actor, asset: Asset, picture: Stored) -> None:
    """Enter the three detentions, as the station and the exporter would."""
    _under_way(session, owner, filer, asset, picture)
    _closed(session, owner, filer)
    _abroad(session, owner, filer)


def _under_way(session: Session, owner: Actor, filer: Actor, asset: Asset, picture: Stored) -> None:
    """Customs stopped goods with the exporter's mark an hour and a half ago: three working days."""
    served = clock.now() - 1.5 * HOUR
    photograph = Attachment("photo.png", Kept(picture, "image/png", Scan.NOT_SCANNED))
    row = enter_detention(
        session,
        owner,
        _paper(PaperKind.STATUS_REQUEST, served, 12),
        {
            "authority": "gacc",
            "side": Side.HOLDER,
            "mode": Mode.EX_OFFICIO,
            "office": OFFICE,
            "asset_id": asset.id,
            "declaration_no": "999920260000000012",
            "consignor": "演示市陌生贸易有限公司",
            "goods": "电动滑板车 electric scooters",
            "quantity": "240",
            "goods_value": Decimal(96000),
            "mark_used": asset.title,
            "right_text": f"{asset.title} {asset.number}",
        },
        attachments=[photograph],
    )
    first = Detentions(session, filer).contacts(row.id)[0]
    note_contact(session, filer, row.id, first.id)


def _closed(session: Session, owner: Actor, filer: Actor) -> None:
    """Two months ago: asked, declared in time with proof of lawful use, released, closed."""
    served = clock.now() - 60 * DAY
    limit = local_day(served + 3 * DAY)
    row = enter_detention(
        session,
        filer,
        _paper(PaperKind.STATUS_REQUEST, served, 7, stated_due=limit),
        {
            "authority": "gacc",
            "side": Side.EXPORTER,
            "mode": Mode.EX_OFFICIO,
            "office": OFFICE,
            "declaration_no": "999920260000000007",
            "goods": "电动自行车 electric bicycles",
            "quantity": "120",
            "goods_value": Decimal(84000),
            "mark_used": "WOZOOZOOB",
        },
        owner_id=owner.organisation_id,
    )
    declared = {"receipt": "演示收〔7〕", "note": "随附授权书、订单、合法使用人登记截图。"}
    _step(session, owner, row, "declare", when=local_day(served + DAY), **declared)
    released = _paper(PaperKind.RELEASE, served + 8 * DAY, 9)
    receive_paper(session, filer, row, released, version=row.version)
    paid = local_day(served + 9 * DAY)
    cost = {"kind": CostKind.STORAGE, "amount": Decimal(620), "paid_on": paid}
    add_cost(session, owner, row.id, cost)
    _step(session, owner, row, "close", note="已放行，仓储费已结清。")


def _abroad(session: Session, owner: Actor, filer: Actor) -> None:
    """CBP in America detains bicycles that are said to be confusingly similar."""
    enter_detention(
        session,
        filer,
        PaperEntry(PaperKind.CBP_DETENTION, clock.now() - 2 * DAY, number="DEMO-DET-0003"),
        {
            "authority": "us-cbp",
            "side": Side.EXPORTER,
            "mode": Mode.EX_OFFICIO,
            "office": "Port of Demonstration",
            "declaration_no": "DEMO-0000003",
            "goods": "电动三轮车 electric tricycles",
            "quantity": "36",
            "goods_value": Decimal(27000),
            "currency": "USD",
            "mark_used": "XUKHOKUGHUV",
            "ground": Ground.COUNTERFEIT,
        },
        owner_id=owner.organisation_id,
    )


def _paper(kind: PaperKind, served: datetime, number: int, **more: object) -> PaperEntry:
    year = local_day(served).year
    told = {"number": f"演示关知〔{year}〕{number}号", **more}
    return PaperEntry(kind=kind, served_at=served, **told)  # type: ignore[arg-type]


def _step(session: Session, actor: Actor, row: Detention, event: str, **entry: object) -> None:
    given = StepEntry(**entry)  # type: ignore[arg-type]
    take_step(session, actor, row, event, given, version=row.version)
