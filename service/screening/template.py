"""The empty sheet to begin a catalogue with."""

import csv
import io

from service.screening.catalogue_results import BOM
from service.ui.documents.sheets import Column, Sheet, workbook

TEMPLATE = "markpass-catalogue.xlsx"
COLUMNS = (
    Column("货号", "sku", 16),
    Column("中文名称", "name_zh", 20),
    Column("英文名称", "name_latin", 20),
    Column("商品", "goods", 34),
    Column("起运地", "from", 10),
    Column("目的地", "to", 20),
)
ROWS = (
    ("EB-20", "示例牌", "SHILIPAI", "hs:8711.60; 电动自行车", "CN", "US; DE"),
    ("LA-01", "", "NORDLICHT", "class:11", "CN", "EU; GB"),
)


def template_csv(*, chinese: bool) -> str:
    """Return the sheet as CSV, with headings in one language, so that Excel reads it."""
    out = io.StringIO()
    write = csv.writer(out)
    write.writerow(column.zh if chinese else column.en for column in COLUMNS)
    write.writerows(ROWS)
    return BOM + out.getvalue()


def template_workbook() -> bytes:
    """Return the sheet as .xlsx; its headings are read back in either language."""
    return workbook([Sheet("产品 Products", COLUMNS, ROWS)])
