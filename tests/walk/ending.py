"""The end of the walk: papers, volume, bundle, and the bundle verified by its own verifier."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import sqlalchemy as sa
from pypdf import PdfReader

from service.cases.domain import STATUS_NAMES
from service.cases.models import Deadline, TimelineEntry
from service.core import audit
from service.core.audit import AuditEvent
from service.dispute.domain import GOODS_OUTCOMES, OUTCOMES
from service.dispute.papers.kinds import paper_kinds
from service.notices.models import Notice
from tests.walk.steps import API
from tests.walk.walking import Walk, pair, said

PAPERS = {
    "mediation_application": {"claims": "撤回扣留申请"},
    "rights_notice": {},
    "mediation_record": {},
    "mediation_agreement": {},
    "performance_receipt": {"performed_on": "2026-11-10", "what": "换标、放行"},
    "follow_up": {"at": "2026-11-12", "visited": "双方", "found": "已履行"},
}
RECIPIENT = "演示区人民法院"


def close(walk: Walk) -> None:
    """The papers are made, the outcome is said, the case closes and its volume is bound."""
    told = walk.chapter("closing", 11, 12, 10)
    case = f"{API}/cases/{walk.ids['case']}"
    walk.ids["missing"] = len(walk.get("lead", f"{case}/volume").json()["missing"])
    told.tell("缺少的文书", "Papers missing", walk.ids["missing"])
    for kind, entries in PAPERS.items():
        asked = {"kind": kind, "track_id": walk.ids["mediation"], "entries": entries, "told": "zh"}
        walk.post("mediator", f"{case}/documents", json=asked)
        title = paper_kinds()[kind].title
        told.tell("文书", "Paper", pair(title.zh, title.en))
    outcome = {
        "outcome": "performed",
        "goods": "relabelled",
        "cost": "18000",
        "performed_on": "2026-11-10",
    }
    walk.put("mediator", f"{case}/outcome", json=outcome)
    walk.post("lead", f"{case}/moves", status=200, json={"event": "close"})
    now = walk.get("lead", case).json()
    told.tell("结案方式", "Outcome", said(OUTCOMES[now["outcome"]]))
    told.tell("货物", "The goods", said(GOODS_OUTCOMES[now["goods_outcome"]]))
    volume = walk.post("lead", f"{case}/volume", status=200)
    told.tell("卷宗页数", "Pages of the volume", len(PdfReader(io.BytesIO(volume.content)).pages))


def bundle(walk: Walk, folder: Path) -> None:
    """Everything leaves in one bundle, verified without us; one changed byte is found."""
    told = walk.chapter("bundle", 11, 12, 11)
    place = f"{API}/threads/{walk.ids['case']}/evidence"
    items = [one["id"] for one in walk.get("lead", place).json()]
    asked = {"evidence": items, "destination": "domestic", "recipient": RECIPIENT}
    answer = walk.post("lead", f"{place}/bundle", status=200, json=asked)
    whole = folder / "whole"
    zipfile.ZipFile(io.BytesIO(answer.content)).extractall(whole)
    code, lines = verified(whole)
    for line in lines:
        told.tell("核验程序", "verify.py", line)
    told.tell("退出码", "Exit code", code)
    path = whole / "files" / "001.json"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    code, lines = verified(whole)
    told.tell("改动一个字节后", "After one byte is changed", lines[0])
    told.tell("退出码", "Exit code", code)
    _count(walk)


def verified(folder: Path) -> tuple[int, list[str]]:
    """Run a bundle's own verifier, with nothing of ours in reach."""
    done = subprocess.run(
        [sys.executable, "-I", "verify.py"], cwd=folder, capture_output=True, check=False
    )
    return done.returncode, done.stdout.decode().splitlines()


def _count(walk: Walk) -> None:
    """Tell how much was written, so that a walk that lost or doubled anything tells otherwise."""
    told = walk.chapter("written", 11, 12, 12)
    with walk.database.read() as session:
        for zh, en, table in (
            ("时间线条目", "Entries of timelines", TimelineEntry),
            ("期限", "Clocks", Deadline),
            ("通知", "Notices", Notice),
            ("审计记录", "Audit rows", AuditEvent),
        ):
            told.tell(zh, en, session.scalar(sa.select(sa.func.count()).select_from(table)))
        ends = sa.select(Deadline.status, sa.func.count()).group_by(Deadline.status)
        for status, count in sorted(session.execute(ends)):
            label = said(STATUS_NAMES[status])
            told.tell(f"其中{label['zh']}", f"of them {label['en'].lower()}", count)
        holds = not list(audit.verify(session))
    told.tell("审计链完整", "The audit chain holds", pair("是", "yes") if holds else same_no())


def same_no() -> dict[str, str]:
    """Return no, in both languages."""
    return pair("否", "no")
