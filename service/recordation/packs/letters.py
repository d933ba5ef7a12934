"""Papers beside the filing: 变更, 续展, 注销, 委托书, 合法使用人名单, 商标使用授权书."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from service.core.text import N_
from service.recordation.domain import LICENCES, RELATIONS, WAYS
from service.recordation.models import Agent, Asset, AuthorisedUser, Filing, Holder
from service.recordation.usecases.wording import RIGHT_NAMES, Pair, both
from service.rules.authorities import Authority
from service.ui.documents.pairs import as_text
from service.ui.documents.pdf import Imprint, Paper, pdf
from service.ui.documents.sheets import Column, Sheet, workbook
from service.ui.documents.word import word

BLANK = "________________"


@dataclass(frozen=True, slots=True)
class Matter:
    """What a letter is about."""

    authority: Authority
    filing: Filing
    asset: Asset
    holder: Holder | None
    agent: Agent | None
    users: Sequence[AuthorisedUser]
    differences: Sequence[Mapping[str, Any]]
    at: datetime
    user: AuthorisedUser | None = None

    @property
    def reference(self) -> str:
        """What the letter is known by."""
        return self.filing.recordation_no or self.filing.application_no or str(self.filing.id)[:8]


@dataclass(frozen=True, slots=True)
class Letter:
    """A kind of letter: its name, what it says, and for whom."""

    key: str
    title: str
    says: Callable[[Matter], tuple[list[dict[str, Any]], list[Pair]]]
    signers: tuple[str, ...] = (N_("Right holder (seal)"), N_("Date"))


def _row(label: str, value: Any) -> dict[str, Any]:
    return {"label": both(label), "value": value or BLANK}


def _base(matter: Matter) -> list[dict[str, Any]]:
    holder, asset = matter.holder, matter.asset
    name = {"zh": holder.name_zh, "en": holder.name_en} if holder else BLANK
    return [
        _row(N_("To"), matter.authority.name.model_dump()),
        _row(N_("Right holder"), name),
        _row(N_("Unified social credit code"), holder.uscc if holder else ""),
        _row(N_("Kind of right"), both(RIGHT_NAMES[asset.kind])),
        _row(N_("Name of the right"), asset.title),
        _row(N_("Registration number"), asset.number),
        _row(N_("Recordation number"), matter.filing.recordation_no),
        _row(N_("Recordation ends on"), _day(matter.filing.expires_on)),
    ]


def change(matter: Matter) -> tuple[list[dict[str, Any]], list[Pair]]:
    """Say what was filed and what is true now."""
    rows = _base(matter)
    for one in matter.differences:
        filed, now = as_text(one["filed"]), as_text(one["now"])
        value = {
            "zh": f"原备案：{filed or '（无）'} → 现：{now or '（无）'}",
            "en": f"filed: {filed or '(none)'} → now: {now or '(none)'}",
        }
        rows.append({"label": one["label"], "value": value})
    return rows, [both(N_("We ask that the recordation be changed as stated above."))]


def renewal(matter: Matter) -> tuple[list[dict[str, Any]], list[Pair]]:
    """Ask for renewal; the right lives on until its own last day."""
    rows = [*_base(matter), _row(N_("The right ends on"), _day(matter.asset.expires_on))]
    return rows, [both(N_("We ask that the recordation be renewed."))]


def cancellation(matter: Matter) -> tuple[list[dict[str, Any]], list[Pair]]:
    """Ask for deregistration, with the reason."""
    rows = [*_base(matter), _row(N_("Reason"), matter.filing.reason)]
    return rows, [both(N_("We ask that the recordation be deregistered."))]


def attorney(matter: Matter) -> tuple[list[dict[str, Any]], list[Pair]]:
    """Appoint the representative before the authority."""
    agent = matter.agent
    rows = [
        *_base(matter)[:6],
        _row(N_("Representative"), agent.name if agent else ""),
        _row(N_("Address"), agent.address if agent else ""),
        _row(N_("Valid until"), _day(agent.valid_to) if agent else ""),
    ]
    return rows, [
        both(
            N_(
                "The right holder appoints the representative to file, correct, change, renew and "
                "deregister the recordation and to receive papers. It does not extend to settling "
                "or releasing detained goods unless that is added here."
            )
        )
    ]


def authorisation(matter: Matter) -> tuple[list[dict[str, Any]], list[Pair]]:
    """Authorise one user to use the mark."""
    user = matter.user
    rows = _base(matter)[1:6]
    if user is not None:
        rows += [
            _row(N_("Authorised user"), {"zh": user.name, "en": user.name_en}),
            _row(N_("Code of the user"), user.uscc or user.customs_code),
            _row(N_("Relation"), both(RELATIONS[user.relation])),
            _row(N_("Kind of licence"), both(LICENCES[user.licence])),
            _row(N_("Goods"), user.goods_scope or matter.asset.goods_text),
            _row(N_("Territory"), user.territory),
            _row(N_("Direction"), both(WAYS[user.direction])),
            _row(N_("Term"), f"{_day(user.valid_from)} – {_day(user.valid_to)}"),
            _row(N_("Contract number"), user.contract_no),
            _row(N_("Quantity"), user.quantity),
        ]
    text = N_(
        "The right holder authorises the user to use the mark on the goods within this scope "
        "and term."
    )
    return rows, [both(text)]


LETTERS: Mapping[str, Letter] = {
    one.key: one
    for one in (
        Letter("change", N_("Application to change a recordation"), change),
        Letter("renewal", N_("Application to renew a recordation"), renewal),
        Letter("cancellation", N_("Application to deregister a recordation"), cancellation),
        Letter(
            "attorney",
            N_("Power of attorney"),
            attorney,
            (N_("Right holder (seal)"), N_("Representative (seal)"), N_("Date")),
        ),
        Letter("authorisation", N_("Authorisation to use a trademark"), authorisation),
    )
}


def letter_pdf(key: str, matter: Matter) -> bytes:
    """Return a letter as PDF, in both languages."""
    letter = LETTERS[key]
    rows, paragraphs = letter.says(matter)
    data = {
        "title": both(letter.title),
        "authority": matter.authority.name.model_dump(),
        "rows": rows,
        "paragraphs": paragraphs,
        "signers": [both(one) for one in letter.signers],
    }
    return pdf(Paper("recordation/letter", data, Imprint(matter.reference, matter.at)))


def letter_word(key: str, matter: Matter) -> bytes:
    """Return a letter for Word, where the office edits it."""
    letter = LETTERS[key]
    rows, paragraphs = letter.says(matter)
    return word(
        "kit/letter",
        {
            "title": both(letter.title),
            "reference": matter.reference,
            "made_at": matter.at.date().isoformat(),
            "fields": [{"label": row["label"], "value": as_text(row["value"])} for row in rows],
            "paragraphs": [as_text(one) for one in paragraphs],
        },
    )


USER_COLUMNS = (
    Column("合法使用人名称", "name", 32),
    Column("英文名称", "name_en", 24),
    Column("统一社会信用代码", "uscc", 22),
    Column("海关注册编码", "customs_code", 14),
    Column("关系", "relation", 14),
    Column("许可方式", "licence", 14),
    Column("进出口", "direction", 12),
    Column("商品范围", "goods_scope", 30),
    Column("有效期起", "valid_from", 12),
    Column("有效期止", "valid_to", 12),
    Column("单票", "single_shipment", 8),
    Column("合同号", "contract_no", 16),
)


def user_list(users: Sequence[AuthorisedUser]) -> bytes:
    """Return the list of authorised users as a workbook, in the columns its import reads."""
    rows = (
        (
            user.name,
            user.name_en,
            user.uscc,
            user.customs_code,
            both(RELATIONS[user.relation])["zh"],
            both(LICENCES[user.licence])["zh"],
            both(WAYS[user.direction])["zh"],
            user.goods_scope,
            _day(user.valid_from),
            _day(user.valid_to),
            "是" if user.single_shipment else "否",
            user.contract_no,
        )
        for user in users
    )
    return workbook([Sheet("合法使用人", USER_COLUMNS, rows)])


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
