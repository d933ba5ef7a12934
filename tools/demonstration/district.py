"""The district: 145 enterprises, a park, its station, and the bodies around them; all invented."""

from collections.abc import Callable, Iterator, Sequence
from random import Random

from tools.demonstration.goods import PARTS, VEHICLES, Ware
from tools.demonstration.names import Namer

VEHICLE_MAKERS, PARTS_MAKERS = 57, 88
IN_PARK = {1, 3}
"""Of every five enterprises the first and third lie in the park and are served by its station."""
FLAGSHIP_PRODUCTS = 12
"""Products of the enterprise whose sign-in is printed: one for each way a screening can end."""
VEHICLE_PRODUCTS, PARTS_PRODUCTS = 3, 2
PARK = "演示电动车产业园 Demonstration E-Vehicle Park"
ROUTES = (
    ("XX", "US", "DE"),
    ("XX", "VN"),
    ("XX", "DE", "FR"),
    ("XX", "TR", "SA"),
    ("XX", "BR"),
    ("XX", "KR", "JP"),
    ("XX", "GB"),
    ("XX", "IN", "ID"),
)
MODES = ("0110", "0110", "9810", "9610", "1039")
PORTS = ("CNSHA", "CNNGB", "CNLYG", "")
Row = dict[str, str]
COLUMNS = (
    *("branch", "parent", "operator", "supervisor", "served_by", "park"),
    *("uscc", "customs_code", "eori", "iec", "address", "address_en"),
)
"""Columns of `organisations.csv` that not every organisation fills."""

BODIES = (
    ("OPERATOR", "operator", "演示运营方", "Demonstration Operator", "", {}),
    ("BUREAU", "bureau", "演示区知识产权局", "Demonstration District IP Bureau", "", {}),
    (
        "CENTRE",
        "station",
        "演示市知识产权保护中心",
        "Demonstration City IP Protection Centre",
        "protection_centre",
        {},
    ),
    (
        "PARK",
        "body",
        "演示电动车产业园管理中心",
        "Demonstration Park Management Centre",
        "park",
        {},
    ),
    (
        "STATION",
        "station",
        "演示电动车产业园知识产权维权工作站",
        "Demonstration Park IP Station",
        "workstation",
        {"parent": "CENTRE", "operator": "PARK", "supervisor": "BUREAU"},
    ),
    ("CUSTOMS", "customs", "演示海关", "Demonstration Customs House", "", {}),
    (
        "MEDIATION",
        "body",
        "演示区人民调解委员会",
        "Demonstration People's Mediation Committee",
        "peoples_mediation",
        {},
    ),
    (
        "INDUSTRY",
        "body",
        "演示电动车行业调解委员会",
        "Demonstration E-Vehicle Industry Mediation Committee",
        "industry_mediation",
        {},
    ),
    (
        "ARBITRATION",
        "body",
        "演示仲裁委员会",
        "Demonstration Arbitration Commission",
        "arbitration",
        {},
    ),
    ("COURT", "body", "演示区人民法院", "Demonstration District People's Court", "court", {}),
    (
        "PROCURATORATE",
        "body",
        "演示区人民检察院",
        "Demonstration District People's Procuratorate",
        "procuratorate",
        {},
    ),
    (
        "APPRAISAL",
        "body",
        "演示知识产权鉴定中心",
        "Demonstration IP Appraisal Centre",
        "appraisal",
        {},
    ),
)
"""Code, kind, Chinese name, English name, branch, links by name (a code further up)."""

USCC_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def credit_code(number: int) -> str:
    """Return a unified social credit code with a right check digit in an area that does not exist.

    Source of the check digit: GB 32100-2015, weights 3^i modulo 31.
    """
    body = f"91990000{number:08d}X"
    total = sum(USCC_DIGITS.index(c) * w for c, w in zip(body, USCC_WEIGHTS, strict=True))
    return body + USCC_DIGITS[(31 - total % 31) % 31]


def organisations(namer: Namer) -> Iterator[Row]:
    """Yield the rows of `organisations.csv`: bodies first, then the enterprises."""
    for code, kind, name_zh, name_en, branch, links in BODIES:
        yield _organisation(code, kind, name_zh, name_en, branch=branch, **links)
    for number in range(1, VEHICLE_MAKERS + PARTS_MAKERS + 1):
        vehicles = number <= VEHICLE_MAKERS
        name_zh, name_en = namer.product()
        trade_zh, trade_en = ("车业", "Vehicles") if vehicles else ("配件", "Parts")
        inside = number % 5 in IN_PARK
        row = _organisation(
            f"{'V' if vehicles else 'P'}{number:03d}",
            "exporter",
            f"演示市{name_zh}{trade_zh}有限公司",
            f"{name_en.title()} {trade_en} (Demonstration) Co., Ltd.",
            served_by="STATION" if inside else "",
        )
        row["park"] = PARK if inside else ""
        row["branch"] = "vehicle_maker" if vehicles else "parts_maker"
        row["uscc"] = credit_code(number)
        row["customs_code"] = f"9999{number:06d}"
        row["eori"] = f"CN{row['uscc'][:15]}" if number % 4 == 1 else ""
        row["iec"] = f"ZZZZZ{number:04d}Z" if number % 7 == 1 else ""
        row["address"] = f"演示省演示市演示区虚构路{number}号"
        row["address_en"] = f"{number} Invented Road, Demonstration District, Demonstration City"
        yield row


def _organisation(code: str, kind: str, zh: str, en: str, **details: str) -> Row:
    row = dict.fromkeys(COLUMNS, "")
    return {"code": code, "kind": kind, "name_zh": zh, "name_en": en, **row, **details}


def products(
    random: Random, namer: Namer, enterprises: Sequence[Row], alone: Callable[[int], bool]
) -> list[Row]:
    """Return the rows of `catalogue.csv`: the flagship's products, then the others' in turn.

    `alone` says at which places a name is wanted that is like no other.
    """
    flagship, *others = enterprises
    turns = [(flagship, turn) for turn in range(FLAGSHIP_PRODUCTS)]
    for turn in range(VEHICLE_PRODUCTS):
        turns += [
            (one, turn)
            for one in _mixed(others)
            if one["code"].startswith("V") or turn < PARTS_PRODUCTS
        ]
    return [
        _product(random, maker, turn, namer.clear() if alone(at) else namer.product())
        for at, (maker, turn) in enumerate(turns)
    ]


def _mixed(enterprises: Sequence[Row]) -> Sequence[Row]:
    """Return makers of vehicles and of parts in turn, so that the first rows show both."""
    vehicles = [one for one in enterprises if one["code"].startswith("V")]
    parts = [one for one in enterprises if one["code"].startswith("P")]
    pairs = [one for pair in zip(vehicles, parts, strict=False) for one in pair]
    return [*pairs, *parts[len(vehicles) :]]


def _product(random: Random, maker: Row, turn: int, names: tuple[str, str]) -> Row:
    ware: Ware = random.choice(VEHICLES if maker["code"].startswith("V") else PARTS)
    name_zh, name_latin = names
    return {
        "name_zh": name_zh,
        "name_latin": name_latin,
        "goods": f"hs:{ware.hs}",
        "from": "CN",
        "to": ";".join(random.choice(ROUTES)),
        "sku": f"{maker['code']}-{turn + 1:02d}",
        "enterprise": maker["code"],
        "product_zh": ware.zh,
        "product_en": ware.en,
        "brand_role": "oem" if turn == 2 and maker["code"] != "V001" else "own",
        "exit_port": random.choice(PORTS),
        "customs_mode": random.choice(MODES),
    }
