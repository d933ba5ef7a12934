"""Reading sheets of published customs penalty decisions, headings in Chinese or English."""

import hashlib
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import islice
from pathlib import Path

from service.core.errors import Problem
from service.core.text import N_
from service.registry.domain import Reject
from service.registry.errors import SheetColumnsMissing
from service.registry.prepared import fold, fold_name
from service.registry.sources.base import Limits
from service.registry.sources.feeds import FileFeed
from service.registry.sources.opening import OLE, WORKBOOK_PARTS, ZIP
from service.registry.sources.plain_table import read_plain_table
from service.registry.sources.recognising import looks_like_text
from service.registry.sources.sheet_columns import fold_heading
from service.registry.sources.values import BadDate, filled, read_date
from service.registry.sources.workbook import sheet_heads

HEAD_ROWS = 6
"""Rows among which the headings stand; a title may stand above them."""
MOST_ROWS = 20_000
MOST_WORKBOOK = 32 << 20
"""A larger workbook is a register, not a list of decisions."""
ENCODINGS = ("utf-8-sig", "gb18030", "utf-16")
HEADINGS: Mapping[str, Sequence[str]] = {
    "decision_number": (
        "decision number",
        "decision no",
        "penalty decision number",
        "决定书文号",
        "处罚决定书文号",
        "行政处罚决定书文号",
        "处罚决定书编号",
        "行政处罚决定书编号",
        "决定书编号",
        "处罚文号",
    ),
    "decided_on": (
        "decision date",
        "date of decision",
        "penalty date",
        "处罚日期",
        "处罚决定日期",
        "决定日期",
        "作出决定日期",
        "处罚决定书日期",
        "行政处罚决定日期",
    ),
    "party": (
        "party",
        "party penalised",
        "party name",
        "当事人",
        "当事人名称",
        "当事人姓名或名称",
        "被处罚人",
        "被处罚当事人",
        "行政相对人名称",
        "企业名称",
    ),
    "party_code": (
        "party code",
        "uscc",
        "customs code",
        "统一社会信用代码",
        "当事人统一社会信用代码",
        "海关注册编码",
        "海关编码",
    ),
    "customs": (
        "port",
        "customs",
        "customs house",
        "处罚机关",
        "处罚海关",
        "作出处罚的海关",
        "海关",
        "口岸",
        "申报口岸",
    ),
    "goods": ("goods", "货物", "侵权货物", "货物名称", "商品", "商品名称"),
    "mark": (
        "mark",
        "trademark",
        "trade mark",
        "right",
        "商标",
        "商标名称",
        "涉案商标",
        "侵权商标",
        "被侵权商标",
        "涉案权利",
    ),
    "recordation_number": ("recordation number", "recordation no", "备案号", "海关备案号"),
    "value": ("value", "goods value", "货值", "货物价值", "案值", "货值元", "价值"),
    "fine": ("fine", "罚款", "罚款金额", "罚款元", "处罚金额", "罚没金额"),
    "source": ("source", "url", "link", "来源", "公示网址", "网址", "链接"),
}
FIELDS: Mapping[str, str] = {
    fold_heading(text): field for field, texts in HEADINGS.items() for text in texts
}
NEEDED = ("decision_number", "decided_on", "party", "mark")
LENGTHS: Mapping[str, int] = {
    "decision_number": 120,
    "party": 300,
    "party_code": 30,
    "customs": 200,
    "mark": 300,
    "recordation_number": 64,
    "source": 500,
    "goods": 4000,
}
AMOUNT = re.compile(r"(?:人民币|RMB|CNY|¥)?([\d,]+(?:\.\d+)?)(万)?(?:元|人民币|RMB|CNY)?", re.I)
MOST_FEN = 10**15


@dataclass(frozen=True, slots=True)
class Decision:
    """What one row says. `value_fen`, `fine_fen`: hundredths of a yuan."""

    decision_number: str
    decided_on: date
    party: str
    mark: str
    party_code: str = ""
    customs: str = ""
    goods: str = ""
    recordation_number: str = ""
    value_fen: int | None = None
    fine_fen: int | None = None
    source: str = ""

    @property
    def key(self) -> str:
        """By what the same decision on the same mark is known again."""
        told = (fold_name(self.decision_number), fold_name(self.party), fold(self.mark))
        return hashlib.sha256("\0".join((*told, fold(self.goods))).encode()).hexdigest()


def is_penalty_sheet(path: Path, limits: Limits) -> bool:
    """Tell a list of penalty decisions by its headings; anything that cannot be read is none."""
    try:
        return any(_is_heading(row) for row in _head(path, limits))
    except (Problem, OSError, zipfile.BadZipFile, NotImplementedError, ValueError):
        return False


def _head(path: Path, limits: Limits) -> list[list[str]]:
    feed = FileFeed(path)
    head = feed.head(64 << 10)
    if head.startswith((OLE, *ZIP)):
        if path.stat().st_size > MOST_WORKBOOK or not _is_workbook(path, head):
            return []
        found = sheet_heads(path, HEAD_ROWS, limits)
        return found[0][1] if found else []
    if not looks_like_text(feed):
        return []
    texts = [head.decode(one, "ignore") for one in ENCODINGS]
    lines = [line for text in texts for line in text.splitlines()[:HEAD_ROWS]]
    return [re.split(r"[,;\t|]", line.replace('"', "")) for line in lines]


def _is_workbook(path: Path, head: bytes) -> bool:
    if head.startswith(OLE):
        return True
    with zipfile.ZipFile(path) as archive:
        return bool(WORKBOOK_PARTS & set(archive.namelist()))


def _columns(row: Sequence[str]) -> list[str]:
    return [FIELDS.get(fold_heading(cell), "") for cell in row]


def _is_heading(row: Sequence[str]) -> bool:
    return {"decision_number", "party"} <= set(_columns(row))


def read_penalties(path: Path, limits: Limits) -> Iterator[Decision | Reject]:
    """Yield every decision of a sheet, and every row that could not be read, with its line.

    Raises:
        SheetColumnsMissing: no row has the headings that are needed.
        SourceProblem, SourceTooLarge: it cannot be read, or has more than `MOST_ROWS` rows.
    """
    rows = read_plain_table(path, limits)
    columns: list[str] = []
    for _, cells in islice(rows, HEAD_ROWS):
        if _is_heading(cells):
            columns = _columns(cells)
            break
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise SheetColumnsMissing(
            N_("The sheet has no column for {missing}; its headings are: {headings}"),
            missing=", ".join(missing),
            headings=", ".join(name for name in columns if name) or "—",
            fields=missing,
            columns=columns,
        )
    for at, (line, cells) in enumerate(rows):
        if at >= MOST_ROWS:
            yield Reject(f"line {line}", "too-many-rows", N_("Split the file here."), {})
            return
        if not _is_heading(cells):
            yield read_row(f"line {line}", columns, cells)


def read_row(place: str, columns: Sequence[str], cells: Sequence[str]) -> Decision | Reject:
    """Return what a row says, or why it is left out."""
    given: dict[str, str] = {}
    for name, cell in zip(columns, cells, strict=False):
        if name and (text := filled(" ".join(cell.split()))):
            given.setdefault(name, text)
    absent = [name for name in NEEDED if name not in given]
    if absent:
        told = {"fields": ", ".join(absent)}
        return Reject(place, "missing-value", N_("Nothing stands in: {fields}"), told)
    long = [name for name, most in LENGTHS.items() if len(given.get(name, "")) > most]
    if long:
        told = {"fields": ", ".join(long)}
        return Reject(place, "too-long", N_("Too long: {fields}"), told)
    try:
        decided = read_date(given.pop("decided_on"))
    except BadDate as fault:
        return Reject(place, "bad-date", N_("This is no date: {text}"), {"text": str(fault)})
    if decided is None:
        return Reject(place, "missing-value", N_("Nothing stands in: {fields}"), {"fields": "date"})
    amounts: dict[str, int | None] = {}
    for name in ("value", "fine"):
        text = given.pop(name, "")
        amounts[f"{name}_fen"] = found = read_amount(text)
        if text and found is None:
            return Reject(place, "bad-amount", N_("This is no amount: {text}"), {"text": text})
    return Decision(decided_on=decided, **given, **amounts)  # type: ignore[arg-type]  # by FIELDS


def read_amount(text: str) -> int | None:
    """Return an amount of yuan in hundredths: 12,345.60, ¥1.2万, 3000元; None for what is none."""
    match = AMOUNT.fullmatch(text.replace(" ", ""))
    if match is None:
        return None
    try:
        yuan = Decimal(match[1].replace(",", "")) * (10_000 if match[2] else 1)
    except InvalidOperation:
        return None
    fen = int((yuan * 100).to_integral_value())
    return fen if fen <= MOST_FEN else None
