"""The chapters of the walk, in their order: from the screening to the goods' release."""

import hashlib
import io
from typing import Any

from pypdf import PdfReader, PdfWriter

from service.cases.domain import STATUS_NAMES
from service.dispute.tables.mediation import MEDIATION
from service.recordation.detention.domain import Side
from service.recordation.detention.showing import STATUS_TAGS
from service.ui import tags
from service.ui.documents.pairs import Pair
from tests.walk.cast import BRANDS, MARK, OWNER, PORT
from tests.walk.walking import Walk, clock_line, pair, said

API = "/api/v1"
E = Side.EXPORTER


def paper_of(name: str) -> dict[str, Any]:
    """Return a one-page PDF to send as a file."""
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.add_metadata({"/Title": name})
    out = io.BytesIO()
    writer.write(out)
    return {"file": (f"{name}.pdf", out.getvalue(), "application/pdf")}


def evidence(walk: Walk, who: str, thread: str, title: str, **details: str) -> str:
    """Take a paper in as evidence and return its id."""
    data = {"title": title, "kind": "document", "obtained": "received", **details}
    path = f"{API}/threads/{thread}/evidence"
    return str(walk.post(who, path, data=data, files=paper_of(title))["id"])


def held_as(status: str) -> Pair:
    """Return how a detention stands, in words."""
    return said(STATUS_TAGS[E][status].label)


def screen(walk: Walk) -> None:
    """The enterprise screens its brand for the way its three-wheelers take."""
    told = walk.chapter("screening", 7, 6, 10)
    asked = {
        "names": list(BRANDS),
        "goods": ["hs:8711.60"],
        "route": {"origin": "CN", "destinations": ["XX", "IN", "ID"]},
    }
    answer = walk.post("exporter", f"{API}/screenings", json=asked)
    for market, found in sorted(answer["markets"].items()):
        told.tell(market, market, said(tags.VERDICTS[found["verdict"]].label))
    hit = next(one for one in answer["hits"] if one["mark"]["number"] == MARK)
    told.tell("命中", "Hit", f"{hit['mark']['office']} {MARK} {hit['mark']['text']}, {OWNER}")
    told.tell("近似程度", "Similarity", f"{hit['similarity']:.2f}")
    told.tell("理由", "Why", hit["explanation"])
    [edition] = answer["searched"]
    told.tell("注册簿版本", "Register edition", f"{edition['office']} {edition['edition_on']}")
    for border in answer["borders"]:
        if border["territory"] == "XX":
            told.tell("边境", "Border", border["sentence"])
    walk.ids |= {"screening": answer["screening_id"], "hit": hit["hit_id"]}


def open_matter(walk: Walk) -> None:
    """One click makes the hit a matter: what was seen is frozen as its first evidence."""
    told = walk.chapter("matter", 7, 6, 10, 30)
    screening = f"{API}/screenings/{walk.ids['screening']}"
    case = walk.post("exporter", f"{screening}/cases", json={"hit_id": walk.ids["hit"]})
    walk.ids["case"] = case["id"]
    place = f"{API}/cases/{case['id']}"
    facts = "品牌电动三轮车的拉丁字母名称在目的国被他人抢先注册 The name was registered by another"
    walk.put("exporter", place, json={"facts": facts, "rights": case["rights"]})
    walk.at(7, 7, 9)
    walk.post("worker", f"{place}/moves", status=200, json={"event": "accept"})
    told.tell("案号", "Case", case["number"])
    told.tell("案件名称", "Title", case["title"])
    kept = walk.get("worker", f"{API}/threads/{case['id']}/evidence").json()
    for one in kept:
        told.tell(f"证据{one['number']}", f"Evidence {one['number']}", one["title"])
    answer = walk.get("exporter", screening).content
    frozen = hashlib.sha256(answer).hexdigest() == kept[1]["sha256"]
    told.tell(
        "冻结的答复与当时一致",
        "The frozen answer is the one that was given",
        pair("是", "yes") if frozen else pair("否", "no"),
    )


def notice(walk: Walk) -> None:
    """Goods are held: customs asks for their IP status, by a day that it prints."""
    told = walk.chapter("notice", 9, 30, 16, 45)
    goods = {
        "authority": "gacc",
        "side": "exporter",
        "mode": "on_application",
        "office": PORT,
        "owner_id": str(walk.cast.enterprise.id),
        "declaration_no": "999920260000000008",
        "consignor": walk.cast.enterprise.name_zh,
        "goods": f"{BRANDS[1]} 电动三轮车 electric tricycles",
        "quantity": "200",
        "goods_value": "1200000",
        "mark_used": BRANDS[1],
        "right_text": f"{BRANDS[1]} · {OWNER}",
        "paper": {
            "kind": "status_request",
            "number": "演示关知〔2026〕8号",
            "served_at": "2026-09-30T16:40:00+08:00",
            "stated_due": "2026-10-09",
        },
    }
    hold = walk.post("liaison", f"{API}/detentions", json=goods)
    walk.ids["hold"] = hold["id"]
    told.tell("情况", "It stands", held_as(hold["status"]))
    for row in walk.clocks(hold["id"]):
        told.tell(*clock_line(row))
    walk.at(10, 8, 10)
    evidence(walk, "exporter", hold["id"], "品牌在先使用证明 Proof of earlier use")
    place = f"{API}/detentions/{hold['id']}"
    letter = walk.get("exporter", f"{place}/letters/declaration.pdf").content
    told.tell("申报说明页数", "Pages of the declaration", len(PdfReader(io.BytesIO(letter)).pages))
    walk.at(10, 9, 15, 40)
    declared = {"event": "declare", "receipt": "收文回执 8"}
    done = walk.post("exporter", f"{place}/steps", status=200, json=declared)
    told.tell("10月9日15时40分", "9 October, 15:40", held_as(done["status"]))
    [row] = walk.clocks(hold["id"])
    told.tell("期限", "The clock", said(STATUS_NAMES[row.status]))


def detain(walk: Walk) -> None:
    """Customs detains on the other side's application; the matter gets its customs track."""
    told = walk.chapter("detention", 10, 10, 11)
    place = f"{API}/detentions/{walk.ids['hold']}"
    paper = {
        "kind": "detention",
        "number": "演示关扣〔2026〕8号",
        "served_at": "2026-10-10T10:00:00+08:00",
    }
    walk.post("liaison", f"{place}/papers", json=paper)
    for row in walk.clocks(walk.ids["hold"])[1:]:
        told.tell(*clock_line(row))
    joined = walk.post("liaison", f"{place}/case", json={"case_id": walk.ids["case"]})
    walk.ids["customs"] = joined["track_id"]
    kept = walk.get("worker", f"{API}/threads/{walk.ids['case']}/evidence").json()
    told.tell(
        f"案件证据{kept[-1]['number']}",
        f"Evidence {kept[-1]['number']} of the case",
        kept[-1]["title"],
    )
    walk.at(10, 12, 9)
    letter = walk.get("exporter", f"{place}/letters/statement.docx")
    assert letter.content.startswith(b"PK")
    contest = {"event": "contest", "when": "2026-10-12", "receipt": "收文回执 9"}
    done = walk.post("exporter", f"{place}/steps", status=200, json=contest)
    told.tell("10月12日", "12 October", held_as(done["status"]))


def mediate(walk: Walk) -> None:
    """The station mediates beside the detention, within a time of its own."""
    told = walk.chapter("mediation", 10, 13, 9)
    case = f"{API}/cases/{walk.ids['case']}"
    respondent = {"role": "respondent", "name": walk.cast.enterprise.name_zh}
    walk.post("mediator", f"{case}/parties", json=respondent)
    detail = {"mediation_kind": "peoples", "respondent_consents": "yes", "mediator": "演示·调解员"}
    asked = {"kind": "mediation", "detail": detail, "body_name": "演示调解委员会"}
    track = walk.post("mediator", f"{case}/tracks", json=asked)["id"]
    walk.ids["mediation"] = track
    place = f"{case}/tracks/{track}"

    def move(event: str, day: str = "") -> None:
        walk.post("mediator", f"{place}/moves", status=200, json={"event": event, "day": day})

    move("invite")
    walk.at(10, 14, 9)
    move("appoint", "2026-10-14")
    told.tell(*clock_line(walk.clocks(walk.ids["case"], track)[-1]))
    meeting = {"at": "2026-10-28T09:30:00+08:00", "place": "演示电动车产业园 301 室"}
    one = walk.post("mediator", f"{place}/sessions", json=meeting)["id"]
    walk.at(10, 28, 9, 30)
    move("open")
    walk.post("mediator", f"{place}/proposals", json={"by": OWNER, "text": "许可使用"})
    came = [{"name": "甲方代表", "identity_checked": True}]
    record = {"record": "双方到场，愿意和解。", "recording_agreed": True, "attendees": came}
    walk.put("mediator", f"{place}/sessions/{one}/record", json=record)
    walk.at(11, 4, 14)
    clauses = "一、权利人撤回扣留申请；二、货物换标后放行；三、双方商定转让事宜。"
    agreed = {"clauses": clauses, "perform_by": "2026-11-20"}
    walk.put("mediator", f"{place}/agreement", json=agreed)
    for party in walk.get("mediator", f"{case}/parties").json():
        signed = {"party": party["id"], "on": "2026-11-04"}
        walk.post("mediator", f"{place}/agreement/signatures", json=signed)
    move("agree", "2026-11-04")
    told.tell("调解", "The mediation", said(MEDIATION.states["agreed"].label))
    told.tell(*clock_line(walk.clocks(walk.ids["case"], track)[-1]))


def release(walk: Walk) -> None:
    """The holder withdraws, the goods are relabelled and released; every clock has its end."""
    told = walk.chapter("release", 11, 6, 15)
    place = f"{API}/detentions/{walk.ids['hold']}"
    settled = {"event": "settle", "note": "双方和解，权利人撤回申请"}
    done = walk.post("liaison", f"{place}/steps", status=200, json=settled)
    told.tell("扣留", "The detention", held_as(done["status"]))
    cost = {"kind": "storage", "amount": "3600.00", "paid_on": "2026-11-06"}
    walk.post("exporter", f"{place}/costs", json=cost)
    for row in walk.clocks(walk.ids["hold"]):
        told.tell(row.rule_id, row.rule_id, said(STATUS_NAMES[row.status]))
    walk.at(11, 10, 10)
    case = walk.ids["case"]
    track = walk.ids["mediation"]
    evidence(walk, "mediator", case, "换标与放行凭证 Relabelling and release", part_id=track)
    performed = {"event": "perform", "day": "2026-11-10"}
    walk.post("mediator", f"{API}/cases/{case}/tracks/{track}/moves", status=200, json=performed)
    told.tell("调解", "The mediation", said(MEDIATION.states["performed"].label))
    for event, note in (("refer", ""), ("decide", ""), ("close", "权利人撤回，海关放行")):
        step = {"event": event, "day": "2026-11-06", "note": note}
        path = f"{API}/cases/{case}/tracks/{walk.ids['customs']}/moves"
        walk.post("liaison", path, status=200, json=step)
    walk.post("exporter", f"{place}/steps", status=200, json={"event": "close"})
