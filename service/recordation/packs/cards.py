"""The officer card: one bilingual page of overt features, one-minute checks and picture pairs."""

from typing import Any
from uuid import UUID

from service.core.files import Files
from service.core.text import N_
from service.recordation.domain import CONTACT_ROLES
from service.recordation.packs.attachments import read
from service.recordation.usecases.cards import Card
from service.recordation.usecases.wording import both
from service.rules.authorities import authority
from service.ui.documents.codes import qr
from service.ui.documents.errors import PictureTooLarge, PictureUnreadable
from service.ui.documents.pdf import Imprint, Paper, pdf
from service.ui.documents.pictures import PictureLimits, fit_picture

CODE = "code.svg"
MOST = 5
"""Features that fit the page; the page behind the code has them all."""
LIMITS = PictureLimits(bytes=300 << 10, longest=900)


def shown_picture(files: Files, card: Card, file_id: UUID) -> bytes | None:
    """Return a picture of a card as JPEG without metadata; None where it cannot be read."""
    row = card.files.get(file_id)
    if row is None:
        return None
    try:
        return fit_picture(read(files, row.sha256), LIMITS).content
    except (PictureUnreadable, PictureTooLarge):
        return None


def card_pdf(files: Files, card: Card, address: str) -> bytes:
    """Return the card on one page; its code leads to `address`."""
    pictures: dict[str, bytes] = {CODE: qr(address)}

    def placed(name: str, file_id: UUID | None) -> str:
        content = shown_picture(files, card, file_id) if file_id else None
        if content is None:
            return ""
        pictures[name] = content
        return name

    features = [
        {
            "part": one.part,
            "zh": [_short(text, 110) for text in (one.description_zh, one.check_zh) if text],
            "en": [_short(text, 220) for text in (one.description_en, one.check_en) if text],
            "genuine": placed(f"genuine{at}.jpg", one.genuine_file_id),
            "counterfeit": placed(f"counterfeit{at}.jpg", one.counterfeit_file_id),
        }
        for at, one in enumerate(card.features[:MOST])
    ]
    data = {
        "title": both(N_("Telling genuine goods")),
        "name": {"zh": card.goods.name_zh, "en": card.goods.name_en},
        "code": CODE,
        "heads": [both(N_("One-minute check")), both(N_("Genuine")), both(N_("Counterfeit"))],
        "none": both(N_("No feature yet.")),
        "more": both(N_("More features stand on the page behind the code."))
        if len(card.features) > MOST
        else None,
        "facts": _facts(card),
        "features": features,
        "photo": placed("photo.jpg", card.pictures[0].file_id) if card.pictures else "",
        "until": {
            "zh": f"本卡片有效至 {card.row.expires_at.date().isoformat()}；仅供 {card.row.office}",
            "en": f"Open until {card.row.expires_at.date().isoformat()}, for {card.row.office}",
        },
    }
    reference = str(card.row.id)[:13]
    imprint = Imprint(reference, card.row.created_at)
    return pdf(Paper("recordation/card", data, imprint, pictures))


def _short(text: str, most: int) -> str:
    """Return a text that leaves room for the others on the page."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"


def _facts(card: Card) -> list[dict[str, Any]]:
    goods = card.goods
    rights = [
        f"{asset.title} {asset.number}"
        + "".join(f" · {authority(one.authority).short} {one.recordation_no}" for one in filings)
        for asset, filings in card.rights
    ]
    contacts = [
        {
            "zh": f"{both(CONTACT_ROLES[one.role])['zh']}：{one.name} {one.phone} {one.hours}",
            "en": f"{CONTACT_ROLES[one.role]}: {one.name} {one.phone} {one.hours}",
        }
        for one in card.contacts
    ]
    rows = (
        (N_("Model"), goods.model),
        (N_("HS codes"), ", ".join(goods.hs_codes)),
        (N_("Makers"), ", ".join(goods.manufacturers)),
        (N_("Serial numbers"), goods.serial_rule),
        (N_("Rights and recordations"), rights),
        (N_("Whom to call"), contacts),
    )
    return [{"label": both(label), "value": value} for label, value in rows if value]
