"""What a letter of a detention is about, and the facts that stand on it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from service.cases.models_evidence import Evidence
from service.cases.reckoning import local_day
from service.core.text import N_
from service.recordation.detention.clocks import PATENTS
from service.recordation.detention.domain import GROUNDS, MODES, Side
from service.recordation.detention.models import Detention, DetentionPaper
from service.recordation.detention.places import zone_of
from service.recordation.detention.security import Asked, Guarantee
from service.recordation.models import Agent, Asset, Holder
from service.recordation.packs.letters import BLANK
from service.recordation.usecases.wording import RIGHT_NAMES, Pair, both
from service.rules.authorities import Authority

EVERYWHERE = ""
TRADER_SIGNS = (N_("Consignor or consignee (seal)"), N_("Date"))


@dataclass(frozen=True, slots=True)
class Matter:
    """What a letter is about."""

    authority: Authority
    detention: Detention
    papers: Sequence[DetentionPaper]
    owner: Pair
    at: datetime
    asset: Asset | None = None
    holder: Holder | None = None
    agent: Agent | None = None
    recordation_no: str = ""
    evidence: Sequence[Evidence] = ()
    asked: Asked | None = None
    guarantee: Guarantee | None = None

    @property
    def reference(self) -> str:
        """What the letter is known by."""
        numbers = [paper.number for paper in self.papers if paper.number]
        return numbers[-1] if numbers else str(self.detention.id)[:13]


Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Letter:
    """A kind of letter: who sends it to whom, what it says, and the rule it rests on."""

    key: str
    title: str
    """Message id; the Chinese is the title customs knows it by."""
    side: Side
    rules: Mapping[str, str]
    """Rule by authority; `EVERYWHERE`: any authority, resting on the paper that came."""
    paragraphs: tuple[str, ...]
    more: Callable[[Matter], Rows] = field(default=lambda _: [])
    signers: tuple[str, ...] = TRADER_SIGNS
    patents: bool = False
    lists_evidence: bool = False

    def fits(self, detention: Detention) -> bool:
        """Say whether a detention is answered with it."""
        here = EVERYWHERE in self.rules or detention.authority in self.rules
        patents = not self.patents or detention.right_kind in PATENTS
        return detention.side is self.side and here and patents


def fact(label: str, value: Any) -> dict[str, Any]:
    """Return one line of a letter; a line to write on where nothing is known."""
    return {"label": both(label), "value": value or BLANK}


def base(matter: Matter) -> Rows:
    """Return what every letter names: customs, party, paper, goods, right."""
    row, last = matter.detention, matter.papers[-1] if matter.papers else None
    own = row.side is Side.HOLDER
    asset = matter.asset
    right = f"{asset.title} {asset.number}".strip() if asset else row.right_text
    served = local_day(last.served_at, zone_of(row)).isoformat() if last else ""
    value = f"{row.currency} {row.goods_value}" if row.goods_value else ""
    return [
        fact(N_("To"), _pair(matter.authority.name.model_dump(), row.office)),
        fact(N_("Right holder") if own else N_("Consignor or consignee"), matter.owner),
        fact(N_("Representative"), matter.agent.name if matter.agent else ""),
        fact(N_("Number of the paper served"), f"{last.number} ({served})" if last else ""),
        fact(N_("Number of the customs declaration"), row.declaration_no),
        fact(N_("Consignor"), row.consignor),
        fact(N_("Consignee"), row.consignee),
        fact(N_("The goods"), row.goods),
        fact(N_("Quantity"), row.quantity),
        fact(N_("Value of the goods"), value),
        fact(N_("Mark on the goods"), row.mark_used),
        fact(N_("Kind of right"), both(RIGHT_NAMES[row.right_kind])),
        fact(N_("The right and its holder"), right),
        fact(N_("Recordation number"), matter.recordation_no),
    ]


def _pair(name: Mapping[str, str], office: str) -> Pair:
    return {"zh": f"{name['zh']} {office}".strip(), "en": f"{name['en']} {office}".strip()}


def application(matter: Matter) -> Rows:
    """Return what an application adds: mode, ground, security."""
    row, asked = matter.detention, matter.asked
    rows = [fact(N_("What made customs act"), both(MODES[row.mode]))]
    if row.ground:
        rows.append(fact(N_("What the goods are said to be"), both(GROUNDS[row.ground])))
    given = f"{row.currency} {row.security_amount}" if row.security_amount else ""
    rows.append(fact(N_("Security given"), given))
    if asked:
        rows.append(fact(N_("Security asked by the rule"), f"{asked.currency} {asked.amount}"))
    rows.append(fact(N_("Number of the general guarantee"), row.guarantee_number))
    return rows


def general_guarantee(matter: Matter) -> Rows:
    """Return what a general guarantee states; the guarantor fills it in."""
    found = matter.guarantee
    least = f"{found.currency} {found.minimum}" if found else ""
    return [
        fact(N_("Least amount of a general guarantee"), least),
        fact(N_("Amount guaranteed"), ""),
        fact(N_("Guarantor"), ""),
        fact(N_("Guarantee ends on"), ""),
    ]


def counter_security(matter: Matter) -> Rows:
    """Return the counter-security of a patent matter."""
    asked = matter.asked
    amount = f"{asked.currency} {asked.amount}" if asked else ""
    return [fact(N_("Counter-security, equal to the value of the goods"), amount)]


def blank(*labels: str) -> Callable[[Matter], Rows]:
    """Return lines to be written on."""
    return lambda _: [fact(label, "") for label in labels]
