"""The register of office XX: marks that were meant to conflict, and a background that was not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tools.demonstration.goods import FAR, FIELD, PARTS, RETAIL, VEHICLES, Ware
from tools.demonstration.names import Namer, letters_off, one_letter_off, same_sound

FULL_ON = date(2026, 6, 30)
"""The day the full sheet tells of; the changes are of the next two days."""
BACKGROUND = 3_000
OWNERS = 260
SCREENED_AT_FIRST = 60
"""Rows of the catalogue whose makers own nothing here: the table of the first minute."""
TAKEN_OFF, FILED = 60, 40
FIRST_NUMBER = 10_000_001
COUNTRIES = ("CN", "CN", "CN", "US", "DE", "VN", "TR", "IN", "BR", "KR", "IT")
ENDINGS = {"CN": "（演示）有限公司", "DE": " GmbH (Demonstration)"}
DEAD = ("expired", "cancelled", "refused", "withdrawn")
STATUSES = ("registered",) * 12 + ("filed", "published", "opposed", *DEAD)
HOARDER = "演示囤积商标（虚构）有限公司"
"""One owner who filed the names of many others: a squatter for the later parts to meet."""
Row = dict[str, str]
WARES = {ware.zh: ware for ware in (*VEHICLES, *PARTS)}


@dataclass(frozen=True, slots=True)
class Meeting:
    """One way in which a product of the catalogue meets the register."""

    text: Callable[[str, str], str] | None
    """From the product's Chinese and Latin name to the text of the mark; None: nothing is there."""
    ware: Ware | None = None
    """Goods of the mark; None: those of the product."""
    status: str = "registered"
    recorded: bool = False

    @property
    def mild(self) -> bool:
        """Nothing near the name lives: what is found must not be somebody else's mark."""
        return self.text is None or self.ware is FAR or self.status in DEAD


MEETINGS = (
    Meeting(lambda _, latin: latin, recorded=True),
    Meeting(lambda _, latin: one_letter_off(latin)),
    Meeting(lambda _, latin: latin, RETAIL),
    Meeting(lambda _, latin: latin, FAR),
    Meeting(None),
    Meeting(lambda han, _: same_sound(han)),
    Meeting(lambda _, latin: latin, status="cancelled"),
    Meeting(lambda han, latin: f"{han} {latin}", status="filed"),
    Meeting(lambda _, latin: letters_off(latin)),
    Meeting(lambda _, latin: f"{latin} MOTOR", recorded=True),
    Meeting(None),
    Meeting(lambda han, _: han, status="opposed"),
)
"""The products of the catalogue go through these in turn."""


def stands_alone(at: int) -> bool:
    """Say whether the product at a place of the catalogue is to meet no living near mark."""
    return at < SCREENED_AT_FIRST and MEETINGS[at % len(MEETINGS)].mild


def register(
    random: Random, namer: Namer, products: Sequence[Row], makers: Mapping[str, str]
) -> list[Row]:
    """Return the rows of the full sheet, by number; `makers` are names of enterprises by code."""
    owners = owners_of(random, namer)
    rows = []
    for at, product in enumerate(products):
        meeting = MEETINGS[at % len(MEETINGS)]
        if meeting.text:
            rows.append(_meeting(random, owners, meeting, product, list(makers.values())))
        elif at >= SCREENED_AT_FIRST:
            rows.append(_own(random, product, makers[product["enterprise"]]))
    rows += [background(random, namer, owners) for _ in range(BACKGROUND)]
    random.shuffle(rows)
    return [numbered(row, FIRST_NUMBER + at) for at, row in enumerate(rows)]


def owners_of(random: Random, namer: Namer) -> list[tuple[str, str]]:
    """Return invented owners: name and country."""
    return [_owner(random, namer) for _ in range(OWNERS)]


def numbered(row: Row, number: int) -> Row:
    """Return the row under a number of the office."""
    return {**row, "office": "XX", "number": str(number), "application_number": str(number)}


def _owner(random: Random, namer: Namer) -> tuple[str, str]:
    country = random.choice(COUNTRIES)
    name_zh, name_en = namer.field()
    name = name_zh if country == "CN" else name_en.title()
    return name + ENDINGS.get(country, " Ltd. (Demonstration)"), country


def _own(random: Random, product: Row, maker: str) -> Row:
    """Return the maker's own registration of a product's names."""
    text = f"{product['name_zh']} {product['name_latin']}"
    ware = WARES[product["product_zh"]]
    return _mark(random, (maker, "CN"), text, [ware], "registered", date(2023, 1, 9))


def _meeting(
    random: Random,
    owners: Sequence[tuple[str, str]],
    meeting: Meeting,
    product: Row,
    users: Sequence[str],
) -> Row:
    assert meeting.text is not None
    owner = (HOARDER, "CN") if random.random() < 0.1 else random.choice(owners)
    text = meeting.text(product["name_zh"], product["name_latin"])
    ware = meeting.ware or WARES[product["product_zh"]]
    # Registered late enough to be in force for years to come.
    row = _mark(random, owner, text, [ware], meeting.status, date(2023, 1, 9))
    if meeting.recorded:
        allowed = random.sample(users, 2) if random.random() < 0.5 else []
        row |= _recordation(random, allowed)
    return row


def background(random: Random, namer: Namer, owners: Sequence[tuple[str, str]]) -> Row:
    """Return a mark that no product was made to meet."""
    han, latin = namer.field()
    text = random.choice((han, latin, latin, f"{han} {latin}", latin.title()))
    wares = random.sample(FIELD, random.choice((1, 1, 1, 2)))
    row = _mark(
        random, random.choice(owners), text, wares, random.choice(STATUSES), date(2017, 1, 9)
    )
    if random.random() < 0.02:
        row |= _recordation(random, [])
    return row


def _mark(
    random: Random,
    owner: tuple[str, str],
    text: str,
    wares: Sequence[Ware],
    status: str,
    earliest: date,
) -> Row:
    classes = {ware.nice: ware for ware in wares}
    filed = earliest + timedelta(days=random.randrange((date(2025, 3, 1) - earliest).days))
    published, registered = filed + timedelta(days=200), filed + timedelta(days=291)
    row = {
        "text": text,
        "kind": random.choice(("word", "word", "word", "combined")),
        "status": status,
        "filing_date": filed.isoformat(),
        "classes": ";".join(map(str, sorted(classes))),
        "subgroups": ";".join(classes[nice].subgroup for nice in sorted(classes)),
        "goods": "; ".join(
            f"{nice}: {classes[nice].zh} {classes[nice].en}" for nice in sorted(classes)
        ),
        "owner_name": owner[0],
        "owner_country": owner[1],
        "representative": "演示商标代理所 Demonstration Agents",
    }
    if status not in {"filed", "refused", "withdrawn"}:
        row["publication_date"] = published.isoformat()
        row["publication_issue"] = str(1600 + (published - date(2018, 1, 1)).days // 7)
    if status in {"registered", "expired", "cancelled"}:
        row["registration_date"] = registered.isoformat()
        row["expiry_date"] = _ten_years_on(registered).isoformat()
    if status == "expired":
        row["expiry_date"] = (registered + timedelta(days=400)).isoformat()
    return row


def _ten_years_on(day: date) -> date:
    return day.replace(year=day.year + 10, day=min(day.day, 28)) - timedelta(days=1)


def _recordation(random: Random, users: Sequence[str]) -> Row:
    return {
        "recorded_with": "XX",
        "recordation_number": f"X2025-{random.randrange(10_000, 99_999)}",
        "recordation_expiry": "2035-05-31",
        "authorised_users": ";".join(users),
    }


def changes(random: Random, rows: Sequence[Row]) -> list[Row]:
    """Return what the office changed on the next day: marks taken off the register."""
    old = [row for row in rows if row["status"] == "registered" and row["filing_date"] < "2023"]
    return [{**row, "status": "cancelled"} for row in random.sample(old, TAKEN_OFF)]


def arrivals(random: Random, namer: Namer, after: int) -> list[Row]:
    """Return what was filed on the day after that."""
    owners = owners_of(random, namer)
    filed = (FULL_ON + timedelta(days=2)).isoformat()
    rows = []
    for at in range(1, FILED + 1):
        row = numbered(background(random, namer, owners), after + at)
        for column in ("publication_date", "publication_issue", "registration_date", "expiry_date"):
            row.pop(column, None)
        rows.append(row | {"status": "filed", "filing_date": filed})
    return rows
