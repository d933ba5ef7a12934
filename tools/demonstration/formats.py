"""Writing the demonstration files in the formats that offices really send."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from xml.sax.saxutils import escape

Row = Mapping[str, str]

COLUMNS = (
    "office,number,text,kind,status,application_number,filing_date,publication_date,"
    "publication_issue,registration_date,expiry_date,priority_date,classes,subgroups,goods,"
    "owner_name,owner_country,representative,translation,transliteration,madrid_number,"
    "designations,recorded_with,recordation_number,recordation_expiry,authorised_users"
)
SHEET = COLUMNS.split(",")
"""Columns of the general sheet, all of them (docs/import.md)."""
CHINESE = {
    "申请/注册号": "number",
    "商标名称": "text",
    "国际分类": "classes",
    "类似群": "subgroups",
    "商品/服务": "goods",
    "申请人名称": "owner_name",
    "申请日期": "filing_date",
    "初审公告日期": "publication_date",
    "初审公告期号": "publication_issue",
    "注册公告日期": "registration_date",
    "专用权期限": "expiry_date",
    "商标状态": "status",
    "代理机构": "representative",
}
"""Headings of the sheet a Chinese office or agent exports, and the column each is."""
CHINESE_STATUSES = {"cancelled": "已注销", "registered": "已注册", "filed": "申请中"}
ST96_OPEN = """<?xml version="1.0" encoding="UTF-8"?>
<!-- Invented records of the Demonstration Office 演示局 (XX). -->
<tmk:TrademarkTransaction xmlns:com="http://www.wipo.int/standards/XMLSchema/ST96/Common" \
xmlns:tmk="http://www.wipo.int/standards/XMLSchema/ST96/Trademark">
<tmk:TrademarkTransactionBody><tmk:TransactionContentBag><tmk:TransactionData><tmk:TrademarkBag>
"""
ST96_CLOSE = """</tmk:TrademarkBag></tmk:TransactionData></tmk:TransactionContentBag>\
</tmk:TrademarkTransactionBody></tmk:TrademarkTransaction>
"""
ST96_MARK = """<tmk:Trademark>
<com:RegistrationOfficeCode>XX</com:RegistrationOfficeCode>
<com:ApplicationNumber><com:IPOfficeCode>XX</com:IPOfficeCode>\
<com:ApplicationNumberText>{number}</com:ApplicationNumberText></com:ApplicationNumber>
<tmk:ApplicationDate>{filing_date}</tmk:ApplicationDate>
<tmk:MarkCurrentStatusDate>{filing_date}</tmk:MarkCurrentStatusDate>
<tmk:MarkRepresentation><tmk:MarkFeatureCategory>Word</tmk:MarkFeatureCategory>\
<tmk:MarkReproduction><tmk:WordMarkSpecification>\
<tmk:MarkVerbalElementText>{text}</tmk:MarkVerbalElementText>\
</tmk:WordMarkSpecification></tmk:MarkReproduction></tmk:MarkRepresentation>
<tmk:GoodsServicesBag><tmk:GoodsServices>{goods}</tmk:GoodsServices></tmk:GoodsServicesBag>
<tmk:ApplicantBag><tmk:Applicant><com:Contact><com:Name><com:EntityName>{owner_name}\
</com:EntityName></com:Name></com:Contact></tmk:Applicant></tmk:ApplicantBag>
<tmk:NationalTrademarkInformation><tmk:MarkCurrentStatusExternalDescriptionText>Application filed\
</tmk:MarkCurrentStatusExternalDescriptionText></tmk:NationalTrademarkInformation>
</tmk:Trademark>
"""
ST96_GOODS = """<tmk:ClassDescriptionBag><tmk:ClassDescription>\
<tmk:ClassNumber>{nice}</tmk:ClassNumber>\
<tmk:GoodsServicesDescriptionText>{goods}</tmk:GoodsServicesDescriptionText>\
</tmk:ClassDescription></tmk:ClassDescriptionBag>"""


def as_csv(rows: Iterable[Row], columns: Sequence[str]) -> bytes:
    """Return the rows as CSV in UTF-8."""
    return _table(columns, ([row.get(column, "") for column in columns] for row in rows)).encode()


def chinese_sheet(rows: Iterable[Row]) -> bytes:
    """Return the rows as the Chinese sheet in GB18030, dates written 2026年7月1日."""
    body = ([_chinese(column, row.get(column, "")) for column in CHINESE.values()] for row in rows)
    return _table(list(CHINESE), body).encode("gb18030")


def _table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows(rows)
    return buffer.getvalue()


def _chinese(column: str, value: str) -> str:
    if column == "status":
        return CHINESE_STATUSES[value]
    if column.endswith("_date") and value:
        day = date.fromisoformat(value)
        return f"{day.year}年{day.month}月{day.day}日"
    return value


def st96(rows: Iterable[Row]) -> bytes:
    """Return the rows as one transaction of WIPO ST.96."""
    marks = []
    for row in rows:
        values = {column: escape(value) for column, value in row.items()}
        goods = [part.split(": ", 1) for part in values["goods"].split("; ")]
        blocks = [ST96_GOODS.format(nice=nice, goods=text) for nice, text in goods]
        marks.append(ST96_MARK.format_map({**values, "goods": "".join(blocks)}))
    return (ST96_OPEN + "".join(marks) + ST96_CLOSE).encode()
